import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { sql } from 'kysely'
import { err, ok, type Result } from '../lib/result.ts'
import { said } from '../lib/said.ts'
import {
  BACKUP_FORMAT,
  type BackupHeader,
  type BackupProgress,
  type BlobSink,
  rowTexts,
  type Sum,
  startSum,
  type TableShape,
  type TableSum,
  tableShapes,
  UnusableBackup,
  useUtc,
} from './backup-format.ts'
import type { Database, Tx } from './database.ts'
import { migrate, migrateTo, newerThan } from './migrate.ts'
import { type LineReader, readLines } from './restore-lines.ts'
import { insertRows, linkOwnRows } from './restore-rows.ts'

/**
 * Fills an empty database from a backup, in one transaction: it is all there, with the counts and hashes the file
 * names, or nothing is. Afterwards every connection is paused: yesterday's records must not write over what the tools
 * show today until a person has looked.
 */
export interface RestoreOptions {
  readonly db: Database
  readonly blobs: BlobSink
  readonly from: Readable
  readonly now: Date
  readonly onProgress?: BackupProgress
}

export interface RestoreSummary {
  readonly rows: number
  readonly files: number
  /** When the backup was made. */
  readonly madeAt: string
  readonly paused: readonly string[]
}

export const restoreBackup = async (options: RestoreOptions): Promise<Result<RestoreSummary, string>> => {
  const lines = readLines(options.from.pipe(createGunzip()))
  options.from.on('error', (error) => lines.fail(error))
  try {
    const header = readHeader(await lines.next())
    if (!header.ok) return header
    const newer = newerThan(header.value.migrations)
    if (newer.length > 0)
      return err(
        `The backup was made by a newer Causeway (${header.value.version}). Restore it with that version.`,
      )
    const filled = await filledTable(options.db)
    if (filled !== null)
      return err(
        `The database is not empty (${filled} has rows). Restore into a new data folder (CAUSEWAY_DATA) or a new database.`,
      )
    await migrateTo(options.db, header.value.migrations)
    const summary = await options.db
      .transaction()
      .execute((tx) => restoreAll(tx, lines, header.value, options))
    await migrate(options.db)
    return ok(summary)
  } catch (error) {
    if (error instanceof UnusableBackup) return err(error.message)
    if (isCutShort(error)) return err('The file is cut short or damaged. Nothing was restored.')
    throw error
  } finally {
    lines.close()
  }
}

const isCutShort = (error: unknown): boolean =>
  error instanceof Error && /^(Z_|ERR_PADDING)/.test((error as NodeJS.ErrnoException).code ?? '')

const readHeader = (line: string | null): Result<BackupHeader, string> => {
  const none = err('This is not a backup of Causeway.')
  try {
    const header: unknown = JSON.parse(line ?? 'null')
    if (
      typeof header !== 'object' ||
      header === null ||
      !('causeway' in header) ||
      header.causeway !== 'backup'
    )
      return none
    // written by `writeBackup`; whatever is wrong in it fails the counts below
    const known = header as BackupHeader
    if (known.format !== BACKUP_FORMAT)
      return err(`The backup has format ${known.format}, and this Causeway reads ${BACKUP_FORMAT}.`)
    return Array.isArray(known.migrations) ? ok(known) : none
  } catch {
    return none
  }
}

const filledTable = async (db: Database): Promise<string | null> =>
  db.transaction().execute(async (tx) => {
    for (const { name } of await tableShapes(tx)) {
      const { rows } = await sql`select 1 from ${sql.table(name)} limit 1`.execute(tx)
      if (rows.length > 0) return name
    }
    return null
  })

const restoreAll = async (
  tx: Tx,
  lines: LineReader,
  header: BackupHeader,
  options: RestoreOptions,
): Promise<RestoreSummary> => {
  await useUtc(tx)
  const tables = await tableShapes(tx)
  const { sums, files } = await readAll(tx, lines, header, tables, options)
  await verify(tx, tables, sums, options)
  const paused = await pauseAll(tx, header, options.now)
  const rows = Object.values(sums).reduce((all, sum) => all + sum.rows, 0)
  return { rows, files, madeAt: header.at, paused }
}

const BATCH_ROWS = 500
const BATCH_CHARS = 4 * 1024 * 1024

interface Reading {
  readonly sums: Readonly<Record<string, TableSum>>
  readonly files: number
}

