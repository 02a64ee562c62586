import { existsSync, readFileSync } from 'node:fs'

/** The full names of tests that vitest's JSON report calls skipped or todo; a missing report has none. */
export const skippedTests = (report: string): readonly string[] =>
  existsSync(report) ? skippedIn(JSON.parse(readFileSync(report, 'utf8'))) : []

export const skippedIn = (report: unknown): readonly string[] =>
  listOf(report, 'testResults')
    .flatMap((file) => listOf(file, 'assertionResults'))
    .filter((test) => ['skipped', 'pending', 'todo', 'disabled'].includes(textOf(test, 'status')))
    .map((test) => textOf(test, 'fullName'))

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined

const listOf = (value: unknown, name: string): readonly unknown[] => {
  const list = memberOf(value, name)
  return Array.isArray(list) ? list : []
}

const textOf = (value: unknown, name: string): string => {
  const text = memberOf(value, name)
  return typeof text === 'string' ? text : ''
}
