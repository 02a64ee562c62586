import type { Actor } from '../domain/actor.ts'
import type { CauseState } from '../domain/cause.ts'
import type { At, JsonColumn, Nullable } from './columns.ts'

/** What incidents were caused by (migrations/0032). */
export interface FlagFlipTable {
  id: string
  flag: string
  product_id: string
  environment_id: Nullable<string>
  /** Null: it was not there before. */
  from_value: Nullable<string>
  to_value: string
  at: At
  /** Who flipped it, where that is one of ours. */
  person_id: Nullable<string>
  /** Who told of it, as one word. */
  source: string
  url: Nullable<string>
  reported_by: JsonColumn<Actor>
  created_at: At
}
/** Exactly one of the four, until that one is removed with sample data. */
export interface CauseTable {
  id: string
  ticket_id: string
  change_id: Nullable<string>
  release_id: Nullable<string>
  deployment_id: Nullable<string>
  flag_flip_id: Nullable<string>
  state: CauseState
  decided_by: JsonColumn<Actor>
  decided_at: At
}
export interface CauseTables {
  cause: CauseTable
  flag_flip: FlagFlipTable
}
