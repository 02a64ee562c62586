import type { TicketCommand } from '../domain/ticket.ts'
import type { OpenNeed, TicketState, WaitingFor } from '../domain/words.ts'
import type { ChangedVersion } from './change-ticket.ts'
import { isWithinReach } from './is-within-reach.ts'
import { heldTicket, moveTicket } from './move-ticket.ts'
import { done, unknown } from './outcome.ts'
import type { Command } from './run-command.ts'

/** What a person does with a ticket as a whole: each such command is one move of domain/ticket.ts. */
export interface OfTicket {
  /** Id or key. */
  readonly ticket: string
  /** The version the asker saw; absent: whatever it is now. */
  readonly version?: number
}

export interface TicketMoved extends ChangedVersion {
  readonly state: TicketState
  readonly needs: OpenNeed | null
  readonly waitingFor: WaitingFor | null
}

/** A command that is one move of a ticket's life. */
export const moving =
  <I extends OfTicket>(commandOf: (input: I) => TicketCommand): Command<I, TicketMoved> =>
  async (tx, context, input) => {
    const held = await heldTicket(tx, input.ticket, input.version)
    if (!held.ok) return held
    if (!(await isWithinReach(tx, context.actor, held.value)))
      return unknown('ticket', input.ticket, '/ticket')
    const moved = await moveTicket(tx, context, held.value, commandOf(input))
    if (!moved.ok) return moved
    const { state, needs, waitingFor } = moved.value.decision.next
    return done(
      { id: held.value.id, key: held.value.key, version: moved.value.version, state, needs, waitingFor },
      moved.value,
    )
  }
