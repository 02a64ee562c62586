import { refuse } from '../domain/refusal.ts'
import type { Role } from '../domain/words.ts'
import { err, ok } from '../lib/result.ts'
import { insertToken, redeemOneTimeToken } from '../store/tokens.ts'
import { DAY_MS } from './create-token.ts'
import type { Command } from './run-command.ts'

export interface SignedIn {
  readonly token: string
  readonly roles: readonly Role[]
  readonly expiresAt: Date
}

const SESSION_MS = 30 * DAY_MS

/** Exchanges a one-time token for one that lasts a month. */
export const signIn: Command<{ readonly oneTimeToken: string }, SignedIn> = async (tx, context, input) => {
  const redeemed = await redeemOneTimeToken(tx, input.oneTimeToken, context.now)
  if (redeemed === null)
    return err(
      refuse('not-allowed', 'This sign-in token is unknown, used or older than a day. Ask for a new one.', {
        field: '/oneTimeToken',
        reason: { code: 'spent-token' },
      }),
    )
  const id = context.newId()
  const expiresAt = new Date(context.now.getTime() + SESSION_MS)
  const { name, roles, personId, contactId, madeBy } = redeemed
  const token = await insertToken(
    tx,
    { id, name, roles, personId, contactId, madeBy, oneTime: false, expiresAt },
    context.now,
  )
  return ok({
    value: { token, roles, expiresAt },
    events: [
      { kind: 'token.created', record: { kind: 'token', id }, data: { name, roles, from: redeemed.id } },
    ],
    changed: [],
  })
}
