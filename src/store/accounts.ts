import { sql } from 'kysely'
import type { Role } from '../domain/words.ts'
import type { Database, Tx } from './database.ts'
import { hashToken } from './tokens.ts'

/** Who signs in by themselves, with what their person or contact is called now. */
export interface AccountHolder {
  readonly id: string
  readonly personId: string | null
  readonly contactId: string | null
  readonly name: string
  readonly email: string
  readonly roles: readonly Role[]
  readonly password: string | null
  readonly lockedUntil: Date | null
  /** Sealed. */
  readonly totp: string | null
  /** Since when a second factor is asked for. */
  readonly totpAt: Date | null
  readonly timeZone: string | null
  readonly language: string | null
  /** Whether they are told of releases; null: a colleague. */
  readonly takesNotices: boolean | null
}

const holder = sql`
  select a.id, a.person_id as "personId", a.contact_id as "contactId", coalesce(p.name, c.name) as name,
    lower(coalesce(p.email, c.email)) as email, coalesce(p.roles, case when c.is_admin then array['customer admin'] else array['customer'] end) as roles, a.password, a.locked_until as "lockedUntil", a.totp, a.totp_at as "totpAt", a.time_zone as "timeZone", a.language,
    c.takes_notices as "takesNotices"
  from account a left join person p on p.id = a.person_id left join contact c on c.id = a.contact_id`

/** By e-mail, whatever its case; a colleague before a customer's contact of the same address. Archived ones have none. */
export const findAccount = async (db: Database | Tx, email: string): Promise<AccountHolder | null> => {
  const found = await sql<AccountHolder>`
    ${holder} where lower(coalesce(p.email, c.email)) = lower(${email}) and p.archived_at is null and c.archived_at is null
    order by a.person_id is null limit 1`.execute(db)
  return found.rows[0] ?? null
}

export const accountById = async (db: Database | Tx, id: string): Promise<AccountHolder | null> => {
  const found = await sql<AccountHolder>`
    ${holder} where a.id = ${id} and p.archived_at is null and c.archived_at is null`.execute(db)
  return found.rows[0] ?? null
}

/** Of a person or a contact; null: they never signed in, or were archived. */
export const accountOfHolder = async (
  db: Database | Tx,
  who: { readonly personId: string } | { readonly contactId: string },
): Promise<AccountHolder | null> => {
  const whose = 'personId' in who ? sql`a.person_id = ${who.personId}` : sql`a.contact_id = ${who.contactId}`
  const found = await sql<AccountHolder>`
    ${holder} where ${whose} and p.archived_at is null and c.archived_at is null`.execute(db)
  return found.rows[0] ?? null
}

/** The account that a live one-time token is for; null: none yet, or no such token. Uses nothing up. */
export const accountOfOneTimeToken = async (
  db: Database | Tx,
  token: string,
  now: Date,
): Promise<AccountHolder | null> => {
  const found = await sql<AccountHolder>`
    ${holder} join token t on t.person_id = a.person_id or t.contact_id = a.contact_id
    where t.hash = ${hashToken(token)} and t.one_time and t.revoked_at is null and t.expires_at > ${now}`.execute(
    db,
  )
  return found.rows[0] ?? null
}

/** The account of this person or contact, made now if there is none. */
export const accountOf = async (
  tx: Tx,
  who: { readonly personId: string | null; readonly contactId: string | null },
  id: string,
  now: Date,
): Promise<{ readonly id: string; readonly isNew: boolean }> => {
  const made = await sql<{ id: string }>`
    insert into account (id, person_id, contact_id, created_at) values (${id}, ${who.personId}, ${who.contactId}, ${now})
    on conflict do nothing returning id`.execute(tx)
  if (made.rows[0] !== undefined) return { id, isNew: true }
  const row = await tx
    .selectFrom('account')
    .select('id')
    .where(who.personId === null ? 'contact_id' : 'person_id', '=', who.personId ?? who.contactId)
    .executeTakeFirstOrThrow()
  return { id: row.id, isNew: false }
}

export const hasAccounts = async (db: Database | Tx): Promise<boolean> =>
  (await db.selectFrom('account').select('id').limit(1).executeTakeFirst()) !== undefined

export const setPassword = async (tx: Tx, id: string, password: string, now: Date): Promise<void> => {
  await tx
    .updateTable('account')
    .set({ password, password_at: now, failures: 0, locked_until: null })
    .where('id', '=', id)
    .execute()
}

