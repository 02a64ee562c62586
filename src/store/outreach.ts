import { type Insertable, type Selectable, sql } from 'kysely'
import type { Actor } from '../domain/actor.ts'
import {
  DEFAULT_POLICY,
  type NoticeReason,
  type OutreachPolicy,
  type OutreachStanding,
} from '../domain/outreach.ts'
import type { Language } from '../domain/settings.ts'
import type { Database, Tx } from './database.ts'
import type { NoticeTable, NoticeTicketTable, OutreachPolicyTable } from './outreach-tables.ts'

export type Notice = Selectable<NoticeTable>
export type NoticeTicket = Selectable<NoticeTicketTable>

const policyFrom = (row: Selectable<OutreachPolicyTable>): OutreachPolicy => ({
  modes: { 'has it': row.has_it, 'must upgrade': row.must_upgrade, 'gets it': row.gets_it },
  delayMinutes: row.delay_minutes,
})

/** Of a product: its own, else the one for all, else as shipped. */
export const policyFor = async (tx: Tx, productId: string): Promise<OutreachPolicy> => {
  const row = await tx
    .selectFrom('outreach_policy')
    .selectAll()
    .where((is) => is.or([is('product_id', '=', productId), is('product_id', 'is', null)]))
    .orderBy(sql`product_id is null`)
    .limit(1)
    .executeTakeFirst()
  return row === undefined ? DEFAULT_POLICY : policyFrom(row)
}

export type TemplateKey = `${OutreachStanding}|${Language}`

/** The organisation's own, by standing and language. */
export const ownTemplates = async (tx: Tx): Promise<ReadonlyMap<string, string>> => {
  const rows = await tx.selectFrom('notice_template').select(['standing', 'language', 'text']).execute()
  return new Map(
    rows.map(({ standing, language, text }) => [`${standing}|${language}` satisfies TemplateKey, text]),
  )
}

