import type { Audience } from '../domain/audience.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import type { TicketCommand } from '../domain/ticket.ts'
import { err, ok, type Result } from '../lib/result.ts'
import { insertComment } from '../store/comments.ts'
import type { Tx } from '../store/database.ts'
import { findWorkItem } from '../store/work-items.ts'
import type { RichText } from '../sync/rich-text/tree.ts'
import { isWithinReach } from './is-within-reach.ts'
import { heldTicket, moveTicket } from './move-ticket.ts'
import { done, type Effects, NO_EFFECTS, unknown } from './outcome.ts'
import type { Command, CommandContext } from './run-command.ts'

export interface AddComment {
  readonly record: { readonly kind: 'ticket' | 'work item' /** Id or key. */; readonly ref: string }
  readonly body: RichText
  readonly audience: Audience
  /** A public comment of staff that needs the customer's answer: the ticket then waits for the customer. */
  readonly asks?: boolean
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
  await insertComment(tx, {
    id,
    record,
    author: context.actor,
    body: input.body,
    audience: input.audience,
    sourceConnection: null,
    at: context.now,
  })
  return done(
    { id, record: { ...record, key: home.value.key } },
    {
      events: [{ kind: 'comment.added', record, data: { comment: id, audience: input.audience } }],
      changed: [record],
    },
    home.value.effects,
  )
}

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
  if (context.actor.kind === 'contact') return { do: 'reply', by: 'contact' }
  return input.asks ? { do: 'ask customer' } : { do: 'reply', by: 'staff' }
}

const workItemHome = async (tx: Tx, ref: string): Promise<Result<Home, Refusal>> => {
  const item = await findWorkItem(tx, ref)
  return item === null
    ? unknown('work item', ref, '/record/ref')
    : ok({ id: item.id, key: item.key, effects: NO_EFFECTS })
}
