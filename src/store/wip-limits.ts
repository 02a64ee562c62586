import type { WorkItemState } from '../domain/words.ts'
import type { Tx } from './database.ts'

/** The most cards a team has in a state at once; null: as many as there are. Gives what it was before. */
export const setWipLimit = async (
  tx: Tx,
  teamId: string,
  state: WorkItemState,
  most: number | null,
): Promise<number | null> => {
  const before = await tx
    .selectFrom('wip_limit')
    .select('most')
    .where('team_id', '=', teamId)
    .where('state', '=', state)
    .forUpdate()
    .executeTakeFirst()
  if (most === null)
    await tx.deleteFrom('wip_limit').where('team_id', '=', teamId).where('state', '=', state).execute()
  else
    await tx
      .insertInto('wip_limit')
      .values({ team_id: teamId, state, most })
      .onConflict((conflict) => conflict.columns(['team_id', 'state']).doUpdateSet({ most }))
      .execute()
  return before?.most ?? null
}
