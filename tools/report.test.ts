import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const run = promisify(execFile)

it('prints a row for each case with what occurred in it, as the tests of the case left it', async () => {
  const args = [
    '--disable-warning=ExperimentalWarning',
    'tools/report.ts',
    '--short',
    '--json',
    '--only',
    'case-08',
  ]
  const { stdout } = await run(process.execPath, args)
  const { rows } = JSON.parse(stdout) as {
    rows: { what: string; title: string; result: string; counts: object }[]
  }
  expect(rows).toMatchObject([
    { what: 'case', title: 'case-08-rich-text', result: 'passed', counts: { tests: 1 } },
  ])
  expect(rows[0]?.counts).toHaveProperty('edits by people')
}, 120_000)
