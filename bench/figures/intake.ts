import { openHub } from '../causeway.ts'
import { atLeastTimes, type Figure, info, median } from '../figure.ts'
import { startGroupCommit } from '../floors/start-floor.ts'
import { type Bench, calm, type Measurement, scaled, usage } from '../measuring.ts'
import { startTools } from '../tools/tools.ts'

const ROUNDS = 5
const ITEMS = 200

/** Webhooks kept a second, by our web role alone, in turns with the least an intake can be on the same server. */
const measure = async (bench: Bench): Promise<readonly Figure[]> => {
  const tools = await startTools(ITEMS)
  const hub = await openHub(bench.engine, tools, ITEMS)
  const web = await hub.start('web')
  const floor =
    bench.engine.name === 'postgres' ? await startGroupCommit(await bench.engine.freshDatabase()) : null
  const plan = { events: scaled(bench, 6_000), items: ITEMS, concurrency: 32, rate: null }
  const rounds: { ours: number; floor: number; cpuMs: number }[] = []
  for (let round = 0; round <= ROUNDS; round += 1) {
    await calm(5)
    const ours = await usage({ ours: [web.pid], database: null, others: [tools.pid] }, () =>
      tools.load({ ...plan, url: web.hookUrl }, { awaitArrivals: false }),
    )
    const bare =
      floor === null ? null : await tools.load({ ...plan, url: floor.url }, { awaitArrivals: false })
    if (ours.result.refused > 0) throw new Error(`${ours.result.refused} deliveries were refused`)
    // the first round warms both up
    if (round > 0)
      rounds.push({
        ours: ours.result.ackedPerSecond,
        floor: bare?.ackedPerSecond ?? 0,
        cpuMs: (ours.ours * 1000) / plan.events,
      })
    bench.say(
      `intake round ${round}: ours ${Math.round(ours.result.ackedPerSecond)}/s, floor ${Math.round(bare?.ackedPerSecond ?? 0)}/s, others ${Math.round(ours.foreignShare * 100)} %`,
    )
  }
  await floor?.stop()
  await web.stop()
  await hub.close()
  tools.close()
  const ratio = median(rounds.map((one) => one.ours / one.floor))
  const kept = median(rounds.map((one) => one.ours))
  return [
    floor === null
      ? info('durable intake', kept, '/s')
      : atLeastTimes('durable intake', kept, '/s', 'a bare group commit', kept / ratio, 0.7),
    info('CPU of ours for a delivery kept', median(rounds.map((one) => one.cpuMs)), 'ms'),
  ]
}

export const intake: Measurement = {
  name: 'intake',
  title: 'webhooks kept a second, beside a bare group commit',
  postgresOnly: false,
  measure,
}
