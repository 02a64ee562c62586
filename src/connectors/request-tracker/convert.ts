import { codecs } from '../../sync/rich-text/index.ts'
import type {
  RemotePerson,
  Snapshot,
  SnapshotAttachment,
  SnapshotComment,
  SnapshotLink,
  StatusCategory,
  ToolField,
  ToolFields,
  ToolValue,
  Visibility,
} from '../../sync/snapshot.ts'
import type { RtAttachment, RtLink, RtPerson, RtTicket, RtTransaction } from './schema.ts'

/** From Request Tracker's own terms to the neutral snapshot. Pure. */

export interface Reading {
  /** RT's web address, without a slash at the end. */
  readonly web: string
  /** Login of the account we use; null when it is not known. */
  readonly account: string | null
  readonly format: 'plain' | 'html'
  /** Names of custom fields that hold several values; null: not known. */
  readonly multiple: ReadonlySet<string> | null
}

/** What hangs on a ticket, as far as it was read. */
export interface Thread {
  readonly transactions: readonly RtTransaction[]
  readonly attachments: readonly RtAttachment[]
}

/** Words of RT's own lifecycle. A queue may have another one, whose words REST2 does not explain. */
const CATEGORIES: ReadonlyMap<string, StatusCategory> = new Map([
  ['new', 'new'],
  ['open', 'open'],
  ['stalled', 'waiting'],
  ['resolved', 'done'],
  ['rejected', 'declined'],
])

/**
 * `_hyperlinks` names only moves that have a button; RT's own lifecycle allows every move between its words (`new` to
 * `stalled` has no button and works). So its words give the whole table, and another lifecycle's give nothing: an
 * incomplete list would hold back moves that are allowed. `deleted` is left out: it is no state to work towards.
 */
const nextStatusesOf = ({ status, actions }: RtTicket): readonly string[] | null => {
  const isOwn = (word: string): boolean => CATEGORIES.has(word) || word === 'deleted'
  if (actions === null || ![status, ...actions].every(isOwn)) return null
  return [...CATEGORIES.keys()].filter((word) => word !== status).sort()
}

export const categoryOf = (status: string): StatusCategory => CATEGORIES.get(status) ?? null

const VISIBILITY: ReadonlyMap<string, Visibility> = new Map([
  ['Create', 'public'],
  ['Correspond', 'public'],
  ['Comment', 'internal'],
])

/** Transactions that hold people's words. The rest (EmailRecord …) is RT's own bookkeeping. */
export const holdsWords = (transaction: RtTransaction): boolean => VISIBILITY.has(transaction.type)

export const ticketUrl = (web: string, id: string): string => `${web}/Ticket/Display.html?id=${id}`

/** An account made from a mail has the address as its login. */
export const personOf = (person: RtPerson): RemotePerson => ({
  id: person.login,
  name: person.name ?? person.login,
  email: person.email ?? (person.login.includes('@') ? person.login : null),
})

const numeric = (a: { readonly id: string }, b: { readonly id: string }): number =>
  Number(a.id) - Number(b.id)

/** By number, each once: a listing of several pages can repeat a row. */
const once = <T extends { readonly id: string }>(rows: readonly T[]): readonly T[] =>
  [...new Map(rows.map((row) => [row.id, row])).values()].sort(numeric)

const byName = <T extends { readonly name: string }>(a: T, b: T): number =>
  a.name < b.name ? -1 : a.name > b.name ? 1 : 0

const customFieldsOf = (ticket: RtTicket, multiple: Reading['multiple']): ToolFields => {
  const fields: Partial<Record<ToolField, ToolValue>> = {}
  for (const { name, values } of [...ticket.customFields].sort(byName)) {
    // Without the definitions, one value looks the same in both kinds of field.
    const isSet = multiple === null ? values.length > 1 : multiple.has(name)
    fields[`cf:${name}`] = isSet ? [...values].sort() : (values[0]?.replace(/\r\n?/g, '\n') ?? null)
  }
  return fields
}

/** A message of several parts is shown as one text: the parts of the wanted kind, else the other kind converted. */
const messageOf = (parts: readonly RtAttachment[], format: Reading['format']): string => {
  const textOf = (mediaType: string): string =>
    parts
      .filter((part) => part.mediaType === mediaType)
      .map((part) => (part.content ?? '').replace(/\r\n?/g, '\n').trimEnd())
      .filter((text) => text !== '')
      .join('\n\n')
  const plain = textOf('text/plain')
  const html = textOf('text/html')
  if (format === 'plain')
    return plain !== '' || html === '' ? plain : codecs.plain.write(codecs.html.read(html))
  return html !== '' || plain === '' ? html : codecs.html.write(codecs.plain.read(plain))
}

const isWrapping = (row: RtAttachment): boolean => /^(multipart|message)\//.test(row.mediaType)
const isText = (row: RtAttachment): boolean => row.mediaType === 'text/plain' || row.mediaType === 'text/html'

/** Message texts are rows like files are: they have no file name. */
export const isBody = (row: RtAttachment): boolean => row.filename === '' && isText(row)

/** An upload without words leaves an empty nameless row beside it. */
const isFile = (row: RtAttachment): boolean =>
  row.filename !== '' || (!isWrapping(row) && !isText(row) && row.length !== 0)

