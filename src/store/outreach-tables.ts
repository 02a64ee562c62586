import type { Generated } from 'kysely'
import type { Actor } from '../domain/actor.ts'
import type { NoticeReason, NoticeState, OutreachStanding, Run, TellingMode } from '../domain/outreach.ts'
import type { Language } from '../domain/settings.ts'
import type { At, AtOrNull, JsonColumn, JsonOrNull, Nullable } from './columns.ts'

/** What customers are told of releases (migrations/0027). */

export interface OutreachPolicyTable {
  id: string
  /** Null: of every product that has none of its own. */
  product_id: Nullable<string>
  has_it: TellingMode
  must_upgrade: TellingMode
  gets_it: TellingMode
  /** How long what goes by itself can be held back. */
  delay_minutes: number
  version: Generated<number>
  updated_at: At
}
/** Words of the organisation; where there are none, ours (domain/notice-words.ts). */
export interface NoticeTemplateTable {
  standing: OutreachStanding
  language: Language
  /** Markdown with placeholders. */
  text: string
  version: Generated<number>
  updated_at: At
}
export interface NoticeTable {
  id: string
  release_id: string
  standing: OutreachStanding
  /** The contact, or the ticket where none is known. */
  recipient: string
  contact_id: Nullable<string>
  customer_id: Nullable<string>
  /** The desk's tool that its tickets are kept in; null: the portal, and a mail. */
  connection_id: Nullable<string>
  language: Language
  state: NoticeState
  reason: Nullable<NoticeReason>
  /** Markdown, as the customer reads it. */
  text: string
  is_edited: Generated<boolean>
  /** When it goes, unless somebody holds it back; null: it waits for somebody. */
  due_at: AtOrNull
  /** Who let it go; Causeway itself where the policy does. */
  approved_by: JsonOrNull<Actor>
  /** Held back by somebody: the policy does not let it go again. */
  is_held: Generated<boolean>
  comment_id: Nullable<string>
  ended_at: AtOrNull
  ended_by: JsonOrNull<Actor>
  /** In the words of who dismissed it. */
  why: Nullable<string>
  version: Generated<number>
  created_at: At
  updated_at: At
}
export interface NoticeTicketTable {
  notice_id: string
  ticket_id: string
  release_id: string
  standing: OutreachStanding
  /** Not dropped out of it. */
  is_live: Generated<boolean>
  /** Why it dropped out. */
  reason: Nullable<NoticeReason>
  /** The key that the customer knows it by: of their tool, or ours. */
  shown_key: string
  runs: JsonColumn<readonly Run[]>
  /** How often it had been reopened. */
  reopened: number
  /** Since when it stands so to the release. */
  since: At
  answer: Nullable<'works' | 'still broken'>
  answered_at: AtOrNull
}
/** One row: what there was of the log when everything was looked at last (`LookedPlace`). */
export interface OutreachLookTable {
  id: Generated<boolean>
  tx: string
  seq: number
  looked_at: AtOrNull
}

export interface OutreachTables {
  outreach_policy: OutreachPolicyTable
  notice_template: NoticeTemplateTable
  notice: NoticeTable
  notice_ticket: NoticeTicketTable
  outreach_look: OutreachLookTable
}
