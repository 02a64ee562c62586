import type { Http, HttpDownload, HttpPart, HttpRequest, HttpResponse } from '../../sync/connector.ts'
import { RemoteFault } from '../../sync/fault.ts'
import type { ToolField } from '../../sync/snapshot.ts'
import {
  answers,
  readAs,
  type WireAttachment,
  type WireComment,
  type WireField,
  type WireIssue,
  type WireListed,
  type WireMetaField,
  type WirePerson,
  type WireProject,
  type WireRemoteLink,
  type WireStatus,
  type WireVersion,
} from './answers.ts'
import { isStranger, refusal, refusedBy, STRANGER } from './refusal.ts'
import { isCloud, type JiraSettings } from './settings.ts'

/**
 * Jira's REST calls, one function each, with answers read at once. What surprises in them:
 *
 * - 404 says "does not exist, or you may not see it". 400 says also "you may not".
 * - Wrong credentials are often answered as a stranger's call: 404, or an empty list with status 200.
 * - Cloud's search finds a change only after seconds, sometimes minutes; what is asked by id is always true.
 */

export interface Page {
  readonly rows: readonly WireListed[]
  /** Cloud: opens the next page of the same question. */
  readonly token: string | null
  readonly isLast: boolean
  /** The tool's clock, by the answer's `Date`. */
  readonly at: Date | null
}

/** What was being written, for naming the field of a refusal. */
export interface Written {
  readonly fields: readonly ToolField[]
  readonly toolField: (id: string) => ToolField | null
}

export const NOTHING: Written = { fields: [], toolField: () => null }
/** The entity property that holds our marker, as `{ key: … }`. */
export const MARKER_PROPERTY = 'causeway'
/** At most, by one call (`/issue/bulkfetch`). */
export const BULK = 100
const LIST_PAGE = 100
const MAX_LIST = 2_000
export const FIELDS = ['*all', '-comment', '-attachment', '-worklog'] as const
const WHOLE = '*all,-worklog'
const NO_CHECK = { 'x-atlassian-token': 'no-check' }

const clockOf = (response: HttpResponse): Date | null => {
  const ms = Date.parse(response.headers['date'] ?? '')
  return Number.isNaN(ms) ? null : new Date(ms)
}

export type JiraClient = ReturnType<typeof jiraClient>

