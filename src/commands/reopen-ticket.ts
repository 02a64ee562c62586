import { moving, type OfTicket } from './moving-ticket.ts'

/**
 * The customer says that it is not solved. If its fix was out, engineering is asked about a regression; other tickets
 * on the same work item stay as they are.
 */
export const reopenTicket = moving<OfTicket>(() => ({ do: 'reopen' }))
