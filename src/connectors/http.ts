import { parseBoundedJson } from '../lib/bounded-json.ts'
import type { FileHost, Http, HttpDownload, HttpRequest, HttpResponse, SignIn } from '../sync/connector.ts'
import { type FaultKind, isFault, type RemoteFault } from '../sync/fault.ts'
import { AddressDenied } from './address-guard.ts'
import { wireBody } from './http-body.ts'
import { exchange, flatHeaders, type Outcome, reasonOf } from './http-exchange.ts'
import { type Answer, type Call, callFault, lostKind, notJsonFault, statusFault } from './http-fault.ts'
import { openPools } from './http-pools.ts'
import { type RateInfo, rateInfo } from './http-rate.ts'
import { secretsOf } from './http-redact.ts'
import { credentialsOf } from './http-sign-in.ts'
import { baseOf, targetOf } from './http-target.ts'

/**
 * The only way out to a tool: one origin, and the hosts where it keeps files. It sets the limits (addresses, sizes, times,
 * nesting), adds the credentials, and says in one fault type what went wrong. It never retries, save once with fresh
 * credentials, and follows no redirect but that of a file.
 */
export interface HttpOptions {
  /** Absolute; paths of requests are put below its path. */
  readonly baseUrl: string
  /** Credentials, asked for at each call. Their values never appear in a fault. */
  readonly headers: () => Readonly<Record<string, string>>
  readonly signIn?: SignIn | null
  readonly fileHosts?: readonly FileHost[]
  readonly now: () => Date
  /** Exact `host:port` that may be private or without TLS. */
  readonly allowPrivate: readonly string[]
  /** For a whole call; for streams, between two pieces. Default 30,000. */
  readonly timeoutMs?: number
  /** Connections kept open at most. Default 16. */
  readonly connections?: number
  readonly onRate?: (info: RateInfo) => void
  /** Told of every call when it is over. Holds no header, query or body. */
  readonly recorder?: (call: RecordedCall) => void
}

export interface RecordedCall {
  readonly method: string
  readonly path: string
  /** null: no answer. */
  readonly status: number | null
  readonly fault: FaultKind | null
  readonly durationMs: number
}

const DEFAULT_TIMEOUT_MS = 30_000
const DEFAULT_CONNECTIONS = 16
const DEFAULT_MAX_BYTES = 16 * 1024 * 1024
const MAX_ERROR_BYTES = 64 * 1024
const CONNECT_TIMEOUT_MS = 10_000
const MAX_STEPS = 3
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308]

const effectOf = (request: HttpRequest): Call['effect'] =>
  request.effect ?? (request.method === 'GET' ? 'read' : 'write')

const responseOf = (call: Call, answer: Answer): HttpResponse => ({
  status: answer.status,
  headers: answer.headers,
  bytes: answer.bytes,
  json: () => {
    const parsed = parseBoundedJson(answer.bytes)
    if (parsed.ok) return parsed.value
    throw notJsonFault(call, answer, parsed.error)
  },
  text: () => Buffer.from(answer.bytes.buffer, answer.bytes.byteOffset, answer.bytes.length).toString('utf8'),
})

const failureFault = (call: Call, failure: Extract<Outcome, { ok: false }>): RemoteFault => {
  // A person must act: trying again later changes nothing.
  if (failure.cause instanceof AddressDenied)
    return callFault(call, 'auth', `was not sent: ${failure.reason}`)
  if (!failure.sent)
    return callFault(call, 'down', `was not sent: ${failure.reason}`, { cause: failure.cause })
  if (failure.tooLarge && call.effect === 'read')
    return callFault(call, 'invalid', `failed: ${failure.reason}`)
  return callFault(call, lostKind(call.effect), `failed: ${failure.reason}`, { cause: failure.cause })
}

const passes = (request: HttpRequest, status: number): boolean =>
  (status >= 200 && status < 300) || (request.accept?.includes(status) ?? false)

