import type { Tx } from '../store/database.ts'
import { wishedWork } from '../store/enhancement-work.ts'
import { updateAsk } from '../store/enhancements.ts'
import { liveEscalationOf } from '../store/escalations.ts'
import type { Ticket } from '../store/tickets.ts'
import { lockWorkItem, type WorkItem } from '../store/work-items.ts'
import { bond } from './bond-ticket.ts'
import { type Effects, NO_EFFECTS } from './outcome.ts'
import type { CommandContext } from './run-command.ts'

/** A held ticket without a live bond waits for held work because it asks for what that answers. */
export const bondAsker = async (
  tx: Tx,
  context: CommandContext,
  ask: string,
  ticket: Ticket,
  item: WorkItem,
): Promise<Effects> => {
  const joined = await bond(tx, context, ticket, item)
  if (!joined.ok) return NO_EFFECTS
  await updateAsk(tx, ask, { waits_for: item.id })
  return joined.value.effects
}

/** A ticket that was closed when others began to wait is open again: it waits with them. Call it with the ticket locked. */
export const waitWithWish = async (tx: Tx, context: CommandContext, ticket: Ticket): Promise<Effects> => {
  const wished = await wishedWork(tx, ticket.id)
  if (wished === null || (await liveEscalationOf(tx, ticket.id)) !== null) return NO_EFFECTS
  const item = await lockWorkItem(tx, wished.workItemId)
  return item === null ? NO_EFFECTS : bondAsker(tx, context, wished.ask, ticket, item)
}
