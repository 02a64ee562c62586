import type { Generated } from 'kysely'
import type { At, AtOrNull, JsonColumn, JsonOrNull, Nullable } from './columns.ts'

/** A repository that Causeway reads itself (migrations/0034). */
export interface FollowedRepositoryTable {
  id: string
  product_id: string
  /** Without credentials. */
  address: string
  /** As its history is told of; `repository.name`. */
  repository: string
  /** Who signs in there; null with a token: whatever the forge takes beside one. */
  account: Nullable<string>
  /** Sealed. */
  token: Nullable<string>
  /** As git globs; null: all tags. */
  tags: Nullable<string>
  except_tags: Nullable<string>
  prefix: Nullable<string>
  path: Nullable<string>
  heads: JsonColumn<readonly FollowedHead[]>
  every_minutes: number
  paused_at: AtOrNull
  next_read_at: At
  leased_until: AtOrNull
  fence: Generated<number>
  /** When it was last read to its end. */
  read_at: AtOrNull
  told: JsonOrNull<ToldNews>
  problem: JsonOrNull<ReadingProblem>
  failures: Generated<number>
  version: Generated<number>
  created_at: At
  updated_at: At
  archived_at: AtOrNull
}

/** A branch where a release is planned. */
export interface FollowedHead {
  readonly ref: string
  readonly release: string
}

/** What the last reading that found something new told of. */
export interface ToldNews {
  readonly releases: number
  readonly commits: number
  readonly at: string
}

/** Why it could not be read, and what to do; as sentences. */
export interface ReadingProblem {
  readonly what: string
  readonly todo: string
  /** In git's own words. */
  readonly detail?: string
  readonly since: string
}
