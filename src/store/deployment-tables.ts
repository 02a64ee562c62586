import type { Generated } from 'kysely'
import type { Actor } from '../domain/actor.ts'
import type { DeploymentState } from '../domain/deployment.ts'
import type { At, AtOrNull, JsonColumn, Nullable } from './columns.ts'

/** What was put where (migrations/0030). */
export interface DeploymentTable {
  id: string
  product_id: string
  release_id: string
  /** Exactly one of the two: ours, or a customer's. */
  environment_id: Nullable<string>
  installation_id: Nullable<string>
  build: Nullable<string>
  commit_sha: Nullable<string>
  state: DeploymentState
  started_at: At
  /** When it succeeded or failed; null while it runs. A roll-back leaves it. */
  finished_at: AtOrNull
  /** Who told of it, as one word: a pipeline's name. With the id it has there it is told of once a place. */
  source: string
  external_id: Nullable<string>
  url: Nullable<string>
  reported_by: JsonColumn<Actor>
  /** The change it carries out. */
  change_id: Nullable<string>
  created_at: At
  updated_at: At
  version: Generated<number>
}

/** A place keeps what somebody last said runs there, beside what runs there now. */
export interface SaidToRun {
  said_release_id: Nullable<string>
  /** Null: nobody has said anything; a deployment of any time counts. */
  said_at: AtOrNull
}
