import { parseArgs } from 'node:util'
import type { Engine } from './causeway.ts'
import { asLine, type Figure } from './figure.ts'
import { burst } from './figures/burst.ts'
import { connectors } from './figures/connectors.ts'
import { intake } from './figures/intake.ts'
import { release } from './figures/release.ts'
import { scale } from './figures/scale.ts'
import { sweep } from './figures/sweep.ts'
import { synced } from './figures/synced.ts'
import { web } from './figures/web.ts'
import { workers } from './figures/workers.ts'
import type { Measurement } from './measuring.ts'
import { comparePeers } from './peers/compare.ts'
import { machineText, openPostgres } from './postgres.ts'

/**
 * `npm run bench [-- --only intake,synced] [--engine postgres|embedded] [--quick] [--json] [--peers]`: each figure
 * beside a limit, or beside something measured in the same run. RESULTS.md holds the last ones.
 */
const MEASUREMENTS: readonly Measurement[] = [
  intake,
  synced,
  burst,
  workers,
  scale,
  sweep,
  web,
  connectors,
  release,
]

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    peers: { type: 'boolean', default: false },
    only: { type: 'string' },
    engine: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})
const say = (line: string): void => void process.stderr.write(`${line}\n`)
const print = (line: string): void => void process.stdout.write(`${line}\n`)

if (options.help) {
  print('npm run bench [-- --only a,b] [--engine postgres|embedded] [--quick] [--json] [--peers]')
  for (const one of MEASUREMENTS) print(`  ${one.name.padEnd(10)} ${one.title}`)
  process.exit(0)
}

const wanted = options.only?.split(',') ?? null
const chosen = MEASUREMENTS.filter((one) => wanted === null || wanted.includes(one.name))
const postgres = options.engine === 'embedded' ? null : await openPostgres()
if (postgres === null && options.engine !== 'embedded')
  say(
    'No PostgreSQL: set DATABASE_URL, or PGBIN to the folder of its programs. Only the embedded engine is measured.',
  )
// a private server must not outlive us
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void (postgres?.stop() ?? Promise.resolve()).finally(() => process.exit(1)))
const engines: readonly Engine[] = [
  ...(postgres === null
    ? []
    : [{ name: 'postgres' as const, freshDatabase: postgres.freshDatabase, pid: postgres.pid }]),
  ...(options.engine === 'postgres' ? [] : [{ name: 'embedded' as const }]),
]

const figures: Figure[] = []
const note = (prefix: string, made: readonly Figure[]): void => {
  for (const figure of made) {
    const named = { ...figure, name: `${prefix}: ${figure.name}` }
    figures.push(named)
    if (!options.json) print(asLine(named))
  }
}

if (!options.json) print(`${machineText()}; ${new Date().toISOString()}; Node ${process.version}`)
let failed = false
for (const engine of engines)
  for (const measurement of chosen) {
    if (measurement.postgresOnly && engine.name !== 'postgres') continue
    try {
      note(engine.name, await measurement.measure({ engine, quick: options.quick, say }))
    } catch (error) {
      failed = true
      say(
        `${engine.name} ${measurement.name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      )
    }
  }
if (options.peers && postgres !== null)
  note('peers', await comparePeers(postgres, { quick: options.quick, say }))
if (options.json) print(JSON.stringify(figures, null, 2))
await postgres?.stop()
process.exit(failed ? 1 : 0)
