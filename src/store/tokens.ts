import { randomBytes } from 'node:crypto'
import { type Selectable, sql } from 'kysely'
import type { Refusal } from '../domain/refusal.ts'
import type { Role } from '../domain/words.ts'
import { ok, type Result } from '../lib/result.ts'
import { sha256 } from '../lib/stable.ts'
import { type Page, type PageRequest, pageOf, pageSize, readPlace } from './cursor.ts'
import type { Database, Tx } from './database.ts'
import type { TokenTable } from './tables.ts'

/**
 * Bearer tokens. Only the SHA-256 of a token is kept: 32 random bytes need no slow hash, and a copy of the database
 * signs nobody in. A one-time token can do nothing but be exchanged, once.
 */
export interface TokenHolder {
  readonly id: string
  readonly name: string
  readonly roles: readonly Role[]
  readonly person_id: string | null
  readonly person_name: string | null
  readonly contact_id: string | null
  readonly contact_name: string | null
  /** The contact's organisation. */
  readonly customer_id: string | null
  readonly account_id: string | null
}

/** From where a session was opened. */
export interface SessionPlace {
  readonly accountId: string
  readonly agent: string | null
  readonly address: string | null
}

export interface NewToken {
  readonly id: string
  readonly name: string
  readonly roles: readonly Role[]
  readonly personId: string | null
  readonly contactId: string | null
  readonly oneTime: boolean
  readonly expiresAt: Date | null
  /** Of a session only. */
  readonly session?: SessionPlace
}

const PREFIX = 'cw_'
/** `cw_` and 43 characters; the prefix lets secret scanners find a token that was committed somewhere. */
export const makeToken = (): string => `${PREFIX}${randomBytes(32).toString('base64url')}`

export const hashToken = (token: string): string => sha256(token)

const LOOKS_LIKE_ONE = /^cw_[\w-]{43}$/

/** Stores a new token; the return value is the only time anybody sees it. */
export const insertToken = async (tx: Tx, token: NewToken, now: Date): Promise<string> => {
  const plain = makeToken()
  await tx
    .insertInto('token')
    .values({
      id: token.id,
      hash: hashToken(plain),
      name: token.name,
      roles: token.roles,
      person_id: token.personId,
      contact_id: token.contactId,
      one_time: token.oneTime,
      ...(token.session === undefined
        ? {}
        : {
            kind: 'session' as const,
            account_id: token.session.accountId,
            agent: token.session.agent,
            address: token.session.address,
          }),
      created_at: now,
      expires_at: token.expiresAt,
    })
    .execute()
  return plain
}

/**
 * Who a token of this kind stands for, or null: unknown, expired, revoked, one-time, or its person or contact was
 * archived; a session also when nobody used it for a week. A session has the role its person has now. Notes the use at
 * most once a minute, so that reading does not write.
 */
export const findTokenHolder = async (
  db: Database,
  token: string,
  kind: 'api' | 'session',
  now: Date,
): Promise<TokenHolder | null> => {
  if (!LOOKS_LIKE_ONE.test(token)) return null
  const found = await sql<TokenHolder & { stale: boolean }>`
    select t.id, t.name, case when t.kind = 'api' then t.roles else coalesce(p.roles, case when c.is_admin then array['customer admin'] else array['customer'] end) end as roles,
           t.person_id, p.name as person_name, t.contact_id, c.name as contact_name, c.customer_id, t.account_id,
           (t.last_used_at is null or t.last_used_at < ${now}::timestamptz - interval '1 minute') as stale
    from token t left join person p on p.id = t.person_id left join contact c on c.id = t.contact_id
    where t.hash = ${hashToken(token)} and t.kind = ${kind} and not t.one_time and t.revoked_at is null
      and (t.kind = 'api' or coalesce(t.last_used_at, t.created_at) > ${now}::timestamptz - interval '7 days')
      and (t.expires_at is null or t.expires_at > ${now}::timestamptz)
      and p.archived_at is null and c.archived_at is null`.execute(db)
  const row = found.rows[0]
  if (row === undefined) return null
  const { stale, ...holder } = row
  if (stale) await db.updateTable('token').set({ last_used_at: now }).where('id', '=', row.id).execute()
  return holder
}

