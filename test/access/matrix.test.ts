import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allows, ruleOf } from '../../src/api/access.ts'
import type { KnownRoute } from '../../src/api/server.ts'
import { isForCustomers, ROLES, type Role } from '../../src/domain/words.ts'
import { openTestApi, type TestApi } from '../support/api.ts'

/**
 * Every route for every role, held against a table that a person wrote and read (matrix.txt). The access table of the
 * API says what is so; this one says what was meant. A route that has no line here, or another line, fails: whoever adds
 * one says who may use it a second time.
 */
const LETTERS: Readonly<Record<Role, string>> = {
  owner: 'o',
  admin: 'a',
  integrator: 'i',
  lead: 'l',
  agent: 'g',
  engineer: 'e',
  auditor: 'u',
  'customer admin': 'C',
  customer: 'c',
}

const meant: ReadonlyMap<string, string> = new Map(
  readFileSync(new URL('./matrix.txt', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [who = '', method = '', url = ''] = line.trim().split(/\s+/)
      return [`${method} ${url}`, who]
    }),
)

const NOWHERE = '00000000-0000-7000-8000-000000000000'

let api: TestApi
const tokens = new Map<Role, string>()
beforeAll(async () => {
  api = await openTestApi()
  for (const role of ROLES) {
    const holder = isForCustomers([role])
      ? { contactId: (await api.customer(`Acme ${role.length}`)).contactId }
      : {}
    tokens.set(role, await api.tokenOf(role, holder))
  }
})
afterAll(() => api.close())

/** Asks about something, with nothing in the body; a stream is left at its headers. */
const ask = async (
  { method, url }: Pick<KnownRoute, 'method' | 'url'>,
  token: string | null,
  about = NOWHERE,
): Promise<{ readonly status: number; readonly code: string | null; readonly body: string }> => {
  const answer = await api.server.app.inject({
    method: method as 'GET',
    url: url.replace(/:\w+/g, about).replace('*', 'x'),
    headers: token === null ? { host: 'elsewhere.test' } : { authorization: `Bearer ${token}` },
    remoteAddress: '192.0.2.9',
    payloadAsStream: true,
  })
  const stream = answer.stream()
  if (String(answer.headers['content-type']).startsWith('text/event-stream')) {
    stream.destroy()
    return { status: answer.statusCode, code: null, body: '' }
  }
  const body = Buffer.concat(await stream.toArray()).toString()
  // pages are for people: a problem there is one to read
  const isPage = String(answer.headers['content-type']).startsWith('text/html')
  const code = answer.statusCode >= 400 && !isPage ? (JSON.parse(body) as { code: string }).code : null
  return { status: answer.statusCode, code, body }
}

const nameOf = ({ method, url }: KnownRoute): string => `${method} ${url}`

describe('who may use which route', () => {
  it('is said for every route there is, and for none that is gone', () => {
    const known = api.server.routes.map(nameOf)
    // the line to write down, once somebody thought about it
    const lines = api.server.routes
      .filter((route) => !meant.has(nameOf(route)))
      .map((route) => {
        const open = ruleOf(route.access).allows === 'anyone'
        const who = open
          ? '*'
          : ROLES.map((role) => (allows(route.access, [role]) ? LETTERS[role] : '-')).join('')
        return `${who} ${nameOf(route)}`
      })
    expect(lines).toEqual([])
    expect([...meant.keys()].filter((name) => !known.includes(name))).toEqual([])
  })

  it.each(ROLES)('is what a %s finds over HTTP, route by route', async (role) => {
    const letter = LETTERS[role]
    for (const route of api.server.routes) {
      const who = meant.get(nameOf(route)) ?? ''
      const { code, status } = await ask(route, tokens.get(role) ?? null)
      const isLetIn = who === '*' || (code !== 'not-allowed' && code !== 'unauthenticated')
      expect([role, nameOf(route), isLetIn]).toEqual([
        role,
        nameOf(route),
        who === '*' || who.includes(letter),
      ])
      expect([nameOf(route), status < 500]).toEqual([nameOf(route), true])
    }
  })

  it('is nobody without a token, but where the table says anybody', async () => {
    for (const route of api.server.routes) {
      const { code } = await ask(route, null)
      const isOpen = meant.get(nameOf(route)) === '*'
      if (!isOpen) expect([nameOf(route), code]).toEqual([nameOf(route), 'unauthenticated'])
    }
  })
})

describe('a record of another organisation', () => {
  it('answers a customer as one that is not there, whatever they ask of it', async () => {
    const theirs = await api.customer('Globex')
    const made = await api.server.app.inject({
      method: 'POST',
      url: '/api/v1/portal/requests',
      headers: { authorization: `Bearer ${await api.tokenOf('customer', { contactId: theirs.contactId })}` },
      payload: { title: 'Of Globex alone', description: 'secret of Globex' },
    })
    const { id, key } = made.json<{ id: string; key: string }>()
    expect(id).toMatch(/-/)
    let asked = 0
    for (const role of ['customer admin', 'customer'] as const) {
      const found = await api.server.app.inject({
        url: '/api/v1/search?text=Globex',
        headers: { authorization: `Bearer ${tokens.get(role)}` },
      })
      expect(found.body).not.toContain(id)
    }
    for (const role of ['customer admin', 'customer'] as const) {
      const token = tokens.get(role) ?? null
      for (const route of api.server.routes) {
        if (!/:(ref|id|key)\b/.test(route.url) || !allows(route.access, [role])) continue
        const missing = await ask(route, token, NOWHERE)
        for (const about of [id, key]) {
          const found = await ask(route, token, about)
          // what names the record in its answer names what was asked
          const plain = (text: string) => text.replaceAll(about, '').replaceAll(NOWHERE, '')
          const isBadId = about === key && found.status === 422
          if (!isBadId)
            expect([nameOf(route), plain(found.body)]).toEqual([nameOf(route), plain(missing.body)])
          expect([nameOf(route), found.status < 200 || found.status >= 400]).toEqual([nameOf(route), true])
          expect(found.body).not.toContain('Globex')
          asked += 1
        }
      }
    }
    expect(asked).toBeGreaterThan(10)
  })
})