const groupByTransaction = (rows: readonly RtAttachment[]): ReadonlyMap<string, readonly RtAttachment[]> =>
  Map.groupBy(once(rows), (row) => row.transactionId)

interface Told {
  readonly description: string | null
  readonly comments: readonly SnapshotComment[]
  readonly attachments: readonly SnapshotAttachment[]
  readonly people: readonly RtPerson[]
}

/**
 * The words and files of a ticket. The message it was created with is its description; that of a ticket merged into
 * it is a comment here, so that nothing a customer wrote is lost.
 */
const tell = (ticket: RtTicket, thread: Thread, reading: Reading): Told => {
  const rows = groupByTransaction(thread.attachments)
  const spoken = once(thread.transactions.filter(holdsWords))
  const creations = spoken.filter((each) => each.type === 'Create')
  const creation = creations.find((each) => each.ticketId === ticket.id) ?? creations[0]
  const comments: SnapshotComment[] = []
  const attachments: SnapshotAttachment[] = []
  let description: string | null = null
  for (const transaction of spoken) {
    const own = rows.get(transaction.id) ?? []
    const text = messageOf(own.filter(isBody), reading.format)
    const visibility = VISIBILITY.get(transaction.type) ?? 'unknown'
    const author = transaction.creator === null ? null : personOf(transaction.creator)
    const byUs = author !== null && author.id === reading.account
    const at = transaction.created ?? ticket.created ?? EPOCH
    const isComment = transaction !== creation && text !== ''
    if (transaction === creation) description = text
    if (isComment) comments.push({ id: transaction.id, author, byUs, visibility, text, at, editedAt: null })
    for (const row of own.filter(isFile)) {
      attachments.push({
        id: row.id,
        name: row.filename === '' ? `attachment-${row.id}` : row.filename,
        mediaType: row.mediaType === '' ? 'application/octet-stream' : row.mediaType,
        size: row.length,
        author,
        byUs,
        visibility,
        commentId: isComment ? transaction.id : null,
        at: row.created ?? at,
      })
    }
  }
  const inOrder = comments.sort((a, b) => (a.at === b.at ? numeric(a, b) : a.at < b.at ? -1 : 1))
  const people = spoken.flatMap((each) => (each.creator === null ? [] : [each.creator]))
  return { description, comments: inOrder, attachments, people }
}

const EPOCH = '1970-01-01T00:00:00.000Z'

const linkOf = (link: RtLink, web: string): SnapshotLink => ({
  kind: link.ref,
  url: link.ticketId === null ? link.url : ticketUrl(web, link.ticketId),
})

/** Each once, the fullest wins: the ticket alone names its requestors by login only. */
const peopleOf = (people: readonly RtPerson[]): readonly RemotePerson[] => {
  const known = new Map<string, RtPerson>()
  for (const person of people) {
    const before = known.get(person.login)
    const name = before?.name ?? person.name
    known.set(person.login, { login: person.login, name, email: before?.email ?? person.email })
  }
  return [...known.values()].map(personOf).sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
}

/** Requestors that nothing read so far gives an address of. */
export const strangersOf = (ticket: RtTicket, thread: Thread): readonly string[] => {
  const met = new Set(
    thread.transactions.flatMap((each) => (each.creator?.email ? [each.creator.login] : [])),
  )
  return ticket.requestors
    .filter((each) => each.email === null && !each.login.includes('@') && !met.has(each.login))
    .map((each) => each.login)
}

/**
 * `thread`: null when only listed. `version`: the ETag. `known`: people looked up apart. Several requestors: the first
 * one is the requester (`requester` cannot be written then, see the client).
 */
export const toSnapshot = (
  ticket: RtTicket,
  thread: Thread | null,
  version: string | null,
  reading: Reading,
  known: readonly RtPerson[] = [],
): Snapshot => {
  const told = thread === null ? null : tell(ticket, thread, reading)
  const named = [ticket.owner, ...ticket.requestors].filter((each) => each !== null)
  const met = [...known, ...(told?.people ?? [])].filter((each) =>
    named.some(({ login }) => login === each.login),
  )
  return {
    ref: { id: ticket.id },
    kind: 'item',
    key: `#${ticket.id}`,
    url: ticketUrl(reading.web, ticket.id),
    container: ticket.queue,
    fields: {
      title: ticket.subject,
      ...(told === null ? {} : { description: told.description }),
      status: ticket.status,
      container: ticket.queue,
      priority: ticket.priority,
      owner: ticket.owner?.login ?? null,
      requester: ticket.requestors[0]?.login ?? null,
      due: ticket.due,
      url: ticketUrl(reading.web, ticket.id),
      ...customFieldsOf(ticket, reading.multiple),
    },
    statusCategory: categoryOf(ticket.status),
    nextStatuses: nextStatusesOf(ticket),
    comments: told?.comments ?? null,
    attachments: told?.attachments ?? null,
    links:
      ticket.links?.map((link) => linkOf(link, reading.web)).sort((a, b) => (a.url < b.url ? -1 : 1)) ?? null,
    people: peopleOf([...named, ...met]),
    createdAt: ticket.created,
    updatedAt: ticket.lastUpdated,
    version,
    createdByUs: ticket.creator !== null && ticket.creator.login === reading.account,
  }
}
