import type { Actor } from '../domain/actor.ts'
import type { BillFormat } from '../domain/bill/read-bill.ts'
import type { At, JsonColumn, Nullable } from './columns.ts'

/** What builds contain (migrations/0037). */
interface BillTable {
  id: string
  release_id: string
  /** As the pipeline calls it; empty: the release's only one. */
  build: string
  format: BillFormat
  /** As the document calls itself. */
  name: Nullable<string>
  packages: number
  told_by: JsonColumn<Actor>
  told_at: At
}
interface BillPackageTable {
  bill_id: string
  position: number
  name: string
  version: Nullable<string>
  purl: Nullable<string>
}

export interface BillTables {
  bill: BillTable
  bill_package: BillPackageTable
}
