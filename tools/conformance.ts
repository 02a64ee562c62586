import { parseArgs } from 'node:util'
import { cases } from '../test/conformance/cases.ts'
import { type CaseResult, runAll } from '../test/conformance/run-all.ts'
import { subjects } from '../test/conformance/subjects/all.ts'

/**
 * What each connector does of the contract, as a table: `node tools/conformance.ts [--only redmine] [--failed] [--json]`.
 * Exit code 1 when a case failed.
 */

const { values } = parseArgs({
  options: { only: { type: 'string' }, failed: { type: 'boolean' }, json: { type: 'boolean' } },
})

export interface Report {
  readonly subject: string
  readonly passed: number
  readonly failed: number
  readonly notSupported: number
  /** Requests and answers held against the vendor's own schema; 0 where there is none, or it is not at hand. */
  readonly requestsChecked: number
  readonly cases: readonly CaseResult[]
}

const count = (results: readonly CaseResult[], outcome: CaseResult['outcome']): number =>
  results.filter((result) => result.outcome === outcome).length

const reports: Report[] = []
for (const { name, make } of subjects) {
  if (values.only !== undefined && !name.includes(values.only)) continue
  const results = await runAll(cases, make)
  reports.push({
    subject: name,
    passed: count(results, 'passed'),
    failed: count(results, 'failed'),
    notSupported: count(results, 'not supported'),
    requestsChecked: results.reduce((sum, { checked }) => sum + checked, 0),
    cases: results,
  })
}

const lines = (report: Report): readonly string[] => [
  `${report.subject.padEnd(26)} ${String(report.passed).padStart(6)} ${String(report.failed).padStart(6)} ${String(report.notSupported).padStart(13)} ${String(report.requestsChecked).padStart(16)}`,
]

const details = (report: Report): readonly string[] =>
  report.cases
    .filter(({ outcome }) => outcome === 'failed' || (outcome === 'not supported' && values.failed !== true))
    .map(
      ({ name, outcome, reason }) => `  ${outcome}: ${name}\n      ${reason.split('\n', 6).join('\n      ')}`,
    )

if (values.json === true) process.stdout.write(`${JSON.stringify(reports, null, 2)}\n`)
else {
  const table = [
    'subject                    passed failed not supported requests checked',
    ...reports.flatMap(lines),
  ]
  const notes = reports.flatMap((report) => ['', report.subject, ...details(report)])
  process.stdout.write(`${[...table, ...notes].join('\n')}\n`)
}
process.exitCode = reports.some(({ failed }) => failed > 0) ? 1 : 0
