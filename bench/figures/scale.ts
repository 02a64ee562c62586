import { openHub } from '../causeway.ts'
import { atMostTimes, type Figure, info } from '../figure.ts'
import { type Bench, calm, type Measurement, scaled, usage } from '../measuring.ts'
import { startTools } from '../tools/tools.ts'

const FEW = 500

/** What it costs (CPU of ours and of the database) to carry one edit of each item, and of ten times the items. */
const measure = async (bench: Bench): Promise<readonly Figure[]> => {
  const few = scaled(bench, FEW)
  const cost = async (items: number): Promise<{ ours: number; all: number }> => {
    const tools = await startTools(items)
    const hub = await openHub(bench.engine, tools, items)
    const ours = await hub.start('web,worker')
    // the program and its prepared statements are warm in both
    await tools.load({ url: ours.hookUrl, items: few, events: few, concurrency: 32, rate: null })
    await calm()
    const run = await usage(
      {
        ours: [ours.pid],
        database: bench.engine.name === 'postgres' ? bench.engine.pid : null,
        others: [tools.pid],
      },
      () => tools.load({ url: ours.hookUrl, items, events: items, concurrency: 32, rate: null }),
    )
    if (run.result.lost + run.result.stale > 0)
      throw new Error(`${run.result.lost} lost, ${run.result.stale} stale`)
    await ours.stop()
    await hub.close()
    tools.close()
    bench.say(
      `scale ${items}: ${run.ours.toFixed(2)} s ours, ${run.database.toFixed(2)} s database, others ${Math.round(run.foreignShare * 100)} %`,
    )
    return { ours: run.ours, all: run.ours + run.database }
  }
  const small = await cost(few)
  const large = await cost(few * 10)
  return [
    atMostTimes(
      `CPU for one edit of each of ${few * 10} items`,
      large.all,
      's',
      `for ${few} items`,
      small.all,
      11,
    ),
    info('… of ours alone', large.ours / small.ours, '×'),
  ]
}

export const scale: Measurement = {
  name: 'scale',
  title: 'cost at ten times the items',
  postgresOnly: false,
  measure,
}
