import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../../test/support/api.ts'

let api: TestApi
let admin: string
beforeAll(async () => {
  api = await openTestApi()
  admin = await api.tokenOf('owner')
})
afterAll(() => api.close())

const post = (payload: object, headers: Record<string, string> = {}) =>
  api.server.app.inject({
    method: 'POST',
    url: '/api/v1/tokens',
    headers: { authorization: `Bearer ${admin}`, ...headers },
    payload,
  })
const tokensNamed = async (name: string): Promise<number> =>
  (await api.runner.db.selectFrom('token').select('id').where('name', '=', name).execute()).length

it('does a POST with a key once, and answers its repetition with the very same body', async () => {
  const key = { 'idempotency-key': 'k-1' }
  const first = await post({ name: 'ci', roles: ['agent'] }, key)
  const again = await post({ roles: ['agent'], name: 'ci' }, key)
  expect([first.statusCode, again.statusCode]).toEqual([201, 201])
  expect(again.json()).toEqual(first.json())
  expect(await tokensNamed('ci')).toBe(1)
})

it('keeps no token in an answer that it remembers: a copy of the database signs nobody in', async () => {
  const { token } = (await post({ name: 'sealed', roles: ['agent'] }, { 'idempotency-key': 'k-0' })).json()
  const kept = await api.runner.db.selectFrom('idempotency').selectAll().execute()
  expect([kept.length > 0, JSON.stringify(kept).includes(token)]).toEqual([true, false])
})

it('refuses a key that was used for another request, because one of the two is a mistake', async () => {
  const key = { 'idempotency-key': 'k-2' }
  await post({ name: 'one', roles: ['agent'] }, key)
  const other = await post({ name: 'two', roles: ['agent'] }, key)
  expect([other.statusCode, other.json().code]).toEqual([422, 'idempotency-key-reused'])
  expect(await tokensNamed('two')).toBe(0)
})

it('keeps the keys of two tokens apart, so that nobody reads the answer of another', async () => {
  const key = { 'idempotency-key': 'k-3' }
  const mine = await post({ name: 'mine', roles: ['agent'] }, key)
  const theirs = await post(
    { name: 'mine', roles: ['agent'] },
    { ...key, authorization: `Bearer ${await api.tokenOf('owner')}` },
  )
  expect(theirs.json().id).not.toBe(mine.json().id)
})

it('forgets nothing about a refusal, so that the same key works once the cause is gone', async () => {
  const key = { 'idempotency-key': 'k-4' }
  const body = { name: 'for a contact', roles: ['customer'], contactId: api.runner.newId() }
  const refused = await post(body, key)
  expect([refused.statusCode, refused.json().field]).toEqual([404, '/contactId'])
  const { customerId } = await api.customer('Late')
  await sql`insert into contact (id, customer_id, name, created_at)
    values (${body.contactId}::uuid, ${customerId}::uuid, 'late', now())`.execute(api.runner.db)
  expect((await post(body, key)).statusCode).toBe(201)
})

it('answers 409 while the first request with the key runs, instead of doing it twice', async () => {
  // one transaction at a time on the embedded engine: there the second waits and gets the first one's answer
  const key = { 'idempotency-key': 'k-5' }
  const answers = await Promise.all([1, 2, 3].map(() => post({ name: 'at once', roles: ['agent'] }, key)))
  expect(await tokensNamed('at once')).toBe(1)
  for (const answer of answers) expect([201, 409]).toContain(answer.statusCode)
  const ids = answers.filter((answer) => answer.statusCode === 201).map((answer) => answer.json().id)
  expect(new Set(ids).size).toBe(1)
})

it.each([
  ['text', 'text/plain', '{}', 415, 'unsupported-type'],
  ['a form', 'multipart/form-data; boundary=x', '--x--', 415, 'unsupported-type'],
  ['half a document', 'application/json', '{"name":', 400, 'malformed'],
  ['a prototype', 'application/json', '{"__proto__":{"role":"admin"}}', 400, 'malformed'],
  ['an unknown member', 'application/json', '{"name":"x","roles":["agent"],"admin":true}', 422, 'invalid'],
  ['a wrong word', 'application/json', '{"name":"x","roles":["root"]}', 422, 'invalid'],
  ['too much', 'application/json', JSON.stringify({ name: 'x'.repeat(1_100_000) }), 413, 'too-large'],
])('refuses %s with a problem a program can read', async (_what, type, payload, status, code) => {
  const answer = await api.server.app.inject({
    method: 'POST',
    url: '/api/v1/tokens',
    headers: { authorization: `Bearer ${admin}`, 'content-type': type },
    payload,
  })
  expect([answer.statusCode, answer.json().code]).toEqual([status, code])
  expect(answer.headers['content-type']).toContain('application/problem+json')
  expect(answer.json()).toMatchObject({
    type: `/problems/${code}`,
    status,
    title: expect.any(String),
    detail: expect.any(String),
  })
})

