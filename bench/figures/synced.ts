import { type Hub, openHub, type Running } from '../causeway.ts'
import { atMost, type Figure, info } from '../figure.ts'
import { type Bench, calm, type Measurement, scaled, until, usage } from '../measuring.ts'
import { watchMemory } from '../process-usage.ts'
import { dirtyCount } from '../seed.ts'
import type { Outcome } from '../tools/analyse.ts'
import { startTools, type Tools } from '../tools/tools.ts'

/** The job of the peers: 200 items, 32 requests at a time. */
const JOB_ITEMS = 200
const MANY_ITEMS = 2_000
const HALF_LOAD_SECONDS = 20

interface Parts {
  readonly bench: Bench
  readonly tools: Tools
  readonly hub: Hub
  readonly ours: Running
}

const pidsOf = ({ bench, tools, ours }: Parts) => ({
  ours: [ours.pid],
  database: bench.engine.name === 'postgres' ? bench.engine.pid : null,
  others: [tools.pid],
})

const mustBeWhole = (what: string, outcome: Outcome): void => {
  const { lost, stale, outOfOrder, refused, doubled } = outcome
  if (lost + stale + outOfOrder + refused > 0)
    throw new Error(`${what}: ${JSON.stringify({ lost, stale, outOfOrder, refused, doubled })}`)
}

/** Events at full speed on few items: states of one item that follow fast are carried over together. */
const job = async (parts: Parts): Promise<readonly Figure[]> => {
  const { tools, ours, bench } = parts
  const plan = { url: ours.hookUrl, items: JOB_ITEMS, concurrency: 32, rate: null }
  await tools.load({ ...plan, events: 1_000 })
  await calm()
  const run = await usage(pidsOf(parts), () => tools.load({ ...plan, events: scaled(bench, 10_000) }))
  const { source, target } = await tools.counts()
  const outcome = run.result
  mustBeWhole('the job', outcome)
  bench.say(
    `job: ${JSON.stringify(outcome)}; others took ${Math.round(run.foreignShare * 100)} % of the machine`,
  )
  return [
    info('synced events', outcome.syncedPerSecond, '/s'),
    info('… acknowledged', outcome.ackedPerSecond, '/s'),
    info('… covered by a newer state (share of the events)', (100 * outcome.coalesced) / outcome.events, '%'),
    info(
      '… lost, stale, out of order, doubled',
      outcome.lost + outcome.stale + outcome.outOfOrder + outcome.doubled,
      'events',
    ),
    info('… tool calls an event', (source.get + target.get + target.write) / outcome.events, 'calls'),
    atMost('CPU of ours a synced event', (run.ours * 1000) / outcome.events, 'ms', 0.8),
    info('… and of the database', (run.database * 1000) / outcome.events, 'ms'),
  ]
}

/** Each event on an item of its own: nothing can be carried over together. */
const eachAlone = async (
  parts: Parts,
): Promise<{ readonly figures: readonly Figure[]; readonly perSecond: number }> => {
  const { tools, ours, bench } = parts
  const events = scaled(bench, MANY_ITEMS)
  await calm()
  const run = await usage(pidsOf(parts), () =>
    tools.load({ url: ours.hookUrl, items: events, events, concurrency: 32, rate: null }),
  )
  const { source, target } = await tools.counts()
  mustBeWhole('each alone', run.result)
  bench.say(
    `each alone: ${JSON.stringify(run.result)}; others took ${Math.round(run.foreignShare * 100)} % of the machine`,
  )
  return {
    perSecond: run.result.syncedPerSecond,
    figures: [
      info('synced events, each on an item of its own', run.result.syncedPerSecond, '/s'),
      info('… reconciles', 2 * run.result.writesPerSecond, '/s'),
      info('… tool calls an event', (source.get + target.get + target.write) / events, 'calls'),
      info('… CPU of ours an event', (run.ours * 1000) / events, 'ms'),
      info('… and of the database', (run.database * 1000) / events, 'ms'),
    ],
  }
}

const halfLoad = async (parts: Parts, perSecond: number): Promise<readonly Figure[]> => {
  const { tools, ours, bench } = parts
  const rate = Math.max(5, Math.floor(perSecond / 2))
  await calm()
  const run = await usage(pidsOf(parts), () =>
    tools.load({
      url: ours.hookUrl,
      items: scaled(bench, MANY_ITEMS),
      events: rate * scaled(bench, HALF_LOAD_SECONDS),
      concurrency: 64,
      rate,
    }),
  )
  mustBeWhole('half load', run.result)
  bench.say(
    `half load: ${JSON.stringify(run.result)}; others took ${Math.round(run.foreignShare * 100)} % of the machine`,
  )
  return [
    info('half load: webhooks a second, evenly', rate, '/s'),
    info('… p50 from webhook to the other tool', run.result.syncedMs.p50, 'ms'),
    atMost('p99 from webhook to the other tool at half load', run.result.syncedMs.p99, 'ms', 100),
    info('… p99 until the webhook is acknowledged', run.result.ackMs.p99, 'ms'),
  ]
}

const measure = async (bench: Bench): Promise<readonly Figure[]> => {
  const tools = await startTools(MANY_ITEMS)
  const hub = await openHub(bench.engine, tools, MANY_ITEMS)
  const ours = await hub.start('web,worker')
  const parts: Parts = { bench, tools, hub, ours }
  const database = bench.engine.name === 'postgres' ? bench.engine.pid : null
  const own = watchMemory(ours.pid)
  const both = database === null ? null : watchMemory(ours.pid, database)
  const jobFigures = await job(parts)
  const alone = await eachAlone(parts)
  const half = await halfLoad(parts, alone.perSecond)
  const ownMb = own.stop()
  const memory =
    both === null
      ? [info('memory, the embedded engine in it', ownMb, 'MB')]
      : [
          atMost('memory with the database server', both.stop(), 'MB', 300),
          info('… of ours alone', ownMb, 'MB'),
        ]
  if (bench.engine.name === 'postgres')
    await until(() => hub.withDatabase(async (db) => (await dirtyCount(db)) === 0), 30)
  await ours.stop()
  await hub.close()
  tools.close()
  return [...jobFigures, ...alone.figures, ...half, ...memory]
}

export const synced: Measurement = {
  name: 'synced',
  title: 'events from a webhook to the other tool: rate, latency, CPU, memory',
  postgresOnly: false,
  measure,
}
