import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../../../test/support/api.ts'

let api: TestApi
let owner = ''
let ada = { id: '', token: '' }
beforeAll(async () => {
  api = await openTestApi()
  owner = await api.tokenOf('owner')
  const made = await api.ask(owner, 'POST', 'people', {
    ...{ name: 'Ada', email: 'ada@desk.test', roles: ['agent'] },
  })
  const { id } = made.json<{ id: string }>()
  ada = { id, token: await api.tokenOf('agent', { personId: id }) }
  await api.ask(owner, 'POST', 'products', { key: 'shop', name: 'Shop' })
  await api.ask(owner, 'POST', 'environments', {
    ...{ key: 'uat', name: 'UAT', product: 'shop', purpose: 'Acceptance', isShareable: false },
  })
  await plan('4.1', null)
  const { id: out } = await plan('4.0', { from: '2026-02-01', to: '2026-02-02' })
  await api.ask(owner, 'POST', `releases/${out}/release`)
  const { id: gone } = await plan('3.9', { from: '2026-03-05', to: '2026-03-05' })
  await api.ask(owner, 'POST', `releases/${gone}/withdraw`)
  await plan('4.2', { from: '2026-03-10', to: '2026-03-12' })
  const own = { environment: 'uat', purpose: 'Try it, with “;” and ü', release: '4.1' }
  const times = { from: '2026-03-12T10:00:00Z', to: '2026-03-13T10:00:00Z' }
  const booked = await api.ask(ada.token, 'POST', 'bookings', { ...own, ...times })
  expect(booked.statusCode).toBe(201)
})
afterAll(() => api.close())

const plan = async (name: string, days: { from: string; to: string } | null): Promise<{ id: string }> => {
  const { id } = (await api.ask(owner, 'POST', 'releases', { product: 'shop', name })).json<{ id: string }>()
  const estimate = { ...days, confidence: 80 }
  if (days !== null) await api.ask(owner, 'POST', `releases/${id}/estimate`, { estimate })
  return { id }
}
const ask = async (from: string, to: string) =>
  (await api.ask(ada.token, 'GET', `calendar?from=${from}T00:00:00Z&to=${to}T00:00:00Z`)).json()
const named = ({ kind, from, release }: { kind: string; from: string; release: { name: string } | null }) =>
  `${from.slice(0, 10)} ${kind} ${release?.name}`

describe('the calendar', () => {
  it('has what is expected, what came out and what is booked, by their beginning', async () => {
    expect((await ask('2026-03-01', '2026-04-01')).entries.map(named)).toEqual([
      '2026-03-02 released 4.0',
      '2026-03-10 planned 4.2',
      '2026-03-12 booking 4.1',
    ])
    expect((await ask('2026-03-12', '2026-03-13')).entries.map(named)).toEqual([
      '2026-03-10 planned 4.2',
      '2026-03-12 booking 4.1',
    ])
    expect((await ask('2026-04-01', '2026-04-02')).entries).toEqual([])
  })

  it('tells of a release whose environments are all taken for another', async () => {
    const { conflicts } = await ask('2026-03-01', '2026-04-01')
    expect(conflicts).toMatchObject([
      { release: { name: '4.2' }, product: { key: 'shop' }, booking: { person: { name: 'Ada' } } },
    ])
  })

  it.each([
    ['a time that ends before it begins', '2026-03-02', '2026-03-02', 'The time ends before it begins.'],
    ['101 days', '2026-03-01', '2026-06-10', 'Ask for 100 days at most.'],
  ])('refuses %s', async (_, from, to, detail) => {
    expect(await ask(from, to)).toMatchObject({ code: 'invalid', detail, field: '/to' })
  })
})

it.each(['2016-12-31T23:59:60Z', '0000-01-01T00:00:00Z', '9999-12-31T23:59:59-10:00'])(
  'refuses %s, which no database keeps',
  async (time) => {
    for (const path of [
      `calendar?from=${time}&to=${time}`,
      `bookings?from=${time}`,
      `deployments?since=${time}`,
    ]) {
      const answer = await api.ask(ada.token, 'GET', path)
      expect([path, answer.statusCode, answer.json().code]).toEqual([path, 422, 'invalid'])
    }
  },
)

describe('the secret address', () => {
  const open = async (): Promise<string> => {
    const made = await api.ask(ada.token, 'POST', 'calendar/address')
    expect(made.statusCode).toBe(201)
    const { pathname, search } = new URL(made.json<{ address: string }>().address)
    return pathname + search
  }
  const feed = (url: string) => api.server.app.inject({ url })
  const opened = async () => (await api.ask(ada.token, 'GET', 'calendar/address')).json().opened

  it('opens the calendar without signing in, and is not told again', async () => {
    expect(await opened()).toBeNull()
    const { statusCode, headers, body } = await feed(await open())
    expect([statusCode, headers['content-type']]).toEqual([200, 'text/calendar; charset=utf-8'])
    expect(body).toContain('SUMMARY:UAT: Try it\\, with “\\;” and ü (Ada)\r\n')
    expect(body).toContain('DTSTART;VALUE=DATE:20260310\r\nDTEND;VALUE=DATE:20260313\r\n')
    expect(body).toContain('SUMMARY:Shop 4.0 is out\r\n')
    expect(Object.keys(await opened())).toEqual(['createdAt', 'lastUsedAt'])
    expect((await opened()).lastUsedAt).toBe(api.clock.now.toISOString())
  })

  it('opens nothing else, and no other token opens it', async () => {
    const key = (await open()).split('key=')[1] ?? ''
    expect((await api.ask(key, 'GET', 'calendar/address')).statusCode).toBe(401)
    expect((await api.ask(key, 'GET', 'tickets')).statusCode).toBe(401)
    const withToken = await feed(`/api/v1/calendar.ics?key=${ada.token}`)
    expect([withToken.statusCode, withToken.json().code]).toEqual([404, 'not-found'])
  })

  it('ends with the next one, and when it is closed', async () => {
    const first = await open()
    const second = await open()
    expect([(await feed(first)).statusCode, (await feed(second)).statusCode]).toEqual([404, 200])
    expect((await api.ask(ada.token, 'DELETE', 'calendar/address')).statusCode).toBe(204)
    expect((await feed(second)).statusCode).toBe(404)
    expect((await api.ask(ada.token, 'DELETE', 'calendar/address')).statusCode).toBe(404)
  })

  it('is a person’s: it ends when they lose the right to read, and a token for nobody has none', async () => {
    const url = await open()
    await api.ask(owner, 'PATCH', `people/${ada.id}`, { roles: ['admin'] })
    expect((await feed(url)).statusCode).toBe(404)
    await api.ask(owner, 'PATCH', `people/${ada.id}`, { roles: ['agent'] })
    expect((await feed(url)).statusCode).toBe(200)
    await api.ask(owner, 'PATCH', `people/${ada.id}`, { archived: true })
    await api.ask(owner, 'PATCH', `people/${ada.id}`, { archived: false })
    expect((await feed(url)).statusCode).toBe(404)
    expect((await api.ask(owner, 'POST', 'calendar/address')).statusCode).toBe(409)
  })

  it('is not among the tokens that admins see, for nobody can show it', async () => {
    await open()
    const { items } = (await api.ask(owner, 'GET', 'tokens')).json()
    expect(items.map(({ name }: { name: string }) => name)).not.toContain('calendar')
  })
})
