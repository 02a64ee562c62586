import { randomBytes } from 'node:crypto'
import { type Selectable, sql } from 'kysely'
import { rolesNow } from '../domain/grants.ts'
import type { Refusal } from '../domain/refusal.ts'
import { DEFAULT_SETTINGS, type Language, type Settings, settingsFrom } from '../domain/settings.ts'
import type { Role } from '../domain/words.ts'
import { ok, type Result } from '../lib/result.ts'
import { sha256 } from '../lib/stable.ts'
import { type Page, type PageRequest, pageOf, pageSize, readPlace } from './cursor.ts'
import type { Database, Tx } from './database.ts'
import { SETTINGS_KEY } from './settings.ts'
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
  /** Of a session that a password opened: the account has no second factor yet. */
  readonly lacks_second_factor: boolean
  /** Of the account, as its holder chose it. */
  readonly language: Language | null
  /** What the organisation decided. */
  readonly settings: Settings
}

/** From where a session was opened. */
export interface SessionPlace {
  readonly accountId: string
  readonly agent: string | null
  readonly address: string | null
  readonly how: 'password' | 'set-up' | 'provider'
}

export interface NewToken {
  readonly id: string
  readonly name: string
  readonly roles: readonly Role[]
  readonly personId: string | null
  readonly contactId: string | null
  readonly oneTime: boolean
  readonly expiresAt: Date | null
  /** Who made it: it may never do more than they may. Null: the system, or somebody of whom it is a session. */
  readonly madeBy?: string | null
  /** Of a session only. */
  readonly session?: SessionPlace
  /** It opens the feed of the calendar, and nothing else. */
  readonly calendar?: { readonly accountId: string | null }
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
      made_by: token.madeBy ?? null,
      ...(token.session === undefined
        ? {}
        : {
            kind: 'session' as const,
            account_id: token.session.accountId,
            agent: token.session.agent,
            address: token.session.address,
            how: token.session.how,
          }),
      ...(token.calendar === undefined
        ? {}
        : { kind: 'calendar' as const, account_id: token.calendar.accountId }),
      created_at: now,
      expires_at: token.expiresAt,
    })
    .execute()
  return plain
}

export type TokenKind = 'api' | 'session' | 'calendar'

interface HolderRow extends Omit<TokenHolder, 'roles' | 'settings'> {
  readonly roles: readonly Role[]
  readonly person_roles: readonly Role[] | null
  readonly is_admin: boolean | null
  readonly maker_roles: readonly Role[] | null
  readonly stored_settings: unknown
  readonly stale: boolean
}

/**
 * Who a token of this kind stands for, or null: unknown, expired, revoked, one-time, or its person or contact was
 * archived; a session also when nobody used it for some days. A session or a calendar has the roles its person has now, a token those
 * of its own that whom it stands for, or else its maker, has now. Notes the use at most once a minute, so that reading
 * does not write.
 */
export const findTokenHolder = async (
  db: Database,
  token: string,
  kind: TokenKind,
  now: Date,
): Promise<TokenHolder | null> => {
  if (!LOOKS_LIKE_ONE.test(token)) return null
  const found = await sql<HolderRow>`
    select t.id, t.name, t.roles, p.roles as person_roles, c.is_admin,
           case when m.archived_at is null then m.roles when m.id is not null then '{}'::text[] end as maker_roles,
           t.person_id, p.name as person_name, t.contact_id, c.name as contact_name, c.customer_id, t.account_id,
           a.totp_at is null and t.kind = 'session' and t.how is distinct from 'provider' as lacks_second_factor, a.language, s.value as stored_settings,
           (t.last_used_at is null or t.last_used_at < ${now}::timestamptz - interval '1 minute') as stale
    from token t left join person p on p.id = t.person_id left join contact c on c.id = t.contact_id
      left join person m on m.id = t.made_by left join account a on a.id = t.account_id
      left join setting s on s.key = ${SETTINGS_KEY}
    where t.hash = ${hashToken(token)} and t.kind = ${kind} and not t.one_time and t.revoked_at is null
      and (t.kind <> 'session' or coalesce(t.last_used_at, t.created_at) >
        ${now}::timestamptz - make_interval(days => coalesce((s.value->>'idleDays')::int, ${DEFAULT_SETTINGS.idleDays}::int)))
      and (t.expires_at is null or t.expires_at > ${now}::timestamptz)
      and p.archived_at is null and c.archived_at is null`.execute(db)
  const row = found.rows[0]
  const roles = row === undefined ? [] : rolesOf(row, kind)
  if (row === undefined || roles.length === 0) return null
  if (row.stale) await db.updateTable('token').set({ last_used_at: now }).where('id', '=', row.id).execute()
  const { stale, person_roles, is_admin, maker_roles, stored_settings, ...holder } = row
  return { ...holder, roles, settings: settingsFrom(stored_settings) }
}

