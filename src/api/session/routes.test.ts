import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../../../test/support/api.ts'
import { createPerson } from '../../commands/create-person.ts'
import { createToken, DAY_MS } from '../../commands/create-token.ts'
import { runCommand } from '../../commands/run-command.ts'
import { SYSTEM } from '../../domain/actor.ts'
import type { Role } from '../../domain/words.ts'

const PASSWORD = 'correct horse battery'

let api: TestApi
let from = 0
beforeAll(async () => {
  api = await openTestApi()
})
beforeEach(() => {
  // tries are counted for each address
  from += 1
})
afterAll(() => api.close())

interface Sent {
  readonly method?: 'GET' | 'PATCH' | 'POST' | 'DELETE' | 'PUT'
  readonly payload?: object
  readonly cookie?: string
  readonly headers?: Record<string, string>
}

const ask = (url: string, { method = 'GET', payload, cookie, headers = {} }: Sent = {}) =>
  api.server.app.inject({
    method,
    url: `/api/v1${url}`,
    remoteAddress: `192.0.2.${from}`,
    headers: { ...(cookie === undefined ? {} : { cookie, 'x-causeway-csrf': '1' }), ...headers },
    ...(payload === undefined ? {} : { payload }),
  })

const oneTime = async (
  role: Role,
  holder: { personId?: string; contactId?: string } = {},
): Promise<string> => {
  const made = await runCommand(api.runner, SYSTEM, createToken, {
    name: 'invitation',
    roles: [role],
    oneTime: true,
    validForMs: DAY_MS,
    ...holder,
  })
  if (!made.ok) throw new Error(made.error.detail)
  return made.value.token
}

const person = async (name: string, role: Role): Promise<string> => {
  const made = await runCommand(api.runner, SYSTEM, createPerson, {
    name,
    email: `${name.toLowerCase()}@desk.example`,
    roles: [role],
  })
  if (!made.ok) throw new Error(made.error.detail)
  return made.value.id
}

const cookieOf = (answer: { headers: Record<string, unknown> }): string =>
  String(answer.headers['set-cookie'] ?? '').split(';')[0] ?? ''

/** Somebody with an account, signed in. */
const signedIn = async (name: string, role: Role): Promise<{ personId: string; cookie: string }> => {
  const personId = await person(name, role)
  const answer = await ask('/setup', {
    method: 'POST',
    payload: { oneTimeToken: await oneTime(role, { personId }), password: PASSWORD },
  })
  expect(answer.statusCode).toBe(200)
  return { personId, cookie: cookieOf(answer) }
}

const signIn = (email: string, password: string) =>
  ask('/session', { method: 'POST', payload: { email, password } })

describe('setting up', () => {
  it('makes the first admin’s account with the printed token, signs them in, and is not needed again', async () => {
    expect((await ask('/setup')).json()).toEqual({ needed: true, mail: false, provider: null })
    const token = await oneTime('owner')
    const payload = { oneTimeToken: token, name: 'Olga', email: 'Olga@desk.example', password: PASSWORD }
    const answer = await ask('/setup', { method: 'POST', payload })
    expect(answer.json()).toMatchObject({ roles: ['owner'], name: 'Olga', email: 'olga@desk.example' })
    expect(answer.json().may).toContain('people.write')
    expect((await ask('/setup')).json()).toEqual({ needed: false, mail: false, provider: null })
    expect((await ask('/setup', { method: 'POST', payload })).statusCode).toBe(403)
  })

  it('asks for a name where the token was made for nobody, and leaves the token good for a second try', async () => {
    const token = await oneTime('owner')
    const without = await ask('/setup', {
      method: 'POST',
      payload: { oneTimeToken: token, password: PASSWORD },
    })
    expect([without.statusCode, without.json().field]).toEqual([422, '/name'])
    const payload = { oneTimeToken: token, name: 'Pia', email: 'pia@desk.example', password: PASSWORD }
    expect((await ask('/setup', { method: 'POST', payload })).statusCode).toBe(200)
  })

  it('refuses a weak password before it uses up the token', async () => {
    const token = await oneTime('owner')
    const payload = { oneTimeToken: token, name: 'Rita', email: 'rita@desk.example', password: 'short' }
    const weak = await ask('/setup', { method: 'POST', payload })
    expect([weak.statusCode, weak.json().field]).toEqual([422, '/password'])
    const better = await ask('/setup', { method: 'POST', payload: { ...payload, password: PASSWORD } })
    expect(better.statusCode).toBe(200)
  })

  it('gives a customer’s contact an account of its own organisation', async () => {
    const { contactId, customerId } = await api.customer('Acme')
    const answer = await ask('/setup', {
      method: 'POST',
      payload: { oneTimeToken: await oneTime('customer', { contactId }), password: PASSWORD },
    })
    expect(answer.json()).toMatchObject({ roles: ['customer'], contactId, customerId })
    expect(answer.json().may).not.toContain('work-items.read')
  })

  it('lets a contact say that they want to hear of no releases, and nobody else', async () => {
    const { contactId } = await api.customer('Acme Told')
    const answer = await ask('/setup', {
      method: 'POST',
      payload: { oneTimeToken: await oneTime('customer', { contactId }), password: PASSWORD },
    })
    const cookie = cookieOf(answer)
    const change = (payload: object, by = cookie) => ask('/self', { method: 'PATCH', cookie: by, payload })
    expect(answer.json().takesNotices).toBe(true)
    expect((await change({ takesNotices: false, language: 'de' })).statusCode).toBe(204)
    expect((await ask('/self', { cookie })).json()).toMatchObject({ takesNotices: false, language: 'de' })
    const kept = await api.runner.db
      .selectFrom('contact')
      .select('takes_notices')
      .where('id', '=', contactId)
      .execute()
    expect(kept).toEqual([{ takes_notices: false }])
    const agent = await signedIn('Nele', 'agent')
    const refused = await change({ takesNotices: false }, agent.cookie)
    expect([refused.statusCode, refused.json().field]).toEqual([422, '/takesNotices'])
    expect((await ask('/self', { cookie: agent.cookie })).json().takesNotices).toBeNull()
  })
})

