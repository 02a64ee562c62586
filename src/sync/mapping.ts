import type { Audience } from '../domain/audience.ts'
import type { ToolField } from './snapshot.ts'

/**
 * What crosses between our records and one connection's items, as data. Made from configuration
 * (`configuration/schema.ts` validates it), stored in versions, replayed for dry runs.
 */

/** Fields of our records that can cross. Those after the comment are derived and only go out. */
export const TICKET_FIELDS = [
  'title',
  'description',
  'severity',
  'product',
  'component',
  'version',
  'environment',
  'owner',
  'requester',
  'customer',
  'workaround',
  'priority',
  // derived, through the escalation
  'key',
  'url',
  'engineering.key',
  'engineering.url',
  'engineering.status',
  'engineering.owner',
  'release.planned',
  'release.actual',
  'escalation.state',
] as const
export const WORK_ITEM_FIELDS = [
  'title',
  'description',
  'kind',
  'priority',
  'product',
  'component',
  'version',
  'environment',
  'assignee',
  'release',
  'workaround',
  'root cause',
  'decline reason',
  // derived, through the escalations
  'severity',
  'key',
  'url',
  'tickets.keys',
  'tickets.urls',
  'tickets.count',
  'customers.count',
  'customers.names',
  // what support wrote down when it escalated
  'steps',
  'expected',
  'actual',
  'frequency',
  'since',
] as const
export const RELEASE_FIELDS = ['name', 'planned', 'state'] as const

export type HubField =
  | (typeof TICKET_FIELDS)[number]
  | (typeof WORK_ITEM_FIELDS)[number]
  | (typeof RELEASE_FIELDS)[number]
  | `custom.${string}`

const DERIVED: readonly string[] = [
  ...TICKET_FIELDS.slice(TICKET_FIELDS.indexOf('key')),
  ...WORK_ITEM_FIELDS.slice(WORK_ITEM_FIELDS.indexOf('severity'), WORK_ITEM_FIELDS.indexOf('steps')),
]

/** Whether the field shows what stands on the other side of an escalation. */
export const isDerived = (field: HubField): boolean => DERIVED.includes(field)

export type Direction = 'both' | 'to tool' | 'to hub'
export type ConflictRule = 'ask' | 'hub wins' | 'tool wins'

export interface FieldRule {
  readonly hub: HubField
  readonly tool: ToolField
  readonly direction: Direction
  readonly conflict: ConflictRule
  /** The tool's word → ours. One-to-one where the direction is both. Absent: values pass as they are. */
  readonly values?: Readonly<Record<string, string>>
}

/** A status of ours going out: the first rule that matches names the tool's word. */
export interface StatusRule {
  /** Our state (`waiting`), or a state with what it waits for (`waiting customer`). */
  readonly when: string
  readonly to: string
  /** Only when the tool shows one of these words now; absent: whatever it shows. */
  readonly from?: readonly string[]
}

export interface StatusMapping {
  /** Whose word counts when both moved. */
  readonly owner: 'tool' | 'hub'
  /** The tool's word → our state (or `waiting customer` …). A word not named here is a hold. */
  readonly toHub: Readonly<Record<string, string>>
  /** Empty: never written. */
  readonly toTool: readonly StatusRule[]
}

export interface AudienceMapping {
  /** What the tool's public and internal words become here. */
  readonly public: Audience
  readonly internal: Audience
  /** Audiences sent as a public comment there; the rest of what its party may see goes as internal. */
  readonly sendPublic: readonly Audience[]
}

export interface Mapping {
  readonly record: 'ticket' | 'work item'
  /** Containers (queues, projects) whose items are ours to look at. Empty: none is adopted. */
  readonly containers: readonly string[]
  /** Items of these tool types only; empty: all. */
  readonly types: readonly string[]
  /** New items there become records here. False: only items we made or joined. */
  readonly adopt: boolean
  readonly fields: readonly FieldRule[]
  readonly status: StatusMapping | null
  readonly comments: AudienceMapping | null
  readonly attachments: AudienceMapping | null
  /** Tool's user id, login or e-mail → e-mail of a person here. E-mails that are equal need no line. */
  readonly people: Readonly<Record<string, string>>
  /** The tool's product-wide defaults: container → product key, component name there → component key here. */
  readonly products: Readonly<Record<string, string>>
  readonly components: Readonly<Record<string, string>>
  /** Versions there are releases here (tracker only). */
  readonly releases: boolean
  /** Set at create, beside what the fields give: e.g. `{type: 'Bug'}`. */
  readonly onCreate: Readonly<Record<string, string>>
}
