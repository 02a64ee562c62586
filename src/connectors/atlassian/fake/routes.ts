import { deskRoutes } from './desk-routes.ts'
import { APP_HOOK_LIVES_MS, addHook, shownAdminHook, shownAppHook } from './hooks.ts'
import { issueRoutes } from './issue-routes.ts'
import { shownIssue, shownStatus, shownUser, shownVersion, timeOf } from './present.ts'
import { findIssues, indexedUpdate, offsetOf, tokenOf } from './search.ts'
import { type FakeState, live, US } from './state.ts'
import { isParams, type Params } from './writes.ts'

/** Jira's REST as far as the connector uses it: a request in, a status and a body out. */

export interface FakeRequest {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
}

export type Write =
  | 'issue'
  | 'issue update'
  | 'transition'
  | 'comment'
  | 'comment edit'
  | 'comment delete'
  | 'attachment'
  | 'attachment delete'
  | 'link'
  | 'link delete'
  | 'version update'
  | 'webhook'

export interface FakeAnswer {
  readonly status: number
  readonly json?: unknown
  readonly bytes?: Uint8Array
  readonly headers?: Readonly<Record<string, string>>
  readonly wrote?: { readonly what: Write; readonly id: number }
}

export interface Call {
  readonly state: FakeState
  readonly request: FakeRequest
  readonly params: Params
  readonly nowMs: number
  readonly base: string
}

export const refused = (errors: Readonly<Record<string, string>>): FakeAnswer => ({
  status: 400,
  json: { errorMessages: [], errors },
})
export const NOT_FOUND: FakeAnswer = {
  status: 404,
  json: {
    errorMessages: ['Issue does not exist or you do not have permission to see it.'],
    errors: {},
  },
}
export const shown = (json: unknown): FakeAnswer => ({ status: 200, json })

export const textsIn = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.map(String) : typeof value === 'string' ? value.split(',') : []

// ---- search ------------------------------------------------------------------------------------------------

const MOST_ROWS = 5_000
const WRONG_JQL: FakeAnswer = {
  status: 400,
  json: { errorMessages: ['The JQL query is not valid, or its nextPageToken is not.'], errors: {} },
}

const search = ({ state, params, nowMs, base }: Call): FakeAnswer => {
  const jql = String(params['jql'] ?? '')
  const reconcile = Array.isArray(params['reconcileIssues']) ? params['reconcileIssues'] : []
  const rows = findIssues(state, jql, nowMs, reconcile)
  const offset = state.cloud ? offsetOf(params['nextPageToken'], jql, nowMs) : Number(params['startAt'] ?? 0)
  if (rows === null || offset === null) return WRONG_JQL
  const limit = Math.min(Number(params['maxResults'] ?? 50), MOST_ROWS)
  const page = rows.slice(offset, offset + limit)
  const fields = textsIn(params['fields'] ?? 'id')
  const more = {
    fields,
    expand: textsIn(params['expand']),
    properties: textsIn(params['properties']),
  }
  const issues = page.map((issue) => {
    const whole = shownIssue(state, issue, base, more)
    // the index may be older than the issue
    const updated = timeOf(indexedUpdate(issue, nowMs))
    return fields.includes('updated') ? { ...whole, fields: { ...whole.fields, updated } } : whole
  })
  const isLast = offset + limit >= rows.length
  if (!state.cloud) return shown({ issues, startAt: offset, maxResults: limit, total: rows.length })
  return shown({ issues, isLast, ...(isLast ? {} : { nextPageToken: tokenOf(jql, offset + limit, nowMs) }) })
}

/** By id: always as things are now; at most a hundred. */
const bulk = ({ state, params, base }: Call): FakeAnswer => {
  const ids = textsIn(params['issueIdsOrKeys'])
  if (ids.length === 0 || ids.length > 100)
    return { status: 400, json: { errorMessages: ['Between 1 and 100 issues'], errors: {} } }
  const more = {
    fields: textsIn(params['fields']),
    expand: [],
    properties: textsIn(params['properties']),
  }
  const found = ids
    .map((id) => live(state, id))
    .filter((each) => each !== null)
    .sort((a, b) => a.id - b.id)
  const missing = ids.filter((id) => live(state, id) === null)
  return shown({
    issues: found.map((each) => shownIssue(state, each, base, more)),
    issueErrors: missing.map((id) => ({ id, errorMessage: 'not found' })),
  })
}

