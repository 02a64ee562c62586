import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Fault } from './faults.ts'
import { readForm } from './form.ts'
import type { FakeAnswer, FakeRequest } from './routes.ts'
import { membersOf } from './writes.ts'

/** The wire: reads requests, answers them, and breaks connections when told to. */

const ROOT = '/REST/2.0'

export interface Handling {
  readonly token: string
  readonly login: string
  readonly now: () => Date
  takeFault(method: string, path: string): Fault | null
  /** Does it and says when everything that belongs to it (webhooks) is over. */
  handle(request: FakeRequest): Promise<FakeAnswer>
}

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}

const headersOf = (request: IncomingMessage): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : value,
    ]),
  )

const parsed = async (incoming: IncomingMessage, handling: Handling): Promise<FakeRequest> => {
  const url = new URL(incoming.url ?? '/', 'http://fake')
  const headers = headersOf(incoming)
  const bytes = await bodyOf(incoming)
  const type = headers['content-type'] ?? ''
  const form = type.startsWith('multipart/form-data') ? readForm(bytes, type) : null
  const json = form === null ? bytes.toString('utf8') : (form.json ?? '')
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname.startsWith(ROOT) ? url.pathname.slice(ROOT.length) : '/nowhere',
    query: url.searchParams,
    headers,
    body: membersOf(jsonOf(json)),
    files: form?.files ?? [],
    by: headers['authorization'] === `token ${handling.token}` ? handling.login : null,
  }
}

const LOGIN_PAGE = '<html><head><title>Login</title></head><body>Please log in</body></html>'
const HUGE_BYTES = 80 * 1024 * 1024

/** Answers that come in place of the real one; null: the real one is given. */
const falseAnswer = (
  fault: Fault | null,
): { status: number; headers: Record<string, string>; text: string } | null => {
  const json = { 'content-type': 'application/json; charset="utf-8"' }
  switch (fault?.kind) {
    case 'server error':
      return { status: 500, headers: {}, text: '' }
    case 'auth':
      return { status: 401, headers: json, text: '{"message":"Unauthorized"}' }
    case 'rate':
      return { status: 429, headers: { 'retry-after': String(fault.retryAfterSeconds ?? 30) }, text: '' }
    case 'html':
      return { status: 200, headers: { 'content-type': 'text/html' }, text: LOGIN_PAGE }
    case 'deep json':
      return { status: 200, headers: json, text: `${'['.repeat(100_000)}${']'.repeat(100_000)}` }
    case 'huge':
      return { status: 200, headers: json, text: `"${'x'.repeat(HUGE_BYTES)}"` }
    default:
      return null
  }
}

const write = (
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  text: string,
): void => {
  response.writeHead(status, { ...headers, connection: 'close', 'content-length': Buffer.byteLength(text) })
  response.end(text)
}

const serve = async (
  incoming: IncomingMessage,
  response: ServerResponse,
  handling: Handling,
): Promise<void> => {
  const request = await parsed(incoming, handling)
  const fault = handling.takeFault(request.method, request.path)
  if (fault?.kind === 'dropped') return void response.destroy()
  const instead = falseAnswer(fault)
  if (instead !== null) return write(response, instead.status, instead.headers, instead.text)
  const answer = await handling.handle(request)
  if (fault?.kind === 'commit then lose') return void response.destroy()
  if (fault?.kind === 'latency') await new Promise((resolve) => setTimeout(resolve, fault.ms ?? 50))
  // As RT does: pretty JSON, the tool's clock in Date, an empty body with 500.
  const text = answer.json === undefined ? '' : JSON.stringify(answer.json, null, 3)
  const date = handling.now().toUTCString()
  const headers = { 'content-type': 'application/json; charset="utf-8"', date, ...answer.headers }
  if (fault?.kind !== 'half body') return write(response, answer.status, headers, text)
  response.writeHead(answer.status, { ...headers, 'content-length': Buffer.byteLength(text) })
  response.write(text.slice(0, Math.floor(text.length / 2)), () => response.destroy())
}

export interface Listening {
  readonly port: number
  /** Refuses connections until `comeBack`. */
  goDown(): Promise<void>
  comeBack(): Promise<void>
}

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      const address = server.address()
      resolve(address !== null && typeof address === 'object' ? address.port : port)
    })
  })

export const startServer = async (handling: Handling): Promise<Listening> => {
  const server = createServer((incoming, response) => {
    serve(incoming, response, handling).catch(() => response.destroy())
  })
  const port = await listen(server, 0)
  return {
    port,
    goDown: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
    comeBack: async () => {
      await listen(server, port)
    },
  }
}
