import { type Insertable, type Selectable, sql } from 'kysely'
import { DEFAULT_RULES, type GoLiveRules, type SignedParts } from '../domain/go-live.ts'
import { isId } from '../lib/ids.ts'
import type { Tx } from './database.ts'
import type { CareDutyTable, GoDecisionTable, ReleaseFollowerTable, SignOffTable } from './go-live-tables.ts'

export type SignOff = Selectable<SignOffTable> & { readonly person_name: string }
export type CareDuty = Selectable<CareDutyTable>

/** What the product asks of its releases; the defaults where nobody said. */
export const goLiveRules = async (tx: Tx, productId: string): Promise<GoLiveRules> => {
  const row = await tx
    .selectFrom('go_live_rule')
    .selectAll()
    .where('product_id', '=', productId)
    .executeTakeFirst()
  return row === undefined
    ? DEFAULT_RULES
    : { criteria: row.criteria, roles: row.roles, careHours: row.care_hours, needsGo: row.needs_go }
}

export const putGoLiveRules = async (
  tx: Tx,
  productId: string,
  { criteria, roles, careHours, needsGo }: GoLiveRules,
  now: Date,
): Promise<void> => {
  const row = { criteria: [...criteria], roles: [...roles], care_hours: careHours, needs_go: needsGo }
  await tx
    .insertInto('go_live_rule')
    .values({ product_id: productId, ...row, updated_at: now })
    .onConflict((conflict) => conflict.column('product_id').doUpdateSet({ ...row, updated_at: now }))
    .execute()
}

/** Sign-offs that were not withdrawn. */
export const signOffsOf = async (tx: Tx, releaseId: string): Promise<readonly SignOff[]> =>
  tx
    .selectFrom('sign_off as s')
    .innerJoin('person as p', 'p.id', 's.person_id')
    .selectAll('s')
    .select('p.name as person_name')
    .where('s.release_id', '=', releaseId)
    .where('s.withdrawn_at', 'is', null)
    .orderBy('s.signed_at')
    .execute()

export const insertSignOff = async (tx: Tx, row: Insertable<SignOffTable>): Promise<void> => {
  await tx.insertInto('sign_off').values(row).execute()
}

export const withdrawSignOff = async (tx: Tx, id: string, now: Date): Promise<void> => {
  await tx.updateTable('sign_off').set({ withdrawn_at: now }).where('id', '=', id).execute()
}

export const insertDecision = async (tx: Tx, row: Insertable<GoDecisionTable>): Promise<void> => {
  await tx.insertInto('go_decision').values(row).execute()
}

/** What was decided last. */
export const lastDecision = async (tx: Tx, releaseId: string) =>
  (await tx
    .selectFrom('go_decision')
    .select(['decision', 'decided_at'])
    .where('release_id', '=', releaseId)
    .orderBy('decided_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()) ?? null

export const insertDuty = async (tx: Tx, row: Insertable<CareDutyTable>): Promise<void> => {
  await tx.insertInto('care_duty').values(row).execute()
}

/** Of those who are still here: nobody else is there in any hour. */
export const dutiesOf = (tx: Tx, releaseId: string): Promise<readonly CareDuty[]> =>
  tx
    .selectFrom('care_duty as d')
    .innerJoin('person as p', 'p.id', 'd.person_id')
    .selectAll('d')
    .where('d.release_id', '=', releaseId)
    .where('p.archived_at', 'is', null)
    .orderBy('d.from_hour')
    .execute()

/** Whether there was one. */
export const deleteDuty = async (tx: Tx, releaseId: string, id: string): Promise<boolean> =>
  isId(id) &&
  (await tx
    .deleteFrom('care_duty')
    .where('release_id', '=', releaseId)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst()) !== undefined

/** False: they follow it already. */
export const insertFollower = async (tx: Tx, row: Insertable<ReleaseFollowerTable>): Promise<boolean> =>
  (await tx
    .insertInto('release_follower')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()) !== undefined

export const deleteFollower = async (tx: Tx, releaseId: string, id: string): Promise<boolean> =>
  isId(id) &&
  (await tx
    .deleteFrom('release_follower')
    .where('release_id', '=', releaseId)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst()) !== undefined

/**
 * What a sign-off is for, as it is now: which work is planned, what the notes say, and what the acceptance cases say and
 * came to. Each as a digest: only whether it changed is asked of it.
 */
export const signedParts = async (tx: Tx, releaseId: string): Promise<SignedParts> => {
  const { rows } = await sql<SignedParts>`
    select
      (select md5(coalesce(string_agg(w.id::text, ',' order by w.id), '')) from work_item w
        where w.release_id = ${releaseId}::uuid) as scope,
      (select md5(coalesce(string_agg(jsonb_build_array(n.id, n.kind, n.title, n.body, n.say, n.workaround)::text, ',' order by n.id), ''))
        from release_note n where n.release_id = ${releaseId}::uuid and n.removed_at is null) as notes,
      (select md5(coalesce(string_agg(jsonb_build_array(c.id, c.version, l.result)::text, ',' order by c.id), ''))
        from acceptance_case c left join lateral (
          select r.result from acceptance_run r where r.case_id = c.id and r.case_version = c.version
          order by r.run_at desc, r.id desc limit 1
        ) l on true where c.release_id = ${releaseId}::uuid and c.removed_at is null) as acceptance`.execute(
    tx,
  )
  const [parts] = rows
  if (parts === undefined) throw new Error('what is signed was not read')
  return parts
}
