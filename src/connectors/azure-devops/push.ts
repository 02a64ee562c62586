import type { FieldWrite, Operation, Receipt } from '../../sync/connector.ts'
import { isFault, RemoteFault } from '../../sync/fault.ts'
import type { RemoteRef, Snapshot, ToolField, ToolFields } from '../../sync/snapshot.ts'
import type { Catalog } from './catalog.ts'
import type { AzureClient, PatchOp, Written } from './client.ts'
import { attachmentIdOf, GUID, isFile, itemRef, projectOf, type Target, targetOf, typeOf } from './convert.ts'
import { needsPlace, opFor, type Place, type Sent, sentFields } from './encode.ts'
import { overwroteIn, sinceOf } from './history.ts'
import { updateIteration } from './iterations.ts'
import type { WireItem, WireRelation } from './schema.ts'
import { defaultTypeOf, markerFieldOf, type Settings } from './settings.ts'
import { uploadFile } from './upload.ts'

/** One operation each. An answer to a change of an item holds the item as it is then, so little is read back. */

export interface PushContext {
  readonly client: AzureClient
  readonly catalog: Catalog
  readonly settings: Settings
  /** Of what a write answered; null where more would have to be asked. */
  readonly afterWrite: (item: WireItem) => Promise<Snapshot | null>
}

type Of<K extends Operation['op']> = Extract<Operation, { op: K }>
type Content = (() => AsyncIterable<Uint8Array>) | undefined

const receipt = (snapshot: Snapshot | null, elementId: string | null = null): Receipt => ({
  ref: snapshot?.ref ?? null,
  elementId,
  snapshot,
})

const knownTarget = (ref: RemoteRef): Target => {
  const target = targetOf(ref.id)
  if (target === null) throw new RemoteFault('gone', `"${ref.id.slice(0, 60)}" is no id of Azure DevOps`)
  return target
}

const itemId = (ref: RemoteRef, what: string): number => {
  const target = knownTarget(ref)
  if (target.kind === 'item') return target.id
  throw new RemoteFault('invalid', `an iteration in Azure DevOps has no ${what}`)
}

const existing = async (context: PushContext, id: number): Promise<WireItem> => {
  const item = await context.client.item(id)
  if (item !== null) return item
  throw new RemoteFault('gone', `work item ${id} does not exist in Azure DevOps (any more)`)
}

const writtenOf = (fields: ToolFields, catalog: Catalog): Written => ({
  fields: Object.keys(fields) as readonly ToolField[],
  known: async () => {
    try {
      return await catalog.fields()
    } catch (error) {
      // The refusal is what counts, even if it stays without a field.
      if (isFault(error)) return []
      throw error
    }
  },
})

const NOTHING_WRITTEN: Written = { fields: [], known: async () => [] }

// ---- items ------------------------------------------------------------------------------------------------

const create = async (context: PushContext, operation: Of<'create'>): Promise<Receipt> => {
  const { client, catalog, settings } = context
  const { container: _, type: wanted, ...own } = operation.fields
  const name = typeof wanted === 'string' && wanted !== '' ? wanted : defaultTypeOf(settings)
  const type = (await catalog.types(operation.container)).find((one) => one.name === name)
  const place: Place = { project: operation.container, type, item: null }
  const sent = [
    ...(await sentFields(own, place, catalog)),
    { field: `cf:${markerFieldOf(settings)}`, reference: markerFieldOf(settings), value: operation.marker },
  ] satisfies readonly Sent[]
  // an empty field need not be emptied, and tags there are none to replace
  const ops = sent
    .filter(({ value }) => value !== null && value !== '')
    .map((one): PatchOp => ({ ...opFor(one), op: 'add' }))
  const item = await client.createItem(operation.container, name, ops, writtenOf(operation.fields, catalog))
  return { ref: itemRef(item.id), elementId: null, snapshot: await context.afterWrite(item) }
}

const fieldsOf = (write: FieldWrite): ToolFields =>
  write.op === 'update' ? write.fields : { ...write.fields, status: write.to }

