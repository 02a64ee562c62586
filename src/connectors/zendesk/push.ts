import { createHash } from 'node:crypto'
import type { FieldWrite, Operation, Receipt } from '../../sync/connector.ts'
import { isFault, RemoteFault } from '../../sync/fault.ts'
import type { RemoteRef, Snapshot, ToolFields } from '../../sync/snapshot.ts'
import type { Catalog } from './catalog.ts'
import type { Params, WrittenTicket, ZendeskClient } from './client.ts'
import { fileComment, NO_DESCRIPTION } from './comment-html.ts'
import { numberOf } from './convert.ts'
import { entriesOf, ignoredField, notTaken, paramsOf } from './encode.ts'
import { overwroteIn, sinceOf, writtenFields } from './overwrote.ts'
import type { Written } from './refusal.ts'
import type { WireAuditEvent, WireOrganization, WireTicket } from './schema.ts'
import { DEFAULT_MAX_ATTACHMENT_MB, type Settings } from './settings.ts'
import { ORGANIZATION } from './words.ts'

/**
 * One operation each: one call, and one more where a history is read, a file is uploaded or labels are written. The answer
 * of an update holds the ticket as it is afterwards, so what was not taken shows without another read.
 */

export interface PushContext {
  readonly client: ZendeskClient
  readonly catalog: Catalog
  readonly settings: Settings
  readonly snapshot: (ticket: WireTicket, organizations: readonly WireOrganization[]) => Promise<Snapshot>
}

type Of<K extends Operation['op']> = Extract<Operation, { op: K }>
type Content = (() => AsyncIterable<Uint8Array>) | undefined

const DONE: Receipt = Object.freeze({ ref: null, elementId: null, snapshot: null })

const ticketId = (ref: RemoteRef): number => {
  const id = numberOf(ref.id)
  if (id === null) throw new RemoteFault('gone', `"${ref.id}" is no ticket of Zendesk`)
  return id
}

const gone = (id: number): RemoteFault =>
  new RemoteFault('gone', `ticket ${id} does not exist in Zendesk (any more)`)

/** A header takes few characters, and one key may be long. */
const idempotencyKey = (key: string): string =>
  /^[\w.-]{1,200}$/.test(key) ? key : createHash('sha256').update(key).digest('hex')

const writtenOf = async (fields: ToolFields, catalog: Catalog): Promise<Written> => {
  const custom = entriesOf(fields).some(([field]) => field.startsWith('cf:') || field === 'status')
  // A title alone needs no names, and so no calls for them.
  const labels = custom
    ? new Map([...(await catalog.words()).fields].map(([id, { label }]) => [id, label]))
    : new Map<number, string>()
  return { fields: entriesOf(fields).map(([field]) => field), labels }
}

// ---- tickets ------------------------------------------------------------------------------------------------

const create = async (context: PushContext, operation: Of<'create'>, key: string): Promise<Receipt> => {
  const { client, catalog } = context
  const { description, ...others } = operation.fields
  const given = Object.fromEntries(entriesOf(others).filter(([, value]) => value !== null && value !== ''))
  const fields: ToolFields = { ...given, container: operation.container }
  const params = await paramsOf(fields, catalog, { tags: [], isNew: true })
  const account = await catalog.account()
  const text = typeof description === 'string' && description.trim() !== '' ? description : NO_DESCRIPTION
  const ticket: Params = {
    ...params,
    // The first comment is the description, and what a customer reads of a ticket of theirs.
    comment: { html_body: text, public: true },
    // Otherwise the requester would be taken for whoever made the ticket and wrote the description.
    submitter_id: account.id,
    external_id: operation.marker,
  }
  const made = await client.createTicket(ticket, idempotencyKey(key), await writtenOf(fields, catalog))
  // A fault after this would hide the number, and the next try would make a twin.
  return { ref: { id: String(made.ticket.id) }, elementId: null, snapshot: null }
}