/** Held until the transaction ends: of two who propose for a product at once one waits. */
export const lockProposals = async (tx: Tx, productId: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`outreach ${productId}`}, 4601))`.execute(tx)
}

/** Notices of a product that wait, held, with what they are about. */
export const lockProposed = async (tx: Tx, productId: string): Promise<readonly Notice[]> =>
  tx
    .selectFrom('notice')
    .selectAll()
    .where('state', '=', 'proposed')
    .where('release_id', 'in', (from) =>
      from.selectFrom('release').select('id').where('product_id', '=', productId),
    )
    .orderBy('id')
    .forUpdate()
    .execute()

export const lockNotices = async (tx: Tx, ids: readonly string[]): Promise<readonly Notice[]> =>
  ids.length === 0
    ? []
    : tx.selectFrom('notice').selectAll().where('id', 'in', ids).orderBy('id').forUpdate().execute()

/** Those that have not dropped out. */
export const ticketsOf = async (
  tx: Tx,
  noticeIds: readonly string[],
): Promise<ReadonlyMap<string, readonly NoticeTicket[]>> => {
  if (noticeIds.length === 0) return new Map()
  const rows = await tx
    .selectFrom('notice_ticket')
    .selectAll()
    .where('notice_id', 'in', noticeIds)
    .where('is_live', '=', true)
    .orderBy('ticket_id')
    .execute()
  return Map.groupBy(rows, (row) => row.notice_id)
}

export const insertNotices = async (
  tx: Tx,
  rows: readonly Insertable<NoticeTable>[],
  tickets: readonly Insertable<NoticeTicketTable>[],
): Promise<void> => {
  // as many as parameters allow
  for (let at = 0; at < rows.length; at += 500)
    await tx
      .insertInto('notice')
      .values(rows.slice(at, at + 500))
      .execute()
  for (let at = 0; at < tickets.length; at += 500)
    await tx
      .insertInto('notice_ticket')
      .values(tickets.slice(at, at + 500))
      .onConflict((conflict) =>
        conflict.columns(['notice_id', 'ticket_id']).doUpdateSet((set) => ({
          is_live: true,
          reason: null,
          runs: set.ref('excluded.runs'),
          reopened: set.ref('excluded.reopened'),
          since: set.ref('excluded.since'),
          shown_key: set.ref('excluded.shown_key'),
        })),
      )
      .execute()
}

export interface NoticePatch {
  readonly state?: Notice['state']
  readonly reason?: NoticeReason | null
  readonly language?: Language
  readonly text?: string
  readonly is_edited?: boolean
  readonly due_at?: Date | null
  readonly approved_by?: Actor | null
  readonly is_held?: boolean
  readonly comment_id?: string
  readonly ended_at?: Date | null
  readonly ended_by?: Actor | null
  readonly why?: string | null
}

const json = (actor: Actor | null): string | null => (actor === null ? null : JSON.stringify(actor))

/** The same change of all of these. */
export const updateNotices = async (
  tx: Tx,
  ids: readonly string[],
  { approved_by, ended_by, ...patch }: NoticePatch,
  now: Date,
): Promise<void> => {
  if (ids.length === 0) return
  await tx
    .updateTable('notice')
    .set({
      ...patch,
      ...(approved_by === undefined ? {} : { approved_by: json(approved_by) }),
      ...(ended_by === undefined ? {} : { ended_by: json(ended_by) }),
      version: sql<number>`version + 1`,
      updated_at: now,
    })
    .where('id', 'in', ids)
    .execute()
}

export interface DroppedTicket {
  readonly noticeId: string
  readonly ticketId: string
  readonly reason: NoticeReason
}

export const dropTickets = async (tx: Tx, dropped: readonly DroppedTicket[]): Promise<void> => {
  if (dropped.length === 0) return
  await sql`
    update notice_ticket x set is_live = false, reason = d.reason
    from jsonb_to_recordset(${JSON.stringify(dropped)}::jsonb) as d("noticeId" uuid, "ticketId" uuid, reason text)
    where x.notice_id = d."noticeId" and x.ticket_id = d."ticketId"`.execute(tx)
}

/** A dismissed one that another takes the place of: it never went out. */
export const forgetNotices = async (tx: Tx, ids: readonly string[]): Promise<void> => {
  if (ids.length === 0) return
  await tx.deleteFrom('notice_ticket').where('notice_id', 'in', ids).execute()
  await tx.deleteFrom('notice').where('id', 'in', ids).execute()
}

export const productsOfNotices = async (tx: Tx, ids: readonly string[]): Promise<readonly string[]> => {
  const { rows } = await sql<{ readonly id: string }>`
    select distinct r.product_id as id from notice n join release r on r.id = n.release_id
    where n.id = any(${[...ids]}::uuid[]) order by 1`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Of these, those whose place another has that is proposed, or that comes back with them and is newer. */
export const replacedNotices = async (tx: Tx, ids: readonly string[]): Promise<readonly string[]> => {
  const { rows } = await sql<{ readonly id: string }>`
    select n.id from notice n where n.id = any(${[...ids]}::uuid[]) and exists (
      select from notice o where o.release_id = n.release_id and o.standing = n.standing and o.recipient = n.recipient
        and o.connection_id is not distinct from n.connection_id and o.id <> n.id
        and (o.state = 'proposed'
          or (o.id = any(${[...ids]}::uuid[]) and (o.created_at, o.id) > (n.created_at, n.id))))`.execute(tx)
  return rows.map(({ id }) => id)
}

export interface AnsweredNotice {
  readonly noticeId: string
  readonly releaseId: string
}

/** Writes what a customer says of the fix to whatever told them of it; call it with the ticket locked. */
export const answerNotices = async (
  tx: Tx,
  ticketId: string,
  answer: 'works' | 'still broken',
  now: Date,
): Promise<readonly AnsweredNotice[]> => {
  const { rows } = await sql<AnsweredNotice>`
    update notice_ticket x set answer = ${answer}, answered_at = ${now}::timestamptz
    from notice n where n.id = x.notice_id and n.state = 'sent' and x.ticket_id = ${ticketId}::uuid and x.is_live
      and x.answer is null and x.standing <> 'gets it'
    returning x.notice_id as "noticeId", x.release_id as "releaseId"`.execute(tx)
  return rows
}

/** Notices that go now, at most `limit`, by release. */
export const dueNotices = async (
  db: Database,
  now: Date,
  limit: number,
): Promise<readonly { readonly id: string; readonly releaseId: string }[]> =>
  db
    .selectFrom('notice')
    .select(['id', 'release_id as releaseId'])
    .where('state', '=', 'proposed')
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .orderBy('id')
    .limit(limit)
    .execute()

/** Tried again later: whatever is wrong with one, the others go. */
export const putOffNotice = async (db: Database, id: string, until: Date): Promise<void> => {
  await db
    .updateTable('notice')
    .set({ due_at: until })
    .where('id', '=', id)
    .where('state', '=', 'proposed')
    .where('due_at', 'is not', null)
    .execute()
}

/** The last event there is, and the oldest transaction that is still open, as digits; empty where none is. */
export interface LookedPlace {
  readonly seq: number
  readonly tx: string
}

/**
 * What there is to see now, where that is not what was seen at the last look; null: nothing happened since. Numbers of
 * events are given before commit: what a transaction that is open now will show counts once that has ended.
 */
export const placeToLook = async (db: Database): Promise<LookedPlace | null> => {
  const { rows } = await sql<LookedPlace>`
    select coalesce((select max(seq) from event), 0)::bigint as seq,
      case when pg_snapshot_xmin(s.now) < pg_snapshot_xmax(s.now) then pg_snapshot_xmin(s.now)::text else '' end as tx
    from (select pg_current_snapshot() as now) s`.execute(db)
  const seen = await db.selectFrom('outreach_look').select(['tx', 'seq']).executeTakeFirst()
  const [now] = rows
  if (now === undefined) return null
  return seen !== undefined && seen.tx === now.tx && Number(seen.seq) === Number(now.seq) ? null : now
}

export const keepPlace = async (db: Database, place: LookedPlace, now: Date): Promise<void> => {
  await sql`
    insert into outreach_look (tx, seq, looked_at) values (${place.tx}, ${place.seq}, ${now}::timestamptz)
    on conflict (id) do update set tx = excluded.tx, seq = excluded.seq, looked_at = excluded.looked_at`.execute(
    db,
  )
}

export const saveTemplate = async (
  tx: Tx,
  standing: OutreachStanding,
  language: Language,
  text: string | null,
  now: Date,
): Promise<void> => {
  if (text === null)
    await tx
      .deleteFrom('notice_template')
      .where('standing', '=', standing)
      .where('language', '=', language)
      .execute()
  else
    await tx
      .insertInto('notice_template')
      .values({ standing, language, text, updated_at: now })
      .onConflict((conflict) =>
        conflict
          .columns(['standing', 'language'])
          .doUpdateSet({ text, version: sql`notice_template.version + 1`, updated_at: now }),
      )
      .execute()
}

/** Null takes a product's own back: it follows the one for all. */
export const savePolicy = async (
  tx: Tx,
  id: string,
  productId: string | null,
  policy: OutreachPolicy | null,
  now: Date,
): Promise<void> => {
  if (policy === null) {
    await tx
      .deleteFrom('outreach_policy')
      .where(sql<boolean>`product_id is not distinct from ${productId}::uuid`)
      .execute()
    return
  }
  const { modes, delayMinutes } = policy
  const row = {
    ...{ has_it: modes['has it'], must_upgrade: modes['must upgrade'], gets_it: modes['gets it'] },
    ...{ delay_minutes: delayMinutes, updated_at: now },
  }
  await tx
    .insertInto('outreach_policy')
    .values({ id, product_id: productId, ...row })
    .onConflict((conflict) =>
      conflict.column('product_id').doUpdateSet({ ...row, version: sql`outreach_policy.version + 1` }),
    )
    .execute()
}

export interface PolicyOfProduct {
  /** Null: of every product that has none of its own. */
  readonly product: { readonly id: string; readonly key: string; readonly name: string } | null
  readonly policy: OutreachPolicy
}

/** The one for all first, then by the names of the products that have their own. */
export const listPolicies = async (tx: Tx): Promise<readonly PolicyOfProduct[]> => {
  const rows = await tx
    .selectFrom('outreach_policy as o')
    .leftJoin('product as p', 'p.id', 'o.product_id')
    .selectAll('o')
    .select(['p.key', 'p.name'])
    .orderBy('p.name')
    .execute()
  const general = rows.find(({ product_id }) => product_id === null)
  return [
    { product: null, policy: general === undefined ? DEFAULT_POLICY : policyFrom(general) },
    ...rows.flatMap((row) =>
      row.product_id === null || row.key === null || row.name === null
        ? []
        : [{ product: { id: row.product_id, key: row.key, name: row.name }, policy: policyFrom(row) }],
    ),
  ]
}
