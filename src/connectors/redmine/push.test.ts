import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Operation, Session } from '../../sync/connector.ts'
import type { Snapshot } from '../../sync/snapshot.ts'
import { openHttp } from '../http.ts'
import { type RedmineFake, startRedmineFake } from './fake.ts'
import { redmine } from './index.ts'
import type { Settings } from './schema.ts'

let fake: RedmineFake
let http: ReturnType<typeof openHttp>
const sessionWith = (more: Partial<Settings> = {}): Session =>
  redmine.connect({ ...fake.settings, ...more }, http, () => new Date())

beforeEach(async () => {
  fake = await startRedmineFake()
  http = openHttp({
    baseUrl: fake.url,
    headers: () => redmine.headers(fake.settings),
    now: () => new Date(),
    allowPrivate: [fake.address],
    timeoutMs: 5_000,
  })
})
afterEach(async () => {
  await http.close()
  await fake.close()
})

const creation = (marker: string): Operation => ({
  op: 'create',
  container: 'atlas',
  marker,
  fields: { title: 'Export hangs', type: 'Bug' },
})

/** A session that has made one issue, so that the names it needs are known and the next call is the write. */
const warm = async (): Promise<{ session: Session; item: Snapshot }> => {
  const session = sessionWith()
  const { snapshot } = await session.push(creation('T-0'), 'k0')
  if (snapshot === null) throw new Error('no snapshot')
  return { session, item: snapshot }
}
const whole = async (session: Session, ref: Snapshot['ref']): Promise<Snapshot> => {
  const shown = await session.fetch(ref)
  if (shown === 'gone') throw new Error('gone')
  return shown
}
const created = (): number => fake.ledger.filter((each) => each.what === 'issue').length

describe('a create', () => {
  it.each(['commit then drop', 'half body', 'server error after commit'] as const)(
    'whose answer is lost (%s) is unknown, and found by its marker, once',
    async (fault) => {
      const { session } = await warm()
      await fake.set({ next: [{ fault, on: 'write' }] })
      const since = new Date()
      await expect(session.push(creation('T-1'), 'k')).rejects.toMatchObject({ kind: 'unknown' })
      const found = await sessionWith().find('T-1', since)
      expect(found).toHaveLength(1)
      expect(found[0]).toMatchObject({ createdByUs: true, fields: { 'cf:CausewayKey': 'T-1' } })
      expect(created()).toBe(2)
    },
  )

  it('that never arrived leaves nothing to be found', async () => {
    const { session } = await warm()
    await fake.set({ next: [{ fault: 'drop', on: 'write' }] })
    await expect(session.push(creation('T-1'), 'k')).rejects.toMatchObject({ kind: 'unknown' })
    expect(await session.find('T-1', new Date(0))).toEqual([])
  })

  it('to a server that refuses connections is certainly not done', async () => {
    const { session } = await warm()
    await fake.set({ down: true })
    // A connection kept open may still take the first call: whether that arrived is not known.
    await expect(session.fetch({ id: '1' })).rejects.toMatchObject({ kind: 'down' })
    await expect(session.push(creation('T-1'), 'k')).rejects.toMatchObject({ kind: 'down' })
    await fake.set({})
    expect(await session.find('T-1', new Date(0))).toEqual([])
  })

  it('keeps its id when the read after it fails: a fault would make a second issue', async () => {
    const { session } = await warm()
    await fake.set({ next: [{ fault: 'server error', on: 'read' }] })
    expect(await session.push(creation('T-1'), 'k')).toEqual({
      ref: { id: '2' },
      elementId: null,
      snapshot: null,
    })
  })

  it('never fails because Redmine ignored a field: the read shows what became of it', async () => {
    fake.state.workflow = { New: [] }
    const session = sessionWith()
    const receipt = await session.push(
      { ...creation('T-1'), fields: { title: 'x', status: 'Resolved' } } as Operation,
      'k',
    )
    expect(receipt.snapshot?.fields.status).toBe('New')
  })

  it('without the marker field sends nothing', async () => {
    const session = sessionWith({ markerField: 'Nowhere' })
    await expect(session.push(creation('T-1'), 'k')).rejects.toMatchObject({
      kind: 'invalid',
      field: 'cf:Nowhere',
    })
    expect(created()).toBe(0)
  })

  it('into a project that is not there sends nothing and names the container', async () => {
    const session = sessionWith()
    const elsewhere = { ...creation('T-1'), container: 'nowhere' } as Operation
    await expect(session.push(elsewhere, 'k')).rejects.toMatchObject({ kind: 'invalid', field: 'container' })
  })
})

