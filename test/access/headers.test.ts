import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createToken, DAY_MS } from '../../src/commands/create-token.ts'
import { runCommand } from '../../src/commands/run-command.ts'
import { SYSTEM } from '../../src/domain/actor.ts'
import { openTestApi, type TestApi } from '../support/api.ts'

/** What keeps a browser safe, as it is really sent: policy, cookies, other sites, files. */
const PASSWORD = 'correct horse battery'
const HTML = '<!doctype html><script>alert(1)</script>'
const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

let api: TestApi
let cookie = ''
let setCookie = ''
let token = ''
let from = 0

beforeAll(async () => {
  api = await openTestApi()
  token = await api.tokenOf('owner')
  const made = await runCommand(api.runner, SYSTEM, createToken, {
    ...{ name: 'first', roles: ['owner'], oneTime: true, validForMs: DAY_MS },
  })
  const answer = await api.server.app.inject({
    method: 'POST',
    url: '/api/v1/setup',
    payload: {
      oneTimeToken: made.ok ? made.value.token : '',
      ...{ name: 'Olga', email: 'olga@desk.example', password: PASSWORD },
    },
  })
  setCookie = String(answer.headers['set-cookie'])
  cookie = setCookie.split(';')[0] ?? ''
})
afterAll(() => api.close())

const post = (url: string, payload: object, headers: Record<string, string> = {}) => {
  from += 1
  return api.server.app.inject({
    method: 'POST',
    url,
    payload,
    remoteAddress: `203.0.113.${from % 250}`,
    headers,
  })
}

describe('the session’s cookie', () => {
  it('is read by no script and sent along by no other site', () => {
    expect(setCookie).toMatch(/; HttpOnly/)
    expect(setCookie).toMatch(/; SameSite=Lax/)
    expect(setCookie).toMatch(/; Path=\//)
    expect(setCookie).not.toMatch(/Domain=/)
  })

  it('goes over TLS only, and cannot be set by a neighbour, where we are reached over TLS', async () => {
    const secure = await openTestApi({
      config: { ...api.deps.config, publicUrl: 'https://help.example.org' },
    })
    const made = await runCommand(secure.runner, SYSTEM, createToken, {
      ...{ name: 'first', roles: ['owner'], oneTime: true, validForMs: DAY_MS },
    })
    const answer = await secure.server.app.inject({
      method: 'POST',
      url: '/api/v1/setup',
      payload: {
        oneTimeToken: made.ok ? made.value.token : '',
        ...{ name: 'Olga', email: 'olga@desk.example', password: PASSWORD },
      },
    })
    expect(String(answer.headers['set-cookie'])).toMatch(/^__Host-causeway=.*; Path=\/; .*; Secure/)
    await secure.close()
  })
})

describe('a page of another site', () => {
  const change = (headers: Record<string, string>) =>
    post('/api/v1/teams', { key: `k${from}`, name: 'K' }, { cookie, ...headers })

  it.each([
    ['without our header', {}],
    ['with our header’s wrong value', { 'x-causeway-csrf': 'true' }],
    ['that the browser calls another site', { 'x-causeway-csrf': '1', 'sec-fetch-site': 'cross-site' }],
    ['that the browser calls a neighbour', { 'x-causeway-csrf': '1', 'sec-fetch-site': 'same-site' }],
  ])('changes nothing with the cookie, %s', async (_, headers) => {
    const answer = await change(headers as Record<string, string>)
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'not-allowed'])
  })

  it('is told apart from our own page', async () => {
    expect((await change({ 'x-causeway-csrf': '1', 'sec-fetch-site': 'same-origin' })).statusCode).toBe(201)
  })

  it('gets no leave to ask across origins', async () => {
    const answer = await api.server.app.inject({
      method: 'OPTIONS',
      url: '/api/v1/teams',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    })
    expect(answer.headers['access-control-allow-origin']).toBeUndefined()
    const read = await api.server.app.inject({
      url: '/api/v1/teams',
      headers: { origin: 'https://evil.example', cookie },
    })
    expect(read.headers['access-control-allow-origin']).toBeUndefined()
  })
})

describe('every answer of the API', () => {
  it('is kept by no cache and guessed at by no browser', async () => {
    for (const url of ['/api/v1/self', '/api/v1/teams', '/api/v1/nothing']) {
      const { headers } = await api.server.app.inject({ url, headers: { authorization: `Bearer ${token}` } })
      expect([url, headers['cache-control'], headers['x-content-type-options']]).toEqual([
        url,
        'no-store',
        'nosniff',
      ])
    }
  })
})

