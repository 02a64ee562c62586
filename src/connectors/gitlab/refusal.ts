import { RemoteFault } from '../../sync/fault.ts'
import type { StandardToolField, ToolField } from '../../sync/snapshot.ts'

/**
 * Which field a refusal is about. GitLab answers `{"message":{"title":["can't be blank"]}}` where a record is not
 * valid, `{"error":"due_date is invalid"}` where a parameter is not, and a sentence otherwise.
 */

const PARAMETERS: Readonly<Record<string, StandardToolField | 'cf:weight' | 'cf:confidential'>> = {
  title: 'title',
  description: 'description',
  state_event: 'status',
  issue_type: 'type',
  work_item_type: 'type',
  milestone: 'release',
  milestone_id: 'release',
  assignee_ids: 'owner',
  assignees: 'owner',
  labels: 'labels',
  add_labels: 'labels',
  remove_labels: 'labels',
  due_date: 'due',
  confidential: 'cf:confidential',
  weight: 'cf:weight',
  to_project_id: 'container',
}

const fieldOf = (name: string): ToolField | null =>
  Object.hasOwn(PARAMETERS, name) ? (PARAMETERS[name] ?? null) : null

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

const wordsOf = (value: unknown): string =>
  (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'string').join(', ')

export const saysInsufficientScope = (body: unknown): boolean =>
  isObject(body) && body['error'] === 'insufficient_scope'

/** `written`: the fields of the refused call. */
export const refusal = (body: unknown, written: readonly ToolField[]): RemoteFault => {
  const message = isObject(body) ? body['message'] : undefined
  const error = isObject(body) && typeof body['error'] === 'string' ? body['error'] : ''
  const named = isObject(message) ? Object.keys(message) : [...error.matchAll(/\b[a-z_]+\b/g)].map(String)
  const fields = named.map(fieldOf).filter((each) => each !== null)
  const field =
    fields.find((each) => written.includes(each)) ?? fields[0] ?? (written.length === 1 ? written[0] : null)
  const said = isObject(message)
    ? Object.entries(message)
        .slice(0, 5)
        .map(([name, inner]) => `${name} ${wordsOf(inner)}`)
        .join('; ')
    : wordsOf(message) || error
  return new RemoteFault('invalid', `GitLab refuses: ${(said || 'it does not say why').slice(0, 300)}`, {
    field: field ?? null,
  })
}
