import { RemoteFault } from '../../sync/fault.ts'
import type { RtTicket } from './schema.ts'

/**
 * Where a listing stands, as opaque text.
 *
 * `all` goes by ticket number. `changes` goes by LastUpdated, which has whole seconds and is taken before the change is
 * committed, so a change can appear behind the cursor: when the end is reached, the cursor steps back by OVERLAP_S. What
 * was read there already is remembered (`seen`) and left out, except changes younger than SETTLED_S at the time of
 * reading: a second change in the same second has the same LastUpdated.
 */
export type Cursor =
  | { readonly scope: 'all'; readonly afterId: number }
  | {
      readonly scope: 'changes'
      /** Seconds since 1970, the tool's clock. */
      readonly from: number
      /** Of second `from`, tickets up to this number were read. 0: none. */
      readonly afterId: number
      readonly seen: Readonly<Record<string, number>>
    }

export type ChangesCursor = Extract<Cursor, { scope: 'changes' }>

export const OVERLAP_S = 60
const SETTLED_S = 5
/** Forgetting only means that a ticket is listed again. */
const MAX_SEEN = 500

export const writeCursor = (cursor: Cursor): string =>
  cursor.scope === 'all'
    ? `all:${cursor.afterId}`
    : `changes:${cursor.from}:${cursor.afterId}:${Object.entries(cursor.seen)
        .map(([id, at]) => `${id}=${at}`)
        .join(',')}`

const CURSOR = /^(?:all:(\d{1,15})|changes:(\d{1,12}):(\d{1,15}):((?:\d{1,15}=\d{1,12},?){0,500}))$/

export const readCursor = (text: string, scope: Cursor['scope']): Cursor => {
  const match = CURSOR.exec(text)
  if (match === null || !text.startsWith(`${scope}:`)) {
    throw new RemoteFault('invalid', 'the place in the list of tickets cannot be read')
  }
  if (match[1] !== undefined) return { scope: 'all', afterId: Number(match[1]) }
  const seen = (match[4] ?? '').split(',').flatMap((pair) => {
    const [id, at] = pair.split('=')
    return id !== undefined && at !== undefined ? [[id, Number(at)] as const] : []
  })
  return {
    scope: 'changes',
    from: Number(match[2]),
    afterId: Number(match[3]),
    seen: Object.fromEntries(seen),
  }
}

export const startingAt = (epochSeconds: number): ChangesCursor => ({
  scope: 'changes',
  from: Math.max(0, epochSeconds - OVERLAP_S),
  afterId: 0,
  seen: {},
})

export const secondsOf = (iso: string): number => Math.floor(Date.parse(iso) / 1000)

/**
 * Takes in one page, oldest first. `toolNow`: the tool's own clock while it answered (seconds), or null. Gives the
 * tickets to report and the cursor after them.
 */
export const advance = (
  cursor: ChangesCursor,
  page: readonly RtTicket[],
  more: boolean,
  toolNow: number | null,
): { readonly fresh: readonly RtTicket[]; readonly next: ChangesCursor } => {
  const changedAt = (ticket: RtTicket): number => secondsOf(ticket.lastUpdated ?? '1970-01-01T00:00:00Z')
  const fresh = page.filter((ticket) => cursor.seen[ticket.id] !== changedAt(ticket))
  const last = page.at(-1)
  const newest = last === undefined ? cursor.from : changedAt(last)
  const horizon = (toolNow ?? newest) - OVERLAP_S
  const settled = (toolNow ?? newest) - SETTLED_S
  const read = { ...cursor.seen, ...Object.fromEntries(page.map((ticket) => [ticket.id, changedAt(ticket)])) }
  const seen = Object.fromEntries(
    Object.entries(read)
      .filter(([, at]) => at >= horizon && at <= settled)
      .sort(([, a], [, b]) => b - a)
      .slice(0, MAX_SEEN),
  )
  if (more && last !== undefined) {
    return { fresh, next: { scope: 'changes', from: newest, afterId: Number(last.id), seen } }
  }
  return { fresh, next: { scope: 'changes', from: Math.max(cursor.from, horizon), afterId: 0, seen } }
}