/** Labels go together with the tags of fields, so they are written against the ticket as it is now. */
const tagsNow = async (
  context: PushContext,
  id: number,
  write: FieldWrite,
): Promise<{ tags: readonly string[]; stamp: string | null }> => {
  const version = write.op === 'update' ? write.version : null
  if (write.fields.labels === undefined) return { tags: [], stamp: version }
  const now = await context.client.ticket(id)
  if (now === null) throw gone(id)
  if (version !== null && now.ticket.updated_at !== version)
    throw new RemoteFault('conflict', `ticket ${id} was changed in the meantime`)
  return { tags: now.ticket.tags ?? [], stamp: now.ticket.updated_at }
}

/** A trigger that answers our change shows in the audit of it. */
const whyIgnored = ({ audit }: WrittenTicket): string =>
  (audit?.events ?? []).some(isOfRule)
    ? 'a trigger of the account set it back'
    : 'it gives no reason; a due date wants a ticket of type "task"'

const isOfRule = (event: WireAuditEvent): boolean =>
  event.type === 'Change' && JSON.stringify(event).includes('"channel":"rule"')

const refuseIgnored = (fields: ToolFields, shown: Snapshot, written: WrittenTicket): void => {
  const field = ignoredField(fields, shown)
  if (field === null) return
  throw notTaken(field, `Zendesk did not take ${field}: ${whyIgnored(written)}`)
}

/** The write is done; what it replaced can only be told by reading, so it is asked for again. */
const afterWrite = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (fault) {
    if (!isFault(fault) || fault.kind === 'gone') throw fault
    const detail = `written, but could not read what came of it: ${fault.detail}`
    throw new RemoteFault('unknown', detail, { retryAt: fault.retryAt, cause: fault })
  }
}

const update = async (context: PushContext, write: FieldWrite): Promise<Receipt> => {
  const { client, catalog } = context
  const id = ticketId(write.ref)
  const fields = writtenFields(write)
  if (fields.description !== undefined)
    throw notTaken('description', 'the first comment of a ticket cannot be changed in Zendesk')
  const { tags, stamp } = await tagsNow(context, id, write)
  const params = await paramsOf(fields, catalog, { tags, isNew: false })
  const condition = stamp === null ? {} : { safe_update: true, updated_stamp: stamp }
  const written = await client.updateTicket(id, { ...params, ...condition }, await writtenOf(fields, catalog))
  const isConditional = write.op === 'update' && write.version !== null
  const overwrote = isConditional ? {} : await afterWrite(() => replacedBy(context, id, write))
  const named = namedOrganization(params, fields)
  refuseIgnored(fields, await afterWrite(() => context.snapshot(written.ticket, named)), written)
  return { ...DONE, overwrote }
}

/** An update answers without the names beside a ticket; the one we wrote is known. */
const namedOrganization = (params: Params, fields: ToolFields): readonly WireOrganization[] => {
  const id = params['organization_id']
  const name = fields[`cf:${ORGANIZATION}`]
  return typeof id === 'number' && typeof name === 'string' ? [{ id, name }] : []
}

const replacedBy = async (context: PushContext, id: number, write: FieldWrite): Promise<ToolFields> => {
  const since = sinceOf(write)
  if (since === null) return {}
  const audits = await context.client.auditsSince(id, since)
  const account = await context.catalog.account()
  return overwroteIn(audits, writtenFields(write), account.id, await context.catalog.words())
}

export const overwritten = async (context: PushContext, write: FieldWrite): Promise<ToolFields> => {
  const id = numberOf(write.ref.id)
  if (id === null) return {}
  try {
    return await replacedBy(context, id, write)
  } catch (fault) {
    if (isFault(fault) && fault.kind === 'gone') return {}
    throw fault
  }
}

// ---- comments -----------------------------------------------------------------------------------------------

const commentOf = ({ audit }: WrittenTicket): WireAuditEvent | null =>
  (audit?.events ?? []).find((event) => event.type === 'Comment') ?? null

const idOf = (value: unknown): string | null =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? String(value) : null

/**
 * What Zendesk made of it is compared with what was asked for. A light agent's comment is internal whatever it asks; and
 * should one that must be internal ever come out public, it is made private before anything else.
 */
