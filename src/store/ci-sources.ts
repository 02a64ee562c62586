import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { ToldDeployment } from '../domain/ci/told-deployment.ts'
import { isId, type NewId } from '../lib/ids.ts'
import type { CiReportTable, CiRuleTable, CiSourceTable } from './ci-tables.ts'
import type { Database, Tx } from './database.ts'

export type CiSource = Selectable<CiSourceTable>
export type CiRule = Selectable<CiRuleTable>
export type CiReport = Selectable<CiReportTable>

/** By id or key. */
export const findCiSource = async (tx: Database | Tx, ref: string): Promise<CiSource | null> =>
  (await tx
    .selectFrom('ci_source')
    .selectAll()
    .where(isId(ref) ? 'id' : 'key', '=', ref)
    .executeTakeFirst()) ?? null

/** Held until the transaction ends: what it tells is taken in one at a time, in the order in which it came. */
export const lockCiSource = async (tx: Tx, ref: string): Promise<CiSource | null> =>
  (await tx
    .selectFrom('ci_source')
    .selectAll()
    .where(isId(ref) ? 'id' : 'key', '=', ref)
    .forNoKeyUpdate()
    .executeTakeFirst()) ?? null

/** False when the key is taken. */
export const insertCiSource = async (tx: Tx, row: Insertable<CiSourceTable>): Promise<boolean> =>
  (await tx
    .insertInto('ci_source')
    .values(row)
    .onConflict((conflict) => conflict.column('key').doNothing())
    .returning('id')
    .executeTakeFirst()) !== undefined

export const updateCiSource = async (
  tx: Tx,
  id: string,
  patch: Omit<Updateable<CiSourceTable>, 'id' | 'version' | 'updated_at'>,
  now: Date,
): Promise<void> => {
  await tx
    .updateTable('ci_source')
    .set({ ...patch, version: sql<number>`version + 1`, updated_at: now })
    .where('id', '=', id)
    .execute()
}

export const noteHeard = async (tx: Tx, id: string, now: Date): Promise<void> => {
  await tx.updateTable('ci_source').set({ heard_at: now }).where('id', '=', id).execute()
}

/** What was not taken in, for the people who look after it. */
export const noteNotTaken = async (
  db: Database,
  id: string,
  what: {
    readonly as: 'refused' | 'ignored'
    readonly why: string
    readonly times: number
    readonly at: Date
  },
): Promise<void> => {
  const { as, why, times, at } = what
  await sql`
    update ci_source set ${sql.ref(`${as}_at`)} = ${at}, ${sql.ref(`${as}_why`)} = ${why},
      ${sql.ref(`${as}_count`)} = ${sql.ref(`${as}_count`)} + ${times}${as === 'ignored' ? sql`, heard_at = ${at}` : sql``}
    where id = ${id}::uuid`.execute(db)
}

export const rulesOf = (tx: Tx, sourceId: string): Promise<readonly CiRule[]> =>
  tx.selectFrom('ci_rule').selectAll().where('source_id', '=', sourceId).orderBy('position').execute()

export const replaceRules = async (
  tx: Tx,
  sourceId: string,
  rules: readonly Omit<Insertable<CiRuleTable>, 'source_id' | 'position'>[],
): Promise<void> => {
  await tx.deleteFrom('ci_rule').where('source_id', '=', sourceId).execute()
  if (rules.length === 0) return
  await tx
    .insertInto('ci_rule')
    .values(rules.map((rule, position) => ({ ...rule, source_id: sourceId, position })))
    .execute()
}

/** Keeps what was told; answers only what nobody told before. */
export const keepReports = async (
  tx: Tx,
  told: {
    readonly sourceId: string
    readonly delivery: string
    readonly deployments: readonly ToldDeployment[]
    readonly at: Date
  },
  newId: NewId,
): Promise<readonly CiReport[]> =>
  tx
    .insertInto('ci_report')
    .values(
      told.deployments.map((deployment, position) => ({
        ...{ id: newId(), source_id: told.sourceId, delivery: told.delivery, position },
        ...{ received_at: told.at, environment: deployment.environment, told: JSON.stringify(deployment) },
        ...{ state: 'waiting' as const, settled_at: told.at },
      })),
    )
    .onConflict((conflict) => conflict.columns(['source_id', 'delivery', 'position']).doNothing())
    .returningAll()
    .execute()

export const settleReport = async (
  tx: Tx,
  id: string,
  settled: Pick<CiReport, 'state' | 'missing' | 'reason'>,
  now: Date,
): Promise<void> => {
  await tx
    .updateTable('ci_report')
    .set({ ...settled, settled_at: now })
    .where('id', '=', id)
    .execute()
}

