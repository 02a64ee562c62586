import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Session } from '../../sync/connector.ts'
import { isFault } from '../../sync/fault.ts'
import { openHttp } from '../http.ts'
import { type FakeFault, type RestFake, startRestFake } from './fake.ts'
import { rest } from './index.ts'
import type { Settings } from './schema.ts'

/** The declared connector against its simulated tool over real HTTP. */

const start = new Date('2026-01-02T03:00:00.000Z').getTime()
let tick = start
const now = (): Date => new Date(tick)
let fake: RestFake
let close: () => Promise<void>
let session: Session

const connect = (settings: Settings) => {
  const http = openHttp({
    baseUrl: rest.baseUrl(settings),
    headers: () => rest.headers(settings),
    now,
    allowPrivate: [fake.host],
    timeoutMs: 500,
  })
  close = http.close
  return rest.connect(settings, http, now)
}

beforeEach(async () => {
  tick = start
  fake = await startRestFake({ now, random: () => 0.5 })
  session = connect(fake.settings)
})
afterEach(async () => {
  await fake.close()
  await close()
})

const kindOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work
    return 'none'
  } catch (error) {
    return isFault(error) ? error.kind : `not a fault: ${String(error)}`
  }
}
const snapshotOf = async (id: string) => {
  const shown = await session.fetch({ id })
  if (shown === 'gone') throw new Error('gone')
  return shown
}
const CREATE = {
  op: 'create',
  container: 'FAKE',
  fields: { title: 'Crash', description: 'It **crashes**', labels: ['b', 'a'] },
  marker: 'T-7',
} as const

describe('reading', () => {
  it('turns an item into our words, with comments and attachments', async () => {
    const made = fake.make({
      title: 'Crash',
      description: 'x',
      state: 'in progress',
      labels: ['ui', 'api'],
      assignee_id: 'u-1',
      due: '2026-02-01',
    })
    fake.comment(made.id, 'seen by the customer', false)
    fake.comment(made.id, 'for us', true)
    expect(await snapshotOf(made.id)).toEqual({
      ref: { id: '1001' },
      kind: 'item',
      key: 'FAKE-1001',
      url: 'https://issues.example.com/FAKE-1001',
      container: 'FAKE',
      fields: {
        title: 'Crash',
        description: 'x',
        status: 'in progress',
        priority: 'normal',
        owner: 'u-1',
        labels: ['api', 'ui'],
        due: '2026-02-01',
      },
      statusCategory: 'open',
      nextStatuses: null,
      comments: [
        {
          id: 'c-1',
          author: { id: 'u-1', name: 'Ada Berg', email: 'ada@example.com' },
          byUs: false,
          visibility: 'public',
          text: 'seen by the customer',
          at: now().toISOString(),
          editedAt: null,
        },
        {
          id: 'c-2',
          author: { id: 'u-1', name: 'Ada Berg', email: 'ada@example.com' },
          byUs: false,
          visibility: 'internal',
          text: 'for us',
          at: now().toISOString(),
          editedAt: null,
        },
      ],
      attachments: [],
      links: null,
      people: [{ id: 'u-1', name: 'Ada Berg', email: 'ada@example.com' }],
      createdAt: now().toISOString(),
      updatedAt: now().toISOString(),
      version: '3',
      createdByUs: false,
    })
  })

  it('says gone for an item that is not there', async () => {
    expect(await session.fetch({ id: '9' })).toBe('gone')
  })

  it('does not ask for comments where the item says there are none, because each call counts', async () => {
    const made = fake.make({ title: 'a' })
    fake.counts.calls = 0
    expect((await snapshotOf(made.id)).comments).toEqual([])
    expect(fake.counts.calls).toBe(1)
  })

  it('keeps an id with a slash inside its segment', async () => {
    fake.make({ title: 'a' })
    expect(await session.fetch({ id: '../me' })).toBe('gone')
    expect(await kindOf(session.fetch({ id: '..' }))).toBe('invalid')
  })
})

const pullAll = async (scope: 'changes' | 'all', from: string | null) => {
  const ids: string[] = []
  let cursor = from
  for (let pages = 0; pages < 50; pages += 1) {
    const page = await session.pull(cursor, scope)
    ids.push(...page.snapshots.map((each) => each.ref.id))
    cursor = page.cursor
    if (!page.more) return { ids, cursor }
  }
  throw new Error('pull does not end')
}