export const keepPreferences = async (
  tx: Tx,
  id: string,
  set: { readonly timeZone?: string | null; readonly language?: string | null },
): Promise<void> => {
  await tx
    .updateTable('account')
    .set({
      id,
      ...(set.timeZone === undefined ? {} : { time_zone: set.timeZone }),
      ...(set.language === undefined ? {} : { language: set.language }),
    })
    .where('id', '=', id)
    .execute()
}

const FREE_TRIES = 5
const LOCK_S = 30
const LONGEST_LOCK_S = 3_600

/** After the fifth wrong password in a row the account waits, twice as long with each further one, an hour at most. */
export const countFailure = async (tx: Tx, id: string, now: Date): Promise<void> => {
  await sql`
    update account set failures = failures + 1, locked_until = case when failures + 1 < ${FREE_TRIES} then locked_until
      else ${now}::timestamptz + make_interval(secs => least(${LONGEST_LOCK_S}::float8, ${LOCK_S} * power(2, least(failures + 1 - ${FREE_TRIES}, 20)))) end
    where id = ${id}`.execute(tx)
}

export const forgetFailures = async (tx: Tx, id: string): Promise<void> => {
  await tx
    .updateTable('account')
    .set({ failures: 0, locked_until: null })
    .where('id', '=', id)
    .where('failures', '>', 0)
    .execute()
}

/** False when a second factor is on already. */
export const keepTotp = async (tx: Tx, id: string, sealed: string): Promise<boolean> => {
  const kept = await tx
    .updateTable('account')
    .set({ totp: sealed, totp_step: 0 })
    .where('id', '=', id)
    .where('totp_at', 'is', null)
    .executeTakeFirst()
  return kept.numUpdatedRows > 0n
}

export const confirmTotp = async (tx: Tx, id: string, step: number, now: Date): Promise<boolean> => {
  const confirmed = await tx
    .updateTable('account')
    .set({ totp_at: now, totp_step: step })
    .where('id', '=', id)
    .where('totp', 'is not', null)
    .where('totp_at', 'is', null)
    .executeTakeFirst()
  return confirmed.numUpdatedRows > 0n
}

/** True if one was on. */
export const forgetTotp = async (tx: Tx, id: string): Promise<boolean> => {
  await tx.deleteFrom('recovery_code').where('account_id', '=', id).execute()
  const was = await tx
    .selectFrom('account')
    .select('totp_at')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  await tx
    .updateTable('account')
    .set({ totp: null, totp_at: null, totp_step: 0 })
    .where('id', '=', id)
    .execute()
  return was?.totp_at != null
}

/** Instead of those there were. */
export const keepRecoveryCodes = async (
  tx: Tx,
  accountId: string,
  hashes: readonly string[],
): Promise<void> => {
  await tx.deleteFrom('recovery_code').where('account_id', '=', accountId).execute()
  await tx
    .insertInto('recovery_code')
    .values(hashes.map((hash) => ({ hash, account_id: accountId })))
    .execute()
}

/** Uses up a code of a step, and with it those of earlier steps. Of two at the same moment one gets it. */
export const spendTotpStep = async (tx: Tx, id: string, step: number): Promise<boolean> => {
  const spent = await tx
    .updateTable('account')
    .set({ totp_step: step })
    .where('id', '=', id)
    .where('totp_step', '<', step)
    .executeTakeFirst()
  return spent.numUpdatedRows > 0n
}

export const spendRecoveryCode = async (
  tx: Tx,
  accountId: string,
  hash: string,
  now: Date,
): Promise<boolean> => {
  const spent = await tx
    .updateTable('recovery_code')
    .set({ used_at: now })
    .where('hash', '=', hash)
    .where('account_id', '=', accountId)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return spent.numUpdatedRows > 0n
}

export const countRecoveryCodes = async (db: Database | Tx, accountId: string): Promise<number> => {
  const row = await db
    .selectFrom('recovery_code')
    .select((is) => is.fn.countAll<string>().as('left'))
    .where('account_id', '=', accountId)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return Number(row?.left ?? 0)
}

/** The account that signs in with this identity. */
export const accountWithIdentity = async (tx: Tx, issuer: string, subject: string): Promise<string | null> =>
  (
    await tx
      .selectFrom('identity')
      .select('account_id')
      .where('issuer', '=', issuer)
      .where('subject', '=', subject)
      .executeTakeFirst()
  )?.account_id ?? null

export const keepIdentity = async (
  tx: Tx,
  identity: { readonly issuer: string; readonly subject: string; readonly accountId: string },
  now: Date,
): Promise<void> => {
  const { issuer, subject, accountId } = identity
  await tx
    .insertInto('identity')
    .values({ issuer, subject, account_id: accountId, created_at: now })
    .execute()
}
