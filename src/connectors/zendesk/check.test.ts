import { describe, expect, it } from 'vitest'
import { openTool } from '../open-tool.ts'
import { startZendeskFake } from './fake.ts'
import { openFakeSession } from './fake-session.ts'
import { zendesk as connector } from './index.ts'

describe('the check of a connection', () => {
  it('finds each thing that can be forgotten, and says it in a sentence', async () => {
    await using zendesk = await openFakeSession({}, { groups: ['Support', 'Nowhere'] })
    zendesk.fake.become({ role: 'agent', onlyPrivate: true })
    const { problems, account } = await zendesk.session.check()
    expect(problems).toEqual([
      expect.stringContaining('no administrator'),
      expect.stringContaining('only write internal comments'),
      expect.stringContaining('no group "Nowhere"'),
    ])
    expect(account).toMatchObject({ id: '900001', email: 'integration@example.com' })
  })

  it('asks nothing when no way to sign in is complete', async () => {
    await using zendesk = await openFakeSession({}, { apiToken: ' ' })
    expect((await zendesk.session.check()).problems).toEqual([expect.stringContaining('No way to sign in')])
    expect(zendesk.fake.calls).toEqual([])
  })

  it('notices clocks that are apart, because signed webhooks would be refused', async () => {
    const fake = await startZendeskFake({ now: () => new Date('2026-01-05T09:10:00Z') })
    const now = () => new Date('2026-01-05T09:00:00Z')
    const http = openTool(connector, fake.settings, { now, allowPrivate: [fake.host] })
    const { problems } = await connector.connect(fake.settings, http, now).check()
    await http.close()
    await fake.close()
    expect(problems).toEqual([expect.stringContaining('600 seconds')])
  })

  it('waits for a person when the token is wrong', async () => {
    await using zendesk = await openFakeSession({}, { apiToken: 'wrong' })
    await expect(zendesk.session.check()).rejects.toMatchObject({ kind: 'auth' })
  })
})

describe('signing in', () => {
  it('works by an access token', async () => {
    await using zendesk = await openFakeSession({}, { apiToken: '', accessToken: 'oauth-access-token' })
    expect((await zendesk.session.check()).problems).toEqual([])
  })

  it('works by the credentials of an OAuth client, whose token is asked for once', async () => {
    const client = { apiToken: '', clientId: 'causeway', clientSecret: 'secret-of-the-client' }
    await using zendesk = await openFakeSession({}, client)
    expect((await zendesk.session.check()).problems).toEqual([])
    await zendesk.session.describe()
    expect(zendesk.fake.calls.filter((each) => each === 'POST /oauth/tokens')).toHaveLength(1)
    zendesk.later(60 * 60 * 1000)
    await zendesk.session.pull(null, 'changes')
    expect(zendesk.fake.calls.filter((each) => each === 'POST /oauth/tokens')).toHaveLength(2)
  })

  it('waits for a person when the client is refused', async () => {
    const client = { apiToken: '', clientId: 'causeway', clientSecret: 'a-wrong-secret' }
    await using zendesk = await openFakeSession({}, client)
    const refused = zendesk.session.check()
    await expect(refused).rejects.toMatchObject({ kind: 'auth' })
    await expect(refused).rejects.not.toMatchObject({ detail: expect.stringContaining('a-wrong-secret') })
  })
})
