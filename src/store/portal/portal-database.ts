import { type Kysely, sql, type Transaction } from 'kysely'
import type { EnhancementStanding } from '../../domain/enhancement.ts'
import type { RequestForm, TicketAnswer } from '../../domain/request-form.ts'
import type * as words from '../../domain/words.ts'
import type { RichText } from '../../sync/rich-text/tree.ts'
import type { Database } from '../database.ts'
import type { CustomerReach } from '../tickets-of-customer.ts'
import { PORTAL_ROLE } from './portal-role.ts'

/** What the portal can read: views of what is for everyone. Nothing internal has a name here (migrations/0012). */
export interface PortalTables {
  portal_request: {
    id: string
    key: string
    kind: words.TicketKind
    state: words.TicketState
    title: string
    description: RichText
    waits_for_them: boolean
    contact_id: string | null
    contact_name: string | null
    /** Of support, by name; an engineer stays nameless. */
    handler: string | null
    product_id: string | null
    product_key: string | null
    product_name: string | null
    version: string | null
    environment: string | null
    workaround: string | null
    answers: readonly TicketAnswer[]
    continued_in: string | null
    escalation_state: words.EscalationState | null
    work_state: words.WorkItemState | null
    said_workaround: string | null
    said_behaviour: string | null
    said_decline: string | null
    release_name: string | null
    release_state: words.ReleaseState | null
    planned_from: string | null
    planned_to: string | null
    released_at: Date | null
    created_at: Date
    updated_at: Date
    resolved_at: Date | null
    closed_at: Date | null
  }
  /** For lists: which requests, before what is told of each. */
  portal_request_line: {
    id: string
    key: string
    state: words.TicketState
    title: string
    description: RichText
    contact_id: string | null
    updated_at: Date
  }
  portal_message: {
    id: string
    request_id: string
    at: Date
    edited_at: Date | null
    body: RichText
    author: PortalAuthor
  }
  portal_file: {
    id: string
    request_id: string
    comment_id: string | null
    at: Date
    name: string
    media_type: string
    size: number | null
    state: 'pending' | 'stored' | 'refused'
    sha256: string | null
    author: PortalAuthor
  }
  portal_happening: { id: string; request_id: string; at: Date; kind: string }
  /** Ids alone: by what a request is touched when something moves inside. */
  portal_bond: { escalation_id: string; work_item_id: string; release_id: string | null; request_id: string }
  portal_product: { id: string; key: string; name: string; request_form: RequestForm | null }
  portal_installation: { id: string; product_id: string; environment: string; version: string | null }
  portal_contact: { id: string; name: string }
  /** Requests whose fix we told of, and whose customer has not said whether it works. */
  portal_told: { request_id: string }
  /** What is said of the enhancement request that a request asks for. */
  portal_wish: { request_id: string; standing: Exclude<EnhancementStanding, 'merged'>; words: string | null }
  /** Ids alone: the request that one asks for, what that was merged into, and their work. */
  portal_wish_bond: {
    request_id: string
    asked_id: string
    enhancement_id: string
    work_item_id: string | null
    release_id: string | null
  }
}

export interface PortalAuthor {
  readonly kind: 'contact' | 'staff'
  /** Null: somebody of ours whose name customers do not read. */
  readonly name: string | null
}

/** A transaction with the portal's rights. No other kind fits where this one is asked for. */
export type PortalTx = Transaction<PortalTables>

/** Reads within one customer's reach, at one moment, with the portal's rights alone. */
export type ReadAsPortal = <T>(reach: CustomerReach, read: (tx: PortalTx) => Promise<T>) => Promise<T>

/** Stands for nobody: a reach that names no one must find nothing, not everything. */
const NOBODY = '00000000-0000-0000-0000-000000000000'

export const portalReader = (db: Database): ReadAsPortal => {
  const portal = db as unknown as Kysely<PortalTables>
  return (reach, read) =>
    portal
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(async (tx) => {
        // for this transaction only: the connection is everybody's again afterwards
        await sql`select set_config('causeway.customer', ${reach.customerId ?? NOBODY}, true),
          set_config('causeway.contact', ${reach.contactId ?? ''}, true), set_config('role', ${PORTAL_ROLE}, true)`.execute(
          tx,
        )
        return read(tx)
      })
}
