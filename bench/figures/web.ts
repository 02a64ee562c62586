import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { readConfig } from '../../src/config.ts'
import { openLog } from '../../src/start/log.ts'
import { type Running, start } from '../../src/start/start.ts'
import { connect } from '../../src/store/database.ts'
import { migrate } from '../../src/store/migrate.ts'
import { BIG_HUB, fillBigHub } from '../big-hub.ts'
import { atMost, type Figure, info } from '../figure.ts'
import { type Bench, calm, type Measurement } from '../measuring.ts'
import { openPeople, type Probe, probesOf } from './web-probes.ts'

const ASKS = 60
const WARM_UP = 5

/**
 * What a screen of the web app waits for, on a hub as big as a large organisation's: each list, record and search is
 * asked one after the other over HTTP, of the same program that people start (it runs in this process, so that its
 * statements can be counted). Beside it the same way with nothing behind it but `select 1`.
 */
const measure = async (bench: Bench): Promise<readonly Figure[]> => {
  if (bench.engine.name !== 'postgres') return []
  // a hub that was filled before, and its folder, save minutes while one works on a query
  const kept = process.env['BENCH_WEB_FOLDER'] ?? null
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'causeway-bench-web-'))
  const url = process.env['BENCH_WEB_DATABASE'] ?? (await filled(bench, await bench.engine.freshDatabase()))
  const statements = countStatements()
  const program = await startWeb(url, folder)
  try {
    const local = JSON.parse(readFileSync(join(folder, 'local.json'), 'utf8')) as { token: string }
    const people = await openPeople(program.url ?? '', local.token)
    await calm()
    const floor = await ask(
      { name: 'nothing but select 1', limit: null, token: local.token, paths: ['/readyz'] },
      program.url ?? '',
      statements,
    )
    const figures: Figure[] = [info('p95 of the way with nothing but select 1 behind it', floor.p95, 'ms')]
    for (const probe of await probesOf(people, bench.quick ? 10 : 1)) {
      const found = await ask(probe, program.url ?? '', statements)
      const name = `p95 of ${probe.name} (${found.statements} statements)`
      const figure =
        probe.limit === null ? info(name, found.p95, 'ms') : atMost(name, found.p95, 'ms', probe.limit)
      figures.push({ ...figure, against: `${figure.against ?? ''}; floor ${floor.p95.toFixed(1)} ms` })
      bench.say(`  ${found.p95.toFixed(1).padStart(7)} ms  median ${found.median.toFixed(1)}  ${name}`)
    }
    return figures
  } finally {
    await program.stop()
    statements.stop()
    if (kept === null) rmSync(folder, { recursive: true, force: true })
  }
}

const filled = async (bench: Bench, url: string): Promise<string> => {
  const db = connect({ url, max: 2 })
  const part = bench.quick ? 10 : 1
  const sizes = {
    tickets: BIG_HUB.tickets / part,
    workItems: BIG_HUB.workItems / part,
    comments: BIG_HUB.comments / part,
  }
  bench.say(`web: filling a hub with ${sizes.tickets} tickets (some minutes) …`)
  await migrate(db)
  await fillBigHub(db, sizes)
  await db.destroy()
  return url
}

const startWeb = async (url: string, folder: string): Promise<Running> => {
  const config = readConfig({
    DATABASE_URL: url,
    CAUSEWAY_DATA: folder,
    CAUSEWAY_PORT: '0',
    CAUSEWAY_ROLES: 'web',
    CAUSEWAY_LOG: 'error',
  })
  if (!config.ok) throw new Error(config.error.join(' '))
  const started = await start(config.value, openLog('error'))
  if (!started.ok) throw new Error(started.error)
  return started.value
}

interface Statements {
  readonly count: () => number
  stop(): void
}

/** Statements of this process, without those that only begin or end a transaction. */
const countStatements = (): Statements => {
  let count = 0
  const { prototype } = pg.Client
  const { query } = prototype
  const counted = function (this: pg.Client, ...args: readonly unknown[]): unknown {
    const [asked] = args
    const text = typeof asked === 'string' ? asked : String(Reflect.get(Object(asked), 'text') ?? '')
    if (!/^\s*(begin|start|commit|rollback|set|savepoint|release)\b/i.test(text)) count += 1
    return Reflect.apply(query, this, args)
  }
  Reflect.set(prototype, 'query', counted)
  return { count: () => count, stop: () => void Reflect.set(prototype, 'query', query) }
}

const ask = async (
  probe: Probe,
  url: string,
  statements: Statements,
): Promise<{ readonly p95: number; readonly median: number; readonly statements: number }> => {
  const times: number[] = []
  let before = 0
  for (let at = -WARM_UP; at < ASKS; at += 1) {
    if (at === 0) before = statements.count()
    const path = probe.paths[(at + WARM_UP) % probe.paths.length] ?? ''
    const begun = performance.now()
    const answer = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${probe.token}` } })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text.slice(0, 300)}`)
    if (at >= 0) times.push(performance.now() - begun)
  }
  times.sort((a, b) => a - b)
  const at = (share: number): number =>
    times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  return {
    p95: at(0.95),
    median: at(0.5),
    statements: Math.round((10 * (statements.count() - before)) / ASKS) / 10,
  }
}

export const web: Measurement = {
  name: 'web',
  title: 'how long each list, record and search takes with 100,000 tickets and 1,000,000 comments',
  postgresOnly: true,
  measure,
}
