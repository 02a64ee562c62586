import type { Actor } from '../domain/actor.ts'
import type { WorkItemLinkKind, WorkItemState } from '../domain/words.ts'
import type { At, JsonColumn, Nullable } from './columns.ts'

/** How work items stand to each other and to things elsewhere, and how many a team has in hand at once. */

/** Read from the first to the second: `from` is the parent of, blocks, is related to `to`. One of `to_id` and `url`. */
export interface WorkItemLinkTable {
  id: string
  from_id: string
  kind: WorkItemLinkKind
  to_id: Nullable<string>
  url: Nullable<string>
  title: Nullable<string>
  made_at: At
  made_by: JsonColumn<Actor>
}
/** A file of the ticket that this escalation does not carry. */
export interface EscalationWithheldTable {
  escalation_id: string
  attachment_id: string
}
export interface WipLimitTable {
  team_id: string
  state: WorkItemState
  most: number
}
