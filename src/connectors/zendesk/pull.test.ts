import { describe, expect, it } from 'vitest'
import { type FakeSession, openFakeSession } from './fake-session.ts'

const changed = async ({ session }: FakeSession, from: string) => {
  const page = await session.pull(from, 'changes')
  return { ...page, ids: page.snapshots.map(({ ref }) => Number(ref.id)) }
}

const start = async ({ session }: FakeSession): Promise<string> =>
  (await session.pull(null, 'changes')).cursor

describe('asking for changes', () => {
  it('shows nothing of the last minute, and all of it a minute later', async () => {
    await using zendesk = await openFakeSession()
    const cursor = await start(zendesk)
    const id = zendesk.fake.people.create('New')
    const first = await changed(zendesk, cursor)
    expect([first.ids, first.more]).toEqual([[], false])
    zendesk.later(61_000)
    expect((await changed(zendesk, first.cursor)).ids).toEqual([id])
  })

  it('begins by Zendesk’s clock, whatever ours says', async () => {
    await using zendesk = await openFakeSession({ now: () => new Date('2026-01-05T12:00:00Z') })
    expect(JSON.parse(await start(zendesk))).toEqual({
      scope: 'changes',
      startS: Date.parse('2026-01-05T11:58:00Z') / 1000,
    })
  })

  it('waits as long as Zendesk says after the tenth time in a minute', async () => {
    await using zendesk = await openFakeSession({ exportsAllowed: 10 })
    const cursor = await start(zendesk)
    for (let asked = 0; asked < 10; asked += 1) await changed(zendesk, cursor)
    const retryAt = new Date(zendesk.now().getTime() + 23_000)
    await expect(changed(zendesk, cursor)).rejects.toMatchObject({ kind: 'rate', retryAt })
  })

  it('leaves some of a long list for the next poll, so that nothing else has to wait with it', async () => {
    await using zendesk = await openFakeSession({ exportsAllowed: 10 })
    let cursor = await start(zendesk)
    const made = Array.from({ length: 1_650 }, (_, each) => zendesk.fake.people.create(`Ticket ${each}`))
    zendesk.later(61_000)
    const seen: number[] = []
    const poll = async (): Promise<number> => {
      for (let pages = 1; ; pages += 1) {
        const page = await changed(zendesk, cursor)
        seen.push(...page.ids)
        cursor = page.cursor
        if (!page.more) return pages
      }
    }
    expect([await poll(), seen.length]).toEqual([8, 1_600])
    zendesk.later(61_000)
    expect([await poll(), seen]).toEqual([1, made])
  })

  it('leaves out deleted tickets, which a fetch then calls gone, and restored ones are there again', async () => {
    await using zendesk = await openFakeSession()
    const cursor = await start(zendesk)
    const id = zendesk.fake.people.create('Spam')
    zendesk.fake.people.remove(id)
    zendesk.later(61_000)
    expect((await changed(zendesk, cursor)).ids).toEqual([])
    expect(await zendesk.session.fetch({ id: String(id) })).toBe('gone')
    zendesk.fake.people.restore(id)
    zendesk.later(61_000)
    expect((await changed(zendesk, cursor)).ids).toEqual([id])
  })

  it('shows only the groups that are followed, and says which group a ticket is in', async () => {
    await using zendesk = await openFakeSession({}, { groups: ['Billing'] })
    const cursor = await start(zendesk)
    zendesk.fake.people.create('Support’s')
    const id = zendesk.fake.people.create('Billing’s', { group_id: 500_002 })
    zendesk.later(61_000)
    const { ids, snapshots } = await changed(zendesk, cursor)
    expect([ids, snapshots[0]?.container]).toEqual([[id], 'Billing'])
  })

  it('costs one call for a page, with the people beside', async () => {
    await using zendesk = await openFakeSession()
    const cursor = await start(zendesk)
    zendesk.fake.people.create('One')
    zendesk.fake.people.create('Two')
    zendesk.later(61_000)
    await changed(zendesk, cursor)
    zendesk.newCalls()
    const { snapshots } = await changed(zendesk, cursor)
    expect(zendesk.newCalls()).toEqual(['GET /api/v2/incremental/tickets/cursor'])
    expect(snapshots[0]?.people).toMatchObject([{ name: 'Customer', email: 'customer@example.org' }])
  })
})

describe('reading a ticket', () => {
  it('costs two calls', async () => {
    await using zendesk = await openFakeSession()
    const id = zendesk.fake.people.create('One')
    await zendesk.session.fetch({ id: String(id) })
    zendesk.newCalls()
    await zendesk.session.fetch({ id: String(id) })
    expect(zendesk.newCalls()).toEqual([`GET /api/v2/tickets/${id}`, `GET /api/v2/tickets/${id}/comments`])
  })

  it('brings all of its comments, however many pages they are', async () => {
    await using zendesk = await openFakeSession()
    const id = zendesk.fake.people.create('Long')
    for (let each = 0; each < 150; each += 1) zendesk.fake.people.comment(id, `<p>${each}</p>`, true)
    const snapshot = await zendesk.session.fetch({ id: String(id) })
    expect(snapshot !== 'gone' && snapshot.comments?.at(-1)?.text).toBe('<p>149</p>')
    expect(snapshot !== 'gone' && snapshot.comments).toHaveLength(150)
  })

  it('that was merged shows where it went', async () => {
    await using zendesk = await openFakeSession()
    const [source, target] = [zendesk.fake.people.create('Twin'), zendesk.fake.people.create('First')]
    zendesk.fake.people.merge(source, target)
    const snapshot = await zendesk.session.fetch({ id: String(source) })
    expect(snapshot).toMatchObject({
      fields: { status: 'closed' },
      links: [{ kind: 'merged into', url: `${zendesk.fake.url}/agent/tickets/${target}` }],
    })
  })

  it('finds a marker as it is written, not one of another case', async () => {
    await using zendesk = await openFakeSession()
    zendesk.fake.people.create('Theirs', { external_id: 'tk-7' })
    expect(await zendesk.session.find('TK-7', zendesk.now())).toEqual([])
  })
})
