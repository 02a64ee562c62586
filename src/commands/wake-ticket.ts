import type { OpenNeed } from '../domain/words.ts'
import { said } from '../lib/said.ts'
import { moving, type OfTicket } from './moving-ticket.ts'

export interface WakeTicket extends OfTicket {
  /** Half a sentence for the owner. */
  readonly because?: string
  readonly need?: OpenNeed
}

/** Ends a wait and tells the owner why: by hand, by the clock or by a rule. */
export const wakeTicket = moving<WakeTicket>((input) => ({
  do: 'wake',
  because: input.because ?? said`The time to wait is over`,
  need: input.need ?? 'investigating',
}))
