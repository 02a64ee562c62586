import { type Selectable, sql } from 'kysely'
import type { Refusal } from '../../domain/refusal.ts'
import type { TicketState } from '../../domain/words.ts'
import { ok, type Result } from '../../lib/result.ts'
import { type Page, type PageRequest, pageOf, pageSize, readPlace } from '../cursor.ts'
import type { PortalTables, PortalTx } from './portal-database.ts'

export type PortalRequest = Selectable<PortalTables['portal_request']>

export interface RequestFilter {
  readonly state?: TicketState
  /** Still going on, or over. */
  readonly isOpen?: boolean
  /** Who asked, by contact. */
  readonly personId?: string
  /** Part of the title, or the key. */
  readonly text?: string
}

const OVER = ['resolved', 'closed', 'cancelled', 'merged'] as const satisfies readonly TicketState[]

/** Requests within reach, the latest changed first. */
export const listRequests = async (
  tx: PortalTx,
  filter: RequestFilter,
  page: PageRequest,
): Promise<Result<Page<PortalRequest>, Refusal>> => {
  const place = readPlace(page.after, 'time')
  if (!place.ok) return place
  const limit = pageSize(page.limit)
  const text = filter.text?.trim() ?? ''
  let query = tx.selectFrom('portal_request').selectAll()
  if (filter.state !== undefined) query = query.where('state', '=', filter.state)
  if (filter.isOpen !== undefined) query = query.where('state', filter.isOpen ? 'not in' : 'in', OVER)
  if (filter.personId !== undefined) query = query.where('contact_id', '=', filter.personId)
  if (text !== '')
    query = query.where((is) =>
      is.or([is('title', 'ilike', containing(text)), is('key', '=', text.toUpperCase())]),
    )
  if (place.value !== null)
    query = query.where(
      sql<boolean>`(updated_at, id) < (${place.value.at}::timestamptz, ${place.value.id}::uuid)`,
    )
  const rows = await query
    .orderBy('updated_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  return ok(pageOf(rows, limit, (row) => ({ at: row.updated_at.toISOString(), id: row.id })))
}

/** `%` and `_` in what people type are letters. */
const containing = (text: string): string => `%${text.slice(0, 200).replace(/[\\%_]/g, '\\$&')}%`
