import type { FieldWrite, Operation, Receipt } from '../../sync/connector.ts'
import { type FaultKind, isFault, RemoteFault } from '../../sync/fault.ts'
import type { RemoteRef, Snapshot, ToolField, ToolFields } from '../../sync/snapshot.ts'
import type { GithubClient } from './client.ts'
import {
  type ConvertContext,
  issueRef,
  issueSnapshot,
  milestoneSnapshot,
  releaseSnapshot,
  type Target,
} from './convert.ts'
import {
  type Current,
  ignoredField,
  issueParameters,
  milestoneParameters,
  needsReading,
  refuseLongComment,
  releaseParameters,
} from './encode.ts'
import { overwroteIn, sinceOf } from './history.ts'
import type { LabelField } from './labels.ts'
import type { Place, Places } from './places.ts'
import { projectChanges, splitFields, writeProjectFields } from './project-writes.ts'
import type { Projects } from './projects.ts'
import type { Repositories } from './repositories.ts'
import { answers, readWritten, type WireIssue } from './schema.ts'
import type { Settings } from './settings.ts'

/**
 * One operation each. GitHub answers a change with the whole issue, so what it did not take is seen at once; only
 * comments are not in it, so the receipt holds the item where it has none. Whatever else must be asked is asked before the
 * change: a question that fails after it would make the change look undone.
 */

export interface PushContext {
  readonly client: GithubClient
  readonly repositories: Repositories
  readonly places: Places
  readonly settings: Settings
  readonly labelFields: readonly LabelField[]
  readonly projects: Projects
  readonly convert: () => Promise<ConvertContext>
}

type Of<K extends Operation['op']> = Extract<Operation, { op: K }>

const receipt = (
  ref: RemoteRef | null,
  snapshot: Snapshot | null,
  elementId: string | null = null,
): Receipt => ({ ref, elementId, snapshot })

const namesOf = (fields: ToolFields): readonly ToolField[] => Object.keys(fields) as ToolField[]

/** Whole only without comments: the answer counts them, and does not hold them. Nor does it hold fields of projects. */
const wholeOf = (shown: Snapshot, issue: WireIssue, { projects }: PushContext): Snapshot | null =>
  issue.comments === 0 && !projects.isNamed ? shown : null

const create = async (context: PushContext, operation: Of<'create'>): Promise<Receipt> => {
  const { client, repositories } = context
  const { container, marker } = operation
  const isFollowed = context.settings.repositories.some(
    (each) => each.toLowerCase() === container.toLowerCase(),
  )
  const at = isFollowed ? await repositories.byName(container) : null
  if (at === null)
    throw new RemoteFault(
      'invalid',
      `GitHub shows no repository "${container}" among those that are followed`,
      { field: 'container' },
    )
  const { container: _, ...fields } = operation.fields
  const { ours, theirs } = splitFields(fields, context.projects)
  const changes = await projectChanges(context, theirs)
  const json = await issueParameters(ours, at, 'new', { ...context, markers: [marker] })
  const wanted = { what: `a new issue in ${at.name}`, fields: namesOf(fields) }
  const convert = await context.convert()
  const response = await client.change({ method: 'POST', path: `${at.path}/issues`, json }, wanted)
  if (response === 'moved')
    throw new RemoteFault('invalid', `${at.name} takes no issues from this account`, { field: 'container' })
  const issue = readWritten(answers.issue, () => response.json(), wanted.what)
  const ref = issueRef(at.id, issue.number)
  // Whatever is said to it, the issue is made: it must be found again, not made again.
  await afterWrite('made, but its project may not show what it should', () =>
    writeProjectFields(context, ref, changes, async () => nodeIdOf(issue)),
  )
  const shown = issueSnapshot(issue, ref, at.name, [], convert)
  return receipt(ref, wholeOf(shown, issue, context))
}

const UNTOLD = 'written, but could not read what that replaced'

/** The write is done; what came of the rest can only be told by reading. `passed`: the kind of fault that stays one. */
const afterWrite = async <T>(detail: string, work: () => Promise<T>, passed?: FaultKind): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    if (!isFault(error) || error.kind === passed) throw error
    throw new RemoteFault('unknown', `${detail}: ${error.detail}`, { retryAt: error.retryAt, cause: error })
  }
}

const nodeIdOf = (issue: WireIssue): string => {
  if (issue.node_id !== undefined) return issue.node_id
  throw new RemoteFault('down', `GitHub's answer for issue ${issue.number} holds no id for GraphQL`)
}

const fieldsOf = (write: FieldWrite): ToolFields =>
  write.op === 'update' ? write.fields : { ...write.fields, status: write.to }

/** The issue where that matters, else only where it should be: a change of the title costs one call. */
const currentOf = async (
  context: PushContext,
  ref: RemoteRef,
  fields: ToolFields,
): Promise<{ readonly issue: Current; readonly at: Place }> => {
  if (needsReading(fields, context.labelFields)) return context.places.mustRead(ref)
  return { issue: 'unread', at: await context.places.place(ref) }
}

