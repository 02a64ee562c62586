import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Blobs } from './blobs.ts'
import type { Tx } from './database.ts'

/**
 * A backup is gzip'd text, one JSON value a line, so that it can be looked into with `zcat | jq` and goes from either
 * database engine to either:
 *
 *   {"causeway":"backup","format":1,…}    what wrote it, when, the schema's migrations, rows expected per table
 *   ["ticket",{…}]                        one row, tables in the order of their references
 *   {"sequence":"ticket_number",…}        where numbering goes on
 *   {"blob":"<sha-256>"}                  then its bytes: {"bytes":"<base64>"} …
 *   {"end":{…}}                           rows and SHA-256 per table; without it the file was cut short
 */
export const BACKUP_FORMAT = 1

export interface BackupHeader {
  readonly causeway: 'backup'
  readonly format: number
  readonly version: string
  readonly at: string
  readonly migrations: readonly string[]
  readonly rows: Readonly<Record<string, number>>
  readonly blobs: number
}

export interface TableSum {
  readonly rows: number
  readonly sha256: string
}

export type BackupProgress = (step: {
  readonly what: 'rows' | 'files' | 'checking'
  readonly done: number
  readonly of: number
}) => void

/** Files by the SHA-256 of their bytes. */
export interface BlobSource {
  /** null: the file is named but not here; the backup says so and goes on. */
  readonly read: (sha256: string) => Promise<AsyncIterable<Uint8Array> | null>
}
export interface BlobSink {
  /** Must throw when the bytes do not have this hash. */
  readonly write: (sha256: string, bytes: AsyncIterable<Uint8Array>) => Promise<void>
}

export interface TableShape {
  readonly name: string
  /** Without generated ones, and without transaction ids, which mean nothing in another database. */
  readonly columns: readonly string[]
  readonly key: readonly { readonly column: string; readonly isText: boolean }[]
  /** Columns that refer to rows of the same table. */
  readonly selfReferences: readonly string[]
}

/** Of migrations; and the words in use, which are learnt again from what says them. */
const LEFT_OUT = ['kysely_migration', 'kysely_migration_lock', 'known_word']

interface ShapeRow {
  readonly name: string
  readonly columns: readonly string[]
  readonly key: readonly { readonly column: string; readonly isText: boolean }[] | null
  readonly refs: readonly { readonly to: string; readonly column: string }[] | null
}

/** Our tables as the database has them, each after those it refers to; not those that hold nothing lasting. */
export const tableShapes = async (tx: Tx): Promise<readonly TableShape[]> => {
  const { rows } = await sql<ShapeRow>`
    select t.relname as name,
      (select json_agg(a.attname order by a.attnum) from pg_attribute a
        where a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.atttypid <> 'xid8'::regtype) as columns,
      (select json_agg(json_build_object('column', a.attname, 'isText', a.atttypid in ('text'::regtype, 'varchar'::regtype)) order by k.at)
        from pg_index i cross join lateral unnest(i.indkey) with ordinality as k(num, at)
        join pg_attribute a on a.attrelid = t.oid and a.attnum = k.num where i.indrelid = t.oid and i.indisprimary) as key,
      (select json_agg(json_build_object('to', r.relname, 'column', a.attname)) from pg_constraint c
        join pg_class r on r.oid = c.confrelid join pg_attribute a on a.attrelid = t.oid and a.attnum = c.conkey[1]
        where c.conrelid = t.oid and c.contype = 'f') as refs
    from pg_class t join pg_namespace n on n.oid = t.relnamespace
    where n.nspname = current_schema() and t.relkind in ('r', 'p') and not t.relispartition and t.relpersistence = 'p'
      and t.relname <> all(${LEFT_OUT}) order by t.relname`.execute(tx)
  return inOrder(rows).map((row) => ({
    name: row.name,
    columns: row.columns,
    key: row.key ?? [],
    selfReferences: (row.refs ?? []).filter(({ to }) => to === row.name).map(({ column }) => column),
  }))
}

const inOrder = (rows: readonly ShapeRow[]): readonly ShapeRow[] => {
  const ordered: ShapeRow[] = []
  let left = rows
  while (left.length > 0) {
    const names = new Set(left.map((row) => row.name))
    const free = left.filter((row) => (row.refs ?? []).every(({ to }) => to === row.name || !names.has(to)))
    if (free.length === 0) throw new Error(`tables refer to each other in a ring: ${[...names].join(', ')}`)
    ordered.push(...free)
    left = left.filter((row) => !free.includes(row))
  }
  return ordered
}

const FETCH_ROWS = 500

/** Every row of a table as the database writes it in JSON, in the order of its key: the same on either engine. */
export async function* rowTexts(tx: Tx, table: TableShape): AsyncGenerator<readonly string[]> {
  const columns = sql.join(table.columns.map((column) => sql.ref(column)))
  const order =
    table.key.length === 0
      ? sql`order by row_to_json(r)::text collate "C"`
      : sql`order by ${sql.join(
          table.key.map(({ column, isText }) =>
            isText ? sql`${sql.ref(column)} collate "C"` : sql.ref(column),
          ),
        )}`
  await sql`declare backup_rows no scroll cursor for
    select row_to_json(r)::text as line from (select ${columns} from ${sql.table(table.name)}) r ${order}`.execute(
    tx,
  )
  try {
    for (;;) {
      const { rows } = await sql<{ line: string }>`fetch ${sql.lit(FETCH_ROWS)} from backup_rows`.execute(tx)
      if (rows.length === 0) return
      yield rows.map((row) => row.line)
    }
  } finally {
    await sql`close backup_rows`.execute(tx)
  }
}

/** Times in UTC whatever the server's zone, so that texts and hashes are equal everywhere. */
export const useUtc = async (tx: Tx): Promise<void> => {
  await sql`set local timezone = 'UTC'`.execute(tx)
}

export interface Sum {
  add(line: string): void
  end(): TableSum
}

export const startSum = (): Sum => {
  const hash = createHash('sha256')
  let rows = 0
  return {
    add: (line) => {
      rows += 1
      hash.update(line).update('\n')
    },
    end: () => ({ rows, sha256: hash.digest('hex') }),
  }
}

/** The blob store as a backup reads and fills it. */
export const blobSourceOf = (blobs: Pick<Blobs, 'read'>): BlobSource => ({
  read: async (sha256) => (await blobs.read(sha256))?.stream ?? null,
})

export const blobSinkOf = (blobs: Pick<Blobs, 'write'>): BlobSink => ({
  write: async (sha256, bytes) => {
    const written = await blobs.write(bytes, Number.MAX_SAFE_INTEGER)
    if (!written.ok) throw new UnusableBackup(written.error.detail)
    if (written.value.sha256 !== sha256)
      throw new UnusableBackup(
        'The file is damaged: an attachment has other bytes than its name says. Nothing was restored.',
      )
  },
})

/** Ends a restore so that it rolls back; its message is a sentence for a person. */
export class UnusableBackup extends Error {}
