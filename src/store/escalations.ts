import { type Selectable, sql } from 'kysely'
import type { EscalationStanding } from '../domain/escalation.ts'
import type { Tx } from './database.ts'
import type { EscalationTable } from './tables.ts'

export type Escalation = Selectable<EscalationTable>

/** The bond a ticket has now, or null. */
export const liveEscalationOf = async (tx: Tx, ticketId: string): Promise<Escalation | null> =>
  (await tx
    .selectFrom('escalation')
    .selectAll()
    .where('ticket_id', '=', ticketId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()) ?? null

/** The live bond, else the last one a ticket had. */
export const lastEscalationOf = async (tx: Tx, ticketId: string): Promise<Escalation | null> =>
  (await lastOf(tx, ticketId).executeTakeFirst()) ?? null

/** The same; held until the transaction ends. Take the ticket's lock first. */
export const lockLastEscalationOf = async (tx: Tx, ticketId: string): Promise<Escalation | null> =>
  (await lastOf(tx, ticketId).forNoKeyUpdate().executeTakeFirst()) ?? null

const lastOf = (tx: Tx, ticketId: string) =>
  tx
    .selectFrom('escalation')
    .selectAll()
    .where('ticket_id', '=', ticketId)
    .orderBy(sql`(ended_at is null)`, 'desc')
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)

/** What the log kept of the last time a bond was withdrawn. */
export const lastWithdrawalOf = async (tx: Tx, id: string): Promise<unknown> => {
  const { rows } = await sql<{ data: unknown }>`
    select data from event where record_id = ${id}::uuid and kind = 'escalation.withdrawn' order by seq desc limit 1`.execute(
    tx,
  )
  return rows[0]?.data ?? null
}

/** Ids of the tickets that ever stood on a work item. */
export const ticketIdsOn = async (tx: Tx, workItemId: string): Promise<readonly string[]> =>
  (
    await tx
      .selectFrom('escalation')
      .select('ticket_id')
      .distinct()
      .where('work_item_id', '=', workItemId)
      .execute()
  ).map((row) => row.ticket_id)

/**
 * The bonds on a work item that a change of the work can concern: the live ones, and a ticket's last one where that
 * ended in `declined` (engineering may think again). Held; take the tickets' locks first.
 */
export const lockEscalationsOn = async (tx: Tx, workItemId: string): Promise<readonly Escalation[]> =>
  tx
    .selectFrom('escalation')
    .selectAll()
    .where('work_item_id', '=', workItemId)
    .where(
      sql<boolean>`(ended_at is null or (state = 'declined' and not exists (
        select from escalation later where later.ticket_id = escalation.ticket_id and later.id <> escalation.id
          and (later.ended_at is null or later.created_at > escalation.created_at))))`,
    )
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()

export type NewEscalation = Omit<
  Escalation,
  'version' | 'updated_at' | 'accepted_at' | 'answered_at' | 'ended_at' | 'reason' | 'question' | 'words_from'
>

/** Writes a new bond. The database allows a ticket one live bond; take the ticket's lock before you look. */
export const insertEscalation = async (tx: Tx, escalation: NewEscalation): Promise<void> => {
  await tx
    .insertInto('escalation')
    .values({
      ...escalation,
      sent_by: JSON.stringify(escalation.sent_by),
      updated_at: escalation.created_at,
    })
    .execute()
}

export const standingOfEscalation = (escalation: Escalation): EscalationStanding => ({
  state: escalation.state,
  reason: escalation.reason,
  question: escalation.question,
  sentAt: escalation.sent_at,
  acceptedAt: escalation.accepted_at,
  answeredAt: escalation.answered_at,
  endedAt: escalation.ended_at,
})

/** Writes the standings of many escalations in one statement. */
export const updateEscalations = async (
  tx: Tx,
  standings: readonly { readonly id: string; readonly standing: EscalationStanding }[],
  now: Date,
): Promise<void> => {
  if (standings.length === 0) return
  // machines' clocks differ a little: nothing ends before it began
  const rows = standings.map(({ id, standing }) => ({
    id,
    state: standing.state,
    reason: standing.reason,
    question: standing.question,
    sent_at: standing.sentAt,
    accepted_at: standing.acceptedAt,
    answered_at: standing.answeredAt,
    ended_at: standing.endedAt,
  }))
  await sql`
    update escalation e set state = r.state, reason = r.reason, question = r.question,
      sent_at = case when r.sent_at is not null then greatest(r.sent_at, e.created_at) end,
      accepted_at = case when r.accepted_at is not null then greatest(r.accepted_at, r.sent_at, e.created_at) end,
      answered_at = case when r.answered_at is not null then greatest(r.answered_at, e.created_at) end,
      ended_at = case when r.ended_at is not null then greatest(r.ended_at, e.created_at) end,
      version = e.version + 1, updated_at = ${now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, state text, reason text, question text,
      sent_at timestamptz, accepted_at timestamptz, answered_at timestamptz, ended_at timestamptz)
    where e.id = r.id`.execute(tx)
}

/** Words of before stay where they are: the two sides of this bond told each other already, by hand. */
export const keepOldWordsApart = async (tx: Tx, id: string, from: Date): Promise<void> => {
  await tx.updateTable('escalation').set({ words_from: from }).where('id', '=', id).execute()
}
