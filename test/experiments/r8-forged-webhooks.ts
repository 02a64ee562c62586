import { type AddressInfo, createConnection, type Socket } from 'node:net'
import { signHook } from '../../src/connectors/demo/tool/hooks.ts'
import { openTestApi, type TestApi } from '../support/api.ts'
import { chanceOf } from '../sync-fuzz/chance.ts'
import { type Experiment, must, zero } from './experiment.ts'

/**
 * R8: whoever cannot sign achieves nothing. Every kind of forgery against the server over a socket; what it did is read
 * from its tables. A body over the cap must be refused while most of it is still unsent, and before anything is hashed.
 */
const SECRET = 'of desk a'
const CAP = 64 * 1024
const TEN_MB = 10 * 1024 * 1024
/** Node reads a socket in pieces of this size; some may be under way. */
const READ_AHEAD = 512 * 1024

interface Delivery {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array<ArrayBuffer>
}

type Forge = (good: Delivery, at: Date, pick: (below: number) => number) => Delivery

const stampOf = (at: Date, shiftS = 0): string => String(Math.floor(at.getTime() / 1000) + shiftS)

const signed = (body: string, stamp: string, secret = SECRET, delivery = 'd'): Delivery => ({
  path: '/hooks/desk-a',
  headers: {
    'content-type': 'application/json',
    'x-demo-timestamp': stamp,
    'x-demo-signature': signHook(secret, stamp, Buffer.from(body)),
    'x-demo-delivery': delivery,
  },
  body,
})

const without = (good: Delivery, name: string): Delivery => ({
  ...good,
  headers: Object.fromEntries(Object.entries(good.headers).filter(([header]) => header !== name)),
})
const withHeader = (good: Delivery, name: string, value: string): Delivery => ({
  ...good,
  headers: { ...good.headers, [name]: value },
})

const FORGERIES: Readonly<Record<string, Forge>> = {
  'no signature': (good) => without(good, 'x-demo-signature'),
  'wrong key': (good, at, pick) => signed(String(good.body), stampOf(at), `guess ${pick(1e6)}`),
  'another connection’s key': (good, at) => signed(String(good.body), stampOf(at), 'of desk b'),
  'signature of another length': (good, _, pick) =>
    withHeader(good, 'x-demo-signature', `sha256=${'a'.repeat(pick(200))}`),
  'signature with letters beyond ASCII': (good) =>
    withHeader(good, 'x-demo-signature', `sha256=${'\u00e9'.repeat(64)}`),
  'changed byte': (good, _, pick) => {
    const bytes = Buffer.from(String(good.body))
    const place = pick(bytes.length)
    bytes.writeUInt8((bytes.readUInt8(place) ^ (1 + pick(255))) & 0xff, place)
    return { ...good, body: new Uint8Array(bytes) }
  },
  'changed white space': (good) => ({ ...good, body: String(good.body).replace(':', ': ') }),
  'old stamp': (good, at, pick) => signed(String(good.body), stampOf(at, -301 - pick(1e6))),
  'future stamp': (good, at, pick) => signed(String(good.body), stampOf(at, 301 + pick(1e6))),
  'stamp changed after signing': (good, at) => withHeader(good, 'x-demo-timestamp', stampOf(at, 1)),
  'no stamp': (good) => without(good, 'x-demo-timestamp'),
  'wrong content type': (good, _, pick) =>
    withHeader(
      good,
      'content-type',
      ['text/plain', 'application/xml', 'multipart/form-data; boundary=x'][pick(3)] ?? '',
    ),
  'no such connection': (good, _, pick) => ({ ...good, path: `/hooks/nobody-${pick(1e6)}` }),
}

export const forged: Experiment = {
  id: 'R8',
  title: 'webhooks forged, altered, out of time, too large, of another type; replays',
  // the server brings a database of its own
  run: async (_, scale) => {
    const api = await openTestApi()
    try {
      await api.connection('desk-a', SECRET)
      await api.connection('desk-b', 'of desk b')
      const port = await listen(api)
      return await runForgeries(api, port, scale === 'long' ? 200 : 3)
    } finally {
      await api.close()
    }
  },
}

