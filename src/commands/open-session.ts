import { refuse } from '../domain/refusal.ts'
import { err } from '../lib/result.ts'
import { accountById, forgetFailures, spendRecoveryCode, spendTotpStep } from '../store/accounts.ts'
import type { Tx } from '../store/database.ts'
import { readSettings } from '../store/settings.ts'
import { insertToken } from '../store/tokens.ts'
import { DAY_MS } from './create-token.ts'
import { done } from './outcome.ts'
import type { Command } from './run-command.ts'

export interface OpenSession {
  readonly accountId: string
  /** What the browser says it is, and from where it came: for the list of sessions. */
  readonly agent: string | null
  readonly address: string | null
  readonly how: 'password' | 'set-up' | 'provider'
  /** What was shown besides; used up now. */
  readonly secondFactor: SecondFactorProof | null
}

/** A code of this time step of the account's app; or one of its recovery codes, hashed. */
export type SecondFactorProof =
  | { readonly kind: 'totp'; readonly step: number }
  | { readonly kind: 'recovery'; readonly hash: string }

export interface OpenedSession {
  /** For the cookie; shown to nobody. */
  readonly token: string
  readonly expiresAt: Date
}

const AGENT_MAX = 300

/** Somebody has shown who they are: a session for their browser. */
export const openSession: Command<OpenSession, OpenedSession> = async (tx, context, input) => {
  const account = await accountById(tx, input.accountId)
  if (account === null) return err(refuse('not-found', 'This account is gone.'))
  if (input.secondFactor !== null && !(await spend(tx, account.id, input.secondFactor, context.now)))
    return err(refuse('already-done', 'This code is wrong or was used already.', { field: '/code' }))
  const expiresAt = new Date(context.now.getTime() + (await readSettings(tx)).sessionDays * DAY_MS)
  const token = await insertToken(
    tx,
    {
      id: context.newId(),
      name: account.email,
      roles: account.roles,
      personId: account.personId,
      contactId: account.contactId,
      oneTime: false,
      expiresAt,
      session: {
        accountId: account.id,
        agent: input.agent?.slice(0, AGENT_MAX) ?? null,
        address: input.address,
        how: input.how,
      },
    },
    context.now,
  )
  await forgetFailures(tx, account.id)
  return done(
    { token, expiresAt },
    {
      events: [
        {
          kind: 'account.signed-in',
          record: { kind: 'account', id: account.id },
          data: {
            name: account.name,
            how: input.how,
            address: input.address,
            secondFactor: input.secondFactor?.kind ?? null,
          },
        },
      ],
      changed: [],
    },
  )
}

const spend = (tx: Tx, accountId: string, proof: SecondFactorProof, now: Date): Promise<boolean> =>
  proof.kind === 'totp'
    ? spendTotpStep(tx, accountId, proof.step)
    : spendRecoveryCode(tx, accountId, proof.hash, now)