export type Redeemed = Pick<NewToken, 'id' | 'name' | 'roles' | 'personId' | 'contactId'>

/** Uses up a one-time token. Of two at the same moment one gets it: the update is the check. */
export const redeemOneTimeToken = async (tx: Tx, token: string, now: Date): Promise<Redeemed | null> => {
  if (!LOOKS_LIKE_ONE.test(token)) return null
  const row = await tx
    .updateTable('token')
    .set({ revoked_at: now, last_used_at: now })
    .where('hash', '=', hashToken(token))
    .where('one_time', '=', true)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .returning(['id', 'name', 'roles', 'person_id', 'contact_id'])
    .executeTakeFirst()
  return row === undefined
    ? null
    : { id: row.id, name: row.name, roles: row.roles, personId: row.person_id, contactId: row.contact_id }
}

/** True once somebody signed in as owner with a one-time token. */
export const wasOwnerRedeemed = async (tx: Tx): Promise<boolean> => {
  const row = await tx
    .selectFrom('token')
    .select('id')
    .where('one_time', '=', true)
    .where(sql<boolean>`'owner' = any(roles)`)
    .where('last_used_at', 'is not', null)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Revokes live tokens of this name that stand for no person; returns how many. */
export const revokeTokensNamed = async (tx: Tx, name: string, now: Date): Promise<number> => {
  const result = await tx
    .updateTable('token')
    .set({ revoked_at: now })
    .where('name', '=', name)
    .where('person_id', 'is', null)
    .where('contact_id', 'is', null)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return Number(result.numUpdatedRows)
}

/** False when there is no such live token. */
export const revokeToken = async (tx: Tx, id: string, now: Date): Promise<boolean> => {
  const result = await tx
    .updateTable('token')
    .set({ revoked_at: now })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

export type ListedToken = Omit<Selectable<TokenTable>, 'hash' | 'kind' | 'account_id' | 'agent' | 'address'>

/** Newest first. */
export const listTokens = async (
  tx: Tx,
  request: PageRequest,
): Promise<Result<Page<ListedToken>, Refusal>> => {
  const place = readPlace(request.after, 'time')
  if (!place.ok) return place
  const limit = pageSize(request.limit)
  const rows = await tx
    .selectFrom('token')
    .select(['id', 'name', 'roles', 'person_id', 'contact_id', 'one_time'])
    .select(['created_at', 'expires_at', 'last_used_at', 'revoked_at'])
    .where('kind', '=', 'api')
    .$if(place.value !== null, (query) =>
      query.where(
        sql<boolean>`(created_at, id) < (${place.value?.at}::timestamptz, ${place.value?.id}::uuid)`,
      ),
    )
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  return ok(pageOf(rows, limit, (row) => ({ at: row.created_at.toISOString(), id: row.id })))
}

export interface ListedSession {
  readonly id: string
  readonly agent: string | null
  readonly address: string | null
  readonly created_at: Date
  readonly expires_at: Date | null
  readonly last_used_at: Date | null
}

const MOST_SESSIONS = 100

/** The live sessions of an account, the latest first. */
export const listSessions = (tx: Tx, accountId: string, now: Date): Promise<readonly ListedSession[]> =>
  tx
    .selectFrom('token')
    .select(['id', 'agent', 'address', 'created_at', 'expires_at', 'last_used_at'])
    .where('account_id', '=', accountId)
    .where('kind', '=', 'session')
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('created_at', 'desc')
    .limit(MOST_SESSIONS)
    .execute()

/** Ends sessions of an account: one, or all but one. Returns how many. */
export const endSessions = async (
  tx: Tx,
  accountId: string,
  which: { readonly only: string } | { readonly but: string | null },
  now: Date,
): Promise<number> => {
  const ended = await tx
    .updateTable('token')
    .set({ revoked_at: now })
    .where('account_id', '=', accountId)
    .where('kind', '=', 'session')
    .where('revoked_at', 'is', null)
    .$if('only' in which, (query) => query.where('id', '=', 'only' in which ? which.only : ''))
    .$if('but' in which && which.but !== null, (query) =>
      query.where('id', '!=', 'but' in which ? (which.but ?? '') : ''),
    )
    .executeTakeFirst()
  return Number(ended.numUpdatedRows)
}
