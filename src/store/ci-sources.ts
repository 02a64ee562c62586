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

/** The newest that were not taken, oldest first: in the order in which they were told. */
export const openReports = async (tx: Tx, sourceId: string, most: number): Promise<readonly CiReport[]> =>
  (
    await tx
      .selectFrom('ci_report')
      .selectAll()
      .where('source_id', '=', sourceId)
      .where('state', '<>', 'taken')
      .orderBy('received_at', 'desc')
      .orderBy('position', 'desc')
      .limit(most)
      .execute()
  ).reverse()

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
          .where('r.state', '<>', 'taken')
          .where('r.missing', '=', 'release'),
      ),
    )
    .orderBy('s.id')
    .forNoKeyUpdate()
    .execute()