const readAll = async (
  tx: Tx,
  lines: LineReader,
  header: BackupHeader,
  tables: readonly TableShape[],
  options: RestoreOptions,
): Promise<Reading> => {
  const shapes = new Map(tables.map((table) => [table.name, table]))
  const counted = new Map<string, Sum>()
  const of = Object.values(header.rows).reduce((all, count) => all + count, 0)
  let batch: { readonly table: TableShape; readonly rows: string[]; chars: number } | null = null
  let done = 0
  let files = 0
  const flush = async (): Promise<void> => {
    if (batch === null) return
    await insertRows(tx, batch.table, batch.rows)
    done += batch.rows.length
    batch = null
    options.onProgress?.({ what: 'rows', done, of })
  }
  for (let line = await lines.next(); line !== null; line = await lines.next()) {
    if (line.startsWith('[')) {
      const comma = line.indexOf(',')
      const name = String(JSON.parse(line.slice(1, comma)))
      const table = shapes.get(name)
      if (table === undefined)
        throw new UnusableBackup(`The backup has rows of a table '${name}' that this schema does not have.`)
      const text = line.slice(comma + 1, -1)
      const sum = counted.get(name) ?? startSum()
      counted.set(name, sum)
      sum.add(text)
      if (
        batch !== null &&
        (batch.table !== table || batch.rows.length >= BATCH_ROWS || batch.chars > BATCH_CHARS)
      )
        await flush()
      batch ??= { table, rows: [], chars: 0 }
      batch.rows.push(text)
      batch.chars += text.length
      continue
    }
    await flush()
    const value: unknown = JSON.parse(line)
    if (typeof value !== 'object' || value === null)
      throw new UnusableBackup('The backup has a line that cannot be read.')
    if ('sequence' in value && 'value' in value)
      await sql`select setval(${String(value.sequence)}::regclass, ${Number(value.value)})`.execute(tx)
    else if ('blob' in value) {
      await restoreFile(lines, String(value.blob), options.blobs)
      files += 1
      options.onProgress?.({ what: 'files', done: files, of: header.blobs })
    } else if ('end' in value) {
      await linkOwnRows(tx, tables)
      return { sums: checkedSums(value.end, tables, counted), files }
    }
  }
  throw new UnusableBackup('The file is cut short: its last line is missing. Nothing was restored.')
}

const restoreFile = async (lines: LineReader, sha256: string, blobs: BlobSink): Promise<void> => {
  async function* bytes(): AsyncGenerator<Uint8Array> {
    for (let next = await lines.peek(); next?.startsWith('{"bytes":'); next = await lines.peek()) {
      const value: unknown = JSON.parse((await lines.next()) ?? 'null')
      if (typeof value === 'object' && value !== null && 'bytes' in value)
        yield Buffer.from(String(value.bytes), 'base64')
    }
  }
  await blobs.write(sha256, bytes())
}

const NO_ROWS = (): TableSum => startSum().end()

/** The file's own sums, after holding them against what was read. */
const checkedSums = (
  end: unknown,
  tables: readonly TableShape[],
  counted: ReadonlyMap<string, Sum>,
): Readonly<Record<string, TableSum>> => {
  const said = (typeof end === 'object' && end !== null ? end : {}) as Readonly<
    Record<string, TableSum | undefined>
  >
  return Object.fromEntries(
    tables.map(({ name }) => {
      const read = counted.get(name)?.end() ?? NO_ROWS()
      const expected = said[name] ?? NO_ROWS()
      if (read.rows !== expected.rows || read.sha256 !== expected.sha256)
        throw new UnusableBackup(
          `The file is damaged: ${name} has other rows than its last line says. Nothing was restored.`,
        )
      return [name, read]
    }),
  )
}

/** Reads everything back from the database: what stands there has the hashes of what was saved. */
const verify = async (
  tx: Tx,
  tables: readonly TableShape[],
  sums: Readonly<Record<string, TableSum>>,
  options: RestoreOptions,
): Promise<void> => {
  let done = 0
  for (const table of tables) {
    const sum = startSum()
    for await (const texts of rowTexts(tx, table)) for (const text of texts) sum.add(text)
    const found = sum.end()
    if (found.sha256 !== sums[table.name]?.sha256)
      throw new UnusableBackup(
        `After restoring, ${table.name} does not read as it was saved (${found.rows} rows of ${sums[table.name]?.rows}). Nothing was restored.`,
      )
    done += 1
    options.onProgress?.({ what: 'checking', done, of: tables.length })
  }
}

const pauseAll = async (tx: Tx, header: BackupHeader, now: Date): Promise<readonly string[]> => {
  const reason = said`Restored from the backup of ${header.at}. Nothing is sent to the tool until somebody has looked and resumes it.`
  const { rows } = await sql<{ key: string }>`
    update connection set state = 'paused', state_reason = ${reason}, version = version + 1, lease_until = null,
      updated_at = ${now}::timestamptz returning key`.execute(tx)
  await sql`update mirror set lease_until = null where lease_until is not null`.execute(tx)
  await sql`
    insert into setting (key, value) values ('restored_at', ${JSON.stringify({ at: now.toISOString(), madeAt: header.at })}::jsonb)
    on conflict (key) do update set value = excluded.value`.execute(tx)
  return rows.map(({ key }) => key).sort()
}
