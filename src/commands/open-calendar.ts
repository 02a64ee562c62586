import { refuse } from '../domain/refusal.ts'
import type { Role } from '../domain/words.ts'
import { err } from '../lib/result.ts'
import { endCalendars } from '../store/calendar-addresses.ts'
import { insertToken } from '../store/tokens.ts'
import { done } from './outcome.ts'
import type { Command } from './run-command.ts'

const NAME = 'calendar'

export interface OpenCalendar {
  readonly personId: string
  /** At this moment; what counts later is what they may then. */
  readonly roles: readonly Role[]
  /** Whose language it is read in. */
  readonly accountId: string | null
}

/**
 * A secret address of the calendar, for programs that can send no token: a token of its own, which opens the calendar
 * for as long as its person may read it, and nothing else. Of one person there is one: a new one ends the one before.
 */
export const openCalendar: Command<OpenCalendar, { readonly token: string }> = async (tx, context, input) => {
  const { personId, accountId, roles } = input
  await endCalendars(tx, personId, context.now)
  const id = context.newId()
  const token = await insertToken(
    tx,
    {
      ...{ id, name: NAME, roles, personId, contactId: null, oneTime: false, expiresAt: null },
      calendar: { accountId },
    },
    context.now,
  )
  return done(
    { token },
    {
      events: [
        {
          kind: 'token.created',
          record: { kind: 'token', id },
          data: { name: NAME, roles, oneTime: false },
        },
      ],
      changed: [],
    },
  )
}

/** The address opens nothing from now on. */
export const closeCalendar: Command<{ readonly personId: string }, null> = async (tx, context, input) => {
  const ended = await endCalendars(tx, input.personId, context.now)
  const [id] = ended
  if (id === undefined) return err(refuse('not-found', 'You have no address of the calendar.'))
  return done(null, {
    events: [{ kind: 'token.archived', record: { kind: 'token', id }, data: { name: NAME } }],
    changed: [],
  })
}
