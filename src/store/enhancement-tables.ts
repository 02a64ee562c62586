import type { Generated } from 'kysely'
import type { Actor } from '../domain/actor.ts'
import type { EnhancementState, Importance, Reception } from '../domain/enhancement.ts'
import type { At, AtOrNull, JsonColumn, JsonOrNull, Nullable } from './columns.ts'

/** What customers wish for (migrations/0031, 0043). */
export interface EnhancementTable {
  id: string
  number: number
  key: string
  product_id: string
  component_id: Nullable<string>
  title: string
  /** In the user's words. */
  problem: string
  state: EnhancementState
  /** For everybody who asked, beside the state. */
  public_words: Nullable<string>
  /** How often it was decided: whoever was told of the last one is not told again. */
  decision_number: Generated<number>
  /** Markdown, as customers read it. */
  decision_words: Nullable<string>
  decided_by: JsonOrNull<Actor>
  decided_at: AtOrNull
  /** What it went into in the end, whose demand it counts with. */
  merged_into: Nullable<string>
  /** What it was merged into itself: where that went on into another, it comes back with it. */
  merged_directly: Nullable<string>
  /** The feature that answers it; of one that was merged into it: `work_of_enhancement`. */
  work_item_id: Nullable<string>
  made_by: JsonColumn<Actor>
  version: Generated<number>
  created_at: At
  updated_at: At
}
/** A ticket that asks for it; a ticket asks for one. */
export interface EnhancementAskTable {
  id: string
  enhancement_id: string
  ticket_id: string
  importance: Importance | null
  /** The work that it waits for because it asks; null: for none, or support sent it there. */
  waits_for: Nullable<string>
  reception: Nullable<Reception>
  reception_words: Nullable<string>
  received_at: AtOrNull
  received_by: JsonOrNull<Actor>
  asked_by: JsonColumn<Actor>
  at: At
}
/** A decision that was said on a ticket; it stays said, whatever the ticket asks for later. */
export interface EnhancementTellingTable {
  ticket_id: string
  decision_number: number
  at: At
}
/** A view: the work of a request, its own or of one that was merged into it. */
export interface EnhancementWorkView {
  enhancement_id: string
  work_item_id: string | null
}

export interface EnhancementTables {
  enhancement: EnhancementTable
  enhancement_ask: EnhancementAskTable
  enhancement_telling: EnhancementTellingTable
  work_of_enhancement: EnhancementWorkView
}
