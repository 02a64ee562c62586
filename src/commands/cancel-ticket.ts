import { moving, type OfTicket } from './moving-ticket.ts'

/** It was never needed: asked by mistake, or taken back. */
export const cancelTicket = moving<OfTicket>(() => ({ do: 'cancel' }))
