import { moving, type OfTicket } from './moving-ticket.ts'

/** Nobody's move any more. */
export const closeTicket = moving<OfTicket>(() => ({ do: 'close' }))
