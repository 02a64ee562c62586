import { type Selectable, sql, type Updateable } from 'kysely'
import type { TicketStanding } from '../domain/ticket.ts'
import { isId } from '../lib/ids.ts'
import type { Tx } from './database.ts'
import type { TicketTable } from './tables.ts'

export type Ticket = Selectable<TicketTable>
export type TicketPatch = Omit<Updateable<TicketTable>, 'id' | 'number' | 'key' | 'version' | 'updated_at'>

/** A ticket by id or key (`T-12`). */
export const findTicket = async (tx: Tx, ref: string): Promise<Ticket | null> =>
  (await byRef(tx, ref).executeTakeFirst()) ?? null

/**
 * The same, held until the transaction ends. Locks are taken in one order everywhere (work items, tickets,
 * escalations, releases; each by id), so that two commands never wait for each other in a ring. NO KEY UPDATE, because
 * a new escalation's foreign key must not wait for it.
 */
export const lockTicket = async (tx: Tx, ref: string): Promise<Ticket | null> =>
  (await byRef(tx, ref).forNoKeyUpdate().executeTakeFirst()) ?? null

const byRef = (tx: Tx, ref: string) =>
  isId(ref)
    ? tx.selectFrom('ticket').selectAll().where('id', '=', ref)
    : tx.selectFrom('ticket').selectAll().where('key', '=', ref.toUpperCase())

export const lockTickets = async (tx: Tx, ids: readonly string[]): Promise<readonly Ticket[]> =>
  ids.length === 0
    ? []
    : tx.selectFrom('ticket').selectAll().where('id', 'in', ids).orderBy('id').forNoKeyUpdate().execute()

export type NewTicket = Omit<
  Ticket,
  | 'number'
  | 'key'
  | 'version'
  | 'custom'
  | 'answers'
  | 'updated_at'
  | 'reopened_count'
  | 'created_at'
  | 'impact_began_at'
> & {
  readonly answers?: Ticket['answers']
  readonly custom: Readonly<Record<string, string>>
  readonly created_at: Date
}

/** Writes a new ticket and gives it the next number and key. */
export const insertTicket = async (tx: Tx, ticket: NewTicket): Promise<Ticket> => {
  const number = sql<number>`(select n from next_number)`
  return tx
    .with('next_number', (db) => db.selectNoFrom(sql<number>`nextval('ticket_number')`.as('n')))
    .insertInto('ticket')
    .values({
      ...ticket,
      description: JSON.stringify(ticket.description),
      custom: JSON.stringify(ticket.custom),
      answers: JSON.stringify(ticket.answers ?? []),
      number,
      key: sql<string>`'T-' || (select n from next_number)`,
      updated_at: ticket.created_at,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Changes columns and counts the version up; returns the new version. */
export const updateTicket = async (tx: Tx, id: string, patch: TicketPatch, now: Date): Promise<number> => {
  const row = await tx
    .updateTable('ticket')
    .set({ ...patch, version: sql<number>`version + 1`, updated_at: now })
    .where('id', '=', id)
    .returning('version')
    .executeTakeFirstOrThrow()
  return row.version
}

export const standingOfTicket = (ticket: Ticket): TicketStanding => ({
  state: ticket.state,
  needs: ticket.needs,
  waitingFor: ticket.waiting_for,
  ownerId: ticket.owner_id,
  mergedInto: ticket.merged_into,
  wakeAt: ticket.wake_at,
  wokenAt: ticket.woken_at,
  wokenBecause: ticket.woken_because,
  reopenedCount: ticket.reopened_count,
  resolvedAt: ticket.resolved_at,
  closedAt: ticket.closed_at,
})

export const ticketColumns = (standing: TicketStanding) =>
  ({
    state: standing.state,
    needs: standing.needs,
    waiting_for: standing.waitingFor,
    owner_id: standing.ownerId,
    merged_into: standing.mergedInto,
    wake_at: standing.wakeAt,
    woken_at: standing.wokenAt,
    woken_because: standing.wokenBecause,
    reopened_count: standing.reopenedCount,
    resolved_at: standing.resolvedAt,
    closed_at: standing.closedAt,
  }) satisfies TicketPatch

/** Writes the standings of many tickets in one statement. */
export const updateTicketStandings = async (
  tx: Tx,
  standings: readonly { readonly id: string; readonly standing: TicketStanding }[],
  now: Date,
): Promise<void> => {
  if (standings.length === 0) return
  const rows = standings.map(({ id, standing }) => ({ id, ...ticketColumns(standing) }))
  await sql`
    update ticket t set state = r.state, needs = r.needs, waiting_for = r.waiting_for, owner_id = r.owner_id,
      merged_into = r.merged_into, wake_at = r.wake_at, woken_at = r.woken_at, woken_because = r.woken_because,
      reopened_count = r.reopened_count, resolved_at = r.resolved_at, closed_at = r.closed_at,
      version = t.version + 1, updated_at = ${now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, state text, needs text, waiting_for text,
      owner_id uuid, merged_into uuid, wake_at timestamptz, woken_at timestamptz, woken_because text,
      reopened_count int, resolved_at timestamptz, closed_at timestamptz)
    where t.id = r.id`.execute(tx)
}

/** Tickets whose snooze is over, for the clock; at most `limit`. */
export const ticketsToWake = async (tx: Tx, now: Date, limit: number): Promise<readonly string[]> =>
  (
    await tx
      .selectFrom('ticket')
      .select('id')
      .where('state', '=', 'waiting')
      .where('wake_at', '<=', now)
      .orderBy('wake_at')
      .limit(limit)
      .execute()
  ).map((row) => row.id)
