import type { ColumnType, Generated } from 'kysely'
import type { Actor } from '../domain/actor.ts'
import type { Audience } from '../domain/audience.ts'
import type * as words from '../domain/words.ts'
import type { RichText } from '../sync/rich-text/index.ts'

/** The tables as kysely sees them. One interface a table, columns as in migrations/. Dates are `YYYY-MM-DD` strings. */

type At = ColumnType<Date, Date, Date>
type AtOrNull = ColumnType<Date | null, Date | null | undefined, Date | null>
/** JSON is written as text: the driver would take an array for a PostgreSQL array. */
export type JsonColumn<T> = ColumnType<T, string, string>
type JsonOrNull<T> = ColumnType<T | null, string | null | undefined, string | null>
type Nullable<T> = ColumnType<T | null, T | null | undefined, T | null>

export interface SettingTable {
  key: string
  value: JsonColumn<unknown>
}

export interface CustomerTable {
  id: string
  key: string
  name: string
  tier: Nullable<string>
  created_at: At
  archived_at: AtOrNull
}
export interface PersonTable {
  id: string
  name: string
  email: string
  role: words.Role
  created_at: At
  archived_at: AtOrNull
}
export interface ContactTable {
  id: string
  customer_id: Nullable<string>
  name: string
  email: Nullable<string>
  created_at: At
  archived_at: AtOrNull
}
export interface TeamTable {
  id: string
  key: string
  name: string
  created_at: At
  archived_at: AtOrNull
}
export interface TeamMemberTable {
  team_id: string
  person_id: string
}
export interface ProductTable {
  id: string
  key: string
  name: string
  team_id: Nullable<string>
  created_at: At
  archived_at: AtOrNull
}
export interface ComponentTable {
  id: string
  product_id: string
  key: string
  name: string
  team_id: string
  created_at: At
  archived_at: AtOrNull
}
export interface ReleaseTable {
  id: string
  product_id: string
  name: string
  state: words.ReleaseState
  planned_from: Nullable<string>
  planned_to: Nullable<string>
  confidence: Nullable<number>
  released_at: AtOrNull
  version: Generated<number>
  created_at: At
  updated_at: At
}
export interface ReleaseEstimateTable {
  id: string
  release_id: string
  planned_from: Nullable<string>
  planned_to: Nullable<string>
  confidence: Nullable<number>
  said_at: At
  said_by: JsonColumn<Actor>
}
export interface InstallationTable {
  id: string
  customer_id: string
  product_id: string
  environment: string
  release_id: Nullable<string>
  version: Nullable<string>
  created_at: At
  updated_at: At
}