const placeOf = async (context: PushContext, id: number, fields: ToolFields): Promise<Place> => {
  const moved = typeof fields.container === 'string' ? fields.container : null
  if (!needsPlace(fields)) return { project: moved ?? '', type: undefined, item: null }
  const item = await existing(context, id)
  const types = await context.catalog.types(moved ?? projectOf(item))
  const name = typeof fields.type === 'string' ? fields.type : typeOf(item)
  return { project: moved ?? projectOf(item), type: types.find((one) => one.name === name), item }
}

const condition = (version: string | null): readonly PatchOp[] => {
  if (version === null) return []
  if (/^\d{1,9}$/.test(version)) return [{ op: 'test', path: '/rev', value: Number(version) }]
  throw new RemoteFault('conflict', 'the version this was decided from is none of Azure DevOps')
}

const update = async (context: PushContext, write: FieldWrite): Promise<Receipt> => {
  const { client, catalog } = context
  const target = knownTarget(write.ref)
  const fields = fieldsOf(write)
  if (target.kind === 'iteration') {
    await updateIteration(client, catalog, context.settings, target.id, fields)
    return receipt(null)
  }
  const version = write.op === 'update' ? write.version : null
  const sent = await sentFields(fields, await placeOf(context, target.id, fields), catalog)
  const ops = [...condition(version), ...sent.map(opFor)]
  const item = await client.updateItem(target.id, ops, writtenOf(fields, catalog))
  const since = sinceOf(write)
  const made = receipt(await context.afterWrite(item))
  // Where the version was compared nothing came between, nor where ours is the very next one.
  if (version !== null || since === null || item.rev <= since + 1) return made
  return { ...made, overwrote: await told(context, target.id, since, sent) }
}

/** The write is done; what it replaced can only be told by reading, so it is asked for again. */
const told = async (
  context: PushContext,
  id: number,
  since: number,
  sent: readonly Sent[],
): Promise<ToolFields> => {
  try {
    const account = await context.catalog.account()
    return await overwroteIn(context.client, id, since, sent, account.id)
  } catch (error) {
    if (!isFault(error)) throw error
    const detail = `written, but could not read what that replaced: ${error.detail}`
    throw new RemoteFault('unknown', detail, { retryAt: error.retryAt, cause: error })
  }
}

export const overwritten = async (context: PushContext, write: FieldWrite): Promise<ToolFields> => {
  const since = sinceOf(write)
  const target = targetOf(write.ref.id)
  if (since === null || target?.kind !== 'item') return {}
  const fields = fieldsOf(write)
  const sent = await sentFields(fields, await placeOf(context, target.id, fields), context.catalog)
  const account = await context.catalog.account()
  return overwroteIn(context.client, target.id, since, sent, account.id)
}

// ---- comments ---------------------------------------------------------------------------------------------

const commentNumber = (id: string): number => {
  if (/^[1-9]\d{0,9}$/.test(id)) return Number(id)
  throw new RemoteFault('gone', `"${id.slice(0, 60)}" is no id of a comment in Azure DevOps`)
}

const addComment = async (context: PushContext, operation: Of<'comment.add'>): Promise<Receipt> => {
  const id = itemId(operation.ref, 'comments')
  if (operation.visibility === 'internal')
    throw new RemoteFault(
      'invalid',
      'Azure DevOps has no internal comments: everybody who sees the work item would read it',
    )
  if (operation.text.trim() === '') throw new RemoteFault('invalid', 'Azure DevOps keeps no empty comments')
  const project = projectOf(await existing(context, id))
  const comment = await context.client.addComment(project, id, operation.text)
  return receipt(null, String(comment.id ?? comment.commentId))
}

const editComment = async (context: PushContext, operation: Of<'comment.edit'>): Promise<Receipt> => {
  const id = itemId(operation.ref, 'comments')
  const comment = commentNumber(operation.commentId)
  const project = projectOf(await existing(context, id))
  await context.client.editComment(project, id, comment, operation.text)
  return receipt(null, operation.commentId)
}

