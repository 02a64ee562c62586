import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Session } from '../../src/sync/connector.ts'
import type { NamedSubject } from '../../test/conformance/subjects/all.ts'
import { atMost, type Figure, info } from '../figure.ts'
import type { Bench } from '../measuring.ts'
import { realTools } from './connector-calls.ts'

/**
 * The first look at everything in a tool, page by page, as a sweep does it: items a second (the tool we pretend runs in the
 * same process, so this is what its answers and our reading of them cost together), and what is still held when half and
 * when all of them have gone by. Memory that grows with the number of items read would end a worker at some size.
 */
const ITEMS = 50_000
const QUICK_ITEMS = 2_000
const MAX_GROWTH_MB = 32

setFlagsFromString('--expose_gc')
const collect = runInNewContext('gc') as () => void

const heldMb = (): number => {
  collect()
  return process.memoryUsage().heapUsed / 1e6
}

const readAll = async (session: Session, wanted: number) => {
  let cursor: string | null = null
  let items = 0
  let half: number | null = null
  const start = performance.now()
  let paused = 0
  for (let more = true; more; ) {
    const page = await session.pull(cursor, 'all')
    items += page.snapshots.filter(({ kind }) => kind === 'item').length
    cursor = page.cursor
    more = page.more
    if (half === null && items >= wanted / 2) {
      const at = performance.now()
      half = heldMb()
      paused += performance.now() - at
    }
  }
  return { items, half: half ?? heldMb(), seconds: (performance.now() - start - paused) / 1000 }
}

/** Near what a vendor lists at most: 300 pages of a hundred, where it cannot list by the time of change. */
const MOST: Readonly<Record<string, number>> = { freshservice: 29_000 }

export const firstLoad = async (
  bench: Bench,
  tools: readonly NamedSubject[] = realTools,
): Promise<readonly Figure[]> => {
  const figures: Figure[] = []
  for (const { name, make } of tools) {
    const wanted = Math.min(bench.quick ? QUICK_ITEMS : ITEMS, MOST[name] ?? ITEMS)
    const subject = await make()
    try {
      for (let at = 0; at < wanted; at += 1) await subject.makeItemAsHuman(`Item ${at}`)
      // what is still new to a search index, or within the minute that an export leaves out
      await subject.later(subject.indexLagMs + 300_000)
      const { items, half, seconds } = await readAll(subject.connect(), wanted)
      if (items < wanted) throw new Error(`${name}: ${items} of ${wanted} items were read`)
      const growth = Math.max(0, heldMb() - half)
      figures.push(
        info(`${name}: first look at ${wanted} items`, items / seconds, 'items/s'),
        atMost(`${name}: held more after the second half`, growth, 'MB', MAX_GROWTH_MB),
      )
      bench.say(`${name}: ${items} items in ${seconds.toFixed(1)} s, ${growth.toFixed(1)} MB more held`)
    } finally {
      await subject.close()
    }
  }
  return figures
}
