import type { NewEvent } from '../domain/event.ts'
import { fingerprint } from '../lib/stable.ts'
import { insertAttachment, updateAttachment } from '../store/attachments.ts'
import {
  changeCommentAudience,
  deleteComment,
  editComment,
  insertComment,
  lockComment,
  restoreComment,
} from '../store/comments.ts'
import type { Tx } from '../store/database.ts'
import type { ChangedRecord } from '../store/dirty.ts'
import { type StoredElement, saveElements } from '../store/mirrors.ts'
import { lockTicket } from '../store/tickets.ts'
import type { Capabilities } from '../sync/connector.ts'
import type { HubView } from '../sync/hub-view.ts'
import type { Mapping } from '../sync/mapping.ts'
import { visibilityFor } from '../sync/merge-comments.ts'
import type { People } from '../sync/people.ts'
import type { HubAttachmentChange, HubCommentChange, Plan } from '../sync/plan.ts'
import type { RemotePerson } from '../sync/snapshot.ts'
import { moveTicket } from './move-ticket.ts'
import type { CommandContext } from './run-command.ts'
import { tellMentioned } from './tell-mentioned.ts'
import { type Authors, authorOf, authorsOf } from './tool-authors.ts'

/**
 * Takes into the hub what a merge found in a tool's comments and files, and writes the elements that tie each to its
 * counterpart, in one transaction: an element without its comment, or the reverse, would double the words later.
 */
export interface WordsInput {
  readonly mirrorId: string
  readonly connectionId: string
  readonly view: HubView
  readonly plan: Plan
  readonly mapping: Mapping
  readonly people: People
  readonly capabilities: Capabilities
  readonly elements: readonly StoredElement[]
}

export interface RecordedWords {
  readonly events: readonly NewEvent[]
  readonly changed: readonly ChangedRecord[]
  /** Records that the words moved: their own mirror must show it too. */
  readonly moved: readonly ChangedRecord[]
  /** Files whose bytes are still to be fetched. */
  readonly pending: readonly PendingFile[]
}

export interface PendingFile {
  readonly attachmentId: string
  readonly remoteId: string
}

type ElementRow = Omit<StoredElement, 'mirrorId'>

export const recordWords = async (
  tx: Tx,
  context: CommandContext,
  input: WordsInput,
): Promise<RecordedWords> => {
  const { comments, attachments } = input.plan.hub
  if (comments.length + attachments.length + input.plan.elements.length === 0)
    return { events: [], changed: [], moved: [], pending: [] }
  const record = recordOf(input.view)
  const authors = await authorsOf(
    tx,
    input.connectionId,
    input.people,
    [...comments, ...attachments].flatMap((change) =>
      change.change === 'add' && change.from.author !== null ? [change.from.author] : [],
    ),
  )
  const rows = new Map<string, ElementRow>()
  const byId = new Map(input.elements.map((element) => [element.elementId, element]))
  const events: NewEvent[] = []
  for (const change of input.plan.elements) {
    const element = byId.get(change.elementId)
    if (element !== undefined) rows.set(element.elementId, { ...element, ...change.set })
  }
  const changed = new Map<string, ChangedRecord>()
  const touch = (kind: ChangedRecord['kind'], id: string): void => void changed.set(id, { kind, id })
  for (const change of comments) {
    if (change.change === 'add') {
      const row = await addComment(tx, context, input, change, authors, events)
      rows.set(row.elementId, row)
      touch(record.kind, record.id)
      continue
    }
    const home = await changeComment(tx, context, input, change, byId.get(change.elementId), rows, events)
    if (home !== null) touch(home.kind, home.id)
  }
  const pending: PendingFile[] = []
  for (const change of attachments) {
    if (change.change === 'add') {
      const row = await addAttachment(tx, context, input, change, authors, [
        ...input.elements,
        ...rows.values(),
      ])
      rows.set(row.elementId, row)
      pending.push({ attachmentId: row.elementId, remoteId: change.from.id })
      events.push({
        kind: 'attachment.added',
        record,
        data: { attachment: row.elementId, name: change.from.name, audience: change.audience },
        connectionId: input.connectionId,
      })
    } else if (change.change === 'restore') {
      const element = byId.get(change.elementId)
      if (element?.remoteId == null) continue
      await updateAttachment(tx, change.elementId, { state: 'pending', reason: null })
      pending.push({ attachmentId: change.elementId, remoteId: element.remoteId })
      touch(record.kind, record.id)
    } else {
      await updateAttachment(tx, change.elementId, { state: 'deleted' })
      events.push({
        kind: 'attachment.deleted',
        record,
        data: { attachment: change.elementId },
        connectionId: input.connectionId,
      })
      touch(record.kind, record.id)
    }
  }
  await saveElements(tx, input.mirrorId, [...rows.values()])
  const moved = await moveByReplies(tx, context, input, authors)
  return {
    events: [...events, ...moved.events],
    changed: [...changed.values()],
    moved: moved.changed,
    pending,
  }
}

const recordOf = (view: HubView): { readonly kind: 'ticket' | 'work item'; readonly id: string } => ({
  kind: view.kind === 'ticket' ? 'ticket' : 'work item',
  id: view.id,
})

