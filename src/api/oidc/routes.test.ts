import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../../../test/support/api.ts'
import { type OpenIdProvider, startOpenIdProvider } from '../../../test/support/openid-provider.ts'
import { createPerson } from '../../commands/create-person.ts'
import { createToken, DAY_MS } from '../../commands/create-token.ts'
import { runCommand } from '../../commands/run-command.ts'
import { SYSTEM } from '../../domain/actor.ts'
import type { IdentityProvider } from '../../identity/identity.ts'
import { identityProvider } from '../../identity/provider.ts'
import { localPath } from './attempt.ts'

const BACK = 'http://desk.example/api/v1/sign-in/provider/back'

let api: TestApi
let provider: OpenIdProvider
const swappable: { use: IdentityProvider | null } = { use: null }
const real = (trustsEmail = false): IdentityProvider =>
  identityProvider({
    name: 'Example ID',
    issuer: provider.issuer,
    clientId: provider.client.id,
    clientSecret: provider.client.secret,
    trustsEmail,
  })

beforeAll(async () => {
  provider = await startOpenIdProvider(BACK)
  swappable.use = real()
  api = await openTestApi({
    identityProvider: {
      name: 'Example ID',
      begin: (uri) => (swappable.use ?? real()).begin(uri),
      finish: (query, kept) => (swappable.use ?? real()).finish(query, kept),
    },
  })
})
afterAll(async () => {
  await api.close()
  await provider.close()
})

const ask = (url: string, cookie = '') =>
  api.server.app.inject({ url, headers: { host: 'desk.example', cookie } })
const cookiesOf = (answer: { headers: Record<string, unknown> }): readonly string[] =>
  [answer.headers['set-cookie'] ?? []].flat().map((line) => String(line).split(';')[0] ?? '')
const sessionOf = (answer: { headers: Record<string, unknown> }): string =>
  cookiesOf(answer).find((one) => one.startsWith('causeway=')) ?? ''
const refusalOf = (answer: { headers: Record<string, unknown> }): string =>
  new URL(String(answer.headers['location']), 'http://desk.example').searchParams.get('refused') ?? ''

const person = async (name: string): Promise<string> => {
  const made = await runCommand(api.runner, SYSTEM, createPerson, {
    name,
    email: `${name.toLowerCase()}@desk.example`,
    roles: ['agent'],
  })
  if (!made.ok) throw new Error(made.error.detail)
  return made.value.id
}

/** There and back, as `login`; the last answer of ours. */
const through = async (login: string, query = '', cookie = '') => {
  const begun = await ask(`/api/v1/sign-in/provider${query}`, cookie)
  expect(begun.statusCode).toBe(302)
  const [attempt = ''] = cookiesOf(begun)
  const back = await provider.signIn(String(begun.headers['location']), login)
  return ask(back.slice('http://desk.example'.length), [attempt, cookie].join('; '))
}

