import type { Generated } from 'kysely'
import type { At, AtOrNull, Nullable } from './columns.ts'
import type { SaidToRun } from './deployment-tables.ts'

/** Where builds run (migrations/0026). What a customer runs is an installation. */
export interface EnvironmentTable extends SaidToRun {
  id: string
  key: string
  name: string
  product_id: string
  /** What it is for. */
  purpose: string
  is_shareable: boolean
  /** What runs there, since when. */
  release_id: Nullable<string>
  deployed_at: AtOrNull
  version: Generated<number>
  created_at: At
  updated_at: At
  archived_at: AtOrNull
}
export interface BookingTable {
  id: string
  environment_id: string
  person_id: string
  /** The release that is worked on there. */
  release_id: Nullable<string>
  purpose: string
  starts_at: At
  ends_at: At
  is_shareable: boolean
  version: Generated<number>
  created_at: At
  updated_at: At
  /** When it was cancelled. */
  ended_at: AtOrNull
}
