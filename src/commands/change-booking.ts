import { type Refusal, refuse } from '../domain/refusal.ts'
import { err, ok, type Result } from '../lib/result.ts'
import type { Tx } from '../store/database.ts'
import {
  type Booking,
  type Environment,
  findBooking,
  lockEnvironment,
  updateBooking,
} from '../store/environments.ts'
import { checkFree } from './booking-rules.ts'
import { checkLine } from './field-rules.ts'
import { columnChanges } from './organisation-rules.ts'
import { changedMeanwhile, done, unknown } from './outcome.ts'
import { releaseIdOf } from './progress-release.ts'
import type { Command } from './run-command.ts'

export interface ChangeBooking {
  readonly booking: string
  /** The version the asker saw; absent: whatever it is now. */
  readonly version?: number
  readonly set: {
    readonly purpose?: string
    readonly from?: Date
    readonly to?: Date
    readonly isShareable?: boolean
    readonly release?: string | null
  }
}

/** Another time or purpose for a booking that is not over. */
export const changeBooking: Command<ChangeBooking, { readonly id: string }> = async (tx, context, input) => {
  const held = await heldBooking(tx, input.booking, input.version, context.now)
  if (!held.ok) return held
  const { environment, booking } = held.value
  const { set } = input
  const purpose = set.purpose === undefined ? null : checkLine(set.purpose, '/set/purpose')
  if (purpose?.ok === false) return purpose
  const release = await releaseIdOf(tx, set.release ?? null, environment.product_id, '/set/release')
  if (!release.ok) return release
  const patch = {
    ...(purpose === null ? {} : { purpose: purpose.value }),
    ...(set.release === undefined ? {} : { release_id: release.value }),
    ...(set.from === undefined ? {} : { starts_at: set.from }),
    ...(set.to === undefined ? {} : { ends_at: set.to }),
    ...(set.isShareable === undefined ? {} : { is_shareable: set.isShareable }),
  }
  const changes = columnChanges(inWords(booking), inWords(patch))
  if (Object.keys(changes).length === 0) return done({ id: booking.id })
  const after = { ...booking, ...patch }
  const booked = { from: after.starts_at, to: after.ends_at, isShared: after.is_shareable }
  const began = booking.starts_at <= context.now ? booking.starts_at : null
  const wanted = { booked, id: booking.id, began, asksToShare: set.isShareable === true }
  const free = await checkFree(tx, environment, wanted, context.now)
  if (!free.ok) return free
  await updateBooking(tx, booking.id, patch, context.now)
  return done(
    { id: booking.id },
    {
      events: [
        {
          kind: 'booking.changed',
          record: { kind: 'booking', id: booking.id },
          data: { environment: environment.key, changes },
        },
      ],
      changed: [],
    },
  )
}

/** Moments as texts: two of them are compared by what they say. */
const inWords = (row: object): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      value instanceof Date ? value.toISOString() : value,
    ]),
  )

/** Gives the rest of its time back; of one that did not begin, all of it. */
export const cancelBooking: Command<Omit<ChangeBooking, 'set'>, { readonly id: string }> = async (
  tx,
  context,
  input,
) => {
  const held = await heldBooking(tx, input.booking, input.version, context.now)
  if (!held.ok) return held
  const { environment, booking } = held.value
  await updateBooking(tx, booking.id, { ended_at: context.now }, context.now)
  return done(
    { id: booking.id },
    {
      events: [
        {
          kind: 'booking.cancelled',
          record: { kind: 'booking', id: booking.id },
          data: { environment: environment.key, purpose: booking.purpose },
        },
      ],
      changed: [],
    },
  )
}

/** A booking that is not over, with its environment held before it, so that its time cannot be given twice. */
const heldBooking = async (
  tx: Tx,
  id: string,
  version: number | undefined,
  now: Date,
): Promise<Result<{ readonly environment: Environment; readonly booking: Booking }, Refusal>> => {
  const seen = await findBooking(tx, id)
  const environment = seen === null ? null : await lockEnvironment(tx, seen.environment_id)
  const booking = environment === null ? null : await findBooking(tx, id)
  if (environment === null || booking === null) return unknown('booking', id, '/booking')
  if (booking.ended_at !== null) return err(refuse('wrong-state', 'The booking was cancelled.'))
  if (booking.ends_at <= now) return err(refuse('wrong-state', 'The booking is over.'))
  if (version !== undefined && version !== booking.version)
    return changedMeanwhile('booking', version, booking.version)
  return ok({ environment, booking })
}