const updateIssue = async (context: PushContext, write: FieldWrite): Promise<Receipt> => {
  const { places } = context
  const { ours: fields, theirs } = splitFields(fieldsOf(write), context.projects)
  const changes = await projectChanges(context, theirs)
  const { issue: current, at } = await currentOf(context, write.ref, fields)
  const json = await issueParameters(fields, at.repository, current, { ...context, markers: [] })
  if (Object.keys(json).length === 0) {
    const issueId = async () => nodeIdOf((await places.mustRead(write.ref)).issue)
    await writeProjectFields(context, write.ref, changes, issueId)
    return receipt(null, null)
  }
  const wanted = { what: `issue ${write.ref.id}`, fields: namesOf(fields) }
  const request = (place: Place) => ({ method: 'PATCH', path: place.path, json }) as const
  const convert = await context.convert()
  const response = await places.change(write.ref, at, request, wanted)
  const issue = readWritten(answers.issue, () => response.json(), wanted.what)
  const shown = issueSnapshot(issue, write.ref, at.repository.name, [], convert)
  const ignored = ignoredField(fields, shown)
  if (ignored !== null)
    throw new RemoteFault('invalid', `GitHub did not take ${ignored}: the account may not set it there`, {
      field: ignored,
    })
  await afterWrite(
    'written, but its project may not show what it should',
    () => writeProjectFields(context, write.ref, changes, async () => nodeIdOf(issue)),
    'invalid',
  )
  const done = receipt(write.ref, wholeOf(shown, issue, context))
  if (sinceOf(write) === null || context.settings.graphql === false) return done
  return { ...done, overwrote: await afterWrite(UNTOLD, () => overwroteIn(context, write, fields, issue)) }
}

const updateRelease = async (context: PushContext, write: FieldWrite, target: Target): Promise<Receipt> => {
  const { client, places } = context
  const at = await places.repositoryOf(target)
  const fields = fieldsOf(write)
  const isMilestone = target.kind === 'milestone'
  const json = isMilestone ? milestoneParameters(fields) : releaseParameters(fields)
  const wanted = { what: `${target.kind} ${write.ref.id}`, fields: namesOf(fields) }
  const path = `${at.path}/${target.kind}s/${target.number}`
  const convert = await context.convert()
  const response = await client.change({ method: 'PATCH', path, json }, wanted)
  if (response === 'moved')
    throw new RemoteFault('gone', `${wanted.what} does not exist in GitHub (any more)`)
  const shown = isMilestone
    ? milestoneSnapshot(
        readWritten(answers.milestone, () => response.json(), wanted.what),
        at.id,
        at.name,
        convert,
      )
    : releaseSnapshot(
        readWritten(answers.release, () => response.json(), wanted.what),
        at.id,
        at.name,
        convert,
      )
  return receipt(write.ref, shown)
}

const update = async (context: PushContext, write: FieldWrite): Promise<Receipt> => {
  const target = context.places.knownTarget(write.ref)
  return target.kind === 'issue' ? updateIssue(context, write) : updateRelease(context, write, target)
}

export const overwritten = async (context: PushContext, write: FieldWrite): Promise<ToolFields> => {
  const target = context.places.knownTarget(write.ref)
  if (sinceOf(write) === null || target.kind !== 'issue' || context.settings.graphql === false) return {}
  const found = await context.places.read(write.ref)
  return found === 'gone' ? {} : overwroteIn(context, write, fieldsOf(write), found.issue)
}

// ---- comments ---------------------------------------------------------------------------------------------

const addComment = async (context: PushContext, operation: Of<'comment.add'>): Promise<Receipt> => {
  const { ref, text, visibility } = operation
  if (visibility === 'internal')
    throw new RemoteFault(
      'invalid',
      'GitHub has no internal comments: everybody who sees the issue would read it',
    )
  refuseLongComment(text)
  const at = await context.places.place(ref, 'comments')
  const request = (place: Place) =>
    ({ method: 'POST', path: `${place.path}/comments`, json: { body: text } }) as const
  const wanted = { what: `a comment on issue ${ref.id}` }
  const response = await context.places.change(ref, at, request, wanted)
  const made = readWritten(answers.comment, () => response.json(), wanted.what)
  return receipt(ref, null, String(made.id))
}

const commentNumber = (id: string): string => {
  if (/^[1-9]\d{0,14}$/.test(id)) return id
  throw new RemoteFault('gone', `"${id.slice(0, 60)}" is no id of a comment in GitHub`)
}

const commentPath = (place: Place, id: string): string => `${place.repository.path}/issues/comments/${id}`

const editComment = async (context: PushContext, operation: Of<'comment.edit'>): Promise<Receipt> => {
  const { ref, text } = operation
  const id = commentNumber(operation.commentId)
  refuseLongComment(text)
  const at = await context.places.place(ref, 'comments')
  const request = (place: Place) =>
    ({ method: 'PATCH', path: commentPath(place, id), json: { body: text } }) as const
  const wanted = { what: `comment ${id}` }
  const response = await context.places.change(ref, at, request, wanted)
  readWritten(answers.comment, () => response.json(), wanted.what)
  return receipt(ref, null, id)
}

const deleteComment = async (context: PushContext, operation: Of<'comment.delete'>): Promise<Receipt> => {
  const { ref } = operation
  const id = commentNumber(operation.commentId)
  const at = await context.places.place(ref, 'comments')
  const request = (place: Place) => ({ method: 'DELETE', path: commentPath(place, id) }) as const
  try {
    await context.places.change(ref, at, request, { what: `comment ${id}` })
  } catch (error) {
    // What does not exist any more is deleted.
    if (!isFault(error) || error.kind !== 'gone') throw error
  }
  return receipt(ref, null, id)
}

const refused = (detail: string): Promise<never> => Promise.reject(new RemoteFault('invalid', detail))

export const push = (context: PushContext, operation: Operation): Promise<Receipt> => {
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
    case 'detach':
      return refused('GitHub takes files from people only: its API can neither add nor remove one')
    case 'link.add':
    case 'link.remove':
      return refused('an issue in GitHub holds no links but those in its text')
  }
}
