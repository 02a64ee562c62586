import { type FakeIssue, type FakeState, US } from './state.ts'

/**
 * JQL as far as the connector uses it, answered from an index that lags: what was written a moment ago is not found
 * yet, and what was deleted still is.
 */

interface Row {
  readonly issue: FakeIssue
  readonly updatedMs: number
  readonly projectKey: string
}

const rowsNow = (state: FakeState, nowMs: number, reconcile: ReadonlySet<number>): readonly Row[] =>
  [...state.issues.values()].flatMap((issue) => {
    const entry = reconcile.has(issue.id)
      ? issue.index.at(-1)
      : issue.index.findLast((each) => each.fromMs <= nowMs)
    return entry === undefined || entry.isDeleted ? [] : [{ ...entry, issue }]
  })

type Test = (row: Row) => boolean

const testOf = (state: FakeState, clause: string): Test | null => {
  const projects = /^project in \((.+)\)$/.exec(clause)?.[1]
  if (projects !== undefined) {
    const keys = projects.split(',').map((each) => each.trim().replace(/^"|"$/g, ''))
    // a project that is not there makes the whole question wrong
    return keys.every((key) => state.projects.some((each) => each.key === key))
      ? (row) => keys.includes(row.projectKey)
      : null
  }
  const ids = /^id in \((.+)\)$/.exec(clause)?.[1]
  if (ids !== undefined) return (row) => ids.split(',').includes(String(row.issue.id))
  if (clause === 'creator = currentUser()') return (row) => row.issue.creatorId === US
  const [, field, ms] = /^(updated|created) >= (\d+)$/.exec(clause) ?? []
  if (field === undefined) return null
  const of = (row: Row) => (field === 'updated' ? row.updatedMs : row.issue.createdMs)
  return (row) => of(row) >= Number(ms)
}

/** null: the question is wrong. */
export const findIssues = (
  state: FakeState,
  jql: string,
  nowMs: number,
  reconcile: readonly unknown[] = [],
): readonly FakeIssue[] | null => {
  const [where = '', order = ''] = jql.split(/ ORDER BY /)
  const tests = where.split(' AND ').map((each) => testOf(state, each.trim()))
  // Cloud takes no question without a limit
  if (where.trim() === '' || tests.includes(null)) return null
  const isBy = (row: Row) => (order.startsWith('updated') ? row.updatedMs : row.issue.createdMs)
  const sign = /^\w+ DESC/.test(order) ? -1 : 1
  return rowsNow(state, nowMs, new Set(reconcile.map(Number)))
    .filter((row) => tests.every((test) => test?.(row)))
    .sort((a, b) => sign * (isBy(a) - isBy(b)) || sign * (a.issue.id - b.issue.id))
    .map((row) => row.issue)
}

/** What the index shows of an issue, which may be old. */
export const indexedUpdate = (issue: FakeIssue, nowMs: number): number =>
  issue.index.findLast((each) => each.fromMs <= nowMs)?.updatedMs ?? issue.updatedMs

const TOKEN_LIVES_MS = 7 * 24 * 3_600_000

export const tokenOf = (jql: string, offset: number, nowMs: number): string =>
  Buffer.from(JSON.stringify({ jql, offset, until: nowMs + TOKEN_LIVES_MS })).toString('base64url')

/** null: it is none, of another question, or has expired. */
export const offsetOf = (token: unknown, jql: string, nowMs: number): number | null => {
  if (token === undefined) return 0
  try {
    const read: unknown = JSON.parse(Buffer.from(String(token), 'base64url').toString())
    if (
      read === null ||
      typeof read !== 'object' ||
      !('jql' in read) ||
      !('offset' in read) ||
      !('until' in read)
    )
      return null
    return read.jql === jql && Number(read.until) > nowMs ? Number(read.offset) : null
  } catch {
    return null
  }
}
