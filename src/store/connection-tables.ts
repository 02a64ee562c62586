import type { ColumnType, Generated } from 'kysely'
import type { Actor } from '../domain/actor.ts'
import type { ToldHold } from '../domain/hold-words.ts'
import type * as words from '../domain/words.ts'
import type { At, AtOrNull, JsonColumn, JsonOrNull, Nullable } from './columns.ts'

/** The tables about tools: connections, mirrors, what was tried and what waits. One interface a table. */

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
  next_hook_at: AtOrNull
  /** When the tool was last asked whether it rings here. */
  hook_at: AtOrNull
  hook_until: AtOrNull
  hook_problem: Nullable<string>
  blocked_until: AtOrNull
  down_since: AtOrNull
  /** A person let a mass change go on until then. */
  mass_change_until: AtOrNull
  mass_change_stopped: Generated<boolean>
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
  source: Generated<'file' | 'screen' | 'restored'>
  restored_from: number | null
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
  /** Joined without writing to either tool, and not looked at on both sides since. */
  quiet: Generated<boolean>
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
  told: JsonOrNull<ToldHold>
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
  /** Our write replaced `tool` there: it stands nowhere any more. */
  overwritten: Generated<boolean>
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
