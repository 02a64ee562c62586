import { setTimeout as sleep } from 'node:timers/promises'
import { analyse, type Outcome } from './analyse.ts'
import { issueTool } from './issue-tool.ts'
import { type LoadPlan, ring } from './load.ts'
import { serveRaw } from './raw-http.ts'

/**
 * The world around what is measured, in a process of its own so that its CPU is never counted as ours: a source tool
 * under `/source`, a target under any other path, and the ringing. Asked by messages from the parent.
 */
export interface ToolsRequest {
  readonly id: number
  readonly ask: ToolsAsk
}

export type ToolsAsk =
  | { readonly do: 'latency'; readonly ms: number }
  /** Rings, waits until all states arrived (or none did for `quietMs`), and says what became of them. */
  | {
      readonly do: 'load'
      readonly plan: LoadPlan
      readonly quietMs: number
      readonly awaitArrivals: boolean
    }
  /** Changes items without ringing. */
  | { readonly do: 'edit'; readonly items: readonly number[]; readonly seq: number }
  | { readonly do: 'counts' }
  | { readonly do: 'forget' }

export interface ToolCounts {
  readonly source: { readonly get: number; readonly list: number; readonly write: number }
  readonly target: { readonly get: number; readonly list: number; readonly write: number }
  readonly arrived: number
}

const items = Number(process.argv[2])
const source = issueTool('DESK', items)
const target = issueTool('TRK', items)
let latencyMs = 0

const { port } = await serveRaw((request, reply) => {
  const tool = request.path.startsWith('/source') ? source : target
  const { status, text } = tool.answer(request.method, request.path, request.body)
  if (latencyMs === 0) reply(status, text)
  else setTimeout(reply, latencyMs, status, text)
})

const allArrived = (sent: readonly { item: number; seq: number; ackAt: number }[]): boolean => {
  const newest = new Map<number, number>()
  for (const { item, seq } of target.arrivals) newest.set(item, Math.max(seq, newest.get(item) ?? 0))
  return sent.every((event) => event.ackAt === 0 || (newest.get(event.item) ?? 0) >= event.seq)
}

const load = async (plan: LoadPlan, quietMs: number, awaitArrivals: boolean): Promise<Outcome> => {
  const sent = await ring(plan, source.edit)
  for (let quiet = 0, before = -1; awaitArrivals && quiet < quietMs && !allArrived(sent); quiet += 20) {
    await sleep(20)
    if (target.arrivals.length !== before) quiet = 0
    before = target.arrivals.length
  }
  return analyse(sent, target.arrivals)
}

const answer = async (ask: ToolsAsk): Promise<unknown> => {
  switch (ask.do) {
    case 'latency':
      latencyMs = ask.ms
      return null
    case 'load':
      return load(ask.plan, ask.quietMs, ask.awaitArrivals)
    case 'edit':
      for (const item of ask.items) source.edit(item, ask.seq)
      return null
    case 'counts':
      return {
        source: source.calls,
        target: target.calls,
        arrived: target.arrivals.length,
      } satisfies ToolCounts
    case 'forget':
      source.forget()
      target.forget()
      return null
  }
}

process.on('message', ({ id, ask }: ToolsRequest) => {
  void answer(ask).then((value) => process.send?.({ id, value }))
})
process.on('disconnect', () => process.exit(0))
process.send?.({ port })
