/**
 * Moments as a field for a time has them: without a zone, to the minute, in the zone that the reader chose in their
 * profile (null: of the device), as the rest of the screen shows them.
 */
export const zoneName = (zone: string | null): string =>
  zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone

export const localMinute = (moment: string, zone: string | null): string => wallClock(new Date(moment), zone)

const wallClock = (at: Date, zone: string | null): string => {
  const written = new Intl.DateTimeFormat('en-CA', {
    ...{ timeZone: zoneName(zone), hourCycle: 'h23' },
    ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' },
  }).formatToParts(at)
  const part = (name: Intl.DateTimeFormatPartTypes): string =>
    written.find(({ type }) => type === name)?.value ?? ''
  // a year that is still being typed is short
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`
}

/**
 * Which moment such a field means. An hour that a clock skips is the one after it; of an hour that comes twice, the
 * first is meant.
 */
export const momentOf = (local: string, zone: string | null): string => {
  const wanted = Date.parse(`${local}Z`)
  const aheadAt = (at: number): number => Date.parse(`${wallClock(new Date(at), zone)}Z`) - at
  const minute = (at: number): number => Math.floor(at / MINUTE_MS) * MINUTE_MS
  // the offsets of the day before and after: one of them holds, or both
  const found = [wanted - aheadAt(minute(wanted - DAY_MS)), wanted - aheadAt(minute(wanted + DAY_MS))]
  const shown = found.filter((at) => wallClock(new Date(at), zone) === local)
  return new Date(shown.length === 0 ? Math.max(...found) : Math.min(...shown)).toISOString()
}

const MINUTE_MS = 60_000
const QUARTER_MS = 15 * MINUTE_MS
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** The next quarter of an hour, so many hours later. */
export const nextQuarter = (now: Date, hours: number): string =>
  new Date(Math.ceil(now.getTime() / QUARTER_MS) * QUARTER_MS + hours * HOUR_MS).toISOString()
