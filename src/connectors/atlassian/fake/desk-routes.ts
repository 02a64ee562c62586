import { fileIn } from './multipart.ts'
import { shownUser } from './present.ts'
import { type Call, type FakeAnswer, NOT_FOUND, shown, textsIn } from './routes.ts'
import { type FakeAttachment, type FakeIssue, live, US } from './state.ts'
import { addComment, addFile } from './writes.ts'

/** `/rest/servicedeskapi` of a pretended Jira, as far as the connector uses it. */

const page = (values: readonly unknown[]): FakeAnswer =>
  shown({ values, start: 0, limit: 50, size: values.length, isLastPage: true })

const shownFile = ({ id, filename }: FakeAttachment, base: string) => ({
  filename,
  _links: { jiraRest: `${base}/rest/api/2/attachment/${id}` },
})

const requestTypes = ({ state }: Call): FakeAnswer =>
  page(
    state.requestTypes.map(({ id, name, type }) => ({
      id: String(id),
      name,
      issueTypeId: String(state.types.find((each) => each.name === type)?.id ?? 0),
    })),
  )

/** Nobody sees a file here before a request takes it. */
const upload = ({ state, request, nowMs }: Call): FakeAnswer => {
  if (request.headers['x-atlassian-token'] !== 'no-check')
    return { status: 403, bytes: Buffer.from('XSRF check failed') }
  const file = fileIn(request.body, String(request.headers['content-type'] ?? ''))
  if (file === null) return { status: 400, json: { errorMessage: 'no file was sent' } }
  state.last.element += 1
  const id = `temp${state.last.element}`
  state.temporary.set(id, { ...file, id: 0, authorId: US, createdMs: nowMs })
  const temporaryAttachments = [{ temporaryAttachmentId: id, fileName: file.filename }]
  return { status: 201, json: { temporaryAttachments } }
}

/** The comment that carries files has no words. */
const carrier = (cloud: boolean, names: readonly string[]): unknown =>
  cloud
    ? {
        type: 'doc',
        version: 1,
        content: names.map((name) => ({
          type: 'mediaGroup',
          content: [{ type: 'media', attrs: { type: 'file', id: name, collection: '' } }],
        })),
      }
    : names.map((name) => `[^${name}]`).join('\n')

const take = (call: Call, issue: FakeIssue): FakeAnswer => {
  const { state, params, nowMs, base } = call
  const files = textsIn(params['temporaryAttachmentIds']).map((id) => state.temporary.get(id))
  const made = files
    .filter((each) => each !== undefined)
    .map((each) => addFile(state, issue, each, US, nowMs))
  for (const id of textsIn(params['temporaryAttachmentIds'])) state.temporary.delete(id)
  const [first] = made
  if (first === undefined) return { status: 400, json: { errorMessage: 'no such temporary file' } }
  const internal = params['public'] !== true
  const body = {
    body: carrier(
      state.cloud,
      made.map((each) => each.filename),
    ),
    properties: [{ key: 'sd.public.comment', value: { internal } }],
  }
  addComment(
    state,
    issue,
    body,
    US,
    nowMs,
    made.map((each) => each.id),
  )
  const attachments = { values: made.map((each) => shownFile(each, base)), isLastPage: true }
  return { status: 201, json: { attachments }, wrote: { what: 'attachment', id: first.id } }
}

const comments = ({ state, base }: Call, issue: FakeIssue): FakeAnswer =>
  page(
    issue.comments.map((comment) => ({
      id: String(comment.id),
      public: !comment.isInternal,
      author: shownUser(state, comment.authorId),
      attachments: {
        values: issue.attachments
          .filter((each) => comment.attachmentIds.includes(each.id))
          .map((each) => shownFile(each, base)),
        isLastPage: true,
      },
    })),
  )

export const deskRoutes = (call: Call, path: string): FakeAnswer => {
  const { state, request } = call
  if (!state.desk) return NOT_FOUND
  const [, projectKey, what] = /^\/servicedesk\/([^/]+)\/(\w+)$/.exec(path) ?? []
  if (projectKey !== undefined) {
    if (!state.projects.some((each) => each.key === projectKey)) return NOT_FOUND
    if (what === 'requesttype') return requestTypes(call)
    if (what === 'attachTemporaryFile') return upload(call)
    return page(state.users.filter((each) => each.isCustomer).map(({ id }) => shownUser(state, id)))
  }
  const [, id, part] = /^\/request\/(\d+)\/(attachment|comment)$/.exec(path) ?? []
  const issue = id === undefined ? null : live(state, id)
  if (issue === null) return NOT_FOUND
  return part === 'attachment' && request.method === 'POST' ? take(call, issue) : comments(call, issue)
}
