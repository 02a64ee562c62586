import { fileIn } from './multipart.ts'
import { shownAttachment, shownComment, shownIssue } from './present.ts'
import { type Call, type FakeAnswer, NOT_FOUND, refused, shown, textsIn } from './routes.ts'
import { type FakeIssue, live, US } from './state.ts'
import { addComment, addFile, createIssue, paramsAt, touch, transitionIssue, updateIssue } from './writes.ts'

/** The calls about one issue, and about files. */

const NOTHING: FakeAnswer = { status: 204 }

const create = ({ state, params, nowMs, base }: Call): FakeAnswer => {
  const made = createIssue(state, params, US, nowMs)
  if (!made.ok) return refused(made.errors)
  const { id, projectKey, number } = made.value
  const json = { id: String(id), key: `${projectKey}-${number}`, self: `${base}/issue/${id}` }
  return { status: 201, json, wrote: { what: 'issue', id } }
}

const whole = ({ state, request, base }: Call, issue: FakeIssue): FakeAnswer =>
  shown(
    shownIssue(state, issue, base, {
      fields: textsIn(request.query.get('fields') ?? '*all'),
      expand: textsIn(request.query.get('expand') ?? ''),
      properties: textsIn(request.query.get('properties') ?? '').filter((each) => each !== ''),
    }),
  )

const comments = (call: Call, issue: FakeIssue, id: string): FakeAnswer => {
  const { state, request, params, nowMs } = call
  const withProperties = request.query.get('expand') === 'properties'
  if (id === '') {
    if (request.method === 'POST') {
      const made = addComment(state, issue, params, US, nowMs)
      if (!made.ok) return refused(made.errors)
      const json = shownComment(state, made.value, withProperties)
      return { status: 201, json, wrote: { what: 'comment', id: made.value.id } }
    }
    const startAt = Number(request.query.get('startAt') ?? 0)
    const maxResults = Math.min(Number(request.query.get('maxResults') ?? 50), 100)
    const rows = issue.comments.slice(startAt, startAt + maxResults)
    return shown({
      comments: rows.map((each) => shownComment(state, each, withProperties)),
      startAt,
      maxResults,
      total: issue.comments.length,
    })
  }
  const comment = issue.comments.find((each) => String(each.id) === id)
  if (comment === undefined)
    return { status: 404, json: { errorMessages: [`Can not find a comment for the id: ${id}.`], errors: {} } }
  if (request.method === 'GET') return shown(shownComment(state, comment, withProperties))
  if (request.method === 'DELETE') {
    issue.comments = issue.comments.filter((each) => each !== comment)
    touch(state, issue, nowMs)
    return { ...NOTHING, wrote: { what: 'comment delete', id: comment.id } }
  }
  comment.body = params['body']
  comment.updatedMs = nowMs
  // what is not said again is taken away
  const { value, type } = paramsAt(params, 'visibility')
  comment.visibility = value === undefined ? null : { type: String(type ?? 'role'), value: String(value) }
  touch(state, issue, nowMs)
  const json = shownComment(state, comment, withProperties)
  return { status: 200, json, wrote: { what: 'comment edit', id: comment.id } }
}

const links = (call: Call, issue: FakeIssue): FakeAnswer => {
  const { state, request, params, base } = call
  if (request.method === 'GET')
    return shown(
      issue.remoteLinks.map(({ id, globalId, url, title }) => ({
        id,
        self: `${base}/remotelink/${id}`,
        ...(globalId === null ? {} : { globalId }),
        object: { url, title },
      })),
    )
  if (request.method === 'DELETE') {
    const globalId = request.query.get('globalId')
    const own = issue.remoteLinks.find((each) => each.globalId === globalId)
    if (own === undefined) return NOT_FOUND
    issue.remoteLinks = issue.remoteLinks.filter((each) => each !== own)
    return { ...NOTHING, wrote: { what: 'link delete', id: own.id } }
  }
  const { url, title } = paramsAt(params, 'object')
  const globalId = typeof params['globalId'] === 'string' ? params['globalId'] : null
  const own = issue.remoteLinks.find((each) => globalId !== null && each.globalId === globalId)
  state.last.element += own === undefined ? 1 : 0
  const link = { id: own?.id ?? state.last.element, globalId, url: String(url), title: String(title) }
  issue.remoteLinks = [...issue.remoteLinks.filter((each) => each !== own), link]
  const json = { id: link.id, self: `${base}/remotelink/${link.id}` }
  return { status: own === undefined ? 201 : 200, json, wrote: { what: 'link', id: link.id } }
}

