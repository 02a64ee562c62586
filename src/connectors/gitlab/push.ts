import type { FieldWrite, Operation, Receipt } from '../../sync/connector.ts'
import { isFault, RemoteFault } from '../../sync/fault.ts'
import type { RemoteRef, Snapshot, ToolFields } from '../../sync/snapshot.ts'
import type { Catalog } from './catalog.ts'
import type { GitLabClient } from './client.ts'
import { containerOf, refOfIssue, shownText, targetOf, versionOf } from './convert.ts'
import {
  type Encoding,
  entriesOf,
  ignoredField,
  issueParameters,
  milestoneParameters,
  needsCurrent,
} from './encode.ts'
import type { LabelFields } from './labels.ts'
import type { Places, Where } from './moved.ts'
import { guarded } from './quick-actions.ts'
import type { WireIssue, WireNote } from './schema.ts'
import { isOnlyUploads, placeOf, storedName, uploadLink, uploadsIn } from './uploads.ts'

/** One operation each. An update's answer shows the issue: what it left as it was is refused by name. */

export interface PushContext {
  readonly client: GitLabClient
  readonly catalog: Catalog
  readonly places: Places
  readonly labelFields: LabelFields
  readonly baseUrl: string
  readonly maxBytes: number
  /** `isNew`: it has no notes and no links yet. */
  readonly snapshotOf: (issue: WireIssue, ref: RemoteRef, isNew: boolean) => Promise<Snapshot>
}

type Of<K extends Operation['op']> = Extract<Operation, { op: K }>
type Content = (() => AsyncIterable<Uint8Array>) | undefined

const done = (elementId: string | null = null): Receipt => ({ ref: null, elementId, snapshot: null })

const gone = (ref: RemoteRef): RemoteFault =>
  new RemoteFault('gone', `${ref.id} does not exist in GitLab (any more), or is hidden from the account`)

const writtenIn = (fields: ToolFields) => entriesOf(fields).map(([field]) => field)

// ---- items ------------------------------------------------------------------------------------------------

/** Never fails after the issue is made: a fault would hide its id, and the next try would make a twin. */
const unlessFault = async <T>(work: () => Promise<T>): Promise<T | null> => {
  try {
    return await work()
  } catch (error) {
    if (isFault(error)) return null
    throw error
  }
}

const create = async (context: PushContext, operation: Of<'create'>): Promise<Receipt> => {
  const { client, catalog, labelFields } = context
  const { container: _, ...fields } = operation.fields
  const project = operation.container
  const encoding: Encoding = { catalog, project, labelFields, current: null, marker: operation.marker }
  const { state_event, ...json } = await issueParameters(fields, encoding)
  const made = await client.createIssue(project, json, writtenIn(fields))
  const ref = refOfIssue(made)
  // An issue is made open.
  const closing = () => client.updateIssue(made.project_id, made.iid, { state_event }, ['status'])
  const issue = state_event === 'close' ? ((await unlessFault(closing)) ?? made) : made
  const snapshot = issue === made ? await unlessFault(() => context.snapshotOf(made, ref, true)) : null
  return { ref, elementId: null, snapshot }
}

const fieldsOf = (write: FieldWrite): ToolFields =>
  write.op === 'update' ? write.fields : { ...write.fields, status: write.to }

/**
 * GitLab compares nothing, so it is compared here, by a read right before the write: an edit made since is a conflict.
 * One that comes in the moment between the two is written over.
 */
const currentOf = async (context: PushContext, write: FieldWrite): Promise<WireIssue | null> => {
  const version = write.op === 'update' ? write.version : null
  if (version === null && !needsCurrent(fieldsOf(write))) return null
  const issue = await context.places.find(write.ref)
  if (issue === null) throw gone(write.ref)
  if (version !== null && versionOf(issue) !== version)
    throw new RemoteFault('conflict', `issue ${issue.iid} was changed since it was read`)
  return issue
}

