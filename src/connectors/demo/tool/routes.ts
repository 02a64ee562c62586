import type { Result } from '../../../lib/result.ts'
import type { ToolFields, Visibility } from '../../../sync/snapshot.ts'
import { oneChunk, patternBytes, takeIn } from './bytes.ts'
import { fieldsOf, optionsOf, refuse } from './field-check.ts'
import { overwrittenSince } from './history.ts'
import type { DemoItem, Refusal } from './model.ts'
import { presentItem, presentUser } from './present.ts'
import { type Actor, indexedItems, reachedItem, type ToolState, toolTime } from './state.ts'
import * as writes from './writes.ts'

/**
 * The tool's API, one function a route:
 *
 *     GET    /api/about            GET  /api/description
 *     GET    /api/items?order=updated&since=&after=&limit=   (or order=made&after=, or marker=&since=)
 *     GET    /api/items/:id        POST /api/items        PATCH /api/items/:id      POST /api/items/:id/transition
 *     GET    /api/items/:id/overwritten?since=&fields=    (fields as JSON)
 *     POST   /api/items/:id/comments                      PATCH, DELETE /api/items/:id/comments/:comment
 *     POST   /api/items/:id/attachments?name=&mediaType=&visibility=   (the body is the file)
 *     GET, DELETE /api/items/:id/attachments/:attachment  POST, DELETE /api/items/:id/links
 */

export interface ToolRequest {
  readonly method: string
  /** Without the query. */
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly json: unknown
  readonly body: AsyncIterable<Uint8Array> | null
}

export interface RouteAnswer {
  readonly status: number
  readonly json: unknown
  readonly file?: { readonly size: number; readonly stream: AsyncIterable<Uint8Array> }
}

export interface Routed {
  readonly op: string
  readonly write: boolean
  /** Lists without `comments` or `attachments` where a fault says so. */
  readonly run: (without: readonly ('comments' | 'attachments')[]) => Promise<RouteAnswer>
}

// Larger files keep their size and hash only: what a test compares.
const KEEP_BYTES_UP_TO = 16 * 1024 * 1024

export const route = (state: ToolState, request: ToolRequest): Routed | null => {
  const [api, noun, id, part, element, more] = request.path.split('/').slice(1).map(decoded)
  if (api !== 'api' || more !== undefined) return null
  const actor: Actor = { who: state.account.id, via: 'api', key: request.headers['idempotency-key'] ?? null }
  const body = record(request.json)
  const { method } = request
  const read = (op: string, run: Routed['run']): Routed => ({ op, write: false, run })

  if (noun === 'about' && method === 'GET') return read('about', async () => fine(about(state)))
  if (noun === 'description' && method === 'GET')
    return read('describe', async () => fine(description(state)))
  if (noun !== 'items') return null
  if (id === undefined) {
    if (method === 'GET') return read('list', async (without) => fine(listing(state, request.query, without)))
    return method === 'POST' ? writing(state, 'create', actor, null, () => created(state, actor, body)) : null
  }

  const onItem = (
    op: string,
    run: (item: DemoItem) => Promise<Written> | Written,
    overwrote: () => ToolFields = () => ({}),
  ): Routed =>
    writing(
      state,
      op,
      actor,
      id,
      () => {
        const item = reachedItem(state, id)
        return item === undefined ? refuse(404, 'There is no such item.') : run(item)
      },
      overwrote,
    )
  const since = body['since'] ?? body['version']

  if (part === undefined) {
    if (method === 'GET') return read('get', async (without) => shown(state, id, without))
    return method === 'PATCH'
      ? onItem(
          'update',
          (item) => updated(state, actor, item, body),
          () => overwrittenSince(state, id, since, record(body['fields'])),
        )
      : null
  }
  if (part === 'transition' && method === 'POST') {
    const fields = { ...record(body['fields']), status: text(body['to']) }
    return onItem(
      'transition',
      (item) => writes.updateItem(state, actor, item, fields, { op: 'transition' }),
      () => overwrittenSince(state, id, since, fields),
    )
  }
  if (part === 'overwritten' && method === 'GET')
    return read('overwritten', async () =>
      fine({
        overwrote: overwrittenSince(state, id, request.query['since'], parsed(request.query['fields'])),
      }),
    )
  if (part === 'comments') {
    if (element === undefined && method === 'POST')
      return onItem('comment.add', (item) =>
        writes.addComment(state, actor, item, {
          text: text(body['text']),
          visibility: visibility(body['visibility']),
        }),
      )
    if (element !== undefined && method === 'PATCH')
      return onItem('comment.edit', (item) =>
        writes.editComment(state, actor, item, element, { text: text(body['text']) }),
      )
    if (element !== undefined && method === 'DELETE')
      return onItem('comment.delete', (item) => writes.deleteComment(state, actor, item, element))
  }
  if (part === 'attachments') {
    if (element === undefined && method === 'POST')
      return onItem('attach', (item) => attached(state, actor, item, request))
    if (element !== undefined && method === 'DELETE')
      return onItem('detach', (item) => writes.detach(state, actor, item, element))
    if (element !== undefined && method === 'GET')
      return read('download', async () => download(state, id, element))
  }
  if (part === 'links' && method === 'POST')
    return onItem('link.add', (item) =>
      writes.addLink(state, actor, item, { url: text(body['url']), title: text(body['title']) }),
    )
  if (part === 'links' && method === 'DELETE')
    return onItem('link.remove', (item) => writes.removeLink(state, actor, item, request.query['url'] ?? ''))
  return null
}

