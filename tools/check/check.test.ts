import { describe, expect, it } from 'vitest'
import { failureLines, failuresSaid, firstLine, readReport } from './report.ts'
import { type Machine, readArguments, STEP_NAMES, stepsFor } from './steps.ts'

const ALL = { only: null, files: [] }
const WITH_BROWSER = { withoutBrowser: null }
const WITHOUT_BROWSER = { withoutBrowser: 'no Chrome or Chromium was found' }
const namesThatRun = (env: Record<string, string>, machine = WITH_BROWSER as Machine): readonly string[] =>
  stepsFor(env, machine, ALL, '/r').flatMap(({ name, notHere }) => (notHere === null ? [name] : []))

describe('the check', () => {
  it('runs what needs nothing everywhere, and says why the rest does not run', () => {
    expect(namesThatRun({}, WITHOUT_BROWSER)).toEqual(['types', 'web', 'lint', 'rules', 'unit'])
    const reasons = stepsFor({}, WITHOUT_BROWSER, ALL, '/r').map(({ notHere }) => notHere)
    expect(reasons.filter((reason) => reason?.startsWith('CAUSEWAY_TEST_'))).toHaveLength(2)
    expect(reasons).toContain(WITHOUT_BROWSER.withoutBrowser)
  })

  it('runs everything where everything is there', () => {
    const env = { CAUSEWAY_TEST_POSTGRES: 'postgresql://x', CAUSEWAY_TEST_SERVERS: '1' }
    expect(namesThatRun(env)).toEqual([...STEP_NAMES])
  })

  it('keeps the embedded run on the embedded engine although a server is named', () => {
    const steps = stepsFor({ CAUSEWAY_TEST_POSTGRES: 'postgresql://x' }, WITH_BROWSER, ALL, '/r')
    expect(steps.find(({ name }) => name === 'unit')?.env).toEqual({ CAUSEWAY_TEST_POSTGRES: '' })
  })

  it('takes names of steps and of files', () => {
    expect(readArguments(['--only', 'unit,types', 'src/sync'])).toEqual({
      only: ['unit', 'types'],
      files: ['src/sync'],
    })
    expect(readArguments(['--only=lint'])).toEqual({ only: ['lint'], files: [] })
    expect(readArguments([])).toEqual(ALL)
  })

  it('refuses what it does not know, rather than checking nothing', () => {
    expect(readArguments(['--only', 'everything'])).toContain('everything')
    expect(readArguments(['--only'])).toContain('takes')
    expect(readArguments(['--watch'])).toContain('--watch')
  })

  it('ends with the name of each failed test and the first line of its error, because few scroll up', () => {
    const failed = [
      { where: 'src/a.test.ts > sums > adds', why: firstLine('\n\u001b[31mAssertionError: 3 is not 4\n') },
    ]
    expect(failureLines(failed)).toEqual(['src/a.test.ts > sums > adds: 3 is not 4'])
  })

  it('leaves out the chapters after the one that broke a story, because they tell nothing', () => {
    const failed = [
      { where: 'a', why: 'no button' },
      { where: 'b', why: 'The story broke off earlier: a' },
    ]
    expect(failureLines(failed)).toEqual(['a: no button'])
  })

  it('names at most twenty, so that they fit on a screen, and says how many more there are', () => {
    const failed = Array.from({ length: 23 }, (_, at) => ({ where: `test ${at}`, why: 'x'.repeat(1000) }))
    const lines = failureLines(failed)
    expect(lines).toHaveLength(21)
    expect(lines.at(-1)).toBe('and 3 more')
    expect(Math.max(...lines.map(({ length }) => length))).toBe(300)
  })

  it('hears from a compiler, the linter and the real tools what is wrong', () => {
    const said = [
      "src/a.ts(3,7): error TS2322: Type 'string' is not a number.",
      'src/b.ts:1:2 lint/style/useConst  FIXABLE  ━━━━━━━━',
      'src/c.ts format ━━━━━━━━━━━━━',
      'FAILED: send: no answer',
      'All is well otherwise.',
    ].join('\n')
    expect(failureLines(failuresSaid(said))).toEqual([
      "src/a.ts(3,7): TS2322: Type 'string' is not a number.",
      'src/b.ts:1:2: lint/style/useConst',
      'src/c.ts: format',
      'send: no answer',
    ])
  })

  it('calls a step without a report failed by itself, since nothing says that its tests ran', () => {
    expect(readReport('/nowhere/report.json').failed).toHaveLength(1)
  })
})