export interface TicketTable {
  id: string
  number: number
  key: string
  kind: words.TicketKind
  state: words.TicketState
  needs: Nullable<words.OpenNeed>
  waiting_for: Nullable<words.WaitingFor>
  title: string
  description: JsonColumn<RichText>
  impact: words.Level
  urgency: words.Level
  severity: Nullable<words.Severity>
  customer_id: Nullable<string>
  contact_id: Nullable<string>
  owner_id: Nullable<string>
  product_id: Nullable<string>
  component_id: Nullable<string>
  installation_id: Nullable<string>
  release_version: Nullable<string>
  environment: Nullable<string>
  workaround: Nullable<string>
  workaround_accepted: Nullable<boolean>
  custom: ColumnType<Readonly<Record<string, string>>, string | undefined, string>
  merged_into: Nullable<string>
  wake_at: AtOrNull
  woken_at: AtOrNull
  woken_because: Nullable<string>
  reopened_count: Generated<number>
  version: Generated<number>
  created_at: At
  updated_at: At
  resolved_at: AtOrNull
  closed_at: AtOrNull
}
export interface WorkItemTable {
  id: string
  number: number
  key: string
  kind: words.WorkItemKind
  state: words.WorkItemState
  title: string
  description: JsonColumn<RichText>
  steps: Nullable<string>
  expected: Nullable<string>
  actual: Nullable<string>
  frequency: Nullable<string>
  since: Nullable<string>
  severity: Nullable<words.Severity>
  priority: Nullable<string>
  team_id: Nullable<string>
  assignee_id: Nullable<string>
  product_id: Nullable<string>
  component_id: Nullable<string>
  release_version: Nullable<string>
  environment: Nullable<string>
  release_id: Nullable<string>
  duplicate_of: Nullable<string>
  duplicate_key: Nullable<string>
  decline_reason: Nullable<string>
  root_cause: Nullable<string>
  workaround: Nullable<string>
  behaviour_note: Nullable<string>
  custom: ColumnType<Readonly<Record<string, string>>, string | undefined, string>
  status_moved_at: At
  done_at: AtOrNull
  version: Generated<number>
  created_at: At
  updated_at: At
}
export interface EscalationTable {
  id: string
  ticket_id: string
  work_item_id: string
  state: words.EscalationState
  reason: Nullable<string>
  question: Nullable<string>
  sent_by: JsonColumn<Actor>
  created_at: At
  sent_at: AtOrNull
  accepted_at: AtOrNull
  answered_at: AtOrNull
  words_from: AtOrNull
  ended_at: AtOrNull
  version: Generated<number>
  updated_at: At
}
export interface CommentColumns<A extends Audience> {
  id: string
  record_kind: 'ticket' | 'work item'
  record_id: string
  author: JsonColumn<Actor>
  body: JsonColumn<RichText>
  audience: A
  source_connection: Nullable<string>
  at: At
  edited_at: AtOrNull
  deleted_at: AtOrNull
  version: Generated<number>
}
export type MessageTable = CommentColumns<'everyone'>
export type NoteTable = CommentColumns<'staff' | 'support' | 'engineering'>
export interface AttachmentTable {
  id: string
  record_kind: 'ticket' | 'work item'
  record_id: string
  comment_id: Nullable<string>
  author: JsonColumn<Actor>
  name: string
  media_type: string
  size: Nullable<number>
  sha256: Nullable<string>
  audience: Audience
  state: 'pending' | 'stored' | 'refused' | 'deleted'
  reason: Nullable<string>
  source_connection: Nullable<string>
  at: At
  version: Generated<number>
}
export interface EventTable {
  seq: Generated<number>
  tx: Generated<string>
  id: string
  at: At
  actor: JsonColumn<Actor>
  kind: string
  record_kind: Nullable<string>
  record_id: Nullable<string>
  connection_id: Nullable<string>
  cause: Nullable<string>
  data: JsonColumn<Readonly<Record<string, unknown>>>
}

export interface ConnectionTable {
  id: string
  key: string
  kind: string
  party: 'desk' | 'tracker'
  title: string
  state: 'active' | 'paused' | 'failing'
  state_reason: Nullable<string>
  settings: JsonColumn<Readonly<Record<string, unknown>>>
  mapping_version: Generated<number>
  changes_cursor: Nullable<string>
  polled_at: AtOrNull
  next_poll_at: AtOrNull
  poll_every_s: number
  sweep_cursor: Nullable<string>
  sweep_started_at: AtOrNull
  swept_at: AtOrNull
  sweep_found: Generated<number>
  missed_by_webhook: Generated<number>
  next_sweep_at: AtOrNull
  sweep_every_s: number
  blocked_until: AtOrNull
  down_since: AtOrNull
  fault: JsonOrNull<FaultRecord>
  lease_until: AtOrNull
  fence: Generated<number>
  version: Generated<number>
  created_at: At
  updated_at: At
}
export interface FaultRecord {
  readonly kind: string
  readonly detail: string
  readonly field: string | null
  readonly at: string
}
export interface SecretTable {
  connection_id: string
  field: string
  origin: string
  sealed: string
  updated_at: At
}
export interface MappingTable {
  connection_id: string
  version: number
  document: JsonColumn<unknown>
  made_at: At
  made_by: JsonColumn<Actor>
}
export interface RouteTable {
  id: string
  position: number
  product_id: Nullable<string>
  component_id: Nullable<string>
  connection_id: Nullable<string>
  container: Nullable<string>
  item_type: Nullable<string>
  component_there: Nullable<string>
}
export interface RuleTable {
  id: string
  key: string
  position: number
  record_kind: string
  expression: string
  action: JsonColumn<unknown>
  enabled: Generated<boolean>
}

