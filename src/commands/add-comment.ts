import type { Audience } from '../domain/audience.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import type { TicketCommand } from '../domain/ticket.ts'
import { err, ok, type Result } from '../lib/result.ts'
import { insertComment } from '../store/comments.ts'
import type { Tx } from '../store/database.ts'
import { insertMentions, seeMentions } from '../store/mentions.ts'
import { findWorkItem } from '../store/work-items.ts'
import { oursOf, type RichText, withNames } from '../sync/rich-text/index.ts'
import { isWithinReach } from './is-within-reach.ts'
import { type Called, mentionedIn } from './mentioned-in.ts'
import { heldTicket, moveTicket } from './move-ticket.ts'
import { done, type Effects, NO_EFFECTS, unknown } from './outcome.ts'
import type { Command, CommandContext } from './run-command.ts'
import { wordsSince } from './words-since.ts'

export interface AddComment {
  readonly record: { readonly kind: 'ticket' | 'work item' /** Id or key. */; readonly ref: string }
  readonly body: RichText
  readonly audience: Audience
  /** A public comment of staff that needs the customer's answer: the ticket then waits for the customer. */
  readonly asks?: boolean
  /** Ids of colleagues whose attention is wanted; only in words that customers do not read. */
  readonly mentions?: readonly string[]
  /**
   * Of a public reply: the latest public comment its writer has read; null: there was none. When somebody else has said
   * something since, the reply is refused, so that two people do not answer the same. Absent: it is said anyway.
   */
  readonly answering?: string | null
}

export interface CommentAdded {
  readonly id: string
  readonly record: { readonly kind: 'ticket' | 'work item'; readonly id: string; readonly key: string }
}

interface Home {
  readonly id: string
  readonly key: string
  readonly effects: Effects
}

/** Says something on a ticket or a work item. A public word moves the ticket: the state says whose move it is. */
export const addComment: Command<AddComment, CommentAdded> = async (tx, context, input) => {
  const { kind, ref } = input.record
  if (input.body.children.length === 0) {
    return err(refuse('invalid', 'A comment needs some words.', { field: '/body' }))
  }
  if (context.actor.kind === 'contact' && (input.audience !== 'everyone' || kind !== 'ticket')) {
    return err(
      refuse('not-allowed', 'Customers write on their tickets, for everyone.', { field: '/audience' }),
    )
  }
  if (input.asks && input.audience !== 'everyone') {
    return err(
      refuse('invalid', 'The customer can only answer what the customer can read.', { field: '/audience' }),
    )
  }
  const home = kind === 'ticket' ? await speakOnTicket(tx, context, ref, input) : await workItemHome(tx, ref)
  if (!home.ok) return home
  const id = context.newId()
  const record = { kind, id: home.value.id }
  const crossed = await wordsSince(tx, context.actor, record, input)
  if (!crossed.ok) return crossed
  const mentioned = await mentionedIn(tx, context.actor, input)
  if (!mentioned.ok) return mentioned
  await insertComment(tx, {
    id,
    record,
    author: context.actor,
    body: calling(input.body, mentioned.value),
    audience: input.audience,
    sourceConnection: null,
    at: context.now,
  })
  await insertMentions(
    tx,
    mentioned.value.map(({ id: personId }) => ({
      ...{ id: context.newId(), personId, commentId: id, record, by: context.actor, at: context.now },
    })),
  )
  // who answers has seen what they were asked
  if (context.actor.kind === 'person')
    await seeMentions(tx, context.actor.id, { recordId: record.id }, context.now)
  const mentions = mentioned.value.length === 0 ? {} : { mentions: mentioned.value.map((one) => one.id) }
  return done(
    { id, record: { ...record, key: home.value.key } },
    {
      events: [
        { kind: 'comment.added', record, data: { comment: id, audience: input.audience, ...mentions } },
      ],
      changed: [record],
    },
    home.value.effects,
  )
}

/** The words with the people they call in them, and not only their names. */
const calling = (body: RichText, called: readonly Called[]): RichText =>
  withNames(
    body,
    new Map(called.map(({ id, name }) => [`@${name}`, { type: 'mention', name, id: oursOf(id) }])),
  )

const speakOnTicket = async (
  tx: Tx,
  context: CommandContext,
  ref: string,
  input: AddComment,
): Promise<Result<Home, Refusal>> => {
  const held = await heldTicket(tx, ref, undefined, '/record/ref')
  if (!held.ok) return held
  if (!(await isWithinReach(tx, context.actor, held.value))) return unknown('ticket', ref, '/record/ref')
  const moved = await moveTicket(tx, context, held.value, commandOf(context, input))
  if (!moved.ok) return moved
  return ok({ id: held.value.id, key: held.value.key, effects: moved.value })
}

const commandOf = (context: CommandContext, input: AddComment): TicketCommand => {
  if (input.audience !== 'everyone') return { do: 'note' }
  // to our desk a partner is who asks: what they say is for us to answer
  if (context.actor.kind === 'contact' || context.actor.kind === 'partner')
    return { do: 'reply', by: 'contact' }
  return input.asks ? { do: 'ask customer' } : { do: 'reply', by: 'staff' }
}

const workItemHome = async (tx: Tx, ref: string): Promise<Result<Home, Refusal>> => {
  const item = await findWorkItem(tx, ref)
  return item === null
    ? unknown('work item', ref, '/record/ref')
    : ok({ id: item.id, key: item.key, effects: NO_EFFECTS })
}
