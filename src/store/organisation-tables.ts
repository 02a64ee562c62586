import type { Generated } from 'kysely'
import type { Actor } from '../domain/actor.ts'
import type { RequestForm } from '../domain/request-form.ts'
import type { Language } from '../domain/settings.ts'
import type * as words from '../domain/words.ts'
import type { At, AtOrNull, JsonColumn, JsonOrNull, Nullable } from './columns.ts'
import type { SaidToRun } from './deployment-tables.ts'

/** Customers, our people and teams, what we make, and where it runs. */

export interface CustomerTable {
  id: string
  key: string
  name: string
  tier: Nullable<string>
  /** A year, in the money that the organisation counts in; of no concern to anybody outside. */
  revenue: Nullable<number>
  /** Its people are told of releases. */
  takes_notices: Generated<boolean>
  /** Of messages to those of its people who have none of their own; null: as the organisation. */
  language: Nullable<Language>
  created_at: At
  archived_at: AtOrNull
}
export interface PersonTable {
  id: string
  name: string
  email: string
  roles: readonly words.Role[]
  created_at: At
  archived_at: AtOrNull
}
export interface ContactTable {
  id: string
  customer_id: Nullable<string>
  name: string
  email: Nullable<string>
  /** Sees the tickets of the whole organisation. */
  is_admin: Generated<boolean>
  /** Is told of releases. */
  takes_notices: Generated<boolean>
  /** Of messages to them, where they have not chosen one in the portal. */
  language: Nullable<Language>
  created_at: At
  archived_at: AtOrNull
}
export interface TeamTable {
  id: string
  key: string
  name: string
  created_at: At
  archived_at: AtOrNull
}
export interface TeamMemberTable {
  team_id: string
  person_id: string
}
export interface ProductTable {
  id: string
  key: string
  name: string
  team_id: Nullable<string>
  /** What customers are asked who report something about it; null: nothing besides the usual. */
  request_form: JsonOrNull<RequestForm>
  created_at: At
  archived_at: AtOrNull
}
export interface ComponentTable {
  id: string
  product_id: string
  key: string
  name: string
  team_id: string
  created_at: At
  archived_at: AtOrNull
}
export interface ReleaseTable {
  id: string
  product_id: string
  name: string
  state: words.ReleaseState
  planned_from: Nullable<string>
  planned_to: Nullable<string>
  confidence: Nullable<number>
  released_at: AtOrNull
  version: Generated<number>
  created_at: At
  updated_at: At
}
export interface ReleaseEstimateTable {
  id: string
  release_id: string
  planned_from: Nullable<string>
  planned_to: Nullable<string>
  confidence: Nullable<number>
  said_at: At
  said_by: JsonColumn<Actor>
}
export interface InstallationTable extends SaidToRun {
  id: string
  customer_id: string
  product_id: string
  environment: string
  release_id: Nullable<string>
  version: Nullable<string>
  created_at: At
  updated_at: At
}
