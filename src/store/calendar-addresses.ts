import type { Tx } from './database.ts'

/** Secret addresses of the calendar: tokens of a kind of their own (tokens.ts), one for each person at most. */
export interface OpenedCalendar {
  readonly created_at: Date
  readonly last_used_at: Date | null
}

/** The live address of somebody's calendar; null: they have none. */
export const calendarOf = async (tx: Tx, personId: string): Promise<OpenedCalendar | null> =>
  (await tx
    .selectFrom('token')
    .select(['created_at', 'last_used_at'])
    .where('person_id', '=', personId)
    .where('kind', '=', 'calendar')
    .where('revoked_at', 'is', null)
    .executeTakeFirst()) ?? null

/** Ends it; the ids of what was ended. */
export const endCalendars = async (tx: Tx, personId: string, now: Date): Promise<readonly string[]> =>
  (
    await tx
      .updateTable('token')
      .set({ revoked_at: now })
      .where('person_id', '=', personId)
      .where('kind', '=', 'calendar')
      .where('revoked_at', 'is', null)
      .returning('id')
      .execute()
  ).map(({ id }) => id)
