import { createHash } from 'node:crypto'
import { PassThrough, Readable } from 'node:stream'
import { gunzipSync, gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { SYSTEM } from '../domain/actor.ts'
import { uuidv7 } from '../lib/ids.ts'
import { type BackupProgress, type BlobSink, type BlobSource, tableShapes } from './backup-format.ts'
import { appendEvents } from './events.ts'
import { migrateTo, pendingMigrations } from './migrate.ts'
import { restoreBackup } from './restore-backup.ts'
import { writeBackup } from './write-backup.ts'

const now = new Date('2026-11-22T10:00:00.123Z')
const FILE = Buffer.alloc(200_000, 'causeway ')
const SHA = createHash('sha256').update(FILE).digest('hex')

const collect = async (stream: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const pieces: Uint8Array[] = []
  for await (const piece of stream) pieces.push(piece)
  return Buffer.concat(pieces)
}

const source: BlobSource = {
  read: async () =>
    (async function* () {
      for (let at = 0; at < FILE.length; at += 65_536) yield FILE.subarray(at, at + 65_536)
    })(),
}
const memory = (): BlobSink & { readonly files: Map<string, Buffer> } => {
  const files = new Map<string, Buffer>()
  return {
    files,
    write: async (sha256, bytes) => {
      const all = await collect(bytes)
      if (createHash('sha256').update(all).digest('hex') !== sha256) throw new Error('other bytes')
      files.set(sha256, all)
    },
  }
}

/** Every kind of column, references within a table that point forward, numbers that go on, words that are hard to quote. */
const seed = async ({ db }: TestDatabase): Promise<void> => {
  const connection = uuidv7()
  await db
    .insertInto('connection')
    .values({
      id: connection,
      key: 'desk',
      kind: 'demo',
      party: 'desk',
      title: `"It's" \\ a\tdesk – é 𝄞`,
      state: 'active',
      settings: JSON.stringify({ b: [1, { a: null }], aa: 1.5 }),
      poll_every_s: 60,
      sweep_every_s: 600,
      created_at: now,
      updated_at: now,
    })
    .execute()
  const [first, second] = [uuidv7(), uuidv7()]
  const ticket = (id: string, number: number, merged_into: string | null) => ({
    id,
    number,
    key: `T-${number}`,
    kind: 'incident' as const,
    state: 'new' as const,
    title: 'x',
    description: '{}',
    impact: 1 as const,
    urgency: 1 as const,
    created_at: now,
    updated_at: now,
    merged_into,
  })
  await db
    .insertInto('ticket')
    .values(ticket(second, 2, null))
    .execute()
  await db
    .insertInto('ticket')
    .values(ticket(first, 1, second))
    .execute()
  await sql`select nextval('ticket_number'), nextval('ticket_number')`.execute(db)
  const mirror = uuidv7()
  await db
    .insertInto('mirror')
    .values({
      id: mirror,
      connection_id: connection,
      record_kind: 'ticket',
      record_id: first,
      remote_id: '7',
      state: 'live',
      dirty_lane: 1,
      dirty_at: now,
      dirty_why: 'test',
      created_at: now,
      lease_until: now,
    })
    .execute()
  await db
    .insertInto('mirror_element')
    .values({
      id: uuidv7(),
      mirror_id: mirror,
      kind: 'comment',
      element_id: uuidv7(),
      remote_extra: ['a"b', 'c,d'],
      origin: 'hub',
      state: 'live',
    })
    .execute()
  await db
    .insertInto('attachment')
    .values({
      id: uuidv7(),
      record_kind: 'ticket',
      record_id: first,
      author: '{}',
      name: 'a.txt',
      media_type: 'text/plain',
      size: FILE.length,
      sha256: SHA,
      audience: 'staff',
      state: 'stored',
      at: now,
    })
    .execute()
  await db.transaction().execute(async (tx) => {
    for (let round = 0; round < 700; round += 1)
      await appendEvents(tx, { actor: SYSTEM, now, newId: uuidv7 }, [
        {
          kind: 'ticket.created',
          record: { kind: 'ticket', id: first },
          data: { round, big: 'x'.repeat(50) },
        },
      ])
  })
}

const save = async (test: TestDatabase, onProgress?: BackupProgress): Promise<Buffer> => {
  const out = new PassThrough()
  const bytes = collect(out)
  await writeBackup({
    db: test.db,
    blobs: source,
    out,
    version: '0.1.0',
    now,
    ...(onProgress ? { onProgress } : {}),
  })
  return bytes
}

const restore = (test: TestDatabase, bytes: Buffer, blobs: BlobSink = memory()) =>
  restoreBackup({
    db: test.db,
    blobs,
    from: Readable.from([bytes.subarray(0, 1000), bytes.subarray(1000)]),
    now,
  })

const edited = (bytes: Buffer, edit: (text: string) => string): Buffer =>
  gzipSync(edit(gunzipSync(bytes).toString()))

/** Leaves of a database what an older schema has too. */
const dropWhatCameLater = async (database: TestDatabase, older: TestDatabase): Promise<void> => {
  const shapes = (of: TestDatabase) => of.db.transaction().execute((tx) => tableShapes(tx))
  const known = new Map((await shapes(older)).map((table) => [table.name, table.columns] as const))
  for (const { name, columns } of await shapes(database)) {
    const before = known.get(name)
    if (before === undefined) await sql`drop table ${sql.table(name)} cascade`.execute(database.db)
    for (const column of before === undefined ? [] : columns.filter((one) => !before.includes(one)))
      await sql`alter table ${sql.table(name)} drop column ${sql.ref(column)} cascade`.execute(database.db)
  }
}

describe('backup and restore', () => {
  let origin: TestDatabase
  let empty: TestDatabase
  let bytes: Buffer
  const seen: string[] = []
  beforeAll(async () => {
    origin = await openTestDatabase()
    empty = await openTestDatabase()
    await seed(origin)
    bytes = await save(origin, ({ what, done, of }) => seen.push(`${what} ${done}/${of}`))
  })
  afterAll(async () => {
    await origin.close()
    await empty.close()
  })

  it('is text a person can look into, and tells how far it is', () => {
    const [header] = gunzipSync(bytes).toString().split('\n')
    expect(JSON.parse(header ?? '')).toMatchObject({
      causeway: 'backup',
      format: 1,
      version: '0.1.0',
      rows: { ticket: 2, event: 700 },
      blobs: 1,
    })
    expect(seen.at(-1)).toBe('files 1/1')
    expect(seen.filter((step) => step.startsWith('rows')).length).toBeGreaterThan(5)
  })

  it('refuses what is no backup, is cut short or damaged, and leaves the database empty', async () => {
    expect(await restore(empty, gzipSync('{"a":1}\n'))).toEqual({
      ok: false,
      error: 'This is not a backup of Causeway.',
    })
    expect(await restore(empty, Buffer.from('not even gzip'))).toEqual({
      ok: false,
      error: 'The file is cut short or damaged. Nothing was restored.',
    })
    expect(await restore(empty, bytes.subarray(0, bytes.length - 200))).toEqual({
      ok: false,
      error: 'The file is cut short or damaged. Nothing was restored.',
    })
    const noEnd = edited(bytes, (text) => text.replace(/\{"end".*\n/, ''))
    expect(await restore(empty, noEnd)).toMatchObject({
      ok: false,
      error: expect.stringContaining('its last line is missing'),
    })
    const changed = edited(bytes, (text) => text.replace('"title":"x"', '"title":"y"'))
    expect(await restore(empty, changed)).toMatchObject({
      ok: false,
      error: expect.stringContaining('ticket has other rows'),
    })
    const newer = edited(bytes, (text) =>
      text.replace('"0001-hub-and-mirrors"', '"0001-hub-and-mirrors","9999-tomorrow"'),
    )
    expect(await restore(empty, newer)).toMatchObject({
      ok: false,
      error: expect.stringContaining('made by a newer Causeway'),
    })
    expect((await empty.db.selectFrom('ticket').selectAll().execute()).length).toBe(0)
  })

  it('brings back every row, file and number, and pauses every connection until a person has looked', async () => {
    const blobs = memory()
    const done = await restore(empty, bytes, blobs)
    expect(done).toEqual({
      ok: true,
      value: { rows: 706, files: 1, madeAt: now.toISOString(), paused: ['desk'] },
    })
    expect(blobs.files.get(SHA)?.equals(FILE)).toBe(true)
    const pick = ({ db }: TestDatabase) => db.selectFrom('ticket').selectAll().orderBy('number').execute()
    expect(await pick(empty)).toEqual(await pick(origin))
    const connection = await empty.db.selectFrom('connection').selectAll().executeTakeFirstOrThrow()
    expect(connection).toMatchObject({
      state: 'paused',
      title: `"It's" \\ a\tdesk – é 𝄞`,
      settings: { b: [1, { a: null }], aa: 1.5 },
    })
    expect(connection.state_reason).toContain('Restored from the backup of 2026-11-22T10:00:00.123Z')
    expect(
      await empty.db.selectFrom('setting').selectAll().where('key', '=', 'restored_at').execute(),
    ).toEqual([{ key: 'restored_at', value: { at: now.toISOString(), madeAt: now.toISOString() } }])
    expect((await sql<{ n: number }>`select nextval('ticket_number') as n`.execute(empty.db)).rows).toEqual([
      { n: 3 },
    ])
    await empty.db
      .transaction()
      .execute((tx) =>
        appendEvents(tx, { actor: SYSTEM, now, newId: uuidv7 }, [
          { kind: 'ticket.created', record: null, data: {} },
        ]),
      )
    const newest = await empty.db.selectFrom('event').select('seq').orderBy('seq', 'desc').limit(1).execute()
    expect(newest).toEqual([{ seq: 701 }])
  })

  it('loads a backup of an older Causeway into its own schema, and only then brings it up to date', async () => {
    const older = await openTestDatabase()
    const [young, schema] = [await openTestDatabase(), await openTestDatabase()]
    try {
      await seed(young)
      await migrateTo(schema.db, ['0001-hub-and-mirrors'])
      await dropWhatCameLater(young, schema)
      const first = edited(await save(young, () => {}), (text) =>
        text.replace(/"migrations":\[[^\]]*\]/, '"migrations":["0001-hub-and-mirrors"]'),
      )
      expect(await restore(older, first)).toMatchObject({ ok: true, value: { rows: 706 } })
      expect(await pendingMigrations(older.db)).toEqual([])
      expect((await older.db.selectFrom('ticket').select('key').execute()).length).toBe(2)
    } finally {
      for (const one of [older, young, schema]) await one.close()
    }
  })

  it('goes into an empty database only', async () => {
    expect(await restore(empty, bytes)).toMatchObject({
      ok: false,
      error: expect.stringContaining('The database is not empty'),
    })
  })
})
