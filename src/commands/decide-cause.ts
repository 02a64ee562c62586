import type { CauseState } from '../domain/cause.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { err, ok, type Result } from '../lib/result.ts'
import { type CauseRef, causeState, isThere, writeCause } from '../store/causes.ts'
import { type Ticket, updateTicket } from '../store/tickets.ts'
import { heldTicket } from './move-ticket.ts'
import { done, NO_EFFECTS, unknown } from './outcome.ts'
import type { Command } from './run-command.ts'

interface OfIncident {
  /** Id or key. */
  readonly ticket: string
}

const isIncident = (ticket: Ticket): Result<Ticket, Refusal> =>
  ticket.kind === 'incident'
    ? ok(ticket)
    : err(refuse('wrong-state', 'Only an incident has a cause: this ticket is of another kind.'))

export interface DecideCause extends OfIncident {
  readonly cause: CauseRef
  /** `suspected` takes back what was decided. */
  readonly state: CauseState
}

/**
 * Says what an incident was caused by, or was not. Many to many: one cause has many incidents, and one incident many. What
 * was decided can be taken back also where the ticket turned out to be no incident.
 */
export const decideCause: Command<DecideCause, { readonly id: string }> = async (tx, context, input) => {
  const held = await heldTicket(tx, input.ticket, undefined)
  if (!held.ok) return held
  const { id } = held.value
  const { cause, state } = input
  if (!(await isThere(tx, cause))) return unknown(cause.kind, cause.id, '/id')
  const decided = await causeState(tx, id, cause)
  const may = decided === null || state === 'confirmed' ? isIncident(held.value) : held
  if (!may.ok) return may
  const before = decided ?? 'suspected'
  if (before === state) return done({ id }, NO_EFFECTS)
  await writeCause(tx, id, cause, { id: context.newId(), state, by: context.actor, at: context.now })
  return done(
    { id },
    {
      events: [
        {
          kind: `cause.${state}`,
          record: { kind: 'ticket', id },
          data: { cause: cause.kind, id: cause.id, from: before },
        },
      ],
      changed: [],
    },
  )
}

export interface SetImpact extends OfIncident {
  /** Null: nobody knows; it counts from when the ticket was made. */
  readonly at: Date | null
}

/** Says when an impact began: what it may have been caused by is looked for before that. */
export const setImpact: Command<SetImpact, { readonly id: string }> = async (tx, context, { ticket, at }) => {
  const found = await heldTicket(tx, ticket, undefined)
  const held = found.ok ? isIncident(found.value) : found
  if (!held.ok) return held
  const { id, impact_began_at: before } = held.value
  if (at !== null && at > context.now)
    return err(refuse('invalid', 'An impact begins when it is felt, not later than now.', { field: '/at' }))
  if ((before?.getTime() ?? null) === (at?.getTime() ?? null)) return done({ id }, NO_EFFECTS)
  await updateTicket(tx, id, { impact_began_at: at }, context.now)
  const changes = { impactBegan: { from: before?.toISOString() ?? null, to: at?.toISOString() ?? null } }
  return done(
    { id },
    {
      events: [{ kind: 'ticket.changed', record: { kind: 'ticket', id }, data: { changes } }],
      changed: [],
    },
  )
}
