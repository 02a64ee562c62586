import { findIssues } from './query.ts'
import { shownIssue, shownVersion, shownWhole, visibleJournals } from './show.ts'
import type { FakeIssue, FakeProject, FakeState, FakeUser } from './state.ts'
import { may, nameOf } from './state.ts'
import {
  addUpload,
  createIssue,
  editNote,
  type Params,
  removeAttachment,
  updateIssue,
  updateVersion,
} from './write.ts'

/** Redmine's REST as far as the connector uses it: a request in, a status and a body out. 401, 403 and 404 are empty. */

export interface FakeRequest {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
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
  | 'note'
  | 'note edit'
  | 'attachment'
  | 'attachment delete'
  | 'issue delete'
  | 'version update'

interface Call {
  readonly state: FakeState
  readonly who: FakeUser
  readonly request: FakeRequest
  readonly params: Params
  readonly nowMs: number
  readonly base: string
}

const EMPTY = { 403: { status: 403 }, 404: { status: 404 }, 204: { status: 204 } } as const
const refused = (errors: readonly string[]): FakeAnswer => ({ status: 422, json: { errors } })
const memberOf = (params: Params, name: string): Params => {
  const value = params[name]
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Params) : {}
}

const paged = <T>(name: string, rows: readonly T[], query: URLSearchParams): FakeAnswer => {
  const limit = Math.min(Number(query.get('limit') ?? 25), 100)
  const offset = Number(query.get('offset') ?? 0)
  return {
    status: 200,
    json: { [name]: rows.slice(offset, offset + limit), total_count: rows.length, offset, limit },
  }
}

const projectOf = (state: FakeState, key: string): FakeProject | undefined =>
  state.projects.find((each) => each.identifier === key || String(each.id) === key)

const shownProject = (state: FakeState, project: FakeProject, include: string) => ({
  id: project.id,
  name: project.name,
  identifier: project.identifier,
  ...(include.includes('trackers') ? { trackers: state.trackers } : {}),
  ...(include.includes('issue_categories') ? { issue_categories: project.categories } : {}),
  // Fields "for all projects" are not listed with any.
  ...(include.includes('issue_custom_fields') ? { issue_custom_fields: [] } : {}),
})

const shownUser = (call: Call, user: FakeUser) => {
  const sees = call.who.isAdmin || call.who.id === user.id
  const roles = user.role === null ? [] : [{ id: user.role.id, name: user.role.name }]
  return {
    id: user.id,
    login: user.login,
    ...(sees ? { admin: user.isAdmin } : {}),
    firstname: user.firstname,
    lastname: user.lastname,
    // People hide their address by default.
    ...(call.who.isAdmin ? { mail: user.mail } : {}),
    ...(call.request.query.get('include') === 'memberships'
      ? {
          memberships:
            roles.length === 0
              ? []
              : call.state.projects.map(({ id, name }) => ({ id, project: { id, name }, roles })),
        }
      : {}),
  }
}

const listIssues = ({ state, request }: Call): FakeAnswer => {
  const found = findIssues(state, request.query)
  if (found === null) return refused(['Updated is invalid'])
  const { rows, total, offset, limit } = found
  return {
    status: 200,
    json: { issues: rows.map((each) => shownIssue(state, each)), total_count: total, offset, limit },
  }
}

const issueCall = (call: Call, issue: FakeIssue | undefined): FakeAnswer => {
  const { state, who, request, params, nowMs } = call
  if (issue === undefined) return EMPTY[404]
  if (state.hiddenIssues.has(issue.id)) return EMPTY[403]
  if (request.method === 'GET') {
    const include = (request.query.get('include') ?? '').split(',')
    return { status: 200, json: { issue: shownWhole(state, issue, who, include, call.base) } }
  }
  if (request.method === 'DELETE') {
    if (!may(who, 'delete_issues')) return EMPTY[403]
    state.issues.delete(issue.id)
    return { status: 204, wrote: { what: 'issue delete', id: issue.id } }
  }
  if (!may(who, 'edit_issues') && !may(who, 'add_issue_notes')) return EMPTY[403]
  const given = memberOf(params, 'issue')
  const done = updateIssue(state, issue, given, who, nowMs)
  if (!done.ok) return refused(done.errors)
  const what = 'uploads' in given ? 'attachment' : 'notes' in given ? 'note' : 'issue update'
  return { status: 204, wrote: { what, id: issue.id } }
}

const newIssue = (call: Call): FakeAnswer => {
  if (!may(call.who, 'add_issues')) return EMPTY[403]
  const made = createIssue(call.state, memberOf(call.params, 'issue'), call.who, call.nowMs)
  if (!made.ok) return refused(made.errors)
  const headers = { location: `${call.base}/issues/${made.value.id}` }
  return {
    status: 201,
    json: { issue: shownIssue(call.state, made.value) },
    headers,
    wrote: { what: 'issue', id: made.value.id },
  }
}

const noteCall = ({ state, who, params }: Call, journalId: number): FakeAnswer => {
  const issue = [...state.issues.values()].find((each) => each.journals.some((one) => one.id === journalId))
  const journal =
    issue === undefined ? undefined : visibleJournals(issue, who).find((each) => each.id === journalId)
  if (issue === undefined || journal === undefined) return EMPTY[404]
  const own = journal.userId === who.id && may(who, 'edit_own_issue_notes')
  if (!own && !may(who, 'edit_issue_notes')) return EMPTY[403]
  editNote(issue, journalId, String(memberOf(params, 'journal')['notes'] ?? ''))
  return { status: 204, wrote: { what: 'note edit', id: journalId } }
}

