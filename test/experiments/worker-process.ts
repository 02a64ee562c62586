import { writeSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { makeSignal } from '../../src/commands/work-signal.ts'
import { systemClock } from '../../src/lib/clock.ts'
import { uuidv7 } from '../../src/lib/ids.ts'
import { blobsIn } from '../../src/store/blobs.ts'
import { connect } from '../../src/store/database.ts'
import { masterKeyFrom } from '../../src/store/secrets.ts'
import { startWorker } from '../../src/worker/start-worker.ts'

/**
 * A real worker in a process of its own, on a PostgreSQL: to be killed and stopped from outside, and by itself at a
 * named point (`--at after-call --after 7 --signal SIGKILL`), which no kill from outside hits. It says on stdout what
 * it is about to do.
 */
const { values } = parseArgs({
  options: {
    folder: { type: 'string', default: '' },
    database: { type: 'string', default: '' },
    allow: { type: 'string', default: '' },
    /** Seconds; a crashed worker's items wait so long. */
    lease: { type: 'string' },
    /** How far this machine's clock is ahead, ms. */
    ahead: { type: 'string', default: '0' },
    at: { type: 'string' },
    after: { type: 'string', default: '0' },
    signal: { type: 'string', default: 'SIGKILL' },
  },
})

const ahead = Number(values.ahead)
const now = (): Date => new Date(Date.now() + ahead)
let left = Number(values.after)
/** Written at once: a line that waits in this process would die with it. */
const say = (line: string): void => void writeSync(1, `${line}\n`)

const db = connect({ url: values.database, max: 8, prepare: true })
startWorker(
  {
    runner: { db, newId: uuidv7, now, signal: makeSignal() },
    clock: { ...systemClock, now },
    blobs: await blobsIn(`${values.folder}/blobs`),
    masterKey: masterKeyFrom(new Uint8Array(32).fill(7)),
    publicUrl: 'https://causeway.example',
    callbackUrl: null,
    maxFileBytes: 16 * 1024 * 1024,
    allowPrivate: values.allow.split(','),
    leaseClock: 'database',
    ...(values.lease === undefined ? {} : { leaseSeconds: Number(values.lease) }),
    log: () => {},
    crashPoint: (name) => {
      if (name !== values.at) return
      left -= 1
      if (left >= 0) return
      left = Number(values.after)
      say(`${values.signal} at ${name}`)
      process.kill(process.pid, values.signal)
    },
  },
  { slots: 8, idleMs: 200 },
)
say('ready')
