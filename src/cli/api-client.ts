import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { request } from 'undici'
import { CliStop, EXIT } from './exit-codes.ts'
import type { ServerAddress } from './find-server.ts'

/** The HTTP API as commands use it. What goes wrong becomes a `CliStop` that says what to do. */
export interface Api {
  readonly url: string
  get(path: string, query?: Readonly<Record<string, string | null>>): Promise<unknown>
  /** An answer that is no JSON. */
  getText(path: string): Promise<string>
  post(path: string, body?: unknown): Promise<unknown>
  /** Work that takes minutes: tells how far it is, then gives the answer. */
  postLong(path: string, body: unknown, onProgress: (progress: unknown) => void): Promise<unknown>
  patch(path: string, body: unknown): Promise<unknown>
  delete(path: string): Promise<unknown>
  /** `size`: bytes, where the server says it. */
  download(path: string): Promise<{ readonly size: number | null; readonly content: Readable }>
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

/** Applying a large file takes a while. */
const TIMEOUT_MS = 300_000

interface Problem {
  readonly detail: string
  readonly problems: readonly string[]
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

const place = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return ''
  const { line, column, path, what, todo } = value as Readonly<Record<string, unknown>>
  return `line ${Number(line)}, column ${Number(column)}: ${text(path) ? `${text(path)}: ` : ''}${text(what)}. ${text(todo)}`
}

const readProblem = (body: string, status: number): Problem => {
  try {
    const value: unknown = JSON.parse(body)
    if (typeof value === 'object' && value !== null && 'detail' in value && typeof value.detail === 'string')
      return {
        detail: value.detail,
        problems: 'problems' in value && Array.isArray(value.problems) ? value.problems.map(place) : [],
      }
  } catch {
    // a proxy's own page: its status is all there is to say
  }
  return { detail: `The server answered with status ${status}.`, problems: [] }
}

const stopFor = (status: number, body: string, address: ServerAddress): CliStop => {
  const { detail, problems } = readProblem(body, status)
  if (status === 401)
    return new CliStop(
      EXIT.refused,
      address.token === null ? 'This needs a token.' : 'The token is not valid here.',
      'Sign in with `causeway sign-in ONE-TIME-TOKEN`, or give one with --token or CAUSEWAY_TOKEN.',
    )
  if (status === 404 && detail.startsWith('There is nothing at this address'))
    return new CliStop(
      EXIT.refused,
      detail,
      'Is the server older than this command line? `causeway doctor` tells both versions.',
    )
  if (status === 502 || status === 503 || status === 504)
    return new CliStop(
      EXIT.unreachable,
      detail,
      'Try again in a moment; `causeway doctor` looks for the cause.',
    )
  if (status >= 500) return new CliStop(EXIT.failed, detail, "The server's log has the details.")
  return new CliStop(EXIT.refused, detail, '', problems)
}

const unreachable = (address: ServerAddress, error: unknown): CliStop => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'no answer'
  return new CliStop(
    EXIT.unreachable,
    `Causeway at ${address.url} cannot be reached (${code}).`,
    'Start it with `npm start`, or correct --url or CAUSEWAY_URL. `causeway doctor` looks for the cause.',
  )
}

export const connectApi = (address: ServerAddress): Api => {
  const call = async (method: Method, path: string, body?: unknown, accept = 'application/json, */*') => {
    const answer = await request(`${address.url}${path}`, {
      method,
      headersTimeout: TIMEOUT_MS,
      bodyTimeout: TIMEOUT_MS,
      headers: {
        accept,
        ...(address.token === null ? {} : { authorization: `Bearer ${address.token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? null : JSON.stringify(body),
    }).catch((error: unknown) => {
      throw unreachable(address, error)
    })
    if (answer.statusCode >= 300) throw stopFor(answer.statusCode, await answer.body.text(), address)
    return answer
  }
  const json = async (method: Method, path: string, body?: unknown): Promise<unknown> => {
    const answer = await call(method, path, body)
    const content = await answer.body.text()
    return content === '' ? null : parse(content)
  }
  const parse = (content: string): unknown => {
    try {
      return JSON.parse(content)
    } catch {
      throw new CliStop(
        EXIT.failed,
        `${address.url} does not answer like Causeway.`,
        'Correct --url or CAUSEWAY_URL.',
      )
    }
  }
  const long = async (path: string, body: unknown, onProgress: (progress: unknown) => void) => {
    const answer = await call('POST', path, body, 'application/x-ndjson, application/json;q=0.5')
    if (!String(answer.headers['content-type']).startsWith('application/x-ndjson'))
      return parse(await answer.body.text())
    try {
      for await (const text of createInterface({ input: answer.body })) {
        const line = parse(text) as Readonly<Record<string, unknown>>
        if ('answer' in line) return line['answer']
        if ('problem' in line)
          throw stopFor(Number(Object(line['problem']).status), JSON.stringify(line['problem']), address)
        onProgress(line['progress'])
      }
    } catch (error) {
      throw error instanceof CliStop ? error : unreachable(address, error)
    }
    throw unreachable(address, null)
  }
  return {
    url: address.url,
    get: (path, query = {}) => {
      const search = new URLSearchParams(
        Object.entries(query).flatMap(([k, v]) => (v === null ? [] : [[k, v] satisfies [string, string]])),
      )
      return json('GET', search.size === 0 ? path : `${path}?${search}`)
    },
    getText: async (path) => (await call('GET', path)).body.text(),
    post: (path, body = {}) => json('POST', path, body),
    postLong: long,
    patch: (path, body) => json('PATCH', path, body),
    delete: (path) => json('DELETE', path),
    download: async (path) => {
      const { headers, body } = await call('GET', path)
      const size = Number(headers['content-length'])
      return { size: Number.isSafeInteger(size) && size > 0 ? size : null, content: Readable.from(body) }
    },
  }
}