describe('pulling', () => {
  it('gives every item of a long list once in scope all', async () => {
    for (let n = 0; n < 250; n += 1) fake.make({ title: `t${n}` })
    const { ids } = await pullAll('all', null)
    expect(new Set(ids).size).toBe(250)
  })

  it('gives what changed since the cursor, and soon nothing', async () => {
    const first = await session.pull(null, 'changes')
    expect(first.snapshots).toEqual([])
    const made = fake.make({ title: 'a' })
    tick += 60_000
    const second = await pullAll('changes', first.cursor)
    expect(second.ids).toEqual([made.id])
    tick += 60_000
    fake.edit(made.id, { title: 'b' })
    const other = fake.make({ title: 'c' })
    tick += 60_000
    const third = await pullAll('changes', second.cursor)
    expect(new Set(third.ids)).toEqual(new Set([made.id, other.id]))
    const fourth = await pullAll('changes', third.cursor)
    expect(new Set(fourth.ids)).toEqual(new Set([made.id, other.id]))
    expect(fourth.cursor).toBe(third.cursor)
  })

  it('misses nothing when items move to the end of the list while it reads', async () => {
    const first = await session.pull(null, 'changes')
    for (let n = 0; n < 250; n += 1) {
      tick += 1
      fake.make({ title: `t${n}` })
    }
    const page = await session.pull(first.cursor, 'changes')
    const early = page.snapshots.slice(0, 60).map((each) => each.ref.id)
    for (const id of early) {
      tick += 1
      fake.edit(id, { title: 'moved' })
    }
    const rest = await pullAll('changes', page.cursor)
    expect(new Set([...page.snapshots.map((each) => each.ref.id), ...rest.ids]).size).toBe(250)
  })

  it('gets through a page whose items all changed at one time', async () => {
    const first = await session.pull(null, 'changes')
    for (let n = 0; n < 250; n += 1) fake.make({ title: `t${n}` })
    tick += 60_000
    expect(new Set((await pullAll('changes', first.cursor)).ids).size).toBe(250)
  })

  it('refuses a cursor that is none of its own instead of starting anew in silence', async () => {
    expect(await kindOf(session.pull('{"page":1}', 'changes'))).toBe('invalid')
    expect(await kindOf(session.pull('x', 'all'))).toBe('invalid')
  })
})

describe('writing', () => {
  it('creates once for one key, with our marker, and shows the item without a second call', async () => {
    fake.counts.calls = 0
    const receipt = await session.push(CREATE, 'key-1')
    expect(fake.counts.calls).toBe(1)
    expect(receipt.ref).toEqual({ id: '1001' })
    expect(receipt.snapshot).toMatchObject({
      fields: { title: 'Crash', labels: ['a', 'b'], status: 'open' },
      createdByUs: true,
      comments: [],
    })
    expect((await session.push(CREATE, 'key-1')).ref).toEqual({ id: '1001' })
    expect(fake.ledger).toMatchObject([{ op: 'create', key: 'key-1', body: { external_id: 'T-7' } }])
  })

  it('refuses another container than the declared one, instead of making the item elsewhere', async () => {
    await expect(session.push({ ...CREATE, container: 'OTHER' }, 'k')).rejects.toMatchObject({
      kind: 'invalid',
      field: 'container',
    })
    expect(fake.ledger).toEqual([])
  })

  it('finds what holds our marker after a lost answer, clones too, and nothing else', async () => {
    fake.set({ next: ['drop after'] })
    expect(await kindOf(session.push(CREATE, 'key-1'))).toBe('unknown')
    fake.make({ title: 'clone', external_id: 'T-7' })
    fake.make({ title: 'other', external_id: 'T-77' })
    expect((await session.find('T-7', now())).map((each) => each.fields.title)).toEqual(['Crash', 'clone'])
  })

  it('updates, clears and moves by one call each', async () => {
    const { id } = fake.make({ title: 'a', assignee_id: 'u-1', due: '2026-02-01' })
    const ref = { id }
    fake.counts.calls = 0
    const updated = await session.push(
      { op: 'update', ref, fields: { title: 'b', owner: null, due: null }, version: null },
      'k',
    )
    expect(updated.snapshot?.fields).toMatchObject({ title: 'b', owner: null, due: null })
    const moved = await session.push({ op: 'transition', ref, to: 'fixed', fields: {} }, 'k2')
    expect(moved.snapshot).toMatchObject({ fields: { status: 'fixed' }, statusCategory: 'done' })
    expect(fake.counts.calls).toBe(2)
  })

  it('names the field the tool refuses, so that it alone is held', async () => {
    const { id } = fake.make({ title: 'a' })
    const push = session.push(
      { op: 'update', ref: { id }, fields: { title: 'x'.repeat(300), priority: 'high' }, version: null },
      'k',
    )
    await expect(push).rejects.toMatchObject({
      kind: 'invalid',
      field: 'title',
      detail: expect.stringContaining('is longer than 255'),
    })
    const owner = session.push({ op: 'update', ref: { id }, fields: { owner: 'nobody' }, version: null }, 'k')
    await expect(owner).rejects.toMatchObject({ kind: 'invalid', field: 'owner' })
    const unknown = session.push(
      { op: 'update', ref: { id }, fields: { component: 'x' }, version: null },
      'k',
    )
    await expect(unknown).rejects.toMatchObject({ kind: 'invalid', field: 'component' })
    expect(fake.ledger).toHaveLength(1)
  })

  it('adds, edits and deletes comments with their visibility', async () => {
    const { id } = fake.make({ title: 'a' })
    const ref = { id }
    const added = await session.push({ op: 'comment.add', ref, visibility: 'internal', text: 'psst' }, 'k1')
    await session.push({ op: 'comment.add', ref, visibility: 'public', text: 'hello' }, 'k2')
    await session.push({ op: 'comment.add', ref, visibility: 'public', text: 'hello' }, 'k2')
    const commentId = added.elementId ?? ''
    await session.push({ op: 'comment.edit', ref, commentId, text: 'psst!' }, 'k3')
    expect(
      (await snapshotOf(id)).comments?.map(({ text, visibility, byUs }) => [text, visibility, byUs]),
    ).toEqual([
      ['psst!', 'internal', true],
      ['hello', 'public', true],
    ])
    await session.push({ op: 'comment.delete', ref, commentId }, 'k4')
    await session.push({ op: 'comment.delete', ref, commentId }, 'k5')
    expect((await snapshotOf(id)).comments).toHaveLength(1)
  })

  it('uploads and downloads the same bytes', async () => {
    const { id } = fake.make({ title: 'a' })
    const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, n) => n % 256))
    const receipt = await session.push(
      {
        op: 'attach',
        ref: { id },
        name: 'dump.bin',
        mediaType: 'application/x-dump',
        size: bytes.length,
        sha256: '',
        visibility: 'internal',
      },
      'k',
      async function* () {
        yield bytes.subarray(0, 10)
        yield bytes.subarray(10)
      },
    )
    expect((await snapshotOf(id)).attachments).toMatchObject([
      {
        id: receipt.elementId,
        name: 'dump.bin',
        mediaType: 'application/x-dump',
        size: 70_000,
        visibility: 'internal',
      },
    ])
    const download = await session.download({ id }, receipt.elementId ?? '')
    const chunks: Uint8Array[] = []
    for await (const chunk of download.stream) chunks.push(chunk)
    expect(Buffer.concat(chunks).equals(bytes)).toBe(true)
  })
})

