import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { execute, FakeRefusal, type Members, readDocument } from './fake/execute.ts'
import { type FaultSettings, faultScript, type LinearFault } from './fake/faults.ts'
import { type FakeHands, handsOf } from './fake/hands.ts'
import { mutationsOf } from './fake/mutations.ts'
import { queriesOf } from './fake/queries.ts'
import { type FakeWorld, fixedId, newWorld } from './fake/state.ts'
import type { Settings } from './settings.ts'

/**
 * A pretended Linear over HTTP on loopback: its API, the host where files lie, and the store that takes them by presigned
 * addresses. It has what surprises a client of the real one: errors with 200 and with 400, rate limits as errors, ids
 * that are taken, a comment that does not move its issue's time, texts written anew, a trash that can be read but not
 * written, history that joins what one person does within minutes. Its ledger counts the changes it accepted.
 */

export interface LinearFakeOptions {
  /** Default: the time of day. */
  readonly now?: () => Date
}

export interface LinearFake {
  readonly settings: Settings
  /** `host:port` of each of its servers, for the list of addresses that may be private. */
  readonly addresses: readonly string[]
  readonly world: FakeWorld
  readonly hands: FakeHands
  /** Requests received, on all three. */
  readonly calls: () => number
  /** Whether the account may keep webhooks. */
  readonly setAdmin: (isAdmin: boolean) => void
  readonly set: (faults: FaultSettings) => Promise<void>
  readonly close: () => Promise<void>
}

const API_KEY = 'lin_api_0123456789abcdefghijklmnop'
const CLIENT = { id: 'client-of-causeway', secret: 'secret-of-the-client' } as const
const TOKEN = 'lin_oauth_0123456789abcdefghij'
const SIGNED_FOR_MS = 60_000

interface Answer {
  readonly status: number
  readonly json?: unknown
  readonly bytes?: Uint8Array
  readonly headers?: Readonly<Record<string, string>>
}

const bodyOf = async (request: IncomingMessage): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks)
}

const INSTEAD: Readonly<Partial<Record<LinearFault, Answer>>> = {
  'server error': { status: 500 },
  html: {
    status: 200,
    bytes: Buffer.from('<html><body>Down for maintenance</body></html>'),
    headers: { 'content-type': 'text/html' },
  },
  'deep json': { status: 200, bytes: Buffer.from('['.repeat(100_000)) },
  huge: { status: 200, bytes: Buffer.alloc(20 * 1024 * 1024, ' ') },
}

const refusal = (status: number, message: string, type: string, code: string): Answer => ({
  status,
  json: {
    errors: [{ message, extensions: { type, code, userError: true, userPresentableMessage: message } }],
  },
})

const send = (response: ServerResponse, answer: Answer, isHalf: boolean): void => {
  const bytes = answer.bytes ?? Buffer.from(answer.json === undefined ? '' : JSON.stringify(answer.json))
  const type = answer.json === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }
  response.writeHead(answer.status, { ...type, 'content-length': String(bytes.length), ...answer.headers })
  if (!isHalf) return void response.end(bytes)
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy())
}

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      resolve(address !== null && typeof address === 'object' ? address.port : port)
    })
  })

const stop = async (server: Server): Promise<void> => {
  const closed = new Promise((resolve) => server.close(resolve))
  server.closeAllConnections()
  await closed
}

