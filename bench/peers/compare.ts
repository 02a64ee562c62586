import { openHub } from '../causeway.ts'
import { atLeastTimes, type Figure, info, median } from '../figure.ts'
import { calm, usage } from '../measuring.ts'
import type { Postgres } from '../postgres.ts'
import type { Outcome } from '../tools/analyse.ts'
import { startTools, type Tools } from '../tools/tools.ts'
import { n8n } from './n8n.ts'
import { nodeRed } from './node-red.ts'
import type { Peer } from './peer.ts'

/** The same job through ours and each peer, in turns: 200 items, 32 requests at a time, a target that answers at once. */
const ITEMS = 200
const ROUNDS = 3
const OUR_EVENTS = 6_000

interface Side {
  readonly rates: number[]
  readonly outcomes: Outcome[]
  cpuMs: number[]
}

const round = async (side: Side, tools: Tools, url: string, pid: number, events: number): Promise<void> => {
  await calm(10)
  const run = await usage({ ours: [pid], database: null, others: [tools.pid] }, () =>
    tools.load({ url, items: ITEMS, events, concurrency: 32, rate: null }),
  )
  side.rates.push(run.result.syncedPerSecond)
  side.outcomes.push(run.result)
  side.cpuMs.push((run.ours * 1000) / events)
}

const sum = (side: Side, count: (outcome: Outcome) => number): number =>
  side.outcomes.reduce((total, one) => total + count(one), 0)

const against = async (
  peer: Peer,
  postgres: Postgres,
  quick: boolean,
  say: (line: string) => void,
): Promise<readonly Figure[]> => {
  // a target for each: what the other wrote would be an edit of somebody else's, to be weighed
  const [tools, theirTools] = [await startTools(ITEMS), await startTools(ITEMS)]
  const running = await peer.start(`http://127.0.0.1:${theirTools.port}/target`)
  if (typeof running === 'string') {
    say(`${peer.name} cannot be had: ${running}`)
    tools.close()
    theirTools.close()
    return []
  }
  const hub = await openHub({ name: 'postgres', ...postgres }, tools, ITEMS)
  const ours = await hub.start('web,worker')
  const [mine, theirs]: [Side, Side] = [
    { rates: [], outcomes: [], cpuMs: [] },
    { rates: [], outcomes: [], cpuMs: [] },
  ]
  const share = quick ? 4 : 1
  // both warm
  await theirTools.load({ url: running.hookUrl, items: ITEMS, events: 200, concurrency: 16, rate: null })
  await tools.load({ url: ours.hookUrl, items: ITEMS, events: 1_000, concurrency: 32, rate: null })
  for (let at = 0; at < ROUNDS; at += 1) {
    await round(theirs, theirTools, running.hookUrl, running.pid, Math.ceil(peer.events / share))
    await round(mine, tools, ours.hookUrl, ours.pid, Math.ceil(OUR_EVENTS / share))
    say(
      `${peer.name} ${Math.round(theirs.rates.at(-1) ?? 0)}/s, ours ${Math.round(mine.rates.at(-1) ?? 0)}/s`,
    )
  }
  await running.stop()
  await ours.stop()
  await hub.close()
  tools.close()
  theirTools.close()
  const ratio = median(mine.rates.map((rate, at) => rate / (theirs.rates[at] ?? rate)))
  const value = median(mine.rates)
  return [
    atLeastTimes(
      `synced events beside ${peer.name}`,
      value,
      '/s',
      peer.name,
      value / ratio,
      peer.name.startsWith('n8n') ? 40 : 1,
    ),
    info(`… CPU an event: ours ${median(mine.cpuMs).toFixed(2)} ms, theirs`, median(theirs.cpuMs), 'ms'),
    info(
      '… theirs lost, stale, out of order',
      sum(theirs, (one) => one.lost + one.stale + one.outOfOrder),
      'events',
    ),
    info(
      '… ours lost, stale, out of order',
      sum(mine, (one) => one.lost + one.stale + one.outOfOrder),
      'events',
    ),
  ]
}

export const comparePeers = async (
  postgres: Postgres,
  options: { readonly quick: boolean; readonly say: (line: string) => void },
): Promise<readonly Figure[]> => {
  const figures: Figure[] = []
  for (const peer of [
    nodeRed,
    n8n('SQLite', postgres.freshDatabase),
    n8n('PostgreSQL', postgres.freshDatabase),
  ])
    figures.push(...(await against(peer, postgres, options.quick, options.say)))
  return figures
}
