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
  readonly productId: string
  readonly from: Date
  readonly to: Date
  /** Others may have the environment beside it. */
  readonly isShareable: boolean
  /** The release it is for; null: none. */
  readonly releaseId: string | null
  /** The product has no other environment to test on. */
  readonly isOnlyPlace: boolean
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
 * A release is expected while the only environment of its product is somebody's alone, for something else. Where there
 * are several, one of them may be free: that is for people to see. What is over troubles nobody.
 */
export const conflictsOf = (
  planned: readonly PlannedDays[],
  taken: readonly TakenTime[],
  now: Date,
): readonly CalendarConflict[] => {
  const troubling = taken.filter(
    ({ isShareable, isOnlyPlace, to }) => !isShareable && isOnlyPlace && to > now,
  )
  return planned.flatMap((release) => {
    const days = timeOfDays(release.from, release.to)
    return troubling
      .filter(
        (time) =>
          time.productId === release.productId &&
          time.releaseId !== release.releaseId &&
          areAtOnce(time, days),
      )
      .map(({ bookingId }) => ({ releaseId: release.releaseId, bookingId }))
  })
}
