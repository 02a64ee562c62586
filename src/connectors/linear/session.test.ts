import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Http, Operation, Session } from '../../sync/connector.ts'
import type { Snapshot, ToolFields } from '../../sync/snapshot.ts'
import { openTool } from '../open-tool.ts'
import { fixedId } from './fake/state.ts'
import { FAKE_CLIENT, type LinearFake, startLinearFake } from './fake.ts'
import { linear } from './index.ts'
import type { Settings } from './settings.ts'

let ms = Date.parse('2026-01-05T09:00:00.000Z')
const now = (): Date => new Date(ms)
let fake: LinearFake
let open: (Http & { close(): Promise<void> })[] = []

const connect = (more: Partial<Settings> = {}): Session => {
  const settings = { ...fake.settings, ...more }
  const http = openTool(linear, settings, { now, allowPrivate: fake.addresses })
  open.push(http)
  return linear.connect(settings, http, now)
}
const shown = (snapshot: Snapshot | 'gone' | null): Snapshot => {
  if (snapshot === null || snapshot === 'gone') throw new Error(`no snapshot: ${snapshot}`)
  return snapshot
}
const create = (fields: ToolFields = {}, marker = 'WI-7/abcdef12'): Operation => ({
  op: 'create',
  container: 'ATL',
  fields: { title: 'Export hangs', ...fields },
  marker,
})
const made = async (session: Session, fields: ToolFields = {}, key = 'k-1'): Promise<Snapshot> =>
  shown((await session.push(create(fields), key)).snapshot)
const counted = (op: string): number => fake.world.ledger.filter((entry) => entry.op === op).length

beforeEach(async () => {
  ms = Date.parse('2026-01-05T09:00:00.000Z')
  fake = await startLinearFake({ now })
})
afterEach(async () => {
  await fake.close()
  await Promise.all(open.map((http) => http.close()))
  open = []
})

describe('an issue', () => {
  it('is made and marked in one call, and shows its mark as a field but not among the links', async () => {
    const session = connect()
    await session.check()
    const before = fake.calls()
    const item = await made(session)
    expect(fake.calls() - before).toBe(1)
    expect(item.fields['cf:CausewayKey']).toBe('WI-7/abcdef12')
    expect(item.links).toEqual([])
    expect(fake.world.attachments.map(({ url }) => url)).toEqual([
      'https://causeway.example.com/work-items/WI-7?marker=WI-7%2Fabcdef12',
    ])
  })

  it('that was made without its mark, because the call broke off between, gets it when asked again', async () => {
    const session = connect()
    const item = await made(session)
    fake.world.attachments.length = 0
    const again = await session.push(create(), 'k-1')
    expect(again.ref).toEqual(item.ref)
    expect(shown(again.snapshot).fields['cf:CausewayKey']).toBe('WI-7/abcdef12')
    expect(counted('issueCreate')).toBe(1)
  })

  it('keeps its id in another team, where its identifier is new', async () => {
    const session = connect()
    const item = await made(session)
    const { snapshot } = await session.push(
      { op: 'update', ref: item.ref, fields: { container: 'BOR' }, version: null },
      'k-2',
    )
    expect([shown(snapshot).ref, item.key, shown(snapshot).key]).toEqual([item.ref, 'ATL-1', 'BOR-1'])
  })

  it('is asked for by its id alone, never by an identifier that a move changes', async () => {
    const session = connect()
    const item = await made(session)
    expect(await session.fetch({ id: item.key })).toBe('gone')
  })

  it('keeps a label that somebody added between our read and our write', async () => {
    const session = connect()
    const item = await made(session, { labels: ['regression'], type: 'Bug' })
    fake.hands.edit(item.ref.id, { addedLabelIds: [fixedId('label  nightly')] })
    await session.push({ op: 'update', ref: item.ref, fields: { type: 'Feature' }, version: null }, 'k-2')
    const after = shown(await session.fetch(item.ref))
    expect(after.fields).toMatchObject({ type: 'Feature', labels: ['nightly', 'regression'] })
  })

  it('in the trash is listed, so that it is looked at, and is gone then', async () => {
    const session = connect()
    const item = await made(session)
    const { cursor } = await session.pull(null, 'changes')
    ms += 60_000
    fake.hands.trash(item.ref.id)
    const { snapshots } = await session.pull(cursor, 'changes')
    expect(snapshots.map(({ ref }) => ref.id)).toContain(item.ref.id)
    expect(await session.fetch(item.ref)).toBe('gone')
  })

  it('comes by its comment too, which does not move its own time', async () => {
    const session = connect()
    const item = await made(session)
    ms += 3_600_000
    fake.hands.create('Newer')
    const { cursor } = await session.pull(null, 'changes')
    ms += 5_000
    fake.hands.comment(item.ref.id, 'A word')
    const { snapshots } = await session.pull(cursor, 'changes')
    expect(snapshots.map(({ ref }) => ref.id)).toContain(item.ref.id)
  })

  it('shows what it is related to, and in which direction', async () => {
    const session = connect()
    const item = await made(session)
    const other = fake.hands.create('Twin')
    fake.hands.relate(item.ref.id, other, 'duplicate')
    expect(shown(await session.fetch(item.ref)).links).toEqual([
      { kind: 'duplicate of', url: 'https://linear.app/example/issue/ATL-2' },
    ])
    expect(shown(await session.fetch({ id: other })).links).toEqual([
      { kind: 'duplicated by', url: 'https://linear.app/example/issue/ATL-1' },
    ])
  })
})

