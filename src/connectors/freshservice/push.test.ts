import { describe, expect, it } from 'vitest'
import { isFault } from '../../sync/fault.ts'
import { openFakeSession } from './fake-session.ts'

const DATES = {
  'cf:planned_start_date': '2026-02-01T09:00:00Z',
  'cf:planned_end_date': '2026-02-01T10:00:00Z',
}

describe('making a record', () => {
  it.each([
    ['ticket', {}],
    ['problem', { due: '2026-02-01T09:00:00Z' }],
    ['change', DATES],
  ])('of kind %s gives what Freshservice demands beside the mapping', async (container, more) => {
    await using opened = await openFakeSession()
    const fields = { title: 'Made', ...more }
    const { ref } = await opened.push({ op: 'create', container, fields, marker: 'TK-1' })
    expect(ref).toEqual({ id: `${container}:1` })
    expect(await opened.session.fetch({ id: `${container}:1` })).toMatchObject({
      fields: { title: 'Made', description: '', status: 'Open' },
      createdByUs: true,
    })
    const found = await opened.session.find('TK-1', opened.now())
    expect(found.map((each) => each.ref.id)).toEqual([`${container}:1`])
  })

  it('makes no dates up: a problem without one is refused, and the field is named', async () => {
    await using opened = await openFakeSession()
    const made = opened.push({ op: 'create', container: 'problem', fields: { title: 'T' }, marker: 'TK-1' })
    await expect(made).rejects.toMatchObject({ kind: 'invalid', field: 'due' })
    expect(opened.fake.ledger).toEqual([])
  })

  it('makes no service requests, which come from the catalogue', async () => {
    await using opened = await openFakeSession()
    const fields = { title: 'T', type: 'Service Request' }
    const made = opened.push({ op: 'create', container: 'ticket', fields, marker: 'TK-1' })
    await expect(made).rejects.toMatchObject({ kind: 'invalid', field: 'type' })
  })
})

describe('changing a record', () => {
  it('names the field that is needed to close, and closes with it', async () => {
    await using opened = await openFakeSession()
    const ref = { id: `ticket:${opened.fake.people.create('ticket', 'T')}` }
    const close = (fields: object) =>
      opened.push({ op: 'transition', ref, to: 'Closed', fields: { ...fields } })
    await expect(close({})).rejects.toMatchObject({ kind: 'invalid', field: 'cf:Root cause' })
    await close({ 'cf:Root cause': 'Code' })
    expect(await opened.session.fetch(ref)).toMatchObject({ statusCategory: 'done' })
  })

  it('says when a priority matrix set the priority back, though Freshservice said that all was well', async () => {
    await using opened = await openFakeSession({ habits: { hasPriorityMatrix: true } })
    const ref = { id: `ticket:${opened.fake.people.create('ticket', 'T')}` }
    const write = opened.push({ op: 'update', ref, fields: { priority: 'Urgent' }, version: null })
    await expect(write).rejects.toMatchObject({ kind: 'invalid', field: 'priority' })
  })

  it('that lies in the trash is gone', async () => {
    await using opened = await openFakeSession()
    const id = opened.fake.people.create('problem', 'T')
    opened.fake.people.remove('problem', id)
    const ref = { id: `problem:${id}` }
    expect(await opened.session.fetch(ref)).toBe('gone')
    const write = opened.push({ op: 'update', ref, fields: { title: 'x' }, version: null })
    await expect(write).rejects.toMatchObject({ kind: 'gone' })
  })

  it('waits for a person when the account was suspended', async () => {
    await using opened = await openFakeSession()
    const ref = { id: `ticket:${opened.fake.people.create('ticket', 'T')}` }
    opened.fake.setFaults([{ fault: 'suspended', method: 'PUT' }])
    const write = opened.push({ op: 'update', ref, fields: { title: 'x' }, version: null })
    await expect(write).rejects.toMatchObject({ kind: 'auth' })
  })
})