const assertVisibility = async (
  context: PushContext,
  id: number,
  wanted: 'public' | 'internal',
  written: WrittenTicket,
): Promise<void> => {
  const made = commentOf(written)
  if (typeof made?.public !== 'boolean' || made.public === (wanted === 'public')) return
  if (!made.public)
    throw new RemoteFault('invalid', 'Zendesk kept it internal: the account may not write publicly')
  const commentId = idOf(made.id)
  if (commentId !== null) await afterWrite(() => context.client.makePrivate(id, Number(commentId)))
  throw new RemoteFault('invalid', 'Zendesk made an internal comment public; it was made private again')
}

const addComment = async (context: PushContext, operation: Of<'comment.add'>): Promise<Receipt> => {
  const id = ticketId(operation.ref)
  if (operation.text.trim() === '') throw new RemoteFault('invalid', 'Zendesk keeps no empty comments')
  const isPublic = operation.visibility === 'public'
  const comment = { html_body: operation.text, public: isPublic }
  const written = await context.client.updateTicket(id, { comment })
  await assertVisibility(context, id, operation.visibility, written)
  return { ...DONE, elementId: idOf(commentOf(written)?.id) }
}

// ---- files --------------------------------------------------------------------------------------------------

async function* counted(
  bytes: AsyncIterable<Uint8Array>,
  count: (size: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    count(chunk.length)
    yield chunk
  }
}

const firstAttachment = (event: WireAuditEvent | null): string | null => {
  const rows: readonly unknown[] = Array.isArray(event?.attachments) ? event.attachments : []
  const first = rows[0]
  return typeof first === 'object' && first !== null && 'id' in first ? idOf(first.id) : null
}

const attach = async (context: PushContext, operation: Of<'attach'>, content: Content): Promise<Receipt> => {
  const { client, settings } = context
  const id = ticketId(operation.ref)
  if (content === undefined) throw new RemoteFault('invalid', `the bytes of ${operation.name} are missing`)
  if (operation.size === 0) throw new RemoteFault('invalid', 'an empty file is not put into Zendesk')
  const mostMb = settings.maxAttachmentMb ?? DEFAULT_MAX_ATTACHMENT_MB
  if (operation.size > mostMb * 1024 * 1024)
    throw new RemoteFault(
      'invalid',
      `${operation.name} is larger than ${mostMb} MB, which Zendesk does not take`,
    )
  let size = 0
  const bytes = counted(content(), (more) => {
    size += more
  })
  const token = await client.upload(operation.name, operation.mediaType, operation.size, bytes)
  if (size !== operation.size)
    throw new RemoteFault('down', `${size} of the ${operation.size} bytes of ${operation.name} could be read`)
  const isPublic = operation.visibility === 'public'
  const comment = { html_body: fileComment(operation.name), public: isPublic, uploads: [token] }
  const written = await client.updateTicket(id, { comment })
  await assertVisibility(context, id, operation.visibility, written)
  return { ...DONE, elementId: firstAttachment(commentOf(written)) }
}

const detach = async (context: PushContext, operation: Of<'detach'>): Promise<Receipt> => {
  const { client, settings } = context
  const id = ticketId(operation.ref)
  if (settings.redactFiles !== true)
    throw new RemoteFault('invalid', 'files in Zendesk can only be redacted, which the settings do not allow')
  const told = await client.comments(id)
  if (told === null) throw gone(id)
  const comment = told.comments.find(({ attachments }) =>
    (attachments ?? []).some((each) => String(each.id) === operation.attachmentId),
  )
  // What does not exist any more is redacted.
  if (comment !== undefined) await client.redactAttachment(id, comment.id, Number(operation.attachmentId))
  return { ...DONE, elementId: operation.attachmentId }
}

const never = (why: string): Promise<never> => Promise.reject(new RemoteFault('invalid', why))

export const push = (
  context: PushContext,
  operation: Operation,
  key: string,
  content: Content,
): Promise<Receipt> => {
  switch (operation.op) {
    case 'create':
      return create(context, operation, key)
    case 'update':
    case 'transition':
      return update(context, operation)
    case 'comment.add':
      return addComment(context, operation)
    case 'attach':
      return attach(context, operation, content)
    case 'detach':
      return detach(context, operation)
    case 'comment.edit':
    case 'comment.delete':
      return never('a comment in Zendesk can be redacted by a person, but neither edited nor deleted')
    case 'link.add':
    case 'link.remove':
      return never('a ticket in Zendesk holds no links: put addresses into a ticket field')
  }
}
