import type { FakeIssue, FakeProject, FakeState, FakeUser } from './state.ts'
import { mayRead } from './state.ts'

/** GitLab's list of issues: what it filters by, and the order, with the number as the last word. */

const timeIn = (query: URLSearchParams, name: string): number => {
  const text = query.get(name)
  return text === null ? Number.NEGATIVE_INFINITY : Date.parse(text)
}

export const issueLists = (
  state: FakeState,
  project: FakeProject,
  who: FakeUser,
  query: URLSearchParams,
): readonly FakeIssue[] => {
  const [updatedAfter, createdAfter] = [timeIn(query, 'updated_after'), timeIn(query, 'created_after')]
  const iids = query.getAll('iids[]').map(Number)
  // Without `scope=all` only what one made oneself is listed across projects; in a project it is all there is.
  const found = [...state.issues.values()].filter(
    (issue) =>
      issue.projectId === project.id &&
      mayRead(who, issue) &&
      (iids.length === 0 || iids.includes(issue.iid)) &&
      issue.updatedMs >= updatedAfter &&
      issue.createdMs >= createdAfter &&
      (query.get('state') === 'all' || issue.state === (query.get('state') ?? 'opened')),
  )
  const key = query.get('order_by') === 'updated_at' ? 'updatedMs' : 'createdMs'
  const direction = query.get('sort') === 'asc' ? 1 : -1
  return found.sort((a, b) => (a[key] - b[key] || a.id - b.id) * direction)
}
