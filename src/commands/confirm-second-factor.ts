import { refuse } from '../domain/refusal.ts'
import { err } from '../lib/result.ts'
import { confirmTotp, keepRecoveryCodes } from '../store/accounts.ts'
import { done } from './outcome.ts'
import type { Command } from './run-command.ts'

export interface ConfirmSecondFactor {
  readonly accountId: string
  /** Of the code that was given. */
  readonly step: number
  readonly recoveryHashes: readonly string[]
}

/** A code of the new secret was given: from now on one is asked for at each sign-in. */
export const confirmSecondFactor: Command<ConfirmSecondFactor, null> = async (tx, context, input) => {
  if (!(await confirmTotp(tx, input.accountId, input.step, context.now)))
    return err(refuse('wrong-state', 'There is no second factor to confirm. Begin again.'))
  await keepRecoveryCodes(tx, input.accountId, input.recoveryHashes)
  return done(null, {
    events: [
      { kind: 'account.second-factor-on', record: { kind: 'account', id: input.accountId }, data: {} },
    ],
    changed: [],
  })
}