/** What does not exist any more is deleted. */
const deleteComment = async (context: PushContext, operation: Of<'comment.delete'>): Promise<Receipt> => {
  const id = itemId(operation.ref, 'comments')
  const comment = commentNumber(operation.commentId)
  const project = projectOf(await existing(context, id))
  try {
    await context.client.deleteComment(project, id, comment)
  } catch (error) {
    if (!isFault(error) || error.kind !== 'gone') throw error
  }
  return receipt(null, operation.commentId)
}

// ---- files and links --------------------------------------------------------------------------------------

const addRelation = async (
  context: PushContext,
  id: number,
  relation: { readonly rel: string; readonly url: string; readonly attributes: { readonly comment: string } },
): Promise<Snapshot | null> => {
  const ops = [{ op: 'add', path: '/relations/-', value: relation }] as const
  return context.afterWrite(await context.client.updateItem(id, ops, NOTHING_WRITTEN))
}

const attach = async (context: PushContext, operation: Of<'attach'>, content: Content): Promise<Receipt> => {
  const id = itemId(operation.ref, 'attachments')
  if (operation.visibility === 'internal')
    throw new RemoteFault(
      'invalid',
      'Azure DevOps has no internal attachments: everybody who sees the work item would see it',
    )
  if (content === undefined) throw new RemoteFault('invalid', `the bytes of ${operation.name} are missing`)
  const project = projectOf(await existing(context, id))
  const { url } = await uploadFile(context.client, project, operation, content())
  const elementId = attachmentIdOf(url)
  const snapshot = await addRelation(context, id, { rel: 'AttachedFile', url, attributes: { comment: '' } })
  return receipt(snapshot, elementId)
}

/**
 * A relation is named by its place in the list, which moves when another goes. So the list is read, and the removal holds
 * only for the revision that was read.
 */
const removeRelation = async (
  context: PushContext,
  id: number,
  isIt: (relation: WireRelation) => boolean,
): Promise<Snapshot | null> => {
  const item = await existing(context, id)
  const at = (item.relations ?? []).findIndex(isIt)
  if (at === -1) return context.afterWrite(item)
  const ops: readonly PatchOp[] = [
    { op: 'test', path: '/rev', value: item.rev },
    { op: 'remove', path: `/relations/${at}` },
  ]
  return context.afterWrite(await context.client.updateItem(id, ops, NOTHING_WRITTEN))
}

const detach = async (context: PushContext, operation: Of<'detach'>): Promise<Receipt> => {
  const id = itemId(operation.ref, 'attachments')
  const file = operation.attachmentId.toLowerCase()
  if (!GUID.test(file)) return receipt(null, operation.attachmentId)
  const isIt = (relation: WireRelation): boolean => isFile(relation) && attachmentIdOf(relation.url) === file
  return receipt(await removeRelation(context, id, isIt), operation.attachmentId)
}

const isLinkTo =
  (url: string) =>
  (relation: WireRelation): boolean =>
    relation.rel === 'Hyperlink' && relation.url === url

/** The same address twice is refused there, so it is looked for first. */
const addLink = async (context: PushContext, operation: Of<'link.add'>): Promise<Receipt> => {
  const id = itemId(operation.ref, 'links')
  const item = await existing(context, id)
  if (item.relations?.some(isLinkTo(operation.url))) return receipt(await context.afterWrite(item))
  const attributes = { comment: operation.title.slice(0, 255) }
  return receipt(await addRelation(context, id, { rel: 'Hyperlink', url: operation.url, attributes }))
}

const removeLink = async (context: PushContext, operation: Of<'link.remove'>): Promise<Receipt> =>
  receipt(await removeRelation(context, itemId(operation.ref, 'links'), isLinkTo(operation.url)))

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
      return addLink(context, operation)
    case 'link.remove':
      return removeLink(context, operation)
  }
}