describe('faults', () => {
  const cases: readonly (readonly [FakeFault, string, string, boolean])[] = [
    ['drop before', 'down', 'unknown', false],
    ['drop after', 'down', 'unknown', true],
    ['hang before', 'down', 'unknown', false],
    ['hang after', 'down', 'unknown', true],
    ['error before', 'down', 'unknown', false],
    ['error after', 'down', 'unknown', true],
    ['rate limited', 'rate', 'rate', false],
    ['unavailable', 'rate', 'rate', false],
    ['half body', 'down', 'unknown', true],
    ['html', 'down', 'unknown', true],
    ['huge', 'invalid', 'unknown', true],
    ['deep', 'down', 'unknown', true],
  ]
  for (const [fault, read, write, committed] of cases) {
    it(`"${fault}" is ${read} for a read and ${write} for a change`, async () => {
      const { id } = fake.make({ title: 'a' })
      fake.set({ next: [fault] })
      expect(await kindOf(session.fetch({ id }))).toBe(read)
      fake.set({ next: [fault] })
      const push = session.push({ op: 'update', ref: { id }, fields: { title: 'b' }, version: null }, 'k')
      expect(await kindOf(push)).toBe(write)
      expect(fake.ledger.length).toBe(committed ? 2 : 1)
    })
  }

  it('a create whose answer cannot be read is unknown: calling it failed would make a second item', async () => {
    for (const fault of ['html', 'deep', 'half body', 'drop after', 'error after'] as const) {
      fake.set({ next: [fault] })
      expect(await kindOf(session.push({ ...CREATE, marker: fault }, `key-${fault}`)), fault).toBe('unknown')
    }
    expect(fake.ledger).toHaveLength(5)
  })

  it('wrong credentials are auth, and the token is in no text', async () => {
    await close()
    session = connect({ ...fake.settings, secret: 'wrong-token-12345' })
    const error = await session.fetch({ id: '1' }).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ kind: 'auth' })
    expect(String(error)).not.toContain('wrong-token')
  })
})

describe('check and describe', () => {
  it('names the account and finds nothing wrong', async () => {
    fake.make({ title: 'a', assignee_id: 'u-1' })
    expect(await session.check()).toEqual({
      tool: 'Fake Issues',
      account: { id: 'u-bot', name: 'Causeway', email: 'causeway@example.com' },
      problems: [],
    })
    expect((await session.describe()).statuses).toContainEqual({ word: 'fixed', category: 'done' })
  })

  it('names the places of a declaration that do not fit the first item', async () => {
    fake.make({ title: 'a' })
    await close()
    const { declaration } = fake
    session = connect({
      ...fake.settings,
      declaration: {
        ...declaration,
        item: { ...declaration.item, updatedAt: 'changed', fields: { title: 'subject' } },
      },
    })
    expect((await session.check()).problems).toEqual([
      'At /item/updatedAt: the first item of the list shows no time there.',
      'At /item/fields/title: the first item of the list shows nothing there.',
    ])
  })

  it('answers with the problems of a wrong declaration instead of calling anything', async () => {
    await close()
    session = connect({ declaration: 'tool: x' })
    expect((await session.check()).problems.length).toBeGreaterThan(0)
    expect(await kindOf(session.fetch({ id: '1' }))).toBe('auth')
    expect(fake.counts.calls).toBe(0)
  })
})
