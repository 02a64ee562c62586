import { AUDIENCES, isSeenBy, type Party } from '../../domain/audience.ts'
import type { Role } from '../../domain/words.ts'
import type { Tx } from '../../store/database.ts'
import type { StoredEvent } from '../../store/events.ts'
import { type CustomerReach, ticketsOfCustomer } from '../../store/tickets-of-customer.ts'
import { ticketsTouched } from '../../store/tickets-touched.ts'
import type { Caller } from '../caller.ts'

/** What an integrator looks after: the pipes, not what flows in them. */
const PLUMBING = /^(connection|mapping|mirror|hold|conflict|configuration)\./
/** What an admin looks after. */
const PEOPLE = /^(person|team|token|account|customer|contact)\./
const HEARS_OF_TOKENS: ReadonlySet<Role> = new Set(['owner', 'admin', 'auditor'])
/** What a customer may notice of their own tickets. Engineering's doings are not among them, not even by name. */
const PUBLIC_KINDS = new Set([
  'ticket.created',
  'ticket.changed',
  'ticket.resolved',
  'ticket.reopened',
  'ticket.closed',
  'comment.added',
  'comment.edited',
  'comment.deleted',
])
/** Of a ticket: these change what a customer reads of it, and are not told by name. */
const QUIET_KINDS = new Set([
  ...['ticket.taken', 'ticket.woken', 'ticket.snoozed', 'ticket.cancelled', 'ticket.merged'],
])
/** Of engineering: these change what a ticket behind it shows. A question to support is between the two of them. */
const SHOWS_ON_TICKET =
  /^(escalation\.(?!information|answered|question)|work-item\.(changed|moved|declined|duplicate|done)$|release\.(changed|estimated|released|withdrawn)$)/

/** Members of a pipe's event that hold nothing of what flows in it. */
const PLUMBING_MEMBERS = new Set([
  ...['mirror', 'key', 'url', 'field', 'event', 'calls', 'because', 'reason', 'take', 'marker'],
  ...['here', 'there', 'kept'],
])
/** Events of the connections themselves; those of mirrors, holds and conflicts carry values of records. */
const OF_RECORDS = /^(mirror|hold|conflict)\./

/** What this caller may read in an event they may know of: the values in it are for whoever may read the records. */
export const visibleData = (event: StoredEvent, caller: Caller): Readonly<Record<string, unknown>> =>
  caller.party === null && OF_RECORDS.test(event.kind)
    ? Object.fromEntries(Object.entries(event.data).filter(([member]) => PLUMBING_MEMBERS.has(member)))
    : event.data

/** The part of a batch that this caller may know of. */
export const visibleEvents = async (
  tx: Tx,
  caller: Caller,
  events: readonly StoredEvent[],
): Promise<readonly StoredEvent[]> => {
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
  if (caller.reach === null) return heard.filter((event) => !/^(token|account)\./.test(event.kind))
  return asCustomersHear(tx, caller.reach, heard)
}

/**
 * Of their own tickets what they may know by name. Whatever else changes what a ticket shows them (engineering's status,
 * the release it waits for) is told as a change of that ticket and nothing more, or their screen would stand still.
 */
const asCustomersHear = async (
  tx: Tx,
  reach: CustomerReach,
  heard: readonly StoredEvent[],
): Promise<readonly StoredEvent[]> => {
  const recordOf = ({ record_id }: StoredEvent): string => record_id ?? ''
  const idsOf = (kind: string): readonly string[] =>
    heard.filter((event) => event.record_kind === kind && SHOWS_ON_TICKET.test(event.kind)).map(recordOf)
  const touched = await ticketsTouched(tx, {
    escalations: idsOf('escalation'),
    workItems: idsOf('work item'),
    releases: idsOf('release'),
  })
  const ofTicket = heard.filter(({ kind, record_kind }) => record_kind === 'ticket' && isOfTicket(kind))
  const own = await ticketsOfCustomer(tx, reach, [...ofTicket.map(recordOf), ...[...touched.values()].flat()])
  return heard.flatMap((event) => {
    if (event.record_kind === 'ticket')
      return isOfTicket(event.kind) && own.has(recordOf(event)) ? [publicly(event, recordOf(event))] : []
    const tickets = SHOWS_ON_TICKET.test(event.kind) ? (touched.get(recordOf(event)) ?? []) : []
    return tickets.filter((id) => own.has(id)).map((id) => publicly(event, id))
  })
}

const isOfTicket = (kind: string): boolean => PUBLIC_KINDS.has(kind) || QUIET_KINDS.has(kind)

const publicly = (event: StoredEvent, ticketId: string): StoredEvent =>
  PUBLIC_KINDS.has(event.kind)
    ? event
    : { ...event, kind: 'ticket.changed', record_kind: 'ticket', record_id: ticketId, data: {} }

/** An event about words names their audience (and, when it changed, the one before). */
const mayHear = (event: StoredEvent, party: Party): boolean => {
  if (!/^(comment|attachment)\./.test(event.kind)) return true
  const named = ['audience', 'from', 'to'].flatMap((member) => event.data[member] ?? [])
  const audiences = AUDIENCES.filter((audience) => named.includes(audience))
  // a customer hears of words only when they are said to be for everyone; no audience named is not enough
  if (party === 'customer') return named.length > 0 && named.every((audience) => audience === 'everyone')
  return audiences.length === 0 || audiences.some((audience) => isSeenBy(audience, party))
}