describe('a file', () => {
  it.each([
    ['page.html', 'text/html', HTML],
    ['picture.svg', 'image/svg+xml', SVG],
    ['run.js', 'text/javascript', 'alert(1)'],
    ['photo.png', 'image/png', HTML],
    ['evil"\r\nset-cookie: x=1.xml', 'application/xhtml+xml', HTML],
  ])('named %s leaves as a download in a sandbox, whatever it says it is', async (name, type, bytes) => {
    const ticket = await post(
      '/api/v1/tickets',
      { title: 'With a file', description: 'x' },
      { authorization: `Bearer ${token}` },
    )
    const stored = await api.server.app.inject({
      method: 'POST',
      url: `/api/v1/tickets/${ticket.json().key}/attachments?${new URLSearchParams({ name })}`,
      headers: { authorization: `Bearer ${token}`, 'content-type': type },
      payload: bytes,
    })
    expect(stored.statusCode).toBe(201)
    const answer = await api.server.app.inject({
      url: `/api/v1/attachments/${stored.json().id}/content`,
      headers: { authorization: `Bearer ${token}` },
    })
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['content-type']).toBe('application/octet-stream')
    expect(answer.headers['content-disposition']).toMatch(
      /^attachment; filename="[\w .()+-]*"; filename\*=UTF-8''/,
    )
    expect(answer.headers['content-security-policy']).toMatch(/default-src 'none'.*sandbox/)
    expect(answer.headers['x-content-type-options']).toBe('nosniff')
    expect(answer.headers['set-cookie']).toBeUndefined()
  })
})

describe('each door', () => {
  type Tried = readonly [string, 'POST' | 'PUT', string, object]
  const DOORS: readonly Tried[] = [
    ['a one-time token for a program', 'POST', '/api/v1/sign-in', { oneTimeToken: 'x' }],
    ['a forgotten password', 'POST', '/api/v1/password/forgotten', { email: 'nobody@desk.example' }],
    // whoever is signed in is counted too
    ['confirming a second factor', 'PUT', '/api/v1/second-factor', { code: '000000' }],
    ['a new password', 'PUT', '/api/v1/password', { current: 'x', password: 'x' }],
    ['a password', 'POST', '/api/v1/session', { email: 'nobody@desk.example', password: 'x' }],
  ]
  /** Doors that are counted together with another. */
  const ALONGSIDE: Readonly<Record<string, Tried>> = {
    'confirming a second factor': ['', 'POST', '/api/v1/second-factor/off', { password: 'x' }],
    'a password': ['', 'POST', '/api/v1/setup', { oneTimeToken: 'x', password: 'a long enough phrase' }],
  }
  it.each(DOORS)('lets nobody try without end from one address: %s', async (what, method, url, payload) => {
    const remoteAddress = `198.51.100.${what.length}`
    const knock = ([, by, at, body]: Tried, from = remoteAddress) =>
      api.server.app.inject({
        ...{ method: by, url: at, payload: body, remoteAddress: from },
        headers: { cookie, 'x-causeway-csrf': '1' },
      })
    const door: Tried = [what, method, url, payload]
    for (let tries = 0; tries < 10; tries += 1) expect((await knock(door)).statusCode).not.toBe(429)
    for (const next of [door, ALONGSIDE[what] ?? door]) {
      const refused = await knock(next)
      expect([refused.statusCode, Number(refused.headers['retry-after']) > 0]).toEqual([429, true])
    }
    expect((await knock(door, '198.51.100.200')).statusCode).not.toBe(429)
  })

  it('makes an account wait after wrong passwords from anywhere, and lets nobody in meanwhile', async () => {
    const signIn = (password: string) => post('/api/v1/session', { email: 'olga@desk.example', password })
    // the tries above count for this account too
    api.clock.now = new Date(api.clock.now.getTime() + 2 * 3_600_000)
    expect((await signIn(PASSWORD)).statusCode).toBe(200)
    for (let tries = 0; tries < 5; tries += 1) expect((await signIn('wrong')).statusCode).toBe(401)
    expect((await signIn(PASSWORD)).json().code).toBe('sign-in-refused')
    api.clock.now = new Date(api.clock.now.getTime() + 31_000)
    expect((await signIn(PASSWORD)).statusCode).toBe(200)
  })
})

describe('who calls through a proxy', () => {
  const failed = (one: TestApi, forwardedFor: string) =>
    one.server.app.inject({
      method: 'POST',
      url: '/api/v1/session',
      payload: { email: 'nobody@desk.example', password: 'wrong wrong wrong' },
      remoteAddress: '10.1.2.3',
      headers: { 'x-forwarded-for': forwardedFor },
    })
  const refusedFor = async (trustedProxies: readonly string[]): Promise<string[]> => {
    const one = await openTestApi({ config: { ...api.deps.config, trustedProxies } })
    await failed(one, '198.51.100.7')
    const rows = await one.runner.db
      .selectFrom('event')
      .select('address')
      .where('kind', '=', 'account.refused')
      .execute()
    await one.close()
    return rows.map(({ address }) => String(address))
  }

  it('is the client that a trusted proxy names, so that limits do not lock all of them out together', async () => {
    expect(await refusedFor(['10.0.0.0/8'])).toEqual(['198.51.100.7'])
  })

  it('is never taken from a stranger’s own word, because a limit could be dodged by it', async () => {
    expect(await refusedFor([])).toEqual(['10.1.2.3'])
    expect(await refusedFor(['127.0.0.1'])).toEqual(['10.1.2.3'])
  })
})
