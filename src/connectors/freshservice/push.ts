import type { FieldWrite, HttpPart, Operation, Receipt } from '../../sync/connector.ts'
import { isFault, RemoteFault } from '../../sync/fault.ts'
import type { RemoteRef, Snapshot, ToolFields } from '../../sync/snapshot.ts'
import { fileNote, isFileNote, NO_DESCRIPTION } from './body-html.ts'
import type { Catalog } from './catalog.ts'
import type { FreshserviceClient, Params } from './client.ts'
import { workspaceOf } from './convert.ts'
import { type Encoding, entriesOf, ignoredField, needsWords, notTaken, paramsOf } from './encode.ts'
import { containerOf, type Kind, type Place, placeOf, refIdOf, type Scope } from './kinds.ts'
import type { Written } from './refusal.ts'
import type { WireNote, WireRecord } from './schema.ts'
import { markerFieldOf, maxAttachmentBytesOf, type Settings } from './settings.ts'

/**
 * One operation each: one call, and one before it where a version is compared. Freshservice itself compares none, so an edit
 * in the moment between that read and the write is written over.
 */

export interface PushContext {
  readonly client: FreshserviceClient
  readonly catalog: Catalog
  readonly settings: Settings
  readonly scopes: readonly Scope[]
  readonly byWorkspace: boolean
  readonly snapshot: (kind: Kind, record: WireRecord) => Promise<Snapshot>
}

type Of<K extends Operation['op']> = Extract<Operation, { op: K }>
type Content = (() => AsyncIterable<Uint8Array>) | undefined

const DONE: Receipt = Object.freeze({ ref: null, elementId: null, snapshot: null })

const placeIn = (ref: RemoteRef): Place => {
  const place = placeOf(ref.id)
  if (place === null) throw new RemoteFault('gone', `"${ref.id}" is no record of Freshservice`)
  return place
}

const gone = ({ kind, id }: Place): RemoteFault =>
  new RemoteFault('gone', `${kind} ${id} does not exist in Freshservice (any more)`)

const idOf = (text: string, what: string): number => {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text)
  throw new RemoteFault('gone', `"${text}" is no ${what} of Freshservice`)
}

/** The write is done; what came of it can only be told by reading. */
const afterWrite = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (fault) {
    if (!isFault(fault)) throw fault
    const detail = `written, but could not read what came of it: ${fault.detail}`
    throw new RemoteFault('unknown', detail, { retryAt: fault.retryAt, cause: fault })
  }
}

// ---- records ------------------------------------------------------------------------------------------------

const encodingIn = async ({ catalog }: PushContext, scope: Scope): Promise<Encoding> => ({
  kind: scope.kind,
  form: await catalog.form(scope),
  names: await catalog.names(),
})

const writtenOf = (fields: ToolFields, { form }: Encoding): Written => ({
  fields: entriesOf(fields).map(([field]) => field),
  labels: new Map([...(form?.byName ?? [])].map(([name, { label }]) => [name, label])),
})

/** Members that a new record must have, where the mapping gives none. */
const defaults = async (kind: Kind, { catalog }: PushContext, given: Params): Promise<Params> => ({
  status: kind === 'ticket' ? 2 : 1,
  priority: 1,
  ...(kind === 'ticket' ? {} : { impact: 1 }),
  ...(kind === 'change' ? { risk: 1, change_type: 1 } : {}),
  description: NO_DESCRIPTION,
  ...('requester_id' in given ? {} : { requester_id: Number(await catalog.accountId()) }),
})

