import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../../../test/support/api.ts'
import { signHook } from '../../connectors/demo/tool/hooks.ts'

const SECRET = 'of tenant a'
let api: TestApi

beforeAll(async () => {
  api = await openTestApi()
  await api.connection('desk-a', SECRET)
  await api.connection('desk-b', 'of tenant b')
})
afterAll(() => api.close())

const bodyOf = (id: string): Buffer =>
  Buffer.from(JSON.stringify({ event: 'item.changed', item: { id, key: `D-${id}` } }))

interface Ring {
  readonly body?: Buffer
  readonly secret?: string
  readonly stampedAt?: Date
  readonly delivery?: string
  readonly connection?: string
  readonly type?: string
  readonly headers?: Record<string, string | undefined>
}

/** A delivery as the tool sends it, except for what the case changes. */
const ring = async (change: Ring = {}) => {
  const body = change.body ?? bodyOf('1')
  const stamp = String(Math.floor((change.stampedAt ?? api.clock.now).getTime() / 1000))
  const headers: Record<string, string | undefined> = {
    'content-type': change.type ?? 'application/json',
    'x-demo-timestamp': stamp,
    'x-demo-signature': signHook(change.secret ?? SECRET, stamp, body),
    'x-demo-delivery': change.delivery ?? api.runner.newId(),
    ...change.headers,
  }
  const kept = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined))
  return api.server.app.inject({
    method: 'POST',
    url: `/hooks/${change.connection ?? 'desk-a'}`,
    headers: kept,
    payload: body,
  })
}

const stored = async (): Promise<{ deliveries: number; hints: number }> => ({
  deliveries: (await api.runner.db.selectFrom('delivery').selectAll().execute()).length,
  hints: (await api.runner.db.selectFrom('hint').selectAll().execute()).length,
})

it('keeps a signed delivery as one row and one hint before it says 200', async () => {
  const before = await stored()
  const answer = await ring({ body: bodyOf('77') })
  expect(answer.statusCode).toBe(200)
  expect(await stored()).toEqual({ deliveries: before.deliveries + 1, hints: before.hints + 1 })
})

it('answers a replay inside the window with 200 and does nothing, because the tool only did its duty', async () => {
  await ring({ delivery: 'once' })
  const before = await stored()
  const again = await ring({ delivery: 'once' })
  expect([again.statusCode, again.json()]).toEqual([200, { status: 'seen before' }])
  expect(await stored()).toEqual(before)
})

it('takes the hash of the body where the tool names no delivery, so that a retry is still one', async () => {
  const silent = { body: bodyOf('unnamed'), headers: { 'x-demo-delivery': undefined } }
  await ring(silent)
  const before = await stored()
  expect((await ring(silent)).json()).toEqual({ status: 'seen before' })
  expect(await stored()).toEqual(before)
})

const minutes = (n: number): Date => new Date(new Date('2026-03-02T09:00:00Z').getTime() + n * 60_000)
const signed = bodyOf('1')
const altered = Buffer.from(signed.toString().replace('"1"', '"2"'))
const spaced = Buffer.from(signed.toString().replace(':', ': '))
const REFUSED: Readonly<Record<string, Ring>> = {
  'without a signature': { headers: { 'x-demo-signature': undefined } },
  'signed with a wrong key': { secret: 'guessed' },
  "signed with another tenant's key": { secret: 'of tenant b' },
  'with one byte changed after signing': {
    body: altered,
    headers: { 'x-demo-signature': signHook(SECRET, String(minutes(0).getTime() / 1000), signed) },
  },
  'with white space changed after signing': {
    body: spaced,
    headers: { 'x-demo-signature': signHook(SECRET, String(minutes(0).getTime() / 1000), signed) },
  },
  'with an old stamp': { stampedAt: minutes(-6) },
  'with a stamp of the future': { stampedAt: minutes(6) },
  'that is no JSON, though signed': { body: Buffer.from('{"item":') },
  'for a connection that does not exist': { connection: 'nobody' },
}

it.each(Object.entries(REFUSED))(
  'refuses a delivery %s, stores nothing, and tells no more than for an unknown connection',
  async (_name, change) => {
    const before = await stored()
    const answer = await ring(change)
    const unknown = await ring({ connection: 'no-such-connection' })
    expect(answer.statusCode).toBe(401)
    expect(answer.body).toBe(unknown.body)
    expect(Object.keys(answer.headers)).toEqual(Object.keys(unknown.headers))
    expect(await stored()).toEqual(before)
  },
)

it('refuses 10 MB before it reads or verifies them', async () => {
  const before = await stored()
  const answer = await ring({ body: Buffer.alloc(10 * 1024 * 1024, 0x20) })
  expect([answer.statusCode, answer.json().code]).toEqual([413, 'too-large'])
  expect(await stored()).toEqual(before)
})

it.each(['text/plain', 'multipart/form-data; boundary=x', 'application/xml'])(
  'refuses the content type %s, whatever the signature',
  async (type) => {
    const answer = await ring({ type })
    expect([answer.statusCode, answer.json().code]).toEqual([415, 'unsupported-type'])
  },
)

it('answers 503 while the disk is nearly full, so that the tool sends it again', async () => {
  api.disk.nearlyFull = true
  const before = await stored()
  const answer = await ring()
  api.disk.nearlyFull = false
  expect([answer.statusCode, answer.json().code]).toEqual([503, 'storage-full'])
  expect(await stored()).toEqual(before)
})

it('knows a connection that was made a moment ago, without a query for each ring', async () => {
  expect((await ring({ connection: 'desk-c', secret: 'c' })).statusCode).toBe(401)
  await api.connection('desk-c', 'c')
  api.clock.now = new Date(api.clock.now.getTime() + 2_000)
  expect((await ring({ connection: 'desk-c', secret: 'c' })).statusCode).toBe(200)
})
