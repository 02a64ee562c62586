import { sql } from 'kysely'
import type { BillFormat } from '../../domain/bill/read-bill.ts'
import type { Refusal } from '../../domain/refusal.ts'
import type { ReleaseState } from '../../domain/words.ts'
import { ok, type Result } from '../../lib/result.ts'
import { type Page, type PageRequest, pageOf, pageSize, readPlace } from '../cursor.ts'
import type { Database } from '../database.ts'
import { whereAll } from './conditions.ts'
import type { KeyedName, Named } from './shown-parts.ts'

/** A package in a build of a release, and how many run that release. */
export interface ListedPackage {
  readonly name: string
  readonly version: string | null
  readonly purl: string | null
  readonly build: string
  readonly release: Named & { readonly state: ReleaseState }
  readonly product: KeyedName
  readonly installations: number
  readonly customers: number
}

export interface PackageFilter {
  /** The beginning of its name, or of the part behind a slash, as in `group/name`. */
  readonly text?: string
  readonly version?: string
  readonly releaseId?: string
}

/** Packages by name, each in every release that contains it, the latest made first. */
export const listPackages = async (
  db: Database,
  filter: PackageFilter,
  page: PageRequest,
): Promise<Result<Page<ListedPackage>, Refusal>> => {
  const place = readPlace(page.after, 'text')
  if (!place.ok) return place
  const limit = pageSize(page.limit)
  const text = (filter.text ?? '')
    .trim()
    .toLowerCase()
    .replace(/[\\%_]/g, '\\$&')
  // one place within a document is one row: two of them sort alike only where they are the same
  const sorted = sql`(lower(k.name) || chr(9) || coalesce(k.version, '') || chr(9) || k.position::text)`
  const conditions = [
    ...(text === ''
      ? []
      : [
          sql`(lower(k.name) like ${`${text}%`} or lower(regexp_replace(k.name, '^.*/', '')) like ${`${text}%`})`,
        ]),
    ...(filter.version === undefined ? [] : [sql`k.version = ${filter.version}`]),
    ...(filter.releaseId === undefined ? [] : [sql`b.release_id = ${filter.releaseId}::uuid`]),
    ...(place.value === null
      ? []
      : [sql`(${sorted} collate "C", b.id) > (${place.value.at} collate "C", ${place.value.id}::uuid)`]),
  ]
  const { rows } = await sql<ListedPackage & { readonly sorted: string; readonly billId: string }>`
    with found as materialized (
      select k.name, k.version, k.purl, b.build, b.id as "billId", ${sorted} as sorted, b.release_id, r.product_id,
        jsonb_build_object('id', r.id, 'name', r.name, 'state', r.state) as release,
        jsonb_build_object('id', p.id, 'key', p.key, 'name', p.name) as product
      from bill_package k join bill b on b.id = k.bill_id join release r on r.id = b.release_id
        join product p on p.id = r.product_id
      ${whereAll(conditions)} order by ${sorted} collate "C", b.id limit ${sql.lit(limit + 1)}
    ), running as (
      select coalesce(i.release_id, v.id) as release_id, count(*)::int as installations,
        count(distinct i.customer_id)::int as customers
      from installation i
        left join release v on i.release_id is null and v.product_id = i.product_id and v.name = i.version
      where i.product_id in (select product_id from found) group by 1
    )
    select f.name, f.version, f.purl, f.build, f."billId", f.sorted, f.release, f.product,
      coalesce(n.installations, 0) as installations, coalesce(n.customers, 0) as customers
    from found f left join running n on n.release_id = f.release_id
    order by f.sorted collate "C", f."billId"`.execute(db)
  const found = pageOf(rows, limit, (row) => ({ at: row.sorted, id: row.billId }))
  return ok({ ...found, items: found.items.map(({ sorted: _, billId: __, ...row }) => row) })
}

export interface ShownBill {
  readonly id: string
  readonly build: string
  readonly format: BillFormat
  readonly name: string | null
  readonly packages: number
  readonly toldAt: Date
}

const MOST = 50

/** The bills of a release, the last told first. */
export const listBills = async (db: Database, releaseId: string): Promise<readonly ShownBill[]> =>
  db
    .selectFrom('bill')
    .select(['id', 'build', 'format', 'name', 'packages', 'told_at as toldAt'])
    .where('release_id', '=', releaseId)
    .orderBy('told_at', 'desc')
    .orderBy('id', 'desc')
    .limit(MOST)
    .execute()