it('refuses a character that cannot be stored, instead of calling it a fault of ours', async () => {
  const answer = await post({ name: 'a\u0000b', roles: ['agent'] })
  const asked = await api.server.app.inject({
    url: '/api/v1/tickets/%00',
    headers: { authorization: `Bearer ${admin}` },
  })
  for (const one of [answer, asked]) expect([one.statusCode, one.json().code]).toEqual([422, 'invalid'])
})

it.each([
  ['/api/v1/tickets/%zz', 400, 'malformed'],
  [`/api/v1/tickets/${'x'.repeat(2_000)}`, 404, 'not-found'],
])(
  'answers an address that no route can read with a problem too, and does not repeat it',
  async (url, status, code) => {
    const answer = await api.server.app.inject({ url, headers: { authorization: `Bearer ${admin}` } })
    expect([answer.statusCode, answer.json().code]).toEqual([status, code])
    expect(answer.body).not.toContain('xxx')
  },
)

it('names the member that is wrong', async () => {
  expect((await post({ name: 'x', roles: ['root'] })).json().field).toBe('/roles/0')
  expect((await post({ name: 'x' })).json().field).toBe('/roles')
  const extra = (await post({ name: 'x', roles: ['agent'], extra: 1 })).json()
  expect([extra.field, extra.detail]).toEqual(['/extra', 'In the body, /extra is not a known member.'])
})

it('tells nothing but an id about a fault of ours', async () => {
  const broken = { ...api.runner, newId: () => 'not a uuid at all' }
  const other = await openTestApi({ runner: broken })
  try {
    const answer = await other.server.app.inject({
      method: 'POST',
      url: '/api/v1/tokens',
      headers: { authorization: `Bearer ${admin}` },
      payload: { name: 'x', roles: ['agent'] },
    })
    expect([answer.statusCode, answer.json().code]).toEqual([500, 'internal'])
    expect(answer.body).not.toMatch(/uuid|select|insert|at .*\.ts/i)
    expect(answer.json().id).toMatch(/^[0-9a-f-]{36}$/)
  } finally {
    await other.close()
  }
})

it('writes nothing while the disk is nearly full, still reads, and goes on by itself', async () => {
  api.disk.nearlyFull = true
  const refused = await post({ name: 'full', roles: ['agent'] })
  const reading = await api.server.app.inject({
    url: '/api/v1/tokens',
    headers: { authorization: `Bearer ${admin}` },
  })
  api.disk.nearlyFull = false
  expect([refused.statusCode, refused.json().code, reading.statusCode]).toEqual([503, 'storage-full', 200])
  expect((await post({ name: 'full', roles: ['agent'] })).statusCode).toBe(201)
})

it('pages through a list without skipping or repeating, though rows are added meanwhile', async () => {
  for (let n = 0; n < 7; n += 1) await post({ name: `page ${n}`, roles: ['agent'] })
  const seen: string[] = []
  let cursor: string | null = null
  do {
    const query: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`
    const page = await api.server.app.inject({
      url: `/api/v1/tokens?limit=3${query}`,
      headers: { authorization: `Bearer ${admin}` },
    })
    const body = page.json<{ items: { id: string }[]; next: string | null }>()
    seen.push(...body.items.map((item) => item.id))
    cursor = body.next
    await post({ name: 'meanwhile', roles: ['agent'] })
  } while (cursor !== null && seen.length < 100)
  expect(new Set(seen).size).toBe(seen.length)
  const bad = await api.server.app.inject({
    url: '/api/v1/tokens?cursor=guess',
    headers: { authorization: `Bearer ${admin}` },
  })
  expect([bad.statusCode, bad.json().field]).toEqual([422, '/cursor'])
})