type Written = Result<writes.Written, Refusal>

/** A write; an answer already given for the same idempotency key is given again, where the tool honours keys. */
const writing = (
  state: ToolState,
  op: string,
  actor: Actor,
  itemId: string | null,
  run: () => Promise<Written> | Written,
  overwrote: () => ToolFields = () => ({}),
): Routed => ({
  op,
  write: true,
  run: async () => {
    const remembered =
      state.setup.traits.idempotency === 'key' && actor.key !== null
        ? `${op} ${itemId ?? ''} ${actor.key}`
        : null
    const known = remembered === null ? undefined : state.answered.get(remembered)
    if (known !== undefined) return known
    const outcome = await run()
    if (!outcome.ok)
      return {
        status: outcome.error.status,
        json: { error: outcome.error.error, field: outcome.error.field },
      }
    const { item, elementId } = outcome.value
    const json = {
      id: item.id,
      element: elementId,
      item: state.setup.traits.answersWithItem ? presentItem(state, item) : null,
      overwrote: overwrote(),
    }
    const answer = { status: op === 'create' ? 201 : 200, json }
    if (remembered !== null) state.answered.set(remembered, answer)
    return answer
  },
})

const created = (state: ToolState, actor: Actor, body: Record<string, unknown>): Written =>
  writes.createItem(state, actor, {
    container: text(body['container']),
    fields: record(body['fields']),
    marker: typeof body['marker'] === 'string' ? body['marker'] : null,
  })

const updated = (state: ToolState, actor: Actor, item: DemoItem, body: Record<string, unknown>): Written => {
  const since = body['version']
  if (state.setup.traits.checksVersions && typeof since === 'string' && since !== String(item.version))
    return refuse(409, `The item is at version ${item.version}, not ${since}.`)
  return writes.updateItem(state, actor, item, record(body['fields']))
}

