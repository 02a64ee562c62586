import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { EXPERIMENTS } from '../test/experiments/experiments.ts'
import { openTestDatabase } from '../test/support/database.ts'
import { readCounts } from '../test/support/note-counts.ts'
import { runFuzz } from '../test/sync-fuzz/fuzz.ts'

/**
 * What the sync was put through and what came of it, with counts and seeds: the eighteen cases, the experiments, the
 * fuzz. A row that failed stays in the table and makes the command end with 1; one that cannot run on this engine says
 * why, and counts as neither.
 *
 *     node tools/report.ts [--short] [--json] [--fuzz 20] [--only R6,R8,case-08]
 */
interface Row {
  readonly what: string
  readonly title: string
  readonly seeds: readonly number[]
  readonly result: 'passed' | 'failed' | 'not run'
  readonly counts: Readonly<Record<string, number | string>>
  readonly failures: readonly string[]
}

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    short: { type: 'boolean', default: false },
    fuzz: { type: 'string', default: '10' },
    only: { type: 'string' },
  },
})
const scale = values.short ? 'short' : 'long'
/** Experiments and cases, those named; cases by how their file begins. */
const only = values.only?.split(',') ?? null
const onlyCases = only?.filter((word) => word.startsWith('case-')) ?? ['']
const rows: Row[] = []
const add = (row: Row): void => {
  rows.push(row)
  if (!values.json) console.log(lineOf(row))
}

const lineOf = (row: Row): string =>
  [
    `${(row.result === 'failed' ? 'FAILED' : row.result).padEnd(7)} ${row.what.padEnd(8)} ${row.title}${row.seeds.length === 0 ? '' : ` (seed ${row.seeds.join(', ')})`}`,
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
  const folder = mkdtempSync(join(tmpdir(), 'causeway-report-'))
  const countsFile = join(folder, 'counts')
  const reportFile = join(folder, 'report.json')
  writeFileSync(countsFile, '')
  spawnSync(
    process.execPath,
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      ...(only === null
        ? ['test/scenarios/cases', 'test/crash']
        : onlyCases.map((one) => `test/scenarios/cases/${one}`)),
      '--reporter=json',
      `--outputFile=${reportFile}`,
      '--silent',
    ],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        ...process.env,
        CAUSEWAY_ROAD_COUNTS: countsFile,
        ...(values.short ? {} : { CAUSEWAY_LONG: '1' }),
      },
    },
  )
  const occurred = readCounts(readFileSync(countsFile, 'utf8'))
  const report = JSON.parse(readFileSync(reportFile, 'utf8')) as VitestReport
  rmSync(folder, { recursive: true })
  for (const file of [...report.testResults].sort((a, b) => a.name.localeCompare(b.name))) {
    const failed = file.assertionResults.filter((one) => one.status !== 'passed')
    const name = file.name.split('/').at(-1)?.replace('.test.ts', '') ?? file.name
    const { seeds, counts } = occurred.get(name) ?? { seeds: [], counts: {} as Record<string, number> }
    const failures = failed.map((one) => `${one.title}: ${one.failureMessages[0]?.split('\n')[0] ?? ''}`)
    // a case in which nobody did anything, or no tool was asked, has shown nothing
    const isVacuous = !((counts['edits by people'] ?? 0) > 0 && (counts['calls'] ?? 0) > 0)
    if (isVacuous) failures.push('nothing occurred in it')
    add({
      what: 'case',
      title: name,
      seeds,
      result: failures.length === 0 && file.assertionResults.length > 0 ? 'passed' : 'failed',
      counts: { tests: file.assertionResults.length, failed: failed.length, ...counts },
      failures,
    })
  }
}

if (onlyCases.length > 0) runCases()
const test = await openTestDatabase()
for (const experiment of EXPERIMENTS.filter((one) => only?.includes(one.id) ?? true)) {
  try {
    const { seed, counts, failures } = await experiment.run(test, scale)
    add({
      what: experiment.id,
      title: experiment.title,
      seeds: [seed],
      result: typeof counts['run'] === 'string' ? 'not run' : failures.length === 0 ? 'passed' : 'failed',
      counts,
      failures,
    })
  } catch (error) {
    add({
      what: experiment.id,
      title: experiment.title,
      seeds: [],
      result: 'failed',
      counts: {},
      failures: [String(error)],
    })
  }
}
for (let seed = 1; only === null && seed <= Number(values.fuzz); seed += 1) {
  const run = await runFuzz(test.db, seed, 250)
  add({
    what: 'fuzz',
    title: `${run.steps} steps`,
    seeds: [seed],
    result: run.violations.length === 0 ? 'passed' : 'failed',
    counts: { ...run.counts },
    failures: run.violations,
  })
}
await test.close()
const rowsThat = (result: Row['result']): number => rows.filter((row) => row.result === result).length
const failed = rowsThat('failed')
if (values.json)
  console.log(JSON.stringify({ at: new Date().toISOString(), scale, engine: test.engine, rows }, null, 2))
else
  console.log(
    `${rowsThat('passed')} passed, ${failed} failed, ${rowsThat('not run')} not run; ${test.engine}, ${scale} form`,
  )
process.exitCode = failed > 0 ? 1 : 0
