import { describe, expect, it } from 'vitest'
import { openTool } from '../open-tool.ts'
import { startFreshserviceFake } from './fake.ts'
import { openFakeSession } from './fake-session.ts'
import { freshservice } from './index.ts'

describe('the check of a connection', () => {
  it('names each form that lacks the marker field', async () => {
    await using opened = await openFakeSession({}, { markerField: 'elsewhere' })
    expect((await opened.session.check()).problems).toEqual([
      expect.stringContaining('form of "ticket"'),
      expect.stringContaining('form of "problem"'),
      expect.stringContaining('form of "change"'),
    ])
  })

  it('names a workspace that is not there, and asks for none of its forms', async () => {
    await using opened = await openFakeSession({}, { workspaces: ['2', '9'] })
    expect((await opened.session.check()).problems).toEqual([expect.stringContaining('no workspace 9')])
  })

  it('says when no agent has the address, because its own words would seem another’s', async () => {
    await using opened = await openFakeSession({}, { email: 'nobody@example.com' })
    const { account, problems } = await opened.session.check()
    expect([account, problems]).toEqual([null, [expect.stringContaining('nobody@example.com')]])
    await expect(opened.session.pull(null, 'all')).resolves.toMatchObject({ snapshots: [] })
    opened.fake.people.create('ticket', 'T')
    await expect(opened.session.pull(null, 'all')).rejects.toMatchObject({ kind: 'auth' })
  })

  it('waits for a person when the key is wrong, and does not tell it', async () => {
    await using opened = await openFakeSession({}, { apiKey: 'a-wrong-key' })
    const checked = opened.session.check()
    await expect(checked).rejects.toMatchObject({ kind: 'auth' })
    await expect(checked).rejects.not.toMatchObject({ detail: expect.stringContaining('a-wrong-key') })
  })

  it('notices clocks that are apart, by which records would be looked for in vain', async () => {
    const fake = await startFreshserviceFake({ now: () => new Date('2026-01-05T09:10:00Z') })
    const now = () => new Date('2026-01-05T09:00:00Z')
    const http = openTool(freshservice, fake.settings, { now, allowPrivate: [fake.host] })
    const { problems } = await freshservice.connect(fake.settings, http, now).check()
    await http.close()
    await fake.close()
    expect(problems).toEqual([expect.stringContaining('600 seconds')])
  })
})
