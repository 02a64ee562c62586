import { type Audience, isSeenBy, type Party } from '../domain/audience.ts'
import { sayHold } from '../domain/hold-words.ts'
import type { Naming } from '../domain/naming.ts'
import { fingerprint } from '../lib/stable.ts'
import { unattributed } from './attribution.ts'
import type { Capabilities, Operation, RichFormat } from './connector.ts'
import type { HubComment } from './hub-view.ts'
import type { AudienceMapping } from './mapping.ts'
import type { Element } from './mirror-base.ts'
import type { Conflict, ElementChange, Hold, HubCommentChange, PlannedOperation } from './plan.ts'
import { type Directory, mergeText, patch, type RichText, readText } from './rich-text/index.ts'
import type { RemoteRef, SnapshotComment, Visibility } from './snapshot.ts'
import { addedText, ofOurs, textThere } from './words-there.ts'

/**
 * Comments are a set of identified elements, not a log to replay: each of ours has at most one counterpart there and
 * each of theirs one here, so doubled or lost notices change nothing.
 *
 * In: what is new there is added here (its audience from its visibility; an unknown visibility is held), an edit there
 * is carried back, a vanished one is deleted here if it was born there.
 * Out: what this party may see and is not there yet is written, oldest first; an edit here is written or, where
 * comments cannot change, appended; what the party may no longer see is withdrawn. Only what we made is deleted there.
 */
export interface CommentsInput {
  readonly ref: RemoteRef
  readonly party: Exclude<Party, 'customer'>
  readonly mapping: AudienceMapping
  readonly capabilities: Capabilities
  readonly format: RichFormat
  readonly people: Directory
  readonly naming: Naming
  readonly hub: readonly HubComment[]
  readonly tool: readonly SnapshotComment[] | null
  readonly elements: readonly Element[]
}

export interface CommentsPlan {
  readonly toHub: HubCommentChange[]
  readonly toTool: PlannedOperation[]
  readonly elements: ElementChange[]
  readonly holds: Hold[]
  readonly conflicts: Conflict[]
}

const fieldOf = (id: string): string => `comment:${id}`

export const visibilityFor = (
  audience: Audience,
  mapping: AudienceMapping,
  capabilities: Capabilities,
): 'public' | 'internal' | null => {
  if (mapping.sendPublic.includes(audience)) return capabilities.comments.public ? 'public' : null
  return capabilities.comments.internal ? 'internal' : null
}

const audienceFrom = (visibility: Exclude<Visibility, 'unknown'>, mapping: AudienceMapping): Audience =>
  visibility === 'public' ? mapping.public : mapping.internal

/** Changes whenever what the party should see of it changes. */
export const commentFingerprint = (comment: HubComment, visibility: 'public' | 'internal' | null): string =>
  fingerprint([comment.body, visibility])

export const mergeComments = (input: CommentsInput): CommentsPlan => {
  const plan: CommentsPlan = { toHub: [], toTool: [], elements: [], holds: [], conflicts: [] }
  const byRemote = new Map<string, Element>()
  const byOurs = new Map<string, Element>()
  for (const element of input.elements) {
    byOurs.set(element.elementId, element)
    for (const id of [element.remoteId, ...element.remoteExtra]) if (id !== null) byRemote.set(id, element)
  }
  const ours = new Map(input.hub.map((comment) => [comment.id, comment]))
  const edited = new Set<string>()
  for (const theirs of input.tool ?? []) {
    const element = byRemote.get(theirs.id)
    if (element === undefined) takeIn(theirs, input, plan)
    else if (element.remoteId === theirs.id)
      compare(theirs, element, ours.get(element.elementId), input, plan, edited)
  }
  if (input.tool !== null) findVanished(input, plan)
  for (const comment of input.hub) {
    const element = byOurs.get(comment.id)
    if (!edited.has(comment.id) || isTooWide(comment, element, input)) sendOut(comment, element, input, plan)
  }
  return plan
}

/** A copy is public where its words are not meant to be: whatever else agrees, this never does. */
const isTooWide = (comment: HubComment, element: Element | undefined, input: CommentsInput): boolean =>
  element?.visibility === 'public' &&
  element.state === 'live' &&
  visibilityFor(comment.audience, input.mapping, input.capabilities) !== 'public' &&
  // what was public there from its birth is, by the mapping, for that audience here
  (element.origin === 'hub' || comment.audience !== input.mapping.public)