const runForgeries = async (api: TestApi, port: number, each: number) => {
  const chance = chanceOf(8)
  let count = 0
  const good = (): Delivery => {
    count += 1
    const body = JSON.stringify({ event: 'update', item: { id: `${count}`, key: `T-${count}` } })
    return signed(body, stampOf(api.clock.now), SECRET, `d-${count}`)
  }
  // one that is right, so that refusals below mean something
  const first = await post(port, good())
  const start = await effects(api)
  const answers: Record<string, number> = {}
  let accepted = 0
  for (const forge of Object.values(FORGERIES)) {
    for (let time = 0; time < each; time += 1) {
      const status = await post(
        port,
        forge(good(), api.clock.now, (below) => chance.below(below)),
      )
      answers[status] = (answers[status] ?? 0) + 1
      if (status < 400) accepted += 1
    }
  }
  const caused = (await effects(api)) - start
  const replays = await replay(api, port, good(), each)
  const beforeLarge = await effects(api)
  const large = [await tooLarge(api, port, good(), 'length'), await tooLarge(api, port, good(), 'chunks')]
  const causedByLarge = (await effects(api)) - beforeLarge
  return {
    seed: 8,
    counts: {
      forgeries: Object.keys(FORGERIES).length,
      sent: Object.keys(FORGERIES).length * each,
      accepted,
      effects: caused,
      answers: Object.entries(answers)
        .map(([status, times]) => `${times} × ${status}`)
        .join(' '),
      'replays in the window answered 200': replays.answered,
      'effects of replays': replays.effects,
      'replays after the window accepted': replays.late,
      '10 MB: answers': large.map((one) => one.status || 'closed').join(' '),
      '10 MB: effects': causedByLarge,
      '10 MB: bytes read of it at most': Math.max(...large.map((one) => one.bytesRead)),
      '10 MB: signatures computed': large.filter((one) => one.verified).length,
    },
    failures: [
      ...must('answer to a right one', first, first === 200, '200'),
      ...zero('accepted', accepted),
      ...zero('effects', caused),
      ...must(
        'replays in the window answered 200',
        replays.answered,
        replays.answered === each,
        String(each),
      ),
      ...zero('effects of replays', replays.effects),
      ...zero('replays after the window accepted', replays.late),
      ...zero('effects of 10 MB', causedByLarge),
      ...large.flatMap((one) => [
        // who goes on sending may find the connection closed before the answer is read
        ...must(
          `10 MB by ${one.how}: answer`,
          one.status,
          one.status === 413 || one.status === 0,
          '413, or none',
        ),
        ...must(
          `10 MB by ${one.how}: bytes read`,
          one.bytesRead,
          one.bytesRead <= CAP + READ_AHEAD,
          'about the cap',
        ),
        ...zero(`10 MB by ${one.how}: signatures computed`, one.verified ? 1 : 0),
      ]),
    ],
  }
}

const replay = async (api: TestApi, port: number, once: Delivery, times: number) => {
  await post(port, once)
  const before = await effects(api)
  let answered = 0
  for (let time = 0; time < times; time += 1) if ((await post(port, once)) === 200) answered += 1
  const now = api.clock.now
  api.clock.now = new Date(now.getTime() + 301_000)
  let late = 0
  for (let time = 0; time < times; time += 1) if ((await post(port, once)) < 400) late += 1
  api.clock.now = now
  return { answered, late, effects: (await effects(api)) - before }
}

const listen = async (api: TestApi): Promise<number> => {
  await api.server.app.listen({ port: 0, host: '127.0.0.1' })
  return (api.server.app.server.address() as AddressInfo).port
}

const post = async (port: number, { path, headers, body }: Delivery): Promise<number> => {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', headers, body })
  await answer.arrayBuffer()
  return answer.status
}

const effects = async (api: TestApi): Promise<number> => {
  const { db } = api.runner
  const counted = await Promise.all(
    (['delivery', 'hint', 'event', 'mirror'] as const).map((table) =>
      db
        .selectFrom(table)
        .select((is) => is.fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow(),
    ),
  )
  return counted.reduce((sum, row) => sum + Number(row.n), 0)
}

/** Sends until the server answers. A delivery whose signature was looked at is counted, whatever came of it. */
const tooLarge = async (api: TestApi, port: number, good: Delivery, how: 'length' | 'chunks') => {
  const before = await lookedAt(api)
  const { server } = api.server.app
  const accepted = new Promise<Socket>((resolve) => server.once('connection', resolve))
  const socket = createConnection(port, '127.0.0.1')
  socket.on('error', () => {})
  const serverSide = await accepted
  const answered = new Promise<string>((resolve) => {
    socket.once('data', (bytes) => resolve(bytes.toString('latin1')))
    socket.once('close', () => resolve(''))
  })
  const size = how === 'length' ? `content-length: ${TEN_MB}` : 'transfer-encoding: chunked'
  const head = Object.entries(good.headers).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.write(`POST ${good.path} HTTP/1.1\r\nhost: x\r\n${head.join('')}${size}\r\n\r\n`)
  const piece = Buffer.alloc(16_384, 0x20)
  let isAnswered = false
  void answered.then(() => {
    isAnswered = true
  })
  for (let sent = 0; sent < TEN_MB && !isAnswered && !socket.destroyed; sent += piece.length) {
    if (how === 'chunks') socket.write(`${piece.length.toString(16)}\r\n`)
    socket.write(piece)
    if (how === 'chunks') socket.write('\r\n')
    await new Promise((resolve) => setImmediate(resolve))
  }
  const text = await answered
  const bytesRead = serverSide.bytesRead
  socket.destroy()
  const status = Number(/^HTTP\/1\.1 (\d{3})/u.exec(text)?.[1] ?? 0)
  return { how, status, bytesRead, verified: (await lookedAt(api)) !== before }
}

/** What is counted of deliveries that a connector looked at. */
const lookedAt = async (api: TestApi): Promise<string> => {
  const metrics = await api.server.app.inject({ method: 'GET', url: '/metrics' })
  if (metrics.statusCode !== 200) throw new Error(`the metrics answered ${metrics.statusCode}`)
  return metrics.body
    .split('\n')
    .filter((line) => line.startsWith('causeway_hook_deliveries_total{'))
    .join()
}
