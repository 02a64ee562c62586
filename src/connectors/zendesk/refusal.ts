import { RemoteFault } from '../../sync/fault.ts'
import type { ToolField } from '../../sync/snapshot.ts'
import { answers } from './schema.ts'

/**
 * Zendesk's refusal of values (422), e.g. `{error: "RecordInvalid", details: {base: [{description: "Severity: is required
 * when solving a ticket", ticket_field_id: 27642}]}}`. `details` goes by field; what it has no member for is under `base`.
 */

export interface Written {
  readonly fields: readonly ToolField[]
  /** Names of custom fields by their numbers. */
  readonly labels: ReadonlyMap<number, string>
}

const FIELDS: Readonly<Record<string, ToolField>> = {
  subject: 'title',
  description: 'description',
  comment: 'description',
  status: 'status',
  custom_status: 'status',
  custom_status_id: 'status',
  type: 'type',
  ticket_type: 'type',
  priority: 'priority',
  assignee: 'owner',
  assignee_id: 'owner',
  requester: 'requester',
  requester_id: 'requester',
  group: 'container',
  group_id: 'container',
  due_at: 'due',
  due_date: 'due',
  tags: 'labels',
  current_tags: 'labels',
}

/** By the name a sentence begins with: "Severity: is required …", "Type:: is required …". */
const namedIn = (sentence: string, labels: ReadonlyMap<number, string>): ToolField | null => {
  const name = /^([^:]{1,200}):/.exec(sentence)?.[1]?.trim()
  if (name === undefined) return null
  const label = [...labels.values()].find((each) => each === name)
  if (label !== undefined) return `cf:${label}`
  const key = name.toLowerCase().replaceAll(' ', '_')
  return Object.hasOwn(FIELDS, key) ? (FIELDS[key] ?? null) : null
}

interface Said {
  readonly sentence: string
  readonly field: ToolField | null
}

const saidIn = (body: unknown, labels: ReadonlyMap<number, string>): readonly Said[] => {
  if (!answers.refusal.Check(body)) return []
  return Object.entries(body.details ?? {}).flatMap(([key, problems]) =>
    problems.slice(0, 5).map(({ description, error, ticket_field_id }): Said => {
      const sentence = description || error || key
      const label = typeof ticket_field_id === 'number' ? labels.get(ticket_field_id) : undefined
      const byKey = Object.hasOwn(FIELDS, key) ? (FIELDS[key] ?? null) : null
      return { sentence, field: label === undefined ? (byKey ?? namedIn(sentence, labels)) : `cf:${label}` }
    }),
  )
}

const sentenceOf = (body: unknown): string => {
  if (!answers.refusal.Check(body)) return ''
  return [body.error, body.description].filter((each) => typeof each === 'string').join(': ')
}

export const isClosedRefusal = (body: unknown): boolean =>
  saidIn(body, new Map()).some(
    ({ sentence, field }) => field === 'status' && /closed prevents/i.test(sentence),
  )

export const refusal = (body: unknown, written: Written): RemoteFault => {
  if (isClosedRefusal(body))
    return new RemoteFault(
      'invalid',
      'the ticket is closed, and a closed ticket never changes again in Zendesk',
    )
  const said = saidIn(body, written.labels).slice(0, 5)
  const named = said.map(({ field }) => field).filter((field) => field !== null)
  const only = written.fields.length === 1 ? written.fields[0] : undefined
  const field = named.find((each) => written.fields.includes(each)) ?? named[0] ?? only ?? null
  const words = said.map(({ sentence }) => sentence).join('; ') || sentenceOf(body) || 'it does not say why'
  return new RemoteFault('invalid', `Zendesk refuses: ${words.slice(0, 300)}`, { field })
}
