import { afterEach, describe, expect, it } from 'vitest'
import type { PullPage, Session } from '../../sync/connector.ts'
import { type FakeSession, fakeSession, made, shown } from './fake-session.ts'

let open: FakeSession | null = null
afterEach(async () => {
  await open?.close()
  open = null
})
const start = async (options: Parameters<typeof fakeSession>[0] = {}): Promise<FakeSession> => {
  open = await fakeSession(options)
  return open
}

const pulled = async (
  session: Session,
  cursor: string | null,
  scope: 'changes' | 'all',
): Promise<PullPage> => {
  const page = await session.pull(cursor, scope)
  if (!page.more) return page
  const rest = await pulled(session, page.cursor, scope)
  return { ...rest, snapshots: [...page.snapshots, ...rest.snapshots] }
}
const keysOf = (page: PullPage) =>
  page.snapshots.filter(({ kind }) => kind === 'item').map(({ ref }) => ref.id)

describe('reading Jira while its search lags', () => {
  it('sees a change that came into the index after a later one, because the cursor stays behind the lag', async () => {
    const { fake, session, later } = await start({ lagMs: 60_000 })
    const slow = fake.people.create({ summary: 'Slow' })
    later(10 * 60_000)
    const { cursor } = await pulled(session, null, 'changes')
    fake.people.edit(slow, { summary: 'Written first, found last' })
    later(1_000)
    const quick = fake.people.create({ summary: 'Quick' })
    // the index has the second before the first
    const entry = fake.state.issues.get(Number(quick))?.index[0]
    if (entry !== undefined) entry.fromMs -= 60_000
    const first = await pulled(session, cursor, 'changes')
    expect(keysOf(first)).toContain(quick)
    later(60_000)
    expect(keysOf(await pulled(session, first.cursor, 'changes'))).toContain(slow)
  })

  it('shows an issue as it is now, not as the index remembers it', async () => {
    const { fake, session, later } = await start({ lagMs: 60_000 })
    const id = fake.people.create({ summary: 'Old words' })
    later(60_000)
    fake.people.edit(id, { summary: 'New words' })
    const { snapshots } = await pulled(session, null, 'all')
    expect(snapshots.find(({ ref }) => ref.id === id)?.fields.title).toBe('New words')
  })

  it('leaves out what was deleted though the index still has it', async () => {
    const { fake, session, later } = await start({ lagMs: 60_000 })
    const id = fake.people.create({ summary: 'There' })
    later(60_000)
    fake.people.delete(id)
    expect(keysOf(await pulled(session, null, 'all'))).not.toContain(id)
  })

  it('goes on from the second it had reached when the token of a page has expired', async () => {
    const { fake, session, later } = await start()
    const ids = Array.from({ length: 130 }, (_, index) => {
      later(1_000)
      return fake.people.create({ summary: `Item ${index}` })
    })
    const first = await session.pull(null, 'all')
    expect(first.more).toBe(true)
    later(8 * 24 * 3_600_000)
    const rest = await pulled(session, first.cursor, 'all')
    expect(new Set([...keysOf(first), ...keysOf(rest)])).toEqual(new Set(ids))
  })

  it('lists versions at a poll only when some differ, and not more often than every five minutes', async () => {
    const { fake, session, later } = await start()
    let { cursor } = await pulled(session, null, 'changes')
    const versionsIn = async (): Promise<number> => {
      const page = await pulled(session, cursor, 'changes')
      cursor = page.cursor
      return page.snapshots.filter(({ kind }) => kind === 'release').length
    }
    expect(await versionsIn()).toBe(0)
    const [version] = fake.state.versions
    if (version !== undefined) version.released = true
    expect(await versionsIn()).toBe(0)
    later(5 * 60_000)
    expect(await versionsIn()).toBe(3)
    later(5 * 60_000)
    expect(await versionsIn()).toBe(0)
  })
})

describe('what Jira hides', () => {
  it('calls no issue gone when it answers as to a stranger', async () => {
    const { fake, session } = await start()
    const ref = await made(session)
    fake.set([{ fault: 'stranger' }])
    await expect(session.fetch(ref)).rejects.toMatchObject({ kind: 'auth' })
  })

  it('finds the marker of a lost create only among what this account made', async () => {
    const { fake, session, now } = await start()
    const ref = await made(session, { marker: 'TK-7' })
    const copy = fake.people.create({ summary: 'A copy with our marker' })
    fake.state.issues.get(Number(copy))?.properties.set('causeway', { key: 'TK-7' })
    expect((await session.find('TK-7', now())).map((each) => each.ref)).toEqual([ref])
  })
})

