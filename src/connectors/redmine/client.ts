import { parseBoundedJson } from '../../lib/bounded-json.ts'
import type { Http, HttpDownload, HttpRequest, HttpResponse } from '../../sync/connector.ts'
import { RemoteFault } from '../../sync/fault.ts'
import type { ToolField } from '../../sync/snapshot.ts'
import { refusal } from './refusal.ts'
import {
  answers,
  type Named,
  readAs,
  type WireAdminCustomField,
  type WireIssue,
  type WireProject,
  type WireUser,
  type WireVersion,
} from './schema.ts'

/**
 * Redmine's REST calls, one function each, with answers read at once. What surprises in them:
 *
 * - 401, 403 and 404 have an empty body. 403 about one item means "not for this account" (private, moved to a project
 *   without us, project closed): the credentials are fine, so it must not stop the whole connection.
 * - An update answers 204 and no body, also when it ignored the status or a field: callers read back.
 * - A filter on a field that cannot be filtered is ignored without a word, and everything is listed.
 */

export interface Filter {
  readonly field: string
  readonly operator: '=' | '>=' | '*'
  readonly values: readonly string[]
}

export interface Page {
  readonly sort: string
  readonly limit: number
  readonly offset?: number
}

/** What was being written, for naming the field of a refusal. */
export interface Written {
  readonly fields: readonly ToolField[]
  /** The custom fields there are; asked only after a refusal. */
  readonly customNames: () => Promise<readonly string[]>
}

const NOTHING: Written = { fields: [], customNames: async () => [] }
const WHOLE = 'journals,attachments,relations,allowed_statuses'
const LIST_PAGE = 100
const MAX_LIST = 1_000

/** The long form of a filter takes any value as it is; in the short form `|`, `~` or `>=` inside it would be operators. */
const filterQuery = (filters: readonly Filter[]): Readonly<Record<string, string | readonly string[]>> => ({
  set_filter: '1',
  'f[]': filters.map((each) => each.field),
  ...Object.fromEntries(filters.map((each) => [`op[${each.field}]`, each.operator])),
  ...Object.fromEntries(filters.map((each) => [`v[${each.field}][]`, each.values])),
})

const bodyOf = (response: HttpResponse): unknown => {
  const parsed = parseBoundedJson(response.bytes)
  return parsed.ok ? parsed.value : null
}

export type RedmineClient = ReturnType<typeof redmineClient>

