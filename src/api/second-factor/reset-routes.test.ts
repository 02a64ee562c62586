import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../../../test/support/api.ts'
import { createToken, DAY_MS } from '../../commands/create-token.ts'
import { runCommand } from '../../commands/run-command.ts'
import { SYSTEM } from '../../domain/actor.ts'
import type { Role } from '../../domain/words.ts'

let api: TestApi
let from = 0
beforeAll(async () => {
  const base = await openTestApi()
  await base.close()
  api = await openTestApi({
    config: { ...base.deps.config, smtp: { url: 'smtp://mail.test:587', from: 'a@b.test' } },
  })
})
afterAll(() => api.close())

const ask = (
  cookie: string,
  method: 'GET' | 'POST' | 'PATCH',
  url: string,
  payload?: object,
  key?: string,
) => {
  from += 1
  return api.server.app.inject({
    method,
    url: `/api/v1${url}`,
    remoteAddress: `198.51.100.${from % 250}`,
    headers: { cookie, 'x-causeway-csrf': '1', ...(key === undefined ? {} : { 'idempotency-key': key }) },
    ...(payload === undefined ? {} : { payload }),
  })
}

/** Somebody with a password who is signed in, with a second factor on. */
const colleague = async (name: string, roles: readonly Role[]) => {
  const email = `${name.toLowerCase()}@desk.example`
  const id = api.runner.newId()
  await api.runner.db
    .insertInto('person')
    .values({ id, name, email, roles: [...roles], created_at: api.clock.now })
    .execute()
  const made = await runCommand(api.runner, SYSTEM, createToken, {
    ...{ name, roles, personId: id, oneTime: true, validForMs: DAY_MS },
  })
  const answer = await ask('', 'POST', '/setup', {
    oneTimeToken: made.ok ? made.value.token : '',
    password: 'correct horse battery',
  })
  const cookie = String(answer.headers['set-cookie']).split(';')[0] ?? ''
  await api.runner.db
    .updateTable('account')
    .set({ totp: 'x', totp_at: api.clock.now })
    .where('person_id', '=', id)
    .execute()
  return { id, email, cookie }
}

const off = (cookie: string, ref: string) =>
  ask(cookie, 'POST', `/people/${ref}/second-factor/off`, { reason: 'The phone is in the river' })

describe('turning off the second factor of somebody else', () => {
  it('signs them out everywhere, tells them by mail, and stands in the log with the reason', async () => {
    const [admin, agent] = [await colleague('Ada', ['admin']), await colleague('Ben', ['agent'])]
    expect((await ask(agent.cookie, 'GET', '/self')).statusCode).toBe(200)
    expect((await off(admin.cookie, agent.email)).json()).toEqual({ told: true })
    expect((await ask(agent.cookie, 'GET', '/self')).statusCode).toBe(401)
    const mail = await api.runner.db.selectFrom('outgoing_mail').selectAll().executeTakeFirstOrThrow()
    expect([mail.recipient, mail.purpose]).toEqual(['ben@desk.example', 'second-factor-reset'])
    const { items } = (await ask(admin.cookie, 'GET', `/audit?record=${agent.email}`)).json()
    const told = items.find((one: { kind: string }) => one.kind === 'account.second-factor-reset')
    expect(told).toMatchObject({
      actor: { name: 'Ada' },
      data: { reason: 'The phone is in the river', told: true },
    })
    const again = await off(admin.cookie, agent.email)
    expect([again.statusCode, again.json().reason.code]).toEqual([409, 'no-second-factor'])
  })

  it('is not for an admin to do with an owner, nor for anybody with themselves, nor for a lead', async () => {
    const [owner, admin, lead] = [
      await colleague('Olga', ['owner']),
      await colleague('Adam', ['admin']),
      await colleague('Lena', ['lead']),
    ]
    expect((await off(admin.cookie, owner.id)).json().reason).toEqual({ code: 'grant-owners' })
    expect((await off(owner.cookie, owner.id)).json().reason).toEqual({ code: 'own-second-factor' })
    expect((await off(lead.cookie, admin.id)).statusCode).toBe(403)
    expect((await off(owner.cookie, admin.id)).statusCode).toBe(200)
  })

  it('helps a customer’s contact who lost theirs too, and says so where there is none to turn off', async () => {
    const { cookie } = await colleague('Kai', ['admin'])
    const { contactId } = await api.customer('Northwind')
    const turnOff = () =>
      ask(cookie, 'POST', `/contacts/${contactId}/second-factor/off`, { reason: 'A new phone' })
    const never = await turnOff()
    expect([never.statusCode, never.json().reason]).toEqual([409, { code: 'no-second-factor' }])
    const made = await runCommand(api.runner, SYSTEM, createToken, {
      ...{ name: 'portal', roles: ['customer'], contactId, oneTime: true, validForMs: DAY_MS },
    })
    const setUp = await ask('', 'POST', '/setup', {
      oneTimeToken: made.ok ? made.value.token : '',
      password: 'correct horse battery',
    })
    const session = String(setUp.headers['set-cookie']).split(';')[0] ?? ''
    await api.runner.db
      .updateTable('account')
      .set({ totp: 'x', totp_at: api.clock.now })
      .where('contact_id', '=', contactId)
      .execute()
    expect((await turnOff()).json()).toEqual({ told: true })
    expect((await ask(session, 'GET', '/self')).statusCode).toBe(401)
  })
})

