import { randomUUID } from 'node:crypto'
import {
  changed,
  type Handler,
  itemNamed,
  list,
  membersIn,
  missing,
  numberIn,
  ok,
  projectNamed,
} from './exchange.ts'
import { showSubscription } from './hooks.ts'
import { showComment, showNode, showUpdate } from './show.ts'
import { type FakeNode, INTEGRATION } from './state.ts'
import { Refused, touchComments } from './write.ts'

/** What hangs on work items, and what is beside them: comments, history, files, iterations, service hooks. */

export const commentsRoute: Handler = (world, request, [project, id]) => {
  projectNamed(world, project)
  const item = itemNamed(world, id)
  if (request.method === 'POST') {
    const text = String(membersIn(request)['text'] ?? '')
    world.state.last.comment += 1
    const at = world.nowMs
    const comment = {
      ...{ id: world.state.last.comment, text, format: 'html' as const, by: INTEGRATION },
      ...{ atMs: at, editedMs: at, isDeleted: false },
    }
    item.comments.push(comment)
    touchComments(world.state, item, INTEGRATION, at, text)
    return changed(
      item,
      'comment',
      String(comment.id),
      'workitem.commented',
      showComment(comment, item, world.base),
    )
  }
  const all = item.comments.filter((one) => !one.isDeleted)
  const skip = Number(request.query.get('continuationToken') ?? 0)
  const page = all.slice(skip, skip + Math.min(numberIn(request, '$top', 100), world.pageLimit))
  const next = skip + page.length
  return ok({
    totalCount: all.length,
    count: page.length,
    comments: page.map((one) => showComment(one, item, world.base)),
    ...(next < all.length ? { continuationToken: String(next) } : {}),
  })
}

export const commentRoute: Handler = (world, request, [project, id, commentId]) => {
  projectNamed(world, project)
  const item = itemNamed(world, id)
  const comment = item.comments.find((one) => one.id === Number(commentId) && !one.isDeleted)
  if (comment === undefined) return missing(`VS403471: Comment ${commentId} does not exist.`)
  if (comment.by.id !== INTEGRATION.id)
    throw new Refused({
      status: 403,
      typeKey: 'WorkItemUnauthorizedCommentException',
      message: 'VS403472: You may change your own comments only.',
    })
  if (request.method === 'DELETE') comment.isDeleted = true
  else {
    comment.text = String(membersIn(request)['text'] ?? '')
    comment.editedMs = world.nowMs
  }
  touchComments(world.state, item, INTEGRATION, world.nowMs, comment.text)
  const answer = changed(
    item,
    'comment edit',
    String(comment.id),
    'workitem.updated',
    showComment(comment, item, world.base),
  )
  return request.method === 'DELETE' && answer.wrote !== undefined
    ? { status: 200, wrote: answer.wrote }
    : answer
}

export const updatesRoute: Handler = (world, request, [id]) => {
  const item = itemNamed(world, id)
  const skip = numberIn(request, '$skip', 0)
  const shown = item.updates.map((update, index) => showUpdate(update, index, item, world.base))
  return list(shown.slice(skip, skip + numberIn(request, '$top', 200)))
}

export const uploadRoute: Handler = (world, request, [project]) => {
  projectNamed(world, project)
  const guid = randomUUID()
  const name = request.query.get('fileName') ?? 'file'
  const isChunked = request.query.get('uploadType') === 'chunked'
  world.state.uploads.set(guid, {
    name,
    expected: isChunked ? -1 : null,
    bytes: request.body,
    by: INTEGRATION,
    atMs: world.nowMs,
  })
  return ok({
    id: guid,
    url: `${world.base}/_apis/wit/attachments/${guid}?fileName=${encodeURIComponent(name)}`,
  })
}

export const pieceRoute: Handler = (world, request, [, guid = '']) => {
  const upload = world.state.uploads.get(guid) ?? missing('The attachment does not exist.')
  const range = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(String(request.headers['content-range'] ?? ''))
  if (
    range === null ||
    Number(range[1]) !== upload.bytes.length ||
    Number(range[2]) - Number(range[1]) + 1 !== request.body.length
  )
    throw new Refused({
      status: 400,
      typeKey: 'VssPropertyValidationException',
      message: 'The range does not follow.',
    })
  upload.bytes = Buffer.concat([upload.bytes, request.body])
  return ok({ id: guid, url: `${world.base}/_apis/wit/attachments/${guid}` })
}

export const downloadRoute: Handler = (world, _request, [guid = '']) => {
  const upload = world.state.uploads.get(guid) ?? missing('TF237064: The attachment does not exist.')
  return { status: 200, bytes: upload.bytes, headers: { 'content-type': 'application/octet-stream' } }
}

export const patchNode: Handler = (world, request, [project, path = '']) => {
  const { iterations } = projectNamed(world, project)
  let at: FakeNode | undefined = iterations
  for (const name of path.split('/').map(decodeURIComponent))
    at = at?.children.find((one) => one.name === name)
  if (at === undefined) return missing('VS402485: The iteration does not exist.')
  const { name, attributes } = membersIn(request)
  if (typeof name === 'string') at.name = name
  if (attributes !== undefined) at.attributes = attributes as FakeNode['attributes']
  return ok(showNode(at, 'iteration'), { what: 'update', id: at.identifier })
}

export const saveSubscription: Handler = (world, request, [id]) => {
  const { subscriptions } = world.state
  if (request.method === 'DELETE') {
    if (!subscriptions.delete(id ?? '')) return missing('The subscription does not exist.')
    return { status: 204, wrote: { what: 'hook', id: id ?? '' } }
  }
  const made = id ?? randomUUID()
  const subscription = { status: 'enabled', ...membersIn(request) }
  subscriptions.set(made, subscription)
  return ok(showSubscription(made, subscription), { what: 'hook', id: made })
}
