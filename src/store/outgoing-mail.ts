import { sql } from 'kysely'
import type { Letter } from '../domain/letter.ts'
import type { Public } from '../domain/public.ts'
import type { Database, Tx } from './database.ts'
import { type MasterKey, type SecretPlace, sealSecret } from './secrets.ts'

/** Mails that are to be sent. Written with what causes them, in one transaction; sent by a worker. */
interface StoredMail {
  readonly id: string
  /** What it is for, e.g. `password`. */
  readonly purpose: string
  readonly to: string
  readonly subject: string
  /** Sealed: it may hold a token. */
  readonly body: string
}

/** What customers get mails about; a test makes each of them happen and looks for what is not for them. */
export const CUSTOMER_MAILS = ['password', 'second-factor-reset', 'notice'] as const

/** A letter as it lies here until it is sent. Sealing changes nothing about who may read it. */
export interface SealedLetter<Words extends string> {
  readonly subject: Words
  readonly body: Words
}
export type PublicSealed = SealedLetter<Public<string>>

/** To a customer goes nothing but what was published. */
export type OutgoingMail = Pick<StoredMail, 'id' | 'to'> &
  (
    | {
        readonly reader: 'customer'
        readonly purpose: (typeof CUSTOMER_MAILS)[number]
        readonly letter: PublicSealed
      }
    | { readonly reader: 'staff'; readonly purpose: string; readonly letter: SealedLetter<string> }
  )

const seal = (key: MasterKey, mailId: string, { subject, text }: Letter): SealedLetter<string> => ({
  subject,
  body: sealSecret(key, placeOfMail(mailId), text),
})
export const sealForStaff = seal
export const sealForCustomer = (key: MasterKey, mailId: string, letter: Public<Letter>): PublicSealed =>
  seal(key, mailId, letter) as PublicSealed

/** A sealed body opens only in its own mail. */
export const placeOfMail = (id: string): SecretPlace => ({ connectionId: id, field: 'body', origin: 'mail' })

export const queueMail = async (tx: Tx, mail: OutgoingMail, now: Date): Promise<void> => {
  const { id, purpose, to, letter } = mail
  const { subject, body } = letter
  await tx
    .insertInto('outgoing_mail')
    .values({ id, purpose, recipient: to.toLowerCase(), subject, body, created_at: now, due_at: now })
    .execute()
}

/** How many of this kind an address was sent since then. */
export const countMailsTo = async (tx: Tx, to: string, purpose: string, since: Date): Promise<number> => {
  const row = await tx
    .selectFrom('outgoing_mail')
    .select((is) => is.fn.countAll<string>().as('count'))
    .where('recipient', '=', to.toLowerCase())
    .where('purpose', '=', purpose)
    .where('created_at', '>', since)
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

export interface DueMail extends StoredMail {
  readonly tries: number
}

const AT_ONCE = 10

/** Takes mails that are due, for so long; who dies with them leaves them to the next one. */
export const claimMails = async (db: Database, seconds: number): Promise<readonly DueMail[]> => {
  const claimed = await sql<DueMail>`
    update outgoing_mail m set due_at = now() + make_interval(secs => ${seconds}), tries = m.tries + 1
    from (select id from outgoing_mail where ended_at is null and due_at <= now() order by due_at limit ${AT_ONCE} for update skip locked) d
    where m.id = d.id
    returning m.id, m.purpose, m.recipient as "to", m.subject, m.body, m.tries`.execute(db)
  return claimed.rows
}

/** What it said is forgotten once it is sent or given up. */
export const endMail = async (db: Database, id: string, fault: string | null): Promise<void> => {
  await sql`update outgoing_mail set ended_at = now(), body = '', fault = ${fault} where id = ${id}`.execute(
    db,
  )
}

export const putOffMail = async (db: Database, id: string, seconds: number, fault: string): Promise<void> => {
  await sql`
    update outgoing_mail set due_at = now() + make_interval(secs => ${seconds}), fault = ${fault}
    where id = ${id} and ended_at is null`.execute(db)
}

export interface MailStanding {
  readonly asked_at: Date
  readonly ended_at: Date | null
  readonly fault: string | null
}

/** What became of the last mail of this kind to this address. */
export const lastMailTo = async (tx: Tx, to: string, purpose: string): Promise<MailStanding | null> =>
  (await tx
    .selectFrom('outgoing_mail')
    .select(['created_at as asked_at', 'ended_at', 'fault'])
    .where('recipient', '=', to.toLowerCase())
    .where('purpose', '=', purpose)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()) ?? null