const attached = async (
  state: ToolState,
  actor: Actor,
  item: DemoItem,
  request: ToolRequest,
): Promise<Written> => {
  const { name = '', mediaType = 'application/octet-stream', size } = request.query
  const taken = await takeIn(request.body ?? oneChunk(new Uint8Array()), KEEP_BYTES_UP_TO)
  if (size !== undefined && Number(size) !== taken.size)
    return refuse(400, `The file has ${taken.size} bytes, not ${size}.`)
  if (taken.bytes !== null) state.blobs.set(taken.sha256, taken.bytes)
  const present = state.items.get(item.id) ?? item
  return writes.attach(state, actor, present, {
    name,
    mediaType,
    size: taken.size,
    sha256: taken.sha256,
    pattern: null,
    visibility: visibility(request.query['visibility']),
  })
}

const shown = (state: ToolState, id: string, without: readonly string[]): RouteAnswer => {
  const item = reachedItem(state, id)
  if (item !== undefined) return fine({ item: presentItem(state, item, without) })
  // a tool that hides deletions answers as if we might not see the item
  const isHidden = state.items.get(id)?.deleted === true && !state.setup.traits.deletionsSeen
  return isHidden ? { status: 403, json: { error: 'Not for you.', field: null } } : missing
}

const download = (state: ToolState, id: string, attachmentId: string): RouteAnswer => {
  const found = reachedItem(state, id)?.attachments.find((one) => one.id === attachmentId)
  if (found === undefined) return missing
  if (found.pattern !== null)
    return { status: 200, json: null, file: { size: found.size, stream: patternBytes(found.pattern) } }
  const bytes = state.blobs.get(found.sha256 ?? '')
  return bytes === undefined
    ? missing
    : { status: 200, json: null, file: { size: bytes.length, stream: oneChunk(bytes) } }
}

const listing = (
  state: ToolState,
  query: Readonly<Record<string, string>>,
  without: readonly string[],
): unknown => {
  const { order = 'made', since = '', marker } = query
  const after = query['after'] === undefined ? -1 : Number(query['after'])
  const limit = Math.min(
    Number(query['limit'] ?? state.setup.traits.pageSize) || 1,
    state.setup.traits.pageSize,
  )
  const all = indexedItems(state)
  // what keeps neither keys nor markers cannot be asked for one
  const keepsMarkers = state.setup.traits.idempotency !== 'none'
  const fitting =
    marker !== undefined
      ? all.filter((item) => keepsMarkers && item.marker === marker && item.createdAt >= since)
      : order === 'updated'
        ? all
            .filter((item) => item.updatedAt > since || (item.updatedAt === since && item.seq > after))
            .sort((a, b) => (a.updatedAt < b.updatedAt ? -1 : a.updatedAt > b.updatedAt ? 1 : a.seq - b.seq))
        : all.filter((item) => item.seq > after)
  const page = fitting.slice(0, limit)
  return {
    items: page.map((item) => presentItem(state, item, without)),
    more: fitting.length > page.length,
    time: toolTime(state),
  }
}

const about = (state: ToolState): unknown => ({
  tool: `Demo ${state.kind}`,
  version: '1.0',
  name: state.name,
  account: presentUser(state.account),
  time: toolTime(state),
})

const description = (state: ToolState): unknown => ({
  containers: state.setup.containers.map(({ id, title, types }) => ({ id, title, types })),
  fields: fieldsOf(state).map(({ field, kind }) => ({ field, kind, options: optionsOf(state, field) })),
  statuses: state.setup.statuses,
  transitions: state.setup.transitions?.map(({ from, to }) => ({ from, to })) ?? null,
  people: [...state.setup.users, state.account].map(presentUser),
})

const fine = (json: unknown): RouteAnswer => ({ status: 200, json })
const missing: RouteAnswer = { status: 404, json: { error: 'There is no such thing.', field: null } }

const record = (value: unknown): Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? { ...value } : {}
const parsed = (text: string | undefined): Record<string, unknown> => {
  try {
    return record(JSON.parse(text ?? ''))
  } catch {
    return {}
  }
}
const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const visibility = (value: unknown): Visibility =>
  value === 'internal' ? 'internal' : value === 'unknown' ? 'unknown' : 'public'
const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
