import { type RawBuilder, sql } from 'kysely'
import { wordsIn } from '../../domain/query/parse.ts'

/** Everything else that has a name: whom we serve, who we are, what we make. */
export const NAMED_KINDS = [
  'customer',
  'contact',
  'person',
  'team',
  'product',
  'component',
  'release',
] as const
export type NamedKind = (typeof NAMED_KINDS)[number]

export interface FoundName {
  readonly of: NamedKind
  readonly id: string
  readonly key: string | null
  readonly title: string
  readonly about: string | null
  readonly total: number
}

/** Where each is found by: its name, and a key or address that is written as it is. */
const SOURCES: Readonly<Record<NamedKind, RawBuilder<unknown>>> = {
  customer: sql`select id, key, name, tier as about, key as other from customer where archived_at is null`,
  contact: sql`select n.id, null::text as key, n.name, c.name as about, n.email as other
    from contact n left join customer c on c.id = n.customer_id where n.archived_at is null`,
  person: sql`select id, null::text as key, name, email as about, email as other from person where archived_at is null`,
  team: sql`select id, key, name, null::text as about, key as other from team where archived_at is null`,
  product: sql`select id, key, name, null::text as about, key as other from product where archived_at is null`,
  component: sql`select n.id, n.key, n.name, p.name as about, n.key as other
    from component n join product p on p.id = n.product_id where n.archived_at is null`,
  release: sql`select n.id, null::text as key, n.name, p.name as about, p.name || ' ' || n.name as other
    from release n join product p on p.id = n.product_id`,
}

const pattern = (text: string): string => text.replace(/[\\%_]/g, '\\$&')

/** The best of each kind, as rows of a search (search.ts). Words may stand in any order; the whole may be mistyped. */
export const nameRows = (
  text: string,
  kinds: readonly NamedKind[],
  limit: number,
): readonly RawBuilder<unknown>[] => {
  const typed = wordsIn(text)
  if (typed.length === 0) return []
  // one by one and not as a list, which no index is asked for
  const holds = sql.join(
    typed.map((word) => sql`name ilike ${`%${pattern(word)}%`}`),
    sql` and `,
  )
  const plain = text.trim()
  const begins = `${pattern(plain)}%`
  const isLong = plain.length > 3
  return kinds.map(
    (kind) => sql`(
      select ${sql.lit(kind)} as of, row_number() over (order by rank, name, id) as place, id, key, name as title, about, total,
        null::text as state, null::timestamptz as "updatedAt", null::jsonb as description, null::jsonb as comment
      from (select id, key, name, about, count(*) over ()::int as total,
          case when lower(name) = lower(${plain}) or lower(other) = lower(${plain}) then 0 when name ilike ${begins} then 1
            when ${holds} then 2 else 3 end as rank
        from (${SOURCES[kind]}) n
        where (${holds}) or other ilike ${begins}${isLong ? sql` or ${plain} <% name` : sql``}
        order by rank, name, id limit ${limit}) best)`,
  )
}
