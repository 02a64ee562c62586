import type { Arrival } from './issue-tool.ts'
import type { Sent } from './load.ts'

/** What became of the events, as a user would see it. Times in milliseconds, rates a second. */
export interface Outcome {
  readonly events: number
  readonly refused: number
  /** Writes that carried a marker. */
  readonly writes: number
  /** Events whose own state arrived. */
  readonly delivered: number
  /** Acknowledged, not sent themselves, but a newer state of the item was: right for fields. */
  readonly coalesced: number
  /** Acknowledged, and neither its state nor a newer one arrived. */
  readonly lost: number
  readonly doubled: number
  /** A first arrival after a newer one of the same item. */
  readonly outOfOrder: number
  /** Items that show an older state at the end than the last acknowledged one. */
  readonly stale: number
  readonly ackedPerSecond: number
  /** Events acknowledged and covered by an arrived state, over the time until the last one arrived. */
  readonly syncedPerSecond: number
  /** Arrived writes over the same time. */
  readonly writesPerSecond: number
  readonly ackMs: Spread
  readonly syncedMs: Spread
}

export interface Spread {
  readonly p50: number
  readonly p99: number
  readonly max: number
}

const spreadOf = (values: readonly number[]): Spread => {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0
  return { p50: at(0.5), p99: at(0.99), max: sorted.at(-1) ?? 0 }
}

interface OneItem {
  readonly seen: Map<number, number>
  newest: number
  last: number
  doubled: number
  outOfOrder: number
}

const byItem = (arrivals: readonly Arrival[]): Map<number, OneItem> => {
  const items = new Map<number, OneItem>()
  for (const { item, seq, at } of arrivals) {
    const one = items.get(item) ?? { seen: new Map(), newest: 0, last: 0, doubled: 0, outOfOrder: 0 }
    items.set(item, one)
    if (one.seen.has(seq)) one.doubled += 1
    else {
      one.seen.set(seq, at)
      if (seq < one.newest) one.outOfOrder += 1
    }
    one.newest = Math.max(one.newest, seq)
    one.last = seq
  }
  return items
}

/** When a state at least as new as this one had arrived; undefined: never. */
const coveredAt = (one: OneItem | undefined, seq: number): number | undefined => {
  const exact = one?.seen.get(seq)
  let earliest = exact
  for (const [arrived, at] of one?.seen ?? [])
    if (arrived >= seq && (earliest === undefined || at < earliest)) earliest = at
  return earliest
}

export const analyse = (sent: readonly Sent[], arrivals: readonly Arrival[]): Outcome => {
  const items = byItem(arrivals)
  const acked = sent.filter((event) => event.ackAt > 0)
  const synced: number[] = []
  const lastAcked = new Map<number, number>()
  let delivered = 0
  for (const event of acked) {
    const one = items.get(event.item)
    lastAcked.set(event.item, Math.max(event.seq, lastAcked.get(event.item) ?? 0))
    if (one?.seen.has(event.seq)) delivered += 1
    const at = coveredAt(one, event.seq)
    if (at !== undefined) synced.push((at - event.dueAt) / 1000)
  }
  const began = sent.reduce((least, event) => Math.min(least, event.dueAt), Number.POSITIVE_INFINITY)
  const lastAck = acked.reduce((most, event) => Math.max(most, event.ackAt), began)
  const lastArrival = arrivals.reduce((most, arrival) => Math.max(most, arrival.at), began)
  const perSecond = (count: number, until: number): number =>
    until > began ? count / ((until - began) / 1e6) : 0
  const sum = (count: (one: OneItem) => number): number =>
    [...items.values()].reduce((total, one) => total + count(one), 0)
  return {
    events: sent.length,
    refused: sent.length - acked.length,
    writes: arrivals.length,
    delivered,
    coalesced: synced.length - delivered,
    lost: acked.length - synced.length,
    doubled: sum((one) => one.doubled),
    outOfOrder: sum((one) => one.outOfOrder),
    stale: [...lastAcked].filter(([item, seq]) => (items.get(item)?.last ?? 0) < seq).length,
    ackedPerSecond: perSecond(acked.length, lastAck),
    syncedPerSecond: perSecond(synced.length, lastArrival),
    writesPerSecond: perSecond(arrivals.length, lastArrival),
    ackMs: spreadOf(acked.map((event) => (event.ackAt - event.dueAt) / 1000)),
    syncedMs: spreadOf(synced),
  }
}
