import type { SecondFactorProof } from '../../commands/open-session.ts'
import { refuseSignIn } from '../../commands/refuse-sign-in.ts'
import { runCommand } from '../../commands/run-command.ts'
import { SYSTEM } from '../../domain/actor.ts'
import { err, ok, type Result } from '../../lib/result.ts'
import type { AccountHolder } from '../../store/accounts.ts'
import { openSecret, type SecretPlace } from '../../store/secrets.ts'
import type { ApiDeps } from '../deps.ts'
import { type Problem, problem } from '../errors.ts'
import { hashRecoveryCode, isTotpCode, stepOfCode } from './codes.ts'

/** A sealed secret opens only in its own account. */
export const placeOfTotp = (accountId: string): SecretPlace => ({
  connectionId: accountId,
  field: 'totp',
  origin: 'account',
})

export const openTotp = (deps: ApiDeps, account: Pick<AccountHolder, 'id' | 'totp'>): string | null => {
  if (account.totp === null) return null
  const opened = openSecret(deps.master, placeOfTotp(account.id), account.totp)
  return opened.ok ? opened.value.reveal() : null
}

const NEEDED = problem(
  'second-factor-needed',
  'Give the code that your app shows, or one of your recovery codes.',
)
const WRONG = problem('sign-in-refused', 'This code is wrong, used or too old.', {
  field: '/code',
  reason: { code: 'wrong-code' },
})

/** What is to be spent when the session opens; null: this account has no second factor. A wrong code counts as a wrong password. */
export const proveSecondFactor = async (
  deps: ApiDeps,
  account: AccountHolder,
  code: string | undefined,
  address: string,
): Promise<Result<SecondFactorProof | null, Problem>> => {
  if (account.totpAt === null) return ok(null)
  if (code === undefined || code.trim() === '') return err(NEEDED)
  const typed = code.replace(/\s/g, '')
  const recovery = hashRecoveryCode(typed)
  if (recovery !== null) return ok({ kind: 'recovery', hash: recovery })
  const secret = isTotpCode(typed) ? openTotp(deps, account) : null
  const step = secret === null ? null : stepOfCode(secret, typed, deps.runner.now())
  if (step !== null) return ok({ kind: 'totp', step })
  await runCommand(deps.runner, SYSTEM, refuseSignIn, { accountId: account.id, address })
  return err(WRONG)
}

/** It was right, but spent already: as wrong as any other. */
export const refuseSpent = async (deps: ApiDeps, accountId: string, address: string): Promise<Problem> => {
  await runCommand(deps.runner, SYSTEM, refuseSignIn, { accountId, address })
  return WRONG
}