const takeIn = (theirs: SnapshotComment, input: CommentsInput, plan: CommentsPlan): void => {
  if (theirs.text.trim() === '') return
  if (theirs.visibility === 'unknown') {
    plan.holds.push({
      field: fieldOf(theirs.id),
      code: 'unknown-visibility',
      ...sayHold('comment-visibility'),
      value: null,
    })
    return
  }
  plan.toHub.push({
    change: 'add',
    from: theirs,
    audience: audienceFrom(theirs.visibility, input.mapping),
    body: readText(theirs.text, input.format, input.people),
  })
}

const compare = (
  theirs: SnapshotComment,
  element: Element,
  ours: HubComment | undefined,
  input: CommentsInput,
  plan: CommentsPlan,
  edited: Set<string>,
): void => {
  if (element.state === 'gone there') {
    comeBack(element, ours, plan)
    return
  }
  if (element.state !== 'live' || ours === undefined || ours.deleted) return
  compareVisibility(theirs, element, ours, input, plan)
  if (element.baseTool === null) {
    plan.elements.push({ elementId: element.elementId, set: { baseTool: theirs.text } })
    return
  }
  if (theirs.text === element.baseTool) return
  // never let an edit of a copy come home when our party may not even see the original any more
  if (!isSeenBy(ours.audience, input.party)) return
  const visibility = element.visibility ?? 'internal'
  const shown = element.origin === 'hub' ? ofOurs(ours, visibility, input) : ours.body
  const body = unattributed(
    patch({ tree: shown, shown: element.baseTool }, theirs.text, input.format, input.people),
    ours.author,
  )
  const oursChanged =
    element.baseHub !== null &&
    element.baseHub !==
      commentFingerprint(ours, visibilityFor(ours.audience, input.mapping, input.capabilities))
  edited.add(ours.id)
  if (!oursChanged) {
    plan.toHub.push({ change: 'edit', elementId: element.elementId, body, shown: theirs.text })
    return
  }
  const base: RichText = readText(element.baseTool, input.format, input.people)
  const merged = mergeText(base, ours.body, body)
  if ('merged' in merged)
    plan.toHub.push({ change: 'edit', elementId: element.elementId, body: merged.merged, shown: theirs.text })
  else
    plan.conflicts.push({
      field: fieldOf(ours.id),
      base: element.baseTool,
      hub: ours.body,
      tool: theirs.text,
    })
}

/** It was missing there, and is there again: a deletion taken back, a backup, a listing that was not whole. */
const comeBack = (element: Element, ours: HubComment | undefined, plan: CommentsPlan): void => {
  plan.elements.push({ elementId: element.elementId, set: { state: 'live' } })
  if (element.origin === 'tool' && ours?.deleted)
    plan.toHub.push({ change: 'restore', elementId: element.elementId })
}

const compareVisibility = (
  theirs: SnapshotComment,
  element: Element,
  ours: HubComment,
  input: CommentsInput,
  plan: CommentsPlan,
): void => {
  if (
    theirs.visibility === element.visibility ||
    theirs.visibility === 'unknown' ||
    element.visibility === null
  )
    return
  if (element.origin === 'tool') {
    plan.toHub.push({
      change: 'audience',
      elementId: element.elementId,
      audience: audienceFrom(theirs.visibility, input.mapping),
      visibility: theirs.visibility,
    })
    return
  }
  if (theirs.visibility === 'internal') {
    plan.elements.push({ elementId: element.elementId, set: { visibility: 'internal' } })
    return
  }
  plan.holds.push({
    field: fieldOf(ours.id),
    code: 'audience-widened-there',
    ...sayHold('comment-widened', { audience: ours.audience }),
    value: null,
  })
}

const findVanished = (input: CommentsInput, plan: CommentsPlan): void => {
  const there = new Set(input.tool?.map((comment) => comment.id))
  for (const element of input.elements) {
    if (element.state !== 'live' || element.remoteId === null || there.has(element.remoteId)) continue
    plan.elements.push({ elementId: element.elementId, set: { state: 'gone there' } })
    if (element.origin === 'tool') plan.toHub.push({ change: 'delete', elementId: element.elementId })
  }
}

