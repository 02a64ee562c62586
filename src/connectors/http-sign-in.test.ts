import { describe, expect, it } from 'vitest'
import type { Http, SignedIn, SignIn } from '../sync/connector.ts'
import { RemoteFault } from '../sync/fault.ts'
import { credentialsOf } from './http-sign-in.ts'

const START_MS = Date.parse('2026-01-02T03:04:05.000Z')
const HOUR_MS = 60 * 60 * 1000

const noHttp: Http & { close(): Promise<void> } = {
  request: async () => Promise.reject(new Error('not asked for here')),
  download: async () => Promise.reject(new Error('not asked for here')),
  close: async () => undefined,
}

/** Gives `token 1`, `token 2` … for an hour each. */
const world = (ask?: (count: number) => SignedIn) => {
  let ms = START_MS
  let count = 0
  const signIn: SignIn = {
    baseUrl: 'https://login.example.com',
    ask: async () => {
      count += 1
      if (ask !== undefined) return ask(count)
      return { headers: { authorization: `token ${count}` }, until: new Date(ms + HOUR_MS) }
    },
  }
  const credentials = credentialsOf(
    () => ({ 'x-fixed': 'yes' }),
    signIn,
    () => noHttp,
    () => new Date(ms),
  )
  return {
    credentials,
    asked: () => count,
    later: (more: number) => {
      ms += more
    },
  }
}

describe('credentials that expire', () => {
  it('are exchanged once for many calls, and go beside the fixed headers', async () => {
    const { credentials, asked } = world()
    const all = await Promise.all([credentials.headers(), credentials.headers(), credentials.headers()])
    expect(all[2]).toEqual({ 'x-fixed': 'yes', authorization: 'token 1' })
    await credentials.headers()
    expect(asked()).toBe(1)
  })

  it('are exchanged a minute before they end, so that no call is refused for that', async () => {
    const { credentials, asked, later } = world()
    await credentials.headers()
    later(HOUR_MS - 61_000)
    await credentials.headers()
    expect(asked()).toBe(1)
    later(2_000)
    expect(await credentials.headers()).toMatchObject({ authorization: 'token 2' })
  })

  it('are exchanged anew when the tool refuses those in use, and once for all who were refused', async () => {
    const { credentials, asked } = world()
    const used = await credentials.headers()
    expect([credentials.refused(used), credentials.refused(used)]).toEqual([true, true])
    const next = await credentials.headers()
    expect(next).toMatchObject({ authorization: 'token 2' })
    // who was refused late, with the old ones, does not throw the new ones away
    credentials.refused(used)
    expect(await credentials.headers()).toBe(next)
    expect(asked()).toBe(2)
  })

  it('go on counting where signing in is away and they still have a moment', async () => {
    const { credentials, later } = world((count) => {
      if (count > 1) throw new RemoteFault('down', 'no answer')
      return { headers: { authorization: 'token 1' }, until: new Date(START_MS + HOUR_MS) }
    })
    await credentials.headers()
    later(HOUR_MS - 30_000)
    expect(await credentials.headers()).toMatchObject({ authorization: 'token 1' })
    later(30_001)
    await expect(credentials.headers()).rejects.toMatchObject({ kind: 'down' })
  })

  it.each([
    ['unknown', 'down'],
    ['down', 'down'],
    ['invalid', 'auth'],
    ['gone', 'auth'],
    ['auth', 'auth'],
    ['rate', 'rate'],
  ] as const)('say %s as %s, because the call itself was never sent', async (kind, said) => {
    const { credentials } = world(() => {
      throw new RemoteFault(kind, 'why')
    })
    await expect(credentials.headers()).rejects.toMatchObject({ kind: said })
  })
})
