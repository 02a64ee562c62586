import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../../../test/support/api.ts'
import { createToken, DAY_MS } from '../../commands/create-token.ts'
import { runCommand } from '../../commands/run-command.ts'
import { SYSTEM } from '../../domain/actor.ts'

const PASSWORD = 'correct horse battery'
const EMAIL = 'olga@desk.example'

let api: TestApi
let cookie = ''
let from = 0

interface Sent {
  readonly method?: 'GET' | 'POST' | 'PUT'
  readonly payload?: object
}

const ask = (url: string, { method = 'GET', payload }: Sent = {}) =>
  api.server.app.inject({
    method,
    url: `/api/v1${url}`,
    remoteAddress: `192.0.2.${from}`,
    headers: { cookie, 'x-causeway-csrf': '1' },
    ...(payload === undefined ? {} : { payload }),
  })
const signIn = (code?: string) =>
  ask('/session', {
    method: 'POST',
    payload: { email: EMAIL, password: PASSWORD, ...(code === undefined ? {} : { code }) },
  })
const codeOf = (secret: string): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: api.clock.now.getTime() })
const later = (seconds: number): void => {
  api.clock.now = new Date(api.clock.now.getTime() + seconds * 1000)
}

beforeAll(async () => {
  api = await openTestApi()
  const made = await runCommand(api.runner, SYSTEM, createToken, {
    name: 'first',
    roles: ['owner'],
    oneTime: true,
    validForMs: DAY_MS,
  })
  const oneTimeToken = made.ok ? made.value.token : ''
  const payload = { oneTimeToken, name: 'Olga', email: EMAIL, password: PASSWORD }
  const answer = await ask('/setup', { method: 'POST', payload })
  cookie = String(answer.headers['set-cookie']).split(';')[0] ?? ''
})
beforeEach(() => {
  from += 1
})
afterAll(() => api.close())

describe('a second factor', () => {
  let secret = ''
  let recoveryCodes: readonly string[] = []

  it('is begun by who knows the password, and asked for only once a code of it was given', async () => {
    const wrong = await ask('/second-factor', { method: 'POST', payload: { password: 'not it at all' } })
    expect([wrong.statusCode, wrong.json().field]).toEqual([422, '/password'])
    const begun = await ask('/second-factor', { method: 'POST', payload: { password: PASSWORD } })
    secret = begun.json().secret
    expect(begun.json().uri).toMatch(/^otpauth:\/\/totp\/Causeway:olga%40desk\.example\?/)
    expect((await signIn()).statusCode).toBe(200)
    const mistyped = await ask('/second-factor', { method: 'PUT', payload: { code: '000000' } })
    expect([mistyped.statusCode, mistyped.json().field]).toEqual([422, '/code'])
    const confirmed = await ask('/second-factor', { method: 'PUT', payload: { code: codeOf(secret) } })
    recoveryCodes = confirmed.json().recoveryCodes
    expect(new Set(recoveryCodes).size).toBe(10)
    expect((await ask('/second-factor')).json()).toEqual({ on: true, recoveryCodesLeft: 10 })
  })

  it('cannot be replaced while it is on', async () => {
    const again = await ask('/second-factor', { method: 'POST', payload: { password: PASSWORD } })
    expect(again.statusCode).toBe(409)
  })

  it('is asked for after the password, never instead of it', async () => {
    later(60)
    const without = await signIn()
    expect([without.statusCode, without.json().code]).toEqual([401, 'second-factor-needed'])
    const payload = { email: EMAIL, password: 'not it at all', code: codeOf(secret) }
    const wrong = await ask('/session', { method: 'POST', payload })
    expect(wrong.json().code).toBe('sign-in-refused')
    expect((await signIn(codeOf(secret))).statusCode).toBe(200)
  })

  it('takes each code once, and none of before it', async () => {
    later(60)
    const earlier = codeOf(secret)
    later(30)
    const now = codeOf(secret)
    expect((await signIn(now)).statusCode).toBe(200)
    expect((await signIn(now)).json().code).toBe('sign-in-refused')
    expect((await signIn(earlier)).json().code).toBe('sign-in-refused')
    later(30)
    expect((await signIn(codeOf(secret))).statusCode).toBe(200)
  })

  it('lets in with a recovery code instead, however it is typed, once', async () => {
    const [code = ''] = recoveryCodes
    expect((await signIn(code.toUpperCase().replaceAll('-', ' '))).statusCode).toBe(200)
    expect((await signIn(code)).json().code).toBe('sign-in-refused')
    expect((await ask('/second-factor')).json()).toEqual({ on: true, recoveryCodesLeft: 9 })
  })

  it('makes wrong codes count like wrong passwords', async () => {
    later(60)
    for (let tries = 0; tries < 5; tries += 1) await signIn('111111')
    from += 1
    expect((await signIn(codeOf(secret))).json().code).toBe('sign-in-refused')
    later(60)
    expect((await signIn(codeOf(secret))).statusCode).toBe(200)
  })

  it('keeps its secret sealed, and its recovery codes hashed', async () => {
    const rows = JSON.stringify([
      await api.database.db.selectFrom('account').selectAll().execute(),
      await api.database.db.selectFrom('recovery_code').selectAll().execute(),
      await api.database.db.selectFrom('event').selectAll().execute(),
    ])
    expect(rows).not.toContain(secret)
    for (const code of recoveryCodes) expect(rows).not.toContain(code)
  })

  it('is asked for also when a password is set anew: whoever reads one’s mail has no phone of theirs', async () => {
    later(60)
    const { person_id: personId } = await api.database.db
      .selectFrom('account')
      .select('person_id')
      .executeTakeFirstOrThrow()
    const made = await runCommand(api.runner, SYSTEM, createToken, {
      name: 'forgotten',
      roles: ['owner'],
      personId,
      oneTime: true,
      validForMs: DAY_MS,
    })
    const payload = { oneTimeToken: made.ok ? made.value.token : '', password: PASSWORD }
    const without = await ask('/setup', { method: 'POST', payload })
    expect(without.json().code).toBe('second-factor-needed')
    const withCode = await ask('/setup', { method: 'POST', payload: { ...payload, code: codeOf(secret) } })
    expect(withCode.statusCode).toBe(200)
    cookie = String(withCode.headers['set-cookie']).split(';')[0] ?? ''
  })

  it('is turned off by who knows the password, and its recovery codes with it', async () => {
    const off = await ask('/second-factor/off', { method: 'POST', payload: { password: PASSWORD } })
    expect(off.statusCode).toBe(204)
    expect((await signIn()).statusCode).toBe(200)
    expect((await ask('/second-factor')).json()).toEqual({ on: false, recoveryCodesLeft: 0 })
  })
})
