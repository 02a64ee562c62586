import type { Static } from 'typebox'
import type { CreateTicket } from '../../commands/create-ticket.ts'
import { type Refusal, refuse } from '../../domain/refusal.ts'
import { err, ok, type Result } from '../../lib/result.ts'
import type { TicketFilter } from '../../store/views/ticket-list.ts'
import { askedBy } from '../asked.ts'
import type { Caller } from '../caller.ts'
import type { TicketQuery } from './schema.ts'

/** Null: this caller can see none. Whatever a customer asks for, only tickets within their reach are looked at. */
export const filterOf = (
  query: Static<typeof TicketQuery>,
  caller: Caller,
  now: Date,
): TicketFilter | null => {
  const { state, owner, customer, product, component, workItem, q, limit: _, cursor: __, ...plain } = query
  const { reach } = caller
  if (reach !== null && reach.customerId === null) return null
  if (owner === 'me' && caller.personId === null) return null
  const ownerId = owner === 'me' ? caller.personId : owner === 'nobody' ? null : owner
  const asked = reach === null ? customer : reach.customerId
  // filters on what a customer may not see would tell it by what they find
  const inside = {
    ...plain,
    ...(ownerId === undefined ? {} : { ownerId }),
    ...(component === undefined ? {} : { componentId: component }),
    ...(workItem === undefined ? {} : { workItemId: workItem }),
  }
  const { waitingFor, kind, text } = plain
  const outside = {
    // that we wait for them is all they are told of what we wait for
    ...(waitingFor === 'customer' ? { waitingFor } : {}),
    ...(kind === undefined ? {} : { kind }),
    ...(text === undefined ? {} : { text }),
  }
  return {
    ...(reach === null
      ? inside
      : { ...outside, ...(reach.contactId === null ? {} : { contactId: reach.contactId }) }),
    ...(state === undefined ? {} : { states: [state] }),
    ...(product === undefined ? {} : { productId: product }),
    ...(asked == null ? {} : { customerId: asked }),
    ...askedBy(caller, q, 'tickets', now),
  }
}

/** What a customer says of a new ticket; who they are is known, and the rest is for support to judge. */
const CUSTOMER_SAYS = ['title', 'description', 'kind', 'product', 'version', 'environment'] as const

export const newTicketOf = (input: CreateTicket, caller: Caller): Result<CreateTicket, Refusal> => {
  if (caller.reach === null) return ok(input)
  const beyond = Object.keys(input).find((name) => !(CUSTOMER_SAYS as readonly string[]).includes(name))
  if (beyond !== undefined)
    return err(refuse('not-allowed', 'Support decides about this; leave it out.', { field: `/${beyond}` }))
  return ok({ ...input, customer: caller.customerId, contact: caller.contactId })
}
