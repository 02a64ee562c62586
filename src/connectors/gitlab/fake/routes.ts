import { issueLists } from './lists.ts'
import {
  shownHook,
  shownIssue,
  shownLink,
  shownMilestone,
  shownNote,
  shownProject,
  shownRelease,
  shownUser,
} from './show.ts'
import type { FakeIssue, FakeProject, FakeState, FakeUser } from './state.ts'
import { issueAt, mayRead, newId, userOf } from './state.ts'
import { addNote, addUpload, createIssue, moveIssue, type Params, Refused, updateIssue } from './write.ts'

/** GitLab's REST and the GraphQL questions of the connector: a request in, a status and a body out. */

export interface FakeRequest {
  readonly method: string
  /** As sent, still encoded. */
  readonly path: string
  readonly query: URLSearchParams
  readonly token: string
  readonly contentType: string
  readonly body: Uint8Array
}

export interface FakeAnswer {
  readonly status: number
  readonly json?: unknown
  readonly bytes?: Uint8Array
  readonly headers?: Readonly<Record<string, string>>
  /** What was written, for the ledger. */
  readonly wrote?: { readonly what: Write; readonly id: number }
}

export type Write =
  | 'issue'
  | 'issue update'
  | 'issue move'
  | 'note'
  | 'note edit'
  | 'note delete'
  | 'file note'
  | 'upload delete'
  | 'milestone update'
  | 'hook'

interface Call extends FakeRequest {
  readonly state: FakeState
  readonly who: FakeUser
  readonly params: Params
  readonly nowMs: number
  readonly base: string
}

const answered = (json: unknown, status = 200): FakeAnswer => ({ status, json })
const missing = (what: string): FakeAnswer => answered({ message: `404 ${what} Not Found` }, 404)
const forbidden: FakeAnswer = answered({ message: '403 Forbidden' }, 403)

const paged = <T>(
  rows: readonly T[],
  query: URLSearchParams,
  show: (row: T) => unknown = (row) => row,
): FakeAnswer => {
  const size = Math.min(Number(query.get('per_page') ?? 20), 100)
  const page = Number(query.get('page') ?? 1)
  const next = page * size < rows.length ? String(page + 1) : ''
  return {
    status: 200,
    json: rows.slice((page - 1) * size, page * size).map(show),
    headers: { 'x-page': String(page), 'x-per-page': String(size), 'x-next-page': next },
  }
}

const fileIn = ({
  body,
  contentType,
}: Call): { readonly name: string; readonly bytes: Uint8Array } | null => {
  const boundary = /boundary=([\w-]+)/.exec(contentType)?.[1]
  if (boundary === undefined) return null
  const raw = Buffer.from(body)
  const head = raw.indexOf('\r\n\r\n')
  const end = raw.lastIndexOf(`\r\n--${boundary}--`)
  const name = /filename="([^"]*)"/.exec(raw.subarray(0, head).toString('utf8'))?.[1]
  return name === undefined || head < 0 || end < 0 ? null : { name, bytes: raw.subarray(head + 4, end) }
}

// ---- issues -----------------------------------------------------------------------------------------------

