/**
 * Times as the database holds them: UTC, whole seconds, no zone written. Only these are ever read: a display value is
 * in the account's time zone and format, which say neither which zone nor which format.
 */

const DATE_TIME = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})$/
const DATE = /^\d{4}-\d{2}-\d{2}$/

export const EPOCH = '1970-01-01 00:00:00'

/** ISO 8601; null for what is none. A date without a time stays one. */
export const isoOf = (value: string): string | null => {
  if (DATE.test(value)) return Number.isNaN(Date.parse(value)) ? null : value
  const found = DATE_TIME.exec(value)
  const ms = found === null ? Number.NaN : Date.parse(`${found[1]}T${found[2]}Z`)
  return Number.isNaN(ms) ? null : new Date(ms).toISOString()
}

export const isDatabaseTime = (value: string): boolean => DATE_TIME.test(value) && isoOf(value) !== null

export const databaseTime = (ms: number): string =>
  new Date(Math.max(0, ms)).toISOString().slice(0, 19).replace('T', ' ')

/** null: not a time. */
export const fromIso = (iso: string): string | null => {
  if (DATE.test(iso)) return iso
  const ms = Date.parse(iso)
  return Number.isNaN(ms) ? null : databaseTime(ms)
}

export const earlier = (time: string, ms: number): string =>
  databaseTime(Date.parse(`${time.replace(' ', 'T')}Z`) - ms)
