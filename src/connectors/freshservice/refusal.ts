import { parseBoundedJson } from '../../lib/bounded-json.ts'
import { RemoteFault } from '../../sync/fault.ts'
import type { ToolField } from '../../sync/snapshot.ts'
import { answers } from './schema.ts'

/**
 * Freshservice's refusal of values, e.g. `{description: "Validation failed", errors: [{field: "status", message: "It should
 * be one of these values: '2,3,4,5'", code: "invalid_value"}]}`. What is required to close is refused in the same way.
 */

const FIELDS: Readonly<Record<string, ToolField>> = {
  subject: 'title',
  description: 'description',
  status: 'status',
  priority: 'priority',
  type: 'type',
  ticket_type: 'type',
  responder_id: 'owner',
  responder: 'owner',
  agent_id: 'owner',
  agent: 'owner',
  requester_id: 'requester',
  requester: 'requester',
  email: 'requester',
  due_by: 'due',
  fr_due_by: 'due',
  tags: 'labels',
  workspace_id: 'container',
  group: 'cf:group',
  group_id: 'cf:group',
  department: 'cf:department',
  department_id: 'cf:department',
  urgency: 'cf:urgency',
  impact: 'cf:impact',
  source: 'cf:source',
  risk: 'cf:risk',
  change_type: 'cf:change_type',
  category: 'cf:category',
  sub_category: 'cf:sub_category',
  item_category: 'cf:item_category',
  planned_start_date: 'cf:planned_start_date',
  planned_end_date: 'cf:planned_end_date',
}

/** What was written, so that a refusal without a field can be pinned to the only one. */
export interface Written {
  readonly fields: readonly ToolField[]
  /** Labels of custom fields by their names there. */
  readonly labels: ReadonlyMap<string, string>
}

export const NOTHING: Written = { fields: [], labels: new Map() }

const fieldOf = (name: string, { labels }: Written): ToolField | null => {
  const bare = name.replace(/^custom_fields?[.[]/, '').replace(/\]$/, '')
  const label = labels.get(bare)
  if (label !== undefined) return `cf:${label}`
  return Object.hasOwn(FIELDS, bare) ? (FIELDS[bare] ?? null) : null
}

const textOr = (value: unknown, other: string): string =>
  typeof value === 'string' && value !== '' ? value : other

export const bodyOf = (bytes: Uint8Array): unknown => {
  const parsed = parseBoundedJson(bytes)
  return parsed.ok ? parsed.value : null
}

/** The machine's word for a refusal without fields: `access_denied`, `account_suspended`, `require_feature`. */
export const codeOf = (body: unknown): string =>
  answers.refusal.Check(body) && typeof body.code === 'string' ? body.code : ''

export const refusal = (body: unknown, written: Written): RemoteFault => {
  const known = answers.refusal.Check(body) ? body : {}
  const errors = (known.errors ?? []).slice(0, 5)
  const named = errors.flatMap(({ field }) => fieldOf(field ?? '', written) ?? [])
  const only = written.fields.length === 1 ? written.fields[0] : undefined
  const field = named.find((each) => written.fields.includes(each)) ?? named[0] ?? only ?? null
  const sentences = errors.map(({ field: name, message, code }) =>
    [name, message ?? code].filter((part) => part).join(': '),
  )
  const words =
    sentences.filter((each) => each !== '').join('; ') ||
    textOr(known.message, textOr(known.description, 'it does not say why'))
  return new RemoteFault('invalid', `Freshservice refuses: ${words.slice(0, 300)}`, { field })
}
