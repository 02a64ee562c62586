import type { Http, HttpDownload, HttpRequest, HttpResponse } from '../../sync/connector.ts'
import { RemoteFault } from '../../sync/fault.ts'
import { toolMessage } from '../http-fault.ts'
import { redact } from '../http-redact.ts'
import type { CompiledList, Declaration } from './declaration.ts'
import { type JsonObject, readPath, writePath } from './field-path.ts'
import type { List, Settings, Write } from './schema.ts'

/** The calls of a declaration: addresses, credentials, paging, and which field a refusal is about. */

export type Names = Readonly<
  Partial<Record<'id' | 'commentId' | 'attachmentId' | 'container' | 'marker' | 'status', string>>
>

export interface ListPage {
  readonly items: readonly unknown[]
  /** What to ask for next; null at the end. */
  readonly next: string | null
}

export interface RestClient {
  get(
    path: string,
    query: Readonly<Record<string, string>> | undefined,
    names: Names,
  ): Promise<HttpResponse | 'gone'>
  list(
    list: CompiledList,
    names: Names,
    query: Readonly<Record<string, string>>,
    page: string | null,
  ): Promise<ListPage>
  /** `fields` of the body stand below `wrap` already. */
  write(
    write: Write,
    method: 'POST' | 'PATCH' | 'DELETE',
    names: Names,
    body: JsonObject | null,
    headers: Readonly<Record<string, string>>,
  ): Promise<HttpResponse>
  upload(
    path: string,
    names: Names,
    part: Omit<NonNullable<HttpRequest['multipart']>[number], never>,
    headers: Readonly<Record<string, string>>,
  ): Promise<HttpResponse>
  download(path: string, names: Names): Promise<HttpDownload>
}

/** Pages of a size we did not choose: a full page cannot be told from a last one, so an empty one ends the list. */
const DEFAULT_SIZE = 50

type Credentials = {
  readonly headers: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
}

const NO_MEMBERS: Readonly<Record<string, string>> = Object.freeze({})

/** What the declaration's `auth` makes of the secret. */
export const credentials = (declaration: Declaration, secret: string): Credentials => {
  const { type, name, prefix, username } = declaration.shape.auth
  switch (type) {
    case 'bearer':
      return { headers: { authorization: `Bearer ${secret}` }, query: NO_MEMBERS }
    case 'basic':
      return {
        headers: { authorization: `Basic ${Buffer.from(`${username}:${secret}`).toString('base64')}` },
        query: NO_MEMBERS,
      }
    case 'header':
      return {
        headers: { [(name ?? 'authorization').toLowerCase()]: `${prefix ?? ''}${secret}` },
        query: NO_MEMBERS,
      }
    case 'query':
      return { headers: NO_MEMBERS, query: { [name ?? 'key']: secret } }
    default:
      return { headers: NO_MEMBERS, query: NO_MEMBERS }
  }
}

/** Fills `{id}` and the like. In a path they are encoded; an id of dots alone is left to the HTTP layer to refuse. */
const filled = (template: string, names: Names, encode: (text: string) => string): string =>
  template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const known: Readonly<Record<string, string | undefined>> = names
    const value = Object.hasOwn(known, name) ? known[name] : undefined
    return value === undefined ? whole : encode(value)
  })

const filledQuery = (
  query: Readonly<Record<string, string>> | undefined,
  names: Names,
): Record<string, string> =>
  Object.fromEntries(Object.entries(query ?? {}).map(([name, value]) => [name, filled(value, names, String)]))

/** `<https://…?page=2>; rel="next"` (RFC 8288). */
export const nextLink = (header: string | undefined): string | null => {
  for (const [, address, parameters] of (header ?? '').slice(0, 8_000).matchAll(/<([^<>]*)>([^<>]*)/g)) {
    const relation = /;\s*rel=(?:"([^"]*)"|([^\s;,]+))/i.exec(parameters ?? '')
    const names = (relation?.[1] ?? relation?.[2] ?? '').toLowerCase().split(/\s+/)
    if (names.includes('next')) return address ?? null
  }
  return null
}

const pageQuery = (list: List, page: string | null): Readonly<Record<string, string>> => {
  const shape = list.page
  if (shape === undefined || shape.type === 'none') return NO_MEMBERS
  const size =
    shape.sizeQuery === undefined ? NO_MEMBERS : { [shape.sizeQuery]: String(shape.size ?? DEFAULT_SIZE) }
  if (shape.query === undefined || shape.type === 'link') return size
  const first = shape.type === 'page' ? String(shape.first ?? 1) : shape.type === 'offset' ? '0' : null
  const at = page ?? first
  return at === null ? size : { ...size, [shape.query]: at }
}

