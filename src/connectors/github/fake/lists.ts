import type { FakeAnswer } from './routes.ts'
import { seconds } from './show.ts'
import type { FakeIssue, FakeRepository } from './state.ts'

/** Pages and filters, as GitHub has them: at most a hundred rows, times of whole seconds, pull requests among issues. */

const MAX_PAGE = 100

export const pageOf = <T>(rows: readonly T[], query: URLSearchParams): readonly T[] => {
  const size = Math.min(Math.max(1, Number(query.get('per_page') ?? 30)), MAX_PAGE)
  const from = (Math.max(1, Number(query.get('page') ?? 1)) - 1) * size
  return rows.slice(from, from + size)
}

export const paged = (rows: readonly unknown[], query: URLSearchParams): FakeAnswer => ({
  status: 200,
  json: pageOf(rows, query),
})

const keyOf =
  (sort: string) =>
  (issue: FakeIssue): number =>
    Math.floor((sort === 'updated' ? issue.updatedMs : issue.createdMs) / 1000)

export const listedIssues = (at: FakeRepository, query: URLSearchParams): readonly FakeIssue[] => {
  const since = query.get('since')
  const state = query.get('state') ?? 'open'
  const key = keyOf(query.get('sort') ?? 'created')
  const direction = query.get('direction') === 'asc' ? 1 : -1
  return [...at.issues.values()]
    .filter((each) => state === 'all' || each.state === state)
    .filter((each) => since === null || seconds(each.updatedMs) >= since)
    .sort((a, b) => direction * (key(a) - key(b) || a.number - b.number))
}
