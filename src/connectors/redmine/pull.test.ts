import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Session } from '../../sync/connector.ts'
import type { Snapshot } from '../../sync/snapshot.ts'
import { openHttp } from '../http.ts'
import { type RedmineFake, startRedmineFake } from './fake.ts'
import { redmine } from './index.ts'

let fake: RedmineFake
let http: ReturnType<typeof openHttp>
let session: Session
let nowMs = 0

beforeEach(async () => {
  nowMs = Date.parse('2026-11-22T10:00:00.400Z')
  fake = await startRedmineFake({ now: () => new Date(nowMs) })
  http = openHttp({
    baseUrl: fake.url,
    headers: () => redmine.headers(fake.settings),
    now: () => new Date(nowMs),
    allowPrivate: [fake.address],
  })
  session = redmine.connect(fake.settings, http, () => new Date(nowMs))
})
afterEach(async () => {
  await http.close()
  await fake.close()
})

/** Every page to the last; `between` runs after each page. */
const pulled = async (
  from: string | null,
  scope: 'changes' | 'all' = 'changes',
  between: () => void = () => {},
) => {
  const snapshots: Snapshot[] = []
  let cursor = from
  for (let pages = 0; pages < 50; pages += 1) {
    const page = await session.pull(cursor, scope)
    snapshots.push(...page.snapshots)
    cursor = page.cursor
    if (!page.more) return { snapshots, cursor }
    between()
  }
  throw new Error('the pull does not end')
}
const idsOf = (snapshots: readonly Snapshot[]): ReadonlySet<string> =>
  new Set(snapshots.filter((each) => each.kind === 'item').map((each) => each.ref.id))
const make = (count: number): number[] =>
  Array.from({ length: count }, (_, index) => fake.people.create({ subject: `Issue ${index}` }))

describe('pulling changes', () => {
  it('starts at the last change by the clock there, however wrong ours is', async () => {
    const [before] = make(1)
    nowMs += 30_000
    make(1)
    const behind = redmine.connect(fake.settings, http, () => new Date(nowMs - 90_000))
    const { cursor } = await behind.pull(null, 'changes')
    nowMs += 10_000
    const [id] = make(1)
    const ids = idsOf((await pulled(cursor)).snapshots)
    expect([ids.has(String(id)), ids.has(String(before))]).toEqual([true, false])
  })

  it('sees a change made in the very second of the last look', async () => {
    const [id = 0] = make(1)
    const { cursor } = await pulled(null)
    nowMs += 500
    fake.people.edit(id, { subject: 'changed' })
    const { snapshots } = await pulled(cursor)
    expect(snapshots.find((each) => each.ref.id === String(id))?.fields.title).toBe('changed')
  })

  it('sees every issue of a bulk edit, though all carry one time and fill several pages', async () => {
    const ids = make(173)
    const { cursor } = await pulled(null)
    nowMs += 60_000
    for (const id of ids) fake.people.edit(id, { priority_id: 3 })
    expect(idsOf((await pulled(cursor)).snapshots)).toEqual(new Set(ids.map(String)))
  })

  it('misses nothing when issues move to the end while it reads', async () => {
    const { cursor } = await pulled(null)
    const ids: number[] = []
    for (let count = 0; count < 160; count += 1) {
      nowMs += 2_000
      ids.push(...make(1))
    }
    let at = 0
    const touch = (): void => {
      nowMs += 1_000
      for (const id of ids.slice(at, at + 20)) fake.people.edit(id, { notes: 'moved' })
      at += 20
    }
    expect(idsOf((await pulled(cursor, 'changes', touch)).snapshots)).toEqual(new Set(ids.map(String)))
  })

  it('comes to rest: the same few issues, the same cursor', async () => {
    make(60)
    const first = await pulled((await pulled(null)).cursor)
    const second = await pulled(first.cursor)
    expect(second.cursor).toBe(first.cursor)
    expect(idsOf(second.snapshots)).toEqual(idsOf(first.snapshots))
  })

  it('shows a version that changed, which moves no issue', async () => {
    const { cursor } = await pulled(null)
    nowMs += 60_000
    fake.people.editVersion(3, { due_date: '2027-02-02' })
    const id = fake.people.createVersion('3.0.0', '2027-06-01')
    const { snapshots } = await pulled(cursor)
    const shown = snapshots.map((each) => [each.ref.id, each.kind, each.fields.due])
    expect(shown).toContainEqual(['version:3', 'release', '2027-02-02'])
    expect(shown).toContainEqual([`version:${id}`, 'release', '2027-06-01'])
    expect(await session.fetch({ id: 'version:1' })).toMatchObject({
      statusCategory: 'done',
      fields: { status: 'closed' },
    })
  })

  it('does not see an edited note, which only a fetch shows', async () => {
    const [id = 0] = make(1)
    fake.people.comment(id, 'first')
    nowMs += 60_000
    make(1)
    const { cursor } = await pulled(null)
    nowMs += 60_000
    fake.people.editNote(id, 1, 'edited')
    expect(idsOf((await pulled(cursor)).snapshots).has(String(id))).toBe(false)
    expect(await session.fetch({ id: String(id) })).toMatchObject({ comments: [{ text: 'edited' }] })
  })

  it('refuses a cursor that is none of ours rather than starting anew in silence', async () => {
    await expect(session.pull('{"page":3}', 'changes')).rejects.toMatchObject({ kind: 'invalid' })
    await expect(session.pull('x', 'all')).rejects.toMatchObject({ kind: 'invalid' })
  })
})

