import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../../../test/support/api.ts'
import { createToken, DAY_MS } from '../../commands/create-token.ts'
import { runCommand } from '../../commands/run-command.ts'
import { SYSTEM } from '../../domain/actor.ts'

const PASSWORD = 'correct horse battery'
let api: TestApi
let cookie = ''
let from = 0

beforeAll(async () => {
  const base = await openTestApi()
  await base.close()
  api = await openTestApi({
    config: { ...base.deps.config, smtp: { url: 'smtp://user:hidden@mail.test:587', from: 'a@b.test' } },
  })
  const made = await runCommand(api.runner, SYSTEM, createToken, {
    name: 'first',
    roles: ['owner'],
    oneTime: true,
    validForMs: DAY_MS,
  })
  const payload = {
    oneTimeToken: made.ok ? made.value.token : '',
    name: 'Olga',
    email: 'olga@desk.example',
    password: PASSWORD,
  }
  const answer = await ask('POST', '/setup', payload)
  cookie = String(answer.headers['set-cookie']).split(';')[0] ?? ''
})
afterAll(() => api.close())

const ask = (method: 'GET' | 'POST' | 'PATCH' | 'PUT', url: string, payload?: object) => {
  from += 1
  return api.server.app.inject({
    method,
    url: `/api/v1${url}`,
    remoteAddress: `192.0.2.${from % 250}`,
    headers: { cookie, 'x-causeway-csrf': '1' },
    ...(payload === undefined ? {} : { payload }),
  })
}

describe('the settings of the organisation', () => {
  it('are read with what the environment decided, and never with the password of the mail server', async () => {
    const answer = await ask('GET', '/settings')
    expect(answer.json()).toMatchObject({
      name: null,
      sessionDays: 30,
      environment: { mail: { server: 'mail.test:587', from: 'a@b.test' }, database: 'embedded' },
    })
    expect(answer.body).not.toContain('hidden')
  })

  it('are changed one by one, and the log says from what to what', async () => {
    expect(
      (await ask('PATCH', '/settings', { name: 'Acme Help', timeZone: 'Europe/Berlin' })).json(),
    ).toMatchObject({
      name: 'Acme Help',
      timeZone: 'Europe/Berlin',
      sessionDays: 30,
    })
    const { items } = (await ask('GET', '/audit?group=settings')).json()
    expect(items[0]).toMatchObject({
      kind: 'settings.changed',
      actor: { name: 'Olga' },
      address: expect.stringMatching(/^192\.0\.2\./),
      data: {
        changes: { name: { from: null, to: 'Acme Help' }, timeZone: { from: null, to: 'Europe/Berlin' } },
      },
    })
  })

  it.each([
    [{ timeZone: 'Mars/Olympus' }, '/timeZone'],
    [{ timeZone: '+02:00' }, '/timeZone'],
    [{ sessionDays: 0 }, '/sessionDays'],
    [{ sessionDays: 91 }, '/sessionDays'],
    [{ idleDays: 1.5 }, '/idleDays'],
    [{ secondFactorFor: ['king'] }, '/secondFactorFor/0'],
    [{ nothing: 1 }, '/nothing'],
  ])('refuse %j, and say which', async (set, field) => {
    const answer = await ask('PATCH', '/settings', set)
    expect([answer.statusCode, answer.json().field]).toEqual([422, field])
  })

  it('tell everybody the zone and language they did not choose themselves', async () => {
    expect((await ask('GET', '/self')).json()).toMatchObject({
      timeZone: null,
      defaults: { organisation: 'Acme Help', timeZone: 'Europe/Berlin', language: null },
    })
    expect((await ask('PATCH', '/self', { timeZone: 'Asia/Tokyo', language: 'de' })).statusCode).toBe(204)
    expect((await ask('GET', '/self')).json()).toMatchObject({ timeZone: 'Asia/Tokyo', language: 'de' })
    const wrong = await ask('PATCH', '/self', { timeZone: 'Mars/Olympus' })
    expect([wrong.statusCode, wrong.json().field]).toEqual([422, '/timeZone'])
  })

  it('end a session that nobody used for as long as they say, whenever it was opened', async () => {
    await ask('PATCH', '/settings', { idleDays: 2 })
    const before = api.clock.now
    api.clock.now = new Date(before.getTime() + 1.9 * DAY_MS)
    expect((await ask('GET', '/self')).statusCode).toBe(200)
    api.clock.now = new Date(api.clock.now.getTime() + 2.1 * DAY_MS)
    expect((await ask('GET', '/self')).statusCode).toBe(401)
    api.clock.now = before
  })
})

describe('a test mail', () => {
  it('goes to whoever asks, and its standing is told', async () => {
    expect((await ask('GET', '/settings/test-mail')).json()).toEqual({ to: 'olga@desk.example', last: null })
    expect((await ask('POST', '/settings/test-mail')).statusCode).toBe(204)
    expect((await ask('GET', '/settings/test-mail')).json().last).toMatchObject({
      endedAt: null,
      fault: null,
    })
  })

  it('is not sent without end, because a mailbox is not ours to fill', async () => {
    for (let sent = 1; sent < 10; sent += 1) await ask('POST', '/settings/test-mail')
    const refused = await ask('POST', '/settings/test-mail')
    expect([refused.statusCode, refused.json().reason.code]).toEqual([409, 'too-many-mails'])
  })
})

describe('a second factor that the organisation asks for', () => {
  it('comes before everything else, for who has none and signed in with a password', async () => {
    expect((await ask('PATCH', '/settings', { secondFactorFor: ['owner'] })).statusCode).toBe(200)
    const refused = await ask('GET', '/settings')
    expect([refused.statusCode, refused.json().code]).toEqual([403, 'second-factor-required'])
    expect((await ask('GET', '/self')).json()).toMatchObject({ mustAddFactor: true })
    // setting it up is open, and nothing else
    expect((await ask('POST', '/second-factor', { password: PASSWORD })).statusCode).toBe(200)
    expect((await ask('GET', '/tickets')).statusCode).toBe(403)
    await api.database.db.updateTable('account').set({ totp_at: api.clock.now }).execute()
    expect((await ask('GET', '/settings')).statusCode).toBe(200)
    await api.database.db.updateTable('account').set({ totp_at: null, totp: null }).execute()
  })

  it('is not asked of tokens, nor of who came through single sign-on', async () => {
    const token = await api.tokenOf('owner')
    const answer = await api.server.app.inject({
      url: '/api/v1/settings',
      headers: { authorization: `Bearer ${token}` },
    })
    expect(answer.statusCode).toBe(200)
    await api.database.db
      .updateTable('token')
      .set({ how: 'provider' })
      .where('kind', '=', 'session')
      .execute()
    expect((await ask('GET', '/settings')).statusCode).toBe(200)
  })
})
