import type { FakeIssue, FakeState } from './state.ts'

/**
 * The list of issues: the long form of filters (`f[]`, `op[…]`, `v[…][]`). A field that cannot be filtered is ignored
 * without a word. Answers null when a value cannot be read.
 */

const DEFAULT_LIMIT = 25
const MAX_LIMIT = 100
const TIME = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}Z)?$/

export interface FoundIssues {
  readonly rows: readonly FakeIssue[]
  readonly total: number
  readonly offset: number
  readonly limit: number
}

type Test = (issue: FakeIssue) => boolean

const testOf = (
  state: FakeState,
  field: string,
  operator: string,
  values: readonly string[],
): Test | 'ignored' | 'unreadable' => {
  const [first = ''] = values
  const custom = /^cf_(\d+)$/.exec(field)?.[1]
  if (custom !== undefined) {
    const found = state.customFields.find((each) => each.id === Number(custom))
    if (found === undefined || !found.isFilter) return 'ignored'
    return (issue) => [issue.custom.get(found.id) ?? ''].flat().some((value) => values.includes(value))
  }
  switch (field) {
    case 'status_id':
      return operator === '*' ? () => true : (issue) => values.includes(String(issue.statusId))
    case 'project_id':
      return (issue) => values.includes(String(issue.projectId))
    case 'tracker_id':
      return (issue) => values.includes(String(issue.trackerId))
    case 'issue_id':
      return operator === '>='
        ? (issue) => issue.id >= Number(first)
        : (issue) => values.includes(String(issue.id))
    case 'updated_on': {
      if (!TIME.test(first)) return 'unreadable'
      // Seconds there, finer in the database: `>=` is made `> T - 1 s`.
      return (issue) => issue.updatedMs > Date.parse(first) - 1_000
    }
    default:
      return 'ignored'
  }
}

/** Without any filter the list is of open issues. */
const defaultTests = (state: FakeState, query: URLSearchParams): readonly Test[] => {
  if (query.get('status_id') === '*') return []
  const closed = new Set(state.statuses.filter((each) => each.isClosed).map((each) => each.id))
  return [(issue) => !closed.has(issue.statusId)]
}

const ordered = (rows: readonly FakeIssue[], sort: string): readonly FakeIssue[] => {
  const keys = sort.split(',').map((each) => each.split(':') as [string, string?])
  const value = (issue: FakeIssue, key: string): number => (key === 'updated_on' ? issue.updatedMs : issue.id)
  return [...rows].sort((a, b) => {
    for (const [key, direction] of keys) {
      const difference = value(a, key) - value(b, key)
      if (difference !== 0) return direction === 'desc' ? -difference : difference
    }
    return 0
  })
}

const numberIn = (query: URLSearchParams, name: string, otherwise: number): number => {
  const found = query.get(name)
  return found !== null && /^\d+$/.test(found) ? Number(found) : otherwise
}

export const findIssues = (state: FakeState, query: URLSearchParams): FoundIssues | null => {
  const fields = query.getAll('f[]')
  const tests = fields.map((field) =>
    testOf(state, field, query.get(`op[${field}]`) ?? '=', query.getAll(`v[${field}][]`)),
  )
  if (tests.includes('unreadable')) return null
  const kept = tests.filter((each) => typeof each === 'function')
  const all = fields.length === 0 ? defaultTests(state, query) : kept
  const rows = [...state.issues.values()].filter((issue) => all.every((test) => test(issue)))
  const limit = Math.min(numberIn(query, 'limit', DEFAULT_LIMIT), MAX_LIMIT)
  const offset = numberIn(query, 'offset', 0)
  const sorted = ordered(rows, query.get('sort') ?? 'id:desc')
  return { rows: sorted.slice(offset, offset + limit), total: rows.length, offset, limit }
}
