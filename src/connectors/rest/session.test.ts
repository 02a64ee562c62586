import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FakeSession, faultKind, openFakeSession } from './fake-session.ts'

/** The declared connector against its simulated tool. */

let bed: FakeSession
beforeEach(async () => {
  bed = await openFakeSession()
})
afterEach(() => bed.close())

const snapshotOf = async (id: string) => {
  const shown = await bed.session.fetch({ id })
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
    const made = bed.fake.make({
      title: 'Crash',
      description: 'x',
      state: 'in progress',
      labels: ['ui', 'api'],
      assignee_id: 'u-1',
      due: '2026-02-01',
    })
    bed.fake.comment(made.id, 'seen by the customer', false)
    bed.fake.comment(made.id, 'for us', true)
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
          at: bed.now().toISOString(),
          editedAt: null,
        },
        {
          id: 'c-2',
          author: { id: 'u-1', name: 'Ada Berg', email: 'ada@example.com' },
          byUs: false,
          visibility: 'internal',
          text: 'for us',
          at: bed.now().toISOString(),
          editedAt: null,
        },
      ],
      attachments: [],
      links: null,
      people: [{ id: 'u-1', name: 'Ada Berg', email: 'ada@example.com' }],
      createdAt: bed.now().toISOString(),
      updatedAt: bed.now().toISOString(),
      version: '3',
      createdByUs: false,
    })
  })

  it('says gone for an item that is not there', async () => {
    expect(await bed.session.fetch({ id: '9' })).toBe('gone')
  })

  it('does not ask for comments where the item says there are none, because each call counts', async () => {
    const made = bed.fake.make({ title: 'a' })
    bed.fake.counts.calls = 0
    expect((await snapshotOf(made.id)).comments).toEqual([])
    expect(bed.fake.counts.calls).toBe(1)
  })

  it('keeps an id with a slash inside its segment', async () => {
    bed.fake.make({ title: 'a' })
    expect(await bed.session.fetch({ id: '../me' })).toBe('gone')
    expect(await faultKind(bed.session.fetch({ id: '..' }))).toBe('invalid')
  })
})

