import { once } from 'node:events'
import type { Writable } from 'node:stream'
import { finished, pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { sql } from 'kysely'
import {
  BACKUP_FORMAT,
  type BackupHeader,
  type BackupProgress,
  type BlobSource,
  rowTexts,
  startSum,
  type TableSum,
  tableShapes,
  useUtc,
} from './backup-format.ts'
import type { Database, Tx } from './database.ts'

/**
 * Writes everything into `out` and ends it: the rows as of one moment (a single repeatable-read transaction), then the
 * files they name. Memory stays flat: rows come through a cursor, files through a stream, and a slow `out` slows both.
 * On the embedded engine nothing else is written meanwhile: give it a file, not a slow network.
 */
export interface BackupOptions {
  readonly db: Database
  readonly blobs: BlobSource
  readonly out: Writable
  readonly version: string
  readonly now: Date
  readonly onProgress?: BackupProgress
}

export interface BackupSummary {
  readonly rows: number
  readonly files: number
  /** Files that records name and that are not there, by their SHA-256. */
  readonly missing: readonly string[]
}

const PIECE_BYTES = 48 * 1024

export const writeBackup = async (options: BackupOptions): Promise<BackupSummary> => {
  const gzip = createGzip()
  const written = pipeline(gzip, options.out)
  const line = async (text: string): Promise<void> => {
    if (!gzip.write(`${text}\n`)) await Promise.race([once(gzip, 'drain'), written])
  }
  try {
    const { sums, files } = await options.db
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute((tx) => writeRows(tx, options, line))
    const missing = await writeFiles(options, files, line)
    await line(JSON.stringify({ end: sums }))
    gzip.end()
    await written
    return {
      rows: Object.values(sums).reduce((all, sum) => all + sum.rows, 0),
      files: files.length - missing.length,
      missing,
    }
  } catch (error) {
    gzip.destroy()
    options.out.destroy()
    await Promise.allSettled([written, finished(options.out)])
    throw error
  }
}

type WriteLine = (text: string) => Promise<void>

const countRows = async (tx: Tx, names: readonly string[]): Promise<Record<string, number>> => {
  const counts: Record<string, number> = {}
  for (const name of names) {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(name)}`.execute(tx)
    counts[name] = rows[0]?.n ?? 0
  }
  return counts
}

const writeRows = async (
  tx: Tx,
  options: BackupOptions,
  line: WriteLine,
): Promise<{ readonly sums: Readonly<Record<string, TableSum>>; readonly files: readonly string[] }> => {
  await useUtc(tx)
  const tables = await tableShapes(tx)
  const files = await sql<{ sha256: string }>`
    select distinct sha256 from attachment where state = 'stored' and sha256 is not null order by sha256`.execute(
    tx,
  )
  const migrations = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(tx)
  const rows = await countRows(
    tx,
    tables.map(({ name }) => name),
  )
  const header: BackupHeader = {
    causeway: 'backup',
    format: BACKUP_FORMAT,
    version: options.version,
    at: options.now.toISOString(),
    migrations: migrations.rows.map(({ name }) => name),
    rows,
    blobs: files.rows.length,
  }
  await line(JSON.stringify(header))
  const of = Object.values(rows).reduce((all, count) => all + count, 0)
  const sums: Record<string, TableSum> = {}
  let done = 0
  for (const table of tables) {
    const sum = startSum()
    for await (const texts of rowTexts(tx, table)) {
      for (const text of texts) {
        sum.add(text)
        await line(`[${JSON.stringify(table.name)},${text}]`)
      }
      done += texts.length
      options.onProgress?.({ what: 'rows', done, of })
    }
    sums[table.name] = sum.end()
  }
  const sequences = await sql<{ sequence: string; value: number | null }>`
    select sequencename as sequence, last_value as value from pg_sequences where schemaname = current_schema()
    order by sequencename`.execute(tx)
  for (const { sequence, value } of sequences.rows)
    if (value !== null) await line(JSON.stringify({ sequence, value }))
  return { sums, files: files.rows.map(({ sha256 }) => sha256) }
}

const writeFiles = async (
  options: BackupOptions,
  files: readonly string[],
  line: WriteLine,
): Promise<readonly string[]> => {
  const missing: string[] = []
  for (const [index, sha256] of files.entries()) {
    const bytes = await options.blobs.read(sha256)
    if (bytes === null) missing.push(sha256)
    else {
      await line(JSON.stringify({ blob: sha256 }))
      for await (const chunk of bytes)
        for (let at = 0; at < chunk.length; at += PIECE_BYTES)
          await line(
            JSON.stringify({ bytes: Buffer.from(chunk.subarray(at, at + PIECE_BYTES)).toString('base64') }),
          )
    }
    options.onProgress?.({ what: 'files', done: index + 1, of: files.length })
  }
  return missing
}
