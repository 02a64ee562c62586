import { refuse } from '../domain/refusal.ts'
import { isTimeZone, type Language } from '../domain/settings.ts'
import { err } from '../lib/result.ts'
import { keepPreferences } from '../store/accounts.ts'
import { done } from './outcome.ts'
import type { Command } from './run-command.ts'

export interface ChangeSelf {
  readonly accountId: string
  /** Null: as the organisation, or else the device, has it. */
  readonly timeZone?: string | null
  readonly language?: Language | null
}

/** How somebody wants to read times and words, wherever they sign in. */
export const changeSelf: Command<ChangeSelf, null> = async (tx, _context, { accountId, ...set }) => {
  if (set.timeZone != null && !isTimeZone(set.timeZone))
    return err(refuse('invalid', 'This is no time zone. Write one as Europe/Berlin.', { field: '/timeZone' }))
  await keepPreferences(tx, accountId, set)
  return done(null, {
    events: [{ kind: 'account.changed', record: { kind: 'account', id: accountId }, data: { ...set } }],
    changed: [],
  })
}
