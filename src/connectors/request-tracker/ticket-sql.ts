/** TicketSQL, RT's query language: quoting and dates. Both fail silently when done wrong. */

/**
 * A string literal: backslash and quote are escaped by a backslash, as `RT::SQL::Parse` reads them (RT 5.0.3, run on
 * such texts). A double quote means nothing inside single ones.
 */
export const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`

/**
 * A time, as far back from RT's own now. RT reads every absolute time in the account's time zone, which REST2 need not
 * show, and ignores an offset in it; a trailing `Z` or a number matches nearly everything. None of it is an error
 * (RT 5.0.3). Relative times mean the same everywhere.
 */
export const ago = (seconds: number): string => quoted(`${Math.max(0, Math.ceil(seconds))} seconds ago`)

/** `''` for "every queue this account may see". */
const inQueues = (queues: readonly string[]): string =>
  queues.length === 0 ? '' : `(${queues.map((queue) => `Queue = ${quoted(queue)}`).join(' OR ')})`

const all = (...conditions: readonly string[]): string =>
  conditions.filter((each) => each !== '').join(' AND ')

/** Tickets after `afterId`, for reading everything in the order of numbers. */
export const ticketsAfter = (queues: readonly string[], afterId: number): string =>
  all(inQueues(queues), `id > ${afterId}`)

/** Tickets changed in the last `seconds`. By number, which stays, while the time moves when a ticket is changed. */
export const ticketsChanged = (queues: readonly string[], seconds: number, afterId: number): string =>
  all(inQueues(queues), `LastUpdated >= ${ago(seconds)}`, `id > ${afterId}`)

export const ticketsMarked = (field: string, marker: string): string => `CF.{${field}} = ${quoted(marker)}`

export const anyTicket = (queues: readonly string[]): string => all(inQueues(queues), 'id > 0')
