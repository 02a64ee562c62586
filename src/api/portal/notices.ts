import type { Public } from '../../domain/public.ts'
import { publish } from '../../domain/publish.ts'
import type { EventPlace, StoredEvent } from '../../store/events.ts'
import type { ReadAsPortal } from '../../store/portal/portal-database.ts'
import { requestsTouched } from '../../store/portal/requests-touched.ts'
import type { CustomerReach } from '../../store/tickets-of-customer.ts'
import { iso } from '../times.ts'

/** What a customer may notice of their own requests by name. */
const BY_NAME = new Set([
  ...['ticket.created', 'ticket.changed', 'ticket.resolved', 'ticket.reopened', 'ticket.closed'],
  ...['comment.added', 'comment.edited', 'comment.deleted', 'attachment.added'],
])
/** Of a ticket: these change what a customer reads of it, and are not told by name. */
const QUIETLY = new Set([
  ...['ticket.taken', 'ticket.woken', 'ticket.snoozed', 'ticket.cancelled', 'ticket.merged'],
])
/** Of engineering: these change what a ticket behind it shows. A question to support is between the two of them. */
const SHOWS_ON_TICKET =
  /^(escalation\.(?!information|answered|question)|work-item\.(changed|moved|declined|duplicate|done)$|release\.(changed|estimated|released|withdrawn)$)/

/** Of what they wish for: these change what a request that asks for it shows of it. Who else asks is nobody's business. */
const SHOWS_OF_WISH = new Set([
  ...['enhancement.decided', 'enhancement.reopened', 'enhancement.merged', 'enhancement.unmerged'],
])
const SHOWN_OF_WISH = ['state', 'public_words', 'workItem']

/** That something happened to a request. What it was is read through the request. */
export interface Notice {
  readonly kind: string
  readonly at: string
  readonly record: { readonly kind: 'ticket'; readonly id: string }
}

/** An event about words names their audience (and, when it changed, the one before); none named is not enough. */
const isForEveryone = ({ kind, data }: StoredEvent): boolean => {
  if (!/^(comment|attachment)\./.test(kind)) return true
  const named = ['audience', 'from', 'to'].flatMap((member) => data[member] ?? [])
  return named.length > 0 && named.every((audience) => audience === 'everyone')
}

/** It is filed with what it asks for, or no more; other links of a ticket are support's. */
const isFiled = ({ kind, data }: StoredEvent): boolean =>
  (kind === 'ticket.linked' || kind === 'ticket.unlinked') && data['enhancement'] !== undefined

const showsOfWish = ({ kind, data }: StoredEvent): boolean =>
  SHOWS_OF_WISH.has(kind) ||
  (kind === 'enhancement.changed' &&
    SHOWN_OF_WISH.some((field) => Object.hasOwn(Object(data['changes']), field)))

const mayConcern = (event: StoredEvent): boolean => {
  if (event.record_kind === 'ticket')
    return ((BY_NAME.has(event.kind) || QUIETLY.has(event.kind)) && isForEveryone(event)) || isFiled(event)
  return event.record_kind === 'enhancement' ? showsOfWish(event) : SHOWS_ON_TICKET.test(event.kind)
}

/**
 * Of a batch of what happened, what this customer is told: that a request of theirs reads otherwise. Whatever is not
 * told by name is a change of the request and nothing more, or their screen would stand still.
 */
export const noticesFor = async (
  readAsPortal: ReadAsPortal,
  reach: CustomerReach,
  events: readonly StoredEvent[],
): Promise<readonly { readonly place: EventPlace; readonly notice: Public<Notice> }[]> => {
  const heard = events.filter(mayConcern)
  // most of what happens is nothing of theirs: then nothing is asked
  if (heard.length === 0) return []
  const idsOf = (kind: string): readonly string[] =>
    heard.flatMap(({ record_kind, record_id }) =>
      record_kind === kind && record_id !== null ? [record_id] : [],
    )
  const touched = await readAsPortal(reach, (tx) =>
    requestsTouched(tx, {
      requests: idsOf('ticket'),
      escalations: idsOf('escalation'),
      enhancements: idsOf('enhancement'),
      workItems: idsOf('work item'),
      releases: idsOf('release'),
    }),
  )
  return heard.flatMap((event) =>
    [...new Set(touched.get(event.record_id ?? ''))].map((id) => ({
      place: event,
      notice: publish({
        kind: BY_NAME.has(event.kind) ? event.kind : 'ticket.changed',
        at: iso(event.at),
        record: { kind: 'ticket' as const, id },
      }),
    })),
  )
}
