import type { TicketState, WaitingFor } from './words.ts'

/**
 * Where a ticket stands, in a sentence for the customer who asked. What our own words say beside (which reply is owed,
 * that a change or a release is waited for) is how we work inside, and is not told.
 */
export const standingInWords = (state: TicketState, waitingFor: WaitingFor | null): string => {
  switch (state) {
    case 'new':
      return 'We have it: somebody will look at it.'
    case 'open':
      return 'We are working on it.'
    case 'waiting':
      return waitingFor === 'customer' ? 'We wait for your answer.' : 'We go on as soon as we can.'
    case 'resolved':
      return 'Solved. Tell us if it is not.'
    case 'closed':
      return 'Closed.'
    case 'cancelled':
      return 'Withdrawn.'
    case 'merged':
      return 'Continued in another ticket.'
  }
}