describe('a comment', () => {
  it('is internal unless it begins with the word for public ones, as a word of its own', async () => {
    const session = connect()
    const item = await made(session)
    for (const body of ['Public: hello', 'Publicly', 'Not Public: no', 'Public:x', 'plain'])
      fake.hands.comment(item.ref.id, body)
    const { comments } = shown(await session.fetch(item.ref))
    const found = Object.fromEntries((comments ?? []).map(({ text, visibility }) => [text, visibility]))
    expect(found).toEqual({
      hello: 'public',
      Publicly: 'internal',
      'Not Public: no': 'internal',
      'Public:x': 'internal',
      plain: 'internal',
    })
  })

  it('is never public where no such word is named, neither read nor written', async () => {
    const session = connect({ publicWord: '' })
    const item = await made(session)
    fake.hands.comment(item.ref.id, 'Public: hello')
    expect(shown(await session.fetch(item.ref)).comments).toMatchObject([{ visibility: 'internal' }])
    const adding = session.push({ op: 'comment.add', ref: item.ref, visibility: 'public', text: 'x' }, 'k-2')
    await expect(adding).rejects.toMatchObject({ kind: 'invalid' })
    expect(linear.capabilities({ ...fake.settings, publicWord: '' }).comments.public).toBe(false)
  })

  it('of ours that is internal and happens to begin with the word is refused, not published', async () => {
    const session = connect()
    const item = await made(session)
    const adding = session.push(
      { op: 'comment.add', ref: item.ref, visibility: 'internal', text: 'Public: we must not say' },
      'k-2',
    )
    await expect(adding).rejects.toMatchObject({ kind: 'invalid' })
    expect(counted('commentCreate')).toBe(0)
  })

  it('of another tool’s thread has an author who is no member', async () => {
    const session = connect()
    const item = await made(session)
    fake.hands.comment(item.ref.id, 'From Slack', null)
    expect(shown(await session.fetch(item.ref)).comments).toMatchObject([
      { author: { id: 'external:ext-1', email: null }, byUs: false },
    ])
  })

  it('is read to the last where there are more than one question answers', async () => {
    const session = connect()
    const item = await made(session)
    for (let index = 0; index < 170; index += 1) fake.hands.comment(item.ref.id, `Word ${index}`)
    expect(shown(await session.fetch(item.ref)).comments).toHaveLength(170)
  })
})

