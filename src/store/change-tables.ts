import type { Generated } from 'kysely'
import type { Actor } from '../domain/actor.ts'
import type { Risk } from '../domain/change-risk.ts'
import type { Asked } from '../domain/change-rules.ts'
import type { ChangeKind, ChangeOutcome, ChangeState } from '../domain/words.ts'
import type { At, AtOrNull, JsonColumn, JsonOrNull, Nullable } from './columns.ts'

/** Changes and freezes (migrations/0029, 0039). */
export interface ChangeTable {
  id: string
  number: number
  key: string
  kind: ChangeKind
  state: ChangeState
  outcome: Nullable<ChangeOutcome>
  title: string
  /** Why it is done. */
  reason: string
  product_id: string
  release_id: Nullable<string>
  model_id: Nullable<string>
  /** Who carries it out. */
  owner_id: Nullable<string>
  created_by: JsonColumn<Actor>
  starts_at: AtOrNull
  ends_at: AtOrNull
  plan_implement: string
  plan_test: string
  plan_back_out: string
  is_back_out_tested: boolean
  test_evidence: Nullable<string>
  /** Where the pipeline shows it. */
  url: Nullable<string>
  /** Counted up when plan, window or parts change: keys count for the scope they were given for. */
  scope: Generated<number>
  /** As it was when keys were asked for; null: they were not. */
  risk: JsonOrNull<Risk>
  asked: JsonColumn<readonly Asked[]>
  /** Why an emergency began before its keys were given; null: it did not. */
  begun_early: Nullable<string>
  /** Why it was rejected or cancelled, or what was said when it ended. */
  end_note: Nullable<string>
  review: Nullable<string>
  begun_at: AtOrNull
  begun_by: JsonOrNull<Actor>
  finished_at: AtOrNull
  ended_at: AtOrNull
  retro_due_at: AtOrNull
  retro_done_at: AtOrNull
  review_due_at: AtOrNull
  version: Generated<number>
  created_at: At
  updated_at: At
}
export interface ChangeComponentTable {
  change_id: string
  component_id: string
}
export interface ChangeEnvironmentTable {
  change_id: string
  environment_id: string
}
export interface ChangeWorkItemTable {
  change_id: string
  work_item_id: string
  relation: 'brings' | 'displaces'
}
export interface ChangeKeyTable {
  id: string
  change_id: string
  scope: number
  name: string
  decision: 'approved' | 'rejected'
  person_id: string
  reason: Nullable<string>
  at: At
}
export interface ChangeModelTable {
  id: string
  name: string
  /** Null: of every product. */
  product_id: Nullable<string>
  plan_implement: string
  plan_test: string
  plan_back_out: string
  approved_by: Nullable<string>
  approved_at: AtOrNull
  created_by: JsonColumn<Actor>
  version: Generated<number>
  created_at: At
  updated_at: At
  archived_at: AtOrNull
}
export interface FreezeTable {
  id: string
  reason: string
  starts_at: At
  ends_at: At
  created_by: JsonColumn<Actor>
  version: Generated<number>
  created_at: At
  updated_at: At
  /** When it was lifted. */
  ended_at: AtOrNull
}
/** None: all products. */
export interface FreezeProductTable {
  freeze_id: string
  product_id: string
}

export interface ChangeTables {
  change: ChangeTable
  change_component: ChangeComponentTable
  change_environment: ChangeEnvironmentTable
  change_work_item: ChangeWorkItemTable
  change_key: ChangeKeyTable
  change_model: ChangeModelTable
  change_freeze: FreezeTable
  change_freeze_product: FreezeProductTable
}