const saveFields = async (
  context: PushContext,
  ref: RemoteRef,
  fields: ToolFields,
  current: WireIssue | null,
): Promise<WireIssue | null> => {
  const { client, catalog, labelFields, places } = context
  const where = places.issueAt(ref)
  const encoding = { catalog, project: where.project, labelFields, current, marker: null }
  const json = await issueParameters(fields, encoding)
  if (Object.keys(json).length === 0) return current
  const saved = await client.updateIssue(where.project, where.iid, json, writtenIn(fields))
  if (saved.moved_to_id == null) return saved
  const there = await places.follow(ref, saved)
  const again = await issueParameters(fields, {
    ...encoding,
    project: there.project_id,
    current: current === null ? null : there,
  })
  return client.updateIssue(there.project_id, there.iid, again, writtenIn(fields))
}

const move = async (context: PushContext, ref: RemoteRef, issue: WireIssue, to: string): Promise<void> => {
  const { client, catalog, places } = context
  const project = await catalog.project(to)
  if (project === null)
    throw new RemoteFault('invalid', `GitLab shows no project "${to}" to this account`, {
      field: 'container',
    })
  if (issue.project_id === project.id) return
  const moved = await client.moveIssue(issue.project_id, issue.iid, project.id)
  places.remember(ref, { project: moved.project_id, iid: moved.iid })
}

const refuseIgnored = async (context: PushContext, ref: RemoteRef, fields: ToolFields, issue: WireIssue) => {
  const shown = await unlessFault(() => context.snapshotOf(issue, ref, false))
  const field = shown === null ? null : ignoredField(fields, shown)
  if (field === null) return
  const value = JSON.stringify(fields[field] ?? null).slice(0, 100)
  throw new RemoteFault(
    'invalid',
    `GitLab ignored ${field} ${value}: this account may not set it, or this edition does not have it`,
    { field },
  )
}

const update = async (context: PushContext, write: FieldWrite): Promise<Receipt> => {
  const target = targetOf(write.ref.id)
  if (target === null) throw gone(write.ref)
  const { container, ...fields } = fieldsOf(write)
  if (target.kind === 'release')
    throw new RemoteFault('invalid', 'a release of GitLab is not written: it belongs to its tag')
  if (target.kind === 'milestone') {
    await context.client.updateMilestone(
      target.parent,
      target.id,
      milestoneParameters(fields),
      writtenIn(fields),
    )
    return done()
  }
  const current = await currentOf(context, write)
  const saved = await saveFields(context, write.ref, fields, current)
  if (saved !== null) await refuseIgnored(context, write.ref, fields, saved)
  if (typeof container === 'string') {
    const issue = saved ?? (await context.places.find(write.ref))
    if (issue === null) throw gone(write.ref)
    if (container !== containerOf(issue)) await move(context, write.ref, issue, container)
  }
  return done()
}

// ---- notes ------------------------------------------------------------------------------------------------

/** A note on an issue that was moved away would be read by nobody; so it is looked where it is, once a minute. */
const present = async (context: PushContext, ref: RemoteRef): Promise<Where> => {
  const { places } = context
  const where = places.issueAt(ref)
  if (places.isFresh(ref)) return where
  if ((await places.find(ref)) === null) throw gone(ref)
  return places.issueAt(ref)
}

const noteId = (id: string): number => {
  if (/^[1-9]\d{0,14}$/.test(id)) return Number(id)
  throw new RemoteFault('gone', `"${id.slice(0, 50)}" is no id of a comment in GitLab`)
}

const isInternal = (note: WireNote): boolean => (note.internal ?? note.confidential) === true

const postNote = async (
  context: PushContext,
  where: Where,
  body: string,
  visibility: 'public' | 'internal',
): Promise<WireNote> => {
  const wanted = visibility === 'internal'
  const note = await context.client.addNote(where.project, where.iid, body, wanted)
  if (!wanted || isInternal(note)) return note
  // Before 14.x, or without the right, GitLab drops the flag: rather no note than one that more people read than should.
  await context.client.deleteNote(where.project, where.iid, note.id)
  throw new RemoteFault('invalid', 'GitLab made an internal comment public; it was deleted again')
}

