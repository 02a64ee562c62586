import { sql } from 'kysely'
import type { TicketState } from '../../domain/words.ts'
import type { RichText } from '../../sync/rich-text/tree.ts'
import type { PortalTx } from './portal-database.ts'

/** A request that may be about the same, with what is needed to judge that and to show what came of it. */
export interface LikelyRequest {
  readonly id: string
  readonly key: string
  readonly title: string
  readonly state: TicketState
  readonly waits_for_them: boolean
  readonly updated_at: Date
  readonly description: RichText
  /** What we told everyone about it, the latest words first in time order of use. */
  readonly said_workaround: string | null
  readonly said_behaviour: string | null
  readonly said_decline: string | null
  readonly workaround: string | null
}

/** One that is shown, with the last public words of ours. */
export interface AnsweredRequest extends LikelyRequest {
  readonly answer: RichText | null
}

/** As many as are compared: the latest that have any of the words. */
const MOST_COMPARED = 60

/** Requests within reach in which any of these words stands, or words like them, the latest changed first. */
export const requestsWithWords = async (
  tx: PortalTx,
  words: readonly string[],
): Promise<readonly LikelyRequest[]> => {
  if (words.length === 0) return []
  const { rows } = await sql<LikelyRequest>`
    select r.id, r.key, r.title, r.state, r.waits_for_them, r.updated_at, r.description, r.workaround,
      r.said_workaround, r.said_behaviour, r.said_decline
    from portal_request r where r.id = any(array(
      select l.id from portal_request_line l where l.id = any(array(select id from portal_found(${words}::text[], false)))
      order by l.updated_at desc, l.id desc limit ${sql.lit(MOST_COMPARED)}))
    order by r.updated_at desc, r.id desc`.execute(tx)
  return rows
}

/** The last public words of ours, of each of these few. */
export const lastAnswers = async (
  tx: PortalTx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, RichText>> => {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; body: RichText }>`
    select q.id, m.body from unnest(${[...ids]}::uuid[]) as q (id) cross join lateral (
      select body from portal_message where request_id = q.id and author->>'kind' = 'staff' order by at desc, id desc limit 1) m`.execute(
    tx,
  )
  return new Map(rows.map(({ id, body }) => [id, body]))
}
