import { err, ok, type Result } from '../lib/result.ts'
import type { FileHost, HttpRequest } from '../sync/connector.ts'

/**
 * Where a request may go: the one origin of the connection, below its base path, or an absolute URL of that origin or of a
 * host where the tool keeps files.
 */

export interface Base {
  readonly url: URL
  /** Its path without a slash at the end. */
  readonly prefix: string
  /** The operator allows this host and port to be private and without TLS. */
  readonly allowed: boolean
}

/** Everywhere one connection may go. */
export interface Places {
  readonly base: Result<Base, string>
  readonly fileHosts: readonly FileHost[]
  readonly allowPrivate: readonly string[]
}

export interface Target {
  /** For texts: without the query. */
  readonly path: string
  readonly origin: string
  /** The operator allows this host and port to be private and without TLS. */
  readonly allowed: boolean
  /** Whether the connection's credentials go along. */
  readonly credentials: boolean
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
  origin: '',
  allowed: false,
  credentials: false,
  pathAndQuery: '',
  refused: reason,
  kind,
})

const matches = (host: string, { host: named }: FileHost): boolean =>
  named.startsWith('*.') ? host.endsWith(named.slice(1)) : host === named

type Place = Pick<Target, 'origin' | 'allowed' | 'credentials'>

/** null: nothing of this connection's. */
const placeOf = (url: URL, own: Base, { fileHosts, allowPrivate }: Places): Place | null => {
  const { origin } = url
  if (origin === own.url.origin) return { origin, allowed: own.allowed, credentials: true }
  const allowed = allowPrivate.includes(hostPort(url))
  const isSafe = url.username === '' && url.password === '' && (url.protocol === 'https:' || allowed)
  const found = isSafe ? fileHosts.find((each) => matches(url.host, each)) : undefined
  return found === undefined ? null : { origin, allowed, credentials: found.credentials }
}

/** `path` is what connectors write, often from ids the tool gave: so it is checked, not trusted. */
export const targetOf = (places: Places, request: HttpRequest): Target => {
  const shown = request.path.split('?', 1)[0] ?? ''
  if (!places.base.ok) return refusal(shown, places.base.error, 'auth')
  const own = places.base.value
  let path = request.path
  let place: Place = { origin: own.url.origin, allowed: own.allowed, credentials: true }
  if (path.startsWith('/')) {
    path = own.prefix + path
  } else {
    const url = URL.canParse(path) ? new URL(path) : null
    const found = url === null ? null : placeOf(url, own, places)
    if (url === null || found === null) {
      return refusal(
        url === null ? '(no address)' : url.origin,
        `it lies outside ${own.url.origin}`,
        'invalid',
      )
    }
    place = found
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
    ...place,
    path: shown.startsWith('/') ? shown : (path.split('?', 1)[0] ?? path),
    pathAndQuery: joined,
    refused: null,
    kind: 'invalid',
  }
}