describe('writing', () => {
  it('creates once for one key, with our marker, and shows the item without a second call', async () => {
    bed.fake.counts.calls = 0
    const receipt = await bed.session.push(CREATE, 'key-1')
    expect(bed.fake.counts.calls).toBe(1)
    expect(receipt.ref).toEqual({ id: '1001' })
    expect(receipt.snapshot).toMatchObject({
      fields: { title: 'Crash', labels: ['a', 'b'], status: 'open' },
      createdByUs: true,
      comments: [],
    })
    expect((await bed.session.push(CREATE, 'key-1')).ref).toEqual({ id: '1001' })
    expect(bed.fake.ledger).toMatchObject([{ op: 'create', key: 'key-1', body: { external_id: 'T-7' } }])
  })

  it('refuses another container than the declared one, instead of making the item elsewhere', async () => {
    await expect(bed.session.push({ ...CREATE, container: 'OTHER' }, 'k')).rejects.toMatchObject({
      kind: 'invalid',
      field: 'container',
    })
    expect(bed.fake.ledger).toEqual([])
  })

  it('finds what holds our marker after a lost answer, clones too, and nothing else', async () => {
    bed.fake.set({ next: ['drop after'] })
    expect(await faultKind(bed.session.push(CREATE, 'key-1'))).toBe('unknown')
    bed.fake.make({ title: 'clone', external_id: 'T-7' })
    bed.fake.make({ title: 'other', external_id: 'T-77' })
    expect((await bed.session.find('T-7', bed.now())).map((each) => each.fields.title)).toEqual([
      'Crash',
      'clone',
    ])
  })

  it('updates, clears and moves by one call each', async () => {
    const { id } = bed.fake.make({ title: 'a', assignee_id: 'u-1', due: '2026-02-01' })
    const ref = { id }
    bed.fake.counts.calls = 0
    const updated = await bed.session.push(
      { op: 'update', ref, fields: { title: 'b', owner: null, due: null }, version: null },
      'k',
    )
    expect(updated.snapshot?.fields).toMatchObject({ title: 'b', owner: null, due: null })
    const moved = await bed.session.push({ op: 'transition', ref, to: 'fixed', fields: {} }, 'k2')
    expect(moved.snapshot).toMatchObject({ fields: { status: 'fixed' }, statusCategory: 'done' })
    expect(bed.fake.counts.calls).toBe(2)
  })

  it('names the field the tool refuses, so that it alone is held', async () => {
    const { id } = bed.fake.make({ title: 'a' })
    const push = bed.session.push(
      { op: 'update', ref: { id }, fields: { title: 'x'.repeat(300), priority: 'high' }, version: null },
      'k',
    )
    await expect(push).rejects.toMatchObject({
      kind: 'invalid',
      field: 'title',
      detail: expect.stringContaining('is longer than 255'),
    })
    const owner = bed.session.push(
      { op: 'update', ref: { id }, fields: { owner: 'nobody' }, version: null },
      'k',
    )
    await expect(owner).rejects.toMatchObject({ kind: 'invalid', field: 'owner' })
    const unknown = bed.session.push(
      { op: 'update', ref: { id }, fields: { component: 'x' }, version: null },
      'k',
    )
    await expect(unknown).rejects.toMatchObject({ kind: 'invalid', field: 'component' })
    expect(bed.fake.ledger).toHaveLength(1)
  })

  it('adds, edits and deletes comments with their visibility', async () => {
    const { id } = bed.fake.make({ title: 'a' })
    const ref = { id }
    const added = await bed.session.push(
      { op: 'comment.add', ref, visibility: 'internal', text: 'psst' },
      'k1',
    )
    await bed.session.push({ op: 'comment.add', ref, visibility: 'public', text: 'hello' }, 'k2')
    await bed.session.push({ op: 'comment.add', ref, visibility: 'public', text: 'hello' }, 'k2')
    const commentId = added.elementId ?? ''
    await bed.session.push({ op: 'comment.edit', ref, commentId, text: 'psst!' }, 'k3')
    expect(
      (await snapshotOf(id)).comments?.map(({ text, visibility, byUs }) => [text, visibility, byUs]),
    ).toEqual([
      ['psst!', 'internal', true],
      ['hello', 'public', true],
    ])
    await bed.session.push({ op: 'comment.delete', ref, commentId }, 'k4')
    await bed.session.push({ op: 'comment.delete', ref, commentId }, 'k5')
    expect((await snapshotOf(id)).comments).toHaveLength(1)
  })

  it('uploads and downloads the same bytes', async () => {
    const { id } = bed.fake.make({ title: 'a' })
    const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, n) => n % 256))
    const receipt = await bed.session.push(
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
    const download = await bed.session.download({ id }, receipt.elementId ?? '')
    const chunks: Uint8Array[] = []
    for await (const chunk of download.stream) chunks.push(chunk)
    expect(Buffer.concat(chunks).equals(bytes)).toBe(true)
  })
})

describe('check and describe', () => {
  it('names the account and finds nothing wrong', async () => {
    bed.fake.make({ title: 'a', assignee_id: 'u-1' })
    expect(await bed.session.check()).toEqual({
      tool: 'Fake Issues',
      account: { id: 'u-bot', name: 'Causeway', email: 'causeway@example.com' },
      problems: [],
    })
    expect((await bed.session.describe()).statuses).toContainEqual({ word: 'fixed', category: 'done' })
  })

  it('names the places of a declaration that do not fit the first item', async () => {
    bed.fake.make({ title: 'a' })
    const { declaration } = bed.fake
    const session = bed.connect({
      ...bed.fake.settings,
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
    const session = bed.connect({ declaration: 'tool: x' })
    expect((await session.check()).problems.length).toBeGreaterThan(0)
    expect(await faultKind(session.fetch({ id: '1' }))).toBe('auth')
    expect(bed.fake.counts.calls).toBe(0)
  })
})
