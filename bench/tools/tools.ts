import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Outcome } from './analyse.ts'
import type { LoadPlan } from './load.ts'
import type { ToolCounts, ToolsAsk } from './tools-process.ts'

/** The tools' process, as the parent sees it. */
export interface Tools {
  readonly pid: number
  readonly port: number
  /** Base addresses of the two tools. */
  readonly sourceUrl: string
  readonly targetUrl: string
  latency(ms: number): Promise<void>
  load(
    plan: Omit<LoadPlan, 'base' | 'firstSeq'> & Partial<LoadPlan>,
    options?: { readonly awaitArrivals?: boolean; readonly quietMs?: number },
  ): Promise<Outcome>
  edit(items: readonly number[], seq: number): Promise<void>
  counts(): Promise<ToolCounts>
  forget(): Promise<void>
  close(): void
}

export const startTools = async (items: number): Promise<Tools> => {
  const child = fork(fileURLToPath(new URL('./tools-process.ts', import.meta.url)), [String(items)], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  })
  const [{ port }] = (await once(child, 'message')) as [{ port: number }]
  const waiting = new Map<number, (value: unknown) => void>()
  let asked = 0
  let seq = 1
  child.on('message', ({ id, value }: { id: number; value: unknown }) => {
    waiting.get(id)?.(value)
    waiting.delete(id)
  })
  const ask = (what: ToolsAsk): Promise<unknown> =>
    new Promise((resolve) => {
      asked += 1
      waiting.set(asked, resolve)
      child.send({ id: asked, ask: what })
    })
  return {
    pid: child.pid ?? 0,
    port,
    sourceUrl: `http://127.0.0.1:${port}/source`,
    targetUrl: `http://127.0.0.1:${port}/target`,
    latency: async (ms) => void (await ask({ do: 'latency', ms })),
    load: async (plan, options = {}) => {
      const firstSeq = seq
      // numbers go on from load to load, so that no event looks like one of an earlier load
      seq += Math.ceil(plan.events / plan.items)
      await ask({ do: 'forget' })
      return (await ask({
        do: 'load',
        plan: { base: 0, firstSeq, ...plan },
        quietMs: options.quietMs ?? 10_000,
        awaitArrivals: options.awaitArrivals ?? true,
      })) as Outcome
    },
    edit: async (items, number) => void (await ask({ do: 'edit', items, seq: number })),
    counts: async () => (await ask({ do: 'counts' })) as ToolCounts,
    forget: async () => void (await ask({ do: 'forget' })),
    close: () => child.disconnect(),
  }
}
