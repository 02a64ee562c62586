import { afterEach, describe, expect, it } from 'vitest'
import { FAKE_CLIENT, FAKE_REFRESH_TOKEN } from './fake.ts'
import { makeOurs, manyWorlds } from './fake-session.ts'
import { headersOf, signInOf } from './sign-in.ts'

const { open: world, close } = manyWorlds()
afterEach(close)

const tokens = (calls: readonly string[]): number =>
  calls.filter((call) => call === 'POST /oauth_token.do').length

describe('signing in', () => {
  it.each([
    ['client-credentials', {}],
    ['password', {}],
    ['refresh-token', { refreshToken: FAKE_REFRESH_TOKEN }],
  ] as const)('by %s gets a token once and another when it ends', async (signIn, more) => {
    const it = await world({ signIn, ...FAKE_CLIENT, ...more })
    await makeOurs(it.session)
    await makeOurs(it.session)
    expect(tokens(it.fake.calls)).toBe(1)
    it.later(2 * 3_600_000)
    await makeOurs(it.session)
    expect(tokens(it.fake.calls)).toBe(2)
  })

  it('finds out whose the token is, for nothing says so otherwise', async () => {
    const it = await world({ signIn: 'client-credentials', ...FAKE_CLIENT, username: '' })
    expect((await it.session.check()).account?.email).toBe('integration@example.com')
  })

  it('that is refused waits for a person, and tells no secret', async () => {
    const it = await world({ signIn: 'client-credentials', ...FAKE_CLIENT, clientSecret: 'wrong secret' })
    const fault = await it.session.check().then(
      () => null,
      (thrown: unknown) => thrown,
    )
    expect(fault).toMatchObject({ kind: 'auth' })
    expect(String(fault)).not.toContain('wrong secret')
  })

  it('with a sleeping instance is down, because the credentials are not what is wrong', async () => {
    const it = await world({ signIn: 'client-credentials', ...FAKE_CLIENT })
    it.fake.set([{ kind: 'hibernating' }])
    await expect(it.session.check()).rejects.toMatchObject({ kind: 'down' })
  })

  it('basic asks for no token, and the others send no password with each call', () => {
    const settings = { url: 'https://x.example', username: 'u', password: 'pö:w' }
    expect(signInOf(settings)).toBeNull()
    expect(headersOf(settings)).toEqual({
      authorization: `Basic ${Buffer.from('u:pö:w').toString('base64')}`,
    })
    expect(headersOf({ ...settings, signIn: 'password' })).toEqual({})
  })
})
