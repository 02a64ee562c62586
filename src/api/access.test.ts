import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../../test/support/api.ts'
import { isForCustomers, ROLES } from '../domain/words.ts'
import { allows, RULES, ruleOf } from './access.ts'
import type { KnownRoute } from './server.ts'

let api: TestApi
const tokens = new Map<string, string>()
beforeAll(async () => {
  api = await openTestApi()
  for (const role of ROLES)
    tokens.set(
      role,
      await api.tokenOf(
        role,
        isForCustomers([role]) ? { contactId: (await api.customer(`Acme ${role.length}`)).contactId } : {},
      ),
    )
})
afterAll(() => api.close())

const NOWHERE = '00000000-0000-7000-8000-000000000000'

/** Asks a route about nothing that exists; a stream is left at its headers. */
const ask = async (route: KnownRoute, token: string | null): Promise<{ status: number; code: unknown }> => {
  const answer = await api.server.app.inject({
    method: route.method as 'GET',
    url: route.url.replace(/:\w+/g, NOWHERE).replace('*', 'x'),
    headers: token === null ? { host: 'elsewhere.test' } : { authorization: `Bearer ${token}` },
    remoteAddress: '192.0.2.9',
    payloadAsStream: true,
  })
  const stream = answer.stream()
  if (String(answer.headers['content-type']).startsWith('text/event-stream')) {
    stream.destroy()
    return { status: answer.statusCode, code: null }
  }
  const body = Buffer.concat(await stream.toArray()).toString()
  // pages are for people: a problem there is one to read
  const isPage = String(answer.headers['content-type']).startsWith('text/html')
  const code = answer.statusCode >= 400 && !isPage ? (JSON.parse(body) as { code: unknown }).code : null
  return { status: answer.statusCode, code }
}

describe('every route', () => {
  it('is known, and has a rule', () => {
    expect(api.server.routes.length).toBeGreaterThan(5)
    expect(api.server.routes.filter((route) => !(route.access in RULES))).toEqual([])
  })

  it('refuses who brings no token, unless its rule is open to anyone', async () => {
    for (const route of api.server.routes) {
      const { code } = await ask(route, null)
      const open = ruleOf(route.access).allows === 'anyone'
      if (!open) expect([route.method, route.url, code]).toEqual([route.method, route.url, 'unauthenticated'])
    }
  })

  it.each(ROLES)('lets the role %s in exactly where the table says so', async (role) => {
    for (const route of api.server.routes) {
      const { code } = await ask(route, tokens.get(role) ?? null)
      if (ruleOf(route.access).allows === 'anyone') continue
      const allowed = allows(route.access, [role])
      const letIn = code !== 'not-allowed' && code !== 'unauthenticated'
      expect([route.method, route.url, letIn]).toEqual([route.method, route.url, allowed])
    }
  })
})

it('does not start with a route that names no rule', async () => {
  const { knownRoutes } = await import('./server.ts')
  const route = { method: 'GET', url: '/forgotten', handler: async () => null }
  expect(() => knownRoutes(route)).toThrow('GET /forgotten names no access rule')
  expect(() => knownRoutes({ ...route, config: { access: 'everything' as never } })).toThrow('no access rule')
})

it('shows metrics without a token only to a program on this machine that asks us directly', async () => {
  const metrics = async (headers: Record<string, string>, remoteAddress: string): Promise<number> =>
    (await api.server.app.inject({ url: '/metrics', headers, remoteAddress })).statusCode
  expect(await metrics({ host: 'localhost:4600' }, '127.0.0.1')).toBe(200)
  expect(await metrics({ host: 'localhost:4600' }, '192.0.2.1')).toBe(401)
  expect(await metrics({ host: 'help.example.com' }, '127.0.0.1')).toBe(401)
  expect(await metrics({ host: 'localhost', 'x-forwarded-for': '192.0.2.1' }, '127.0.0.1')).toBe(401)
})

describe('who has several roles', () => {
  it('may do what any of them may', () => {
    expect(allows('tickets.write', ['engineer', 'agent'])).toBe(true)
    expect(allows('tickets.write', ['engineer'])).toBe(false)
    expect(allows('people.write', ['admin'])).toBe(true)
    expect(allows('tickets.read', ['admin'])).toBe(false)
    expect(allows('tickets.read', ['admin', 'agent'])).toBe(true)
  })
})

describe('an auditor', () => {
  it('reads what there is and writes nothing but their own password', () => {
    const writes = api.server.routes.filter((route) => route.method !== 'GET' && route.method !== 'HEAD')
    const may = writes.filter((route) => allows(route.access, ['auditor']) && !allows(route.access, []))
    expect(new Set(may.map((route) => route.access))).toEqual(new Set(['self.write']))
  })
})