export const startLinearFake = async (options: LinearFakeOptions = {}): Promise<LinearFake> => {
  const now = options.now ?? (() => new Date())
  const world = newWorld(now)
  const faults = faultScript()
  let calls = 0
  let isAdmin = true
  const expected = new Map<string, { readonly size: number; readonly path: string; readonly until: number }>()
  let places = { api: '', files: '', uploads: '' }

  const prepare = (size: number) => {
    const path = `/${fixedId('workspace')}/${world.newId()}`
    const signature = world.newId()
    expected.set(signature, { size, path, until: now().getTime() + SIGNED_FOR_MS })
    return {
      uploadUrl: `${places.uploads}/uploads.linear.app${path}?X-Goog-Expires=60&X-Goog-Signature=${signature}`,
      assetUrl: `${places.files}${path}`,
    }
  }
  const queries = queriesOf(world)
  const mutations = mutationsOf(world, { prepare }, () => isAdmin)
  const isKnown = ({ authorization }: IncomingMessage['headers']): boolean =>
    authorization === API_KEY || authorization === `Bearer ${TOKEN}`

  const budget = (left: number): Readonly<Record<string, string>> => ({
    'x-complexity': '120',
    'x-ratelimit-requests-limit': '2500',
    'x-ratelimit-requests-remaining': String(left),
    'x-ratelimit-requests-reset': String(now().getTime() + 90_000),
    'x-ratelimit-complexity-limit': '3000000',
    'x-ratelimit-complexity-remaining': '2999880',
    'x-ratelimit-complexity-reset': String(now().getTime() + 3_600_000),
  })

  const answered = (query: string, variables: Members): Answer => {
    try {
      const document = readDocument(query)
      const root = document.operation.operation === 'mutation' ? mutations : queries
      return { status: 200, json: { data: execute(document, root, variables) }, headers: budget(2_400) }
    } catch (thrown) {
      if (!(thrown instanceof FakeRefusal)) throw thrown
      const { message, extensions } = thrown
      return { status: 200, json: { errors: [{ message, extensions }], data: null }, headers: budget(2_400) }
    }
  }

  const graphql = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { query, variables } = JSON.parse(Buffer.from(await bodyOf(request)).toString('utf8'))
    const isWrite = /^\s*mutation/.test(query) && !query.includes('fileUpload')
    const fault = faults.strike(isWrite ? 'write' : 'read')
    if (fault === 'auth' || !isKnown(request.headers)) {
      const said = 'Authentication required, not authenticated'
      return send(response, refusal(401, said, 'authentication error', 'AUTHENTICATION_ERROR'), false)
    }
    if (fault === 'rate') {
      const limited = refusal(400, 'Rate limit exceeded', 'ratelimited', 'RATELIMITED')
      return send(response, { ...limited, headers: budget(0) }, false)
    }
    const instead = fault === null ? undefined : INSTEAD[fault]
    if (instead !== undefined) return send(response, instead, false)
    const given = answered(query, variables ?? {})
    if (fault === 'commit then drop') return void response.destroy()
    if (fault === 'server error after commit') return send(response, { status: 500 }, false)
    send(response, given, fault === 'half body')
  }

  const token = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const form = new URLSearchParams(Buffer.from(await bodyOf(request)).toString('utf8'))
    const isRight =
      form.get('grant_type') === 'client_credentials' &&
      form.get('client_id') === CLIENT.id &&
      form.get('client_secret') === CLIENT.secret
    const json = isRight
      ? { access_token: TOKEN, token_type: 'Bearer', expires_in: 2_591_999, scope: form.get('scope') }
      : { error: 'invalid_client', error_description: 'Client credentials are invalid' }
    send(response, { status: isRight ? 200 : 400, json }, false)
  }

  const api = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method === 'POST' && request.url === '/graphql') return graphql(request, response)
    if (request.method === 'POST' && request.url === '/oauth/token') return token(request, response)
    send(response, { status: 404 }, false)
  }

  const files = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const fault = faults.strike('file')
    if (!isKnown(request.headers)) return send(response, { status: 401 }, false)
    const found = world.files.get(request.url ?? '')
    if (found === undefined) return send(response, { status: 404 }, false)
    const headers = { 'content-type': found.mediaType }
    send(response, { status: 200, bytes: found.bytes, headers }, fault === 'half body')
  }

  /** As a store of presigned addresses: no other credentials, the promised size, and within a minute. */
  const uploads = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', places.uploads)
    const wanted = expected.get(url.searchParams.get('X-Goog-Signature') ?? '')
    const bytes = await bodyOf(request)
    const { headers } = request
    const isRight =
      request.method === 'PUT' &&
      wanted !== undefined &&
      headers.authorization === undefined &&
      headers['x-goog-content-length-range'] === `${wanted.size},${wanted.size}` &&
      headers['content-length'] === String(wanted.size) &&
      bytes.length === wanted.size &&
      now().getTime() <= wanted.until
    if (!isRight) return send(response, { status: 403, bytes: Buffer.from('<Error/>') }, false)
    world.files.set(wanted.path, { bytes, mediaType: headers['content-type'] ?? '' })
    send(response, { status: 200 }, false)
  }

  const serving = [api, files, uploads].map((handle) =>
    createServer((request, response) => {
      calls += 1
      handle(request, response).catch(() => response.destroy())
    }),
  )
  const ports = await Promise.all(serving.map((server) => listen(server, 0)))
  const addresses = ports.map((port) => `127.0.0.1:${port}`)
  const [apiUrl = '', filesUrl = '', uploadsUrl = ''] = addresses.map((address) => `http://${address}`)
  places = { api: apiUrl, files: filesUrl, uploads: uploadsUrl }

  return {
    settings: {
      apiKey: API_KEY,
      teams: ['ATL', 'BOR'],
      causewayUrl: 'https://causeway.example.com',
      webhookSecret: 'secret of the pretended Linear',
      publicWord: 'Public:',
      typeGroup: 'Type',
      customers: 'name',
      addresses: places,
    },
    addresses,
    world,
    hands: handsOf(world, filesUrl),
    calls: () => calls,
    setAdmin: (next) => {
      isAdmin = next
    },
    set: async (next) => {
      const wasDown = faults.settings().down ?? false
      faults.set(next)
      const isDown = next.down ?? false
      const [server] = serving
      if (server === undefined) return
      if (isDown && !wasDown) await stop(server)
      if (!isDown && wasDown) await listen(server, ports[0] ?? 0)
    },
    close: async () => {
      for (const server of serving) if (server.listening) await stop(server)
    },
  }
}

/** For signing in as an application instead of with the key. */
export const FAKE_CLIENT = { clientId: CLIENT.id, clientSecret: CLIENT.secret } as const