describe('an update over an edit that came between', () => {
  const late = (item: Snapshot) =>
    ({ op: 'update', ref: item.ref, fields: { title: 'Ours' }, version: item.version }) as const

  it('is unknown when the journals cannot be read after it, and tells when it is asked later', async () => {
    const { session, item } = await warm()
    fake.people.edit(Number(item.ref.id), { subject: 'Hers' })
    await fake.set({ next: [{ fault: 'server error', on: 'read' }] })
    await expect(session.push(late(item), 'k')).rejects.toMatchObject({ kind: 'unknown' })
    expect(await session.overwritten?.(late(item))).toEqual({ title: 'Hers' })
  })

  it('tells also when it was done twice, because the answer to the first was lost', async () => {
    const { session, item } = await warm()
    fake.people.edit(Number(item.ref.id), { subject: 'Hers' })
    await fake.set({ next: [{ fault: 'commit then drop', on: 'write' }] })
    await expect(session.push(late(item), 'k')).rejects.toMatchObject({ kind: 'unknown' })
    expect((await session.push(late(item), 'k')).overwrote).toEqual({ title: 'Hers' })
  })

  it('says nothing of a write that never arrived', async () => {
    const { session, item } = await warm()
    fake.people.edit(Number(item.ref.id), { subject: 'Hers' })
    expect(await session.overwritten?.(late(item))).toEqual({})
  })

  it('tells a category that was deleted since by its number, rather than not at all', async () => {
    const { session, item } = await warm()
    fake.people.edit(Number(item.ref.id), { category_id: 3 })
    fake.state.projects[0]?.categories.pop()
    const fields = { component: 'Export' }
    const receipt = await session.push({ ...late(item), fields }, 'k')
    expect(receipt.overwrote).toEqual({ component: '#3' })
  })
})

describe('an update', () => {
  it('that was done is no fault when only the read after it fails', async () => {
    const { session, item } = await warm()
    await fake.set({ next: [{ fault: 'server error', on: 'read' }] })
    const receipt = await session.push(
      { op: 'update', ref: item.ref, fields: { title: 'B' }, version: null },
      'k',
    )
    expect(receipt).toEqual({ ref: null, elementId: null, snapshot: null })
    expect((await whole(session, item.ref)).fields.title).toBe('B')
  })

  it.each(['html', 'deep json'] as const)('answered with %s instead of nothing is unknown', async (fault) => {
    const { session, item } = await warm()
    await fake.set({ next: [{ fault, on: 'write' }] })
    const pushed = session.push({ op: 'update', ref: item.ref, fields: { title: 'B' }, version: null }, 'k')
    await expect(pushed).rejects.toMatchObject({ kind: 'unknown' })
  })

  it('says until when the tool wants to be left alone', async () => {
    const { session, item } = await warm()
    await fake.set({ next: [{ fault: 'rate' }], retryAfterS: 60 })
    const before = Date.now()
    const pushed = session.push({ op: 'update', ref: item.ref, fields: { title: 'B' }, version: null }, 'k')
    await expect(pushed).rejects.toSatisfy(
      (fault: { kind: string; retryAt: Date }) =>
        fault.kind === 'rate' && fault.retryAt.getTime() >= before + 59_000,
    )
  })

  it('of a status the workflow forbids is a hold on the status, with the other fields written', async () => {
    const { session, item } = await warm()
    fake.state.workflow = { New: ['In Progress'] }
    const transition = session.push(
      { op: 'transition', ref: item.ref, to: 'Closed', fields: { priority: 'High' } },
      'k',
    )
    await expect(transition).rejects.toMatchObject({ kind: 'invalid', field: 'status' })
    const shown = await whole(session, item.ref)
    expect(shown.fields).toMatchObject({ status: 'New', priority: 'High' })
    expect(shown.nextStatuses).toEqual(['In Progress'])
  })

  it('of several fields names the one that is refused, and writes none', async () => {
    const { session, item } = await warm()
    const fields = { title: 'B', 'cf:CustomersAffected': 'many' } as const
    const pushed = session.push({ op: 'update', ref: item.ref, fields, version: null }, 'k')
    await expect(pushed).rejects.toMatchObject({ kind: 'invalid', field: 'cf:CustomersAffected' })
    expect((await whole(session, item.ref)).fields.title).toBe('Export hangs')
  })

  it.each([
    ['status', 'No such word'],
    ['component', 'Nothing'],
    ['release', '9.9'],
    ['owner', 'dora'],
    ['requester', '6'],
    ['cf:Nowhere', 'x'],
    ['title', ' '],
  ] as const)('with a %s that has no counterpart sends nothing', async (field, value) => {
    const { session, item } = await warm()
    const before = fake.ledger.length
    const pushed = session.push(
      { op: 'update', ref: item.ref, fields: { [field]: value }, version: null },
      'k',
    )
    await expect(pushed).rejects.toMatchObject({ kind: 'invalid', field })
    expect(fake.ledger).toHaveLength(before)
  })

  it('of an issue that is hidden from us is neither gone nor a matter of credentials', async () => {
    const { session, item } = await warm()
    fake.state.hiddenIssues.add(Number(item.ref.id))
    const pushed = session.push({ op: 'update', ref: item.ref, fields: { title: 'B' }, version: null }, 'k')
    await expect(pushed).rejects.toMatchObject({ kind: 'invalid', field: null })
    await expect(session.fetch(item.ref)).rejects.toMatchObject({ kind: 'invalid' })
  })
})

