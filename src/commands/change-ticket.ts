import { levelsSet } from '../domain/priority.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { LEVELS, type Level, type Severity, type TicketKind } from '../domain/words.ts'
import { err, ok, type Result } from '../lib/result.ts'
import type { Ticket, TicketPatch } from '../store/tickets.ts'
import { updateTicket } from '../store/tickets.ts'
import { callingAsBefore, type RichText } from '../sync/rich-text/index.ts'
import { changesOf, checkCustom, checkText, checkTitle } from './field-rules.ts'
import { heldTicket } from './move-ticket.ts'
import { done } from './outcome.ts'
import type { Command } from './run-command.ts'
import { resolveTicketReferences, type TicketReferences } from './ticket-references.ts'

/** Fields as people know them, and the column of each. */
export const TICKET_COLUMNS = {
  kind: 'kind',
  title: 'title',
  description: 'description',
  impact: 'impact',
  urgency: 'urgency',
  severity: 'severity',
  customer: 'customer_id',
  contact: 'contact_id',
  owner: 'owner_id',
  product: 'product_id',
  component: 'component_id',
  installation: 'installation_id',
  version: 'release_version',
  environment: 'environment',
  workaround: 'workaround',
  workaroundAccepted: 'workaround_accepted',
  custom: 'custom',
} as const satisfies Readonly<Record<string, keyof Ticket>>

export interface TicketFields extends TicketReferences {
  readonly kind?: TicketKind
  readonly title?: string
  readonly description?: RichText
  /** Null, as is the other then: they follow the severity again. */
  readonly impact?: Level | null
  readonly urgency?: Level | null
  readonly severity?: Severity | null
  readonly workaround?: string | null
  readonly workaroundAccepted?: boolean | null
  /** Merged into what is there; null removes one. */
  readonly custom?: Readonly<Record<string, string | null>>
}

export interface ChangeTicket {
  /** Id or key. */
  readonly ticket: string
  /** The version the asker saw; absent: whatever it is now. */
  readonly version?: number
  readonly set: TicketFields
}

export interface ChangedVersion {
  readonly id: string
  readonly key: string
  readonly version: number
}

/** Own fields merged: what is named is set or, with null, removed. */
export const mergeCustom = (
  before: Readonly<Record<string, string>>,
  set: Readonly<Record<string, string | null>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries({ ...before, ...set }).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  )

const plainColumns = (ticket: Ticket, set: TicketFields): Result<TicketPatch, Refusal> => {
  const patch: TicketPatch = {}
  if (set.title !== undefined) {
    const title = checkTitle(set.title, '/set/title')
    if (!title.ok) return title
    patch.title = title.value
  }
  if (set.workaround !== undefined) {
    const text = checkText(set.workaround ?? '', '/set/workaround')
    if (!text.ok) return text
    patch.workaround = text.value === '' ? null : text.value
  }
  for (const field of ['impact', 'urgency'] as const) {
    const level = set[field]
    if (level == null) continue
    if (!LEVELS.includes(level)) {
      return err(refuse('invalid', 'A level is 1, 2 or 3.', { field: `/set/${field}` }))
    }
  }
  if ((set.impact === null) !== (set.urgency === null)) {
    return err(
      refuse('invalid', 'Impact and urgency follow the severity together: set both to null, or neither.', {
        field: set.impact === null ? '/set/urgency' : '/set/impact',
      }),
    )
  }
  if (set.impact !== undefined || set.urgency !== undefined) Object.assign(patch, levelsSet(set, ticket))
  if (set.kind !== undefined) patch.kind = set.kind
  if (set.severity !== undefined) patch.severity = set.severity
  if (set.workaroundAccepted !== undefined) patch.workaround_accepted = set.workaroundAccepted
  if (set.custom !== undefined) {
    const custom = checkCustom(mergeCustom(ticket.custom, set.custom))
    if (!custom.ok) return custom
    patch.custom = JSON.stringify(custom.value)
  }
  if (set.description !== undefined)
    patch.description = JSON.stringify(callingAsBefore(set.description, ticket.description))
  return ok(patch)
}

/** Changes what a ticket says. Its state and owner have commands of their own. */
export const changeTicket: Command<ChangeTicket, ChangedVersion> = async (tx, context, input) => {
  const held = await heldTicket(tx, input.ticket, input.version)
  if (!held.ok) return held
  const ticket = held.value
  if (ticket.state === 'merged') {
    return err(refuse('wrong-state', 'The ticket was merged into another: change that one.'))
  }
  const plain = plainColumns(ticket, input.set)
  if (!plain.ok) return plain
  const refs = await resolveTicketReferences(tx, input.set, ticket)
  if (!refs.ok) return refs
  const patch = { ...plain.value, ...refs.value }
  const changes = ticketChanges(ticket, patch)
  if (Object.keys(changes).length === 0)
    return done({ id: ticket.id, key: ticket.key, version: ticket.version })
  const version = await updateTicket(tx, ticket.id, patch, context.now)
  return done(
    { id: ticket.id, key: ticket.key, version },
    {
      events: [{ kind: 'ticket.changed', record: { kind: 'ticket', id: ticket.id }, data: { changes } }],
      changed: [{ kind: 'ticket', id: ticket.id }],
    },
  )
}

/** What a patch (with JSON columns as text) changes of a ticket. */
export const ticketChanges = (ticket: Ticket, patch: TicketPatch) =>
  changesOf(TICKET_COLUMNS, ticket, withoutJsonText(patch))

/** JSON columns are written as text; compared and told they are values. */
export const withoutJsonText = (
  patch: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(patch).map(([column, value]) =>
      (column === 'description' || column === 'custom') && typeof value === 'string'
        ? [column, JSON.parse(value)]
        : [column, value],
    ),
  )
