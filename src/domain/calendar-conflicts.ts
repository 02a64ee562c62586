import { areAtOnce } from './booking.ts'

/** A release that is still to come, with the first and the last day that it is expected on (`YYYY-MM-DD`). */
export interface PlannedDays {
  readonly releaseId: string
  readonly productId: string
  readonly from: string
  readonly to: string
}

/** A booking, with what matters to a release. */
export interface TakenTime {
  readonly bookingId: string
  readonly environmentId: string
  readonly productId: string
  readonly from: Date
  readonly to: Date
  /** Others may have the environment beside it. */
  readonly isShareable: boolean
  /** The release it is for; null: none. */
  readonly releaseId: string | null
  /** How many environments the product has to test on. */
  readonly places: number
}

export interface CalendarConflict {
  readonly releaseId: string
  readonly bookingId: string
}

const DAY_MS = 86_400_000

/** Days as a time; of the whole world there is one calendar, so they are UTC's. */
export const timeOfDays = (from: string, to: string): { readonly from: Date; readonly to: Date } => ({
  from: new Date(`${from}T00:00:00Z`),
  to: new Date(Date.parse(`${to}T00:00:00Z`) + DAY_MS),
})

/**
 * A release is expected while every environment of its product is somebody's alone at one moment, for something else.
 * Those bookings are in its way; where one place is free, or taken for the release itself, none is. What is over
 * troubles nobody.
 */
export const conflictsOf = (
  planned: readonly PlannedDays[],
  taken: readonly TakenTime[],
  now: Date,
): readonly CalendarConflict[] => {
  const alone = Map.groupBy(
    taken.filter(({ isShareable }) => !isShareable),
    ({ productId }) => productId,
  )
  return planned.flatMap(({ releaseId, productId, from, to }) => {
    const days = timeOfDays(from, to)
    const ahead = { from: days.from > now ? days.from : now, to: days.to }
    const others = (alone.get(productId) ?? []).filter(
      (time) => time.releaseId !== releaseId && areAtOnce(time, ahead),
    )
    // a moment at which all are taken begins where one of the bookings does, or with the days themselves
    const inTheWay = new Set(
      others.flatMap((one) => {
        const at = one.from > ahead.from ? one.from : ahead.from
        const then = others.filter((other) => other.from <= at && at < other.to)
        const places = new Set(then.map(({ environmentId }) => environmentId))
        return places.size >= one.places ? then : []
      }),
    )
    return others.filter((time) => inTheWay.has(time)).map(({ bookingId }) => ({ releaseId, bookingId }))
  })
}
