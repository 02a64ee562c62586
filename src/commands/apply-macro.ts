import type { Audience } from '../domain/audience.ts'
import { ACTION_NAMES, type ActionName, type MacroActions } from '../domain/macro.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { isId } from '../lib/ids.ts'
import { err, ok, type Result } from '../lib/result.ts'
import type { Tx } from '../store/database.ts'
import { findMacro } from '../store/macros.ts'
import { findTicket } from '../store/tickets.ts'
import type { RichText } from '../sync/rich-text/index.ts'
import { type AddComment, addComment } from './add-comment.ts'
import { assignTicket } from './assign-ticket.ts'
import { changeTicket } from './change-ticket.ts'
import { closeTicket } from './close-ticket.ts'
import { done, unknown } from './outcome.ts'
import { resolveTicket } from './resolve-ticket.ts'
import { applyCommand, type Command, type CommandContext } from './run-command.ts'
import { snoozeTicket } from './snooze-ticket.ts'

export interface ApplyMacro extends Pick<AddComment, 'asks' | 'mentions' | 'answering'> {
  /** Id or key. */
  readonly ticket: string
  readonly macro: string
  /** The macro's text as its sender filled and changed it; null: nothing is said. */
  readonly body: RichText | null
  readonly audience: Audience
  /** Of the macro's actions, those that are left out this time. */
  readonly skip: readonly ActionName[]
}

const DAY_MS = 86_400_000

/** Says what a macro says and does what it does, all of it or nothing: each part is a command of its own. */
export const applyMacro: Command<ApplyMacro, { readonly comment: string | null }> = async (
  tx,
  context,
  input,
) => {
  const macro = isId(input.macro) ? await findMacro(tx, input.macro) : null
  if (macro === null) return unknown('macro', input.macro, '/macro')
  if (macro.archived_at !== null)
    return err(
      refuse('wrong-state', `The macro “${macro.name}” was archived: choose another.`, { field: '/macro' }),
    )
  const ticket = await findTicket(tx, input.ticket)
  if (ticket === null) return unknown('ticket', input.ticket, '/ticket')
  const { body, audience, asks, mentions, answering } = input
  let comment: string | null = null
  if (body !== null && body.children.length > 0) {
    const said = await applyCommand(tx, context, addComment, {
      record: { kind: 'ticket', ref: ticket.id },
      ...{ body, audience },
      ...(asks === undefined ? {} : { asks }),
      ...(mentions === undefined ? {} : { mentions }),
      ...(answering === undefined ? {} : { answering }),
    })
    if (!said.ok) return said
    comment = said.value.id
  }
  for (const name of ACTION_NAMES.filter((one) => !input.skip.includes(one))) {
    const acted = await act(tx, context, ticket.id, name, macro.actions)
    if (!acted.ok) return acted
  }
  return done(
    { comment },
    {
      events: [
        {
          kind: 'macro.applied',
          record: { kind: 'ticket', id: ticket.id },
          data: { macro: macro.id, name: macro.name },
        },
      ],
      changed: [],
    },
  )
}

/** One action, if the macro has it. */
const act = async (
  tx: Tx,
  context: CommandContext,
  ticket: string,
  name: ActionName,
  actions: MacroActions,
): Promise<Result<unknown, Refusal>> => {
  const { assign, custom, snooze, end } = actions
  switch (name) {
    case 'assign':
      if (assign === undefined) return ok(null)
      return assignee(context, assign) === null
        ? err(refuse('not-allowed', 'A token that stands for nobody cannot take a ticket: leave that out.'))
        : applyCommand(tx, context, assignTicket, { ticket, owner: assignee(context, assign) })
    case 'custom':
      return custom === undefined
        ? ok(null)
        : applyCommand(tx, context, changeTicket, { ticket, set: { custom } })
    case 'snooze': {
      if (snooze === undefined) return ok(null)
      const until = snooze.days === null ? null : new Date(context.now.getTime() + snooze.days * DAY_MS)
      return applyCommand(tx, context, snoozeTicket, { ticket, waitingFor: snooze.waitingFor, until })
    }
    case 'end':
      if (end === undefined) return ok(null)
      return applyCommand(tx, context, end === 'resolve' ? resolveTicket : closeTicket, { ticket })
  }
}

const assignee = ({ actor }: CommandContext, assign: string): string | null =>
  assign !== 'me' ? assign : actor.kind === 'person' ? actor.id : null
