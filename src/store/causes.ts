import { type Insertable, sql } from 'kysely'
import type { Actor } from '../domain/actor.ts'
import type { CauseKind, CauseState } from '../domain/cause.ts'
import type { FlagFlipTable } from './cause-tables.ts'
import type { Tx } from './database.ts'

export const CAUSE_COLUMN = {
  change: 'change_id',
  release: 'release_id',
  deployment: 'deployment_id',
  'flag flip': 'flag_flip_id',
} as const satisfies Readonly<Record<CauseKind, string>>

export const CAUSE_TABLE = {
  change: 'change',
  release: 'release',
  deployment: 'deployment',
  'flag flip': 'flag_flip',
} as const

export interface CauseRef {
  readonly kind: CauseKind
  readonly id: string
}

export const isThere = async (tx: Tx, { kind, id }: CauseRef): Promise<boolean> =>
  (await sql`select 1 from ${sql.table(CAUSE_TABLE[kind])} where id = ${id}::uuid`.execute(tx)).rows.length >
  0

/** What was decided of this pair before; null: nothing. */
export const causeState = async (
  tx: Tx,
  ticketId: string,
  { kind, id }: CauseRef,
): Promise<CauseState | null> =>
  (
    await tx
      .selectFrom('cause')
      .select('state')
      .where('ticket_id', '=', ticketId)
      .where(CAUSE_COLUMN[kind], '=', id)
      .executeTakeFirst()
  )?.state ?? null

/** The caller holds the ticket: of two who decide at once the later word counts. */
export const writeCause = async (
  tx: Tx,
  ticketId: string,
  { kind, id }: CauseRef,
  decided: { readonly id: string; readonly state: CauseState; readonly by: Actor; readonly at: Date },
): Promise<void> => {
  const set = { state: decided.state, decided_by: JSON.stringify(decided.by), decided_at: decided.at }
  const changed = await tx
    .updateTable('cause')
    .set(set)
    .where('ticket_id', '=', ticketId)
    .where(CAUSE_COLUMN[kind], '=', id)
    .returning('id')
    .executeTakeFirst()
  if (changed === undefined)
    await tx
      .insertInto('cause')
      .values({ ...set, id: decided.id, ticket_id: ticketId, [CAUSE_COLUMN[kind]]: id })
      .execute()
}

/** Told twice it is there once: answers the id of the one that is there. */
export const insertFlip = async (
  tx: Tx,
  row: Insertable<FlagFlipTable>,
): Promise<{ readonly id: string; readonly isNew: boolean }> => {
  const { rows } = await sql<{ id: string }>`
    insert into flag_flip (id, flag, product_id, environment_id, from_value, to_value, at, person_id, source, url, reported_by, created_at)
    values (${row.id}::uuid, ${row.flag}, ${row.product_id}::uuid, ${row.environment_id ?? null}::uuid, ${row.from_value ?? null},
      ${row.to_value}, ${row.at}::timestamptz, ${row.person_id ?? null}::uuid, ${row.source}, ${row.url ?? null},
      ${row.reported_by}::jsonb, ${row.created_at}::timestamptz)
    on conflict do nothing returning id`.execute(tx)
  const [made] = rows
  if (made !== undefined) return { id: made.id, isNew: true }
  const known = await sql<{ id: string }>`
    select id from flag_flip where product_id = ${row.product_id}::uuid and flag = ${row.flag} and at = ${row.at}::timestamptz
      and coalesce(environment_id, product_id) = coalesce(${row.environment_id ?? null}::uuid, product_id)`.execute(
    tx,
  )
  return { id: known.rows[0]?.id ?? row.id, isNew: false }
}
