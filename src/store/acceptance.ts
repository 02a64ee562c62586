import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import { isId } from '../lib/ids.ts'
import type { Tx } from './database.ts'
import type { AcceptanceCaseTable, AcceptanceRunTable } from './go-live-tables.ts'

export type AcceptanceCase = Selectable<AcceptanceCaseTable>

/** Held until the transaction ends. */
export const lockCase = async (tx: Tx, id: string): Promise<AcceptanceCase | null> =>
  isId(id)
    ? ((await tx
        .selectFrom('acceptance_case')
        .selectAll()
        .where('id', '=', id)
        .forNoKeyUpdate()
        .executeTakeFirst()) ?? null)
    : null

export const countCases = async (tx: Tx, releaseId: string): Promise<number> =>
  Number(
    (
      await tx
        .selectFrom('acceptance_case')
        .select((is) => is.fn.countAll<string>().as('n'))
        .where('release_id', '=', releaseId)
        .where('removed_at', 'is', null)
        .executeTakeFirstOrThrow()
    ).n,
  )

export const insertCase = async (tx: Tx, row: Insertable<AcceptanceCaseTable>): Promise<void> => {
  await tx.insertInto('acceptance_case').values(row).execute()
}

/** `isOther`: it says something else now, so it has to be run again. */
export const updateCase = async (
  tx: Tx,
  id: string,
  patch: Omit<Updateable<AcceptanceCaseTable>, 'id' | 'version' | 'updated_at'>,
  isOther: boolean,
  now: Date,
): Promise<void> => {
  await tx
    .updateTable('acceptance_case')
    .set({ ...patch, ...(isOther ? { version: sql<number>`version + 1` } : {}), updated_at: now })
    .where('id', '=', id)
    .execute()
}

export const insertRun = async (tx: Tx, row: Insertable<AcceptanceRunTable>): Promise<void> => {
  await tx.insertInto('acceptance_run').values(row).execute()
}