const upload = (call: Call, issue: FakeIssue): FakeAnswer => {
  const { state, request, nowMs, base } = call
  if (request.headers['x-atlassian-token'] !== 'no-check')
    return { status: 403, bytes: Buffer.from('XSRF check failed') }
  const file = fileIn(request.body, String(request.headers['content-type'] ?? ''))
  if (file === null) return refused({ file: 'no file was sent' })
  const made = addFile(state, issue, file, US, nowMs)
  return {
    status: 200,
    json: [shownAttachment(state, made, base)],
    wrote: { what: 'attachment', id: made.id },
  }
}

const transitions = (call: Call, issue: FakeIssue): FakeAnswer => {
  const done = transitionIssue(call.state, issue, call.params, US, call.nowMs)
  return done.ok ? { ...NOTHING, wrote: { what: 'transition', id: issue.id } } : refused(done.errors)
}

const edit = (call: Call, issue: FakeIssue): FakeAnswer => {
  const done = updateIssue(call.state, issue, paramsAt(call.params, 'fields'), US, call.nowMs)
  return done.ok ? { ...NOTHING, wrote: { what: 'issue update', id: issue.id } } : refused(done.errors)
}

// ---- files ---------------------------------------------------------------------------------------------------

const holding = (call: Call, id: string) => {
  for (const issue of call.state.issues.values())
    for (const attachment of issue.attachments)
      if (String(attachment.id) === id && !issue.isDeleted) return { issue, attachment }
  return null
}

const file = (call: Call, id: string, what: 'about' | 'content' | 'stored'): FakeAnswer => {
  const { state, request, nowMs, base } = call
  const found = holding(call, id)
  if (found === null) return NOT_FOUND
  const { issue, attachment } = found
  if (request.method === 'DELETE') {
    issue.attachments = issue.attachments.filter((each) => each !== attachment)
    touch(state, issue, nowMs)
    return { ...NOTHING, wrote: { what: 'attachment delete', id: attachment.id } }
  }
  if (what === 'about') return shown(shownAttachment(state, attachment, base))
  if (what === 'content' && request.query.get('redirect') !== 'false')
    return { status: 303, headers: { location: `${base}/stored/${id}` } }
  return { status: 200, bytes: attachment.bytes, headers: { 'content-type': attachment.mimeType } }
}

export const issueRoutes = (call: Call, path: string): FakeAnswer => {
  const { state, request } = call
  const [, fileId] = /^\/attachment\/(?:content\/)?([^/]+)$/.exec(path) ?? []
  if (fileId !== undefined) {
    const about = shownFile(call, fileId, path)
    if (about !== null) return about
  }
  const [, storedId] = /^\/(?:secure\/attachment|stored)\/(\d+)(?:\/.*)?$/.exec(path) ?? []
  if (storedId !== undefined) return file(call, storedId, 'stored')
  if (path === '/issue' && request.method === 'POST') return create(call)
  const [, id, rest = '', elementId = ''] = /^\/issue\/([^/]+)(?:\/(\w+)(?:\/([^/]+))?)?$/.exec(path) ?? []
  const issue = id === undefined ? null : live(state, decodeURIComponent(id))
  if (issue === null) return NOT_FOUND
  switch (rest) {
    case '':
      return request.method === 'GET' ? whole(call, issue) : edit(call, issue)
    case 'comment':
      return comments(call, issue, elementId)
    case 'remotelink':
      return links(call, issue)
    case 'transitions':
      return transitions(call, issue)
    case 'attachments':
      return upload(call, issue)
    default:
      return NOT_FOUND
  }
}

const shownFile = (call: Call, id: string, path: string): FakeAnswer | null => {
  if (!/^\d+$/.test(id)) return NOT_FOUND
  const isContent = path.includes('/content/')
  // Data Center has no such address
  if (isContent && !call.state.cloud) return NOT_FOUND
  return file(call, id, isContent ? 'content' : 'about')
}
