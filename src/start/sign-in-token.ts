import { createToken, DAY_MS } from '../commands/create-token.ts'
import { type CommandRunner, runCommand } from '../commands/run-command.ts'
import { SYSTEM } from '../domain/actor.ts'
import { revokeTokensNamed, wasOwnerRedeemed } from '../store/tokens.ts'

const NAME = 'first sign-in'

/**
 * While nobody ever signed in as owner, each start gives a one-time token to print (and ends the one printed before).
 * Afterwards null: an admin makes further ones.
 */
export const firstSignInToken = async (runner: CommandRunner): Promise<string | null> => {
  const redeemed = await runner.db.transaction().execute(async (tx) => {
    if (await wasOwnerRedeemed(tx)) return true
    await revokeTokensNamed(tx, NAME, runner.now())
    return false
  })
  if (redeemed) return null
  const made = await runCommand(runner, SYSTEM, createToken, {
    name: NAME,
    roles: ['owner'],
    oneTime: true,
    validForMs: DAY_MS,
  })
  if (!made.ok) throw new Error(made.error.detail)
  return made.value.token
}
