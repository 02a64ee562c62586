import { sql } from 'kysely'
import { openHttp } from '../../src/connectors/http.ts'
import { rest } from '../../src/connectors/rest/index.ts'
import type { Database } from '../../src/store/database.ts'
import { listedHash } from '../../src/sync/listed.ts'
import { openHub } from '../causeway.ts'
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
  await hub.withDatabase((db) =>
    sql`update connection set next_sweep_at = now() where id = ${SOURCE_ID}`.execute(db),
  )
  await tools.forget()
  await calm()
  const worker = await hub.start('worker')
  const startedAt = performance.now()
  const memory: string[] = []
  const pages = pairs / PAGE
  const run = await usage(
    {
      ours: [worker.pid],
      database: bench.engine.name === 'postgres' ? bench.engine.pid : null,
      others: [tools.pid],
    },
    async () => {
      await until(
        async () => {
          const { source, arrived } = await tools.counts()
          const share = source.list / pages
          if (memory.length < 4 && share >= (memory.length + 1) / 4)
            memory.push(`${Math.round(memoryMb(worker.pid))}`)
          return source.list >= pages && arrived >= MISSED
        },
        900,
        100,
      )
    },
  )
  const seconds = (performance.now() - startedAt) / 1000
  await worker.stop()
  await hub.close()
  tools.close()
  bench.say(
    `sweep: ${seconds.toFixed(1)} s; MB at 25/50/75/100 %: ${memory.join(' / ')}; others took ${Math.round(run.foreignShare * 100)} %`,
  )
  const first = Number(memory[0])
  return [
    atMost(
      `sweep of ${pairs} pairs, ${MISSED} missed changes carried over`,
      seconds,
      's',
      bench.quick ? 30 : 300,
    ),
    atMost('… growth of memory from 25 % to the end', Number(memory.at(-1)) - first, 'MB', 50),
    ...memory.map((mb, at) => info(`… memory at ${(at + 1) * 25} %`, Number(mb), 'MB')),
    info('… CPU of ours a pair', (run.ours * 1000) / pairs, 'ms'),
  ]
}

export const sweep: Measurement = {
  name: 'sweep',
  title: '100,000 pairs compared by listing',
  postgresOnly: false,
  measure,
}
