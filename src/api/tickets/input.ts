import type { Static } from 'typebox'
import type { TicketFilter } from '../../store/views/ticket-list.ts'
import { askedBy } from '../asked.ts'
import type { Caller } from '../caller.ts'
import type { TicketQuery } from './schema.ts'

/** Null: this caller can have none, as one who is nobody has no tickets of their own. */
export const filterOf = (
  query: Static<typeof TicketQuery>,
  caller: Caller,
  now: Date,
): TicketFilter | null => {
  const { state, owner, customer, product, component, workItem, q, limit: _, cursor: __, ...plain } = query
  if (owner === 'me' && caller.personId === null) return null
  const ownerId = owner === 'me' ? caller.personId : owner === 'nobody' ? null : owner
  return {
    ...plain,
    ...(ownerId === undefined ? {} : { ownerId }),
    ...(component === undefined ? {} : { componentId: component }),
    ...(workItem === undefined ? {} : { workItemId: workItem }),
    ...(state === undefined ? {} : { states: [state] }),
    ...(product === undefined ? {} : { productId: product }),
    ...(customer === undefined ? {} : { customerId: customer }),
    ...askedBy(caller, q, 'tickets', now),
  }
}
