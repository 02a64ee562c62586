import { parseBoundedJson } from '../../lib/bounded-json.ts'
import type { Http, HttpDownload, HttpRequest, HttpResponse } from '../../sync/connector.ts'
import { RemoteFault } from '../../sync/fault.ts'
import type { ToolField } from '../../sync/snapshot.ts'
import { refusal, saysInsufficientScope } from './refusal.ts'
import {
  answers,
  readAs,
  type WireHook,
  type WireIssue,
  type WireIssueLink,
  type WireMember,
  type WireMilestone,
  type WireNote,
  type WireProject,
  type WireRelease,
  type WireUser,
} from './schema.ts'

/**
 * GitLab's calls, one function each, with answers read at once. What surprises in them:
 *
 * - 404 is also the answer for what this account may not see; 403 about one thing says nothing of the credentials,
 *   unless it names the token's scope.
 * - A list's page may hold fewer rows than asked for though more follow: only its headers tell.
 * - Only an administrator may ask for an issue by its number across GitLab; GraphQL tells everybody where that one is.
 */

export type ProjectKey = number | string

const API = '/api/v4'
const PAGE = 100
const MAX_PAGES = 100
const MAX_EMAILS = 100

type Query = NonNullable<HttpRequest['query']>

const bodyOf = (response: HttpResponse): unknown => {
  const parsed = parseBoundedJson(response.bytes)
  return parsed.ok ? parsed.value : null
}

const projectPath = (key: ProjectKey): string => `${API}/projects/${encodeURIComponent(key)}`
const issuePath = (project: ProjectKey, iid: number): string => `${projectPath(project)}/issues/${iid}`
/** `p4` or `g7`. */
const milestonePath = (parent: string, id: number): string =>
  `${API}/${parent.startsWith('g') ? 'groups' : 'projects'}/${parent.slice(1)}/milestones/${id}`

const uploadPath = (project: number, secret: string, filename: string): string =>
  `${projectPath(project)}/uploads/${secret}/${encodeURIComponent(filename)}`

export type GitLabClient = ReturnType<typeof gitLabClient>