describe('notes', () => {
  it.each(['problem', 'change'] as const)(
    'of a %s are internal, and nothing public is put there',
    async (kind) => {
      await using opened = await openFakeSession()
      const ref = { id: `${kind}:${opened.fake.people.create(kind, 'T')}` }
      const add = (visibility: 'public' | 'internal') =>
        opened.push({ op: 'comment.add', ref, visibility, text: '<p>A word</p>' })
      await expect(add('public')).rejects.toMatchObject({ kind: 'invalid' })
      const { elementId } = await add('internal')
      await opened.push({ op: 'comment.edit', ref, commentId: elementId ?? '', text: '<p>Another</p>' })
      expect(await opened.session.fetch(ref)).toMatchObject({
        comments: [{ id: elementId, text: '<p>Another</p>', visibility: 'internal', byUs: true }],
      })
      await opened.push({ op: 'comment.delete', ref, commentId: elementId ?? '' })
      expect(await opened.session.fetch(ref)).toMatchObject({ comments: [] })
    },
  )

  it('that come out public though they are internal are taken back at once', async () => {
    await using opened = await openFakeSession({ habits: { publishesNotes: true } })
    const ref = { id: `ticket:${opened.fake.people.create('ticket', 'T')}` }
    const add = opened.push({ op: 'comment.add', ref, visibility: 'internal', text: 'Secret' })
    await expect(add).rejects.toMatchObject({ kind: 'invalid' })
    expect(await opened.session.fetch(ref)).toMatchObject({ comments: [] })
  })

  it('are replies where the settings say so; a reply is mail, and cannot be edited', async () => {
    await using opened = await openFakeSession({}, { publicComments: 'reply' })
    const ref = { id: `ticket:${opened.fake.people.create('ticket', 'T')}` }
    const { elementId } = await opened.push({
      ...{ op: 'comment.add', ref, visibility: 'public', text: '<p>Dear all</p>' },
    })
    expect(opened.fake.calls.at(-1)).toBe('POST /api/v2/tickets/1/reply')
    const edit = opened.push({ op: 'comment.edit', ref, commentId: elementId ?? '', text: 'x' })
    await expect(edit).rejects.toMatchObject({ kind: 'invalid' })
  })
})

describe('files', () => {
  it('are not put on problems and changes, where nobody could tell whose they are', async () => {
    await using opened = await openFakeSession()
    const ref = { id: `problem:${opened.fake.people.create('problem', 'T')}` }
    const operation = {
      op: 'attach',
      ...{ ref, name: 'a.txt', mediaType: 'text/plain', size: 1, sha256: '' },
      visibility: 'internal',
    } as const
    await expect(opened.push(operation)).rejects.toMatchObject({ kind: 'invalid' })
  })

  it('on the ticket itself are public, and are read by an address that is asked for anew', async () => {
    await using opened = await openFakeSession()
    const id = opened.fake.people.create('ticket', 'T')
    opened.fake.people.attachToTicket(id, 'a.txt', Buffer.from('abc'))
    const ref = { id: `ticket:${id}` }
    const shown = await opened.session.fetch(ref)
    if (shown === 'gone') throw new Error('gone')
    expect(shown.attachments).toMatchObject([{ name: 'a.txt', visibility: 'public', size: 3 }])
    opened.later(3_600_000)
    const { stream } = await opened.session.download(ref, shown.attachments?.[0]?.id ?? '')
    const chunks: Uint8Array[] = []
    for await (const chunk of stream) chunks.push(chunk)
    expect(Buffer.concat(chunks).toString()).toBe('abc')
  })
})

describe('a fault at any call of a write', () => {
  const WRITES = {
    'an update by a version': (ref: { id: string }) =>
      ({ op: 'update', ref, fields: { priority: 'High' }, version: '2026-01-05T09:00:00Z' }) as const,
    'an internal note': (ref: { id: string }) =>
      ({ op: 'comment.add', ref, visibility: 'internal', text: 'Secret' }) as const,
    'a new record': () =>
      ({ op: 'create', container: 'ticket', fields: { title: 'T' }, marker: 'TK-1' }) as const,
  }
  const FAULTS = ['commit then lose', 'half body', 'rate', 'auth', 'server error', 'html'] as const

  it.each(Object.entries(WRITES))(
    'never calls %s done when it is not, nor not done when it is',
    async (_, write) => {
      for (const fault of FAULTS)
        for (let after = 0; after < 8; after += 1) {
          await using opened = await openFakeSession()
          const ref = { id: `ticket:${opened.fake.people.create('ticket', 'T')}` }
          opened.fake.setFaults([{ fault, after }])
          const outcome = await opened.push(write(ref)).then(
            () => 'done',
            (thrown: unknown) => (isFault(thrown) ? thrown.kind : Promise.reject(thrown)),
          )
          const writes = opened.fake.ledger.length
          if (outcome === 'done') expect([fault, after, writes]).toEqual([fault, after, 1])
          if (['down', 'invalid', 'gone', 'conflict'].includes(outcome))
            expect([fault, after, outcome, writes]).toEqual([fault, after, outcome, 0])
        }
    },
  )
})
