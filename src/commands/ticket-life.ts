import type { TicketCommand } from '../domain/ticket.ts'
import type { OpenNeed, TicketState, WaitingFor } from '../domain/words.ts'
import type { ChangedVersion } from './change-ticket.ts'
import { heldTicket, moveTicket } from './move-ticket.ts'
import { done } from './outcome.ts'
import type { Command } from './run-command.ts'
import { personIdOf } from './ticket-references.ts'

/** What a person does with a ticket as a whole: each is one move of domain/ticket.ts. */
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

const moving =
  <I extends OfTicket>(commandOf: (input: I) => TicketCommand): Command<I, TicketMoved> =>
  async (tx, context, input) => {
    const held = await heldTicket(tx, input.ticket, input.version)
    if (!held.ok) return held
    const moved = await moveTicket(tx, context, held.value, commandOf(input))
    if (!moved.ok) return moved
    const { state, needs, waitingFor } = moved.value.decision.next
    return done(
      { id: held.value.id, key: held.value.key, version: moved.value.version, state, needs, waitingFor },
      moved.value,
    )
  }

export const resolveTicket = moving<OfTicket>(() => ({ do: 'resolve' }))
export const closeTicket = moving<OfTicket>(() => ({ do: 'close' }))
export const cancelTicket = moving<OfTicket>(() => ({ do: 'cancel' }))
/** The customer says it is not solved. Other tickets on the same work item stay as they are. */
export const reopenTicket = moving<OfTicket>(() => ({ do: 'reopen' }))

/** Says whose move it is instead of ours, and until when at most. */
export const snoozeTicket = moving<
  OfTicket & { readonly waitingFor: WaitingFor; readonly until?: Date | null }
>((input) => ({ do: 'wait', waitingFor: input.waitingFor, until: input.until ?? null }))

/** Ends a wait, by hand or by the clock. */
export const wakeTicket = moving<OfTicket & { readonly because?: string; readonly need?: OpenNeed }>(
  (input) => ({
    do: 'wake',
    because: input.because ?? 'Its time is over',
    need: input.need ?? 'investigating',
  }),
)

/** Makes somebody (by id or e-mail) the owner, or nobody. */
export const assignTicket: Command<OfTicket & { readonly owner: string | null }, TicketMoved> = async (
  tx,
  context,
  input,
) => {
  const owner = await personIdOf(tx, input.owner, '/owner')
  if (!owner.ok) return owner
  const id = owner.value
  return moving<OfTicket>(() => ({ do: 'take', ownerId: id }))(tx, context, input)
}
