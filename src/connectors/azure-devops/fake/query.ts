import type { FakeItem, FakeState } from './state.ts'
import { Refused } from './write.ts'

/** As much of WIQL as is asked: comparisons joined by AND, and an order by id. Answers ids. */

const CONDITION = /\[([\w.]+)\]\s*(=|>=|>|IN)\s*(\([^)]*\)|'(?:[^']|'')*'|\d+)/gi

const unquoted = (text: string): string => text.slice(1, -1).replaceAll("''", "'")

const wrong = (message: string): never => {
  throw new Refused({ status: 400, typeKey: 'WorkItemTrackingQueryException', message })
}

const testOf = (state: FakeState, reference: string, operator: string, operand: string) => {
  if (!state.fields.some((one) => one.referenceName === reference))
    wrong(
      `TF51005: The query references a field that does not exist. The error is caused by «[${reference}]».`,
    )
  const values = (operand.startsWith('(') ? (operand.match(/'(?:[^']|'')*'/g) ?? []) : [operand]).map(
    (one) => (one.startsWith("'") ? unquoted(one).toLowerCase() : one),
  )
  return (item: FakeItem): boolean => {
    const value = item.fields[reference]
    if (operator === '>') return Number(value) > Number(values[0])
    if (operator === '>=') return Number(value) >= Number(values[0])
    return values.includes(String(value ?? '').toLowerCase())
  }
}

export const runQuery = (state: FakeState, wiql: string, top: number): readonly number[] => {
  const where =
    /\bWHERE\b([\s\S]*?)(?:\bORDER BY\b|$)/i.exec(wiql)?.[1] ??
    wrong('TF51006: The query statement is missing a WHERE clause.')
  const tests = [...where.matchAll(CONDITION)].map(([, reference = '', operator = '', operand = '']) =>
    testOf(state, reference, operator.toUpperCase(), operand),
  )
  const found = [...state.items.values()].filter(
    (item) =>
      !item.isDeleted &&
      !state.hidden.has(String(item.fields['System.TeamProject'])) &&
      tests.every((test) => test(item)),
  )
  const sign = /ORDER BY[\s\S]*DESC\s*$/i.test(wiql) ? -1 : 1
  return found
    .map(({ id }) => id)
    .sort((a, b) => sign * (a - b))
    .slice(0, top)
}