const noteCalls = (call: Call, issue: FakeIssue, rest: readonly string[]): FakeAnswer => {
  const { state, who, base, nowMs, params, method } = call
  const shown = (note: FakeIssue['notes'][number]) => shownNote(state, base, issue, note)
  if (rest.length === 0 && method === 'GET') {
    const visible = issue.notes.filter((note) => !note.internal || who.accessLevel >= 15)
    return paged(visible.map(shown), call.query)
  }
  if (rest.length === 0) {
    const before = issue.state
    const note = addNote(state, issue, who, params, nowMs)
    if (note === null) {
      const commands_changes = { state_event: before === issue.state ? null : issue.state }
      return {
        ...answered({ commands_changes, summary: ['Done.'] }, 202),
        wrote: { what: 'note', id: issue.id },
      }
    }
    const what = /^\[.*\]\(\/uploads\/[^)]*\)$/.test(note.body) ? 'file note' : 'note'
    return { ...answered(shown(note), 201), wrote: { what, id: note.id } }
  }
  const note = issue.notes.find((each) => each.id === Number(rest[0]) && !each.system)
  if (note === undefined) return missing('Note')
  if (note.authorId !== who.id && who.accessLevel < 40) return forbidden
  if (method === 'DELETE') {
    issue.notes = issue.notes.filter((each) => each !== note)
    issue.updatedMs = nowMs
    return { status: 204, wrote: { what: 'note delete', id: note.id } }
  }
  Object.assign(note, { body: String(params['body'] ?? ''), updatedMs: nowMs })
  return { ...answered(shown(note)), wrote: { what: 'note edit', id: note.id } }
}

const issueCalls = (call: Call, project: FakeProject, rest: readonly string[]): FakeAnswer => {
  const { state, who, base, nowMs, params, method } = call
  const [number, part, ...more] = rest
  if (number === undefined) {
    if (method === 'GET') {
      const rows = issueLists(state, project, who, call.query)
      return paged(rows, call.query, (each) => shownIssue(state, base, each))
    }
    const issue = createIssue(state, project, params, who, nowMs)
    return { ...answered(shownIssue(state, base, issue), 201), wrote: { what: 'issue', id: issue.id } }
  }
  const issue = issueAt(state, project.id, Number(number))
  if (issue === undefined || !mayRead(who, issue)) return missing('Issue')
  if (part === 'notes') return noteCalls(call, issue, more)
  if (part === 'links')
    return answered(
      state.links
        .filter((link) => link.fromId === issue.id || link.toId === issue.id)
        .flatMap((link) => shownLink(state, base, link, issue)),
    )
  if (part === 'move') {
    const to = state.projects.find((each) => each.id === params['to_project_id'])
    if (to === undefined) return missing('Project')
    const moved = moveIssue(state, issue, to, who, nowMs)
    return { ...answered(shownIssue(state, base, moved), 201), wrote: { what: 'issue move', id: issue.id } }
  }
  if (method === 'GET') return answered(shownIssue(state, base, issue))
  if (Object.keys(params).length === 0) throw new Refused({ error: 'title, description, … are missing' })
  updateIssue(state, project, issue, params, nowMs)
  return { ...answered(shownIssue(state, base, issue)), wrote: { what: 'issue update', id: issue.id } }
}

// ---- what a project holds beside ------------------------------------------------------------------------

const milestoneCalls = (call: Call, project: FakeProject, rest: readonly string[]): FakeAnswer => {
  const { state, base, params, nowMs, method } = call
  const own = state.milestones.filter((each) => each.projectId === project.id)
  if (rest.length === 0)
    return paged(
      own.map((each) => shownMilestone(state, base, each)),
      call.query,
    )
  const milestone = own.find((each) => each.id === Number(rest[0]))
  if (milestone === undefined) return missing('Milestone')
  if (method === 'GET') return answered(shownMilestone(state, base, milestone))
  const next = { ...milestone, updatedMs: nowMs }
  if ('title' in params) next.title = String(params['title'])
  if ('description' in params) next.description = String(params['description'])
  if ('due_date' in params) next.dueDate = params['due_date'] === '' ? null : String(params['due_date'])
  if (params['state_event'] === 'close') next.state = 'closed'
  if (params['state_event'] === 'activate') next.state = 'active'
  if (next.title === '') throw new Refused({ message: { title: ["can't be blank"] } })
  Object.assign(milestone, next)
  return {
    ...answered(shownMilestone(state, base, milestone)),
    wrote: { what: 'milestone update', id: milestone.id },
  }
}

