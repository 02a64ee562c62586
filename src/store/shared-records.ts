import { sql } from 'kysely'
import type { Partner, SharingPolicy } from '../domain/sharing.ts'
import type { Tx } from './database.ts'
import type { EventPlace } from './events.ts'

/**
 * Which records a partner reaches: what they made, what somebody shared, and all of the products the policy names. Every
 * question below asks the same condition, so that a list and a single look cannot differ.
 */
export interface SharedRecord {
  readonly id: string
  readonly product: string | null
  readonly marker: string | null
  readonly brought: boolean
  readonly created_at: Date
  readonly updated_at: Date
}

const TABLES: Readonly<Record<SharingPolicy['record'], string>> = {
  ticket: 'ticket',
  'work item': 'work_item',
}

const reached = ({ id, policy }: Partner) => sql`
  ${sql.table(TABLES[policy.record])} t left join product p on p.id = t.product_id
    left join partner_record r on r.record_id = t.id and r.partner_id = ${id}::uuid and r.ended_at is null
  where (r.record_id is not null or p.key = any(${[...policy.products]}::text[]))`

const COLUMNS = sql`t.id, p.key as product, r.marker, coalesce(r.brought, false) as brought, t.created_at, t.updated_at`

/** Those of these ids that are shared. */
export const sharedRecords = async (
  tx: Tx,
  partner: Partner,
  ids: readonly string[],
): Promise<readonly SharedRecord[]> =>
  ids.length === 0
    ? []
    : (
        await sql<SharedRecord>`select ${COLUMNS} from ${reached(partner)} and t.id = any(${[...ids]}::uuid[])`.execute(
          tx,
        )
      ).rows

/** A record whether or not it is shared: for a preview. */
export const recordAsShared = async (
  tx: Tx,
  { id, policy }: Partner,
  recordId: string,
): Promise<readonly SharedRecord[]> =>
  (
    await sql<SharedRecord>`
      select ${COLUMNS} from ${sql.table(TABLES[policy.record])} t left join product p on p.id = t.product_id
        left join partner_record r on r.record_id = t.id and r.partner_id = ${id}::uuid and r.ended_at is null
      where t.id = ${recordId}::uuid`.execute(tx)
  ).rows

/** The last one they made or were shown, else the last one there is. */
export const latestRecord = async (
  tx: Tx,
  kind: SharingPolicy['record'],
  partnerId: string,
): Promise<string | null> =>
  (
    await sql<{ id: string }>`
      select record_id as id, 0 as rank, shared_at as at from partner_record where partner_id = ${partnerId}::uuid and ended_at is null
      union all select * from (select id, 1, created_at from ${sql.table(TABLES[kind])} order by created_at desc, id desc limit 1) latest
      order by rank, at desc limit 1`.execute(tx)
  ).rows[0]?.id ?? null

/** All, in the order of their ids. */
export const listSharedRecords = async (
  tx: Tx,
  partner: Partner,
  after: string | null,
  limit: number,
): Promise<readonly SharedRecord[]> =>
  (
    await sql<SharedRecord>`select ${COLUMNS} from ${reached(partner)} and t.id > ${after ?? '00000000-0000-0000-0000-000000000000'}::uuid order by t.id limit ${limit}`.execute(
      tx,
    )
  ).rows

export const sharedByMarker = async (
  tx: Tx,
  partner: Partner,
  marker: string,
): Promise<readonly SharedRecord[]> =>
  (await sql<SharedRecord>`select ${COLUMNS} from ${reached(partner)} and r.marker = ${marker}`.execute(tx))
    .rows

/** A record, and those that show its words through a bond. */
export const recordsThatShow = async (tx: Tx, recordId: string): Promise<readonly string[]> =>
  (
    await sql<{ id: string }>`
      select ${recordId}::uuid as id
      union select work_item_id from escalation where ticket_id = ${recordId}::uuid
      union select ticket_id from escalation where work_item_id = ${recordId}::uuid`.execute(tx)
  ).rows.map(({ id }) => id)

/** Of these, which were shared with them one by one, now or once: of others they never heard. */
export const onceShared = async (
  tx: Tx,
  partner: Pick<Partner, 'id'>,
  ids: readonly string[],
): Promise<readonly string[]> =>
  ids.length === 0
    ? []
    : (
        await tx
          .selectFrom('partner_record')
          .select('record_id')
          .where('partner_id', '=', partner.id)
          .where('record_id', 'in', [...ids])
          .execute()
      ).map((row) => row.record_id)

