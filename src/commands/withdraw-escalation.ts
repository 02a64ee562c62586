import type { WithdrawnFrom } from '../domain/escalation.ts'
import { refuse } from '../domain/refusal.ts'
import { err } from '../lib/result.ts'
import { said } from '../lib/said.ts'
import { insertComment } from '../store/comments.ts'
import type { Tx } from '../store/database.ts'
import { type Escalation, liveEscalationOf } from '../store/escalations.ts'
import { isReleased } from '../store/releases.ts'
import { findTicket, lockTickets } from '../store/tickets.ts'
import type { WorkItem } from '../store/work-items.ts'
import { plainText } from '../sync/rich-text/plain.ts'
import { checkText } from './field-rules.ts'
import { done, type Effects, NO_EFFECTS, unknown } from './outcome.ts'
import { heldWorkItem } from './progress-work-item.ts'
import { moveEscalations, wakeTickets } from './reach-tickets.ts'
import type { Command, CommandContext } from './run-command.ts'

export interface WithdrawEscalation {
  /** The ticket taken back: id or key. */
  readonly ticket: string
  readonly reason: string
}

export interface OnWorkItem {
  readonly workItem: { readonly key: string }
}

/** What the log keeps of a withdrawal, so that it can be taken back. */
export interface WithdrawnData {
  readonly was: WithdrawnFrom
  /** What the ticket waited for there, and was woken from. */
  readonly waited: { readonly for: 'change' | 'release'; readonly until: string | null } | null
}

/**
 * Support takes one ticket back: joined by mistake, solved otherwise, not wanted any more. The bond ends; the work and the
 * other tickets on it stay, because whether the work is still worth doing is engineering's word. They read the reason on
 * the work item. A ticket that waited for what engineering does waits for nothing now, so it wakes.
 */
export const withdrawEscalation: Command<WithdrawEscalation, OnWorkItem> = async (tx, context, input) => {
  const reason = checkText(input.reason.trim(), '/reason')
  if (!reason.ok) return reason
  if (reason.value === '') {
    return err(
      refuse('invalid', 'Say why, so that engineering knows whether the work still matters.', {
        field: '/reason',
      }),
    )
  }
  const ticket = await findTicket(tx, input.ticket)
  if (ticket === null) return unknown('ticket', input.ticket, '/ticket')
  const live = await liveEscalationOf(tx, ticket.id)
  if (live === null) return err(refuse('wrong-state', `${ticket.key} is not with engineering.`))
  const held = await heldWorkItem(tx, live.work_item_id, undefined)
  if (!held.ok) return held
  const item = held.value
  const withdrawn: Escalation[] = []
  const moved = await moveEscalations(tx, context, item, (escalation) => {
    if (escalation.id !== live.id) return null
    withdrawn.push(escalation)
    return { do: 'withdraw', reason: reason.value }
  })
  const [before] = withdrawn
  if (before === undefined || moved.events.length === 0) {
    return err(refuse('changed-meanwhile', 'The escalation ended meanwhile. Read it again.'))
  }
  const woken = await wakeFromThere(tx, context, ticket.id, item)
  const kept: WithdrawnData = {
    was: {
      // a live bond is in no other state, or the move above would have been refused
      state: before.state as WithdrawnFrom['state'],
      question: before.question,
      work: { state: item.state, released: item.state === 'done' && (await isReleased(tx, item.release_id)) },
    },
    waited: woken.waited,
  }
  const told = await tellEngineering(tx, context, item, `${ticket.key} is withdrawn: ${reason.value}`)
  return done(
    { workItem: { key: item.key } },
    {
      ...moved,
      events: moved.events.map((event) =>
        event.kind === 'escalation.withdrawn' ? { ...event, data: { ...event.data, ...kept } } : event,
      ),
    },
    woken.effects,
    told,
  )
}

/** A note on the work item, for engineering alone: the other tickets behind it are none of this one's. */
export const tellEngineering = async (
  tx: Tx,
  context: CommandContext,
  item: Pick<WorkItem, 'id'>,
  text: string,
): Promise<Effects> => {
  const id = context.newId()
  const record = { kind: 'work item', id: item.id } as const
  const audience = 'engineering'
  await insertComment(tx, {
    ...{ id, record, audience, author: context.actor, body: plainText(text) },
    ...{ sourceConnection: null, at: context.now },
  })
  return {
    events: [{ kind: 'comment.added', record, data: { comment: id, audience } }],
    changed: [record],
  }
}

const wakeFromThere = async (
  tx: Tx,
  context: CommandContext,
  ticketId: string,
  item: WorkItem,
): Promise<{ readonly effects: Effects; readonly waited: WithdrawnData['waited'] }> => {
  const [ticket] = await lockTickets(tx, [ticketId])
  const waitingFor = ticket?.waiting_for
  if (ticket === undefined || (waitingFor !== 'change' && waitingFor !== 'release'))
    return { effects: NO_EFFECTS, waited: null }
  const news = {
    because: said`Withdrawn from ${item.key}: it waits for nothing there any more`,
    need: 'investigating',
  } as const
  const events = await wakeTickets(tx, context, [{ ticket, news }])
  return {
    effects: { events, changed: [{ kind: 'ticket', id: ticket.id }] },
    waited: { for: waitingFor, until: ticket.wake_at?.toISOString() ?? null },
  }
}