/** Those that are to be looked at again, the oldest first: in the order in which they were told. */
export const reportsInTurn = async (tx: Tx, sourceId: string, most: number): Promise<readonly CiReport[]> =>
  tx
    .selectFrom('ci_report')
    .selectAll()
    .where('source_id', '=', sourceId)
    .where('state', '=', 'waiting')
    .where('missing', '=', 'turn')
    .orderBy('received_at')
    .orderBy('position')
    .orderBy('id')
    .limit(most)
    .execute()

/** Sources that go on, of which some wait for their turn. */
export const sourcesWithTurns = async (db: Database): Promise<readonly string[]> => {
  const { rows } = await sql<{ readonly id: string }>`
    select s.id from ci_source s where s.archived_at is null and s.paused_at is null and exists (
      select from ci_report r where r.source_id = s.id and r.state = 'waiting' and r.missing = 'turn')
    order by s.id`.execute(db)
  return rows.map(({ id }) => id)
}

/** Whatever is in one of these states is to be looked at again. */
export const giveTurn = async (
  tx: Tx,
  sourceId: string,
  states: readonly Exclude<CiReport['state'], 'taken'>[],
  reason: string,
): Promise<void> => {
  await tx
    .updateTable('ci_report')
    .set({ state: 'waiting', missing: 'turn', reason })
    .where('source_id', '=', sourceId)
    .where('state', 'in', states)
    .execute()
}

export interface WaitedFor {
  readonly ref: string | null
  readonly commit: string | null
}

/** What a source's reports wait for, each once, however many of them do. */
export const releasesWaitedFor = async (tx: Tx, sourceId: string): Promise<readonly WaitedFor[]> => {
  const { rows } = await sql<WaitedFor>`
    select distinct told->>'ref' as ref, told->>'commit' as commit from ci_report
    where source_id = ${sourceId}::uuid and state = 'waiting' and missing = 'release'`.execute(tx)
  return rows
}

/** Those that wait for one of these are to be looked at again. */
export const giveTurnTo = async (
  tx: Tx,
  sourceId: string,
  waitedFor: readonly WaitedFor[],
  reason: string,
): Promise<void> => {
  await sql`
    update ci_report r set missing = 'turn', reason = ${reason}
    from jsonb_to_recordset(${JSON.stringify(waitedFor)}::jsonb) as w (ref text, commit text)
    where r.source_id = ${sourceId}::uuid and r.state = 'waiting' and r.missing = 'release'
      and r.told->>'ref' is not distinct from w.ref and r.told->>'commit' is not distinct from w.commit`.execute(
    tx,
  )
}

/** An environment is there that was not, or not in use: what waits for a place of that name, or could not be recorded. */
export const giveTurnToPlace = async (
  tx: Tx,
  { product_id: productId, key }: { readonly product_id: string; readonly key: string },
  reason: string,
): Promise<void> => {
  const sources = await tx
    .selectFrom('ci_source')
    .select('id')
    .where('product_id', '=', productId)
    .where('archived_at', 'is', null)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
  if (sources.length === 0) return
  await sql`
    update ci_report set missing = 'turn', reason = ${reason}
    where source_id = any(${sources.map(({ id }) => id)}::uuid[]) and state = 'waiting'
      and (missing = 'other' or (missing = 'place' and lower(environment) = lower(${key})))`.execute(tx)
}

/** The last that a source told of a place since then. */
export const lastReportOf = async (
  tx: Tx,
  sourceId: string,
  environment: string,
  since: Date,
): Promise<CiReport | null> =>
  (await tx
    .selectFrom('ci_report')
    .selectAll()
    .where('received_at', '>', since)
    .where('source_id', '=', sourceId)
    .where('environment', '=', environment)
    .orderBy('received_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()) ?? null

/** Sources of a product that wait for a release to be known. */
export const sourcesWaitingForRelease = async (tx: Tx, productId: string): Promise<readonly CiSource[]> =>
  tx
    .selectFrom('ci_source as s')
    .selectAll()
    .where('s.product_id', '=', productId)
    .where('s.archived_at', 'is', null)
    .where((is) =>
      is.exists(
        is
          .selectFrom('ci_report as r')
          .select('r.id')
          .whereRef('r.source_id', '=', 's.id')
          .where('r.state', '=', 'waiting')
          .where('r.missing', '=', 'release'),
      ),
    )
    .orderBy('s.id')
    .forNoKeyUpdate()
    .execute()
