import type { Generated } from 'kysely'
import type { Actor } from '../domain/actor.ts'
import type { Audience } from '../domain/audience.ts'
import type { MacroActions } from '../domain/macro.ts'
import type { At, AtOrNull, JsonColumn, Nullable } from './columns.ts'

/** The tables of what a desk works with beside its tickets. One interface a table. */

export interface MacroTable {
  id: string
  name: string
  /** Null: for all. */
  team_id: Nullable<string>
  audience: Audience
  /** Markdown with placeholders (domain/macro.ts). */
  text: string
  actions: JsonColumn<MacroActions>
  version: Generated<number>
  created_at: At
  updated_at: At
  archived_at: AtOrNull
}
export interface TicketLinkTable {
  id: string
  ticket_id: string
  other_id: Nullable<string>
  url: Nullable<string>
  title: Nullable<string>
  made_by: JsonColumn<Actor>
  at: At
}
export interface MentionTable {
  id: string
  person_id: string
  comment_id: string
  record_kind: 'ticket' | 'work item'
  record_id: string
  by: JsonColumn<Actor>
  at: At
  seen_at: AtOrNull
}
export interface PresenceTable {
  record_id: string
  person_id: string
  is_typing: boolean
  at: At
}