const addComment = async (
  tx: Tx,
  context: CommandContext,
  input: WordsInput,
  change: Extract<HubCommentChange, { change: 'add' }>,
  authors: Authors,
  events: NewEvent[],
): Promise<ElementRow> => {
  const id = context.newId()
  const record = recordOf(input.view)
  const author = authorOf(change.from.author, authors, input.connectionId)
  const at = new Date(change.from.at)
  const { body, audience } = change
  await insertComment(tx, {
    ...{ id, record, author, body, audience, at },
    sourceConnection: input.connectionId,
  })
  const called = await tellMentioned(tx, context, { comment: id, record, by: author, audience, at, body })
  events.push({
    kind: 'comment.added',
    record,
    data: { comment: id, audience, ...(called.length === 0 ? {} : { mentions: called }) },
    connectionId: input.connectionId,
  })
  const visibility = change.from.visibility === 'public' ? 'public' : 'internal'
  return {
    id: context.newId(),
    kind: 'comment',
    elementId: id,
    remoteId: change.from.id,
    remoteExtra: [],
    origin: 'tool',
    baseHub: hubFingerprint(change.body, change.audience, input),
    baseTool: change.from.text,
    visibility,
    state: 'live',
  }
}

const hubFingerprint = (
  body: unknown,
  audience: Parameters<typeof visibilityFor>[0],
  input: WordsInput,
): string =>
  fingerprint([
    body,
    input.mapping.comments === null
      ? null
      : visibilityFor(audience, input.mapping.comments, input.capabilities),
  ])

const changeComment = async (
  tx: Tx,
  context: CommandContext,
  input: WordsInput,
  change: Exclude<HubCommentChange, { change: 'add' }>,
  element: StoredElement | undefined,
  rows: Map<string, ElementRow>,
  events: NewEvent[],
): Promise<ChangedRecord | null> => {
  const comment = await lockComment(tx, change.elementId)
  if (comment === null || element === undefined) return null
  const record = { kind: comment.record_kind, id: comment.record_id }
  const base = rows.get(element.elementId) ?? element
  if (change.change === 'edit') {
    await editComment(tx, comment, change.body, context.now)
    const { id, author: by, audience, at, body: was } = comment
    await tellMentioned(tx, context, { comment: id, record, by, audience, at, body: change.body, was })
    rows.set(element.elementId, {
      ...base,
      baseTool: change.shown,
      baseHub: hubFingerprint(change.body, comment.audience, input),
    })
    events.push({
      kind: 'comment.edited',
      record,
      // what stood there: an edit writes over somebody's words, which must not be gone without a trace
      data: { comment: comment.id, audience: comment.audience, was: comment.body },
      connectionId: input.connectionId,
    })
  } else if (change.change === 'audience') {
    await changeCommentAudience(tx, comment, change.audience)
    rows.set(element.elementId, {
      ...base,
      visibility: change.visibility,
      baseHub: hubFingerprint(comment.body, change.audience, input),
    })
    events.push({
      kind: 'comment.audience-changed',
      record,
      data: { comment: comment.id, from: comment.audience, to: change.audience },
      connectionId: input.connectionId,
    })
  } else if (change.change === 'restore') {
    await restoreComment(tx, comment)
    events.push({
      kind: 'comment.edited',
      record,
      data: { comment: comment.id, audience: comment.audience, restored: true },
      connectionId: input.connectionId,
    })
  } else {
    await deleteComment(tx, comment, context.now)
    events.push({
      kind: 'comment.deleted',
      record,
      data: { comment: comment.id, audience: comment.audience },
      connectionId: input.connectionId,
    })
  }
  return record
}

const addAttachment = async (
  tx: Tx,
  context: CommandContext,
  input: WordsInput,
  change: Extract<HubAttachmentChange, { change: 'add' }>,
  authors: Authors,
  elements: readonly ElementRow[],
): Promise<ElementRow> => {
  const id = context.newId()
  const comment = elements.find(
    (element) =>
      element.kind === 'comment' &&
      element.remoteId === change.from.commentId &&
      change.from.commentId !== null,
  )
  await insertAttachment(tx, {
    id,
    record: recordOf(input.view),
    commentId: comment?.elementId ?? null,
    author: authorOf(change.from.author, authors, input.connectionId),
    name: change.from.name,
    mediaType: change.from.mediaType,
    audience: change.audience,
    size: change.from.size,
    sha256: null,
    state: 'pending',
    sourceConnection: input.connectionId,
    at: new Date(change.from.at),
  })
  return {
    id: context.newId(),
    kind: 'attachment',
    elementId: id,
    remoteId: change.from.id,
    remoteExtra: [],
    origin: 'tool',
    baseHub: null,
    baseTool: null,
    visibility: change.from.visibility === 'public' ? 'public' : 'internal',
    state: 'live',
  }
}

/** A public word on a ticket says whose move it is next, wherever it was written. */
const moveByReplies = async (
  tx: Tx,
  context: CommandContext,
  input: WordsInput,
  authors: Authors,
): Promise<{ readonly events: readonly NewEvent[]; readonly changed: readonly ChangedRecord[] }> => {
  const replies = input.plan.hub.comments.flatMap((change) =>
    change.change === 'add' && change.audience === 'everyone' ? [change.from] : [],
  )
  const last = replies.at(-1)
  if (input.view.kind !== 'ticket' || last === undefined) return { events: [], changed: [] }
  const ticket = await lockTicket(tx, input.view.id)
  if (ticket === null) return { events: [], changed: [] }
  const author = authorOf(last.author, authors, input.connectionId)
  const by = author.kind === 'contact' || isRequester(input, last.author) ? 'contact' : 'staff'
  const moved = await moveTicket(tx, context, ticket, { do: 'reply', by })
  return moved.ok ? moved.value : { events: [], changed: [] }
}

const isRequester = ({ view, people }: WordsInput, person: RemotePerson | null): boolean => {
  const email = person === null ? null : people.emailOf(person.id, 'anyone')
  return email !== null && view.fields.requester === email
}
