import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../../../test/support/api.ts'
import { createToken, DAY_MS } from '../../commands/create-token.ts'
import { runCommand } from '../../commands/run-command.ts'
import { SYSTEM } from '../../domain/actor.ts'
import { firstSignInToken } from '../../start/sign-in-token.ts'

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())

const signIn = (oneTimeToken: string, remoteAddress = '192.0.2.1') =>
  api.server.app.inject({ method: 'POST', url: '/api/v1/sign-in', payload: { oneTimeToken }, remoteAddress })
const self = (token: string) =>
  api.server.app.inject({ url: '/api/v1/self', headers: { authorization: `Bearer ${token}` } })
const oneTime = async (): Promise<string> => {
  const made = await runCommand(api.runner, SYSTEM, createToken, {
    name: 'n',
    roles: ['agent'],
    oneTime: true,
    validForMs: DAY_MS,
  })
  if (!made.ok) throw new Error(made.error.detail)
  return made.value.token
}

it('prints a token at each start until an admin signed in, and only the last one works', async () => {
  const first = await firstSignInToken(api.runner)
  const second = await firstSignInToken(api.runner)
  expect((await signIn(first ?? '')).statusCode).toBe(403)
  const signedIn = await signIn(second ?? '')
  expect([signedIn.statusCode, signedIn.json().roles]).toEqual([200, ['owner']])
  expect((await self(signedIn.json().token)).json()).toMatchObject({ roles: ['owner'] })
  expect(await firstSignInToken(api.runner)).toBeNull()
})

it('exchanges a one-time token once, even for two who come at the same moment', async () => {
  const token = await oneTime()
  const both = await Promise.all([signIn(token, '192.0.2.2'), signIn(token, '192.0.2.3')])
  expect(both.map((answer) => answer.statusCode).sort()).toEqual([200, 403])
})

it('lets a one-time token do nothing else, and refuses it after a day', async () => {
  const token = await oneTime()
  expect((await self(token)).statusCode).toBe(401)
  const before = api.clock.now
  api.clock.now = new Date(before.getTime() + DAY_MS + 1)
  expect((await signIn(token, '192.0.2.4')).statusCode).toBe(403)
  api.clock.now = before
})

it('ends a session at its time, and at once when the token is revoked', async () => {
  const { token } = (await signIn(await oneTime(), '192.0.2.5')).json<{ token: string }>()
  const before = api.clock.now
  api.clock.now = new Date(before.getTime() + 31 * DAY_MS)
  expect((await self(token)).statusCode).toBe(401)
  api.clock.now = before
  const admin = { authorization: `Bearer ${await api.tokenOf('owner')}` }
  const listed = await api.server.app.inject({ url: '/api/v1/tokens?limit=200', headers: admin })
  const mine = listed.json<{
    items: { id: string; lastUsedAt: string | null; roles: string[]; oneTime: boolean }[]
  }>().items
  for (const one of mine.filter((item) => item.roles.includes('agent') && !item.oneTime))
    await api.server.app.inject({ method: 'DELETE', url: `/api/v1/tokens/${one.id}`, headers: admin })
  expect((await self(token)).statusCode).toBe(401)
})

it('never shows a token or its hash in the list', async () => {
  const admin = await api.tokenOf('owner')
  const listed = await api.server.app.inject({
    url: '/api/v1/tokens',
    headers: { authorization: `Bearer ${admin}` },
  })
  expect(listed.body).not.toContain(admin)
  expect(listed.body).not.toMatch(/[0-9a-f]{64}/)
})

it('makes whoever guesses wait, without holding up others', async () => {
  const guesses = []
  for (let n = 0; n < 11; n += 1)
    guesses.push((await signIn(`cw_${'x'.repeat(43)}`, '198.51.100.7')).statusCode)
  expect(guesses.slice(0, 10)).toEqual(Array(10).fill(403))
  expect(guesses[10]).toBe(429)
  expect((await signIn(await oneTime(), '198.51.100.8')).statusCode).toBe(200)
})