const rolesOf = (row: HolderRow, kind: TokenKind): readonly Role[] => {
  const ofContact: readonly Role[] | null =
    row.contact_id === null ? null : contactRoles(row.is_admin === true)
  const now = row.person_roles ?? ofContact
  if (kind !== 'api') return now ?? []
  return rolesNow(row.roles, now ?? row.maker_roles)
}

const contactRoles = (isAdmin: boolean): readonly Role[] => (isAdmin ? ['customer admin'] : ['customer'])

export type Redeemed = Pick<NewToken, 'id' | 'name' | 'roles' | 'personId' | 'contactId'> & {
  readonly madeBy: string | null
}

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
    .returning(['id', 'name', 'roles', 'person_id', 'contact_id', 'made_by'])
    .executeTakeFirst()
  return row === undefined
    ? null
    : {
        id: row.id,
        name: row.name,
        roles: row.roles,
        personId: row.person_id,
        contactId: row.contact_id,
        madeBy: row.made_by,
      }
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

export const tokenMaker = async (tx: Tx, id: string): Promise<string | null> =>
  (await tx.selectFrom('token').select('made_by').where('id', '=', id).executeTakeFirst())?.made_by ?? null

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

export type ListedToken = Omit<
  Selectable<TokenTable>,
  'hash' | 'kind' | 'account_id' | 'agent' | 'address' | 'how' | 'made_by'
> & {
  /** Whom it stands for, and who made it, as they are called now. */
  readonly holder_name: string | null
  readonly maker_name: string | null
}

/** Newest first. */
export const listTokens = async (
  tx: Tx,
  request: PageRequest,
): Promise<Result<Page<ListedToken>, Refusal>> => {
  const place = readPlace(request.after, 'time')
  if (!place.ok) return place
  const limit = pageSize(request.limit)
  const rows = await tx
    .selectFrom('token as t')
    .leftJoin('person as p', 'p.id', 't.person_id')
    .leftJoin('contact as c', 'c.id', 't.contact_id')
    .leftJoin('person as m', 'm.id', 't.made_by')
    .select(['t.id', 't.name', 't.roles', 't.person_id', 't.contact_id', 't.one_time'])
    .select(['t.created_at', 't.expires_at', 't.last_used_at', 't.revoked_at', 'm.name as maker_name'])
    .select((is) => is.fn.coalesce('p.name', 'c.name').as('holder_name'))
    .where('t.kind', '=', 'api')
    .$if(place.value !== null, (query) =>
      query.where(
        sql<boolean>`(t.created_at, t.id) < (${place.value?.at}::timestamptz, ${place.value?.id}::uuid)`,
      ),
    )
    .orderBy('t.created_at', 'desc')
    .orderBy('t.id', 'desc')
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

/** Ends sessions, calendars and one-time tokens of somebody who was archived: being brought back opens none of them again. */
export const endWaysIn = async (
  tx: Tx,
  who: { readonly personId: string } | { readonly contactId: string },
  now: Date,
): Promise<void> => {
  await tx
    .updateTable('token')
    .set({ revoked_at: now })
    .where(
      'personId' in who ? 'person_id' : 'contact_id',
      '=',
      'personId' in who ? who.personId : who.contactId,
    )
    .where((is) => is.or([is('kind', '<>', 'api'), is('one_time', '=', true)]))
    .where('revoked_at', 'is', null)
    .execute()
}
