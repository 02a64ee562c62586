import { type Booked, checkSpan, inTheWayOf, nextFree } from '../domain/booking.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { err, ok, type Result } from '../lib/result.ts'
import type { Tx } from '../store/database.ts'
import { bookingsFrom, type Environment } from '../store/environments.ts'

/** Of one environment: more were made by a program that went wrong. */
const MOST_TO_COME = 1_000

export interface WantedBooking {
  readonly booked: Booked
  /** Of the booking that is changed: it is not in its own way. */
  readonly id: string | null
  /** When it began, if it runs already. */
  readonly began: Date | null
  /** It was asked now that others may have it too. One of before that stays says nothing where nothing is shared. */
  readonly asksToShare: boolean
}

const spoken = (at: Date): string => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`

/** Whether the time can be had. The environment is held by the caller, so that two who ask at once are told apart. */
export const checkFree = async (
  tx: Tx,
  environment: Environment,
  { booked, id, began, asksToShare }: WantedBooking,
  now: Date,
): Promise<Result<Booked, Refusal>> => {
  if (environment.archived_at !== null)
    return err(refuse('wrong-state', 'The environment is archived. Bring it back first.'))
  if (asksToShare && !environment.is_shareable)
    return err(
      refuse('invalid', 'This environment is not shared: one has it at a time.', { field: '/isShareable' }),
    )
  const span = checkSpan(booked, now, began)
  if (!span.ok) return span
  const others = (await bookingsFrom(tx, environment.id, booked.from)).filter((other) => other.id !== id)
  if (others.length >= MOST_TO_COME)
    return err(refuse('in-use', `It has ${MOST_TO_COME} bookings to come, and takes no more.`))
  const other = inTheWayOf(booked, others, environment.is_shareable)
  if (other === null) return ok(booked)
  const free = nextFree(booked, others, environment.is_shareable)
  return err(
    refuse(
      'in-use',
      `${other.by} has ${environment.name} for “${other.purpose}” until ${spoken(other.to)}. It is free from ${spoken(free.from)} on.`,
      {
        field: '/from',
        existing: { kind: 'booking', id: other.id, key: environment.key },
        reason: {
          code: 'environment-booked',
          values: {
            ...{ environment: environment.name, by: other.by, purpose: other.purpose },
            ...{ from: other.from.toISOString(), until: other.to.toISOString() },
            free: free.from.toISOString(),
          },
        },
      },
    ),
  )
}
