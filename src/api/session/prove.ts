import { refuseSignIn } from '../../commands/refuse-sign-in.ts'
import { refuseStranger } from '../../commands/refuse-stranger.ts'
import { runCommand } from '../../commands/run-command.ts'
import { SYSTEM } from '../../domain/actor.ts'
import { checkPassword } from '../../lib/password.ts'
import { err, ok, type Result } from '../../lib/result.ts'
import type { AccountHolder } from '../../store/accounts.ts'
import type { ApiDeps } from '../deps.ts'
import { type Problem, problem } from '../errors.ts'

/** One sentence for every reason: it must not tell which addresses have an account. */
const REFUSED = problem(
  'sign-in-refused',
  'E-mail address or password is wrong. After several wrong tries an account waits for a while.',
)

/** Whether this is the account's password. A wrong one is counted; while the account waits none is right. */
export const provePassword = async (
  deps: ApiDeps,
  account: AccountHolder | null,
  password: string,
  address: string | null,
): Promise<Result<AccountHolder, Problem>> => {
  const isRight = await checkPassword(password, account?.password ?? null)
  if (account === null) {
    await runCommand(deps.runner, SYSTEM, refuseStranger, null, address === null ? {} : { address })
    return err(REFUSED)
  }
  const isLocked = account.lockedUntil !== null && account.lockedUntil > deps.runner.now()
  if (isRight && !isLocked) return ok(account)
  if (!isRight && !isLocked)
    await runCommand(deps.runner, SYSTEM, refuseSignIn, { accountId: account.id, address })
  return err(REFUSED)
}