// ---- projects and what belongs to them ----------------------------------------------------------------------

const projectCall = (call: Call, key: string, rest: string): FakeAnswer => {
  const { state } = call
  const project = state.projects.find((each) => each.key === key || String(each.id) === key)
  if (project === undefined)
    return {
      status: 404,
      json: { errorMessages: [`No project could be found with key '${key}'.`], errors: {} },
    }
  const versions = state.versions
    .filter((each) => each.projectKey === project.key)
    .map((each) => shownVersion(each, project.id))
  const types = state.types.map(({ id, name }) => ({ id: String(id), name, subtask: false }))
  switch (rest) {
    case '':
      return shown({
        id: String(project.id),
        key: project.key,
        name: project.name,
        projectTypeKey: state.desk ? 'service_desk' : 'software',
        issueTypes: types,
        components: state.components.map(({ id, name }) => ({ id: String(id), name })),
        versions,
      })
    case '/statuses':
      return shown(
        types.map((type) => ({
          ...type,
          self: `${call.base}/type/${type.id}`,
          statuses: state.statuses.map(({ name }) => shownStatus(state, name)),
        })),
      )
    case '/versions':
      return shown(versions)
    case '/role':
      return shown({ Developers: `${call.base}/role/1` })
    default:
      return NOT_FOUND
  }
}

const metaFields = ({ state }: Call): FakeAnswer => {
  const named = (name: string) => ({ id: '1', name })
  const rows = state.fields.map(({ id, name, schema, options }) => ({
    fieldId: id,
    key: id,
    name,
    required: id === 'summary',
    operations: ['set'],
    schema,
    ...(options === undefined ? {} : { allowedValues: options.map((value) => ({ id: '1', value })) }),
    ...(id === 'priority' ? { allowedValues: state.priorities.map(named) } : {}),
  }))
  return shown(
    state.cloud
      ? { fields: rows, startAt: 0, maxResults: 200, total: rows.length }
      : { values: rows, startAt: 0, maxResults: 200, total: rows.length },
  )
}

const versionCall = ({ state, request, params }: Call, id: string): FakeAnswer => {
  const version = state.versions.find((each) => String(each.id) === id)
  if (version === undefined) return NOT_FOUND
  const project = state.projects.find((each) => each.key === version.projectKey)
  if (request.method === 'GET') return shown(shownVersion(version, project?.id ?? 0))
  if (typeof params['name'] === 'string') version.name = params['name']
  if (typeof params['description'] === 'string') version.description = params['description']
  if (typeof params['released'] === 'boolean') version.released = params['released']
  if (typeof params['archived'] === 'boolean') version.archived = params['archived']
  if ('releaseDate' in params)
    version.releaseDate = typeof params['releaseDate'] === 'string' ? params['releaseDate'] : null
  return {
    ...shown(shownVersion(version, project?.id ?? 0)),
    wrote: { what: 'version update', id: version.id },
  }
}

// ---- webhooks -----------------------------------------------------------------------------------------------

const adminHooks = ({ state, request, params, nowMs, base }: Call, id: string): FakeAnswer => {
  if (!state.isAdmin) return { status: 403, json: { errorMessages: ['You are not authorized'], errors: {} } }
  const own = state.hooks.find((each) => each.by === 'admin' && String(each.id) === id)
  if (request.method === 'GET')
    return shown(state.hooks.filter((each) => each.by === 'admin').map((each) => shownAdminHook(each, base)))
  if (request.method === 'POST') {
    const hook = addHook(state, 'admin', params, nowMs)
    return { status: 201, json: shownAdminHook(hook, base), wrote: { what: 'webhook', id: hook.id } }
  }
  if (own === undefined) return NOT_FOUND
  if (request.method === 'DELETE') {
    state.hooks = state.hooks.filter((each) => each !== own)
    return { status: 204, wrote: { what: 'webhook', id: own.id } }
  }
  own.enabled = params['enabled'] !== false
  own.events = textsIn(params['events'])
  return { ...shown(shownAdminHook(own, base)), wrote: { what: 'webhook', id: own.id } }
}

const isApp = (request: FakeRequest): boolean =>
  String(request.headers['authorization'] ?? '').startsWith('Bearer ')

