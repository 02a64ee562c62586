import { sql } from 'kysely'
import type { TableShape } from './backup-format.ts'
import type { Tx } from './database.ts'

/**
 * Rows from their JSON. A reference to a row of the same table waits in a table of its own until all its rows are
 * there: they come in the order of their keys, not of their references.
 */
const WAITING = 'restore_own_reference'

export const insertRows = async (tx: Tx, table: TableShape, rows: readonly string[]): Promise<void> => {
  const json = `[${rows.join(',')}]`
  const columns = sql.join(table.columns.map((column) => sql.ref(column)))
  const values = sql.join(
    table.columns.map((column) => (table.selfReferences.includes(column) ? sql`null` : sql.ref(column))),
  )
  await sql`
    insert into ${sql.table(table.name)} (${columns}) overriding system value
    select ${values} from jsonb_populate_recordset(null::${sql.table(table.name)}, ${json}::jsonb)`.execute(
    tx,
  )
  if (table.selfReferences.length === 0) return
  await sql`create temporary table if not exists ${sql.table(WAITING)} (of text, field text, id uuid, value uuid) on commit drop`.execute(
    tx,
  )
  for (const column of table.selfReferences)
    await sql`
      insert into ${sql.table(WAITING)} select ${table.name}, ${column}, id, ${sql.ref(column)}
      from jsonb_populate_recordset(null::${sql.table(table.name)}, ${json}::jsonb) where ${sql.ref(column)} is not null`.execute(
      tx,
    )
}

export const linkOwnRows = async (tx: Tx, tables: readonly TableShape[]): Promise<void> => {
  const made = await sql<{
    there: boolean
  }>`select to_regclass(${`pg_temp.${WAITING}`}) is not null as there`.execute(tx)
  if (made.rows[0]?.there !== true) return
  for (const table of tables)
    for (const column of table.selfReferences)
      await sql`
        update ${sql.table(table.name)} t set ${sql.ref(column)} = w.value from ${sql.table(WAITING)} w
        where w.of = ${table.name} and w.field = ${column} and w.id = t.id`.execute(tx)
}
