import { areAtOnce, type Span } from './booking.ts'
import { type Freeze, freezesOf } from './change-gate.ts'
import type { ChangeKind, ChangeState } from './words.ts'

/** A change that is planned or runs, as far as others may be in its way. */
export interface PlannedChange extends Span {
  readonly id: string
  readonly kind: ChangeKind
  readonly productId: string
  /** None: it is not said where, so it may be anywhere. */
  readonly environmentIds: readonly string[]
  readonly releaseId: string | null
  /** The change manager let it into a freeze. */
  readonly isExcepted: boolean
}

const MINUTE_MS = 60_000

/**
 * The time a change takes: its window, from before where it began earlier, and on where it still runs. An emergency
 * that began without a window takes the time it took. Null: it has neither.
 */
export const timeTaken = (
  change: {
    readonly state: ChangeState
    readonly window: Span | null
    readonly begunAt: Date | null
    readonly finishedAt: Date | null
  },
  now: Date,
): Span | null => {
  const { state, window, begunAt, finishedAt } = change
  const [from] = [window?.from, begunAt]
    .filter((at) => at != null)
    .toSorted((a, b) => a.getTime() - b.getTime())
  const to = window?.to ?? finishedAt
  // the minute that is running belongs to it
  const running = state === 'implementing' ? new Date(now.getTime() + MINUTE_MS) : null
  const end = to === null || (running !== null && running > to) ? running : to
  return from === undefined || end === null ? null : { from, to: end }
}

export interface BookedEnvironment extends Span {
  readonly id: string
  readonly environmentId: string
  readonly releaseId: string | null
  /** Others may have the environment beside it. */
  readonly isShareable: boolean
}

export type ChangeConflict =
  | { readonly kind: 'changes at once' | 'emergency and plan'; readonly changeIds: readonly [string, string] }
  | { readonly kind: 'change in freeze'; readonly changeId: string; readonly freezeId: string }
  | { readonly kind: 'change and booking'; readonly changeId: string; readonly bookingId: string }

/** More are read by nobody. */
const MOST = 200

/**
 * What is in each other's way, by its beginning. Two changes: where they share an environment, or are of one product and
 * one of them does not say where. An emergency and a planned change of its product always are: what is planned has to
 * look again at what it stands on. What is over troubles nobody.
 */
export const changeConflicts = (
  changes: readonly PlannedChange[],
  freezes: readonly Freeze[],
  bookings: readonly BookedEnvironment[],
  now: Date,
): readonly ChangeConflict[] => {
  const ahead = changes
    .filter(({ to }) => to > now)
    .toSorted((a, b) => a.from.getTime() - b.from.getTime() || (a.id < b.id ? -1 : 1))
  const found = [...pairsOf(ahead), ...inFreezes(ahead, freezes), ...onBookings(ahead, bookings)]
  return found.slice(0, MOST)
}

const pairsOf = (sorted: readonly PlannedChange[]): readonly ChangeConflict[] => {
  const found: ChangeConflict[] = []
  let running: readonly PlannedChange[] = []
  for (const change of sorted) {
    running = running.filter((other) => other.to > change.from)
    for (const other of running) {
      const kind = pairKind(other, change)
      if (kind !== null && found.length < MOST) found.push({ kind, changeIds: [other.id, change.id] })
    }
    running = [...running, change]
  }
  return found
}

const pairKind = (a: PlannedChange, b: PlannedChange): 'changes at once' | 'emergency and plan' | null => {
  const isOneProduct = a.productId === b.productId
  if (isOneProduct && (a.kind === 'emergency') !== (b.kind === 'emergency')) return 'emergency and plan'
  const sayWhere = a.environmentIds.length > 0 && b.environmentIds.length > 0
  const areTogether = sayWhere ? a.environmentIds.some((id) => b.environmentIds.includes(id)) : isOneProduct
  return areTogether ? 'changes at once' : null
}

/** An emergency passes a freeze; that it lies in one is said all the same. */
const inFreezes = (
  changes: readonly PlannedChange[],
  freezes: readonly Freeze[],
): readonly ChangeConflict[] =>
  changes
    .filter(({ isExcepted }) => !isExcepted)
    .flatMap((change) =>
      freezesOf(change.productId, change, freezes).map(
        (freeze) => ({ kind: 'change in freeze', changeId: change.id, freezeId: freeze.id }) as const,
      ),
    )

const onBookings = (
  changes: readonly PlannedChange[],
  bookings: readonly BookedEnvironment[],
): readonly ChangeConflict[] =>
  changes.flatMap((change) =>
    bookings
      .filter(
        (booking) =>
          !booking.isShareable &&
          change.environmentIds.includes(booking.environmentId) &&
          (booking.releaseId === null || booking.releaseId !== change.releaseId) &&
          areAtOnce(change, booking),
      )
      .map(({ id }) => ({ kind: 'change and booking', changeId: change.id, bookingId: id }) as const),
  )