/** Names of the products a policy speaks of. */
export const productsToShare = async (
  tx: Tx,
  keys: readonly string[],
): Promise<readonly { readonly key: string; readonly name: string }[]> =>
  keys.length === 0
    ? []
    : tx
        .selectFrom('product')
        .select(['key', 'name'])
        .where('key', 'in', [...keys])
        .orderBy('name')
        .execute()

/** Ties a record to a partner; one that was shared before, again. A marker that another got meanwhile stays with that one. */
export const shareRecord = async (
  tx: Tx,
  row: {
    readonly partnerId: string
    readonly record: { readonly kind: SharingPolicy['record']; readonly id: string }
    readonly marker: string | null
    readonly brought: boolean
    readonly at: Date
  },
): Promise<void> => {
  await tx
    .insertInto('partner_record')
    .values({
      partner_id: row.partnerId,
      record_id: row.record.id,
      record_kind: row.record.kind,
      marker: row.marker,
      brought: row.brought,
      shared_at: row.at,
    })
    .onConflict((conflict) =>
      conflict.columns(['partner_id', 'record_id']).doUpdateSet({
        ended_at: null,
        shared_at: row.at,
        marker: sql<string | null>`case when not exists (
          select 1 from partner_record o where o.partner_id = partner_record.partner_id and o.marker = partner_record.marker
            and o.ended_at is null and o.record_id <> partner_record.record_id
        ) then partner_record.marker end`,
      }),
    )
    .execute()
}

/** False when it was not shared with them one by one. */
export const unshareRecord = async (
  tx: Tx,
  partnerId: string,
  recordId: string,
  now: Date,
): Promise<boolean> => {
  const done = await tx
    .updateTable('partner_record')
    .set({ ended_at: now })
    .where('partner_id', '=', partnerId)
    .where('record_id', '=', recordId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

// ---- what changed -------------------------------------------------------------------------------------------------

export interface Touched {
  /** Records the log speaks of, and those that show them, as `markDirty` has it; not all of them are shared. */
  readonly ids: readonly string[]
  /** The last event looked at. */
  readonly to: EventPlace
  /** There are more events behind it. */
  readonly more: boolean
}

const EVENTS_AT_ONCE = 1_000

/** Records that the log speaks of after `from`, up to `to` where that is given, in the order of ids. */
export const touchedSince = async (
  tx: Tx,
  partner: Partner,
  from: EventPlace,
  to: EventPlace | null,
): Promise<Touched> => {
  const end = to === null ? sql`true` : sql`(tx, seq) <= (${to.tx}::text::xid8, ${to.seq}::bigint)`
  const touched =
    partner.policy.record === 'ticket'
      ? sql`
        select id from seen where kind = 'ticket'
        union select e.ticket_id from escalation e join seen s on s.kind = 'work item' and s.id = e.work_item_id
        union select e.ticket_id from escalation e join work_item w on w.id = e.work_item_id join seen s on s.kind = 'release' and s.id = w.release_id`
      : sql`
        select id from seen where kind = 'work item'
        union select e.work_item_id from escalation e join seen s on s.kind = 'ticket' and s.id = e.ticket_id
        union select w.id from work_item w join seen s on s.kind = 'release' and s.id = w.release_id`
  const { rows } = await sql<{ ids: string[] | null; tx: string | null; seq: number | null; count: number }>`
    with log as (
      select tx, seq, record_kind, record_id from event
      where (tx, seq) > (${from.tx}::text::xid8, ${from.seq}::bigint) and ${end} and tx < pg_snapshot_xmin(pg_current_snapshot())
      order by tx, seq limit ${EVENTS_AT_ONCE}
    ), seen as (select distinct record_kind as kind, record_id as id from log where record_id is not null),
    touched as (
      ${touched}
      -- another policy shows all of it in another way
      union select t.id from ${reached(partner)} and exists (select 1 from seen s where s.kind = 'partner' and s.id = ${partner.id}::uuid)
    ),
    last as (select tx, seq from log order by tx desc, seq desc limit 1)
    select (select array_agg(id order by id) from touched) as ids, (select tx::text from last) as tx,
      (select seq from last) as seq, (select count(*)::int from log) as count`.execute(tx)
  const [row] = rows
  return {
    ids: row?.ids ?? [],
    to: row?.tx == null || row.seq === null ? from : { tx: row.tx, seq: row.seq },
    more: row?.count === EVENTS_AT_ONCE,
  }
}

/** Whether such a place can exist here: after a restore the log begins anew. */
export const isPlaceOfLog = async (tx: Tx, place: EventPlace): Promise<boolean> =>
  (
    await sql<{
      known: boolean
    }>`select ${place.tx}::text::xid8 < pg_snapshot_xmax(pg_current_snapshot()) as known`.execute(tx)
  ).rows[0]?.known === true
