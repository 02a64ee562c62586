import { sql } from 'kysely'
import type { TicketState } from '../../domain/words.ts'
import type { RichText } from '../../sync/rich-text/tree.ts'
import type { Database } from '../database.ts'
import type { Ticket } from '../tickets.ts'

export interface CandidateTicket {
  readonly id: string
  readonly key: string
  readonly title: string
  readonly description: RichText
  readonly state: TicketState
  readonly product_id: string | null
  readonly component_id: string | null
  readonly customer_id: string | null
  readonly version: string | null
  readonly customer: string | null
  /** The work item it went to last. */
  readonly workItem: string | null
  readonly createdAt: Date
}

const OF_PLACE = 120
const OF_CUSTOMER = 40

/**
 * Tickets worth comparing with one: the latest of its component, its product and its customer, or just the latest where
 * nothing is known of it. Each is a short walk along an index, however many tickets there are.
 */
export const candidateTickets = async (
  db: Database,
  { id, component_id, product_id, customer_id }: Ticket,
): Promise<readonly CandidateTicket[]> => {
  const isNowhere = component_id === null && product_id === null
  const found = await sql<CandidateTicket>`
    with near as materialized (
      (select id from ticket where component_id = ${component_id}::uuid order by created_at desc limit ${sql.lit(OF_PLACE)})
      union (select id from ticket where product_id = ${product_id}::uuid order by created_at desc limit ${sql.lit(OF_PLACE)})
      union (select id from ticket where customer_id = ${customer_id}::uuid order by created_at desc limit ${sql.lit(OF_CUSTOMER)})
      union (select id from ticket order by number desc limit ${sql.lit(isNowhere ? OF_PLACE : 0)})
    )
    select t.id, t.key, t.title, t.description, t.state, t.product_id, t.component_id, t.customer_id,
      coalesce(i.version, r.name, t.release_version) as version, c.name as customer, t.created_at as "createdAt",
      (select w.key from escalation e join work_item w on w.id = e.work_item_id where e.ticket_id = t.id
        order by (e.ended_at is null) desc, e.created_at desc limit 1) as "workItem"
    from near join ticket t on t.id = near.id left join customer c on c.id = t.customer_id
      left join installation i on i.id = t.installation_id left join release r on r.id = i.release_id
    where t.id <> ${id}::uuid and t.state not in ('merged', 'cancelled')`.execute(db)
  return found.rows
}

/** The version its customer runs, as far as anybody said. */
export const versionOfTicket = async (db: Database, ticket: Ticket): Promise<string | null> => {
  if (ticket.installation_id === null) return ticket.release_version
  const found = await sql<{ version: string | null }>`
    select coalesce(i.version, r.name) as version from installation i left join release r on r.id = i.release_id
    where i.id = ${ticket.installation_id}::uuid`.execute(db)
  return found.rows[0]?.version ?? ticket.release_version
}
