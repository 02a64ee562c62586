import { type Selectable, sql } from 'kysely'
import type { Refusal } from '../domain/refusal.ts'
import type { SharingPolicy } from '../domain/sharing.ts'
import { ok, type Result } from '../lib/result.ts'
import { encodePlace, type Page, type PageRequest, pageSize, readPlace } from './cursor.ts'
import type { Database, Tx } from './database.ts'
import type { PartnerTable } from './tables.ts'
import { hashToken } from './tokens.ts'

/** Partners: who they are, what they may see, when they last asked. Of a token only its hash is kept. */
export type PartnerRow = Selectable<PartnerTable>

export const insertPartner = async (
  tx: Tx,
  partner: {
    readonly id: string
    readonly name: string
    readonly policy: SharingPolicy
    readonly token: string
    readonly at: Date
  },
): Promise<void> => {
  await tx
    .insertInto('partner')
    .values({
      id: partner.id,
      name: partner.name,
      policy: JSON.stringify(partner.policy),
      token_hash: hashToken(partner.token),
      created_at: partner.at,
    })
    .execute()
}

/** Whoever this token was given to, ended or not; notes once a minute that they asked. */
export const findPartnerByToken = async (
  db: Database,
  token: string,
  now: Date,
): Promise<PartnerRow | null> => {
  const row = await db
    .selectFrom('partner')
    .selectAll()
    .where('token_hash', '=', hashToken(token))
    .executeTakeFirst()
  if (row === undefined) return null
  const stale = row.last_asked_at === null || now.getTime() - row.last_asked_at.getTime() > 60_000
  if (stale && row.ended_at === null)
    await db.updateTable('partner').set({ last_asked_at: now }).where('id', '=', row.id).execute()
  return row
}

export const findPartner = async (tx: Tx, id: string): Promise<PartnerRow | null> =>
  (await tx.selectFrom('partner').selectAll().where('id', '=', id).executeTakeFirst()) ?? null

export const lockPartner = async (tx: Tx, id: string): Promise<PartnerRow | null> =>
  (await tx.selectFrom('partner').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()) ?? null

/** Another one of this name that has not ended. */
export const isPartnerName = async (tx: Tx, name: string, except: string | null): Promise<boolean> =>
  (await tx
    .selectFrom('partner')
    .select('id')
    .where(sql<boolean>`lower(name) = ${name.toLowerCase()}`)
    .where('ended_at', 'is', null)
    .where(sql<boolean>`id is distinct from ${except}::uuid`)
    .executeTakeFirst()) !== undefined

export const updatePartner = async (
  tx: Tx,
  id: string,
  set: { readonly name: string; readonly policy: SharingPolicy },
): Promise<void> => {
  await sql`update partner set name = ${set.name}, policy = ${JSON.stringify(set.policy)}::jsonb, version = version + 1 where id = ${id}::uuid`.execute(
    tx,
  )
}

/** A new token; the one before opens nothing from now on. */
export const replacePartnerToken = async (tx: Tx, id: string, token: string): Promise<void> => {
  await tx
    .updateTable('partner')
    .set({ token_hash: hashToken(token) })
    .where('id', '=', id)
    .execute()
}

export const endPartner = async (tx: Tx, id: string, by: 'us' | 'them', now: Date): Promise<void> => {
  await sql`update partner set ended_at = ${now}::timestamptz, ended_by = ${by}, version = version + 1,
    hook_address = null, hook_secret = null, hook_problem = null where id = ${id}::uuid`.execute(tx)
}

export interface ListedPartner extends PartnerRow {
  /** Records they made or that were shared one by one. */
  readonly records: number
}

const RECORDS = sql`(select count(*)::int from partner_record r where r.partner_id = p.id and r.ended_at is null) as records`

export const findListedPartner = async (tx: Tx, id: string): Promise<ListedPartner | null> =>
  (await sql<ListedPartner>`select p.*, ${RECORDS} from partner p where p.id = ${id}::uuid`.execute(tx))
    .rows[0] ?? null

/** Those that have not ended first, by name. */
export const listPartners = async (
  tx: Tx,
  request: PageRequest,
): Promise<Result<Page<ListedPartner>, Refusal>> => {
  const place = readPlace(request.after, 'text')
  if (!place.ok) return place
  const limit = pageSize(request.limit)
  const order = sql<string>`(p.ended_at is not null)::text || lower(p.name)`
  const after =
    place.value === null ? sql`true` : sql`(${order}, p.id) > (${place.value.at}, ${place.value.id}::uuid)`
  const { rows } = await sql<ListedPartner & { place: string }>`
    select p.*, ${order} as place, ${RECORDS}
    from partner p where ${after} order by ${order}, p.id limit ${limit + 1}`.execute(tx)
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return ok({
    items,
    next: rows.length > limit && last !== undefined ? encodePlace({ at: last.place, id: last.id }) : null,
  })
}
