import { AUDIENCES, isSeenBy, type Party } from '../../domain/audience.ts'
import { isWithoutWords } from '../../domain/audit.ts'
import type { Role } from '../../domain/words.ts'
import type { StoredEvent } from '../../store/events.ts'
import type { Caller } from '../caller.ts'

/** What an integrator looks after: the pipes, not what flows in them. */
const PLUMBING = /^(connection|mapping|mirror|hold|conflict|configuration)\./
/** Who reads the log of everything (api/audit), and so hears that it grows. */
const READS_THE_LOG: ReadonlySet<Role> = new Set(['owner', 'admin', 'auditor'])
/** Members of a pipe's event that hold nothing of what flows in it. */
const PLUMBING_MEMBERS = new Set([
  ...['mirror', 'key', 'url', 'field', 'event', 'calls', 'because', 'reason', 'take', 'marker'],
  ...['here', 'there', 'both', 'kept'],
])
/** Events of the connections themselves; those of mirrors, holds and conflicts carry values of records. */
const OF_RECORDS = /^(mirror|hold|conflict)\./

/** What this caller may read in an event they may know of: the values in it are for whoever may read the records. */
export const visibleData = (event: StoredEvent, caller: Caller): Readonly<Record<string, unknown>> => {
  const { party, roles } = caller
  if (party !== null) return mayHear(event, party) ? event.data : {}
  if (roles.includes('integrator') && PLUMBING.test(event.kind))
    return OF_RECORDS.test(event.kind)
      ? Object.fromEntries(Object.entries(event.data).filter(([member]) => PLUMBING_MEMBERS.has(member)))
      : event.data
  return isWithoutWords(event.kind) ? event.data : {}
}

/** The part of a batch that this colleague may know of; customers are told elsewhere, and less (api/portal). */
export const visibleEvents = (caller: Caller, events: readonly StoredEvent[]): readonly StoredEvent[] => {
  const { party, roles } = caller
  if (roles.some((role) => READS_THE_LOG.has(role))) return events
  // who reads nobody's words still looks after the pipes
  return party === null
    ? events.filter((event) => roles.includes('integrator') && PLUMBING.test(event.kind))
    : events.filter((event) => mayHear(event, party) && !/^(token|account)\./.test(event.kind))
}

/** An event about words names their audience (and, when it changed, the one before). */
const mayHear = (event: StoredEvent, party: Party): boolean => {
  if (!/^(comment|attachment)\./.test(event.kind)) return true
  const named = ['audience', 'from', 'to'].flatMap((member) => event.data[member] ?? [])
  const audiences = AUDIENCES.filter((audience) => named.includes(audience))
  return audiences.length === 0 || audiences.some((audience) => isSeenBy(audience, party))
}
