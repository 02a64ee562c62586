import { ok, type Result } from '../../../lib/result.ts'
import type { ToolField, ToolFields, ToolValue, Visibility } from '../../../sync/snapshot.ts'
import { checkedFields, checkedMove, optionsOf, refuse } from './field-check.ts'
import type { DemoAttachment, DemoItem, DemoLink, PatternBytes, Refusal } from './model.ts'
import { normaliseText } from './normalise.ts'
import { type Actor, commit, nextNumber, type ToolState, toolTime } from './state.ts'

/** Each change a person or a connection can make. Checks as a real tool would, then commits. */

export interface Written {
  readonly item: DemoItem
  /** Of the comment or attachment made. */
  readonly elementId: string | null
}
type Outcome = Result<Written, Refusal>

const written = (item: DemoItem, elementId: string | null = null): Outcome => ok({ item, elementId })

/** The value of fields that a write does not name stays; null is kept as null, never dropped. */
const changedOnly = (before: ToolFields, after: ToolFields) => {
  const was: Record<string, ToolValue> = {}
  const is: Record<string, ToolValue> = {}
  for (const [name, value] of Object.entries(after)) {
    was[name] = before[name as ToolField] ?? null
    is[name] = value ?? null
  }
  return { before: was, after: is }
}

export interface NewItem {
  readonly kind?: 'item' | 'release'
  readonly container: string
  readonly fields: Readonly<Record<string, unknown>>
  readonly marker?: string | null
}

export const createItem = (state: ToolState, actor: Actor, made: NewItem): Outcome => {
  const place = state.setup.containers.find((container) => container.id === made.container)
  if (place === undefined) return refuse(422, `There is no ${made.container.slice(0, 80)}.`, 'container')
  const kind = made.kind ?? 'item'
  const { status: wanted = null, container: _, ...rest } = made.fields
  const given = kind === 'release' ? ok(rest as ToolFields) : checkedFields(state, rest)
  if (!given.ok) return given
  if (typeof given.value.title !== 'string') return refuse(422, 'title: must not be empty', 'title')
  const type = given.value.type ?? place.types[0] ?? null
  if (kind === 'item' && !place.types.includes(String(type)))
    return refuse(422, `${String(type)} is not a type of ${place.id}`, 'type')
  const start = kind === 'release' ? (wanted ?? 'planned') : (state.setup.statuses[0]?.word ?? null)
  const seq = nextNumber(state, '')
  const fields: ToolFields = {
    ...(kind === 'item' ? { type } : {}),
    ...given.value,
    status: start as ToolValue,
    container: place.id,
  }
  const at = toolTime(state)
  const item: DemoItem = {
    id: state.newId(kind === 'release' ? 'release-' : ''),
    seq,
    kind,
    key:
      kind === 'release' ? String(given.value.title) : `${place.prefix}-${nextNumber(state, place.prefix)}`,
    container: place.id,
    fields,
    marker: made.marker ?? null,
    comments: [],
    attachments: [],
    links: [],
    createdBy: actor.who,
    createdAt: at,
    updatedAt: at,
    version: 0,
    deleted: false,
    mergedInto: null,
  }
  if (kind === 'item' && typeof wanted === 'string' && wanted !== start) {
    if (optionsOf(state, 'status')?.includes(wanted) !== true)
      return refuse(422, `${wanted} is not a status`, 'status')
    const refused = checkedMove(state, item, wanted, fields)
    if (refused !== null) return { ok: false, error: refused }
  }
  const final =
    kind === 'item' && typeof wanted === 'string' ? { ...item, fields: { ...fields, status: wanted } } : item
  return written(
    commit(state, final, actor, {
      op: 'create',
      before: null,
      after: { ...final.fields, marker: final.marker },
    }),
  )
}

/** `force` leaves the workflow aside, as an administrator can. */
export const updateItem = (
  state: ToolState,
  actor: Actor,
  item: DemoItem,
  raw: Readonly<Record<string, unknown>>,
  { op = 'update', force = false }: { op?: 'update' | 'transition'; force?: boolean } = {},
): Outcome => {
  const given = item.kind === 'release' ? ok(raw as ToolFields) : checkedFields(state, raw)
  if (!given.ok) return given
  const fields: ToolFields = { ...item.fields, ...given.value }
  const to = given.value.status
  if (typeof to === 'string' && !force) {
    const refused = checkedMove(state, item, to, fields)
    if (refused !== null) return { ok: false, error: refused }
  }
  const place = state.setup.containers.find((container) => container.id === fields.container)
  if (place === undefined) return refuse(422, 'container: must not be empty', 'container')
  if (item.kind === 'item' && !place.types.includes(String(fields.type)))
    return refuse(422, `${String(fields.type)} is not a type of ${place.id}`, 'type')
  const moves = item.kind === 'item' && place.id !== item.container
  const next: DemoItem = {
    ...item,
    fields,
    container: place.id,
    key: moves
      ? `${place.prefix}-${nextNumber(state, place.prefix)}`
      : item.kind === 'release'
        ? String(fields.title)
        : item.key,
  }
  return written(
    commit(state, next, actor, { op: moves ? 'move' : op, ...changedOnly(item.fields, given.value) }),
  )
}

