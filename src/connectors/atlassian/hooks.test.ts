import { afterEach, describe, expect, it } from 'vitest'
import { type FakeSession, fakeSession } from './fake-session.ts'

const ADDRESS = 'https://causeway.example/hooks/jira'
const DAY_MS = 24 * 3_600_000
const APP = { clientId: 'client', clientSecret: 'secret-of-the-client' }

let open: FakeSession | null = null
afterEach(async () => {
  await open?.close()
  open = null
})
const start = async (): Promise<FakeSession> => {
  open = await fakeSession()
  return open
}

describe('the webhook of an administrator', () => {
  it('is registered once, signed, however often it is asked for', async () => {
    const { fake, session } = await start()
    expect((await session.keepHook?.(ADDRESS))?.did).toBe('registered')
    expect((await session.keepHook?.(ADDRESS))?.did).toBe('nothing')
    expect(fake.state.hooks.map(({ url, secret }) => [url, secret])).toEqual([
      [ADDRESS, fake.settings.webhookSecret],
    ])
  })

  it('is enabled again when somebody switched it off', async () => {
    const { fake, session } = await start()
    await session.keepHook?.(ADDRESS)
    const [hook] = fake.state.hooks
    if (hook !== undefined) hook.enabled = false
    expect((await session.keepHook?.(ADDRESS))?.did).toBe('enabled')
    expect(fake.state.hooks[0]?.enabled).toBe(true)
  })

  it('is left to a person, in words, where the account is no administrator or there is no secret', async () => {
    const { fake, session, connect } = await start()
    expect((await connect({ webhookSecret: '' }).keepHook?.(ADDRESS))?.problem).toMatch(/secret/)
    fake.state.isAdmin = false
    expect((await session.keepHook?.(ADDRESS))?.problem).toMatch(/administrator/)
  })

  it('goes alone when it is dropped', async () => {
    const { fake, session } = await start()
    await session.keepHook?.(ADDRESS)
    await session.keepHook?.('https://other.example/hook')
    await session.dropHook?.(ADDRESS)
    expect(fake.state.hooks.map(({ url }) => url)).toEqual(['https://other.example/hook'])
  })
})

describe('the webhook of an OAuth app', () => {
  it('is renewed before Jira forgets it, and registered anew when it was forgotten', async () => {
    const { connect, later, now } = await start()
    const session = connect(APP)
    const first = await session.keepHook?.(ADDRESS)
    expect(first?.did).toBe('registered')
    expect(first?.until?.getTime()).toBe(now().getTime() + 30 * DAY_MS)
    later(15 * DAY_MS)
    expect((await session.keepHook?.(ADDRESS))?.did).toBe('nothing')
    later(6 * DAY_MS)
    const renewed = await session.keepHook?.(ADDRESS)
    expect(renewed?.did).toBe('renewed')
    expect(renewed?.until?.getTime()).toBe(now().getTime() + 30 * DAY_MS)
    later(31 * DAY_MS)
    expect((await session.keepHook?.(ADDRESS))?.did).toBe('registered')
  })
})
