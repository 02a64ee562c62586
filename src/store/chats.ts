import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { Refusal } from '../domain/refusal.ts'
import { isId } from '../lib/ids.ts'
import { ok, type Result } from '../lib/result.ts'
import type { ChatTable } from './chat-table.ts'
import { type Page, type PageRequest, pageOf, pageSize, readPlace } from './cursor.ts'
import type { Database, Tx } from './database.ts'
import { isOf, whereAll } from './views/conditions.ts'
import type { KeyedName } from './views/shown-parts.ts'

export type Chat = Selectable<ChatTable>

export const findChat = async (db: Database, id: string): Promise<Chat | null> =>
  isId(id)
    ? ((await db.selectFrom('chat').selectAll().where('id', '=', id).executeTakeFirst()) ?? null)
    : null

export const lockChat = async (tx: Tx, id: string): Promise<Chat | null> =>
  isId(id)
    ? ((await tx.selectFrom('chat').selectAll().where('id', '=', id).forNoKeyUpdate().executeTakeFirst()) ??
      null)
    : null

export const insertChat = async (tx: Tx, row: Insertable<ChatTable>): Promise<void> => {
  await tx.insertInto('chat').values(row).execute()
}

export const updateChat = async (
  tx: Tx,
  id: string,
  patch: Omit<Updateable<ChatTable>, 'id' | 'version' | 'updated_at'>,
  now: Date,
): Promise<void> => {
  await tx
    .updateTable('chat')
    .set({ ...patch, version: sql<number>`version + 1`, updated_at: now })
    .where('id', '=', id)
    .execute()
}

/** How its last message was met; written down once a minute at most, however many come. */
export const noteChat = async (
  db: Database,
  id: string,
  what: { readonly refused: string | null; readonly at: Date },
): Promise<void> => {
  const { refused, at } = what
  const column = sql.ref(refused === null ? 'heard_at' : 'refused_at')
  await sql`update chat set ${column} = ${at}::timestamptz${refused === null ? sql`` : sql`, refused_why = ${refused}`}
    where id = ${id}::uuid and (${column} is null or ${column} < ${at}::timestamptz - interval '1 minute')`.execute(
    db,
  )
}

export type ListedChat = Pick<Chat, 'id' | 'name' | 'kind' | 'language' | 'version'> & {
  readonly product: KeyedName | null
  readonly heardAt: Date | null
  readonly refusedAt: Date | null
  readonly refusedWhy: string | null
  readonly archivedAt: Date | null
}

/** Chat tools by name. */
export const listChats = async (
  db: Database,
  filter: { readonly id?: string; readonly archived?: boolean },
  page: PageRequest,
): Promise<Result<Page<ListedChat>, Refusal>> => {
  const place = readPlace(page.after, 'text')
  if (!place.ok) return place
  const limit = pageSize(page.limit)
  const archived = filter.archived === true ? sql`c.archived_at is not null` : sql`c.archived_at is null`
  const conditions = [
    filter.id === undefined ? archived : isOf(sql`c.id`, filter.id),
    ...(place.value === null
      ? []
      : [sql`(lower(c.name) collate "C", c.id) > (${place.value.at} collate "C", ${place.value.id}::uuid)`]),
  ]
  const { rows } = await sql<ListedChat & { readonly sorted: string }>`
    select c.id, c.name, c.kind, c.language, c.version, c.heard_at as "heardAt", c.refused_at as "refusedAt",
      c.refused_why as "refusedWhy", c.archived_at as "archivedAt", lower(c.name) as sorted,
      case when p.id is null then null else jsonb_build_object('id', p.id, 'key', p.key, 'name', p.name) end as product
    from chat c left join product p on p.id = c.product_id
    ${whereAll(conditions)} order by lower(c.name) collate "C", c.id limit ${sql.lit(limit + 1)}`.execute(db)
  const found = pageOf(rows, limit, (row) => ({ at: row.sorted, id: row.id }))
  return ok({ ...found, items: found.items.map(({ sorted: _, ...row }) => row) })
}
