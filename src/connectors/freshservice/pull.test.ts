import { describe, expect, it } from 'vitest'
import { advance, START } from './cursor.ts'
import { openFakeSession } from './fake-session.ts'

type Opened = Awaited<ReturnType<typeof openFakeSession>>

const everything = async ({ session }: Opened, scope: 'changes' | 'all', from: string | null) => {
  const ids: string[] = []
  let cursor = from
  for (let page = 0; page < 40; page += 1) {
    const given = await session.pull(cursor, scope)
    ids.push(...given.snapshots.map(({ ref }) => ref.id))
    cursor = given.cursor
    if (!given.more) return { ids, cursor }
  }
  throw new Error('it does not end')
}

describe('lists', () => {
  it('are asked without what the account does not know, and from then on only so', async () => {
    await using opened = await openFakeSession({ habits: { listsTags: false } }, { records: ['ticket'] })
    opened.fake.people.create('ticket', 'One')
    const { ids, cursor } = await everything(opened, 'all', null)
    expect(ids).toEqual(['ticket:1'])
    const lists = opened.newCalls().filter((each) => each.startsWith('GET /api/v2/tickets?'))
    expect(lists).toHaveLength(2)
    await everything(opened, 'all', null)
    expect(opened.newCalls()).toHaveLength(1)
    expect(cursor).not.toBe('')
  })

  it('that tell no tags leave labels as they are', async () => {
    await using opened = await openFakeSession({ habits: { listsTags: false } }, { records: ['ticket'] })
    opened.fake.people.create('ticket', 'One', { tags: ['vip'] })
    const { snapshots } = await opened.session.pull(null, 'all')
    expect(snapshots[0]?.fields).not.toHaveProperty('labels')
  })

  it.each([true, false])('tell what is older than thirty days too (by time: %s)', async (listsByTime) => {
    await using opened = await openFakeSession({ habits: { listsByTime } })
    opened.fake.people.create('ticket', 'Old')
    opened.fake.people.create('problem', 'Old')
    opened.fake.people.create('change', 'Old')
    opened.later(90 * 24 * 3_600_000)
    const { ids } = await everything(opened, 'all', null)
    expect(ids.toSorted()).toEqual(['change:1', 'problem:1', 'ticket:1'])
  })

  it.each([true, false])(
    'tell each once in a round over several pages (by time: %s)',
    async (listsByTime) => {
      await using opened = await openFakeSession({ habits: { listsByTime } }, { records: ['ticket'] })
      for (let each = 0; each < 250; each += 1) {
        opened.fake.people.create('ticket', `Ticket ${each}`)
        opened.later(500)
      }
      const { ids } = await everything(opened, 'all', null)
      expect([ids.length, new Set(ids).size]).toEqual([250, 250])
    },
  )

  it('find what changed behind their back while pages were counted', async () => {
    await using opened = await openFakeSession({}, { records: ['ticket'] })
    const first = opened.fake.people.create('ticket', 'First')
    for (let each = 0; each < 150; each += 1) opened.fake.people.create('ticket', 'Other')
    opened.later(3_600_000)
    const { cursor } = await everything(opened, 'changes', null)
    opened.later(3_600_000)
    for (let each = 2; each <= 151; each += 1) opened.fake.people.edit('ticket', each, { subject: 'Edited' })
    const page = await opened.session.pull(cursor, 'changes')
    expect(page.more).toBe(true)
    // Its place was on the page before, and what comes now is much younger.
    opened.fake.people.edit('ticket', first, { subject: 'Edited behind' })
    opened.later(3_600_000)
    opened.fake.people.edit('ticket', 151, { subject: 'Much later' })
    const rest = await everything(opened, 'changes', page.cursor)
    const next = await everything(opened, 'changes', rest.cursor)
    expect([...rest.ids, ...next.ids]).toContain(`ticket:${first}`)
  })

  it('of a kind that was added later are read from their beginning', async () => {
    await using opened = await openFakeSession({}, { records: ['ticket'] })
    opened.fake.people.create('problem', 'Was there')
    opened.later(3_600_000)
    const { cursor } = await opened.session.pull(null, 'changes')
    const both = opened.another({ records: ['ticket', 'problem'] })
    const first = await both.pull(cursor, 'changes')
    const second = await both.pull(first.cursor, 'changes')
    expect([...first.snapshots, ...second.snapshots].map(({ ref }) => ref.id)).toContain('problem:1')
  })
})

describe('the mark behind a page', () => {
  const rows = (from: number, step: number) =>
    Array.from({ length: 100 }, (_, at) => ({ id: at + 1, updatedS: from + at * step }))
  const page = (from: number, step: number) => ({ rows: rows(from, step), isLast: false, toolS: 10_000 })

  it('begins anew at the second before the last row where the list goes by time', () => {
    expect(advance(START, page(1_000, 10), false).mark).toMatchObject({ since: 1_989, page: 1 })
  })

  it.each([
    ['of one second, which says nothing about the order', 0],
    ['that goes backwards', -1],
  ])('counts a page %s', (_what, step) => {
    expect(advance(START, page(5_000, step), false).mark).toMatchObject({ since: 0, page: 2, began: 10_000 })
  })

  it('says it when there are more pages than Freshservice gives', () => {
    const mark = { ...START, page: 300, newest: 9_000, began: 10_000 }
    expect(() => advance(mark, page(5_000, -1), true)).toThrow('300 pages')
  })
})