describe('a private note', () => {
  const secret = (item: Snapshot, text = 'secret'): Operation => ({
    op: 'comment.add',
    ref: item.ref,
    visibility: 'internal',
    text,
  })
  const loseTheRight = (): void => {
    const bot = fake.state.users.find((each) => each.login === 'integration')
    if (!bot?.role) throw new Error('no role')
    bot.role = {
      ...bot.role,
      id: 9,
      permissions: bot.role.permissions.filter((each) => each !== 'set_notes_private'),
    }
  }

  it('that became public, as the right was lost meanwhile, is deleted at once', async () => {
    const { session, item } = await warm()
    await session.push(secret(item, 'first'), 'k')
    loseTheRight()
    await expect(session.push(secret(item), 'k')).rejects.toMatchObject({ kind: 'invalid' })
    expect((await whole(session, item.ref)).comments?.map((each) => each.text)).toEqual(['first'])
  })

  it('that is dropped does not take an older public note of the same words with it', async () => {
    const { session, item } = await warm()
    await session.push({ op: 'comment.add', ref: item.ref, visibility: 'public', text: 'Any news?' }, 'k')
    const bot = fake.state.users.find((each) => each.login === 'integration')
    if (!bot?.role) throw new Error('no role')
    await session.push(secret(item, 'warm'), 'k')
    bot.role = { ...bot.role, permissions: bot.role.permissions.filter((each) => each !== 'add_issue_notes') }
    await expect(session.push(secret(item, 'Any news?'), 'k')).rejects.toMatchObject({ kind: 'invalid' })
    expect((await whole(session, item.ref)).comments?.map((each) => each.text)).toEqual(['Any news?', 'warm'])
  })

  it('is private for a role that may not see them: Redmine leaves it out', async () => {
    const { session, item } = await warm()
    fake.people.comment(Number(item.ref.id), 'for engineers', { isPrivate: true })
    expect((await whole(session, item.ref)).comments).toMatchObject([{ visibility: 'internal', byUs: false }])
  })
})

describe('an attachment', () => {
  const file = (item: Snapshot, more: object = {}): Operation =>
    ({
      op: 'attach',
      ref: item.ref,
      name: 'a.txt',
      mediaType: 'text/plain',
      size: 3,
      sha256: '',
      visibility: 'public',
      ...more,
    }) as Operation
  async function* abc(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('abc')
  }

  it('meant for some readers only is not sent: Redmine shows it to all', async () => {
    const { session, item } = await warm()
    await expect(session.push(file(item, { visibility: 'internal' }), 'k', abc)).rejects.toMatchObject({
      kind: 'invalid',
    })
    expect(fake.state.uploads.size).toBe(0)
  })

  it('whose upload is lost is certainly not attached', async () => {
    const { session, item } = await warm()
    await fake.set({ next: [{ fault: 'commit then drop' }] })
    await expect(session.push(file(item), 'k', abc)).rejects.toMatchObject({ kind: 'down' })
  })

  it('whose attaching is lost is unknown, and seen in the list', async () => {
    const { session, item } = await warm()
    await fake.set({ next: [{ fault: 'commit then drop', on: 'write' }] })
    await expect(session.push(file(item), 'k', abc)).rejects.toMatchObject({ kind: 'unknown' })
    expect((await whole(session, item.ref)).attachments).toMatchObject([
      { name: 'a.txt', size: 3, byUs: true },
    ])
  })

  it('larger than Redmine allows is refused', async () => {
    const { session, item } = await warm()
    fake.state.maxAttachmentBytes = 2
    await expect(session.push(file(item), 'k', abc)).rejects.toMatchObject({ kind: 'invalid' })
  })
})

describe('a link to an address elsewhere', () => {
  it('is refused: relations are between issues of one Redmine', async () => {
    const { session, item } = await warm()
    const link = session.push(
      { op: 'link.add', ref: item.ref, url: 'https://desk.example/1', title: 'T' },
      'k',
    )
    await expect(link).rejects.toMatchObject({ kind: 'invalid' })
  })
})
