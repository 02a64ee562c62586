import { describe, expect, it } from 'vitest'
import { skippedIn } from './skipped-tests.ts'
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

  it('finds skipped tests in a report', () => {
    const report = {
      testResults: [
        {
          assertionResults: [
            { status: 'passed', fullName: 'a' },
            { status: 'skipped', fullName: 'b' },
          ],
        },
        { assertionResults: [{ status: 'todo', fullName: 'c' }] },
      ],
    }
    expect(skippedIn(report)).toEqual(['b', 'c'])
    expect(skippedIn(null)).toEqual([])
  })
})
