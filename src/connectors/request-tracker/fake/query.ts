import type { FakeState, FakeTicket } from './state.ts'

/** TicketSQL as far as the client uses it, with RT's traps. Throws RT's sentence for what it cannot parse. */

type Test = (ticket: FakeTicket) => boolean

const TOKEN = /\s*(?:('(?:[^'\\]|\\.)*')|(CF\.\{[^}]+\})|([A-Za-z]+)|(-?\d+)|(>=|<=|!=|=|>|<)|([()]))/y

const tokensOf = (query: string): readonly string[] => {
  const tokens: string[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < query.trimEnd().length) {
    const match = TOKEN.exec(query)
    if (match === null) throw new Error(`Wrong query, expecting a KEYWORD in '${query}'`)
    tokens.push(match[0].trim())
  }
  return tokens
}

const unquoted = (token: string): string =>
  token.startsWith("'") ? token.slice(1, -1).replace(/\\(.)/g, '$1') : token

/**
 * Seconds since 1970. As `RT::Date::ParseByTimeParseDate` (RT 5.0.3) does it: it counts back from a clock moved by the
 * zone of now, and moves the result back by the zone it finds *there*; the two differ around a change of summer time.
 */
const agoIn = (zone: Zone, seconds: number): number => {
  const shifted = zone.now + zone.offsetMinutes(zone.now) * 60 - seconds
  return shifted - zone.offsetMinutes(shifted) * 60
}

/**
 * Relative to now, or absolute in the account's time zone: an offset is ignored. Everything else, a trailing `Z` too, is
 * the beginning of time: no error, and nearly every ticket matches.
 */
const instantOf = (text: string, zone: Zone): number => {
  const back = /^(\d+) seconds ago$/.exec(text)?.[1]
  if (back !== undefined) return agoIn(zone, Number(back))
  const local = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:[+-]\d\d:\d\d)?$/.exec(text)
  if (local === null) return 0
  const shifted = Date.parse(`${local[1]}T${local[2]}Z`) / 1000
  return shifted - zone.offsetMinutes(shifted) * 60
}

/** Minutes east of UTC at a moment, in seconds since 1970. */
export type OffsetMinutes = (at: number) => number

interface Zone {
  readonly now: number
  readonly offsetMinutes: OffsetMinutes
}

const compare = (a: number, operator: string, b: number): boolean => {
  switch (operator) {
    case '>=':
      return a >= b
    case '>':
      return a > b
    case '<':
      return a < b
    case '<=':
      return a <= b
    default:
      return operator === '=' && a === b
  }
}

const conditionOf = (key: string, operator: string, value: string, zone: Zone): Test => {
  const custom = /^CF\.\{(.+)\}$/.exec(key)?.[1]
  if (custom !== undefined) {
    return (ticket) =>
      (ticket.custom.get(custom) ?? []).some((each) => each.toLowerCase() === value.toLowerCase()) ===
      (operator === '=')
  }
  switch (key) {
    case 'id':
      return (ticket) => compare(ticket.id, operator, Number(value))
    case 'Queue':
      return (ticket) => ticket.queue.toLowerCase() === value.toLowerCase()
    case 'LastUpdated':
      return (ticket) => compare(ticket.lastUpdated, operator, instantOf(value, zone))
    case 'Created':
      return (ticket) => compare(ticket.created, operator, instantOf(value, zone))
    default:
      throw new Error(`Wrong query, unknown keyword ${key}`)
  }
}

/** `any := all (OR all)*`, `all := one (AND one)*`, `one := '(' any ')' | keyword operator value`. */
const parse = (tokens: readonly string[], zone: Zone): Test => {
  let at = 0
  const next = (): string => {
    const token = tokens[at]
    if (token === undefined) throw new Error('Wrong query, it ends too early')
    at += 1
    return token
  }
  const one = (): Test => {
    const key = next()
    if (key !== '(') return conditionOf(key, next(), unquoted(next()), zone)
    const inner = any()
    if (next() !== ')') throw new Error('Wrong query, expecting a CLOSE_PAREN')
    return inner
  }
  const chain = (word: string, part: () => Test, join: (a: boolean, b: () => boolean) => boolean): Test => {
    let left = part()
    while (tokens[at]?.toUpperCase() === word) {
      at += 1
      const [before, right] = [left, part()]
      left = (ticket) => join(before(ticket), () => right(ticket))
    }
    return left
  }
  const all = (): Test => chain('AND', one, (a, b) => a && b())
  const any = (): Test => chain('OR', all, (a, b) => a || b())
  const test = any()
  if (at < tokens.length) throw new Error(`Wrong query near ${tokens[at]}`)
  return test
}

/** Deleted and merged tickets are never found. `offsetMinutes`: the account's time zone. */
export const findTickets = (
  state: FakeState,
  query: string,
  offsetMinutes: OffsetMinutes,
): readonly FakeTicket[] => {
  const test = parse(tokensOf(query), { now: state.now(), offsetMinutes })
  return [...state.tickets.values()].filter(
    (ticket) =>
      ticket.status !== 'deleted' &&
      ticket.mergedInto === null &&
      !state.closedQueues.has(ticket.queue) &&
      test(ticket),
  )
}

const keyOf = (ticket: FakeTicket, by: string): number =>
  by === 'LastUpdated' ? ticket.lastUpdated : ticket.id

export const ordered = (
  tickets: readonly FakeTicket[],
  by: readonly string[],
  order: readonly string[],
): readonly FakeTicket[] =>
  [...tickets].sort((a, b) => {
    for (const [index, key] of by.entries()) {
      const difference = (keyOf(a, key) - keyOf(b, key)) * (order[index] === 'DESC' ? -1 : 1)
      if (difference !== 0) return difference
    }
    return 0
  })