describe('pulling all', () => {
  it('lists each issue once by id, then the versions, and stays resumable when issues are deleted meanwhile', async () => {
    const ids = make(130)
    const gone: number[] = []
    const { snapshots } = await pulled(null, 'all', () => {
      const id = ids[gone.length * 10] ?? 0
      gone.push(id)
      fake.people.delete(id)
    })
    const items = snapshots.filter((each) => each.kind === 'item').map((each) => Number(each.ref.id))
    expect(items).toEqual(ids)
    expect(snapshots.filter((each) => each.kind === 'release')).toHaveLength(3)
  })
})

describe('finding by the marker', () => {
  it('shows a clone beside the original, wherever it is', async () => {
    const { ref } = await session.push(
      { op: 'create', container: 'atlas', marker: 'T-1', fields: { title: 'A' } },
      'k',
    )
    const clone = fake.people.clone(Number(ref?.id))
    fake.people.move(clone, 'borealis')
    const found = await session.find('T-1', new Date(nowMs))
    expect(found.map((each) => [each.ref.id, each.createdByUs])).toEqual([
      [String(clone), false],
      [ref?.id, true],
    ])
  })

  it('says that the field is no filter instead of answering none, which would make a second issue', async () => {
    await session.push({ op: 'create', container: 'atlas', marker: 'T-1', fields: { title: 'A' } }, 'k')
    const marker = fake.state.customFields.find((each) => each.name === 'CausewayKey')
    if (marker) marker.isFilter = false
    await expect(session.find('T-2', new Date(0))).rejects.toMatchObject({
      kind: 'invalid',
      field: 'cf:CausewayKey',
    })
    expect((await session.check()).problems).toEqual([
      'The custom field "CausewayKey" must be marked "used as a filter".',
    ])
  })

  it('learns the id of the field from the issues there are when nobody tells it', async () => {
    make(1)
    const { customFieldIds: _, ...rest } = fake.settings
    const untold = redmine.connect(rest, http, () => new Date(nowMs))
    expect((await untold.check()).problems).toEqual([])
    expect(await untold.find('T-1', new Date(0))).toEqual([])
  })
})

describe('reading when things go wrong', () => {
  it.each([
    ['server error', 'down'],
    ['drop', 'down'],
    ['half body', 'down'],
    ['html', 'down'],
    ['deep json', 'down'],
    ['rate', 'rate'],
    ['auth', 'auth'],
    ['huge', 'invalid'],
  ] as const)('%s is %s', async (fault, kind) => {
    const [id] = make(1)
    await fake.set({ next: [{ fault }] })
    await expect(session.fetch({ id: String(id) })).rejects.toMatchObject({ kind })
    await expect(session.fetch({ id: String(id) })).resolves.toMatchObject({ ref: { id: String(id) } })
  })

  it('calls a project without versions of ours, or gone, empty rather than failing the whole pull', async () => {
    make(1)
    const elsewhere = { ...fake.settings, projects: ['atlas', 'closed-last-year'] }
    const page = await redmine.connect(elsewhere, http, () => new Date(nowMs)).pull(null, 'all')
    expect(page.snapshots.filter((each) => each.kind === 'item')).toHaveLength(1)
    const { problems } = await redmine.connect(elsewhere, http, () => new Date(nowMs)).check()
    expect(problems).toContain('Redmine shows no project "closed-last-year" to this account.')
  })

  it('answers gone for what was deleted and for an id that is none of Redmine', async () => {
    const [id = 0] = make(1)
    fake.people.delete(id)
    for (const ref of [String(id), 'version:99', 'abc', '-1', '../1', '1e9', ''])
      expect(await session.fetch({ id: ref })).toBe('gone')
  })
})
