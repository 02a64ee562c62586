import { afterEach, describe, expect, it } from 'vitest'
import type { Session } from '../../sync/connector.ts'
import { type FakeWorld, manyWorlds } from './fake-session.ts'

const { open: world, close } = manyWorlds()
afterEach(close)

const pulled = async (session: Session, scope: 'changes' | 'all', from: string | null) => {
  const keys: string[] = []
  let cursor = from
  for (let page = 0; page < 50; page += 1) {
    const next = await session.pull(cursor, scope)
    keys.push(...next.snapshots.map(({ fields }) => String(fields.title)))
    cursor = next.cursor
    if (!next.more) return { keys, cursor }
  }
  throw new Error('never at its end')
}

const make = async ({ fake }: FakeWorld, count: number, table = 'incident'): Promise<readonly string[]> => {
  const ids: string[] = []
  for (let index = 0; index < count; index += 1)
    ids.push(await fake.byHand.create(table, { short_description: `${table} ${index}` }))
  return ids
}

describe('a list of changes', () => {
  it('does not end at a page that ACLs have emptied, because the limit counts before they are asked', async () => {
    const it = await world()
    const { cursor } = await pulled(it.session, 'changes', null)
    const ids = await make(it, 230)
    const ordered = [...ids].sort()
    for (const id of ordered.slice(0, 210)) it.fake.account.hiddenRows.add(id)
    expect((await pulled(it.session, 'changes', cursor)).keys).toHaveLength(20)
    expect((await pulled(it.session, 'all', null)).keys).toHaveLength(20)
  })

  it('goes through all tables of the settings, and reads one that is added later from its beginning', async () => {
    const it = await world()
    await make(it, 2, 'problem')
    const { cursor } = await pulled(it.session, 'changes', null)
    const both = it.connect({ tables: ['incident', 'problem'] })
    await make(it, 1)
    const { keys } = await pulled(both, 'changes', cursor)
    expect(new Set(keys)).toEqual(new Set(['incident 0', 'problem 0', 'problem 1']))
    expect((await pulled(both, 'all', null)).keys).toHaveLength(3)
  })

  it('sees a change that was stamped before the last one and committed after it', async () => {
    const it = await world()
    const [late = ''] = await make(it, 2)
    it.later(60_000)
    await it.fake.byHand.update('incident', late, { short_description: 'Quick' })
    const { cursor } = await pulled(it.session, 'changes', null)
    // As a transaction that took 20 seconds leaves it.
    const row = it.fake.state.tables.get('incident')?.get(late)
    if (row !== undefined)
      Object.assign(row, { short_description: 'Slow', sys_updated_on: '2026-01-05 09:00:40' })
    expect((await pulled(it.session, 'changes', cursor)).keys).toContain('Slow')
  })

  it('costs one call a table when nothing is new', async () => {
    const it = await world()
    await make(it, 3)
    const { cursor } = await pulled(it.session, 'changes', null)
    const first = await pulled(it.session, 'changes', cursor)
    const calls = await it.callsOf(() => it.session.pull(first.cursor, 'changes'))
    expect(calls).toEqual(['GET /api/now/table/incident'])
  })

  it('is a fault, not silence, where queries are read in a zone that is not UTC', async () => {
    const it = await world()
    Object.assign(it.fake.account, { readsQueriesInZone: true, offsetMinutes: -480 })
    await make(it, 1)
    const { cursor } = await pulled(it.session, 'changes', null)
    await expect(pulled(it.session, 'changes', cursor)).rejects.toMatchObject({
      kind: 'invalid',
      detail: expect.stringContaining('time zone of the account to GMT'),
    })
  })

  it('keeps to the filter of the settings in both halves of its query', async () => {
    const it = await world({ filter: 'category=network' })
    const { cursor } = await pulled(it.session, 'changes', null)
    for (const [index, category] of ['network', 'software', 'network'].entries())
      await it.fake.byHand.create('incident', { short_description: `number ${index}`, category })
    expect(new Set((await pulled(it.session, 'changes', cursor)).keys)).toEqual(
      new Set(['number 0', 'number 2']),
    )
    expect((await pulled(it.session, 'all', null)).keys).toHaveLength(2)
  })

  it('is down when a quota ended it in the middle, though the answer says 200', async () => {
    const it = await world()
    await make(it, 3)
    const { cursor } = await pulled(it.session, 'changes', null)
    it.fake.set([{ kind: 'quota', method: 'GET' }])
    await expect(it.session.pull(cursor, 'changes')).rejects.toMatchObject({
      kind: 'down',
      detail: expect.stringContaining('maximum execution time exceeded'),
    })
  })
})