const create = async (context: PushContext, operation: Of<'create'>): Promise<Receipt> => {
  const { client, settings } = context
  const scope = context.scopes.find((each) => containerOf(each) === operation.container)
  if (scope === undefined)
    throw notTaken('container', `there is no container "${operation.container}" in the settings`)
  const { container: _, type, ...others } = operation.fields
  if (type !== undefined && type !== null && type !== '' && (scope.kind !== 'ticket' || type !== 'Incident'))
    throw notTaken('type', 'only incidents are made here: a service request comes from the catalog')
  const fields: ToolFields = Object.fromEntries(
    entriesOf(others).filter(([, value]) => value !== null && value !== ''),
  )
  const encoding = await encodingIn(context, scope)
  const params = paramsOf(fields, encoding)
  const own = params['custom_fields']
  const json: Params = {
    ...(await defaults(scope.kind, context, params)),
    ...params,
    ...(scope.workspace === null ? {} : { workspace_id: scope.workspace }),
    custom_fields: {
      ...(typeof own === 'object' ? own : {}),
      [markerFieldOf(settings)]: operation.marker,
    },
  }
  const made = await client.create(scope.kind, json, writtenOf(fields, encoding))
  // A fault after this would hide the number, and the next try would make a twin.
  return { ref: { id: refIdOf(scope.kind, made.id) }, elementId: null, snapshot: null }
}

const writtenFields = (write: FieldWrite): ToolFields =>
  write.op === 'update' ? write.fields : { ...write.fields, status: write.to }

/** The record as it is now, where a version is compared or its workspace decides which form counts. */
const readBefore = async (
  context: PushContext,
  place: Place,
  write: FieldWrite,
): Promise<WireRecord | null> => {
  const version = write.op === 'update' ? write.version : null
  const mayDiffer = needsWords(writtenFields(write)) && context.byWorkspace
  if (version === null && !mayDiffer) return null
  const now = await context.client.record(place)
  if (now === null) throw gone(place)
  if (version !== null && now.updated_at !== version)
    throw new RemoteFault('conflict', `${place.kind} ${place.id} was changed in the meantime`)
  return now
}

const update = async (context: PushContext, write: FieldWrite): Promise<Receipt> => {
  const place = placeIn(write.ref)
  const fields = writtenFields(write)
  const before = await readBefore(context, place, write)
  const workspace = before === null ? null : workspaceOf(before, context.byWorkspace)
  const encoding: Encoding = needsWords(fields)
    ? await encodingIn(context, { kind: place.kind, workspace })
    : { kind: place.kind, form: null, names: null }
  const params = paramsOf(fields, encoding)
  const after = await context.client.update(place, params, writtenOf(fields, encoding))
  const shown = await afterWrite(() => context.snapshot(place.kind, after))
  const ignored = ignoredField(fields, shown)
  if (ignored !== null)
    throw notTaken(
      ignored,
      `Freshservice did not take ${ignored}: a workflow or a rule of the form set it back`,
    )
  return DONE
}

// ---- comments -----------------------------------------------------------------------------------------------

/** What came of it is compared with what was asked for: should an internal note ever come out public, it is taken back. */
const assertPrivacy = async (
  { client }: PushContext,
  place: Place,
  wanted: 'public' | 'internal',
  note: WireNote,
): Promise<void> => {
  if (place.kind !== 'ticket' || wanted === 'public' || note.private !== false) return
  await afterWrite(() => client.remove(client.notePath(place, note.id), `comment ${note.id}`))
  throw new RemoteFault('invalid', 'Freshservice made an internal note public; it was deleted again')
}

const refusePublic = (place: Place, visibility: 'public' | 'internal'): void => {
  if (place.kind !== 'ticket' && visibility === 'public')
    throw new RemoteFault('invalid', `only agents read the notes of a ${place.kind} in Freshservice`)
}

const addComment = async (context: PushContext, operation: Of<'comment.add'>): Promise<Receipt> => {
  const { client, settings } = context
  const place = placeIn(operation.ref)
  const { text, visibility } = operation
  if (text.trim() === '') throw new RemoteFault('invalid', 'Freshservice keeps no empty comments')
  refusePublic(place, visibility)
  if (visibility === 'public' && settings.publicComments === 'reply') {
    const reply = await client.reply(place, text)
    return { ...DONE, elementId: String(reply.id) }
  }
  // Said in every write: left out, a note is private, and nothing must hang on a default.
  const isPrivate = place.kind === 'ticket' ? { private: visibility !== 'public' } : {}
  const note = await client.addNote(place, { body: text, ...isPrivate })
  await assertPrivacy(context, place, visibility, note)
  return { ...DONE, elementId: String(note.id) }
}