const sendOut = (
  comment: HubComment,
  element: Element | undefined,
  input: CommentsInput,
  plan: CommentsPlan,
): void => {
  const visibility = visibilityFor(comment.audience, input.mapping, input.capabilities)
  const meant = !comment.deleted && isSeenBy(comment.audience, input.party) && visibility !== null
  if (element === undefined || element.state === 'withdrawn') {
    // withdrawn and meant again: a new copy; not meant: what still stands there, or is back, goes too
    if (meant) plan.toTool.push(adding(comment, visibility, input, false))
    else if (element !== undefined && input.tool !== null) withdraw(comment, element, input, plan)
    return
  }
  if (element.state !== 'live' || element.remoteId === null) return
  const now = commentFingerprint(comment, visibility)
  if (!meant) {
    if (element.origin === 'hub') withdraw(comment, element, input, plan)
    return
  }
  if (isTooWide(comment, element, input)) {
    change(comment, element, visibility, now, input, plan)
    return
  }
  if (element.baseHub === now) return
  if (element.baseHub === null) {
    plan.elements.push({ elementId: element.elementId, set: { baseHub: now } })
    return
  }
  change(comment, element, visibility, now, input, plan)
}

const planned = (
  operation: Operation,
  comment: HubComment,
  baseHub: string,
  more: { amends?: boolean; withdraws?: boolean } = {},
): PlannedOperation => ({
  operation,
  fields: [],
  status: null,
  element: { id: comment.id, baseHub, amends: more.amends ?? false, withdraws: more.withdraws ?? false },
  link: null,
})

const adding = (
  comment: HubComment,
  visibility: 'public' | 'internal',
  input: CommentsInput,
  amends: boolean,
): PlannedOperation => {
  return planned(
    {
      op: 'comment.add',
      ref: input.ref,
      visibility,
      text: addedText(comment, visibility, amends, input),
    },
    comment,
    commentFingerprint(comment, visibility),
    { amends },
  )
}

const change = (
  comment: HubComment,
  element: Element,
  visibility: 'public' | 'internal',
  now: string,
  input: CommentsInput,
  plan: CommentsPlan,
): void => {
  const remoteId = element.remoteId
  if (remoteId === null) return
  if (element.visibility !== null && element.visibility !== visibility) {
    // the original is not ours to take away, nor may words meant for fewer people be put in its place
    if (element.origin === 'tool') {
      plan.holds.push(keptThere(comment, element.visibility))
      return
    }
    // no tool changes a comment's visibility alike: the old copy goes, a new one is made
    withdraw(comment, element, input, plan)
    return
  }
  if (input.capabilities.comments.edit) {
    plan.toTool.push(
      planned(
        {
          op: 'comment.edit',
          ref: input.ref,
          commentId: remoteId,
          text: textThere(comment, element, visibility, input),
        },
        comment,
        now,
      ),
    )
    return
  }
  plan.toTool.push(adding(comment, visibility, input, true))
}

const keptThere = (comment: HubComment, visibility: 'public' | 'internal'): Hold => ({
  field: fieldOf(comment.id),
  code: visibility === 'public' ? 'cannot-withdraw' : 'cannot-write',
  ...sayHold(visibility === 'public' ? 'comment-stays-public' : 'comment-stays-internal', {
    audience: comment.audience,
  }),
  value: null,
})

const WITHDRAWN = '(withdrawn)'

const withdraw = (comment: HubComment, element: Element, input: CommentsInput, plan: CommentsPlan): void => {
  const remoteId = element.remoteId
  // what we did not make is never taken away
  if (remoteId === null || element.origin !== 'hub') return
  const there = input.tool === null ? null : new Map(input.tool.map((one) => [one.id, one.text]))
  const ids = [remoteId, ...element.remoteExtra].filter(
    (id) => there === null || (there.get(id) ?? WITHDRAWN) !== WITHDRAWN,
  )
  if (ids.length === 0) {
    if (element.state === 'live')
      plan.elements.push({ elementId: element.elementId, set: { state: 'withdrawn' } })
    return
  }
  const { comments } = input.capabilities
  if (comments.delete) {
    for (const id of ids) {
      plan.toTool.push(
        planned({ op: 'comment.delete', ref: input.ref, commentId: id }, comment, 'withdrawn', {
          withdraws: true,
        }),
      )
    }
    return
  }
  if (comments.edit) {
    for (const id of ids) {
      plan.toTool.push(
        planned(
          { op: 'comment.edit', ref: input.ref, commentId: id, text: WITHDRAWN },
          comment,
          'withdrawn',
          { withdraws: true },
        ),
      )
    }
    return
  }
  plan.holds.push({
    field: fieldOf(comment.id),
    code: 'cannot-withdraw',
    ...sayHold('comment-cannot-withdraw'),
    value: null,
  })
}