export const gitLabClient = (http: Http) => {
  const refuseScope = (response: HttpResponse): void => {
    if (response.status === 403 && saysInsufficientScope(bodyOf(response)))
      throw new RemoteFault('auth', 'the access token lacks the scope "api"')
  }

  const get = async (path: string, query: Query = {}): Promise<HttpResponse> => {
    const response = await http.request({ method: 'GET', path, query, accept: [403] })
    if (response.status !== 403) return response
    refuseScope(response)
    throw new RemoteFault('invalid', `the account may not read ${path}`)
  }

  /** null: 404, or 403 about this one thing. */
  const getIfVisible = async (path: string, query: Query = {}): Promise<HttpResponse | null> => {
    const response = await http.request({ method: 'GET', path, query, accept: [403, 404] })
    refuseScope(response)
    return response.status === 403 || response.status === 404 ? null : response
  }

  const hasMore = (response: HttpResponse, rows: number): boolean => {
    const next = response.headers['x-next-page']
    return next === undefined ? rows >= PAGE : next !== ''
  }

  const everyPage = async <T>(
    path: string,
    query: Query,
    read: (body: unknown) => readonly T[],
    ask: (path: string, query: Query) => Promise<HttpResponse | null> = get,
  ): Promise<readonly T[] | null> => {
    const found: T[] = []
    for (let page = 1; page <= MAX_PAGES; page += 1) {
      const response = await ask(path, { ...query, per_page: PAGE, page })
      if (response === null) return null
      const rows = read(response.json())
      found.push(...rows)
      if (!hasMore(response, rows.length)) return found
    }
    throw new RemoteFault('invalid', `GitLab lists more than ${MAX_PAGES * PAGE} rows at ${path}`)
  }

  const write = async (
    request: HttpRequest,
    what: string,
    written: readonly ToolField[] = [],
  ): Promise<HttpResponse> => {
    const response = await http.request({ ...request, accept: [400, 403, 404, 409, 413, 422] })
    refuseScope(response)
    switch (response.status) {
      case 400:
      case 422:
        throw refusal(bodyOf(response), written)
      case 403:
        throw new RemoteFault('invalid', `the account may not change ${what}`)
      case 404:
        throw new RemoteFault(
          'gone',
          `${what} does not exist in GitLab (any more), or is hidden from the account`,
        )
      case 409:
        throw new RemoteFault('conflict', `GitLab was changing ${what} at the same time`)
      case 413:
        throw new RemoteFault('invalid', `what was sent for ${what} is too large for GitLab`)
      default:
        return response
    }
  }

  const graphql = async (query: string, variables: Readonly<Record<string, unknown>>): Promise<unknown> =>
    (
      await http.request({ method: 'POST', path: '/api/graphql', json: { query, variables }, effect: 'read' })
    ).json()

  const savedIssue = (response: HttpResponse, what: string): WireIssue =>
    readAs(answers.issue, response.json(), what, 'unknown')

  return {
    account: async (): Promise<WireUser> =>
      readAs(answers.user, (await get(`${API}/user`)).json(), 'its own account'),
    /** null: before 15.2. */
    metadata: async () => {
      const response = await getIfVisible(`${API}/metadata`)
      return response === null ? null : readAs(answers.metadata, response.json(), 'its version')
    },
    /** null: not one that tells about itself. */
    token: async () => {
      const response = await getIfVisible(`${API}/personal_access_tokens/self`)
      return response === null ? null : readAs(answers.token, response.json(), 'the token')
    },
    /** null when it does not exist or is not visible. */
    project: async (key: ProjectKey): Promise<WireProject | null> => {
      const response = await getIfVisible(projectPath(key))
      return response === null ? null : readAs(answers.project, response.json(), `project ${key}`)
    },
    /** null: not for this account. */
    labels: (key: ProjectKey) =>
      everyPage(
        `${projectPath(key)}/labels`,
        {},
        (body) => readAs(answers.labels, body, 'labels').map(({ name }) => name),
        getIfVisible,
      ),
    members: (key: ProjectKey): Promise<readonly WireMember[] | null> =>
      everyPage(
        `${projectPath(key)}/members/all`,
        {},
        (body) => readAs(answers.members, body, 'members'),
        getIfVisible,
      ),
    isMember: async (key: ProjectKey, userId: number): Promise<boolean> =>
      (await getIfVisible(`${projectPath(key)}/members/all/${userId}`)) !== null,
    milestones: (key: ProjectKey): Promise<readonly WireMilestone[] | null> =>
      everyPage(
        `${projectPath(key)}/milestones`,
        { include_ancestors: 'true' },
        (body) => readAs(answers.milestones, body, 'milestones'),
        getIfVisible,
      ),
    milestone: async (parent: string, id: number): Promise<WireMilestone | null> => {
      const response = await getIfVisible(milestonePath(parent, id))
      return response === null ? null : readAs(answers.milestone, response.json(), `milestone ${id}`)
    },
    updateMilestone: async (
      parent: string,
      id: number,
      json: Readonly<Record<string, unknown>>,
      written: readonly ToolField[],
    ): Promise<WireMilestone> => {
      const request = { method: 'PUT', path: milestonePath(parent, id), json } as const
      const response = await write(request, `milestone ${id}`, written)
      return readAs(answers.milestone, response.json(), `milestone ${id}`, 'unknown')
    },
    releases: (key: ProjectKey): Promise<readonly WireRelease[] | null> =>
      everyPage(
        `${projectPath(key)}/releases`,
        {},
        (body) => readAs(answers.releases, body, 'releases'),
        getIfVisible,
      ),
    release: async (project: number, tag: string): Promise<WireRelease | null> => {
      const response = await getIfVisible(`${projectPath(project)}/releases/${encodeURIComponent(tag)}`)
      return response === null ? null : readAs(answers.release, response.json(), `release ${tag}`)
    },

    // ---- issues -----------------------------------------------------------------------------------------

    issues: async (project: ProjectKey, query: Query): Promise<readonly WireIssue[]> => {
      const asked = { state: 'all', scope: 'all', ...query }
      const response = await getIfVisible(`${projectPath(project)}/issues`, asked)
      if (response === null)
        throw new RemoteFault('invalid', `GitLab shows no issues of project ${project} to this account`)
      return readAs(answers.issues, response.json(), 'a list of issues')
    },
    /** None where the project is hidden from the account. */
    issuesByNumber: async (project: number, iids: readonly number[]): Promise<readonly WireIssue[]> => {
      const query = { state: 'all', scope: 'all', per_page: PAGE, 'iids[]': iids.map(String) }
      const response = await getIfVisible(`${projectPath(project)}/issues`, query)
      return response === null ? [] : readAs(answers.issues, response.json(), 'a list of issues')
    },
    issue: async (project: number, iid: number): Promise<WireIssue | null> => {
      const response = await getIfVisible(issuePath(project, iid))
      return response === null ? null : readAs(answers.issue, response.json(), `issue ${iid}`)
    },
    /** Project and number of issues by their number across GitLab, in one call; left out: not for this account. */
    whereAre: async (
      ids: readonly number[],
    ): Promise<ReadonlyMap<number, { readonly project: number; readonly iid: number }>> => {
      const asked = ids.map((id) => `i${id}: issue(id: "gid://gitlab/Issue/${id}") { iid projectId }`)
      const answer = await graphql(`query { ${asked.join(' ')} }`, {})
      const { data } = readAs(answers.moved, answer, 'where issues were moved')
      return new Map(
        Object.entries(data).flatMap(([name, issue]) =>
          issue === null
            ? []
            : [[Number(name.slice(1)), { project: issue.projectId, iid: Number(issue.iid) }] as const],
        ),
      )
    },
    createIssue: async (
      project: ProjectKey,
      json: Readonly<Record<string, unknown>>,
      written: readonly ToolField[],
    ): Promise<WireIssue> => {
      const request = { method: 'POST', path: `${projectPath(project)}/issues`, json } as const
      return savedIssue(await write(request, `project ${project}`, written), 'a new issue')
    },
    updateIssue: async (
      project: number,
      iid: number,
      json: Readonly<Record<string, unknown>>,
      written: readonly ToolField[],
    ): Promise<WireIssue> => {
      const request = { method: 'PUT', path: issuePath(project, iid), json } as const
      return savedIssue(await write(request, `issue ${iid}`, written), `issue ${iid}`)
    },
    moveIssue: async (project: number, iid: number, to: number): Promise<WireIssue> => {
      const path = `${issuePath(project, iid)}/move`
      const response = await write({ method: 'POST', path, json: { to_project_id: to } }, `issue ${iid}`, [
        'container',
      ])
      return savedIssue(response, `issue ${iid}`)
    },
    /** System notes included: one of them tells where an issue came from. */
    notes: async (project: number, iid: number): Promise<readonly WireNote[]> =>
      (await everyPage(`${issuePath(project, iid)}/notes`, { sort: 'asc', order_by: 'created_at' }, (body) =>
        readAs(answers.notes, body, 'notes'),
      )) ?? [],
    /** None where the edition or the account shows none. */
    links: async (project: number, iid: number): Promise<readonly WireIssueLink[]> => {
      const response = await getIfVisible(`${issuePath(project, iid)}/links`)
      return response === null ? [] : readAs(answers.links, response.json(), 'links')
    },
    /** Addresses of those who wrote to the Service Desk, by note. */
    externalAuthors: async (issueId: number): Promise<ReadonlyMap<number, string>> => {
      const query =
        'query($id: IssueID!) { issue(id: $id) { notes(first: 100) { nodes { id externalAuthor } } } }'
      const answer = await graphql(query, { id: `gid://gitlab/Issue/${issueId}` })
      // Before 16.10 there is no such field; the support bot is all there is to name then.
      if (!answers.externalAuthors.Check(answer)) return new Map()
      return new Map(
        (answer.data.issue?.notes.nodes ?? []).flatMap((note): [number, string][] => {
          const id = Number(/\/(\d{1,15})$/.exec(note?.id ?? '')?.[1] ?? 0)
          return note?.externalAuthor ? [[id, note.externalAuthor]] : []
        }),
      )
    },
    /** What people show to everybody. */
    publicEmails: async (ids: readonly number[]): Promise<ReadonlyMap<number, string>> => {
      const query = 'query($ids: [ID!]) { users(ids: $ids) { nodes { id publicEmail } } }'
      const found = new Map<number, string>()
      for (let at = 0; at < ids.length; at += MAX_EMAILS) {
        const some = ids.slice(at, at + MAX_EMAILS).map((id) => `gid://gitlab/User/${id}`)
        const answer = await graphql(query, { ids: some })
        // People are named without an address rather than not at all.
        if (!answers.publicEmails.Check(answer)) continue
        for (const user of answer.data.users?.nodes ?? [])
          if (user?.publicEmail) found.set(Number(/\/(\d{1,15})$/.exec(user.id)?.[1] ?? 0), user.publicEmail)
      }
      return found
    },

    // ---- notes and files --------------------------------------------------------------------------------

    addNote: async (project: number, iid: number, body: string, internal: boolean): Promise<WireNote> => {
      const path = `${issuePath(project, iid)}/notes`
      const response = await write({ method: 'POST', path, json: { body, internal } }, `issue ${iid}`)
      return readAs(answers.note, response.json(), 'a new note', 'unknown')
    },
    editNote: async (project: number, iid: number, id: number, body: string): Promise<void> => {
      const path = `${issuePath(project, iid)}/notes/${id}`
      const response = await write({ method: 'PUT', path, json: { body } }, `note ${id}`)
      readAs(answers.note, response.json(), `note ${id}`, 'unknown')
    },
    deleteNote: async (project: number, iid: number, id: number): Promise<void> => {
      await write({ method: 'DELETE', path: `${issuePath(project, iid)}/notes/${id}` }, `note ${id}`)
    },
    /** Nobody sees an upload before a text names it, so repeating it is harmless. Answers its address in texts. */
    upload: async (
      project: number,
      file: {
        readonly name: string
        readonly mediaType: string
        readonly size: number
        readonly content: AsyncIterable<Uint8Array>
      },
    ): Promise<string> => {
      const { name, mediaType, size, content } = file
      const response = await write(
        {
          method: 'POST',
          path: `${projectPath(project)}/uploads`,
          multipart: [{ name: 'file', filename: name, mediaType, size, content }],
          effect: 'read',
        },
        `file ${name}`,
      )
      return readAs(answers.upload, response.json(), 'an upload').url
    },
    /** Only a maintainer may; without the right the file stays, and no text names it. */
    deleteUpload: async (project: number, secret: string, filename: string): Promise<void> => {
      const path = uploadPath(project, secret, filename)
      await http.request({ method: 'DELETE', path, accept: [403, 404] })
    },
    download: async (project: number, secret: string, filename: string): Promise<HttpDownload> => {
      const answer = await http.download({
        method: 'GET',
        path: uploadPath(project, secret, filename),
        headers: { accept: '*/*' },
        accept: [403, 404],
        follow: true,
      })
      if (answer.status !== 403 && answer.status !== 404) return answer
      for await (const _ of answer.stream) break
      if (answer.status === 404)
        throw new RemoteFault('gone', `file ${filename} does not exist in GitLab (any more)`)
      throw new RemoteFault('invalid', `the account may not read file ${filename}`)
    },

    // ---- webhooks ---------------------------------------------------------------------------------------

    /** null: the account is no maintainer. */
    hooks: (key: ProjectKey): Promise<readonly WireHook[] | null> =>
      everyPage(
        `${projectPath(key)}/hooks`,
        {},
        (body) => readAs(answers.hooks, body, 'webhooks'),
        getIfVisible,
      ),
    addHook: async (key: ProjectKey, json: Readonly<Record<string, unknown>>): Promise<WireHook> => {
      const response = await write({ method: 'POST', path: `${projectPath(key)}/hooks`, json }, 'the webhook')
      return readAs(answers.hook, response.json(), 'a new webhook', 'unknown')
    },
    updateHook: async (
      key: ProjectKey,
      id: number,
      json: Readonly<Record<string, unknown>>,
    ): Promise<WireHook> => {
      const path = `${projectPath(key)}/hooks/${id}`
      const response = await write({ method: 'PUT', path, json }, `webhook ${id}`)
      return readAs(answers.hook, response.json(), `webhook ${id}`, 'unknown')
    },
    /** A test that the address answers well puts a webhook in use again that GitLab had given up. */
    testHook: async (key: ProjectKey, id: number): Promise<boolean> => {
      const path = `${projectPath(key)}/hooks/${id}/test/issues_events`
      const response = await http.request({
        method: 'POST',
        path,
        json: {},
        accept: [400, 403, 404, 422, 429],
      })
      return response.status < 300
    },
    hook: async (key: ProjectKey, id: number): Promise<WireHook | null> => {
      const response = await getIfVisible(`${projectPath(key)}/hooks/${id}`)
      return response === null ? null : readAs(answers.hook, response.json(), `webhook ${id}`)
    },
    removeHook: async (key: ProjectKey, id: number): Promise<void> => {
      await http.request({ method: 'DELETE', path: `${projectPath(key)}/hooks/${id}`, accept: [404] })
    },
  }
}
