import type { ColumnType, Generated } from 'kysely'
import type { Actor } from '../domain/actor.ts'
import type { Audience } from '../domain/audience.ts'
import type { Internal } from '../domain/public.ts'
import type { TicketAnswer } from '../domain/request-form.ts'
import type * as words from '../domain/words.ts'
import type { RichText } from '../sync/rich-text/index.ts'
import type {
  AccountTable,
  IdentityTable,
  OutgoingMailTable,
  RecoveryCodeTable,
  TokenTable,
} from './account-tables.ts'
import type { BillTables } from './bill-tables.ts'
import type { CauseTables } from './cause-tables.ts'
import type { ChangeTables } from './change-tables.ts'
import type { ChatTable } from './chat-table.ts'
import type { CiReportTable, CiRuleTable, CiSourceTable } from './ci-tables.ts'
import type { At, AtOrNull, JsonColumn, JsonOrNull, Nullable } from './columns.ts'
import type {
  AttemptTable,
  ConflictTable,
  ConnectionTable,
  DeliveryTable,
  HintTable,
  HoldTable,
  MappingTable,
  MirrorElementTable,
  MirrorTable,
  RouteTable,
  RuleTable,
  SecretTable,
} from './connection-tables.ts'
import type { DeploymentTable } from './deployment-tables.ts'
import type { MacroTable, MentionTable, PresenceTable, TicketLinkTable } from './desk-tables.ts'
import type { EnhancementTables } from './enhancement-tables.ts'
import type { BookingTable, EnvironmentTable } from './environment-tables.ts'
import type { EscalationWithheldTable, WipLimitTable, WorkItemLinkTable } from './flow-tables.ts'
import type { FollowedRepositoryTable } from './followed-repository-table.ts'
import type { GoLiveTables } from './go-live-tables.ts'
import type {
  ComponentTable,
  ContactTable,
  CustomerTable,
  InstallationTable,
  PersonTable,
  ProductTable,
  ReleaseEstimateTable,
  ReleaseTable,
  TeamMemberTable,
  TeamTable,
} from './organisation-tables.ts'
import type { OutreachTables } from './outreach-tables.ts'
import type { PartnerRecordTable, PartnerTable } from './partner-tables.ts'
import type { TraceTables } from './trace-tables.ts'

export type * from './account-tables.ts'
export type * from './change-tables.ts'
export type * from './chat-table.ts'
export type * from './ci-tables.ts'
export type { JsonColumn } from './columns.ts'
export type * from './connection-tables.ts'
export type * from './deployment-tables.ts'
export type * from './desk-tables.ts'
export type * from './enhancement-tables.ts'
export type * from './environment-tables.ts'
export type * from './flow-tables.ts'
export type * from './followed-repository-table.ts'
export type * from './go-live-tables.ts'
export type * from './organisation-tables.ts'
export type * from './outreach-tables.ts'
export type * from './partner-tables.ts'
export type * from './trace-tables.ts'

/** The tables as kysely sees them. One interface a table, columns as in migrations/. Dates are `YYYY-MM-DD` strings. */

export interface SettingTable {
  key: string
  value: JsonColumn<unknown>
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
  /** With `urgency` null: nobody set them, they follow the severity (domain/priority.ts). */
  impact: words.Level | null
  urgency: words.Level | null
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
  /** What the customer answered to the form of the product. */
  answers: ColumnType<readonly TicketAnswer[], string | undefined, string>
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
  /** Of an incident: when it was first felt; null: nobody said. */
  impact_began_at: AtOrNull
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
  /** Worst severity behind it as a number, 1 … 5; the database keeps it (migrations/0015). */
  severity_rank: Generated<number>
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
  expedite: Generated<boolean>
  snoozed_at: AtOrNull
  snoozed_until: AtOrNull
  version: Generated<number>
  created_at: At
  updated_at: At
}
/** A word that something says; only to widen what is asked for (migrations/0016). */
export interface KnownWordTable {
  word: string
  looked_at: Generated<Date>
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
/** What is written among us is marked so, for the compiler to keep it from what customers are shown. */
export interface NoteTable extends Omit<CommentColumns<'staff' | 'support' | 'engineering'>, 'body'> {
  body: JsonColumn<Internal<RichText>>
}
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
  /** From where it was asked for. */
  address: Nullable<string>
  data: JsonColumn<Readonly<Record<string, unknown>>>
}

/** A list with its filters, by name. */
export interface SavedViewTable {
  id: string
  list: 'tickets' | 'work-items' | 'search'
  name: string
  /** Of the list's address, without the question mark. */
  query: string
  owner_id: string
  shared_with: 'me' | 'team' | 'everyone'
  team_id: Nullable<string>
  version: Generated<number>
  created_at: At
  updated_at: At
  archived_at: AtOrNull
}
/** Views that a person keeps in sight, in their order. */
export interface PinnedViewTable {
  person_id: string
  view_id: string
  position: number
}
/** What sample data made, and nothing else. */
export interface SampleRecordTable {
  id: string
  kind: string
  made_at: At
}
export interface IdempotencyTable {
  key: string
  token_id: string
  request_hash: string
  status: Nullable<number>
  response: JsonOrNull<unknown>
  created_at: At
}

export interface Tables
  extends BillTables,
    EnhancementTables,
    TraceTables,
    GoLiveTables,
    OutreachTables,
    ChangeTables,
    CauseTables {
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
  work_item_link: WorkItemLinkTable
  wip_limit: WipLimitTable
  escalation_withheld: EscalationWithheldTable
  escalation: EscalationTable
  message: MessageTable
  note: NoteTable
  attachment: AttachmentTable
  event: EventTable
  macro: MacroTable
  ticket_link: TicketLinkTable
  mention: MentionTable
  presence: PresenceTable
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
  partner: PartnerTable
  partner_record: PartnerRecordTable
  environment: EnvironmentTable
  chat: ChatTable
  followed_repository: FollowedRepositoryTable
  booking: BookingTable
  deployment: DeploymentTable
  ci_source: CiSourceTable
  ci_rule: CiRuleTable
  ci_report: CiReportTable
  delivery: DeliveryTable
  hint: HintTable
  account: AccountTable
  recovery_code: RecoveryCodeTable
  identity: IdentityTable
  outgoing_mail: OutgoingMailTable
  token: TokenTable
  saved_view: SavedViewTable
  known_word: KnownWordTable
  pinned_view: PinnedViewTable
  sample_record: SampleRecordTable
  idempotency: IdempotencyTable
}