/** Opens the way to one tool. Connects only when asked for something; `close` waits for calls under way. */
export const openHttp = (options: HttpOptions): Http & { close(): Promise<void> } => {
  const base = baseOf(options.baseUrl, options.allowPrivate)
  const places = { base, fileHosts: options.fileHosts ?? [], allowPrivate: options.allowPrivate }
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS
  const pools = openPools(
    base.ok ? base.value.url.origin : '',
    options.connections ?? DEFAULT_CONNECTIONS,
    Math.min(timeoutMs, CONNECT_TIMEOUT_MS),
  )
  const credentials = credentialsOf(
    options.headers,
    options.signIn ?? null,
    (baseUrl) =>
      openHttp({
        baseUrl,
        headers: () => ({}),
        now: options.now,
        allowPrivate: options.allowPrivate,
        connections: 1,
      }),
    options.now,
  )

  const prepare = async (request: HttpRequest) => {
    const target = targetOf(places, request)
    // what may not be sent asks for no credentials either
    const known = target.refused === null && target.credentials ? await credentials.headers() : {}
    const call: Call = {
      method: request.method,
      path: target.path,
      effect: effectOf(request),
      secrets: () => [
        ...secretsOf(known),
        ...secretsOf(request.headers ?? {}),
        ...secretsOf(request.query ?? {}),
      ],
    }
    if (target.refused !== null) throw callFault(call, target.kind, `was not sent: ${target.refused}`)
    const wire = wireBody(request)
    const limitMs = request.timeoutMs ?? timeoutMs
    const dispatch = {
      origin: target.origin,
      path: target.pathAndQuery,
      method: request.method,
      headers: {
        accept: 'application/json',
        'user-agent': 'causeway',
        ...known,
        ...request.headers,
        ...wire.headers,
      },
      body: wire.body,
      headersTimeout: wire.streamed ? limitMs : 0,
    }
    return {
      call,
      known,
      credentials: target.credentials,
      pool: pools.of(target.origin, target.allowed),
      at: new URL(target.pathAndQuery, target.origin),
      dispatch,
      limitMs,
      streamed: wire.streamed,
    }
  }
  type Prepared = Awaited<ReturnType<typeof prepare>>

  /** The tool may have taken the credentials back: then once more with others. A stream cannot be sent twice. */
  const isWorthAgain = (prepared: Prepared, status: number, attempt: number): boolean => {
    if (status !== 401 || attempt > 1 || !prepared.credentials || !credentials.refused(prepared.known))
      return false
    if (!prepared.streamed) return true
    throw callFault(prepared.call, 'down', 'was not taken: the credentials had run out, and are exchanged')
  }

  const noteRate = (headers: Answer['headers']): void => {
    if (!options.onRate) return
    const info = rateInfo(headers, options.now())
    if (info) options.onRate(info)
  }

  const send = async (request: HttpRequest, attempt = 1): Promise<HttpResponse> => {
    const prepared = await prepare(request)
    const { call, pool, at, dispatch, limitMs, streamed } = prepared
    const outcome = await exchange(pool, dispatch, {
      timeoutMs: limitMs,
      maxBytes: request.maxBytes ?? DEFAULT_MAX_BYTES,
      streamed,
    })
    if (!outcome.ok) throw failureFault(call, outcome)
    noteRate(outcome.answer.headers)
    if (passes(request, outcome.answer.status)) return responseOf(call, outcome.answer)
    if (isWorthAgain(prepared, outcome.answer.status, attempt)) return send(request, attempt + 1)
    throw statusFault(call, outcome.answer, at, options.now())
  }

  const download = async (request: HttpRequest, attempt = 1, steps = 0): Promise<HttpDownload> => {
    const prepared = await prepare(request)
    const { call, pool, at, dispatch, limitMs } = prepared
    const asked = { ...dispatch, headersTimeout: limitMs, bodyTimeout: limitMs }
    const response = await pool.request(asked).catch((cause: Error) => {
      throw failureFault(call, { ok: false, sent: true, tooLarge: false, reason: reasonOf(cause), cause })
    })
    const headers = flatHeaders(response.headers)
    noteRate(headers)
    const status = response.statusCode
    if (!passes(request, status)) {
      const bytes = await firstBytes(response.body)
      const next = request.follow === true && steps < MAX_STEPS ? onward(status, headers, at) : null
      // only what is asked of a file goes along: the tool's own headers and query are none of the next host's business
      if (next !== null && targetOf(places, { method: 'GET', path: next }).refused === null)
        return download({ ...asFile(request), path: next }, attempt, steps + 1)
      if (isWorthAgain(prepared, status, attempt)) return download(request, attempt + 1, steps)
      throw statusFault(call, { status, headers, bytes }, at, options.now())
    }
    const length = headers['content-length']
    const size = length !== undefined && /^\d{1,15}$/.test(length) ? Number(length) : null
    return { status, headers, size, stream: pieces(call, response.body) }
  }

  const recorded = <T extends { readonly status: number }>(work: (request: HttpRequest) => Promise<T>) => {
    const { recorder } = options
    if (!recorder) return work
    return async (request: HttpRequest): Promise<T> => {
      const startedAt = performance.now()
      const note = (status: number | null, fault: FaultKind | null): void => {
        const path = request.path.split('?', 1)[0] ?? ''
        recorder({ method: request.method, path, status, fault, durationMs: performance.now() - startedAt })
      }
      try {
        const result = await work(request)
        note(result.status, null)
        return result
      } catch (error) {
        note(null, isFault(error) ? error.kind : null)
        throw error
      }
    }
  }

  return Object.freeze({
    request: recorded((request) => send(request)),
    download: recorded((request) => download(request)),
    close: () => pools.close(),
  })
}

/** Where the tool sends a reader on to; null: nowhere. */
const onward = (status: number, headers: Answer['headers'], at: URL): string | null => {
  const location = headers['location']
  if (!REDIRECTS.includes(status) || location === undefined) return null
  return URL.canParse(location, at.href) ? new URL(location, at.href).href : null
}

const asFile = ({ timeoutMs, maxBytes }: HttpRequest): Omit<HttpRequest, 'path'> => ({
  method: 'GET',
  follow: true,
  headers: { accept: '*/*' },
  ...(timeoutMs === undefined ? {} : { timeoutMs }),
  ...(maxBytes === undefined ? {} : { maxBytes }),
})

/** Enough of a refused download to say why; the rest is dropped with the connection. */
const firstBytes = async (body: AsyncIterable<Uint8Array>): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of body) {
      chunks.push(chunk)
      size += chunk.length
      if (size >= MAX_ERROR_BYTES) break
    }
  } catch {
    // What came before the cut is all there is to say.
  }
  return Buffer.concat(chunks)
}

async function* pieces(call: Call, body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body
  } catch (cause) {
    throw callFault(
      call,
      'down',
      `was cut short: ${cause instanceof Error ? reasonOf(cause) : 'unknown reason'}`,
      { cause },
    )
  }
}
