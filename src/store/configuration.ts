import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { Actor } from '../domain/actor.ts'
import type { Settings } from '../domain/settings.ts'
import type { Mapping } from '../sync/mapping.ts'
import type { MirrorBase } from '../sync/mirror-base.ts'
import type { Snapshot } from '../sync/snapshot.ts'
import type { Tx } from './database.ts'
import { LANES } from './dirty.ts'
import { readSettings } from './settings.ts'
import type * as tables from './tables.ts'

/** Reading and writing everything that a configuration file describes. */
export interface ConfigurationRows {
  readonly connections: readonly (Selectable<tables.ConnectionTable> & { readonly mapping: Mapping | null })[]
  readonly settings: Settings
  readonly teams: readonly (Selectable<tables.TeamTable> & { readonly members: readonly string[] })[]
  readonly people: readonly Selectable<tables.PersonTable>[]
  readonly products: readonly Selectable<tables.ProductTable>[]
  readonly components: readonly Selectable<tables.ComponentTable>[]
  readonly customers: readonly Selectable<tables.CustomerTable>[]
  readonly installations: readonly (Selectable<tables.InstallationTable> & {
    readonly release_name: string | null
  })[]
  readonly routes: readonly Selectable<tables.RouteTable>[]
  readonly rules: readonly Selectable<tables.RuleTable>[]
}

/** Archived rows too: a file that names one again brings it back. */
export const loadConfigurationRows = async (tx: Tx): Promise<ConfigurationRows> => ({
  settings: await readSettings(tx),
  connections: (
    await tx
      .selectFrom('connection as c')
      .leftJoin('mapping as m', (join) =>
        join.onRef('m.connection_id', '=', 'c.id').onRef('m.version', '=', 'c.mapping_version'),
      )
      .selectAll('c')
      .select('m.document as mapping')
      .orderBy('c.key')
      .execute()
  )
    // only ever written by `insertMapping`
    .map((row) => ({ ...row, mapping: row.mapping as Mapping | null })),
  teams: await tx
    .selectFrom('team as t')
    .selectAll('t')
    .select(
      sql<string[]>`array(select lower(p.email) from team_member m join person p on p.id = m.person_id
        where m.team_id = t.id order by lower(p.email))`.as('members'),
    )
    .orderBy('t.key')
    .execute(),
  people: await tx.selectFrom('person').selectAll().orderBy('email').execute(),
  products: await tx.selectFrom('product').selectAll().orderBy('key').execute(),
  components: await tx.selectFrom('component').selectAll().orderBy('key').execute(),
  customers: await tx.selectFrom('customer').selectAll().orderBy('key').execute(),
  installations: await tx
    .selectFrom('installation as i')
    .leftJoin('release as r', 'r.id', 'i.release_id')
    .selectAll('i')
    .select('r.name as release_name')
    .execute(),
  routes: await tx.selectFrom('route').selectAll().orderBy('position').orderBy('id').execute(),
  rules: await tx.selectFrom('rule').selectAll().orderBy('position').orderBy('key').execute(),
})

export const insertConnection = async (tx: Tx, row: Insertable<tables.ConnectionTable>): Promise<void> => {
  await tx.insertInto('connection').values(row).execute()
}

/** Counts the version up: whoever cached the connection reads it anew. */
export const updateConnection = async (
  tx: Tx,
  id: string,
  patch: Updateable<tables.ConnectionTable>,
): Promise<void> => {
  await tx
    .updateTable('connection')
    .set({ ...patch, version: sql`version + 1` })
    .where('id', '=', id)
    .execute()
}

/** Only for a connection without mirrors. */
export const deleteConnection = async (tx: Tx, id: string): Promise<void> => {
  for (const table of ['secret', 'mapping', 'delivery', 'hint'] as const)
    await tx.deleteFrom(table).where('connection_id', '=', id).execute()
  await tx.deleteFrom('connection').where('id', '=', id).execute()
}

/** Where a version comes from: a file, the screen of connections, or an older version that is brought back. */
export type MappingOrigin =
  | { readonly source: 'file' | 'screen' }
  | { readonly source: 'restored'; readonly version: number }