describe('signing in', () => {
  it('takes the e-mail address in any case, and gives a cookie that no script can read', async () => {
    await signedIn('Sina', 'agent')
    const answer = await signIn('SINA@desk.example', PASSWORD)
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['set-cookie']).toMatch(
      /^causeway=cw_[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/,
    )
    expect(JSON.stringify(answer.json())).not.toContain('cw_')
    expect((await ask('/self', { cookie: cookieOf(answer) })).json()).toMatchObject({
      name: 'Sina',
      roles: ['agent'],
    })
  })

  it('says the same of a wrong password and of an address nobody has', async () => {
    await signedIn('Timo', 'agent')
    const [wrong, nobody] = [
      await signIn('timo@desk.example', 'not it at all'),
      await signIn('x@desk.example', PASSWORD),
    ]
    expect([wrong.statusCode, wrong.json().code]).toEqual([401, 'sign-in-refused'])
    expect({ ...nobody.json(), id: '' }).toEqual({ ...wrong.json(), id: '' })
  })

  it('lets an account wait after five wrong passwords, from wherever they come, and not for ever', async () => {
    await signedIn('Uwe', 'agent')
    for (let tries = 0; tries < 5; tries += 1) {
      from += 1
      await signIn('uwe@desk.example', 'guessing again')
    }
    from += 1
    expect((await signIn('uwe@desk.example', PASSWORD)).statusCode).toBe(401)
    const before = api.clock.now
    api.clock.now = new Date(before.getTime() + 31_000)
    expect((await signIn('uwe@desk.example', PASSWORD)).statusCode).toBe(200)
    api.clock.now = before
  })

  it('lets an address wait after ten tries in a minute', async () => {
    const codes: number[] = []
    for (let tries = 0; tries < 11; tries += 1)
      codes.push((await signIn('nobody@desk.example', PASSWORD)).statusCode)
    expect([codes[9], codes[10]]).toEqual([401, 429])
  })

  it('refuses who was archived, at once also in a session that was open', async () => {
    const { personId, cookie } = await signedIn('Vera', 'agent')
    await api.database.db
      .updateTable('person')
      .set({ archived_at: api.clock.now })
      .where('id', '=', personId)
      .execute()
    expect((await ask('/self', { cookie })).statusCode).toBe(401)
    expect((await signIn('vera@desk.example', PASSWORD)).statusCode).toBe(401)
  })
})

