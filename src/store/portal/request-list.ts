import { type Selectable, sql } from 'kysely'
import { wordsIn } from '../../domain/query/parse.ts'
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
  /** Part of the title, the key, or words of what was said; slips of the keys are forgiven. */
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
  // settled first: what is told of a request lies in seven tables
  let shown = tx.selectFrom('portal_request_line').select('id')
  if (filter.state !== undefined) shown = shown.where('state', '=', filter.state)
  if (filter.isOpen !== undefined) shown = shown.where('state', filter.isOpen ? 'not in' : 'in', OVER)
  if (filter.personId !== undefined) shown = shown.where('contact_id', '=', filter.personId)
  if (text !== '')
    shown = shown.where((is) =>
      is.or([
        is('title', 'ilike', containing(text)),
        is('key', '=', text.toUpperCase()),
        sql<boolean>`id in (select found.id from portal_found(${typedWords(text)}::text[], true) found)`,
      ]),
    )
  if (place.value !== null)
    shown = shown.where(
      sql<boolean>`(updated_at, id) < (${place.value.at}::timestamptz, ${place.value.id}::uuid)`,
    )
  shown = shown
    .orderBy('updated_at', 'desc')
    .orderBy('id', 'desc')
    .limit(sql.lit(limit + 1))
  const rows = await tx
    .selectFrom('portal_request')
    .selectAll()
    .where(sql<boolean>`id = any(array(${shown}))`)
    .orderBy('updated_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return ok(pageOf(rows, limit, (row) => ({ at: row.updated_at.toISOString(), id: row.id })))
}

/** `%` and `_` in what people type are letters. */
const containing = (text: string): string => `%${text.slice(0, 200).replace(/[\\%_]/g, '\\$&')}%`

const MOST_WORDS = 8

/** As the words in use are written. */
export const typedWords = (text: string): readonly string[] =>
  wordsIn(text.toLowerCase()).slice(0, MOST_WORDS)