const uploadCalls = (call: Call, project: FakeProject, rest: readonly string[]): FakeAnswer => {
  const { state, who, method } = call
  if (rest.length === 0) {
    const file = fileIn(call)
    if (file === null) throw new Refused({ error: 'file is invalid' })
    const upload = addUpload(state, project, file.name, file.bytes)
    const url = `/uploads/${upload.secret}/${upload.filename}`
    const full_path = `/-/project/${project.id}${url}`
    return answered(
      { id: newId(state), alt: file.name, url, full_path, markdown: `[${file.name}](${url})` },
      201,
    )
  }
  const at = state.uploads.findIndex(
    (each) => each.projectId === project.id && each.secret === rest[0] && each.filename === rest[1],
  )
  const upload = state.uploads[at]
  if (upload === undefined) return missing('Upload')
  if (method === 'GET')
    return { status: 200, bytes: upload.bytes, headers: { 'content-type': 'application/octet-stream' } }
  if (who.accessLevel < 40) return forbidden
  state.uploads.splice(at, 1)
  return { status: 204, wrote: { what: 'upload delete', id: project.id } }
}

const hookCalls = (call: Call, project: FakeProject, rest: readonly string[]): FakeAnswer => {
  const { state, who, params, nowMs, method } = call
  if (who.accessLevel < 40) return forbidden
  const own = state.hooks.filter((each) => each.projectId === project.id)
  const settings = state.signs ? params : without(params, 'signing_token')
  if (rest.length === 0 && method === 'GET')
    return paged(
      own.map((each) => shownHook(state, each, nowMs)),
      call.query,
    )
  if (rest.length === 0) {
    const hook = { id: newId(state), projectId: project.id, settings, failures: 0, answersWell: true }
    state.hooks.push(hook)
    return { ...answered(shownHook(state, hook, nowMs), 201), wrote: { what: 'hook', id: hook.id } }
  }
  const hook = own.find((each) => each.id === Number(rest[0]))
  if (hook === undefined) return missing('Hook')
  if (rest[1] === 'test') {
    if (hook.answersWell) hook.failures = 0
    return hook.answersWell ? answered({ message: '201 Created' }, 201) : answered({ message: 'failed' }, 422)
  }
  if (method === 'GET') return answered(shownHook(state, hook, nowMs))
  if (method === 'DELETE') {
    state.hooks.splice(state.hooks.indexOf(hook), 1)
    return { status: 204, wrote: { what: 'hook', id: hook.id } }
  }
  hook.settings = { ...hook.settings, ...settings }
  return { ...answered(shownHook(state, hook, nowMs)), wrote: { what: 'hook', id: hook.id } }
}

const without = (params: Params, name: string): Params =>
  Object.fromEntries(Object.entries(params).filter(([key]) => key !== name))

const projectCalls = (call: Call, key: string, rest: readonly string[]): FakeAnswer => {
  const { state, who, base } = call
  const project = state.projects.find((each) => String(each.id) === key || each.path === key)
  if (project === undefined || project.hidden) return missing('Project')
  const [part, ...more] = rest
  const members = state.users.filter((each) => each.accessLevel > 0)
  switch (part) {
    case undefined:
      return answered(shownProject(base, project, who))
    case 'issues':
      return issueCalls(call, project, more)
    case 'labels':
      return paged(
        project.labels.map((name, at) => ({ id: at + 1, name, color: '#428BCA' })),
        call.query,
      )
    case 'milestones':
      return milestoneCalls(call, project, more)
    case 'releases': {
      const own = state.releases.filter((each) => each.projectId === project.id)
      const shown = own.filter((each) => more[0] === undefined || each.tag === more[0])
      if (more[0] === undefined)
        return paged(
          shown.map((each) => shownRelease(state, base, each)),
          call.query,
        )
      return shown[0] === undefined ? missing('Release') : answered(shownRelease(state, base, shown[0]))
    }
    case 'members': {
      const found = members.filter((each) => more[1] === undefined || String(each.id) === more[1])
      if (more[1] === undefined)
        return paged(
          found.map((each) => memberOf(base, each)),
          call.query,
        )
      return found[0] === undefined ? missing('Not found') : answered(memberOf(base, found[0]))
    }
    case 'uploads':
      return uploadCalls(call, project, more)
    case 'hooks':
      return hookCalls(call, project, more)
    default:
      return answered({ error: '404 Not Found' }, 404)
  }
}