describe('single sign-on', () => {
  it('signs in the person whose checked address the provider knows, and leads back to where they wanted', async () => {
    await person('Anna')
    provider.claims.set('u1', { email: 'Anna@desk.example', email_verified: true, name: 'Anna' })
    const answer = await through('u1', '?to=/tickets/T-1%3Ftab%3Dnotes')
    expect([answer.statusCode, answer.headers['location']]).toEqual([302, '/tickets/T-1?tab=notes'])
    const self = await ask('/api/v1/self', sessionOf(answer))
    expect(self.json()).toMatchObject({ name: 'Anna', roles: ['agent'] })
  })

  it('knows them again by their identity when their address has changed', async () => {
    provider.claims.set('u1', { email: 'anna.new@elsewhere.example', email_verified: true })
    const self = await ask('/api/v1/self', sessionOf(await through('u1')))
    expect(self.json()).toMatchObject({ name: 'Anna' })
  })

  it('opens nothing to an address that the provider has not checked', async () => {
    await person('Bea')
    provider.claims.set('u2', { email: 'bea@desk.example', email_verified: false })
    const answer = await through('u2')
    expect([sessionOf(answer), refusalOf(answer)]).toEqual(['', expect.stringMatching(/has not checked/)])
    provider.claims.set('u2', { email: 'bea@desk.example' })
    expect(refusalOf(await through('u2'))).toMatch(/has not checked/)
  })

  it('does where an operator trusts their own directory', async () => {
    swappable.use = real(true)
    expect(sessionOf(await through('u2'))).not.toBe('')
    swappable.use = real()
  })

  it('opens nothing to a stranger', async () => {
    provider.claims.set('u3', { email: 'nobody@else.example', email_verified: true })
    expect(refusalOf(await through('u3'))).toMatch(/Ask an admin to add you/)
  })

  it('links an identity to whoever is signed in, once, and to nobody else', async () => {
    const personId = await person('Cleo')
    const made = await runCommand(api.runner, SYSTEM, createToken, {
      name: 'invitation',
      roles: ['agent'],
      personId,
      oneTime: true,
      validForMs: DAY_MS,
    })
    const setUp = await api.server.app.inject({
      method: 'POST',
      url: '/api/v1/setup',
      payload: { oneTimeToken: made.ok ? made.value.token : '', password: 'correct horse battery' },
    })
    provider.claims.set('u4', { email: 'private@mail.example' })
    expect(refusalOf(await ask('/api/v1/sign-in/provider?link=true'))).toMatch(/Sign in first/)
    expect(sessionOf(await through('u4', '?link=true', sessionOf(setUp)))).not.toBe('')
    const self = await ask('/api/v1/self', sessionOf(await through('u4')))
    expect(self.json()).toMatchObject({ name: 'Cleo' })
    expect(refusalOf(await through('u1', '?link=true', sessionOf(setUp)))).toMatch(/another account/)
  })

  it('goes on only in the browser in which it began, once, and not after ten minutes', async () => {
    const begun = await ask('/api/v1/sign-in/provider')
    const [attempt = ''] = cookiesOf(begun)
    const back = (await provider.signIn(String(begun.headers['location']), 'u1')).slice(
      'http://desk.example'.length,
    )
    expect(refusalOf(await ask(back))).toMatch(/did not begin in this browser/)
    expect(refusalOf(await ask(back, `${attempt}x`))).toMatch(/did not begin in this browser/)
    const before = api.clock.now
    api.clock.now = new Date(before.getTime() + 601_000)
    expect(refusalOf(await ask(back, attempt))).toMatch(/took too long/)
    api.clock.now = before
    const [other = ''] = cookiesOf(await ask('/api/v1/sign-in/provider'))
    expect(refusalOf(await ask(back, other))).toMatch(/did not confirm/)
    expect(sessionOf(await ask(back, attempt))).not.toBe('')
    expect(refusalOf(await ask(back, attempt))).toMatch(/did not confirm/)
  })

  it('says on the sign-in page that the provider is away', async () => {
    swappable.use = identityProvider({
      name: 'Gone ID',
      issuer: 'http://127.0.0.1:1',
      clientId: 'x',
      clientSecret: null,
      trustsEmail: false,
    })
    expect(refusalOf(await ask('/api/v1/sign-in/provider'))).toMatch(/^Gone ID cannot be reached/)
    swappable.use = real()
  })
})

it('sends nobody to the provider who knocks all the time, without holding up others', async () => {
  let asked = 0
  swappable.use = {
    name: 'Counting ID',
    begin: async () => {
      asked += 1
      return { ok: false, error: 'not today' }
    },
    finish: async () => ({ ok: false, error: 'not today' }),
  }
  const knock = (remoteAddress: string, accept?: string) =>
    api.server.app.inject({
      url: '/api/v1/sign-in/provider',
      remoteAddress,
      headers: { host: 'desk.example', ...(accept === undefined ? {} : { accept }) },
    })
  for (let n = 0; n < 60; n += 1) expect((await knock('198.51.100.7')).statusCode).toBe(302)
  const refused = await knock('198.51.100.7')
  expect([refused.statusCode, refused.json().code]).toEqual([429, 'too-many-requests'])
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
  // a person came by a link, and reads on the sign-in page what to do
  expect(refusalOf(await knock('198.51.100.7', 'text/html,*/*'))).toMatch(/^Too many tries.*seconds/)
  expect(asked).toBe(60)
  expect((await knock('198.51.100.8')).statusCode).toBe(302)
  expect(asked).toBe(61)
  const before = api.clock.now
  api.clock.now = new Date(before.getTime() + 60_001)
  expect((await knock('198.51.100.7')).statusCode).toBe(302)
  api.clock.now = before
  swappable.use = real()
})

describe('localPath', () => {
  it.each([
    ['/tickets/T-1?a=b#c', '/tickets/T-1?a=b#c'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['https://evil.example', '/'],
    ['/a b', '/'],
    [undefined, '/'],
  ])('makes of %s the path %s', (text, path) => {
    expect(localPath(text)).toBe(path)
  })
})
