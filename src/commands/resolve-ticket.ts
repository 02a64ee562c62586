import { moving, type OfTicket } from './moving-ticket.ts'

/** An answer was given; the customer may still object. */
export const resolveTicket = moving<OfTicket>(() => ({ do: 'resolve' }))
