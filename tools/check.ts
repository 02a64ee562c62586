import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findBrowser } from '../test/e2e/support/find-browser.ts'
import { skippedTests } from './check/skipped-tests.ts'
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
const requireAll = process.env['CAUSEWAY_REQUIRE_ALL'] === '1'

interface Outcome {
  readonly step: Step
  readonly verdict: 'ok' | 'FAILED' | 'not run'
  readonly seconds: number
  readonly words: string
}

const say = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

const runStep = async (step: Step): Promise<Outcome> => {
  if (step.notHere !== null)
    return { step, verdict: requireAll ? 'FAILED' : 'not run', seconds: 0, words: `because ${step.notHere}` }
  say(`\n━━ ${step.title}`)
  const begun = performance.now()
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...step.run], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...step.env },
  })
  const pass = (signal: NodeJS.Signals): boolean => child.kill(signal)
  process.once('SIGINT', pass).once('SIGTERM', pass)
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null]
  process.off('SIGINT', pass).off('SIGTERM', pass)
  const seconds = (performance.now() - begun) / 1000
  const skipped = step.report === null ? [] : skippedTests(step.report)
  for (const name of skipped) say(`Skipped: ${name}`)
  const failed = code !== 0 || (requireAll && skipped.length > 0)
  const words = [
    ...(signal === null ? [] : [`stopped by ${signal}`]),
    ...(skipped.length === 0 ? [] : [`${skipped.length} tests skipped`]),
  ]
  return { step, verdict: failed ? 'FAILED' : 'ok', seconds, words: words.join(', ') }
}

const summary = (outcomes: readonly Outcome[]): void => {
  say('\n━━ Summary')
  for (const { step, verdict, seconds, words } of outcomes.filter(({ verdict }) => verdict !== 'not run'))
    say(
      `  ${verdict.padEnd(7)} ${seconds.toFixed(0).padStart(5)} s  ${step.title}${words === '' ? '' : ` (${words})`}`,
    )
  for (const { step, words } of outcomes.filter(({ verdict }) => verdict === 'not run'))
    say(`  Not run here: ${step.title}, ${words}.`)
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
