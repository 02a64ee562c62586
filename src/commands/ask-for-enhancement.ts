import type { Importance, Reception } from '../domain/enhancement.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { err, ok, type Result } from '../lib/result.ts'
import type { Tx } from '../store/database.ts'
import { letGo } from '../store/enhancement-work.ts'
import {
  answeredOn,
  deleteAsk,
  type Enhancement,
  findAsk,
  findAskOfTicket,
  findEnhancement,
  insertAsk,
  insertTelling,
  lockRoot,
  updateAsk,
  wasDecisionToldOn,
} from '../store/enhancements.ts'
import { liveEscalationOf } from '../store/escalations.ts'
import { findTicket } from '../store/tickets.ts'
import { codecs } from '../sync/rich-text/index.ts'
import { addComment } from './add-comment.ts'
import { leaveWork, settleWork } from './enhancement-work.ts'
import { checkText } from './field-rules.ts'
import type { Named } from './organisation-rules.ts'
import { done, type Effects, NO_EFFECTS, together, unknown } from './outcome.ts'
import type { Command, CommandContext } from './run-command.ts'

export interface AskForEnhancement {
  /** Id or key. */
  readonly enhancement: string
  /** Id or key. */
  readonly ticket: string
  /** As the customer rates it; null: not asked. */
  readonly importance: Importance | null
}

/** A ticket asks for it too. Where it is decided already, its customer is told so; where it is built, they wait with the others. */
export const askForEnhancement: Command<AskForEnhancement, Named> = async (tx, context, input) => {
  const enhancement = await lockRoot(tx, input.enhancement)
  if (enhancement === null) return unknown('request', input.enhancement, '/enhancement')
  const asked = await askFor(tx, context, enhancement, input)
  return asked.ok ? done({ id: enhancement.id, key: enhancement.key }, asked.value) : asked
}

export const askFor = async (
  tx: Tx,
  context: CommandContext,
  enhancement: Enhancement,
  input: Pick<AskForEnhancement, 'ticket' | 'importance'>,
): Promise<Result<Effects, Refusal>> => {
  const ticket = await findTicket(tx, input.ticket)
  if (ticket === null) return unknown('ticket', input.ticket, '/ticket')
  if (ticket.state === 'merged')
    return err(
      refuse('wrong-state', `${ticket.key} is merged into another ticket: that one asks.`, {
        field: '/ticket',
      }),
    )
  const id = context.newId()
  const isNew = await insertAsk(tx, {
    ...{ id, enhancement_id: enhancement.id, ticket_id: ticket.id, importance: input.importance },
    ...{ asked_by: JSON.stringify(context.actor), at: context.now },
  })
  if (!isNew) {
    const known = await findAskOfTicket(tx, ticket.id)
    const other = known === null ? null : await findEnhancement(tx, known.enhancement_id)
    const key = other?.key ?? ''
    return err(
      refuse('already-done', `${ticket.key} asks for ${key} already.`, {
        field: '/ticket',
        ...(other === null ? {} : { existing: { kind: 'enhancement', id: other.id, key } }),
      }),
    )
  }
  const told = await tellDecision(tx, context, enhancement, ticket.id)
  const settled = await settleWork(tx, context, enhancement)
  const record = { kind: 'enhancement', id: enhancement.id }
  const asked: Effects = {
    events: [
      { kind: 'enhancement.asked', record, data: { key: enhancement.key, ticket: ticket.key } },
      {
        kind: 'ticket.linked',
        record: { kind: 'ticket', id: ticket.id },
        data: { enhancement: enhancement.key },
      },
    ],
    changed: [],
  }
  return ok(together(asked, told, settled))
}

/** Says the decision on the ticket, in the customer's own channel; once for a decision, however often it is asked. */
export const tellDecision = async (
  tx: Tx,
  context: CommandContext,
  { decided_at, decision_words, decision_number }: Enhancement,
  ticketId: string,
): Promise<Effects> => {
  if (decided_at === null || decision_words === null) return NO_EFFECTS
  // a ticket that was merged meanwhile: its customer reads on in the one it went into, and that may have asked too
  const ref = await answeredOn(tx, ticketId)
  const isTold = await wasDecisionToldOn(tx, ref, decision_number)
  const said = isTold
    ? null
    : await addComment(tx, context, {
        record: { kind: 'ticket', ref },
        body: codecs.markdown.read(decision_words),
        audience: 'everyone',
      })
  if (said?.ok === false) return NO_EFFECTS
  await insertTelling(tx, { ticket_id: ticketId, decision_number, at: context.now })
  return said?.value ?? NO_EFFECTS
}

export interface ChangeAsk {
  readonly ask: string
  readonly importance?: Importance | null
  readonly reception?: Reception | null
  readonly receptionWords?: string | null
}

/** How much it matters to them, or what they said of it when they had it. */
export const changeAsk: Command<ChangeAsk, Named> = async (tx, context, input) => {
  const ask = await findAsk(tx, input.ask)
  if (ask === null) return unknown('asking ticket', input.ask, '/ask')
  const enhancement = await lockRoot(tx, ask.enhancement_id)
  if (enhancement === null) return unknown('request', ask.enhancement_id, '/enhancement')
  const words = checkText(input.receptionWords ?? '', '/receptionWords')
  if (!words.ok) return words
  const received =
    input.reception === undefined
      ? {}
      : {
          reception: input.reception,
          reception_words: input.reception === null ? null : words.value.trim() || null,
          received_at: input.reception === null ? null : context.now,
          received_by: input.reception === null ? null : JSON.stringify(context.actor),
        }
  await updateAsk(tx, ask.id, {
    ...(input.importance === undefined ? {} : { importance: input.importance }),
    ...received,
  })
  const record = { kind: 'enhancement', id: enhancement.id }
  const { key } = enhancement
  return done(
    { id: enhancement.id, key },
    {
      events: [
        input.reception == null
          ? { kind: 'enhancement.changed', record, data: { key, changes: {} } }
          : { kind: 'enhancement.received', record, data: { key, reception: input.reception } },
      ],
      changed: [],
    },
  )
}

/**
 * The ticket asks for something else, or for nothing: it waits for this work no more, and takes along what it brought while
 * nobody has decided on that. What it was told stays said.
 */
export const withdrawAsk: Command<{ readonly ask: string }, Named> = async (tx, context, input) => {
  const ask = await findAsk(tx, input.ask)
  if (ask === null) return unknown('asking ticket', input.ask, '/ask')
  const enhancement = await lockRoot(tx, ask.enhancement_id)
  if (enhancement === null) return unknown('request', ask.enhancement_id, '/enhancement')
  const waiter = { ask: ask.id, ticket: await answeredOn(tx, ask.ticket_id) }
  const live = await liveEscalationOf(tx, waiter.ticket)
  const waits = live !== null && live.work_item_id === ask.waits_for
  const left = waits ? await leaveWork(tx, context, enhancement, waiter) : NO_EFFECTS
  await deleteAsk(tx, ask.id)
  if (live !== null && !waits) await letGo(tx, enhancement.id, live.work_item_id, context.now)
  const settled = await settleWork(tx, context, enhancement)
  const ticket = await findTicket(tx, ask.ticket_id)
  const { id, key } = enhancement
  const data = { key, ticket: ticket?.key ?? '' }
  return done(
    { id, key },
    {
      events: [
        { kind: 'enhancement.unasked', record: { kind: 'enhancement', id }, data },
        {
          kind: 'ticket.unlinked',
          record: { kind: 'ticket', id: ask.ticket_id },
          data: { enhancement: key },
        },
      ],
      changed: [],
    },
    left,
    settled,
  )
}
