/** Moments as a field for a time has them: in the device's own zone, without one, to the minute. */
const two = (part: number): string => String(part).padStart(2, '0')

export const localMinute = (moment: string): string => {
  const at = new Date(moment)
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`
}

const QUARTER_MS = 15 * 60_000
const HOUR_MS = 60 * 60_000

/** The next quarter of an hour, so many hours later. */
export const nextQuarter = (now: Date, hours: number): string =>
  new Date(Math.ceil(now.getTime() / QUARTER_MS) * QUARTER_MS + hours * HOUR_MS).toISOString()
