import { type RawBuilder, sql } from 'kysely'
import type { Tx } from './database.ts'
import type { Enhancement } from './enhancements.ts'
import { findWorkItem, type WorkItem } from './work-items.ts'

/**
 * Of a request and all that were merged into it: its work, and each ticket that asks as it stands to work. A ticket that
 * was merged into another waits there.
 */

const OF = (root: string) =>
  sql`select e.* from enhancement e where e.id = ${root}::uuid or e.merged_into = ${root}::uuid`

const asking = (root: string): RawBuilder<unknown> => sql`
  with recursive family as (${OF(root)}),
  way as (
    select a.id as ask_id, t.id, t.merged_into from enhancement_ask a join family f on f.id = a.enhancement_id
      join ticket t on t.id = a.ticket_id
    union select w.ask_id, t.id, t.merged_into from way w join ticket t on t.id = w.merged_into
  ),
  asking as (
    select a.id, a.enhancement_id, a.at, a.waits_for, t.id as on_ticket, t.state as ticket_state, b.work_item_id as bond
    from way w join enhancement_ask a on a.id = w.ask_id join ticket t on t.id = w.id
      left join escalation b on b.ticket_id = t.id and b.ended_at is null
    where w.merged_into is null
  )`

const IS_DROPPED = sql`w.state in ('declined', 'duplicate')`

export const workOf = async (tx: Tx, root: string): Promise<WorkItem | null> => {
  const found = await tx
    .selectFrom('work_of_enhancement')
    .select('work_item_id')
    .where('enhancement_id', '=', root)
    .executeTakeFirst()
  return found?.work_item_id == null ? null : findWorkItem(tx, found.work_item_id)
}

/** A feature that one of the askers brings: support sent their ticket there, and no request has it. The first to ask first. */
export const broughtWork = async (
  tx: Tx,
  root: string,
): Promise<{ readonly enhancementId: string; readonly workItemId: string } | null> => {
  const { rows } = await sql<{ readonly enhancementId: string; readonly workItemId: string }>`
    ${asking(root)}
    select a.enhancement_id as "enhancementId", w.id as "workItemId" from asking a join work_item w on w.id = a.bond
    where w.kind = 'feature' and not ${IS_DROPPED} and a.waits_for is distinct from w.id
      and not exists (select from enhancement o where o.work_item_id = w.id)
    order by a.at, a.id limit 1`.execute(tx)
  return rows[0] ?? null
}

export interface Waiter {
  readonly ask: string
  /** Where what it asks is answered. */
  readonly ticket: string
}

/** They wait, because they ask, for work that is that of none of these requests any more. */
export const waitingInVain = async (
  tx: Tx,
  root: string,
): Promise<readonly (Waiter & { readonly isBound: boolean })[]> => {
  const { rows } = await sql<Waiter & { readonly isBound: boolean }>`
    ${asking(root)}
    select a.id as ask, a.on_ticket as ticket, a.bond is not distinct from a.waits_for as "isBound" from asking a
    where a.waits_for is not null and a.waits_for not in (select work_item_id from family where work_item_id is not null)
    order by a.on_ticket, a.id`.execute(tx)
  return rows
}

/** The ticket stood there by itself, and left while `a` asked: it works for them, or support took them back. */
const hasLeft = (ticket: RawBuilder<unknown>, workItem: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  exists (select from escalation own where own.ticket_id = ${ticket} and own.work_item_id = ${workItem}
    and own.created_at < a.at and own.ended_at > a.at)`

/**
 * They could wait for it and do not: not those who wait for something else, nor those who left this work.
 */
export const notYetWaiting = async (tx: Tx, root: string, workItemId: string): Promise<readonly Waiter[]> => {
  const { rows } = await sql<Waiter>`
    ${asking(root)}
    select a.id as ask, a.on_ticket as ticket from asking a
    where a.bond is null and a.ticket_state in ('new', 'open', 'waiting', 'resolved')
      and a.waits_for is distinct from ${workItemId}::uuid
      and not ${hasLeft(sql`a.on_ticket`, sql`${workItemId}::uuid`)}
    order by a.on_ticket, a.id`.execute(tx)
  return rows
}

/** The work that answers what is asked on this ticket, by itself or by one that went into it; null: none, or it left that. */
export const wishedWork = async (
  tx: Tx,
  ticketId: string,
): Promise<{ readonly ask: string; readonly workItemId: string } | null> => {
  const { rows } = await sql<{ readonly ask: string; readonly workItemId: string }>`
    with recursive way as (
      select id from ticket where id = ${ticketId}::uuid
      union select t.id from way w join ticket t on t.merged_into = w.id
    )
    select a.id as ask, w.id as "workItemId" from way join enhancement_ask a on a.ticket_id = way.id
      join enhancement e on e.id = a.enhancement_id
      join work_of_enhancement x on x.enhancement_id = coalesce(e.merged_into, e.id) join work_item w on w.id = x.work_item_id
    where not ${IS_DROPPED} and a.waits_for is distinct from w.id and not ${hasLeft(sql`${ticketId}::uuid`, sql`w.id`)}
    order by a.at, a.id limit 1`.execute(tx)
  return rows[0] ?? null
}

/** Features in triage that are of these requests, or that support sent an asker to; none that is another request's. */
export const workInTriage = async (tx: Tx, root: string): Promise<readonly string[]> => {
  const { rows } = await sql<{ readonly id: string }>`
    ${asking(root)}
    select w.id from work_item w
    where w.kind = 'feature' and w.state = 'triage' and w.id in (select bond from asking union select work_item_id from family)
      and not exists (select from enhancement o where o.work_item_id = w.id and o.id not in (select id from family))
    order by w.id`.execute(tx)
  return rows.map(({ id }) => id)
}

/** It goes with the ticket that brought it, where nobody has decided on it and no other asker stands there by themselves. */
export const letGo = async (tx: Tx, root: string, workItemId: string, now: Date): Promise<void> => {
  await sql`
    ${asking(root)}
    update enhancement e set work_item_id = null, version = e.version + 1, updated_at = ${now}::timestamptz
    from family f join work_item w on w.id = f.work_item_id and w.state = 'triage'
    where e.id = f.id and f.work_item_id = ${workItemId}::uuid and not exists (
      select from asking a where a.bond = w.id and a.waits_for is distinct from w.id)`.execute(tx)
}

/** Requests with this work, held; before the work itself. */
export const lockEnhancementsWith = (tx: Tx, workItemId: string): Promise<readonly Enhancement[]> =>
  tx
    .selectFrom('enhancement')
    .selectAll()
    .where('work_item_id', '=', workItemId)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()

/** The work is the same as other work: that answers them now, and whoever waited for it because they ask waits for that. */
export const repointWork = async (tx: Tx, fromId: string, toId: string, now: Date): Promise<void> => {
  await tx
    .updateTable('enhancement')
    .set({ work_item_id: toId, version: sql<number>`version + 1`, updated_at: now })
    .where('work_item_id', '=', fromId)
    .execute()
  await tx.updateTable('enhancement_ask').set({ waits_for: toId }).where('waits_for', '=', fromId).execute()
}
