import type { Http, HttpRequest } from '../../../src/sync/connector.ts'
import type { VendorSchema } from './openapi.ts'

/** A vendor's schema, and where it is known to be wrong or about another version, with the reason. */
export interface Vendor {
  readonly schema: VendorSchema
  readonly accepts: readonly { readonly problem: RegExp; readonly because: string }[]
}

/** What was held against the vendor's schema, and what did not fit. */
export interface VendorTally {
  requests: number
  readonly problems: Set<string>
  /** Answers made wrong on purpose are nobody's schema. */
  isFaulty: boolean
}

export const vendorTally = (): VendorTally => ({ requests: 0, problems: new Set(), isFaulty: false })

const jsonOf = (read: () => unknown): unknown => {
  try {
    return read()
  } catch {
    return undefined
  }
}

/** Paths and queries as the vendor's schema has them: a query in the path is one. */
const splitPath = (request: HttpRequest): Pick<Parameters<VendorSchema['check']>[0], 'path' | 'query'> => {
  const url = new URL(request.path, 'http://vendor.invalid')
  return {
    path: url.pathname,
    query: { ...Object.fromEntries(url.searchParams), ...definedOf(request.query) },
  }
}

const definedOf = (query: HttpRequest['query']): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(query ?? {}).filter(([, value]) => value !== undefined))

/** Some send JSON by another name (`application/json-patch+json`), and so as bytes. */
const bodyOf = ({ json, body, headers }: HttpRequest): unknown =>
  json === undefined && body instanceof Uint8Array && /json/.test(headers?.['content-type'] ?? '')
    ? jsonOf(() => JSON.parse(Buffer.from(body).toString('utf8')))
    : json

/** The same way out, with every request and answer held against the schema. */
export const checkedHttp = (http: Http, { schema, accepts }: Vendor, tally: VendorTally): Http => {
  const note = (request: HttpRequest, status: number, answer: unknown): void => {
    if (tally.isFaulty) return
    tally.requests += 1
    const exchange = { method: request.method, ...splitPath(request), body: bodyOf(request), status, answer }
    for (const problem of schema.check(exchange))
      if (!accepts.some((known) => known.problem.test(problem))) tally.problems.add(problem)
  }
  return {
    request: async (request) => {
      const response = await http.request(request)
      note(
        request,
        response.status,
        jsonOf(() => response.json()),
      )
      return response
    },
    download: async (request) => {
      const answer = await http.download(request)
      note(request, answer.status, undefined)
      return answer
    },
  }
}