const upload = ({ state, who, request, nowMs }: Call): FakeAnswer => {
  if (request.headers['content-type'] !== 'application/octet-stream') return { status: 406 }
  const limit = state.maxAttachmentBytes
  if (request.body.length > limit) {
    return refused([
      `This file cannot be uploaded because it exceeds the maximum allowed file size (${limit / 1024 / 1024} MB)`,
    ])
  }
  return {
    status: 201,
    json: { upload: addUpload(state, request.query.get('filename') ?? 'file', request.body, who, nowMs) },
  }
}

const attachmentCall = (call: Call, id: number): FakeAnswer => {
  const issue = [...call.state.issues.values()].find((each) => each.attachments.some((one) => one.id === id))
  const attachment = issue?.attachments.find((each) => each.id === id)
  if (issue === undefined || attachment === undefined) return EMPTY[404]
  if (call.request.method === 'GET')
    return { status: 200, bytes: attachment.bytes, headers: { 'content-type': attachment.contentType } }
  if (!may(call.who, 'edit_issues')) return EMPTY[403]
  removeAttachment(call.state, issue, id, call.who, call.nowMs)
  return { status: 204, wrote: { what: 'attachment delete', id } }
}

const versionCall = ({ state, who, request, params, nowMs }: Call, id: number): FakeAnswer => {
  const version = state.versions.get(id)
  if (version === undefined) return EMPTY[404]
  if (request.method === 'GET') return { status: 200, json: { version: shownVersion(state, version) } }
  if (!may(who, 'manage_versions')) return EMPTY[403]
  const done = updateVersion(version, memberOf(params, 'version'), nowMs)
  return done.ok ? { status: 204, wrote: { what: 'version update', id } } : refused(done.errors)
}

const projectCall = (call: Call, key: string, what: string | undefined): FakeAnswer => {
  const { state, request } = call
  const project = projectOf(state, key)
  if (project === undefined) return EMPTY[404]
  if (what === undefined)
    return {
      status: 200,
      json: { project: shownProject(state, project, request.query.get('include') ?? '') },
    }
  if (what === 'versions') {
    const versions = [...state.versions.values()].filter((each) => each.projectId === project.id)
    return {
      status: 200,
      json: { versions: versions.map((each) => shownVersion(state, each)), total_count: versions.length },
    }
  }
  const members = state.users
    .filter((each) => each.role !== null)
    .map((each) => ({ id: each.id, user: nameOf(state, each.id) }))
  return paged('memberships', members, request.query)
}

const customFields = ({ state, who }: Call): FakeAnswer => {
  if (!who.isAdmin) return EMPTY[403]
  const shown = state.customFields.map((each) => ({
    id: each.id,
    name: each.name,
    customized_type: 'issue',
    field_format: each.format,
    is_filter: each.isFilter,
    multiple: each.multiple,
    ...(each.format === 'list'
      ? { possible_values: each.options.map((value) => ({ value, label: value })) }
      : {}),
  }))
  return { status: 200, json: { custom_fields: shown } }
}

const collection = (call: Call, name: string): FakeAnswer | null => {
  const { state, request } = call
  switch (name) {
    case 'projects':
      return paged(
        'projects',
        state.projects.map((each) => shownProject(state, each, request.query.get('include') ?? '')),
        request.query,
      )
    case 'trackers':
      return { status: 200, json: { trackers: state.trackers } }
    case 'issue_statuses':
      return {
        status: 200,
        json: {
          issue_statuses: state.statuses.map((each) => ({
            id: each.id,
            name: each.name,
            is_closed: each.isClosed,
          })),
        },
      }
    case 'enumerations/issue_priorities':
      return { status: 200, json: { issue_priorities: state.priorities } }
    case 'custom_fields':
      return customFields(call)
    case 'uploads':
      return upload(call)
    case 'issues':
      return request.method === 'POST' ? newIssue(call) : listIssues(call)
    default:
      return null
  }
}

const item = (call: Call, parts: readonly string[]): FakeAnswer => {
  const [noun = '', key = '', what] = parts
  const { state } = call
  switch (noun) {
    case 'issues':
      return issueCall(call, state.issues.get(Number(key)))
    case 'journals':
      return noteCall(call, Number(key))
    case 'attachments':
      return attachmentCall(call, Number(key === 'download' ? what : key))
    case 'versions':
      return versionCall(call, Number(key))
    case 'projects':
      return projectCall(call, key, what)
    case 'users': {
      const user = key === 'current' ? call.who : state.users.find((each) => String(each.id) === key)
      return user === undefined ? EMPTY[404] : { status: 200, json: { user: shownUser(call, user) } }
    }
    case 'roles': {
      const role = state.roles.find((each) => String(each.id) === key)
      return role === undefined ? EMPTY[404] : { status: 200, json: { role } }
    }
    default:
      return EMPTY[404]
  }
}

const paramsOf = (request: FakeRequest): Params | null => {
  if (request.body.length === 0 || request.headers['content-type'] !== 'application/json') return {}
  try {
    return JSON.parse(Buffer.from(request.body).toString('utf8'))
  } catch {
    return null
  }
}

export const answer = (
  state: FakeState,
  request: FakeRequest,
  nowMs: number,
  base: string,
): FakeAnswer & { readonly who?: FakeUser } => {
  const who = state.users.find((each) => each.apiKey === request.headers['x-redmine-api-key'])
  if (who === undefined) return { status: 401 }
  const params = paramsOf(request)
  if (params === null) return { status: 400 }
  const call: Call = { state, who, request, params, nowMs, base }
  const name = request.path.replace(/^\//, '').replace(/\.json$/, '')
  return { ...(collection(call, name) ?? item(call, name.split('/'))), who }
}
