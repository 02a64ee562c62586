import type {
  RemotePerson,
  Snapshot,
  SnapshotAttachment,
  SnapshotComment,
  SnapshotLink,
  ToolField,
  ToolFields,
  ToolValue,
  Visibility,
} from '../../sync/snapshot.ts'
import { htmlOfComment, isFileComment, isNoDescription } from './comment-html.ts'
import type { WireAttachment, WireComment, WireOrganization, WireTicket, WireUser } from './schema.ts'
import { BRAND, type Field, FORM, groupOf, nextWords, ORGANIZATION, statusOf, type Words } from './words.ts'

/** Zendesk's tickets as snapshots. Pure. */

export interface Reading {
  /** Without a slash at its end. */
  readonly web: string
  /** The user we work under. */
  readonly accountId: number
  readonly words: Words
}

/** What came beside the tickets of one answer. */
export interface Beside {
  readonly users: readonly WireUser[]
  readonly organizations: readonly WireOrganization[]
}

export const NOTHING_BESIDE: Beside = Object.freeze({ users: [], organizations: [] })

const NUMERIC_ID = /^[1-9]\d{0,15}$/

/** The number in a ref, or null when it is none of ours. */
export const numberOf = (id: string): number | null => {
  const number = NUMERIC_ID.test(id) ? Number(id) : Number.NaN
  return Number.isSafeInteger(number) ? number : null
}

export const ticketUrl = (web: string, id: number): string => `${web}/agent/tickets/${id}`

export const personOf = (id: number, users: readonly WireUser[]): RemotePerson => {
  const user = users.find((each) => each.id === id)
  const name = user?.name || (id === -1 ? 'Zendesk' : `User ${id}`)
  const email = user?.email ?? null
  const isUnproven = user?.verified === false ? { isUnproven: true as const } : {}
  return { id: String(id), name, email: email?.includes('@') ? email : null, ...isUnproven }
}

const idText = (id: number | null | undefined): string | null =>
  id === null || id === undefined ? null : String(id)

const isPresent = <T>(value: T | null | undefined): value is T => value !== null && value !== undefined

/** In our words: options by name, several of them sorted; numbers as Zendesk writes them. */
export const customValue = (field: Field, raw: unknown): ToolValue => {
  if (field.type === 'checkbox') return raw === true || raw === 'true' || raw === '1'
  if (Array.isArray(raw)) {
    const names = raw.map((each) => field.options.get(String(each)) ?? String(each))
    return names.length === 0 ? null : names.sort()
  }
  if (typeof raw !== 'string' && typeof raw !== 'number' && typeof raw !== 'boolean') return null
  const text = String(raw).replace(/\r\n?/g, '\n')
  if (text === '') return null
  if (field.type === 'date') return /^\d{4}-\d{2}-\d{2}/.exec(text)?.[0] ?? null
  return field.options.get(text) ?? text
}

const customFieldsOf = (ticket: WireTicket, beside: Beside, words: Words): ToolFields => {
  const fields: Partial<Record<ToolField, ToolValue>> = {
    [`cf:${ORGANIZATION}`]: organizationOf(ticket, beside),
    [`cf:${BRAND}`]: isPresent(ticket.brand_id) ? labelOf(words.brands.byId, ticket.brand_id) : null,
    [`cf:${FORM}`]: isPresent(ticket.ticket_form_id)
      ? labelOf(words.forms.byId, ticket.ticket_form_id)
      : null,
  }
  for (const { id, value } of ticket.custom_fields ?? []) {
    const field = words.fields.get(id)
    if (field?.active) fields[`cf:${field.label}`] = customValue(field, value)
  }
  return fields
}

const labelOf = (labels: ReadonlyMap<number, string>, id: number): string => labels.get(id) ?? `#${id}`

const organizationOf = (ticket: WireTicket, beside: Beside): string | null =>
  isPresent(ticket.organization_id)
    ? (beside.organizations.find(({ id }) => id === ticket.organization_id)?.name ??
      `#${ticket.organization_id}`)
    : null

/** Tags that a field sets are told as that field: as labels too, each of both would undo the other. */
export const labelsOf = (tags: readonly string[], words: Pick<Words, 'fieldTags'>): readonly string[] =>
  [...new Set(tags)].filter((tag) => !words.fieldTags.has(tag)).sort()

const fieldsOf = (ticket: WireTicket, beside: Beside, { web, words }: Reading): ToolFields => ({
  title: ticket.subject ?? '',
  status: statusOf(words, ticket.status, ticket.custom_status_id).word,
  type: ticket.type || null,
  container: groupOf(words, ticket.group_id),
  priority: ticket.priority || null,
  owner: idText(ticket.assignee_id),
  requester: idText(ticket.requester_id),
  labels: labelsOf(ticket.tags ?? [], words),
  due: ticket.due_at ?? null,
  url: ticketUrl(web, ticket.id),
  ...customFieldsOf(ticket, beside, words),
})

const visibilityOf = (comment: WireComment): Visibility =>
  comment.public === true ? 'public' : comment.public === false ? 'internal' : 'unknown'

