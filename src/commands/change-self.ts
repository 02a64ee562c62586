import { refuse } from '../domain/refusal.ts'
import { isTimeZone, type Language } from '../domain/settings.ts'
import { err } from '../lib/result.ts'
import { keepPreferences } from '../store/accounts.ts'
import { changeContact } from './change-contact.ts'
import { done, NO_EFFECTS } from './outcome.ts'
import type { Command } from './run-command.ts'

export interface ChangeSelf {
  readonly accountId: string
  /** Null: as the organisation, or else the device, has it. */
  readonly timeZone?: string | null
  readonly language?: Language | null
  /** Who they are to their organisation, where they are a customer's. */
  readonly contactId: string | null
  /** Is told of releases. */
  readonly takesNotices?: boolean
}

/** How somebody wants to read times and words, wherever they sign in; and whether we write to them of releases. */
export const changeSelf: Command<ChangeSelf, null> = async (tx, context, input) => {
  const { accountId, contactId, takesNotices, ...set } = input
  if (set.timeZone != null && !isTimeZone(set.timeZone))
    return err(refuse('invalid', 'This is no time zone. Write one as Europe/Berlin.', { field: '/timeZone' }))
  if (takesNotices !== undefined && contactId === null)
    return err(
      refuse('invalid', 'Only contacts of customers are told of releases.', { field: '/takesNotices' }),
    )
  const told =
    takesNotices === undefined || contactId === null
      ? null
      : await changeContact(tx, context, { contact: contactId, set: { takesNotices } })
  if (told?.ok === false) return told
  if (Object.keys(set).length === 0) return done(null, told?.value ?? NO_EFFECTS)
  await keepPreferences(tx, accountId, set)
  const event = {
    kind: 'account.changed' as const,
    record: { kind: 'account', id: accountId },
    data: { ...set },
  }
  return done(null, { events: [event], changed: [] }, told?.value ?? NO_EFFECTS)
}
