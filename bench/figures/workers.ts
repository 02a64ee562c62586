import { sql } from 'kysely'
import { type Hub, openHub } from '../causeway.ts'
import { atLeastTimes, type Figure } from '../figure.ts'
import { type Bench, calm, type Measurement, scaled, until } from '../measuring.ts'
import { startTools, type Tools } from '../tools/tools.ts'

const ITEMS = 2_000
/** What a tool in the next building takes. */
const REAL_TOOL_MS = 50

/** Edits of items a second that waiting worker processes carry, all rung before they start. */
const rateOf = async (
  hub: Hub,
  tools: Tools,
  workers: number,
  items: number,
  seq: number,
): Promise<number> => {
  const all = Array.from({ length: items }, (_, item) => item)
  await tools.edit(all, seq)
  await tools.forget()
  await calm(5)
  const running = await Promise.all(Array.from({ length: workers }, () => hub.start('worker')))
  // they are up and idle; then all is dirty in one statement
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  const startedAt = performance.now()
  await hub.withDatabase((db) =>
    sql`update mirror set dirty_seq = dirty_seq + 1, dirty_lane = 1, dirty_at = now(), dirty_why = 'bench' from connection c
        where c.id = mirror.connection_id and c.key = 'source' and mirror.remote_id::int < ${items}`.execute(
      db,
    ),
  )
  await until(async () => (await tools.counts()).arrived >= items, 240, 20)
  const seconds = (performance.now() - startedAt) / 1000
  await Promise.all(running.map((one) => one.stop()))
  return items / seconds
}

const measure = async (bench: Bench): Promise<readonly Figure[]> => {
  const tools = await startTools(ITEMS)
  const hub = await openHub(bench.engine, tools, ITEMS)
  const figures: Figure[] = []
  let seq = 0
  for (const latencyMs of [REAL_TOOL_MS, 0]) {
    await tools.latency(latencyMs)
    const items = scaled(bench, latencyMs === 0 ? ITEMS : ITEMS / 2)
    const rates: number[] = []
    for (const workers of [1, 2]) {
      seq += 1
      rates.push(await rateOf(hub, tools, workers, items, seq))
    }
    const [one = 0, two = 0] = rates
    figures.push(
      atLeastTimes(`two workers, a tool that takes ${latencyMs} ms`, two, '/s', 'one worker', one, 1.6),
    )
    bench.say(`workers, ${latencyMs} ms: one ${Math.round(one)}/s, two ${Math.round(two)}/s`)
  }
  await hub.close()
  tools.close()
  return figures
}

export const workers: Measurement = {
  name: 'workers',
  title: 'two worker processes beside one',
  postgresOnly: true,
  measure,
}
