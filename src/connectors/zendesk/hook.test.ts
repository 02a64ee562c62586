import { describe, expect, it } from 'vitest'
import { openFakeSession } from './fake-session.ts'

const ADDRESS = 'https://causeway.example/hooks/zendesk'
const OTHER = 'https://elsewhere.example/hook'

const isPresent = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('it is missing')
  return value
}

describe('the webhook that Zendesk keeps', () => {
  it('is made once, however often it is asked for, and says where its secret is to be had', async () => {
    await using zendesk = await openFakeSession()
    const { keepHook } = zendesk.session
    const first = await isPresent(keepHook)(ADDRESS)
    const second = await isPresent(keepHook)(ADDRESS)
    expect([first.did, second.did]).toEqual(['registered', 'nothing'])
    expect(first.problem).toMatch(/Reveal secret/)
    expect(zendesk.fake.state.webhooks).toMatchObject([
      { endpoint: ADDRESS, status: 'active', name: 'Causeway' },
    ])
  })

  it('rings for everything that changes a ticket, and for nothing else', async () => {
    await using zendesk = await openFakeSession()
    await isPresent(zendesk.session.keepHook)(ADDRESS)
    const events = zendesk.fake.state.webhooks[0]?.subscriptions ?? []
    expect(events).toContain('zen:event-type:ticket.comment_added')
    expect(events.every((each) => /^zen:event-type:ticket\.[a-z_]+$/.test(each))).toBe(true)
  })

  it('has no problem once its secret is in the settings, which never shows in a sentence', async () => {
    await using zendesk = await openFakeSession()
    await isPresent(zendesk.session.keepHook)(ADDRESS)
    const { secret } = isPresent(zendesk.fake.state.webhooks[0])
    for (const [webhookSecret, problem] of [
      [secret, null],
      ['another', expect.stringContaining('not the one')],
      ['', expect.stringContaining('copy it')],
    ] as const) {
      const state = await isPresent(zendesk.another({ webhookSecret }).keepHook)(ADDRESS)
      expect(state).toEqual({ did: 'nothing', until: null, problem })
      expect(state.problem ?? '').not.toContain(secret)
    }
  })

  it('is switched on again when Zendesk has switched it off', async () => {
    await using zendesk = await openFakeSession()
    const keep = isPresent(zendesk.session.keepHook)
    await keep(ADDRESS)
    const hook = isPresent(zendesk.fake.state.webhooks[0])
    hook.status = 'inactive'
    expect(await keep(ADDRESS)).toMatchObject({ did: 'enabled' })
    expect(hook.status).toBe('active')
  })

  it('is the only one that is touched, also when it is taken back', async () => {
    await using zendesk = await openFakeSession()
    const theirs = {
      ...{ id: '01THEIRS', name: 'Causeway', endpoint: OTHER, status: 'inactive' },
      ...{ subscriptions: [], secret: 'theirs' },
    }
    zendesk.fake.state.webhooks.push(theirs)
    await isPresent(zendesk.session.keepHook)(ADDRESS)
    await isPresent(zendesk.session.dropHook)(ADDRESS)
    await isPresent(zendesk.session.dropHook)(ADDRESS)
    expect(zendesk.fake.state.webhooks).toEqual([theirs])
  })

  it('that the account may not keep is a sentence for a person', async () => {
    await using zendesk = await openFakeSession()
    zendesk.fake.become({ role: 'agent' })
    expect(await isPresent(zendesk.session.keepHook)(ADDRESS)).toMatchObject({
      did: 'nothing',
      problem: expect.stringContaining('administrator'),
    })
  })
})