const addComment = async (context: PushContext, operation: Of<'comment.add'>): Promise<Receipt> => {
  const body = guarded(operation.text)
  if (body.trim() === '') throw new RemoteFault('invalid', 'GitLab keeps no empty comments')
  const where = await present(context, operation.ref)
  const note = await postNote(context, where, body, operation.visibility)
  return done(String(note.id))
}

const editComment = async (context: PushContext, operation: Of<'comment.edit'>): Promise<Receipt> => {
  const body = guarded(operation.text)
  if (body.trim() === '') throw new RemoteFault('invalid', 'GitLab keeps no empty comments')
  const where = await present(context, operation.ref)
  await context.client.editNote(where.project, where.iid, noteId(operation.commentId), body)
  return done(operation.commentId)
}

/** What does not exist any more is deleted. */
const unlessGone = async (work: () => Promise<void>): Promise<void> => {
  try {
    await work()
  } catch (error) {
    if (!isFault(error) || error.kind !== 'gone') throw error
  }
}

const deleteComment = async (context: PushContext, operation: Of<'comment.delete'>): Promise<Receipt> => {
  const where = await present(context, operation.ref)
  await unlessGone(() => context.client.deleteNote(where.project, where.iid, noteId(operation.commentId)))
  return done(operation.commentId)
}

// ---- files ------------------------------------------------------------------------------------------------

async function* counted(
  bytes: AsyncIterable<Uint8Array>,
  count: (size: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    count(chunk.length)
    yield chunk
  }
}

/** The file goes to the project; a comment that says nothing else makes it one of the issue's. */
const attach = async (context: PushContext, operation: Of<'attach'>, content: Content): Promise<Receipt> => {
  if (content === undefined) throw new RemoteFault('invalid', `the bytes of ${operation.name} are missing`)
  if (operation.size > context.maxBytes)
    throw new RemoteFault('invalid', `${operation.name} is larger than GitLab takes`)
  const where = await present(context, operation.ref)
  let size = 0
  const url = await context.client.upload(where.project, {
    name: storedName(operation.name),
    mediaType: operation.mediaType,
    size: operation.size,
    content: counted(content(), (more) => {
      size += more
    }),
  })
  if (size !== operation.size)
    throw new RemoteFault('down', `${size} of the ${operation.size} bytes of ${operation.name} could be read`)
  const body = uploadLink(operation.name, url)
  await postNote(context, where, body, operation.visibility)
  return done(uploadsIn(body, context.baseUrl)[0]?.id ?? null)
}

/** Ours are alone in a comment of their own, which goes; words of people are not changed. */
const detach = async (context: PushContext, operation: Of<'detach'>): Promise<Receipt> => {
  const { client, baseUrl } = context
  const place = placeOf(operation.attachmentId)
  if (place === null)
    throw new RemoteFault('gone', `"${operation.attachmentId.slice(0, 100)}" is no file of GitLab`)
  const where = await present(context, operation.ref)
  const names = (text: string): boolean =>
    uploadsIn(text, baseUrl).some(({ id }) => id === operation.attachmentId)
  const notes = (await client.notes(where.project, where.iid)).filter((note) => names(shownText(note.body)))
  const { id: accountId } = await context.catalog.account()
  const others = notes.filter(
    (note) => note.author?.id !== accountId || !isOnlyUploads(shownText(note.body), baseUrl),
  )
  if (others.length > 0)
    throw new RemoteFault('invalid', 'the file stands in the words of a comment, which are left as they are')
  for (const note of notes) await unlessGone(() => client.deleteNote(where.project, where.iid, note.id))
  if (notes.length > 0)
    await client.deleteUpload(place.project ?? where.project, place.secret, place.filename)
  return done(operation.attachmentId)
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
        new RemoteFault('invalid', 'an issue of GitLab is linked to issues of the same GitLab only'),
      )
  }
}
