import { type RawBuilder, sql } from 'kysely'
import type { Asked, ChangeRules, ProductKeys } from '../domain/change-rules.ts'
import { changeRulesFrom } from '../domain/read-change-rules.ts'
import type { Database, Tx } from './database.ts'

const KEY = 'changes'

export const readChangeRules = async (db: Database | Tx): Promise<ChangeRules> => {
  const row = await db.selectFrom('setting').select('value').where('key', '=', KEY).executeTakeFirst()
  return changeRulesFrom(row?.value)
}

/** Held until the transaction ends: of two changes at once neither is lost. */
export const lockChangeRules = async (tx: Tx): Promise<ChangeRules> => {
  await sql`select pg_advisory_xact_lock(hashtextextended('change rules', 4600))`.execute(tx)
  return readChangeRules(tx)
}

export const writeChangeRules = async (tx: Tx, rules: ChangeRules): Promise<void> => {
  await sql`
    insert into setting (key, value) values (${KEY}, ${JSON.stringify(rules)}::jsonb)
    on conflict (key) do update set value = excluded.value`.execute(tx)
}

type Part = RawBuilder<unknown>

/** `p` is among those that a product names; where it names none, `otherwise`. */
const namedBy = (
  product: Part,
  lines: readonly ProductKeys[],
  of: 'changeManagers' | 'leads',
  otherwise: Part,
): Part => {
  const pairs = lines.flatMap((line) => line[of].map((personId) => [line.productId, personId] as const))
  if (pairs.length === 0) return otherwise
  const products = sql`${[...new Set(pairs.map(([productId]) => productId))]}::uuid[]`
  const named = sql`(${product}, p.id) in (select * from unnest(${pairs.map(([id]) => id)}::uuid[], ${pairs.map(([, id]) => id)}::uuid[]))`
  return sql`case when ${product} = any(${products}) then ${named} else ${otherwise} end`
}

/** Whether person `p` is a change manager of a product. */
export const isChangeManager = (product: Part, rules: ChangeRules): Part =>
  namedBy(
    product,
    rules.products,
    'changeManagers',
    rules.changeManagers.length > 0
      ? sql`p.id = any(${[...rules.changeManagers]}::uuid[])`
      : sql`'owner' = any(p.roles)`,
  )

const IS_LEAD = sql`'lead' = any(p.roles)`

/** Whether person `p` leads a product: as named, else a lead of its team, else any lead. */
const isProductLead = (product: Part, rules: ChangeRules): Part =>
  namedBy(
    product,
    rules.products,
    'leads',
    sql`${IS_LEAD} and (
      exists (select from product x join team_member m on m.team_id = x.team_id where x.id = ${product} and m.person_id = p.id)
      or not exists (select from product x join team_member m on m.team_id = x.team_id join person l on l.id = m.person_id
        where x.id = ${product} and 'lead' = any(l.roles) and l.archived_at is null))`,
  )

/** Whether person `p` holds a key (`Asked` as JSON) of a change to a product: the one place that knows. */
export const holdsKey = (
  asked: Part,
  product: Part,
  rules: ChangeRules,
): Part => sql`(p.archived_at is null and case ${asked}->>'what'
  when 'change manager' then ${isChangeManager(product, rules)}
  when 'product lead' then ${isProductLead(product, rules)}
  when 'person' then p.id = (${asked}->>'id')::uuid
  else exists (select from team_member m where m.team_id = (${asked}->>'id')::uuid and m.person_id = p.id) end)`

/** Who may turn a key. */
export const holdersOf = async (
  tx: Tx,
  asked: Asked,
  productId: string,
  rules: ChangeRules,
): Promise<readonly string[]> =>
  (
    await sql<{ id: string }>`
      select p.id from person p
      where ${holdsKey(sql`${JSON.stringify(asked)}::jsonb`, sql`${productId}::uuid`, rules)}`.execute(tx)
  ).rows.map(({ id }) => id)

/** Whether somebody is a change manager of a product; of what concerns all of them, of all. */
export const isManagerOf = async (
  tx: Tx,
  personId: string,
  productId: string | null,
  rules: ChangeRules,
): Promise<boolean> => {
  const of = productId === null ? { ...rules, products: [] } : rules
  const { rows } = await sql`
    select 1 from person p where p.id = ${personId}::uuid and p.archived_at is null
      and ${isChangeManager(sql`${productId}::uuid`, of)}`.execute(tx)
  return rows.length > 0
}

const NOUNS = ['person', 'team', 'product', 'environment'] as const

/** The first id that names nothing; null: all of them do. */
export const unknownIn = async (
  tx: Tx,
  ids: Readonly<Record<(typeof NOUNS)[number], readonly string[]>>,
): Promise<{ readonly noun: string; readonly id: string } | null> => {
  for (const noun of NOUNS) {
    const { rows } = await sql<{ id: string }>`
      select id from unnest(${[...ids[noun]]}::uuid[]) as x(id)
      where not exists (select from ${sql.table(noun)} t where t.id = x.id) limit 1`.execute(tx)
    const [missing] = rows
    if (missing !== undefined) return { noun, id: missing.id }
  }
  return null
}

/** What these are called, by id. */
export const namesIn = async (
  tx: Tx,
  ids: Readonly<Record<(typeof NOUNS)[number], readonly string[]>>,
): Promise<Readonly<Record<string, string>>> => {
  const named = NOUNS.map(
    (noun) => sql`select id, name from ${sql.table(noun)} where id = any(${[...ids[noun]]}::uuid[])`,
  )
  const { rows } = await sql<{ id: string; name: string }>`${sql.join(named, sql` union all `)}`.execute(tx)
  return Object.fromEntries(rows.map(({ id, name }) => [id, name]))
}