describe('what holds a password', () => {
  it('takes no idempotency key, because nothing of a password is kept, not even a fingerprint', async () => {
    const { cookie } = await colleague('Paul', ['agent'])
    for (const path of ['/second-factor', '/second-factor/off']) {
      const answer = await ask(cookie, 'POST', path, { password: 'correct horse battery' }, 'k-1')
      expect([path, answer.statusCode, answer.json().field]).toEqual([path, 400, '/headers/idempotency-key'])
    }
    expect(await api.runner.db.selectFrom('idempotency').selectAll().execute()).toEqual([])
  })
})

describe('somebody who is archived', () => {
  it('is signed out for good: being brought back opens no old session', async () => {
    const [admin, agent] = [await colleague('Anne', ['admin']), await colleague('Carl', ['agent'])]
    await ask(admin.cookie, 'PATCH', `/people/${agent.id}`, { archived: true })
    expect((await ask(agent.cookie, 'GET', '/self')).statusCode).toBe(401)
    await ask(admin.cookie, 'PATCH', `/people/${agent.id}`, { archived: false })
    expect((await ask(agent.cookie, 'GET', '/self')).statusCode).toBe(401)
  })
})

describe('a token', () => {
  const holds = async (token: string) => {
    const answer = await api.server.app.inject({
      url: '/api/v1/self',
      headers: { authorization: `Bearer ${token}` },
    })
    return answer.statusCode === 200 ? answer.json().roles : answer.statusCode
  }

  it('may never do more than its maker may at the moment, and ends when they are gone', async () => {
    const [owner, maker] = [
      await colleague('Otto', ['owner']),
      await colleague('Mira', ['admin', 'integrator']),
    ]
    const made = await ask(maker.cookie, 'POST', '/tokens', {
      name: 'for a program',
      roles: ['admin', 'integrator'],
    })
    const { token } = made.json()
    expect(await holds(token)).toEqual(['admin', 'integrator'])
    await ask(owner.cookie, 'PATCH', `/people/${maker.id}`, { roles: ['integrator'] })
    expect(await holds(token)).toEqual(['integrator'])
    await ask(owner.cookie, 'PATCH', `/people/${maker.id}`, { roles: ['auditor'] })
    expect(await holds(token)).toBe(401)
    await ask(owner.cookie, 'PATCH', `/people/${maker.id}`, { roles: ['integrator'] })
    expect(await holds(token)).toEqual(['integrator'])
    await ask(owner.cookie, 'PATCH', `/people/${maker.id}`, { archived: true })
    expect(await holds(token)).toBe(401)
  })

  it('is listed with the name of whom it stands for and of who made it', async () => {
    const owner = await colleague('Oda', ['owner'])
    const dora = await colleague('Dora', ['agent', 'lead'])
    const { token } = (
      await ask(owner.cookie, 'POST', '/tokens', {
        name: 'Dora’s script',
        roles: ['agent', 'lead'],
        personId: dora.id,
      })
    ).json()
    const { items } = (await ask(owner.cookie, 'GET', '/tokens')).json()
    expect(items[0]).toMatchObject({ name: 'Dora’s script', holder: 'Dora', madeBy: 'Oda' })
    await ask(owner.cookie, 'PATCH', `/people/${dora.id}`, { roles: ['agent'] })
    expect(await holds(token)).toEqual(['agent'])
  })

  it('made by a token is bound to the same person', async () => {
    const maker = await colleague('Mona', ['admin'])
    const first = (await ask(maker.cookie, 'POST', '/tokens', { name: 'one', roles: ['admin'] })).json()
    const second = await api.server.app.inject({
      method: 'POST',
      url: '/api/v1/tokens',
      headers: { authorization: `Bearer ${first.token}` },
      payload: { name: 'two', roles: ['admin'] },
    })
    expect(await holds(second.json().token)).toEqual(['admin'])
    await api.runner.db
      .updateTable('person')
      .set({ roles: ['agent'] })
      .where('id', '=', maker.id)
      .execute()
    expect(await holds(second.json().token)).toBe(401)
  })
})
