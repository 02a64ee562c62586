import type { Generated } from 'kysely'
import type { CaseResult } from '../domain/acceptance.ts'
import type { Actor } from '../domain/actor.ts'
import type { Criterion, Decision, Measured, SignedParts } from '../domain/go-live.ts'
import type { NewsKind, ReleaseNews } from '../domain/release-news.ts'
import type { NoteKind, NoteState } from '../domain/release-note.ts'
import type { At, AtOrNull, JsonColumn, JsonOrNull, Nullable } from './columns.ts'

/** What a release changes for those who use it (migrations/0028). */
export interface ReleaseNoteTable {
  id: string
  release_id: string
  kind: NoteKind
  state: NoteState
  title: string
  /** What users notice. */
  body: string
  /** What support says when asked. */
  say: Nullable<string>
  workaround: Nullable<string>
  component_id: Nullable<string>
  work_item_id: Nullable<string>
  /** Whoever wrote its words last. */
  written_by: JsonColumn<Actor>
  approved_by: JsonOrNull<Actor>
  approved_at: AtOrNull
  version: Generated<number>
  created_at: At
  updated_at: At
  removed_at: AtOrNull
}

/** What a product asks of a release; a product without a row has the defaults of domain/go-live.ts. */
export interface GoLiveRuleTable {
  product_id: string
  criteria: readonly Criterion[]
  roles: readonly string[]
  /** How long after it came out its contacts are watched, in hours. */
  care_hours: number
  /** Without a go nobody releases it here, unless with a reason. */
  needs_go: boolean
  updated_at: At
}
export interface SignOffTable {
  id: string
  release_id: string
  role: string
  person_id: string
  note: Nullable<string>
  /** What they saw, in a short form: only to tell whether it changed. */
  signed: JsonColumn<SignedParts>
  signed_at: At
  withdrawn_at: AtOrNull
}
export interface GoDecisionTable {
  id: string
  release_id: string
  decision: Decision
  reason: Nullable<string>
  /** As they were measured at that moment. */
  criteria: JsonColumn<readonly Measured[]>
  /** Who had signed, for what. */
  sign_offs: JsonColumn<readonly DecidedSignOff[]>
  decided_by: JsonColumn<Actor>
  decided_at: At
}
export interface DecidedSignOff {
  readonly role: string
  readonly by: string | null
  readonly isVoid: boolean
}
/** Who is there in which hours after it came out. */
export interface CareDutyTable {
  id: string
  release_id: string
  person_id: string
  from_hour: number
  to_hour: number
  created_at: At
}
export interface ReleaseFollowerTable {
  id: string
  release_id: string
  person_id: Nullable<string>
  team_id: Nullable<string>
  created_at: At
}
/** What a follower has not seen, or has (migrations/0038). */
export interface ReleaseNewsTable {
  id: string
  release_id: string
  person_id: string
  kind: NewsKind
  data: JsonColumn<ReleaseNews['data']>
  by: JsonColumn<Actor>
  at: At
  seen_at: AtOrNull
}
export interface AcceptanceCaseTable {
  id: string
  release_id: string
  component_id: Nullable<string>
  /** The ticket it was suggested from. */
  ticket_id: Nullable<string>
  title: string
  steps: string
  expected: string
  version: Generated<number>
  created_at: At
  updated_at: At
  removed_at: AtOrNull
}
export interface AcceptanceRunTable {
  id: string
  case_id: string
  case_version: number
  result: CaseResult
  note: Nullable<string>
  /** The defect that was found. */
  work_item_id: Nullable<string>
  person_id: string
  run_at: At
}
/** Contacts about a component (null: about none) jumped after a release came out. */
export interface ContactsJumpTable {
  id: string
  release_id: string
  component_id: Nullable<string>
  /** The incident that was raised. */
  ticket_id: Nullable<string>
  contacts: number
  /** In the same windows before, the latest first. */
  before: readonly number[]
  found_at: At
  dismissed_at: AtOrNull
  dismissed_by: JsonOrNull<Actor>
}

export interface GoLiveTables {
  go_live_rule: GoLiveRuleTable
  sign_off: SignOffTable
  go_decision: GoDecisionTable
  care_duty: CareDutyTable
  release_follower: ReleaseFollowerTable
  release_news: ReleaseNewsTable
  acceptance_case: AcceptanceCaseTable
  acceptance_run: AcceptanceRunTable
  contacts_jump: ContactsJumpTable
  release_note: ReleaseNoteTable
}
