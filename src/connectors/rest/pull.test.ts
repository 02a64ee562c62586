import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FakeSession, faultKind, openFakeSession } from './fake-session.ts'

let bed: FakeSession
beforeEach(async () => {
  bed = await openFakeSession()
})
afterEach(() => bed.close())

const pullAll = async (scope: 'changes' | 'all', from: string | null) => {
  const ids: string[] = []
  let cursor = from
  for (let pages = 0; pages < 50; pages += 1) {
    const page = await bed.session.pull(cursor, scope)
    ids.push(...page.snapshots.map((each) => each.ref.id))
    cursor = page.cursor
    if (!page.more) return { ids, cursor }
  }
  throw new Error('pull does not end')
}

describe('pulling', () => {
  it('gives every item of a long list once in scope all', async () => {
    for (let n = 0; n < 250; n += 1) bed.fake.make({ title: `t${n}` })
    const { ids } = await pullAll('all', null)
    expect(new Set(ids).size).toBe(250)
  })

  it('gives what changed since the cursor, and soon nothing', async () => {
    const first = await bed.session.pull(null, 'changes')
    expect(first.snapshots).toEqual([])
    const made = bed.fake.make({ title: 'a' })
    bed.tick(60_000)
    const second = await pullAll('changes', first.cursor)
    expect(second.ids).toEqual([made.id])
    bed.tick(60_000)
    bed.fake.edit(made.id, { title: 'b' })
    const other = bed.fake.make({ title: 'c' })
    bed.tick(60_000)
    const third = await pullAll('changes', second.cursor)
    expect(new Set(third.ids)).toEqual(new Set([made.id, other.id]))
    const fourth = await pullAll('changes', third.cursor)
    expect(new Set(fourth.ids)).toEqual(new Set([made.id, other.id]))
    expect(fourth.cursor).toBe(third.cursor)
  })

  it('misses nothing when items move to the end of the list while it reads', async () => {
    const first = await bed.session.pull(null, 'changes')
    for (let n = 0; n < 250; n += 1) {
      bed.tick(1)
      bed.fake.make({ title: `t${n}` })
    }
    const page = await bed.session.pull(first.cursor, 'changes')
    const early = page.snapshots.slice(0, 60).map((each) => each.ref.id)
    for (const id of early) {
      bed.tick(1)
      bed.fake.edit(id, { title: 'moved' })
    }
    const rest = await pullAll('changes', page.cursor)
    expect(new Set([...page.snapshots.map((each) => each.ref.id), ...rest.ids]).size).toBe(250)
  })

  it('gets through a page whose items all changed at one time', async () => {
    const first = await bed.session.pull(null, 'changes')
    for (let n = 0; n < 250; n += 1) bed.fake.make({ title: `t${n}` })
    bed.tick(60_000)
    expect(new Set((await pullAll('changes', first.cursor)).ids).size).toBe(250)
  })

  it('refuses a cursor that is none of its own instead of starting anew in silence', async () => {
    expect(await faultKind(bed.session.pull('{"page":1}', 'changes'))).toBe('invalid')
    expect(await faultKind(bed.session.pull('x', 'all'))).toBe('invalid')
  })
})
