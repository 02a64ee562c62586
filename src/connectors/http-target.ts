import { err, ok, type Result } from '../lib/result.ts'
import type { HttpRequest } from '../sync/connector.ts'

/** Where a request may go: the one origin of the connection, below its base path, or an absolute URL of that origin. */

export interface Base {
  readonly url: URL
  /** Its path without a slash at the end. */
  readonly prefix: string
  /** The operator allows this host and port to be private and without TLS. */
  readonly allowed: boolean
}

export interface Target {
  /** For texts: without the query. */
  readonly path: string
  readonly pathAndQuery: string
  /** Why nothing may be sent, as half a sentence; null when it may. */
  readonly refused: string | null
  readonly kind: 'auth' | 'invalid'
}

const hostPort = (url: URL): string =>
  `${url.hostname}:${url.port || (url.protocol === 'https:' ? '443' : '80')}`

/** The error is half a sentence for a person. */
export const baseOf = (baseUrl: string, allowPrivate: readonly string[]): Result<Base, string> => {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : null
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    return err('the address of the connection is not a web address (https://…)')
  }
  if (url.username !== '' || url.password !== '') {
    return err(
      'the address of the connection holds a user name or password: they belong in the settings for credentials',
    )
  }
  const allowed = allowPrivate.includes(hostPort(url))
  if (url.protocol === 'http:' && !allowed) {
    return err(
      `the address is not https, and the operator has not allowed ${hostPort(url)} without it (CAUSEWAY_ALLOW_HOSTS)`,
    )
  }
  return ok({ url, prefix: url.pathname.replace(/\/+$/, ''), allowed })
}

/** Anything that could end a line, start a fragment, or that differs between two readers of the path. */
const UNSAFE = /[^\u0021-\u007e]|[\\#]/
const DOT_SEGMENT = /(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)/i

const queryOf = (query: NonNullable<HttpRequest['query']>): string => {
  const parts: string[] = []
  for (const name of Object.keys(query)) {
    const value = query[name]
    if (value === undefined) continue
    const key = encodeURIComponent(name)
    if (typeof value === 'object') for (const each of value) parts.push(`${key}=${encodeURIComponent(each)}`)
    else parts.push(`${key}=${encodeURIComponent(value)}`)
  }
  return parts.join('&')
}

const refusal = (path: string, reason: string, kind: Target['kind']): Target => ({
  path,
  pathAndQuery: '',
  refused: reason,
  kind,
})

/** `path` is what connectors write, often from ids the tool gave: so it is checked, not trusted. */
export const targetOf = (base: Result<Base, string>, request: HttpRequest): Target => {
  const shown = request.path.split('?', 1)[0] ?? ''
  if (!base.ok) return refusal(shown, base.error, 'auth')
  let path = request.path
  if (path.startsWith('/')) {
    path = base.value.prefix + path
  } else {
    const url = URL.canParse(path) ? new URL(path) : null
    if (url === null || url.origin !== base.value.url.origin) {
      return refusal(
        url === null ? '(no address)' : url.origin,
        `it lies outside ${base.value.url.origin}`,
        'invalid',
      )
    }
    path = url.pathname + url.search
  }
  if (UNSAFE.test(path) || DOT_SEGMENT.test(path.split('?', 1)[0] ?? '')) {
    return refusal(
      shown.replace(/[^\u0021-\u007e]/g, '?'),
      'its path holds characters or steps that are not allowed',
      'invalid',
    )
  }
  const query = request.query === undefined ? '' : queryOf(request.query)
  const joined = query === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${query}`
  return {
    path: shown.startsWith('/') ? shown : (path.split('?', 1)[0] ?? path),
    pathAndQuery: joined,
    refused: null,
    kind: 'invalid',
  }
}
