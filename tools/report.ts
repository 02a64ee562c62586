import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { EXPERIMENTS } from '../test/experiments/experiments.ts'
import { openTestDatabase } from '../test/support/database.ts'
import { runFuzz } from '../test/sync-fuzz/fuzz.ts'

/**
 * What the sync was put through and what came of it, with counts and seeds: the eighteen cases, the experiments, the
 * fuzz. A row that failed stays in the table and makes the command end with 1.
 *
 *     node tools/report.ts [--short] [--json] [--fuzz 20]
 */
interface Row {
  readonly what: string
  readonly title: string
  readonly seed: number | null
  readonly passed: boolean
  readonly counts: Readonly<Record<string, number | string>>
  readonly failures: readonly string[]
}

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    short: { type: 'boolean', default: false },
    fuzz: { type: 'string', default: '10' },
  },
})
const scale = values.short ? 'short' : 'long'
const rows: Row[] = []
const add = (row: Row): void => {
  rows.push(row)
  if (!values.json) console.log(lineOf(row))
}

const lineOf = (row: Row): string =>
  [
    `${row.passed ? 'passed' : 'FAILED'}  ${row.what.padEnd(8)} ${row.title}${row.seed === null ? '' : ` (seed ${row.seed})`}`,
    `          ${Object.entries(row.counts)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ')}`,
    ...row.failures.slice(0, 5).map((failure) => `          ${failure.slice(0, 300)}`),
  ].join('\n')

interface VitestReport {
  readonly testResults: readonly {
    readonly name: string
    readonly assertionResults: readonly {
      readonly status: string
      readonly title: string
      readonly failureMessages: readonly string[]
    }[]
  }[]
}

const runCases = (): void => {
  const done = spawnSync(
    process.execPath,
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      'test/scenarios/cases',
      'test/crash',
      '--reporter=json',
      '--silent',
    ],
    {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      env: { ...process.env, ...(values.short ? {} : { CAUSEWAY_LONG: '1' }) },
    },
  )
  const report = JSON.parse(done.stdout.slice(done.stdout.indexOf('{"'))) as VitestReport
  for (const file of [...report.testResults].sort((a, b) => a.name.localeCompare(b.name))) {
    const failed = file.assertionResults.filter((one) => one.status !== 'passed')
    const name = file.name.split('/').at(-1)?.replace('.test.ts', '') ?? file.name
    add({
      what: 'case',
      title: name,
      seed: null,
      passed: failed.length === 0 && file.assertionResults.length > 0,
      counts: { tests: file.assertionResults.length, failed: failed.length },
      failures: failed.map((one) => `${one.title}: ${one.failureMessages[0]?.split('\n')[0] ?? ''}`),
    })
  }
}

runCases()
const test = await openTestDatabase()
for (const experiment of EXPERIMENTS) {
  try {
    const { seed, counts, failures } = await experiment.run(test, scale)
    add({
      what: experiment.id,
      title: experiment.title,
      seed,
      passed: failures.length === 0,
      counts,
      failures,
    })
  } catch (error) {
    add({
      what: experiment.id,
      title: experiment.title,
      seed: null,
      passed: false,
      counts: {},
      failures: [String(error)],
    })
  }
}
for (let seed = 1; seed <= Number(values.fuzz); seed += 1) {
  const run = await runFuzz(test.db, seed, 250)
  add({
    what: 'fuzz',
    title: `${run.steps} steps`,
    seed,
    passed: run.violations.length === 0,
    counts: { ...run.counts },
    failures: run.violations,
  })
}
await test.close()
const failed = rows.filter((row) => !row.passed).length
if (values.json)
  console.log(JSON.stringify({ at: new Date().toISOString(), scale, engine: test.engine, rows }, null, 2))
else console.log(`${rows.length} rows, ${failed} failed; ${test.engine}, ${scale} form`)
process.exitCode = failed > 0 ? 1 : 0
