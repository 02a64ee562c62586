import type { Mailer } from '../mail/mailer.ts'
import { claimMails, type DueMail, endMail, placeOfMail, putOffMail } from '../store/outgoing-mail.ts'
import { type MasterKey, openSecret } from '../store/secrets.ts'
import type { WorkerDeps } from './deps.ts'

/** How long a mail is ours once it was taken: longer than the mail server may take. */
const CLAIM_S = 120
const FIRST_WAIT_S = 30
const LONGEST_WAIT_S = 3_600
/** About a day. */
const MOST_TRIES = 30

export type MailDeps = Pick<WorkerDeps, 'runner' | 'masterKey' | 'log'> & { readonly mailer: Mailer }

/**
 * Sends what is due; answers how many were taken. The server's yes may be lost on the way, and then a mail goes twice:
 * with the same Message-ID, as RFC 5321 has it, for losing one is worse.
 */
export const sendMails = async (deps: MailDeps): Promise<number> => {
  const due = await claimMails(deps.runner.db, CLAIM_S)
  for (const mail of due) await sendOne(deps, mail)
  return due.length
}

const sendOne = async (deps: MailDeps, mail: DueMail): Promise<void> => {
  const { db } = deps.runner
  const text = bodyOf(deps.masterKey, mail)
  if (text === null) {
    deps.log('error', 'a mail cannot be opened with this key, and is not sent', { mail: mail.id })
    return endMail(db, mail.id, 'It cannot be opened with this key.')
  }
  const sent = await deps.mailer.send({ id: mail.id, to: mail.to, subject: mail.subject, text })
  if (sent.ok) return endMail(db, mail.id, null)
  const { detail, isFinal } = sent.error
  const givesUp = isFinal || mail.tries >= MOST_TRIES
  deps.log('warn', givesUp ? 'a mail is given up' : 'a mail could not be sent; it is tried again', {
    mail: mail.id,
    purpose: mail.purpose,
    fault: detail,
  })
  if (givesUp) return endMail(db, mail.id, detail)
  const wait = Math.min(LONGEST_WAIT_S, FIRST_WAIT_S * 2 ** Math.min(mail.tries - 1, 12))
  return putOffMail(db, mail.id, wait, detail)
}

const bodyOf = (key: MasterKey, mail: DueMail): string | null => {
  const opened = openSecret(key, placeOfMail(mail.id), mail.body)
  return opened.ok ? opened.value.reveal() : null
}

export interface MailLoop {
  stop(): Promise<void>
}

const IDLE_MS = 1_000

/** Looks once a second, and at once after a commit of this process. */
export const startMailing = (deps: MailDeps): MailLoop => {
  let stopped = false
  let wake: () => void = () => {}
  const unlisten = deps.runner.signal.listen(() => wake())
  const loop = async (): Promise<void> => {
    while (!stopped) {
      const taken = await sendMails(deps).catch((error: unknown) => {
        deps.log('error', 'mails could not be looked for; they are looked for again', {
          error: String(error),
        })
        return 0
      })
      if (taken > 0 || stopped) continue
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, IDLE_MS)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }
  const running = loop()
  return {
    stop: async () => {
      stopped = true
      unlisten()
      wake()
      await running
      deps.mailer.close()
    },
  }
}