export const addComment = (
  state: ToolState,
  actor: Actor,
  item: DemoItem,
  made: { readonly text: string; readonly visibility: Visibility; readonly at?: string },
): Outcome => {
  const { comments } = state.setup.traits
  if (made.visibility === 'internal' && !comments.internal)
    return refuse(422, 'There are no internal comments here.')
  if (made.visibility === 'public' && !comments.public)
    return refuse(422, 'There are no public comments here.')
  if (made.text.trim() === '') return refuse(422, 'A comment must not be empty.')
  const id = state.newId('c-')
  const text = normaliseText(state.setup.normalise, made.text)
  const comment = {
    id,
    author: actor.who,
    visibility: made.visibility,
    text,
    at: made.at ?? toolTime(state),
    editedAt: null,
  }
  // listed by time, as screens show them: a merge or an import can put one in the middle
  const all = [...item.comments, comment].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
  const change = {
    op: 'comment.add',
    before: null,
    after: { text, visibility: made.visibility },
    elementId: id,
  } as const
  return written(commit(state, { ...item, comments: all }, actor, change), id)
}

export const editComment = (
  state: ToolState,
  actor: Actor,
  item: DemoItem,
  commentId: string,
  patch: { readonly text?: string; readonly visibility?: Visibility },
): Outcome => {
  if (!state.setup.traits.comments.edit) return refuse(403, 'Comments cannot be changed here.')
  const comment = item.comments.find(({ id }) => id === commentId)
  if (comment === undefined) return refuse(404, 'There is no such comment.')
  const text = patch.text === undefined ? comment.text : normaliseText(state.setup.normalise, patch.text)
  const visibility = patch.visibility ?? comment.visibility
  const next = { ...comment, text, visibility, editedAt: toolTime(state) }
  const comments = item.comments.map((one) => (one.id === commentId ? next : one))
  return written(
    commit(state, { ...item, comments }, actor, {
      op: patch.text === undefined ? 'comment.visibility' : 'comment.edit',
      before: { text: comment.text, visibility: comment.visibility },
      after: { text, visibility },
      elementId: commentId,
    }),
    commentId,
  )
}

export const deleteComment = (state: ToolState, actor: Actor, item: DemoItem, commentId: string): Outcome => {
  if (!state.setup.traits.comments.delete) return refuse(403, 'Comments cannot be deleted here.')
  const comment = item.comments.find(({ id }) => id === commentId)
  if (comment === undefined) return refuse(404, 'There is no such comment.')
  const comments = item.comments.filter(({ id }) => id !== commentId)
  const change = {
    op: 'comment.delete',
    before: { text: comment.text },
    after: null,
    elementId: commentId,
  } as const
  return written(commit(state, { ...item, comments }, actor, change))
}

export interface NewAttachment {
  readonly name: string
  readonly mediaType: string
  readonly size: number
  readonly sha256: string | null
  readonly pattern: PatternBytes | null
  readonly visibility: Visibility
  readonly commentId?: string | null
}

/** The bytes themselves were taken in before. */
export const attach = (state: ToolState, actor: Actor, item: DemoItem, made: NewAttachment): Outcome => {
  if (made.size > state.setup.traits.attachments.maxBytes && actor.via === 'api')
    return refuse(422, 'The file is too large.')
  const id = state.newId('a-')
  const attachment: DemoAttachment = {
    ...made,
    id,
    author: actor.who,
    commentId: made.commentId ?? null,
    at: toolTime(state),
  }
  const after = { name: made.name, size: made.size, sha256: made.sha256, visibility: made.visibility }
  return written(
    commit(state, { ...item, attachments: [...item.attachments, attachment] }, actor, {
      op: 'attach',
      before: null,
      after,
      elementId: id,
    }),
    id,
  )
}

export const detach = (state: ToolState, actor: Actor, item: DemoItem, attachmentId: string): Outcome => {
  if (!state.setup.traits.attachments.delete && actor.via === 'api')
    return refuse(403, 'Files cannot be deleted here.')
  const gone = item.attachments.find(({ id }) => id === attachmentId)
  if (gone === undefined) return refuse(404, 'There is no such attachment.')
  const attachments = item.attachments.filter(({ id }) => id !== attachmentId)
  const change = { op: 'detach', before: { name: gone.name }, after: null, elementId: attachmentId } as const
  return written(commit(state, { ...item, attachments }, actor, change))
}

export const addLink = (state: ToolState, actor: Actor, item: DemoItem, link: DemoLink): Outcome => {
  if (!state.setup.traits.links) return refuse(422, 'Items hold no links here.')
  const had = item.links.find(({ url }) => url === link.url)
  const links = [...item.links.filter(({ url }) => url !== link.url), link]
  const before = had === undefined ? null : { url: had.url, title: had.title }
  return written(
    commit(state, { ...item, links }, actor, {
      op: 'link.add',
      before,
      after: { url: link.url, title: link.title },
    }),
  )
}

export const removeLink = (state: ToolState, actor: Actor, item: DemoItem, url: string): Outcome => {
  if (!state.setup.traits.links) return refuse(422, 'Items hold no links here.')
  const links = item.links.filter((link) => link.url !== url)
  const before = links.length === item.links.length ? null : { url }
  return written(commit(state, { ...item, links }, actor, { op: 'link.remove', before, after: null }))
}