export type MirrorState = 'candidate' | 'creating' | 'live' | 'gone' | 'unlinked' | 'paused'
export interface MirrorTable {
  id: string
  connection_id: string
  record_kind: words.RecordKind
  record_id: Nullable<string>
  container: Nullable<string>
  remote_id: Nullable<string>
  remote_key: Nullable<string>
  remote_url: Nullable<string>
  state: MirrorState
  state_reason: Nullable<string>
  base: ColumnType<unknown, string | undefined, string>
  snapshot: JsonOrNull<unknown>
  listed_hash: Nullable<string>
  mapping_version: Generated<number>
  dirty_seq: Generated<number>
  clean_seq: Generated<number>
  dirty_lane: number
  dirty_at: At
  dirty_why: string
  lease_until: AtOrNull
  fence: Generated<number>
  retry_at: AtOrNull
  failures: Generated<number>
  fault: JsonOrNull<FaultRecord>
  writes: ColumnType<unknown, string | undefined, string>
  restore: JsonOrNull<unknown>
  seen_in_sweep: AtOrNull
  agreed_at: AtOrNull
  created_at: At
}
export interface MirrorElementTable {
  id: string
  mirror_id: string
  kind: 'comment' | 'attachment'
  element_id: string
  remote_id: Nullable<string>
  remote_extra: ColumnType<string[], string[] | undefined, string[]>
  origin: 'hub' | 'tool'
  base_hub: Nullable<string>
  base_tool: Nullable<string>
  visibility: Nullable<string>
  state: 'live' | 'gone there' | 'withdrawn' | 'refused'
  reason: Nullable<string>
}
export interface AttemptTable {
  id: string
  mirror_id: string
  connection_id: string
  fence: number
  position: number
  operation: JsonColumn<unknown>
  element_id: Nullable<string>
  state: 'sending' | 'done' | 'failed' | 'unknown' | 'abandoned'
  started_at: At
  ended_at: AtOrNull
  misses: Generated<number>
  receipt: JsonOrNull<unknown>
  fault: JsonOrNull<FaultRecord>
}
export interface HoldTable {
  mirror_id: string
  field: string
  code: string
  reason: string
  next_step: string
  value: JsonOrNull<unknown>
  since: At
}
export interface ConflictTable {
  id: string
  mirror_id: string
  field: string
  base: JsonOrNull<unknown>
  hub: JsonOrNull<unknown>
  tool: JsonOrNull<unknown>
  opened_at: At
  settled_at: AtOrNull
  settled_by: JsonOrNull<Actor>
  choice: Nullable<string>
  settled_value: JsonOrNull<unknown>
}
export interface DeliveryTable {
  connection_id: string
  delivery_id: string
  received_at: At
}
export interface HintTable {
  id: Generated<number>
  connection_id: string
  remote_id: string
  why: string
  lane: number
  received_at: At
}
export interface TokenTable {
  id: string
  hash: string
  name: string
  role: words.Role
  person_id: Nullable<string>
  contact_id: Nullable<string>
  one_time: Generated<boolean>
  created_at: At
  expires_at: AtOrNull
  last_used_at: AtOrNull
  revoked_at: AtOrNull
}
export interface IdempotencyTable {
  key: string
  token_id: string
  request_hash: string
  status: Nullable<number>
  response: JsonOrNull<unknown>
  created_at: At
}

export interface Tables {
  setting: SettingTable
  customer: CustomerTable
  person: PersonTable
  contact: ContactTable
  team: TeamTable
  team_member: TeamMemberTable
  product: ProductTable
  component: ComponentTable
  release: ReleaseTable
  release_estimate: ReleaseEstimateTable
  installation: InstallationTable
  ticket: TicketTable
  work_item: WorkItemTable
  escalation: EscalationTable
  message: MessageTable
  note: NoteTable
  attachment: AttachmentTable
  event: EventTable
  connection: ConnectionTable
  secret: SecretTable
  mapping: MappingTable
  route: RouteTable
  rule: RuleTable
  mirror: MirrorTable
  mirror_element: MirrorElementTable
  attempt: AttemptTable
  hold: HoldTable
  conflict: ConflictTable
  delivery: DeliveryTable
  hint: HintTable
  token: TokenTable
  idempotency: IdempotencyTable
}
