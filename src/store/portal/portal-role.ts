import { sql } from 'kysely'
import { err, ok, type Result } from '../../lib/result.ts'
import type { Database } from '../database.ts'

/** Reads the portal's views and no table. Nobody signs in as it; each of the portal's transactions takes it on. */
export const PORTAL_ROLE = 'causeway_portal'

export const PORTAL_VIEWS = [
  'portal_request',
  'portal_request_line',
  'portal_message',
  'portal_file',
  'portal_happening',
  'portal_bond',
  'portal_product',
  'portal_installation',
  'portal_contact',
  'portal_told',
  'portal_wish',
  'portal_wish_bond',
] as const

/**
 * Makes the role where it is missing and gives it its rights, then looks whether the wall stands: the role must be able
 * to read the views, and nothing else. A role belongs to the whole server, so several databases may share it; each
 * gives it rights on its own views only. An error is a sentence that says what to run.
 */
export const raisePortalWall = async (db: Database): Promise<Result<null, string>> => {
  const before = await standing(db)
  const made = before.is_there ? ok(null) : await tryRights(db, sql`create role ${ROLE} nologin`)
  const joined =
    !made.ok || before.may_become ? made : await tryRights(db, sql`grant ${ROLE} to current_user`)
  const { user } = before
  if (!joined.ok)
    return err(
      `Customers' pages read the database as the role ${PORTAL_ROLE}, which ${user} may not ${before.is_there ? 'take on' : 'make'}. Run once, as an administrator of the database: ${before.is_there ? '' : `create role ${PORTAL_ROLE} nologin; `}grant ${PORTAL_ROLE} to "${user}";`,
    )
  if ((await lacking(db)).length > 0)
    for (const right of [
      sql`grant usage on schema ${sql.id(before.schema)} to ${ROLE}`,
      sql`grant select on ${sql.join(PORTAL_VIEWS.map((view) => sql.table(view)))} to ${ROLE}`,
    ])
      await tryRights(db, right)
  return portalWallStands(db)
}

/** Whether the rights are as they should be; changes nothing. */
export const portalWallStands = async (db: Database): Promise<Result<null, string>> => {
  const now = await standing(db)
  if (!now.is_there || !now.may_become)
    return err(`The role ${PORTAL_ROLE} is missing, or ${now.user} may not take it on.`)
  if (now.is_mighty)
    return err(
      `The role ${PORTAL_ROLE} is a superuser or passes over row security. Run: alter role ${PORTAL_ROLE} nosuperuser nobypassrls;`,
    )
  const lacks = await lacking(db)
  if (lacks.length > 0)
    return err(
      `The role ${PORTAL_ROLE} may not read ${lacks.join(', ')}. Run: grant select on ${lacks.join(', ')} to ${PORTAL_ROLE};`,
    )
  const beyond = await sql<{ name: string }>`
    select c.relname as name from pg_class c
    where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p', 'v', 'm') and c.relname <> all(${[...PORTAL_VIEWS]}::text[])
      and (has_any_column_privilege(${PORTAL_ROLE}::name, c.oid, 'select, insert, update') or has_table_privilege(${PORTAL_ROLE}::name, c.oid, 'delete'))
    order by 1`.execute(db)
  return beyond.rows.length === 0
    ? ok(null)
    : err(
        `The role ${PORTAL_ROLE} may reach ${beyond.rows.map(({ name }) => name).join(', ')}, which customers must not. Run: revoke all on all tables in schema ${now.schema} from ${PORTAL_ROLE}, public; and start again.`,
      )
}

/** Whether who signs in for the portal alone is kept from all else, so that giving up the role gains them nothing. */
export const portalLoginStands = async (login: Database): Promise<Result<null, string>> => {
  const now = await standing(login)
  const { rows } = await sql<{ is_mighty: boolean; reads: boolean }>`
    select rolsuper or rolbypassrls or rolcreaterole as is_mighty, has_any_column_privilege('note', 'select') as reads
    from pg_roles where rolname = current_user`.execute(login)
  const [own] = rows
  if (own === undefined || own.is_mighty || own.reads)
    return err(
      `CAUSEWAY_PORTAL_DATABASE_URL signs in as ${now.user}, who may read more than customers may. Make a login for it: create role portal_login login noinherit password '…'; grant ${PORTAL_ROLE} to portal_login;`,
    )
  return now.may_become
    ? ok(null)
    : err(`CAUSEWAY_PORTAL_DATABASE_URL signs in as ${now.user}. Run: grant ${PORTAL_ROLE} to "${now.user}";`)
}

const ROLE = sql.id(PORTAL_ROLE)

interface Standing {
  readonly is_there: boolean
  readonly may_become: boolean
  readonly is_mighty: boolean
  readonly user: string
  readonly schema: string
}

const standing = async (db: Database): Promise<Standing> => {
  // since PostgreSQL 16 a member may be one without the right to take the role on
  const right = sql`case when current_setting('server_version_num')::int >= 160000 then 'set' else 'member' end`
  const { rows } = await sql<Standing>`
    select r.oid is not null as is_there, coalesce(pg_has_role(current_user, r.oid, ${right}), false) as may_become,
      coalesce(r.rolsuper or r.rolbypassrls, false) as is_mighty, current_user::text as user, current_schema()::text as schema
    from (select) one left join pg_roles r on r.rolname = ${PORTAL_ROLE}`.execute(db)
  const [row] = rows
  if (row === undefined) throw new Error('the database did not say who we are')
  return row
}

const lacking = async (db: Database): Promise<readonly string[]> => {
  const { rows } = await sql<{ name: string }>`
    select name from unnest(${[...PORTAL_VIEWS]}::text[]) name where not has_table_privilege(${PORTAL_ROLE}::name, name, 'select')`.execute(
    db,
  )
  return rows.map(({ name }) => name)
}

const NOT_ALLOWED = '42501'
/** Another process made it at the same moment (unique, duplicate), or holds the same row of the catalogue. */
const AT_ONCE = ['23505', '42710', 'XX000']
const MAX_TRIES = 5

const tryRights = async (
  db: Database,
  statement: ReturnType<typeof sql<unknown>>,
): Promise<Result<null, null>> => {
  for (let tries = 1; ; tries += 1) {
    try {
      await statement.execute(db)
      return ok(null)
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : ''
      if (code === NOT_ALLOWED) return err(null)
      if (code === '23505' || code === '42710') return ok(null)
      if (!AT_ONCE.includes(code) || tries >= MAX_TRIES) throw error
    }
  }
}
