import type { WaitingFor } from '../domain/words.ts'
import { moving, type OfTicket } from './moving-ticket.ts'

export interface SnoozeTicket extends OfTicket {
  readonly waitingFor: WaitingFor
  /** Wakes then at the latest; absent or null: only when something happens. */
  readonly until?: Date | null
}

/** Says whose move it is instead of ours. */
export const snoozeTicket = moving<SnoozeTicket>((input) => ({
  do: 'wait',
  waitingFor: input.waitingFor,
  until: input.until ?? null,
}))
