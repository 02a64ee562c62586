import { openHub } from '../causeway.ts'
import { atMost, type Figure, info } from '../figure.ts'
import { type Bench, type Measurement, scaled, until } from '../measuring.ts'
import { startTools } from '../tools/tools.ts'

const ITEMS = 200
const EDITS = 100

/** 100 edits on each of 200 items, all of them rung before the worker looks: as after a bulk edit or an outage. */
const measure = async (bench: Bench): Promise<readonly Figure[]> => {
  const tools = await startTools(ITEMS)
  const hub = await openHub(bench.engine, tools, ITEMS)
  const events = ITEMS * scaled(bench, EDITS)
  const web = await hub.start('web')
  const outcome = await tools.load(
    { url: web.hookUrl, items: ITEMS, events, concurrency: 32, rate: null },
    { awaitArrivals: false },
  )
  await web.stop()
  const worker = await hub.start('worker')
  const startedAt = performance.now()
  await until(async () => (await tools.counts()).arrived >= ITEMS, 120, 20)
  const seconds = (performance.now() - startedAt) / 1000
  // a call too many would come now
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  const { source, target } = await tools.counts()
  await worker.stop()
  await hub.close()
  tools.close()
  return [
    atMost(
      `tool calls an item after ${scaled(bench, EDITS)} edits of each of ${ITEMS} items`,
      (source.get + target.get + target.write) / ITEMS,
      'calls',
      3,
    ),
    info('… seconds from the first look to the last write', seconds, 's'),
    info('… edits rung', outcome.events, 'events'),
  ]
}

export const burst: Measurement = {
  name: 'burst',
  title: 'tool calls when many edits hit the same items at once',
  postgresOnly: false,
  measure,
}
