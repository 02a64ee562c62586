import { parseBoundedJson } from '../../lib/bounded-json.ts'
import type { Http, HttpRequest, HttpResponse } from '../../sync/connector.ts'
import { RemoteFault } from '../../sync/fault.ts'
import type { ToolField } from '../../sync/snapshot.ts'
import { forbidden, rateOf, unprocessable } from './refusal.ts'
import { answers, type GraphqlError } from './schema.ts'

/**
 * How GitHub is asked: what an answer's status means, the pages of a list, and where a redirect leads. GitHub redirects
 * what was renamed or transferred (301 for reads, 307 or 308 for writes); the place it names counts only below our own
 * address.
 */

export const PAGE_SIZE = 100
const MAX_LIST = 2_000
const MAX_STEPS = 3

/** What came of asking for one thing. */
export type Found =
  | { readonly outcome: 'found'; readonly value: unknown; readonly path: string }
  /** 404: not there, or not for us. 410: deleted. */
  | { readonly outcome: 'absent' | 'deleted' }

export interface Wanted {
  /** For texts. */
  readonly what: string
  readonly fields?: readonly ToolField[]
}

export interface GraphqlAnswer {
  /** Parts of it may be null, for the reasons among the errors; undefined: there are only errors. */
  readonly data: unknown
  readonly errors: readonly GraphqlError[]
  readonly headers: HttpResponse['headers']
}

const UNEXPECTED = 'GitHub’s answer to GraphQL has an unexpected shape'

const MOVED = [301, 302, 307, 308]

export type GithubClient = ReturnType<typeof githubClient>

export const githubClient = (http: Http, baseUrl: string, now: () => Date) => {
  const base = new URL(URL.canParse(baseUrl) ? baseUrl : 'https://invalid.invalid')
  const prefix = base.pathname.replace(/\/+$/, '')

  /** The path a redirect names, below our own address; null: nowhere we may go. */
  const movedTo = (response: HttpResponse): string | null => {
    const location = response.headers['location'] ?? ''
    if (location === '' || !URL.canParse(location, base.href)) return null
    const target = new URL(location, base.href)
    if (target.origin !== base.origin || !target.pathname.startsWith(`${prefix}/`)) return null
    const path = target.pathname.slice(prefix.length)
    return /^\/(?:repositories\/\d{1,15}|repos\/[\w.-]+\/[\w.-]+)(?:\/[\w./-]*)?$/.test(path) ? path : null
  }

  const refuse = (response: HttpResponse, wanted: Wanted): void => {
    if (response.status === 403 || response.status === 429) throw forbidden(response, wanted.what, now())
    if (response.status === 422) throw unprocessable(response, wanted.what, wanted.fields ?? [], now())
  }

  /** Follows what was renamed or transferred. */
  const look = async (path: string, what: string, query: HttpRequest['query'] = {}): Promise<Found> => {
    let at = path
    for (let step = 0; step <= MAX_STEPS; step += 1) {
      const response = await http.request({
        method: 'GET',
        path: at,
        query,
        accept: [...MOVED, 403, 404, 410, 429],
      })
      refuse(response, { what })
      if (response.status === 404) return { outcome: 'absent' }
      if (response.status === 410) return { outcome: 'deleted' }
      if (!MOVED.includes(response.status)) return { outcome: 'found', value: response.json(), path: at }
      const next = movedTo(response)
      // Sub-resources of a transferred issue are answered with 301 and no place to go.
      if (next === null) return { outcome: 'absent' }
      at = next
    }
    throw new RemoteFault('down', `GitHub sends on and on when asked for ${what}`)
  }

  const get = async (path: string, what: string, query: HttpRequest['query'] = {}): Promise<unknown> => {
    const found = await look(path, what, query)
    if (found.outcome === 'found') return found.value
    throw new RemoteFault('gone', `GitHub shows no ${what} to this account`)
  }

  const everyPage = async <T>(
    path: string,
    what: string,
    read: (body: unknown) => readonly T[],
    query: HttpRequest['query'] = {},
  ): Promise<readonly T[]> => {
    const rows: T[] = []
    for (let page = 1; rows.length < MAX_LIST; page += 1) {
      const more = read(await get(path, what, { ...query, per_page: PAGE_SIZE, page }))
      rows.push(...more)
      if (more.length < PAGE_SIZE) break
    }
    return rows
  }

  /** A change. `moved`: nothing was done, because the thing is elsewhere now. */
  const change = async (request: HttpRequest, wanted: Wanted): Promise<HttpResponse | 'moved'> => {
    const response = await http.request({ ...request, accept: [...MOVED, 403, 404, 410, 422, 429] })
    refuse(response, wanted)
    if (MOVED.includes(response.status) || response.status === 404) return 'moved'
    if (response.status === 410) throw new RemoteFault('gone', `${wanted.what} was deleted in GitHub`)
    return response
  }

  /** GraphQL answers 200 to what it refuses, and a limit with 200 as well. null: there is no GraphQL. */
  const graphql = async (
    path: string,
    document: string,
    variables: Readonly<Record<string, unknown>>,
    effect: 'read' | 'write' = 'read',
  ): Promise<GraphqlAnswer | null> => {
    const response = await http.request({
      method: 'POST',
      path,
      json: { query: document, variables },
      effect,
      accept: [403, 404, 429],
    })
    if (response.status === 404) return null
    refuse(response, { what: 'a question to GraphQL' })
    const parsed = parseBoundedJson(response.bytes)
    const body = parsed.ok && parsed.value !== null && typeof parsed.value === 'object' ? parsed.value : {}
    const errors = answers.graphqlErrors.Check(body) ? body.errors : []
    if (errors.some(({ type }) => type === 'RATE_LIMITED')) {
      const retryAt = rateOf(response, now()) ?? new Date(now().getTime() + 60_000)
      throw new RemoteFault('rate', 'GitHub’s budget for GraphQL is spent', { retryAt })
    }
    if (!('data' in body) && errors.length === 0)
      throw new RemoteFault(effect === 'write' ? 'unknown' : 'down', UNEXPECTED)
    return { data: 'data' in body ? body.data : undefined, errors, headers: response.headers }
  }

  /** A question whose answer is all or nothing. null: there is no GraphQL. */
  const query = async (
    path: string,
    document: string,
    variables: Readonly<Record<string, unknown>>,
  ): Promise<unknown> => {
    const answer = await graphql(path, document, variables)
    if (answer === null) return null
    if (answer.data === undefined) throw new RemoteFault('down', UNEXPECTED)
    return answer.data
  }

  return { http, look, get, everyPage, change, graphql, query }
}