const editComment = async ({ client }: PushContext, operation: Of<'comment.edit'>): Promise<Receipt> => {
  const place = placeIn(operation.ref)
  if (operation.text.trim() === '') throw new RemoteFault('invalid', 'Freshservice keeps no empty comments')
  await client.editNote(place, idOf(operation.commentId, 'comment'), operation.text)
  return { ...DONE, elementId: operation.commentId }
}

const deleteComment = async ({ client }: PushContext, operation: Of<'comment.delete'>): Promise<Receipt> => {
  const place = placeIn(operation.ref)
  const id = idOf(operation.commentId, 'comment')
  await client.remove(client.notePath(place, id), `comment ${id}`)
  return { ...DONE, elementId: operation.commentId }
}

// ---- files --------------------------------------------------------------------------------------------------

const attach = async (context: PushContext, operation: Of<'attach'>, content: Content): Promise<Receipt> => {
  const place = placeIn(operation.ref)
  const { name, size, mediaType, visibility } = operation
  if (place.kind !== 'ticket')
    throw new RemoteFault('invalid', `files are put on tickets of Freshservice, not on a ${place.kind}`)
  if (content === undefined) throw new RemoteFault('invalid', `the bytes of ${name} are missing`)
  if (size === 0) throw new RemoteFault('invalid', 'an empty file is not put into Freshservice')
  const most = maxAttachmentBytesOf(context.settings)
  if (size > most)
    throw new RemoteFault('invalid', `${name} is larger than the ${most} bytes that are allowed`)
  const parts: readonly HttpPart[] = [
    { name: 'body', content: fileNote(name) },
    { name: 'private', content: String(visibility !== 'public') },
    { name: 'attachments[]', filename: name, mediaType, content: content(), size },
  ]
  const note = await context.client.addFileNote(place, parts)
  await assertPrivacy(context, place, visibility, note)
  const file = note.attachments?.[0]
  return { ...DONE, elementId: file === undefined ? null : String(file.id) }
}

/** With a note that is nothing but its carrier the note goes too. */
const detach = async ({ client, catalog }: PushContext, operation: Of<'detach'>): Promise<Receipt> => {
  const place = placeIn(operation.ref)
  const id = idOf(operation.attachmentId, 'file')
  const notes = await client.notes(place)
  if (notes === null) throw gone(place)
  const note = notes.find(({ attachments }) => (attachments ?? []).some((each) => each.id === id))
  const accountId = await catalog.accountId()
  const isCarrier = note !== undefined && isFileNote(note) && String(note.user_id) === accountId
  const base = note === undefined ? client.pathOf(place) : client.notePath(place, note.id)
  await client.remove(isCarrier ? base : `${base}/attachments/${id}`, `file ${id}`)
  return { ...DONE, elementId: operation.attachmentId }
}

export const push = (context: PushContext, operation: Operation, content: Content): Promise<Receipt> => {
  switch (operation.op) {
    case 'create':
      return create(context, operation)
    case 'update':
    case 'transition':
      return update(context, operation)
    case 'comment.add':
      return addComment(context, operation)
    case 'comment.edit':
      return editComment(context, operation)
    case 'comment.delete':
      return deleteComment(context, operation)
    case 'attach':
      return attach(context, operation, content)
    case 'detach':
      return detach(context, operation)
    case 'link.add':
    case 'link.remove':
      return Promise.reject(
        new RemoteFault(
          'invalid',
          'a record in Freshservice holds no links: put addresses into a custom field',
        ),
      )
  }
}
