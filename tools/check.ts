import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { findBrowser } from '../test/e2e/support/find-browser.ts'
import { type Failure, failureLines, failuresSaid, readReport } from './check/report.ts'
import { readArguments, type Step, stepsFor } from './check/steps.ts'

/**
 * `npm test`: everything that can be checked on this machine, and a line for each thing that cannot.
 *
 *   npm test                                    all of it
 *   npm test -- --only unit src/sync            one step, some files
 *
 * CAUSEWAY_TEST_POSTGRES=postgresql://…   the tests once more on that server
 * CAUSEWAY_BROWSER=/path/to/chromium      the browser of the tests that need one, where none is found by itself
 * CAUSEWAY_TEST_SERVERS=1                 the story on real tools
 * CAUSEWAY_REQUIRE_ALL=1                  what does not run, or is skipped, is a failure
 */
const root = fileURLToPath(new URL('..', import.meta.url))
/** As much of a step's last words as is searched for what is wrong. */
const LISTENED_TO = 1_000_000
const requireAll = process.env['CAUSEWAY_REQUIRE_ALL'] === '1'

interface Outcome {
  readonly step: Step
  readonly verdict: 'ok' | 'FAILED' | 'not run'
  readonly seconds: number
  readonly words: string
  readonly failures: readonly Failure[]
}

const say = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

const runStep = async (step: Step): Promise<Outcome> => {
  if (step.notHere !== null)
    return {
      ...{ step, verdict: requireAll ? 'FAILED' : 'not run', seconds: 0, failures: [] },
      words: `because ${step.notHere}`,
    }
  say(`\n━━ ${step.title}`)
  const begun = performance.now()
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...step.run], {
    cwd: root,
    // what writes no report is listened to
    stdio: ['ignore', step.report === null ? 'pipe' : 'inherit', 'inherit'],
    env: { ...process.env, ...step.env, CHECK_REPORT: step.report ?? '' },
  })
  let said = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    process.stdout.write(text)
    said = (said + text).slice(-LISTENED_TO)
  })
  const pass = (signal: NodeJS.Signals): boolean => child.kill(signal)
  process.once('SIGINT', pass).once('SIGTERM', pass)
  const heard = once(child, 'close')
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null]
  // something it left behind may hold on to the output
  await Promise.race([heard, setTimeout(1000, null, { ref: false })])
  process.off('SIGINT', pass).off('SIGTERM', pass)
  const seconds = (performance.now() - begun) / 1000
  const told = step.report === null ? { skipped: [], failed: failuresSaid(said) } : readReport(step.report)
  const { skipped } = told
  for (const name of skipped) say(`Skipped: ${name}`)
  const failed = code !== 0 || (requireAll && skipped.length > 0)
  const words = [
    ...(signal === null ? [] : [`stopped by ${signal}`]),
    ...(skipped.length === 0 ? [] : [`${skipped.length} tests skipped`]),
  ]
  const left = requireAll ? skipped.map((where) => ({ where, why: 'skipped' })) : []
  const failures = failed ? [...told.failed, ...left] : []
  return { step, verdict: failed ? 'FAILED' : 'ok', seconds, words: words.join(', '), failures }
}

const summary = (outcomes: readonly Outcome[]): void => {
  say('\n━━ Summary')
  for (const { step, verdict, seconds, words } of outcomes.filter(({ verdict }) => verdict !== 'not run'))
    say(
      `  ${verdict.padEnd(7)} ${seconds.toFixed(0).padStart(5)} s  ${step.title}${words === '' ? '' : ` (${words})`}`,
    )
  for (const { step, words } of outcomes.filter(({ verdict }) => verdict === 'not run'))
    say(`  Not run here: ${step.title}, ${words}.`)
  const failures = outcomes.flatMap((outcome) => outcome.failures)
  if (failures.length > 0) say('\nWhat failed:')
  for (const line of failureLines(failures)) say(`  ${line}`)
}

const options = readArguments(process.argv.slice(2))
if (typeof options === 'string') {
  process.stderr.write(`${options}\n`)
  process.exit(2)
}
const reports = mkdtempSync(join(tmpdir(), 'causeway-check-'))
const outcomes: Outcome[] = []
const browser = findBrowser(process.env)
const machine = { withoutBrowser: browser.path === null ? browser.because : null }
for (const step of stepsFor(process.env, machine, options, reports)) outcomes.push(await runStep(step))
rmSync(reports, { recursive: true, force: true })
summary(outcomes)
const failed = outcomes.some(({ verdict }) => verdict === 'FAILED')
say(failed ? '\nFailed.' : '\nAll that ran is fine.')
process.exitCode = failed ? 1 : 0