/** What stands in place of a redacted file. */
const isRedacted = (attachment: WireAttachment): boolean =>
  attachment.deleted === true || (attachment.file_name === 'redacted.txt' && (attachment.size ?? 0) <= 1)

interface Told {
  readonly description: string
  readonly comments: readonly SnapshotComment[]
  readonly attachments: readonly SnapshotAttachment[]
}

/**
 * The first comment is the ticket's description, as far as the customer reads it. A first comment that is internal is told
 * as what it is, an internal comment: a description is read by all who see the ticket.
 */
const tell = (comments: readonly WireComment[], users: readonly WireUser[], accountId: number): Told => {
  const ordered = [...new Map(comments.map((each) => [each.id, each])).values()].sort(
    (a, b) => Date.parse(a.created_at) - Date.parse(b.created_at) || a.id - b.id,
  )
  const first = ordered[0]
  const isFirst = (comment: WireComment): boolean => comment === first && comment.public === true
  const byUs = ({ author_id }: WireComment): boolean => author_id === accountId
  const isShown = (comment: WireComment): boolean =>
    !isFirst(comment) && !(byUs(comment) && isFileComment(comment))
  const authorOf = ({ author_id }: WireComment): RemotePerson | null =>
    isPresent(author_id) ? personOf(author_id, users) : null
  const words = first !== undefined && isFirst(first) ? htmlOfComment(first) : ''
  return {
    description: isNoDescription(words) ? '' : words,
    comments: ordered.filter(isShown).map((comment) => ({
      id: String(comment.id),
      author: authorOf(comment),
      byUs: byUs(comment),
      visibility: visibilityOf(comment),
      text: htmlOfComment(comment),
      at: comment.created_at,
      // A comment can be redacted and made private, never edited, and neither has a time here.
      editedAt: null,
    })),
    attachments: ordered.flatMap((comment) =>
      (comment.attachments ?? [])
        .filter((each) => !isRedacted(each))
        .map((each) => ({
          id: String(each.id),
          name: each.file_name || `attachment ${each.id}`,
          mediaType: each.content_type || 'application/octet-stream',
          size: each.size ?? null,
          author: authorOf(comment),
          byUs: byUs(comment),
          visibility: visibilityOf(comment),
          commentId: isShown(comment) ? String(comment.id) : null,
          at: comment.created_at,
        })),
    ),
  }
}

/** Put on a ticket that was merged into another; the comment that says so names that one. */
const MERGED_TAG = 'closed_by_merge'

const mergedInto = (ticket: WireTicket, comments: readonly WireComment[]): number | null => {
  if (ticket.status !== 'closed' || !(ticket.tags ?? []).includes(MERGED_TAG)) return null
  const last = comments.toSorted((a, b) => a.id - b.id).at(-1)
  return numberOf(/#(\d{1,16})/.exec(last?.plain_body ?? last?.body ?? '')?.[1] ?? '')
}

const memberOf = (value: unknown, name: string): unknown =>
  value !== null && typeof value === 'object'
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : null

/** `{source: {rel: 'follow_up', from: {ticket_id: 35400}}}` */
const followUpOf = (via: unknown): number | null => {
  const source = memberOf(via, 'source')
  if (memberOf(source, 'rel') !== 'follow_up') return null
  return numberOf(String(memberOf(memberOf(source, 'from'), 'ticket_id')))
}

const linksOf = (
  ticket: WireTicket,
  comments: readonly WireComment[],
  web: string,
): readonly SnapshotLink[] => {
  const link = (kind: string, id: number | null | undefined): readonly SnapshotLink[] =>
    isPresent(id) ? [{ kind, url: ticketUrl(web, id) }] : []
  return [
    ...link('problem', ticket.problem_id),
    ...link('merged into', mergedInto(ticket, comments)),
    ...link('follow-up of', followUpOf(ticket.via)),
  ]
}

const peopleOf = (ticket: WireTicket, users: readonly WireUser[]): readonly RemotePerson[] =>
  [...new Set([ticket.assignee_id, ticket.requester_id].filter(isPresent))].map((id) => personOf(id, users))

/** `comments`: null when only listed. */
export const ticketSnapshot = (
  ticket: WireTicket,
  comments: readonly WireComment[] | null,
  beside: Beside,
  reading: Reading,
): Snapshot => {
  const told = comments === null ? null : tell(comments, beside.users, reading.accountId)
  const status = statusOf(reading.words, ticket.status, ticket.custom_status_id)
  return {
    ref: { id: String(ticket.id) },
    kind: 'item',
    key: `#${ticket.id}`,
    url: ticketUrl(reading.web, ticket.id),
    container: groupOf(reading.words, ticket.group_id),
    fields: {
      ...fieldsOf(ticket, beside, reading),
      ...(told === null ? {} : { description: told.description }),
    },
    statusCategory: status.category,
    nextStatuses: nextWords(reading.words, status),
    comments: told?.comments ?? null,
    attachments: told?.attachments ?? null,
    links: comments === null ? null : linksOf(ticket, comments, reading.web),
    people: peopleOf(ticket, beside.users),
    createdAt: ticket.created_at,
    updatedAt: ticket.updated_at,
    version: ticket.updated_at,
    createdByUs: ticket.submitter_id === reading.accountId,
  }
}
