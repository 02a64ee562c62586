import { writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import type { Reporter, SerializedError, TestCase, TestModule, TestSuite } from 'vitest/node'
import { type Failure, firstLine, type Report } from './report.ts'

type Errors = readonly { readonly message?: string }[]

const failureOf = (where: string, errors: Errors | undefined): Failure => ({
  where,
  why: firstLine(errors?.[0]?.message ?? ''),
})

/** For vitest: writes what was skipped and what failed, also what failed before or beside its tests, to CHECK_REPORT. */
export default class CheckReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const path = process.env['CHECK_REPORT']
    if (path === undefined || path === '') return
    const report: Report = {
      skipped: modules.flatMap((module) =>
        [...module.children.allTests('skipped')]
          // what a broken set-up kept from running has failed, and is not left out
          .filter(({ parent }) => !isBroken(parent))
          .map(({ fullName }) => fullName),
      ),
      failed: [
        ...modules.flatMap((module) => failuresOf(module)),
        ...unhandled.map((error) => failureOf('outside of any test', [error])),
      ],
    }
    writeFileSync(path, JSON.stringify(report))
  }
}

const isBroken = (parent: TestCase['parent']): boolean =>
  parent.errors().length > 0 || (parent.type === 'suite' && isBroken(parent.parent))

const failuresOf = (module: TestModule): readonly Failure[] => {
  const file = relative(process.cwd(), module.moduleId)
  const broken = [module, ...module.children.allSuites()].filter((one) => one.errors().length > 0)
  return [
    ...broken.map((one: TestModule | TestSuite) =>
      failureOf(one.type === 'module' ? file : `${file} > ${one.fullName}`, one.errors()),
    ),
    ...[...module.children.allTests('failed')].map((test) =>
      failureOf(`${file} > ${test.fullName}`, test.result().errors),
    ),
  ]
}
