import { sql } from 'kysely'
import { openHttp } from '../../src/connectors/http.ts'
import { rest } from '../../src/connectors/rest/index.ts'
import type { Database } from '../../src/store/database.ts'
import { listedHash } from '../../src/sync/listed.ts'
import { type Hub, openHub } from '../causeway.ts'
import { atMost, type Figure, info } from '../figure.ts'
import { type Bench, calm, type Measurement, until, usage } from '../measuring.ts'
import { memoryMb } from '../process-usage.ts'
import { SOURCE_ID } from '../seed.ts'
import { startTools, type Tools } from '../tools/tools.ts'

const PAIRS = 100_000
const PAGE = 100
/** Changed there without a word: what a sweep is for. */
const MISSED = 100

/** What each item looks like in a listing, as the sweep before would have left it. */
const seedListed = async (db: Database, tools: Tools): Promise<void> => {
  const row = await db
    .selectFrom('connection')
    .selectAll()
    .where('id', '=', SOURCE_ID)
    .executeTakeFirstOrThrow()
  const settings = { ...row.settings, secret: 'bench-token' } as never
  const http = openHttp({
    baseUrl: rest.baseUrl(settings),
    headers: () => rest.headers(settings),
    now: () => new Date(),
    allowPrivate: [`127.0.0.1:${tools.port}`],
  })
  const session = rest.connect(settings, http, () => new Date())
  let cursor: string | null = null
  for (let more = true; more; ) {
    const page: Awaited<ReturnType<typeof session.pull>> = await session.pull(cursor, 'all')
    await sql`
      update mirror m set listed_hash = r.hash from unnest(${page.snapshots.map((one) => one.ref.id)}::text[], ${page.snapshots.map(listedHash)}::text[]) as r(id, hash)
      where m.connection_id = ${SOURCE_ID} and m.remote_id = r.id`.execute(db)
    cursor = page.cursor
    more = page.more
  }
  await http.close()
}

const measure = async (bench: Bench): Promise<readonly Figure[]> => {
  const pairs = bench.quick ? PAIRS / 10 : PAIRS
  const tools = await startTools(pairs)
  const hub = await openHub(bench.engine, tools, pairs)
  await hub.withDatabase((db) => seedListed(db, tools))
  await tools.edit(
    Array.from({ length: MISSED }, (_, at) => at * Math.floor(pairs / MISSED)),
    7,
  )
  await hub.withDatabase(sweepNow)
  await tools.forget()
  await calm()
  const worker = await hub.start('worker')
  const watch = async (arrivals: number): Promise<readonly number[]> => {
    const memory: number[] = []
    await until(
      async () => {
        const { source, arrived } = await tools.counts()
        const share = (source.list * PAGE) / pairs
        if (memory.length < 4 && share >= (memory.length + 1) / 4) memory.push(memoryMb(worker.pid))
        return share >= 1 && arrived >= arrivals
      },
      900,
      100,
    )
    return memory
  }
  const startedAt = performance.now()
  const run = await usage(
    {
      ours: [worker.pid],
      database: bench.engine.name === 'postgres' ? bench.engine.pid : null,
      others: [tools.pid],
    },
    () => watch(MISSED),
  )
  const seconds = (performance.now() - startedAt) / 1000
  const first = run.result
  // a young process takes memory because it may; what one that has grown up still adds would be lost for good
  const later: (readonly number[])[] = []
  if (bench.engine.name === 'postgres')
    for (let round = 0; round < 2; round += 1) later.push(await again(hub, tools, () => watch(0)))
  await worker.stop()
  await hub.close()
  tools.close()
  const text = (memory: readonly number[]): string => memory.map((mb) => mb.toFixed(0)).join(' / ')
  bench.say(
    `sweep: ${seconds.toFixed(1)} s; MB at 25/50/75/100 %: ${[first, ...later].map(text).join(', then ')}; others took ${Math.round(run.foreignShare * 100)} %`,
  )
  return [
    atMost(
      `sweep of ${pairs} pairs, ${MISSED} missed changes carried over`,
      seconds,
      's',
      bench.quick ? 30 : 300,
    ),
    info('… CPU of ours a pair', (run.ours * 1000) / pairs, 'ms'),
    ...first.map((mb, at) => info(`… memory at ${(at + 1) * 25} %`, mb, 'MB')),
    ...growth(later),
  ]
}

/** What the third sweep adds to the second: the first ones fill the heap as far as it is allowed to grow. */
const growth = ([second, third]: readonly (readonly number[])[]): readonly Figure[] =>
  second === undefined || third === undefined
    ? []
    : [atMost('… memory that a third sweep adds', Math.max(...third) - Math.max(...second), 'MB', 25)]

const again = async <T>(hub: Hub, tools: Tools, watch: () => Promise<T>): Promise<T> => {
  await until(() => hub.withDatabase(hasSwept), 60, 500)
  await tools.forget()
  await hub.withDatabase(sweepNow)
  return watch()
}

const hasSwept = async (db: Database): Promise<boolean> => {
  const row = await db
    .selectFrom('connection')
    .select(['sweep_cursor', 'swept_at'])
    .where('id', '=', SOURCE_ID)
    .executeTakeFirstOrThrow()
  return row.sweep_cursor === null && row.swept_at !== null
}

const sweepNow = (db: Database): Promise<unknown> =>
  sql`update connection set next_sweep_at = now() where id = ${SOURCE_ID}`.execute(db)

export const sweep: Measurement = {
  name: 'sweep',
  title: '100,000 pairs compared by listing',
  postgresOnly: false,
  measure,
}
