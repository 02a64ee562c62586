import { RemoteFault } from '../../sync/fault.ts'
import type { RtTicket } from './schema.ts'

/**
 * Where a listing stands, as opaque text.
 *
 * `all` goes by ticket number. `changes` goes through everything changed since `from`, also by number: a change in the
 * meantime moves a ticket's time but not its place. The next walk starts where this one started, less OVERLAP_S,
 * because LastUpdated is taken before the change is committed. What the overlap shows again is remembered (`seen`) and
 * left out, except changes younger than SETTLED_S when the walk began: a second change in the same second has the same
 * LastUpdated.
 *
 * All times are seconds since 1970 by the tool's clock. `skew` (tool's clock minus ours) tells how long ago `from` is.
 */
export type Cursor =
  | { readonly scope: 'all'; readonly afterId: number }
  | {
      readonly scope: 'changes'
      readonly from: number
      /** When the walk under way began; 0: none is. */
      readonly began: number
      readonly afterId: number
      readonly skew: number
      readonly seen: Readonly<Record<string, number>>
    }

export type ChangesCursor = Extract<Cursor, { scope: 'changes' }>

export const OVERLAP_S = 60
const SETTLED_S = 5
/** Forgetting only means that a ticket is listed again. */
const MAX_SEEN = 500
/**
 * What is added where the clocks may have changed. RT counts "N seconds ago" back from a local clock and then takes the
 * zone of where it arrived *on that clock*, so the bound can come out an hour late: in New York, for the four hours
 * after summer time began, "90 seconds ago" lies 58 minutes in the future and matches nothing; in Berlin, for the two
 * hours before it ends (RT::Date, RT 5.0.3). A window of hours is hit anywhere.
 */
const CLOCK_CHANGE_S = 4_000
const LONG_WINDOW_S = 600
/**
 * Which zone the account has, REST2 need not show. But clocks change in the night to Sunday, and by UTC the hit lies
 * between Saturday and Monday noon: a desk's quiet days, so looking at an hour more costs little.
 */
const SUNDAY = 0
const MONDAY = 1
const SATURDAY = 6

export const writeCursor = (cursor: Cursor): string => {
  if (cursor.scope === 'all') return `all:${cursor.afterId}`
  const seen = Object.entries(cursor.seen).map(([id, at]) => `${id}=${at}`)
  return ['changes', cursor.from, cursor.began, cursor.afterId, cursor.skew, seen.join(',')].join(':')
}

const CURSOR =
  /^(?:all:(\d{1,15})|changes:(\d{1,12}):(\d{1,12}):(\d{1,15}):(-?\d{1,12}):((?:\d{1,15}=\d{1,12},?){0,500}))$/

export const readCursor = (text: string, scope: Cursor['scope']): Cursor => {
  const match = CURSOR.exec(text)
  if (match === null || !text.startsWith(`${scope}:`)) {
    throw new RemoteFault('invalid', 'the place in the list of tickets cannot be read')
  }
  if (match[1] !== undefined) return { scope: 'all', afterId: Number(match[1]) }
  const seen = (match[6] ?? '').split(',').flatMap((pair) => {
    const [id, at] = pair.split('=')
    return id !== undefined && at !== undefined ? [[id, Number(at)] as const] : []
  })
  return {
    scope: 'changes',
    from: Number(match[2]),
    began: Number(match[3]),
    afterId: Number(match[4]),
    skew: Number(match[5]),
    seen: Object.fromEntries(seen),
  }
}

export const startingAt = (toolNow: number, skew: number): ChangesCursor => ({
  scope: 'changes',
  from: Math.max(0, toolNow - OVERLAP_S),
  began: 0,
  afterId: 0,
  skew,
  seen: {},
})

/** How far back RT must look at `toolNow` to show everything since the cursor. */
export const windowOf = (cursor: ChangesCursor, toolNow: number): number => {
  const seconds = Math.max(0, toolNow - cursor.from) + 1
  const day = new Date(toolNow * 1000).getUTCDay()
  const mayBeHit = seconds > LONG_WINDOW_S || [SATURDAY, SUNDAY, MONDAY].includes(day)
  return mayBeHit ? seconds + CLOCK_CHANGE_S : seconds
}

const secondsOf = (ticket: RtTicket): number =>
  Math.floor(Date.parse(ticket.lastUpdated ?? '1970-01-01T00:00:00Z') / 1000)

/** Takes in one page, which is in the order of numbers. Gives what to report, oldest change first, and the next place. */
export const advance = (
  cursor: ChangesCursor,
  page: readonly RtTicket[],
  more: boolean,
  toolNow: number,
  skew: number,
): { readonly fresh: readonly RtTicket[]; readonly next: ChangesCursor } => {
  const fresh = page
    .filter((ticket) => secondsOf(ticket) >= cursor.from && cursor.seen[ticket.id] !== secondsOf(ticket))
    .sort((a, b) => secondsOf(a) - secondsOf(b) || Number(a.id) - Number(b.id))
  const began = cursor.began || toolNow
  const horizon = began - OVERLAP_S
  const read = { ...cursor.seen, ...Object.fromEntries(page.map((ticket) => [ticket.id, secondsOf(ticket)])) }
  const seen = Object.fromEntries(
    Object.entries(read)
      .filter(([, at]) => at >= horizon && at <= began - SETTLED_S)
      .sort(([, a], [, b]) => b - a)
      .slice(0, MAX_SEEN),
  )
  const last = page.at(-1)
  if (more && last !== undefined)
    return { fresh, next: { ...cursor, began, afterId: Number(last.id), skew, seen } }
  return {
    fresh,
    next: { scope: 'changes', from: Math.max(cursor.from, horizon), began: 0, afterId: 0, skew, seen },
  }
}
