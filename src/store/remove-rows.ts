import { sql } from 'kysely'
import type { Tx } from './database.ts'

/**
 * Removes rows with all that cannot be without them. What refers to them is asked of the database, so that a table that
 * is added later is not forgotten: where a reference may be empty it is emptied, else its row goes too.
 */
interface Reference {
  readonly table: string
  readonly column: string
  readonly to: string
  readonly isRequired: boolean
  readonly hasId: boolean
}

export interface Remover {
  remove(table: string, ids: readonly string[]): Promise<void>
  /** In every table that hangs on records by kind and id; the log alone keeps its lines. */
  removeHanging(ids: readonly string[]): Promise<void>
}

export const openRemover = async (tx: Tx): Promise<Remover> => {
  const { rows: references } = await sql<Reference>`
    select t.relname as table, a.attname as column, r.relname as to, a.attnotnull as "isRequired",
      exists (select 1 from pg_attribute i where i.attrelid = t.oid and i.attname = 'id' and i.atttypid = 'uuid'::regtype and not i.attisdropped) as "hasId"
    from pg_constraint c join pg_class t on t.oid = c.conrelid join pg_class r on r.oid = c.confrelid
      join pg_namespace n on n.oid = t.relnamespace
      join pg_attribute a on a.attrelid = t.oid and a.attnum = c.conkey[1]
    where c.contype = 'f' and cardinality(c.conkey) = 1 and c.confdeltype <> 'c' and n.nspname = current_schema()`.execute(
    tx,
  )
  const remove = async (table: string, ids: readonly string[]): Promise<void> => {
    if (ids.length === 0) return
    const these = sql`any(${[...ids]}::uuid[])`
    for (const { table: from, column, isRequired, hasId } of references.filter(({ to }) => to === table)) {
      const hit = sql`${sql.ref(column)} = ${these}`
      if (!isRequired)
        await sql`update ${sql.table(from)} set ${sql.ref(column)} = null where ${hit}`.execute(tx)
      else if (hasId) await remove(from, await idsWhere(tx, from, column, ids))
      else await sql`delete from ${sql.table(from)} where ${hit}`.execute(tx)
    }
    await sql`delete from ${sql.table(table)} where id = ${these}`.execute(tx)
  }
  const removeHanging = async (ids: readonly string[]): Promise<void> => {
    const { rows } = await sql<{ name: string }>`
      select t.relname as name from pg_class t join pg_namespace n on n.oid = t.relnamespace
      where n.nspname = current_schema() and t.relkind = 'r' and t.relname <> 'event'
        and (select count(*) from pg_attribute a where a.attrelid = t.oid and not a.attisdropped
          and ((a.attname = 'record_id' and a.atttypid = 'uuid'::regtype) or a.attname = 'record_kind')) = 2
      order by 1`.execute(tx)
    for (const { name } of rows)
      await sql`delete from ${sql.table(name)} where record_id = any(${[...ids]}::uuid[])`.execute(tx)
  }
  return { remove, removeHanging }
}

export const idsWhere = async (
  tx: Tx,
  table: string,
  column: string,
  values: readonly string[],
): Promise<readonly string[]> =>
  (
    await sql<{ id: string }>`
      select id from ${sql.table(table)} where ${sql.ref(column)} = any(${[...values]}::uuid[])`.execute(tx)
  ).rows.map((row) => row.id)