export const insertMapping = async (
  tx: Tx,
  row: {
    readonly connectionId: string
    readonly version: number
    readonly mapping: Mapping
    readonly by: Actor
    readonly origin: MappingOrigin
    readonly now: Date
  },
): Promise<void> => {
  await tx
    .insertInto('mapping')
    .values({
      connection_id: row.connectionId,
      version: row.version,
      document: JSON.stringify(row.mapping),
      made_at: row.now,
      made_by: JSON.stringify(row.by),
      source: row.origin.source,
      restored_from: row.origin.source === 'restored' ? row.origin.version : null,
    })
    .execute()
}

/** Highest mapping version ever made for a connection; 0 when there is none. */
export const lastMappingVersion = async (tx: Tx, connectionId: string): Promise<number> =>
  (
    await tx
      .selectFrom('mapping')
      .select((is) => is.fn.max('version').as('version'))
      .where('connection_id', '=', connectionId)
      .executeTakeFirst()
  )?.version ?? 0

/** Mirrors that follow a connection's mapping, by connection. */
export const countMirrors = async (tx: Tx): Promise<ReadonlyMap<string, number>> => {
  const rows = await tx
    .selectFrom('mirror')
    .select(['connection_id', (is) => is.fn.countAll<number>().as('mirrors')])
    .where('state', 'not in', ['gone', 'unlinked'])
    .groupBy('connection_id')
    .execute()
  return new Map(rows.map((row) => [row.connection_id, Number(row.mirrors)]))
}

/** After a changed mapping every mirror is looked at again, behind all other work. Returns how many. */
export const markConnectionDirty = async (
  tx: Tx,
  connectionId: string,
  why: string,
  now: Date,
): Promise<number> => {
  const result = await sql`
    update mirror m set
      dirty_seq = m.dirty_seq + 1,
      dirty_lane = case when m.dirty_seq > m.clean_seq then least(m.dirty_lane, ${LANES.backfill}::smallint) else ${LANES.backfill}::smallint end,
      dirty_at = case when m.dirty_seq > m.clean_seq then m.dirty_at else ${now}::timestamptz end,
      dirty_why = ${why}
    from (
      select id from mirror where connection_id = ${connectionId} and state not in ('gone', 'unlinked') order by id for update
    ) locked where m.id = locked.id`.execute(tx)
  return Number(result.numAffectedRows ?? 0n)
}

/** Makes exactly these lines the routing table, in this order. */
export const replaceRoutes = async (
  tx: Tx,
  rows: readonly Insertable<tables.RouteTable>[],
): Promise<void> => {
  await tx.deleteFrom('route').execute()
  if (rows.length > 0) await tx.insertInto('route').values(rows).execute()
}

/** Makes exactly these the rules, in this order; a rule keeps its id by its key. */
export const replaceRules = async (tx: Tx, rows: readonly Insertable<tables.RuleTable>[]): Promise<void> => {
  await tx
    .deleteFrom('rule')
    .$if(rows.length > 0, (query) =>
      query.where(
        'key',
        'not in',
        rows.map((row) => row.key),
      ),
    )
    .execute()
  for (const { id: _, ...row } of rows.map((row) => row))
    await tx.updateTable('rule').set(row).where('key', '=', row.key).execute()
  if (rows.length > 0)
    await tx
      .insertInto('rule')
      .values(rows)
      .onConflict((conflict) => conflict.column('key').doNothing())
      .execute()
}

export interface ShownMirror {
  readonly id: string
  readonly record_kind: string
  readonly record_id: string
  readonly base: Partial<MirrorBase>
  readonly snapshot: Snapshot
}

/** Live mirrors with what their tool last showed, newest first; `before` is the id of the last one had. */
export const mirrorsShownBy = async (
  tx: Tx,
  connectionId: string,
  before: string | null,
  limit: number,
): Promise<readonly ShownMirror[]> => {
  const { rows } = await sql<ShownMirror>`
    select id, record_kind, record_id, base, snapshot from mirror
    where connection_id = ${connectionId} and state = 'live' and snapshot is not null and record_id is not null
      and (${before}::uuid is null or id < ${before}::uuid) order by id desc limit ${limit}`.execute(tx)
  return rows
}
