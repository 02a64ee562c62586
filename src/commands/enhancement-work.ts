import { isDropped } from '../domain/work-item.ts'
import type { Tx } from '../store/database.ts'
import {
  broughtWork,
  notYetWaiting,
  type Waiter,
  waitingInVain,
  workInTriage,
  workOf,
} from '../store/enhancement-work.ts'
import { type Enhancement, findEnhancement, updateAsk, updateEnhancement } from '../store/enhancements.ts'
import { liveEscalationOf } from '../store/escalations.ts'
import { findWorkItem, type WorkItem } from '../store/work-items.ts'
import { acceptWorkItem } from './accept-work-item.ts'
import { declineWorkItem } from './decline-work-item.ts'
import { markDuplicate } from './mark-duplicate.ts'
import { heldTicket, moveTicket } from './move-ticket.ts'
import { type Effects, NO_EFFECTS, together } from './outcome.ts'
import { heldWorkItem } from './progress-work-item.ts'
import type { CommandContext } from './run-command.ts'
import { bondAsker } from './wait-with-wish.ts'
import { withdrawEscalation } from './withdraw-escalation.ts'
import { workChanged } from './work-changed.ts'

/**
 * Brings what a request's work is and who waits for it into line, after whatever happened to a held request that is merged
 * into none: a feature that an asker brings is its work where it has none, a decision answers what still lies in triage,
 * who waited for what is its work no more stops, and everybody who asks waits for what is. `isNews`: the decision is, or it
 * has work that was not decided with it; else what engineering put back into triage stays there.
 */
export const settleWork = async (
  tx: Tx,
  context: CommandContext,
  root: Enhancement,
  { isNews = false }: { readonly isNews?: boolean } = {},
): Promise<Effects> => {
  const brought = await takeWhatIsBrought(tx, context, root)
  const left: Effects[] = []
  for (const { isBound, ...waiter } of await waitingInVain(tx, root.id))
    left.push(isBound ? await leaveWork(tx, context, root, waiter) : await forget(tx, waiter))
  const answered = await answerTriage(tx, context, root, isNews || brought.events.length > 0)
  const work = await workOf(tx, root.id)
  const joined: Effects[] = []
  if (work !== null && !isDropped(work.state))
    for (const waiter of await notYetWaiting(tx, root.id, work.id))
      joined.push(await joinWork(tx, context, work, waiter))
  return together(brought, ...left, answered, ...joined)
}

const takeWhatIsBrought = async (tx: Tx, context: CommandContext, root: Enhancement): Promise<Effects> => {
  const has = await workOf(tx, root.id)
  const brought = has === null || isDropped(has.state) ? await broughtWork(tx, root.id) : null
  if (brought === null) return NO_EFFECTS
  const to = await findWorkItem(tx, brought.workItemId)
  const of = await findEnhancement(tx, brought.enhancementId)
  await updateEnhancement(tx, brought.enhancementId, { work_item_id: brought.workItemId }, context.now)
  return { events: [workChanged(of ?? root, has, to)], changed: [] }
}

const forget = async (tx: Tx, { ask }: Waiter): Promise<Effects> => {
  await updateAsk(tx, ask, { waits_for: null })
  return NO_EFFECTS
}

/** It asks for this no more, so it waits for its work no more. */
export const leaveWork = async (
  tx: Tx,
  context: CommandContext,
  { key }: Enhancement,
  waiter: Waiter,
): Promise<Effects> => {
  const reason = `It does not wait with ${key} any more.`
  const left = await withdrawEscalation(tx, context, { ticket: waiter.ticket, reason })
  await forget(tx, waiter)
  return left.ok ? left.value : NO_EFFECTS
}

/**
 * Work that still lies in triage is answered by the decision on the request: accepted, declined in the same words, or where
 * it is a second feature for the same wish, the same as the first.
 */
const answerTriage = async (
  tx: Tx,
  context: CommandContext,
  root: Enhancement,
  isNews: boolean,
): Promise<Effects> => {
  const { state, decision_words } = root
  if (state !== 'accepted' && state !== 'declined') return NO_EFFECTS
  const work = await workOf(tx, root.id)
  const answered: Effects[] = []
  for (const workItem of await workInTriage(tx, root.id)) {
    if (work?.id === workItem && !isNews) continue
    const done =
      state === 'declined'
        ? await declineWorkItem(tx, context, { workItem, reason: decision_words ?? '' })
        : work === null || isDropped(work.state) || work.id === workItem
          ? await acceptWorkItem(tx, context, { workItem })
          : await markDuplicate(tx, context, { workItem, of: work.id })
    if (done.ok) answered.push(done.value)
  }
  return together(...answered)
}

/** By the same bond as any other. One that was answered stays answered; one that is closed, or waits for other work, does not join. */
const joinWork = async (
  tx: Tx,
  context: CommandContext,
  work: WorkItem,
  waiter: Waiter,
): Promise<Effects> => {
  // the work item before its tickets, as everywhere
  const item = await heldWorkItem(tx, work.id, undefined)
  const ticket = await heldTicket(tx, waiter.ticket, undefined)
  if (!item.ok || !ticket.ok || (await liveEscalationOf(tx, ticket.value.id)) !== null) return NO_EFFECTS
  const isAnswered = ticket.value.state === 'resolved'
  const moved = isAnswered ? null : await moveTicket(tx, context, ticket.value, { do: 'escalate' })
  if (moved?.ok === false) return NO_EFFECTS
  const joined = await bondAsker(tx, context, waiter.ask, ticket.value, item.value)
  return together(moved?.value ?? NO_EFFECTS, joined)
}
