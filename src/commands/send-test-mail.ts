import { refuse } from '../domain/refusal.ts'
import { err } from '../lib/result.ts'
import { countMailsTo, queueMail, type SealedLetter } from '../store/outgoing-mail.ts'
import { done } from './outcome.ts'
import type { Command } from './run-command.ts'

export interface SendTestMail {
  readonly to: string
  readonly seal: (mailId: string) => SealedLetter<string>
}

export const TEST_MAIL = 'test'
const MOST_AN_HOUR = 10
const HOUR_MS = 3_600_000

/** A mail to oneself, to see whether mails arrive. */
export const sendTestMail: Command<SendTestMail, null> = async (tx, context, { to, seal }) => {
  const since = new Date(context.now.getTime() - HOUR_MS)
  if ((await countMailsTo(tx, to, TEST_MAIL, since)) >= MOST_AN_HOUR)
    return err(
      refuse('wrong-state', `You sent ${MOST_AN_HOUR} of these within an hour. Wait a while.`, {
        reason: { code: 'too-many-mails' },
      }),
    )
  const id = context.newId()
  await queueMail(tx, { id, reader: 'staff', purpose: TEST_MAIL, to, letter: seal(id) }, context.now)
  return done(null, { events: [{ kind: 'settings.mail-tried', record: null, data: { to } }], changed: [] })
}
