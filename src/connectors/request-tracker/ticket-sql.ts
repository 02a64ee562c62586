/** TicketSQL, RT's query language: quoting and dates. Both fail silently when done wrong. */

/** A string literal: backslash and quote are escaped by a backslash. */
export const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`

/**
 * A time in whole seconds. Without an offset RT reads it in the account's own time zone; a trailing `Z`, which its
 * writes want, is not understood here and matches nearly everything, without an error (RT 5.0.3).
 */
export const instant = (epochSeconds: number): string =>
  quoted(`${new Date(epochSeconds * 1000).toISOString().slice(0, 19)}+00:00`)

/** `''` for "every queue this account may see". */
const inQueues = (queues: readonly string[]): string =>
  queues.length === 0 ? '' : `(${queues.map((queue) => `Queue = ${quoted(queue)}`).join(' OR ')})`

const all = (...conditions: readonly string[]): string =>
  conditions.filter((each) => each !== '').join(' AND ')

/** Tickets after `afterId`, for reading everything in the order of numbers. */
export const ticketsAfter = (queues: readonly string[], afterId: number): string =>
  all(inQueues(queues), `id > ${afterId}`)

/**
 * Tickets changed in or after second `from`; of that very second only those after `afterId`. A keyset, because pages
 * by number shift when a ticket is changed while they are read. `LastUpdated = …` would mean the whole day.
 */
export const ticketsChanged = (queues: readonly string[], from: number, afterId: number): string =>
  all(
    inQueues(queues),
    afterId === 0
      ? `LastUpdated >= ${instant(from)}`
      : `(LastUpdated >= ${instant(from + 1)} OR (LastUpdated >= ${instant(from)} AND id > ${afterId}))`,
  )

export const ticketsMarked = (field: string, marker: string, createdFrom: number): string =>
  all(`CF.{${field}} = ${quoted(marker)}`, `Created >= ${instant(createdFrom)}`)

export const anyTicket = (queues: readonly string[]): string => all(inQueues(queues), 'id > 0')