const appHooks = (call: Call, rest: string): FakeAnswer => {
  const { state, request, params, nowMs } = call
  if (!isApp(request)) return { status: 403, json: { errorMessages: ['Only apps may do that'], errors: {} } }
  const current = state.hooks.filter((each) => each.by === 'app' && each.expiresMs > nowMs)
  const ids = Array.isArray(params['webhookIds']) ? params['webhookIds'].map(Number) : []
  if (request.method === 'GET')
    return shown({ values: current.map(shownAppHook), isLast: true, startAt: 0, total: current.length })
  if (rest === '/refresh') {
    for (const hook of current) if (ids.includes(hook.id)) hook.expiresMs = nowMs + APP_HOOK_LIVES_MS
    return {
      ...shown({ expirationDate: nowMs + APP_HOOK_LIVES_MS }),
      wrote: { what: 'webhook', id: ids[0] ?? 0 },
    }
  }
  if (request.method === 'DELETE') {
    state.hooks = state.hooks.filter((each) => !ids.includes(each.id))
    return { status: 202, wrote: { what: 'webhook', id: ids[0] ?? 0 } }
  }
  const asked = Array.isArray(params['webhooks']) ? params['webhooks'].filter(isParams) : []
  const made = asked.map((each) => addHook(state, 'app', { ...each, url: params['url'] }, nowMs))
  return {
    ...shown({ webhookRegistrationResult: made.map(({ id }) => ({ createdWebhookId: id })) }),
    wrote: { what: 'webhook', id: made[0]?.id ?? 0 },
  }
}

// ---- everything ----------------------------------------------------------------------------------------------

const single = (call: Call, path: string): FakeAnswer | null => {
  const { state, request, nowMs } = call
  switch (path) {
    case '/myself':
      return shown(shownUser(state, US))
    case '/serverInfo':
      return shown({
        version: state.cloud ? '1001.0.0' : '9.12.4',
        deploymentType: state.cloud ? 'Cloud' : 'Server',
        serverTime: timeOf(nowMs),
      })
    case '/mypermissions': {
      const names = (request.query.get('permissions') ?? '').split(',')
      return shown({
        permissions: Object.fromEntries(names.map((name) => [name, { key: name, havePermission: true }])),
      })
    }
    case '/field':
      return shown(state.fields.map(({ options: _, ...field }) => field))
    case '/attachment/meta':
      return shown({ enabled: true, uploadLimit: 10 * 1024 * 1024 })
    case '/user/assignable/multiProjectSearch':
      return shown(state.users.filter((each) => !each.isCustomer).map(({ id }) => shownUser(state, id)))
    case '/user': {
      const key = request.query.get('key')
      const user = state.users.find((each) => each.id === key)
      return user === undefined ? NOT_FOUND : shown(shownUser(state, user.id))
    }
    case '/search/jql':
      return state.cloud ? search(call) : null
    case '/search':
      return state.cloud
        ? { status: 410, json: { errorMessages: ['The requested API has been removed.'] } }
        : search(call)
    case '/issue/bulkfetch':
      return state.cloud ? bulk(call) : null
    default:
      return null
  }
}

const DESK = '/rest/servicedeskapi'

export const answer = (call: Call): FakeAnswer => {
  const { state, request } = call
  const api = state.cloud ? '/rest/api/3' : '/rest/api/2'
  const [, hookId] = /^\/rest\/webhooks\/1\.0\/webhook(?:\/(\d+))?$/.exec(request.path) ?? [null, null]
  if (hookId !== null) return adminHooks(call, hookId ?? '')
  if (request.path.startsWith(DESK)) return deskRoutes(call, request.path.slice(DESK.length))
  if (!request.path.startsWith(`${api}/`)) return issueRoutes(call, request.path)
  const path = request.path.slice(api.length)
  const found = single(call, path)
  if (found !== null) return found
  const [, projectKey, projectRest = ''] = /^\/project\/([^/]+)(\/.*)?$/.exec(path) ?? []
  if (projectKey !== undefined) return projectCall(call, decodeURIComponent(projectKey), projectRest)
  if (/^\/issue\/createmeta\/[^/]+\/issuetypes\/\d+$/.test(path)) return metaFields(call)
  const [, versionId] = /^\/version\/([^/]+)$/.exec(path) ?? []
  if (versionId !== undefined) return versionCall(call, versionId)
  const [, hookRest] = /^\/webhook(\/refresh)?$/.exec(path) ?? [null, null]
  if (hookRest !== null && state.cloud) return appHooks(call, hookRest ?? '')
  return issueRoutes(call, path)
}
