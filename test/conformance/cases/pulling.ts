import assert from 'node:assert/strict'
import type { Session } from '../../../src/sync/connector.ts'
import { isFault } from '../../../src/sync/fault.ts'
import type { Snapshot } from '../../../src/sync/snapshot.ts'
import { always, type Case, faultOf, make, pullAll, push, withFault } from '../case.ts'
import type { Subject } from '../subject.ts'

const idsOf = (snapshots: readonly Snapshot[]): ReadonlySet<string> =>
  new Set(snapshots.map(({ ref }) => ref.id))

/** A cursor that stands at the present. */
const cursorNow = async (subject: Subject, session: Session): Promise<string> =>
  (await pullAll(subject, session, 'changes', null)).cursor

const makeMany = async (subject: Subject, count: number): Promise<readonly string[]> => {
  const ids: string[] = []
  for (let index = 0; index < count; index += 1) ids.push((await subject.makeItemAsHuman(`Item ${index}`)).id)
  return ids
}

const missing = (wanted: readonly string[], seen: ReadonlySet<string>): readonly string[] =>
  wanted.filter((id) => !seen.has(id))

export const pullingCases: readonly Case[] = [
  {
    name: 'pulling: changes from no cursor start now and come to an end',
    unsupported: always,
    run: async (subject, session) => {
      for (const title of ['One', 'Two', 'Three', 'Four']) {
        await subject.makeItemAsHuman(title)
        await subject.later(60_000)
      }
      await subject.later(3_600_000)
      const { cursor } = await pullAll(subject, session, 'changes', null)
      const { snapshots } = await pullAll(subject, session, 'changes', cursor)
      // the newest may come again; and a tool may have no way to ask for changed releases only
      assert.ok(snapshots.filter(({ kind }) => kind === 'item').length <= 1)
    },
  },
  {
    name: 'pulling: a change made in the same second as the cursor is seen, twice over',
    unsupported: always,
    run: async (subject, session) => {
      const ref = await subject.makeItemAsHuman('First')
      let cursor = await cursorNow(subject, session)
      for (const title of ['Second', 'Third']) {
        await subject.editAsHuman(ref, title)
        await subject.later(subject.indexLagMs)
        const page = await pullAll(subject, session, 'changes', cursor)
        cursor = page.cursor
        const seen = page.snapshots.findLast((one) => one.ref.id === ref.id)
        assert.equal(seen?.fields.title, title)
      }
    },
  },
  {
    name: 'pulling: a new item and a comment are changes',
    unsupported: always,
    run: async (subject, session) => {
      const old = await subject.makeItemAsHuman('Old')
      await subject.later(3_600_000)
      const cursor = await cursorNow(subject, session)
      await subject.later(5_000)
      await subject.commentAsHuman(old, 'A word', 'public')
      const made = await subject.makeItemAsHuman('New')
      await subject.later(subject.indexLagMs)
      const { snapshots } = await pullAll(subject, session, 'changes', cursor)
      assert.deepEqual(missing([old.id, made.id], idsOf(snapshots)), [])
    },
  },
  {
    name: 'pulling: two pages and a half of changes with one time stamp lose nobody at a page’s edge',
    unsupported: always,
    run: async (subject, session) => {
      const cursor = await cursorNow(subject, session)
      const ids = await makeMany(subject, Math.ceil(subject.capabilities.pageSize * 2.5))
      await subject.later(subject.indexLagMs)
      const { snapshots, pages, cursor: end } = await pullAll(subject, session, 'changes', cursor)
      assert.deepEqual(missing(ids, idsOf(snapshots)), [])
      assert.ok(pages >= 3, `${pages} pages for ${ids.length} items`)
      await subject.later(3_600_000)
      await subject.editAsHuman({ id: ids[0] ?? '' }, 'Later')
      await subject.later(subject.indexLagMs)
      const after = await pullAll(subject, session, 'changes', end)
      assert.ok(idsOf(after.snapshots).has(ids[0] ?? ''))
    },
  },
  {
    name: 'pulling: a cursor can be used again, by another session too, and shows no less',
    unsupported: always,
    run: async (subject, session) => {
      const cursor = await cursorNow(subject, session)
      const ids = await makeMany(subject, 3)
      await subject.later(subject.indexLagMs)
      await pullAll(subject, session, 'changes', cursor)
      const again = await pullAll(subject, subject.connect(), 'changes', cursor)
      assert.deepEqual(missing(ids, idsOf(again.snapshots)), [])
    },
  },
  {
    name: 'pulling: changes come oldest first',
    unsupported: always,
    run: async (subject, session) => {
      const cursor = await cursorNow(subject, session)
      const ids: string[] = []
      for (const title of ['One', 'Two', 'Three']) {
        await subject.later(5_000)
        ids.push((await subject.makeItemAsHuman(title)).id)
      }
      await subject.later(subject.indexLagMs)
      const { snapshots } = await pullAll(subject, session, 'changes', cursor)
      assert.deepEqual(
        snapshots.map(({ ref }) => ref.id).filter((id) => ids.includes(id)),
        ids,
      )
    },
  },
  {
    name: 'pulling: everything is visited at least once, and the round ends',
    unsupported: always,
    run: async (subject, session) => {
      const ids = await makeMany(subject, subject.capabilities.pageSize + 3)
      await subject.later(subject.indexLagMs)
      const { snapshots } = await pullAll(subject, session, 'all', null)
      assert.deepEqual(missing(ids, idsOf(snapshots)), [])
      const items = snapshots.filter(({ kind }) => kind === 'item')
      assert.equal(items.length, idsOf(items).size, 'an item was visited twice though nothing changed')
    },
  },
  {
    name: 'pulling: edits during a round make it miss nobody',
    unsupported: always,
    run: async (subject, session) => {
      const ids = await makeMany(subject, subject.capabilities.pageSize + 3)
      await subject.later(subject.indexLagMs)
      const first = await session.pull(null, 'all')
      const [seen] = [...idsOf(first.snapshots)]
      const unseen = ids.find((id) => !idsOf(first.snapshots).has(id))
      assert.ok(first.more && seen !== undefined && unseen !== undefined)
      await subject.editAsHuman({ id: seen }, 'Edited behind')
      await subject.editAsHuman({ id: unseen }, 'Edited ahead')
      await subject.later(subject.indexLagMs)
      const rest = await pullAll(subject, session, 'all', first.cursor)
      assert.deepEqual(missing(ids, idsOf([...first.snapshots, ...rest.snapshots])), [])
    },
  },
  {
    name: 'pulling: what a listing shows of a field is what a fetch shows',
    unsupported: always,
    run: async (subject, session) => {
      const ref = await make(subject, session, subject.createFields)
      await subject.later(subject.indexLagMs)
      const { snapshots } = await pullAll(subject, session, 'all', null)
      const listed = snapshots.find((one) => one.ref.id === ref.id)
      const fetched = await session.fetch(ref)
      assert.ok(listed !== undefined && fetched !== 'gone')
      for (const [field, value] of Object.entries(listed.fields))
        assert.deepEqual(
          [field, value],
          [field, Object.entries(fetched.fields).find(([name]) => name === field)?.[1]],
        )
    },
  },
  {
    name: 'pulling: a list that fails is a fault, never an empty page',
    unsupported: withFault('listing fails'),
    run: async (subject, session) => {
      await subject.makeItemAsHuman('There')
      const cursor = await cursorNow(subject, session)
      for (const [scope, from] of [
        ['all', null],
        ['changes', cursor],
      ] as const) {
        await subject.setFault('listing fails')
        await faultOf(session.pull(from, scope), 'down')
        await subject.clearFaults()
      }
    },
  },
  {
    name: 'pulling: a cursor that is none is a fault or a new start, never a crash',
    unsupported: always,
    run: async (_subject, session) => {
      for (const cursor of ['', 'null', '[]', '{"since":5}', '{"after":"x"}', 'x'.repeat(10_000)]) {
        for (const scope of ['changes', 'all'] as const) {
          const thrown = await session.pull(cursor, scope).then(
            () => null,
            (error: unknown) => error,
          )
          assert.ok(
            thrown === null || isFault(thrown),
            `pull(${cursor.slice(0, 20)}) threw ${String(thrown)}`,
          )
        }
      }
    },
  },
  {
    name: 'pulling: our own write is a change like any other',
    unsupported: always,
    run: async (subject, session) => {
      const ref = await make(subject, session)
      await subject.later(3_600_000)
      const cursor = await cursorNow(subject, session)
      await subject.later(5_000)
      await push(session, { op: 'update', ref, fields: { title: 'Ours' }, version: null })
      await subject.later(subject.indexLagMs)
      const { snapshots } = await pullAll(subject, session, 'changes', cursor)
      assert.ok(idsOf(snapshots).has(ref.id))
    },
  },
]
