import { sql } from 'kysely'
import type { Actor } from '../domain/actor.ts'
import type { NewEvent } from '../domain/event.ts'
import type { Tx } from './database.ts'

export interface EventContext {
  readonly actor: Actor
  readonly now: Date
  readonly newId: () => string
  /** What led to it: a request's id, `reconcile`, a rule's key. */
  readonly cause?: string | null
  /** From where it was asked for. */
  readonly address?: string | null
}

/** Appends to the log, in order, in one statement. */
export const appendEvents = async (
  tx: Tx,
  context: EventContext,
  events: readonly NewEvent[],
): Promise<void> => {
  if (events.length === 0) return
  const rows = events.map((event) => ({
    id: context.newId(),
    kind: event.kind,
    record_kind: event.record?.kind ?? null,
    record_id: event.record?.id ?? null,
    connection_id: event.connectionId ?? null,
    data: event.data,
  }))
  await sql`
    insert into event (id, at, actor, kind, record_kind, record_id, connection_id, cause, address, data)
    select r.id, ${context.now}::timestamptz, ${JSON.stringify(context.actor)}::jsonb, r.kind, r.record_kind, r.record_id, r.connection_id,
           ${context.cause ?? null}::text, ${context.address ?? null}::text, r.data
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r(id uuid, kind text, record_kind text, record_id uuid, connection_id uuid, data jsonb)`.execute(tx)
}

export interface StoredEvent {
  readonly seq: number
  /** The transaction that wrote it, as digits. */
  readonly tx: string
  readonly id: string
  readonly at: Date
  readonly actor: Actor
  readonly kind: string
  readonly record_kind: string | null
  readonly record_id: string | null
  readonly connection_id: string | null
  readonly cause: string | null
  readonly data: Readonly<Record<string, unknown>>
}

/** A place in the log: after this event. */
export type EventPlace = Pick<StoredEvent, 'tx' | 'seq'>

/**
 * Events after a place, at most `limit`, in the order (transaction, seq), and only of transactions older than every
 * one still open. Numbers are given before commit and transactions end in any order: following `seq` alone, a reader
 * would pass over an event whose transaction was still open when a later number was already there.
 */
export const eventsAfter = async (
  tx: Tx,
  place: EventPlace,
  limit: number,
): Promise<readonly StoredEvent[]> => {
  const result = await sql<StoredEvent>`
    select seq, tx::text as tx, id, at, actor, kind, record_kind, record_id, connection_id, cause, data from event
    where (tx, seq) > (${place.tx}::text::xid8, ${place.seq}::bigint) and tx < pg_snapshot_xmin(pg_current_snapshot())
    order by event.tx, seq limit ${limit}`.execute(tx)
  return result.rows
}

/** Where the log ends now, for a reader that wants only what comes. */
export const endOfEvents = async (tx: Tx): Promise<EventPlace> => {
  const result = await sql<EventPlace>`
    select tx::text as tx, seq from event where tx < pg_snapshot_xmin(pg_current_snapshot())
    order by event.tx desc, seq desc limit 1`.execute(tx)
  return result.rows[0] ?? { tx: '0', seq: 0 }
}
