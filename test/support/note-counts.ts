import { appendFileSync } from 'node:fs'
import type { DemoTool } from '../../src/connectors/demo/fake.ts'

/**
 * What really occurred on a road, for the report: a test that passed because nothing happened shows zeros. Written only
 * where CAUSEWAY_ROAD_COUNTS names a file: one line a road, as it closes.
 */
export interface RoadCounts {
  /** Name of the test's file, without its ending. */
  readonly test: string
  readonly seed: number
  readonly roads: number
  readonly 'edits by people': number
  readonly calls: number
  readonly 'our writes': number
  readonly 'faults struck': number
  /** Of the worker: killed, or stopped and started. */
  readonly restarts: number
}

/** Of the test that called, by the stack of its call. */
export const callingTest = (): string => /([\w-]+)\.test\.ts/u.exec(new Error().stack ?? '')?.[1] ?? ''

export const noteCounts = (
  run: { readonly test: string; readonly seed: number },
  tools: readonly DemoTool[],
  restarts: number,
): void => {
  const file = process.env['CAUSEWAY_ROAD_COUNTS']
  if (file === undefined || file === '') return
  const sum = (of: (tool: DemoTool) => number): number => tools.reduce((all, tool) => all + of(tool), 0)
  const counts: RoadCounts = {
    ...run,
    roads: 1,
    'edits by people': sum((tool) => tool.ledger.filter((line) => line.via === 'hand').length),
    calls: sum((tool) => tool.calls.length),
    'our writes': sum((tool) => tool.ledger.filter((line) => line.via === 'api').length),
    'faults struck': sum((tool) => Object.values(tool.faults.struck).reduce((all, one) => all + one, 0)),
    restarts,
  }
  appendFileSync(file, `${JSON.stringify(counts)}\n`)
}

export interface Occurred {
  readonly seeds: readonly number[]
  readonly counts: Readonly<Record<string, number>>
}

/** Sums the lines of such a file per test. */
export const readCounts = (lines: string): ReadonlyMap<string, Occurred> => {
  const sums = new Map<string, { readonly seeds: Set<number>; readonly counts: Record<string, number> }>()
  for (const line of lines.split('\n').filter((one) => one !== '')) {
    const { test, seed, ...counts } = JSON.parse(line) as RoadCounts
    const sum = sums.get(test) ?? { seeds: new Set(), counts: {} }
    sum.seeds.add(seed)
    for (const [name, count] of Object.entries(counts)) sum.counts[name] = (sum.counts[name] ?? 0) + count
    sums.set(test, sum)
  }
  return new Map([...sums].map(([test, { seeds, counts }]) => [test, { seeds: [...seeds], counts }]))
}