describe('writing', () => {
  it('keeps a comment restricted when its text is changed', async () => {
    const { session } = await start()
    const ref = await made(session)
    const comment = { op: 'comment.add', ref, visibility: 'internal', text: 'Secret' } as const
    const { elementId } = await session.push(comment, 'k')
    await session.push({ op: 'comment.edit', ref, commentId: elementId ?? '', text: 'Secret still' }, 'k')
    expect((await shown(session, ref)).comments?.map((each) => each.visibility)).toEqual(['internal'])
  })

  it('holds an internal comment where nobody is named that it could be restricted to', async () => {
    const { connect, session } = await start()
    const ref = await made(session)
    const bare = connect({ internalRole: '' })
    const push = bare.push({ op: 'comment.add', ref, visibility: 'internal', text: 'Secret' }, 'k')
    await expect(push).rejects.toMatchObject({ kind: 'invalid' })
    expect((await shown(session, ref)).comments).toEqual([])
  })

  it('names the field that a step asks for, and takes no step without it', async () => {
    const { session } = await start()
    const ref = await made(session)
    for (const to of ['In Progress', 'In Review'])
      await session.push({ op: 'transition', ref, to, fields: {} }, 'k')
    const without = session.push({ op: 'transition', ref, to: 'Done', fields: {} }, 'k')
    await expect(without).rejects.toMatchObject({ kind: 'invalid', field: 'cf:Resolution' })
    const fields = { 'cf:Resolution': 'Fixed', priority: 'Low' } as const
    await session.push({ op: 'transition', ref, to: 'Done', fields }, 'k')
    const after = await shown(session, ref)
    expect(after.fields).toMatchObject({ status: 'Done', 'cf:Resolution': 'Fixed', priority: 'Low' })
  })

  it('never writes into the wrong one of two fields of one name', async () => {
    const { session } = await start()
    const ref = await made(session, { fields: { title: 'T', 'cf:customfield_10017': 'second' } })
    const { fields } = await shown(session, ref)
    expect([fields['cf:customfield_10016'], fields['cf:customfield_10017']]).toEqual([null, 'second'])
    expect(fields).not.toHaveProperty('cf:Team')
    const unclear = session.push({ op: 'update', ref, fields: { 'cf:Team': 'x' }, version: null }, 'k')
    await expect(unclear).rejects.toMatchObject({ kind: 'invalid', field: 'cf:Team' })
  })

  it('tells whose description a write replaced, as a document, though the history keeps words only', async () => {
    const { fake, session, later } = await start()
    const ref = await made(session)
    const { version } = await shown(session, ref)
    const document = (text: string) => ({
      type: 'doc',
      version: 1,
      content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
    })
    later(1_000)
    fake.people.edit(ref.id, { description: document('A person was quicker') })
    later(1_000)
    const ours = JSON.stringify(document('Ours'))
    const receipt = await session.push({ op: 'update', ref, fields: { description: ours }, version }, 'k')
    expect(JSON.stringify(receipt.overwrote)).toContain('A person was quicker')
  })

  it('releases and archives a version', async () => {
    const { session } = await start()
    const ref = { id: 'version:10200' }
    await session.push({ op: 'transition', ref, to: 'released', fields: {} }, 'k')
    expect((await shown(session, ref)).fields.status).toBe('released')
    await session.push(
      { op: 'update', ref, fields: { title: '2.1.1', due: '2026-04-01' }, version: null },
      'k',
    )
    expect((await shown(session, ref)).fields).toMatchObject({ title: '2.1.1', due: '2026-04-01' })
  })
})

describe('the people of a Data Center', () => {
  it('are known by a key that stays, and written by the name that belongs to it', async () => {
    const { fake, session } = await start({ cloud: false })
    const ref = await made(session, { fields: { title: 'T', owner: 'account-of-lee' } })
    expect((await shown(session, ref)).fields.owner).toBe('account-of-lee')
    expect(fake.state.issues.get(Number(ref.id))?.values.get('assignee')).toBe('account-of-lee')
    const nobody = session.push({ op: 'update', ref, fields: { owner: 'nobody' }, version: null }, 'k')
    await expect(nobody).rejects.toMatchObject({ kind: 'invalid', field: 'owner' })
  })
})
