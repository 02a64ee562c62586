import { sql } from 'kysely'
import type { Tx } from './database.ts'
import type { TracedRelease } from './trace-lines.ts'

/** Fixes that this release has and the one before it on its line has not, and the other way round. */
export const changedKeys = async (
  tx: Tx,
  { line_id, position }: Pick<TracedRelease, 'line_id' | 'position'>,
): Promise<{ readonly enters: readonly string[]; readonly leaves: readonly string[] }> => {
  const { rows } = await sql<{ readonly key: string; readonly enters: boolean }>`
    select key, true as enters from trace_span where line_id = ${line_id}::uuid and since = ${position}
    union all
    select key, false from trace_span where line_id = ${line_id}::uuid and until = ${position}
    order by 1`.execute(tx)
  const of = (enters: boolean) => rows.filter((row) => row.enters === enters).map(({ key }) => key)
  return { enters: of(true), leaves: of(false) }
}