const memberOf = (base: string, user: FakeUser) => ({
  ...shownUser(base, user),
  access_level: user.accessLevel,
})

// ---- GraphQL ----------------------------------------------------------------------------------------------

const gidNumber = (gid: unknown): number => Number(/\/(\d+)$/.exec(String(gid))?.[1] ?? 0)

const graphql = ({ state, who, params }: Call): FakeAnswer => {
  const query = String(params['query'] ?? '')
  const variables = (params['variables'] ?? {}) as Params
  if (query.includes('publicEmail')) {
    const ids = Array.isArray(variables['ids']) ? variables['ids'].map(gidNumber) : []
    const nodes = ids.flatMap((id) => {
      const user = userOf(state, id)
      return user === undefined ? [] : [{ id: `gid://gitlab/User/${id}`, publicEmail: user.publicEmail }]
    })
    return answered({ data: { users: { nodes } } })
  }
  if (query.includes('externalAuthor')) {
    const issue = state.issues.get(gidNumber(variables['id']))
    const nodes = (issue?.notes ?? []).map((note) => ({
      id: `gid://gitlab/Note/${note.id}`,
      externalAuthor: note.external,
    }))
    return answered({ data: { issue: issue === undefined ? null : { notes: { nodes } } } })
  }
  const asked = [...query.matchAll(/(i\d+): issue\(id: "gid:\/\/gitlab\/Issue\/(\d+)"\)/g)]
  const data = asked.map(([, name = '', id]) => {
    const issue = state.issues.get(Number(id))
    const project = state.projects.find((each) => each.id === issue?.projectId)
    const isOpen = issue !== undefined && project?.hidden === false && mayRead(who, issue)
    return [name, isOpen ? { iid: String(issue.iid), projectId: issue.projectId } : null]
  })
  return answered({ data: Object.fromEntries(data) })
}

// ---- everything -------------------------------------------------------------------------------------------

const paramsIn = ({ body, contentType }: FakeRequest): Params => {
  if (!contentType.includes('json') || body.length === 0) return {}
  const parsed: unknown = JSON.parse(Buffer.from(body).toString('utf8'))
  return parsed !== null && typeof parsed === 'object' && !Array.isArray(parsed) ? (parsed as Params) : {}
}

const routed = (call: Call): FakeAnswer => {
  if (call.path === '/api/graphql') return graphql(call)
  const parts = call.path.split('/').slice(1).map(decodeURIComponent)
  if (parts[0] !== 'api' || parts[1] !== 'v4') return answered({ error: '404 Not Found' }, 404)
  const [, , what, key, ...rest] = parts
  if (what === 'user') return answered({ ...shownUser(call.base, call.who), email: 'bot@noreply.example' })
  if (what === 'metadata') return answered({ version: '18.5.0-ee', revision: 'abc', enterprise: true })
  if (what === 'personal_access_tokens') return answered({ id: 1, scopes: ['api'], expires_at: '2027-01-01' })
  if (what === 'projects' && key !== undefined) return projectCalls(call, key, rest)
  return answered({ error: '404 Not Found' }, 404)
}

export const answer = (state: FakeState, request: FakeRequest, nowMs: number, base: string): FakeAnswer => {
  const who = state.users.find((each) => each.token === request.token)
  if (who === undefined) return answered({ message: '401 Unauthorized' }, 401)
  try {
    return routed({ ...request, state, who, params: paramsIn(request), nowMs, base })
  } catch (error) {
    if (error instanceof Refused) return answered(error.body, 400)
    throw error
  }
}
