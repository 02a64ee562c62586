import type { Generated } from 'kysely'
import type { CiKind } from '../domain/ci/ci-kind.ts'
import type { ToldDeployment } from '../domain/ci/told-deployment.ts'
import type { At, AtOrNull, JsonColumn, Nullable } from './columns.ts'

/** CI systems that tell of deployments (migrations/0033). */
export interface CiSourceTable {
  id: string
  key: string
  name: string
  kind: CiKind
  product_id: string
  /** Sealed. */
  secret: string
  /** Left off a tag before it is looked up as a release. */
  tag_prefix: Nullable<string>
  /** The last delivery that was believed. */
  heard_at: AtOrNull
  refused_at: AtOrNull
  refused_why: Nullable<string>
  refused_count: Generated<number>
  ignored_at: AtOrNull
  ignored_why: Nullable<string>
  ignored_count: Generated<number>
  version: Generated<number>
  created_at: At
  updated_at: At
  /** What comes meanwhile is kept, and taken when it goes on. */
  paused_at: AtOrNull
  archived_at: AtOrNull
}
/** Where a place of theirs is here; neither: what goes there is of no interest. */
export interface CiRuleTable {
  id: string
  source_id: string
  position: number
  pattern: string
  environment_id: Nullable<string>
  installation_id: Nullable<string>
}

export const CI_REPORT_STATES = ['taken', 'waiting', 'ignored'] as const
export type CiReportState = (typeof CI_REPORT_STATES)[number]
/** What a waiting one waits for; `turn`: that it is looked at again. */
export const CI_MISSING = ['place', 'release', 'resume', 'turn', 'other'] as const
export type CiMissing = (typeof CI_MISSING)[number]

export interface CiReportTable {
  id: string
  source_id: string
  /** Digest of the delivery that told it, and its place in that. */
  delivery: string
  position: number
  received_at: At
  /** As it is called there. */
  environment: string
  told: JsonColumn<ToldDeployment>
  state: CiReportState
  missing: Nullable<CiMissing>
  reason: Nullable<string>
  settled_at: At
}
