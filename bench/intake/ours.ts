import { randomBytes } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { buildServer } from '../../src/api/server.ts'
import { makeSignal } from '../../src/commands/work-signal.ts'
import { uuidv7 } from '../../src/lib/ids.ts'
import { connectorKinds } from '../../src/start/connector-kinds.ts'
import { blobsIn } from '../../src/store/blobs.ts'
import { connect } from '../../src/store/database.ts'
import { watchDisk } from '../../src/store/disk-watch.ts'
import { migrate } from '../../src/store/migrate.ts'
import { masterKeyFrom, saveSecret } from '../../src/store/secrets.ts'

/** The web role alone, as it runs, with one connection called `bench`. Prints its address. */
const url = process.env['DATABASE_URL'] ?? ''
const db = connect({ url, max: 10 })
await migrate(db)
const signal = makeSignal()
const runner = { db, newId: uuidv7, now: () => new Date(), signal }
const master = masterKeyFrom(randomBytes(32))
const settings = { url: 'http://demo.invalid/' }
const now = runner.now()
const id = uuidv7()
await db.deleteFrom('secret').execute()
await db.deleteFrom('connection').execute()
await db
  .insertInto('connection')
  .values({
    id,
    key: 'bench',
    kind: 'demo-desk',
    party: 'desk',
    title: 'bench',
    state: 'active',
    settings: JSON.stringify(settings),
    poll_every_s: 60,
    sweep_every_s: 900,
    created_at: now,
    updated_at: now,
  })
  .execute()
const place = { connectionId: id, field: 'webhookSecret', origin: new URL(settings.url).origin }
await db.transaction().execute((tx) => saveSecret(tx, master, place, 'bench', now))
const folder = mkdtempSync(join(tmpdir(), 'causeway-bench-'))
const server = await buildServer(
  {
    runner,
    signal,
    engine: 'postgres',
    intakeDb: connect({ url, max: 2 }),
    master,
    disk: await watchDisk({ folder, minFreeBytes: 0 }),
    blobs: await blobsIn(folder),
    kinds: connectorKinds(),
    checkConnection: async () => null,
    joinConnections: async () => ({
      ok: true,
      value: { pairs: [], unclear: [], read: { desk: 0, tracker: 0 }, joined: null },
    }),
    config: {
      dataDir: folder,
      publicUrl: null,
      allowHosts: [],
      hookMaxBytes: 1024 * 1024,
      uploadMaxBytes: 1024 * 1024,
      roles: ['web'],
    },
    version: 'bench',
  },
  pino({ level: 'silent' }),
)
process.stdout.write(`${await server.app.listen({ port: 0, host: '127.0.0.1' })}\n`)
