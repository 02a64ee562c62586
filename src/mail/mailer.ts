import { createTransport } from 'nodemailer'
import { err, ok, type Result } from '../lib/result.ts'

/** Hands mails to the operator's mail server (SMTP). What becomes of them there is the mail server's affair. */
export interface Mail {
  /** Stays the same when it is sent again, so that a mailbox can tell a repeat. */
  readonly id: string
  readonly to: string
  readonly subject: string
  readonly text: string
}

export interface MailFault {
  /** For the log and whoever runs us. */
  readonly detail: string
  /** The server refused it for good (5xx): trying again changes nothing. */
  readonly isFinal: boolean
}

export interface Mailer {
  send(mail: Mail): Promise<Result<null, MailFault>>
  close(): void
}

const TIMEOUT_MS = 20_000

/** `url` as `smtp://user:password@host:587` or `smtps://…:465`; `from` as `Support <support@example.org>`. */
export const openMailer = ({ url, from }: { readonly url: string; readonly from: string }): Mailer => {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: 2,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    // a mail of ours is text: nothing is ever read from a file or an address
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const domain = /@([^>\s]+)/.exec(from)?.[1] ?? 'localhost'
  return {
    send: async (mail) => {
      try {
        await transport.sendMail({
          from,
          to: { name: '', address: mail.to },
          subject: mail.subject,
          text: mail.text,
          messageId: `<${mail.id}@${domain}>`,
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
        })
        return ok(null)
      } catch (error) {
        return err(faultOf(error))
      }
    },
    close: () => transport.close(),
  }
}

const faultOf = (error: unknown): MailFault => {
  const code =
    error instanceof Error && 'responseCode' in error && typeof error.responseCode === 'number'
      ? error.responseCode
      : null
  return {
    detail: error instanceof Error ? error.message : String(error),
    // a refused sign-in (535) is the operator's to mend, and then the mail can go
    isFinal: code !== null && code >= 550 && code < 560,
  }
}