export const jiraClient = (http: Http, settings: JiraSettings) => {
  const cloud = isCloud(settings)
  const api = cloud ? '/rest/api/3' : '/rest/api/2'
  const issuePath = (id: string): string => `${api}/issue/${id}`

  const ask = async (request: HttpRequest): Promise<HttpResponse> => {
    const response = await http.request(request)
    if (isStranger(response.headers)) throw new RemoteFault('auth', STRANGER)
    return response
  }
  const get = async (path: string, query: HttpRequest['query'] = {}): Promise<unknown> =>
    (await ask({ method: 'GET', path, query })).json()

  /** null: not there, or not for this account. */
  const getIfVisible = async (path: string, query: HttpRequest['query'] = {}): Promise<unknown> => {
    const response = await ask({ method: 'GET', path, query, accept: [400, 403, 404] })
    return response.status >= 400 ? null : response.json()
  }

  const write = async (
    request: HttpRequest,
    what: string,
    written: Written = NOTHING,
  ): Promise<HttpResponse> => {
    const response = await ask({ ...request, accept: [400, 403, 404, 413, 422] })
    switch (response.status) {
      case 404:
        throw new RemoteFault('gone', `${what} does not exist in Jira (any more)`)
      case 403:
        throw new RemoteFault(
          'invalid',
          `Jira does not let the account change ${what}: ${refusedBy(response).said}`,
        )
      case 413:
        throw new RemoteFault('invalid', `what was sent for ${what} is more than Jira takes`)
      case 400:
      case 422:
        throw refusal(response, written.fields, written.toolField)
      default:
        return response
    }
  }

  /** A write whose answer is not Jira's (a page of some proxy): what was done is not known. */
  const change = async (request: HttpRequest, what: string, written: Written = NOTHING): Promise<void> => {
    const response = await write(request, what, written)
    if (response.bytes.length > 0 && response.text().trim() !== '') jsonAfterWrite(response, what)
  }

  const jsonAfterWrite = (response: HttpResponse, what: string): unknown => {
    try {
      return response.json()
    } catch (cause) {
      throw new RemoteFault('unknown', `the answer to a change of ${what} is not Jira's`, { cause })
    }
  }
  const readAfterWrite = <T>(
    validator: { Check(value: unknown): value is T },
    response: HttpResponse,
    what: string,
  ): T => {
    const body = jsonAfterWrite(response, what)
    if (validator.Check(body)) return body
    throw new RemoteFault('unknown', `Jira did it, but its answer for ${what} has an unexpected shape`)
  }

  return {
    cloud,
    api,
    ask,
    get,
    getIfVisible,
    write,
    change,
    readAfterWrite,

    account: async (): Promise<WirePerson> =>
      readAs(answers.person, await get(`${api}/myself`), 'its own account'),

    serverInfo: async () => readAs(answers.serverInfo, await get(`${api}/serverInfo`), 'the server'),

    /** Names of those that the account has not; null: the project is not visible. */
    missingPermissions: async (projectKey: string, names: readonly string[]) => {
      const query = { projectKey, permissions: names.join(',') }
      const body = await getIfVisible(`${api}/mypermissions`, query)
      if (body === null) return null
      const { permissions } = readAs(answers.permissions, body, 'permissions')
      return names.filter((name) => permissions[name]?.havePermission !== true)
    },

    fields: async (): Promise<readonly WireField[]> =>
      readAs(answers.fields, await get(`${api}/field`), 'fields'),

    project: async (key: string): Promise<WireProject | null> => {
      const body = await getIfVisible(`${api}/project/${encodeURIComponent(key)}`)
      return body === null ? null : readAs(answers.project, body, `project ${key}`)
    },

    typeStatuses: async (key: string): Promise<readonly WireStatus[]> => {
      const body = await get(`${api}/project/${encodeURIComponent(key)}/statuses`)
      return readAs(answers.typeStatuses, body, `statuses of ${key}`).flatMap((each) => each.statuses)
    },

    /** Project roles by name; null where the account may not ask. */
    roles: async (key: string): Promise<readonly string[] | null> => {
      const path = `${api}/project/${encodeURIComponent(key)}/role`
      const response = await ask({ method: 'GET', path, accept: [401, 403, 404] })
      return response.status >= 400 ? null : Object.keys(readAs(answers.roles, response.json(), 'roles'))
    },

    versions: async (key: string): Promise<readonly WireVersion[] | null> => {
      const body = await getIfVisible(`${api}/project/${encodeURIComponent(key)}/versions`)
      return body === null ? null : readAs(answers.versions, body, `versions of ${key}`)
    },

    version: async (id: string): Promise<WireVersion | null> => {
      const body = await getIfVisible(`${api}/version/${id}`)
      return body === null ? null : readAs(answers.version, body, `version ${id}`)
    },

    updateVersion: (id: string, json: Readonly<Record<string, unknown>>, written: Written): Promise<void> =>
      change({ method: 'PUT', path: `${api}/version/${id}`, json }, `version ${id}`, written),

    metaFields: async (projectKey: string, typeId: string): Promise<readonly WireMetaField[]> => {
      const path = `${api}/issue/createmeta/${encodeURIComponent(projectKey)}/issuetypes/${typeId}`
      const body = await getIfVisible(path, { maxResults: 200 })
      if (body === null) return []
      const { fields, values } = readAs(answers.metaFields, body, 'the fields of new issues')
      return fields ?? values ?? []
    },

    /** Who can be given an issue in one of these projects; empty where Jira does not say. */
    assignable: async (projectKeys: readonly string[]): Promise<readonly WirePerson[]> => {
      const query = { projectKeys: projectKeys.join(','), maxResults: 200, ...(cloud ? { query: '' } : {}) }
      const body = await getIfVisible(`${api}/user/assignable/multiProjectSearch`, query)
      return body === null ? [] : readAs(answers.people, body, 'people')
    },

    userByKey: async (key: string): Promise<WirePerson | null> => {
      const body = await getIfVisible(`${api}/user`, { key })
      return body === null ? null : readAs(answers.person, body, 'a user')
    },

    /** `created`, `updated` and our marker of the issues that fit. On Cloud `token` goes on, elsewhere `startAt`. */
    search: async (
      jql: string,
      page: { readonly limit: number; readonly token: string | null; readonly startAt: number },
    ): Promise<Page> => {
      const asked = { jql, maxResults: page.limit, fields: ['created', 'updated'] }
      if (!cloud) {
        const path = `${api}/search`
        const response = await ask({
          method: 'POST',
          path,
          json: { ...asked, startAt: page.startAt },
          effect: 'read',
        })
        const rows = readAs(answers.listed, response.json(), 'a search').issues
        return { rows, token: null, isLast: rows.length < page.limit, at: clockOf(response) }
      }
      const response = await ask({
        method: 'POST',
        path: `${api}/search/jql`,
        json: {
          ...asked,
          properties: [MARKER_PROPERTY],
          ...(page.token === null ? {} : { nextPageToken: page.token }),
        },
        effect: 'read',
      })
      const body = readAs(answers.cloudSearch, response.json(), 'a search')
      const token = body.nextPageToken ?? null
      return { rows: body.issues, token, isLast: body.isLast ?? token === null, at: clockOf(response) }
    },

    /** Status and steps of some issues that fit. */
    steps: async (jql: string, limit: number): Promise<readonly WireIssue[]> => {
      const asked = { jql, maxResults: limit, fields: ['status'] }
      const request: HttpRequest = cloud
        ? {
            method: 'POST',
            path: `${api}/search/jql`,
            json: { ...asked, expand: 'transitions' },
            effect: 'read',
          }
        : {
            method: 'POST',
            path: `${api}/search`,
            json: { ...asked, expand: ['transitions'] },
            effect: 'read',
          }
      return readAs(answers.search, (await ask(request)).json(), 'a search').issues
    },

    /** By id, at most `BULK`, as they are now; without those that are gone or hidden. Comments are not listed. */
    issues: async (ids: readonly string[]): Promise<readonly WireIssue[]> => {
      if (ids.length === 0) return []
      const request: HttpRequest = cloud
        ? {
            method: 'POST',
            path: `${api}/issue/bulkfetch`,
            json: { issueIdsOrKeys: ids, fields: FIELDS },
            effect: 'read',
          }
        : {
            method: 'POST',
            path: `${api}/search`,
            json: {
              jql: `id in (${ids.join(',')})`,
              maxResults: ids.length,
              fields: FIELDS,
              validateQuery: 'warn',
            },
            effect: 'read',
          }
      return readAs(answers.bulk, (await ask(request)).json(), 'issues').issues
    },

    /** null: not there, or not for this account. */
    issue: async (
      id: string,
      more: { readonly fields?: string; readonly expand?: string; readonly properties?: string } = {},
    ): Promise<WireIssue | null> => {
      const query = {
        fields: more.fields ?? WHOLE,
        expand: more.expand ?? 'transitions',
        properties: more.properties,
      }
      const response = await ask({ method: 'GET', path: issuePath(id), query, accept: [404] })
      return response.status === 404 ? null : readAs(answers.issue, response.json(), `issue ${id}`)
    },

    comments: async (id: string): Promise<readonly WireComment[]> => {
      const found: WireComment[] = []
      while (found.length < MAX_LIST) {
        const query = { startAt: found.length, maxResults: LIST_PAGE, expand: 'properties' }
        const body = await get(`${issuePath(id)}/comment`, query)
        const { comments, total } = readAs(answers.comments, body, `comments of ${id}`)
        found.push(...comments)
        if (comments.length === 0 || found.length >= total) break
      }
      return found
    },

    comment: async (id: string, commentId: string): Promise<WireComment | null> => {
      const body = await getIfVisible(`${issuePath(id)}/comment/${commentId}`, { expand: 'properties' })
      return body === null ? null : readAs(answers.comment, body, `comment ${commentId}`)
    },

    addComment: async (id: string, json: Readonly<Record<string, unknown>>): Promise<WireComment> => {
      const request: HttpRequest = { method: 'POST', path: `${issuePath(id)}/comment`, json }
      const what = `a comment on issue ${id}`
      return readAfterWrite(answers.comment, await write(request, `issue ${id}`), what)
    },

    editComment: (id: string, commentId: string, json: Readonly<Record<string, unknown>>): Promise<void> =>
      change({ method: 'PUT', path: `${issuePath(id)}/comment/${commentId}`, json }, `comment ${commentId}`),

    deleteComment: (id: string, commentId: string): Promise<void> =>
      change({ method: 'DELETE', path: `${issuePath(id)}/comment/${commentId}` }, `comment ${commentId}`),

    remoteLinks: async (id: string): Promise<readonly WireRemoteLink[] | null> => {
      const body = await getIfVisible(`${issuePath(id)}/remotelink`)
      return body === null ? null : readAs(answers.remoteLinks, body, `links of ${id}`)
    },

    /** The same `globalId` again changes the link there is. */
    addRemoteLink: (id: string, globalId: string, url: string, title: string): Promise<void> =>
      change(
        {
          method: 'POST',
          path: `${issuePath(id)}/remotelink`,
          json: { globalId, object: { url, title } },
        },
        `issue ${id}`,
      ),

    deleteRemoteLink: (id: string, globalId: string): Promise<void> =>
      change(
        { method: 'DELETE', path: `${issuePath(id)}/remotelink`, query: { globalId } },
        `a link of issue ${id}`,
      ),

    createIssue: async (json: Readonly<Record<string, unknown>>, written: Written): Promise<string> => {
      const response = await write({ method: 'POST', path: `${api}/issue`, json }, 'the project', written)
      return String(readAfterWrite(answers.created, response, 'a new issue').id)
    },

    updateIssue: (id: string, fields: Readonly<Record<string, unknown>>, written: Written): Promise<void> =>
      change({ method: 'PUT', path: issuePath(id), json: { fields } }, `issue ${id}`, written),

    transition: (id: string, json: Readonly<Record<string, unknown>>, written: Written): Promise<void> =>
      change({ method: 'POST', path: `${issuePath(id)}/transitions`, json }, `issue ${id}`, written),

    attach: async (id: string, part: HttpPart): Promise<{ readonly id: string | number } | null> => {
      const request: HttpRequest = {
        method: 'POST',
        path: `${issuePath(id)}/attachments`,
        headers: NO_CHECK,
        multipart: [part],
      }
      const response = await write(request, `issue ${id}`)
      return readAfterWrite(answers.attached, response, 'an attachment')[0] ?? null
    },

    attachment: async (id: string): Promise<WireAttachment | null> => {
      const body = await getIfVisible(`${api}/attachment/${id}`)
      return body === null ? null : readAs(answers.attachment, body, `attachment ${id}`)
    },

    deleteAttachment: (id: string): Promise<void> =>
      change({ method: 'DELETE', path: `${api}/attachment/${id}`, headers: NO_CHECK }, `attachment ${id}`),

    download: async (path: string, id: string): Promise<HttpDownload> => {
      const answer = await http.download({
        method: 'GET',
        path,
        headers: { accept: '*/*' },
        accept: [403, 404],
        follow: true,
      })
      if (answer.status !== 403 && answer.status !== 404) return answer
      for await (const _ of answer.stream) break
      if (answer.status === 404)
        throw new RemoteFault('gone', `attachment ${id} does not exist in Jira (any more)`)
      throw new RemoteFault('invalid', `the account may not read attachment ${id}`)
    },
  }
}
