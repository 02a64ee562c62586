import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { cutByQuota, type FaultKind, insteadOf } from './faults.ts'
import type { FakeAnswer, FakeRequest } from './routes.ts'

/** The wire: reads requests, answers them, and breaks connections when told to. */

export interface Handling {
  readonly now: () => Date
  isAllowed(authorization: string): boolean
  takeFault(method: string, path: string): FaultKind | null
  token(form: URLSearchParams): FakeAnswer
  /** Does it; what belongs to it (webhooks) is over when it is done. */
  handle(request: FakeRequest): Promise<FakeAnswer>
}

const MAX_BODY_BYTES = 64 * 1024 * 1024

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size > MAX_BODY_BYTES) throw new Error('too large')
    chunks.push(Buffer.from(chunk))
  }
  return Buffer.concat(chunks)
}

const JSON_HEADERS = { 'content-type': 'application/json;charset=UTF-8' }

const NOT_SIGNED_IN: FakeAnswer = {
  status: 401,
  headers: {},
  json: {
    error: { message: 'User Not Authenticated', detail: 'Required to provide Auth information' },
    status: 'failure',
  },
}

const send = (
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: Buffer,
  isHalf: boolean,
): void => {
  response.writeHead(status, { ...headers, connection: 'close', 'content-length': body.length })
  if (!isHalf) return void response.end(body)
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy())
}

const answerFor = async (request: FakeRequest, handling: Handling): Promise<FakeAnswer> => {
  if (request.path === '/oauth_token.do')
    return handling.token(new URLSearchParams(request.bytes.toString('utf8')))
  if (!handling.isAllowed(request.headers['authorization'] ?? '')) return NOT_SIGNED_IN
  return handling.handle(request)
}

const serve = async (
  incoming: IncomingMessage,
  response: ServerResponse,
  handling: Handling,
): Promise<void> => {
  const url = new URL(incoming.url ?? '/', 'http://fake')
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, value?.toString()]),
  )
  const bytes = await bodyOf(incoming)
  const method = incoming.method ?? 'GET'
  const request: FakeRequest = { method, path: url.pathname, query: url.searchParams, headers, bytes }
  const fault = handling.takeFault(method, url.pathname)
  const date = handling.now().toUTCString()
  const instead = insteadOf(fault, handling.now().getTime())
  if (instead !== null)
    return send(response, instead.status, { date, ...instead.headers }, Buffer.from(instead.text), false)
  const answer = await answerFor(request, handling)
  if (fault === 'commit then lose') return void response.destroy()
  const json = fault === 'quota' ? cutByQuota(answer.json) : answer.json
  const body = answer.file ?? Buffer.from(json === undefined ? '' : JSON.stringify(json))
  send(response, answer.status, { date, ...JSON_HEADERS, ...answer.headers }, body, fault === 'half body')
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
