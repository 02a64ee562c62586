import { AUDIENCES, isSeenBy, type Party } from '../../domain/audience.ts'
import type { Role } from '../../domain/words.ts'
import type { StoredEvent } from '../../store/events.ts'
import type { Caller } from '../caller.ts'

/** What an integrator looks after: the pipes, not what flows in them. */
const PLUMBING = /^(connection|mapping|mirror|hold|conflict|configuration)\./
/** What an admin looks after. */
const PEOPLE = /^(person|team|token|account|customer|contact|settings|sample)\./
const HEARS_OF_TOKENS: ReadonlySet<Role> = new Set(['owner', 'admin', 'auditor'])
/** Members of a pipe's event that hold nothing of what flows in it. */
const PLUMBING_MEMBERS = new Set([
  ...['mirror', 'key', 'url', 'field', 'event', 'calls', 'because', 'reason', 'take', 'marker'],
  ...['here', 'there', 'both', 'kept'],
])
/** Events of the connections themselves; those of mirrors, holds and conflicts carry values of records. */
const OF_RECORDS = /^(mirror|hold|conflict)\./

/** What this caller may read in an event they may know of: the values in it are for whoever may read the records. */
export const visibleData = (event: StoredEvent, caller: Caller): Readonly<Record<string, unknown>> =>
  caller.party === null && OF_RECORDS.test(event.kind)
    ? Object.fromEntries(Object.entries(event.data).filter(([member]) => PLUMBING_MEMBERS.has(member)))
    : event.data

/** The part of a batch that this colleague may know of; customers are told elsewhere, and less (api/portal). */
export const visibleEvents = (caller: Caller, events: readonly StoredEvent[]): readonly StoredEvent[] => {
  const { party, roles } = caller
  // who reads nobody's words still looks after something: pipes, people
  if (party === null)
    return events.filter(
      (event) =>
        (roles.includes('integrator') && PLUMBING.test(event.kind)) ||
        (roles.includes('admin') && PEOPLE.test(event.kind)),
    )
  const heard = events.filter((event) => mayHear(event, party))
  if (roles.some((role) => HEARS_OF_TOKENS.has(role))) return heard
  return heard.filter((event) => !/^(token|account)\./.test(event.kind))
}

/** An event about words names their audience (and, when it changed, the one before). */
const mayHear = (event: StoredEvent, party: Party): boolean => {
  if (!/^(comment|attachment)\./.test(event.kind)) return true
  const named = ['audience', 'from', 'to'].flatMap((member) => event.data[member] ?? [])
  const audiences = AUDIENCES.filter((audience) => named.includes(audience))
  return audiences.length === 0 || audiences.some((audience) => isSeenBy(audience, party))
}
