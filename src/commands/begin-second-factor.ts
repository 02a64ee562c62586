import { refuse } from '../domain/refusal.ts'
import { err } from '../lib/result.ts'
import { keepTotp } from '../store/accounts.ts'
import { done } from './outcome.ts'
import type { Command } from './run-command.ts'

/** Keeps a new secret, which counts once a code of it was given. */
export const beginSecondFactor: Command<
  { readonly accountId: string; readonly sealed: string },
  null
> = async (tx, _context, { accountId, sealed }) =>
  (await keepTotp(tx, accountId, sealed))
    ? done(null)
    : err(refuse('already-done', 'A second factor is on. Turn it off first to take another phone.'))