describe('a session', () => {
  it('has the roles its person has now', async () => {
    const { personId, cookie } = await signedIn('Wim', 'engineer')
    expect((await ask('/people', { cookie })).statusCode).toBe(200)
    await api.database.db
      .updateTable('person')
      .set({ roles: ['customer'] })
      .where('id', '=', personId)
      .execute()
    expect((await ask('/people', { cookie })).statusCode).toBe(403)
  })

  it('changes nothing for a page of another site', async () => {
    const { cookie } = await signedIn('Xaver', 'agent')
    const payload = { title: 'A', description: 'B' }
    const forged = [
      await api.server.app.inject({ method: 'POST', url: '/api/v1/tickets', headers: { cookie }, payload }),
      await ask('/tickets', { method: 'POST', payload, cookie, headers: { 'sec-fetch-site': 'cross-site' } }),
      await ask('/tickets', { method: 'POST', payload, cookie, headers: { 'sec-fetch-site': 'same-site' } }),
    ]
    expect(forged.map((answer) => answer.statusCode)).toEqual([403, 403, 403])
    const ours = await ask('/tickets', {
      method: 'POST',
      payload,
      cookie,
      headers: { 'sec-fetch-site': 'same-origin' },
    })
    expect(ours.statusCode).toBe(201)
  })

  it('is no bearer token, and a token is no session', async () => {
    const { cookie } = await signedIn('Yara', 'agent')
    const session = cookie.split('=')[1] ?? ''
    expect((await ask('/self', { headers: { authorization: `Bearer ${session}` } })).statusCode).toBe(401)
    expect((await ask('/self', { cookie: `causeway=${await api.tokenOf('agent')}` })).statusCode).toBe(401)
  })

  it('ends when one signs out, here or elsewhere, and only one’s own', async () => {
    const { cookie } = await signedIn('Zoe', 'agent')
    const other = cookieOf(await signIn('zoe@desk.example', PASSWORD))
    const { cookie: stranger } = await signedIn('Adam', 'agent')
    const list = (await ask('/sessions', { cookie })).json<{ items: { id: string; current: boolean }[] }>()
      .items
    expect(list.map((one) => one.current).sort()).toEqual([false, true])
    const elsewhere = list.find((one) => !one.current)?.id ?? ''
    const byStranger = await ask(`/sessions/${elsewhere}`, { method: 'DELETE', cookie: stranger })
    expect(byStranger.statusCode).toBe(404)
    expect((await ask('/self', { cookie: other })).statusCode).toBe(200)
    expect((await ask(`/sessions/${elsewhere}`, { method: 'DELETE', cookie })).statusCode).toBe(204)
    expect((await ask('/self', { cookie: other })).statusCode).toBe(401)
    const out = await ask('/session', { method: 'DELETE', cookie })
    expect([out.statusCode, cookieOf(out)]).toEqual([204, 'causeway='])
    expect((await ask('/self', { cookie })).statusCode).toBe(401)
  })

  it('ends by itself after a week in which nobody came, and after a month in any case', async () => {
    const { cookie } = await signedIn('Bela', 'agent')
    const before = api.clock.now
    const statusAfter = async (days: number): Promise<number> => {
      api.clock.now = new Date(before.getTime() + days * DAY_MS)
      return (await ask('/self', { cookie })).statusCode
    }
    expect([
      await statusAfter(6),
      await statusAfter(12),
      await statusAfter(18),
      await statusAfter(24),
      await statusAfter(31),
    ]).toEqual([200, 200, 200, 200, 401])
    api.clock.now = before
    const { cookie: idle } = await signedIn('Cora', 'agent')
    api.clock.now = new Date(before.getTime() + 8 * DAY_MS)
    expect((await ask('/self', { cookie: idle })).statusCode).toBe(401)
    api.clock.now = before
  })

  it('is not listed among the tokens', async () => {
    await signedIn('Dora', 'agent')
    const { cookie } = await signedIn('Egon', 'admin')
    const names = (await ask('/tokens?limit=200', { cookie })).json<{ items: { name: string }[] }>().items
    expect(names.filter((one) => one.name.includes('@'))).toEqual([])
  })
})

describe('a password', () => {
  it('is changed by who knows the old one; sessions elsewhere end', async () => {
    const { cookie } = await signedIn('Finn', 'agent')
    const other = cookieOf(await signIn('finn@desk.example', PASSWORD))
    const change = (current: string, password: string) =>
      ask('/password', { method: 'PUT', cookie, payload: { current, password } })
    expect((await change('not it at all', 'a new one with words')).json()).toMatchObject({
      field: '/current',
    })
    expect((await change(PASSWORD, 'finn')).json()).toMatchObject({ field: '/password' })
    expect((await change(PASSWORD, 'a new one with words')).statusCode).toBe(204)
    expect((await ask('/self', { cookie })).statusCode).toBe(200)
    expect((await ask('/self', { cookie: other })).statusCode).toBe(401)
    expect((await signIn('finn@desk.example', PASSWORD)).statusCode).toBe(401)
    expect((await signIn('finn@desk.example', 'a new one with words')).statusCode).toBe(200)
  })

  it('is set anew with a one-time token, which ends what was open', async () => {
    const { personId, cookie } = await signedIn('Gita', 'agent')
    const payload = { oneTimeToken: await oneTime('agent', { personId }), password: 'another few words' }
    expect((await ask('/setup', { method: 'POST', payload })).statusCode).toBe(200)
    expect((await ask('/self', { cookie })).statusCode).toBe(401)
  })

  it('stands in no event', async () => {
    const events = await api.database.db.selectFrom('event').select('data').execute()
    const text = JSON.stringify(events)
    expect(text).toContain('one-time token')
    expect(text).not.toMatch(/scrypt|horse|cw_/)
  })
})
