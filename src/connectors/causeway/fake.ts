import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type CallKind, type FakeAnswer, type FaultOrder, INSTEAD, refusal } from './fake/faults.ts'
import { type FakeCall, routesOf } from './fake/routes.ts'
import { type FakeWorld, newWorld } from './fake/world.ts'
import type { Settings } from './settings.ts'

/**
 * Another company's Causeway on loopback, below a path of its own, as one partner of it sees it: `/partner/v1` with a
 * policy that tests change, a ledger of what it accepted, and faults on order. The true one is in `src/api/for-partners`.
 */
export interface CausewayFake {
  readonly settings: Settings
  /** `host:port`, for the list of addresses that may be private. */
  readonly address: string
  readonly world: FakeWorld
  readonly calls: () => number
  /** Strikes the next call that fits; null: none. */
  readonly order: (fault: FaultOrder | null) => void
  /** Refuses connections, and breaks those there are. */
  readonly setDown: (isDown: boolean) => Promise<void>
  readonly close: () => Promise<void>
}

const TOKEN = 'cw_0123456789abcdefghijklmnopqrstuv'
const SECRET = 'secret of the two installations'
const PREFIX = '/desk'
const BELOW = `${PREFIX}/partner/v1/`

/** A ring as the other Causeway sends it. */
export const signedRing = (bytes: Uint8Array, secret: string, at: Date, delivery: string) => {
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const mac = createHmac('sha256', secret).update(`${timestamp}.`).update(bytes).digest('hex')
  return {
    bytes,
    headers: {
      'content-type': 'application/json',
      'x-causeway-delivery': delivery,
      'x-causeway-timestamp': timestamp,
      'x-causeway-signature': `v1=${mac}`,
    },
  }
}

const callOf = async (request: IncomingMessage): Promise<FakeCall> => {
  const url = new URL(request.url ?? '/', 'http://fake')
  const chunks: Uint8Array[] = []
  for await (const chunk of request) chunks.push(chunk)
  return {
    method: request.method ?? 'GET',
    path: url.pathname.startsWith(BELOW) ? url.pathname.slice(BELOW.length).split('/') : [],
    query: url.searchParams,
    key: request.headers['idempotency-key']?.toString() ?? null,
    mediaType: request.headers['content-type'] ?? '',
    bytes: Buffer.concat(chunks),
  }
}

const kindOf = ({ method, path }: FakeCall): CallKind =>
  method !== 'GET' ? 'write' : path.at(-1) === 'content' ? 'file' : 'read'

export const startCausewayFake = async (now: () => Date = () => new Date()): Promise<CausewayFake> => {
  let port = 0
  let calls = 0
  let ordered: FaultOrder | null = null
  const url = (): string => `http://127.0.0.1:${port}${PREFIX}`
  const world = newWorld(now, url)
  const answerOf = routesOf(world)

  const strike = (kind: CallKind): FaultOrder['fault'] | null => {
    const fits = ordered !== null && (ordered.on ?? (kind === 'file' ? 'any other' : kind)) === kind
    const fault = fits ? (ordered?.fault ?? null) : null
    if (fits) ordered = null
    return fault
  }

  const send = (response: ServerResponse, answer: FakeAnswer, isHalf = false): void => {
    const bytes = answer.bytes ?? Buffer.from(answer.json === undefined ? '' : JSON.stringify(answer.json))
    response.writeHead(answer.status, {
      ...(answer.status === 204
        ? {}
        : { 'content-type': 'application/json', 'content-length': bytes.length }),
      date: now().toUTCString(),
      ...answer.headers,
    })
    if (!isHalf) return void response.end(bytes)
    response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy())
  }

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    calls += 1
    const call = await callOf(request)
    if (request.headers.authorization !== `Bearer ${TOKEN}`)
      return send(response, refusal(401, 'unauthenticated', 'Send the token that you were given.'))
    const fault = strike(kindOf(call))
    const instead = fault === null ? undefined : INSTEAD[fault]
    if (instead !== undefined) return send(response, instead)
    const answer = answerOf(call)
    if (fault === 'commit then drop') return void response.destroy()
    if (fault === 'server error after commit')
      return send(response, refusal(500, 'internal', 'Something went wrong here.'))
    send(response, answer, fault === 'half body')
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy())
  })
  const open = async (): Promise<void> => {
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
    const at = server.address()
    port = at !== null && typeof at === 'object' ? at.port : port
  }
  const shut = async (): Promise<void> => {
    const closed = new Promise((resolve) => server.close(resolve))
    server.closeAllConnections()
    await closed
  }
  await open()

  return {
    settings: { url: url(), token: TOKEN, webhookSecret: SECRET },
    address: `127.0.0.1:${port}`,
    world,
    calls: () => calls,
    order: (fault) => {
      ordered = fault
    },
    setDown: async (isDown) => {
      if (isDown === server.listening) await (isDown ? shut() : open())
    },
    close: async () => {
      if (server.listening) await shut()
    },
  }
}
