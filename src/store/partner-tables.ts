import type { Generated } from 'kysely'
import type { SharingPolicy } from '../domain/sharing.ts'
import type { At, AtOrNull, JsonColumn, Nullable } from './columns.ts'

export interface PartnerTable {
  id: string
  name: string
  policy: JsonColumn<SharingPolicy>
  version: Generated<number>
  token_hash: string
  created_at: At
  last_asked_at: AtOrNull
  ended_at: AtOrNull
  ended_by: Nullable<'us' | 'them'>
  /** Where they want to be told that something changed. */
  hook_address: Nullable<string>
  hook_secret: Nullable<string>
  /** The place in the log up to which they were told. */
  hook_tx: Nullable<string>
  hook_seq: Nullable<number>
  next_ring_at: AtOrNull
  hook_failures: Generated<number>
  hook_problem: Nullable<string>
}

export interface PartnerRecordTable {
  partner_id: string
  record_id: string
  record_kind: 'ticket' | 'work item'
  marker: Nullable<string>
  /** They made it; else somebody here shared it. */
  brought: boolean
  shared_at: At
  /** No longer shared. */
  ended_at: AtOrNull
}