export const redmineClient = (http: Http) => {
  const get = async (path: string, query: HttpRequest['query'] = {}): Promise<unknown> =>
    (await http.request({ method: 'GET', path, query })).json()

  /** null: 404, or 403 about this one thing. */
  const getIfVisible = async (path: string, query: HttpRequest['query'] = {}) => {
    const response = await http.request({ method: 'GET', path, query, accept: [403, 404] })
    return response.status === 403 || response.status === 404
      ? { absent: response.status }
      : { value: response.json() }
  }

  const write = async (
    request: HttpRequest,
    what: string,
    written: Written = NOTHING,
  ): Promise<HttpResponse> => {
    const response = await http.request({ ...request, accept: [403, 404, 413, 422] })
    if (response.status === 404) throw new RemoteFault('gone', `${what} does not exist in Redmine (any more)`)
    if (response.status === 403) {
      throw new RemoteFault('invalid', `the account may not change ${what}, or its project is closed`)
    }
    if (response.status === 413)
      throw new RemoteFault('invalid', `what was sent for ${what} is too large for Redmine's web server`)
    if (response.status === 422) throw refusal(bodyOf(response), written.fields, await written.customNames())
    return response
  }

  /** An update, answered with nothing. Anything else in its place is a page of some proxy: what was done is not known. */
  const change = async (request: HttpRequest, what: string, written: Written = NOTHING): Promise<void> => {
    const response = await write(request, what, written)
    if (response.bytes.length <= 2 && response.text().trim() === '') return
    throw new RemoteFault('unknown', `the answer to a change of ${what} is not Redmine's`)
  }

  const everyPage = async <T>(
    path: string,
    query: HttpRequest['query'],
    read: (body: unknown) => readonly T[],
  ) => {
    const found: T[] = []
    while (found.length < MAX_LIST) {
      const rows = read(await get(path, { ...query, limit: LIST_PAGE, offset: found.length }))
      found.push(...rows)
      if (rows.length < LIST_PAGE) break
    }
    return found
  }

  return {
    account: async (): Promise<WireUser> =>
      readAs(answers.user, await get('/users/current.json', { include: 'memberships' }), 'its own account')
        .user,

    /** null when hidden or not a user (a group). */
    user: async (id: number): Promise<WireUser | null> => {
      const found = await getIfVisible(`/users/${id}.json`)
      return 'absent' in found ? null : readAs(answers.user, found.value, `user ${id}`).user
    },

    permissions: async (roleId: number): Promise<readonly string[]> =>
      readAs(answers.role, await get(`/roles/${roleId}.json`), `role ${roleId}`).role.permissions,

    projects: (): Promise<readonly WireProject[]> =>
      everyPage(
        '/projects.json',
        { include: 'trackers' },
        (body) => readAs(answers.projects, body, 'projects').projects,
      ),

    /** null when it does not exist or is not visible. */
    project: async (identifier: string): Promise<WireProject | null> => {
      const include = 'trackers,issue_categories,issue_custom_fields'
      const found = await getIfVisible(`/projects/${encodeURIComponent(identifier)}.json`, { include })
      return 'absent' in found ? null : readAs(answers.project, found.value, `project ${identifier}`).project
    },

    members: async (identifier: string): Promise<readonly Named[]> => {
      const rows = await everyPage(
        `/projects/${encodeURIComponent(identifier)}/memberships.json`,
        {},
        (body) => readAs(answers.memberships, body, `members of ${identifier}`).memberships,
      )
      return rows.flatMap((each) => each.user ?? each.group ?? [])
    },

    /** null when the project shows none to us: closed, archived or gone. */
    versions: async (identifier: string): Promise<readonly WireVersion[] | null> => {
      const found = await getIfVisible(`/projects/${encodeURIComponent(identifier)}/versions.json`)
      return 'absent' in found
        ? null
        : readAs(answers.versions, found.value, `versions of ${identifier}`).versions
    },

    statuses: async (): Promise<readonly { id: number; name: string; is_closed?: boolean }[]> =>
      readAs(answers.statuses, await get('/issue_statuses.json'), 'statuses').issue_statuses,

    trackers: async (): Promise<readonly Named[]> =>
      readAs(answers.trackers, await get('/trackers.json'), 'trackers').trackers,

    priorities: async (): Promise<readonly Named[]> =>
      readAs(answers.priorities, await get('/enumerations/issue_priorities.json'), 'priorities')
        .issue_priorities,

    /** null unless the account is an administrator. */
    customFields: async (): Promise<readonly WireAdminCustomField[] | null> => {
      const found = await getIfVisible('/custom_fields.json')
      if ('absent' in found) return null
      const all = readAs(answers.customFields, found.value, 'custom fields').custom_fields
      return all.filter((each) => each.customized_type === 'issue')
    },

    issues: async (filters: readonly Filter[], page: Page): Promise<readonly WireIssue[]> => {
      const query = { ...filterQuery(filters), sort: page.sort, limit: page.limit, offset: page.offset ?? 0 }
      return readAs(answers.issues, await get('/issues.json', query), 'a list of issues').issues
    },

    issue: async (id: number): Promise<WireIssue | 'gone' | 'hidden'> => {
      const found = await getIfVisible(`/issues/${id}.json`, { include: WHOLE })
      if ('absent' in found) return found.absent === 404 ? 'gone' : 'hidden'
      return readAs(answers.issue, found.value, `issue ${id}`).issue
    },

    version: async (id: number): Promise<WireVersion | 'gone' | 'hidden'> => {
      const found = await getIfVisible(`/versions/${id}.json`)
      if ('absent' in found) return found.absent === 404 ? 'gone' : 'hidden'
      return readAs(answers.version, found.value, `version ${id}`).version
    },

    /** Id of the new issue. */
    createIssue: async (issue: Readonly<Record<string, unknown>>, written: Written): Promise<number> => {
      const request = { method: 'POST', path: '/issues.json', json: { issue } } as const
      const response = await write(request, 'the project', written)
      const body = bodyOf(response)
      if (answers.issue.Check(body)) return body.issue.id
      const id = /\/issues\/(\d{1,15})$/.exec(response.headers['location'] ?? '')?.[1]
      if (id !== undefined) return Number(id)
      throw new RemoteFault('unknown', 'Redmine made an issue, but its answer cannot be read')
    },

    updateIssue: async (
      id: number,
      issue: Readonly<Record<string, unknown>>,
      written: Written = NOTHING,
    ): Promise<void> => {
      await change({ method: 'PUT', path: `/issues/${id}.json`, json: { issue } }, `issue ${id}`, written)
    },

    updateVersion: async (
      id: number,
      version: Readonly<Record<string, unknown>>,
      written: Written,
    ): Promise<void> => {
      await change(
        { method: 'PUT', path: `/versions/${id}.json`, json: { version } },
        `version ${id}`,
        written,
      )
    },

    /** A note emptied is a note deleted. */
    editNote: async (id: number, notes: string): Promise<void> => {
      await change(
        { method: 'PUT', path: `/journals/${id}.json`, json: { journal: { notes } } },
        `note ${id}`,
      )
    },

    /** Nobody sees an upload before an issue takes its token, so repeating it is harmless. */
    upload: async (name: string, size: number, bytes: AsyncIterable<Uint8Array>) => {
      const response = await write(
        {
          method: 'POST',
          path: '/uploads.json',
          query: { filename: name },
          // Any other type is answered with 406.
          headers: { 'content-type': 'application/octet-stream', 'content-length': String(size) },
          body: bytes,
          effect: 'read',
        },
        `attachment ${name}`,
      )
      return readAs(answers.upload, response.json(), 'an upload').upload
    },

    deleteAttachment: async (id: number): Promise<void> => {
      await change({ method: 'DELETE', path: `/attachments/${id}.json` }, `attachment ${id}`)
    },

    /** By id: the `content_url` that Redmine gives can carry another scheme or host than ours behind a proxy. */
    download: async (id: number): Promise<HttpDownload> => {
      const path = `/attachments/download/${id}`
      const answer = await http.download({
        method: 'GET',
        path,
        headers: { accept: '*/*' },
        accept: [403, 404],
      })
      if (answer.status !== 403 && answer.status !== 404) return answer
      for await (const _ of answer.stream) break
      if (answer.status === 404)
        throw new RemoteFault('gone', `attachment ${id} does not exist in Redmine (any more)`)
      throw new RemoteFault('invalid', `the account may not read attachment ${id}`)
    },
  }
}
