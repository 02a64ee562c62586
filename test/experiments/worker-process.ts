import { parseArgs } from 'node:util'
import { makeSignal } from '../../src/commands/work-signal.ts'
import { systemClock } from '../../src/lib/clock.ts'
import { uuidv7 } from '../../src/lib/ids.ts'
import { blobsIn } from '../../src/store/blobs.ts'
import { connect } from '../../src/store/database.ts'
import { startEmbedded } from '../../src/store/embedded.ts'
import { lockFolder } from '../../src/store/lock.ts'
import { migrate } from '../../src/store/migrate.ts'
import { releaseLeases } from '../../src/store/mirrors.ts'
import { masterKeyFrom } from '../../src/store/secrets.ts'
import { startWorker } from '../../src/worker/start-worker.ts'

/** A real worker in a process of its own, to be killed: on a folder (`--folder`) or on a PostgreSQL (`--database`). */
const { values } = parseArgs({
  options: {
    folder: { type: 'string', default: '' },
    database: { type: 'string' },
    allow: { type: 'string', default: '' },
  },
})

if (values.database === undefined) {
  const lock = lockFolder(values.folder)
  if (!lock.ok) {
    console.error(`held by ${lock.error.pid}`)
    process.exit(3)
  }
}
const engine =
  values.database === undefined ? await startEmbedded({ dataDir: `${values.folder}/data` }) : null
const db = connect({ url: engine?.url ?? values.database ?? '', max: 8 })
if (engine !== null) {
  await migrate(db)
  await releaseLeases(db)
}
startWorker(
  {
    runner: { db, newId: uuidv7, now: () => new Date(), signal: makeSignal() },
    clock: systemClock,
    blobs: await blobsIn(`${values.folder}/blobs`),
    masterKey: masterKeyFrom(new Uint8Array(32).fill(7)),
    publicUrl: 'https://causeway.example',
    maxFileBytes: 16 * 1024 * 1024,
    allowPrivate: values.allow.split(','),
    leaseClock: 'database',
    log: () => {},
    crashPoint: () => {},
  },
  { slots: 8, idleMs: 200 },
)
process.stdout.write('ready\n')