const nextPage = (
  list: List,
  page: string | null,
  count: number,
  link: string | undefined,
  next: unknown,
): string | null => {
  const shape = list.page
  const known = shape?.sizeQuery === undefined ? null : (shape.size ?? DEFAULT_SIZE)
  const isLast = count === 0 || (known !== null && count < known)
  switch (shape?.type) {
    case 'page':
      return isLast ? null : String(Number(page ?? shape.first ?? 1) + 1)
    case 'offset':
      return isLast ? null : String(Number(page ?? 0) + count)
    case 'cursor':
      return (typeof next === 'string' && next !== '') || typeof next === 'number' ? String(next) : null
    case 'link':
      return nextLink(link)
    default:
      return null
  }
}

export const restClient = (declaration: Declaration, settings: Settings, http: Http): RestClient => {
  const auth = credentials(declaration, settings.secret ?? '')
  const path = (template: string, names: Names): string => filled(template, names, encodeURIComponent)

  /** A tool that says which of its fields it refuses lets that field alone wait. */
  const refusal = (response: HttpResponse, request: HttpRequest): RemoteFault => {
    const message = redact(toolMessage(response), [settings.secret ?? '', ...Object.values(auth.headers)])
    const field = refusedField(declaration, response)
    return new RemoteFault(
      'invalid',
      `${request.method} ${request.path} answered ${response.status}${message === '' ? '' : `: ${message}`}`,
      { field },
    )
  }

  const send = async (request: HttpRequest): Promise<HttpResponse> => {
    const response = await http.request({ ...request, accept: [400, 422] })
    if (response.status === 400 || response.status === 422) throw refusal(response, request)
    // A page (of a proxy, of a login) says nothing about the write: parsing it raises the right fault.
    if (/html/i.test(response.headers['content-type'] ?? '')) response.json()
    return response
  }

  return {
    get: async (template, query, names) => {
      const response = await http.request({
        method: 'GET',
        path: path(template, names),
        query: { ...filledQuery(query, names), ...auth.query },
        accept: [404, 410],
      })
      return response.status === 404 || response.status === 410 ? 'gone' : response
    },

    list: async (list, names, query, page) => {
      const isLink = list.shape.page?.type === 'link' && page !== null
      const response = await http.request({
        method: 'GET',
        path: isLink ? page : path(list.shape.path, names),
        query: isLink
          ? auth.query
          : {
              ...filledQuery(list.shape.query, names),
              ...query,
              ...pageQuery(list.shape, page),
              ...auth.query,
            },
      })
      const answer = response.json()
      const items = readPath(answer, list.items)
      if (!Array.isArray(items)) {
        throw new RemoteFault(
          'down',
          `GET ${list.shape.path} answered no list at "${list.items.text}", where the declaration says it is`,
        )
      }
      const next = readPath(answer, declaration.path(list.shape.page?.next))
      return { items, next: nextPage(list.shape, page, items.length, response.headers['link'], next) }
    },

    write: (write, method, names, body, headers) =>
      send({
        method: write.method ?? method,
        path: path(write.path, names),
        ...(write.query || auth.query !== NO_MEMBERS
          ? { query: { ...filledQuery(write.query, names), ...auth.query } }
          : {}),
        headers,
        ...(body === null ? {} : { json: wrapped(declaration, write, body) }),
      }),

    upload: (template, names, part, headers) =>
      send({
        method: 'POST',
        path: path(template, names),
        query: auth.query,
        headers,
        multipart: [part],
      }),

    download: (template, names) =>
      http.download({
        method: 'GET',
        path: path(template, names),
        query: auth.query,
        headers: { accept: '*/*' },
      }),
  }
}

const wrapped = (declaration: Declaration, write: Write, body: JsonObject): JsonObject => {
  const whole: JsonObject = { ...write.extra }
  const wrap = declaration.path(write.wrap)
  if (wrap.segments.length === 0) return Object.assign(whole, body)
  writePath(whole, wrap, body)
  return whole
}

/** The field whose write path starts with a name the tool's errors are listed under. */
const refusedField = (declaration: Declaration, response: HttpResponse): string | null => {
  let answer: unknown
  try {
    answer = response.json()
  } catch {
    return null
  }
  const errors = answer !== null && typeof answer === 'object' && 'errors' in answer ? answer.errors : null
  if (errors === null || typeof errors !== 'object') return null
  const names = Array.isArray(errors)
    ? errors.map((each: unknown) =>
        each !== null && typeof each === 'object' && 'field' in each ? each.field : null,
      )
    : Object.keys(errors)
  const refused = declaration.fields.filter(
    ({ write }) => write !== null && (names.includes(write.text) || names.includes(write.segments.at(-1))),
  )
  return refused[0]?.field ?? null
}
