import { columnsOf, type FakeState, type Kind, userOf, type Values } from './state.ts'

/**
 * Encoded queries, as far as they are used: `^`, `^OR`, `^NQ`, sorting, and the rule that hurts: a condition on a
 * column that is not there is dropped, and then everything matches.
 */

type Test = (row: Values) => boolean

const CONDITION = /^([a-z0-9_.]+)(ISNOTEMPTY|ISEMPTY|STARTSWITH|LIKE|IN|>=|<=|!=|=|>|<)([\s\S]*)$/

const inUtc = (state: FakeState, value: string): string => {
  const { readsQueriesInZone, offsetMinutes } = state.account
  const ms = Date.parse(`${value.replace(' ', 'T')}Z`)
  if (!readsQueriesInZone || Number.isNaN(ms)) return value
  return new Date(ms - offsetMinutes * 60_000).toISOString().slice(0, 19).replace('T', ' ')
}

const scriptValue = (state: FakeState, value: string): string => {
  const user = userOf(state, state.account.userName)
  if (value === 'javascript:gs.getUserName()') return user?.['user_name'] ?? ''
  if (value === 'javascript:gs.getUserID()') return user?.['sys_id'] ?? ''
  return value
}

const compare = (kind: Kind, a: string, b: string): number => {
  if (kind === 'number') return Number(a) - Number(b)
  return a < b ? -1 : a > b ? 1 : 0
}

/** null: dropped. */
const testOf = (state: FakeState, table: string, text: string): Test | null => {
  const [, column = '', operator = '', raw = ''] = CONDITION.exec(text) ?? []
  const kind = columnsOf(table)?.[column]
  if (kind === undefined) return null
  const value = kind === 'time' ? inUtc(state, raw) : scriptValue(state, raw)
  const of = (row: Values): string => row[column] ?? ''
  switch (operator) {
    case '=':
      return (row) => of(row).toLowerCase() === value.toLowerCase()
    case '!=':
      return (row) => of(row) !== value
    case '>':
      return (row) => compare(kind, of(row), value) > 0
    case '>=':
      return (row) => compare(kind, of(row), value) >= 0
    case '<':
      return (row) => compare(kind, of(row), value) < 0
    case '<=':
      return (row) => compare(kind, of(row), value) <= 0
    case 'IN':
      return (row) => value.split(',').includes(of(row))
    case 'LIKE':
      return (row) => of(row).toLowerCase().includes(value.toLowerCase())
    case 'STARTSWITH':
      return (row) => of(row).startsWith(value)
    case 'ISEMPTY':
      return (row) => of(row) === ''
    default:
      return (row) => of(row) !== ''
  }
}

const groupOf = (state: FakeState, table: string, text: string): Test => {
  const chains: Test[][] = []
  for (const part of text.split('^').filter((each) => each !== '')) {
    const isOr = part.startsWith('OR')
    const test = testOf(state, table, isOr ? part.slice(2) : part)
    if (test === null) continue
    const last = chains.at(-1)
    if (isOr && last !== undefined) last.push(test)
    else chains.push([test])
  }
  return (row) => chains.every((chain) => chain.some((test) => test(row)))
}

interface Order {
  readonly column: string
  readonly descending: boolean
}

export interface Query {
  readonly matches: Test
  readonly sorted: (rows: readonly Values[]) => readonly Values[]
}

const ORDER = /\^?ORDERBY(DESC)?([a-z0-9_]+)/g

export const queryOf = (state: FakeState, table: string, text: string): Query => {
  const orders: Order[] = [...text.matchAll(ORDER)].map(([, descending, column = '']) => ({
    column,
    descending: descending !== undefined,
  }))
  const groups = text
    .replace(ORDER, '')
    .split('^NQ')
    .map((group) => groupOf(state, table, group))
  const kinds = columnsOf(table) ?? {}
  return {
    matches: (row) => groups.some((group) => group(row)),
    sorted: (rows) =>
      [...rows].sort((a, b) => {
        for (const { column, descending } of orders) {
          const by = compare(kinds[column] ?? 'text', a[column] ?? '', b[column] ?? '')
          if (by !== 0) return descending ? -by : by
        }
        return 0
      }),
  }
}
