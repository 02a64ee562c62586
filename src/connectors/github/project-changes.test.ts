import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PullPage, Session } from '../../sync/connector.ts'
import { type OpenedFake, openedFake } from './fake/opened.ts'

let world: OpenedFake

beforeEach(async () => {
  world = await openedFake()
})
afterEach(() => world.close())

/** A whole round of changes. */
const round = async (session: Session, from: string | null) => {
  const ids: string[] = []
  let page: PullPage = { snapshots: [], cursor: from ?? '', more: true }
  let cursor = from
  while (page.more) {
    page = await session.pull(cursor, 'changes')
    cursor = page.cursor
    ids.push(...page.snapshots.filter(({ kind }) => kind === 'item').map(({ ref }) => ref.id))
  }
  return { ids, cursor: page.cursor }
}

describe('a field changed in the project', () => {
  it('leaves the issue’s own time alone, and is noticed by the next round', async () => {
    const session = world.open()
    const ids = [1, 2, 3].map((index) => world.fake.people.create({ title: `x ${index}` }))
    for (const id of ids) world.fake.people.plan(id, 'Status', 'Todo')
    world.later(600_000)
    // What is listed again by the issues' own times is another one.
    const newest = world.fake.people.create({ title: 'newest' })
    const seen: (readonly string[])[] = []
    let { cursor } = await round(session, null)
    for (let index = 0; index < 4; index += 1) {
      world.later(60_000)
      if (index === 1) world.fake.people.plan(ids[1] ?? '', 'Status', 'Done')
      if (index === 1) world.later(60_000)
      const done = await round(session, cursor)
      cursor = done.cursor
      seen.push(done.ids.filter((id) => id !== newest))
    }
    expect(seen).toEqual([[], [ids[1]], [], []])
  })

  it('is noticed in a project of many pages, one page a round, and many changes are shown in portions', async () => {
    const session = world.open()
    const ids = Array.from({ length: 230 }, (_, index) => world.fake.people.create({ title: `x ${index}` }))
    for (const id of ids) world.fake.people.plan(id, 'Status', 'Todo')
    world.later(3_600_000)
    let { cursor } = await round(session, (await session.pull(null, 'changes')).cursor)
    world.later(60_000)
    const changed = [...ids.slice(0, 45), ids[229] ?? '']
    for (const id of changed) world.fake.people.plan(id, 'Status', 'Done')
    const seen: string[] = []
    // A lap is three rounds; what changes behind its back is in the next.
    for (let index = 0; index < 5; index += 1) {
      world.later(60_000)
      const done = await round(session, cursor)
      cursor = done.cursor
      seen.push(...done.ids)
    }
    expect(changed.filter((id) => !seen.includes(id))).toEqual([])
  })

  it('of a repository that is not followed, or of a pull request, is passed over', async () => {
    const session = world.open()
    let { cursor } = await round(session, (await session.pull(null, 'changes')).cursor)
    world.later(60_000)
    const there = world.fake.people.create({ title: 'x' }, { repository: 'bridge' })
    const pull = world.fake.people.create({ title: 'x' }, { isPull: true })
    for (const id of [there, pull]) world.fake.people.plan(id, 'Status', 'Done')
    const done = await round(session, cursor)
    cursor = done.cursor
    expect(done.ids).toEqual([])
  })

  it('is not looked for in a project that is hidden now', async () => {
    const session = world.open()
    const { cursor } = await session.pull(null, 'changes')
    const next = await session.pull(cursor, 'changes')
    for (const project of world.fake.state.projects) project.isHidden = true
    expect((await session.pull(next.cursor, 'changes')).more).toBe(false)
  })

  it('is looked for from the first page again where GitHub does not know its place any more', async () => {
    const session = world.open()
    const id = world.fake.people.create({ title: 'x' })
    world.later(3_600_000)
    const newest = world.fake.people.create({ title: 'newest' })
    const { cursor } = await round(session, (await session.pull(null, 'changes')).cursor)
    world.fake.people.plan(id, 'Status', 'Done')
    const first = await round(session, cursor.replace('"after":null', '"after":"of another list"'))
    const second = await round(session, first.cursor)
    expect([first.ids, second.ids]).toEqual([[newest], [newest, id]])
  })
})