describe('a file', () => {
  const attach = (
    ref: Snapshot['ref'],
    bytes: Uint8Array,
    visibility: 'public' | 'internal' = 'internal',
  ): Operation => ({
    ...{
      op: 'attach',
      ref,
      name: 'a.png',
      mediaType: 'image/png',
      size: bytes.length,
      sha256: '',
      visibility,
    },
  })

  it('goes to its store without our credentials, and is read with them', async () => {
    const session = connect()
    const item = await made(session)
    const bytes = Buffer.from('some bytes')
    const { elementId } = await session.push(attach(item.ref, bytes), 'k-2', async function* () {
      yield bytes
    })
    const found = shown(await session.fetch(item.ref)).attachments
    expect(found).toMatchObject([
      { id: elementId, name: 'a.png', mediaType: 'image/png', size: 10, visibility: 'internal', byUs: true },
    ])
    const { stream } = await session.download(item.ref, elementId ?? '')
    const pieces: Uint8Array[] = []
    for await (const piece of stream) pieces.push(piece)
    expect(Buffer.concat(pieces).toString()).toBe('some bytes')
  })

  it('inside a text is an attachment with the audience of that text, once', async () => {
    const session = connect()
    const url = fake.hands.store(Buffer.from('x'))
    const item = await made(session, { description: `![shot.png](${url})` })
    fake.hands.comment(item.ref.id, `Public: see [the shot](${url})`)
    fake.hands.comment(item.ref.id, `Public: and [a log](${fake.hands.store(Buffer.from('y'))})`)
    const { attachments, comments } = shown(await session.fetch(item.ref))
    expect(attachments?.map(({ name, visibility, commentId }) => [name, visibility, commentId])).toEqual([
      ['shot.png', 'internal', null],
      ['a log', 'public', comments?.[1]?.id],
    ])
    const taking = session.push(
      { op: 'detach', ref: item.ref, attachmentId: attachments?.[0]?.id ?? '' },
      'k-2',
    )
    await expect(taking).rejects.toMatchObject({ kind: 'invalid' })
  })
})

describe('customers', () => {
  it('get a request each; one of ours is taken back, one of people stays', async () => {
    const session = connect()
    const item = await made(session, { 'cf:Customers': ['Acme'] })
    expect(item.fields['cf:Customers']).toEqual(['Acme'])
    fake.hands.need(item.ref.id, 'Globex')
    const { snapshot } = await session.push(
      { op: 'update', ref: item.ref, fields: { 'cf:Customers': [] }, version: null },
      'k-2',
    )
    expect(shown(snapshot).fields['cf:Customers']).toEqual(['Globex'])
  })

  it('that nobody knows do not hinder the issue from being made', async () => {
    const session = connect()
    const { ref } = await session.push(create({ 'cf:Customers': ['Nobody'] }), 'k-1')
    expect(shown(await session.fetch(ref ?? { id: '' })).fields['cf:Customers']).toEqual([])
  })

  it('are left alone where the settings say so', async () => {
    const session = connect({ customers: 'off' })
    const item = await made(session)
    expect(Object.keys(item.fields)).not.toContain('cf:Customers')
  })
})

describe('a release', () => {
  it('is a record with a stage and a date, and is changed', async () => {
    const session = connect()
    const { snapshots } = await session.pull((await session.pull(null, 'all')).cursor, 'all')
    const release = snapshots.find(({ key }) => key === '2.2.0')
    expect(release).toMatchObject({
      kind: 'release',
      container: 'ATL',
      statusCategory: 'new',
      fields: { title: '2.2.0', status: 'Planned', due: '2026-03-01' },
    })
    const { snapshot } = await session.push(
      { op: 'transition', ref: shown(release ?? null).ref, to: 'Released', fields: { due: '2026-04-01' } },
      'k-1',
    )
    expect(snapshot).toMatchObject({
      statusCategory: 'done',
      fields: { status: 'Released', due: '2026-04-01' },
    })
  })
})

describe('signing in', () => {
  it('as an application exchanges its credentials once, and works like a key', async () => {
    const session = connect({ apiKey: '', ...FAKE_CLIENT })
    expect((await session.check()).problems).toEqual([])
    const before = fake.calls()
    await session.fetch({ id: fixedId('nothing') })
    expect(fake.calls() - before).toBe(1)
  })

  it('with a wrong secret waits for a person, and tells no secret', async () => {
    const checking = connect({
      apiKey: '',
      clientId: FAKE_CLIENT.clientId,
      clientSecret: 'quite-wrong',
    }).check()
    await expect(checking).rejects.toMatchObject({
      kind: 'auth',
      detail: expect.not.stringContaining('quite-wrong'),
    })
  })
})

describe('what is missing', () => {
  it('is said in sentences', async () => {
    const { problems } = await connect({ teams: ['ATL', 'XYZ'], typeGroup: 'Kind', clientId: 'x' }).check()
    expect(problems).toEqual([
      'Both a personal API key and an OAuth application are given: the key is used.',
      'Linear shows no team "XYZ" to this account.',
      'Linear has no label group "Kind" with labels in it.',
    ])
  })
})
