import { describe, expect, it } from 'vitest'
import type { Snapshot, ToolFields } from '../../sync/snapshot.ts'
import { type FakeSession, openFakeSession } from './fake-session.ts'

const shown = async ({ session }: FakeSession, id: number): Promise<Snapshot> => {
  const snapshot = await session.fetch({ id: String(id) })
  if (snapshot === 'gone') throw new Error(`ticket ${id} is gone`)
  return snapshot
}

const refOf = (id: number) => ({ id: String(id) })

const update = (zendesk: FakeSession, id: number, fields: ToolFields, version: string | null = null) =>
  zendesk.push({ op: 'update', ref: refOf(id), fields, version })

const create = async (zendesk: FakeSession, fields: ToolFields, key?: string): Promise<number> => {
  const operation = { op: 'create', container: 'Support', fields, marker: 'TK-1' } as const
  return Number((await zendesk.push(operation, key)).ref?.id)
}

describe('tags and dropdowns', () => {
  it('are kept apart: another option takes the first one’s tag away, and labels stay', async () => {
    await using zendesk = await openFakeSession()
    const id = await create(zendesk, { title: 'T', labels: ['vip'], 'cf:Severity': 'Severity high' })
    await update(zendesk, id, { 'cf:Severity': 'Severity low' })
    expect(zendesk.fake.state.tickets.get(id)?.tags).toEqual(['vip', 'severity_low'])
    expect((await shown(zendesk, id)).fields).toMatchObject({
      labels: ['vip'],
      'cf:Severity': 'Severity low',
    })
  })

  it('are written together: labels that are replaced empty no dropdown, though tags are all one to Zendesk', async () => {
    await using zendesk = await openFakeSession()
    const fields = {
      title: 'T',
      'cf:Severity': 'Severity high',
      'cf:Areas': ['Export'],
      'cf:Regression': true,
    }
    const id = await create(zendesk, fields)
    await update(zendesk, id, { labels: ['Needs Reply', 'vip'] })
    expect((await shown(zendesk, id)).fields).toMatchObject({ ...fields, labels: ['needs_reply', 'vip'] })
  })

  it('change in one call without one undoing the other', async () => {
    await using zendesk = await openFakeSession()
    const id = await create(zendesk, { title: 'T', 'cf:Severity': 'Severity high', labels: ['old'] })
    await update(zendesk, id, { labels: ['new'], 'cf:Severity': 'Severity low' })
    expect((await shown(zendesk, id)).fields).toMatchObject({
      labels: ['new'],
      'cf:Severity': 'Severity low',
    })
  })

  it('are a conflict when somebody tagged the ticket between our look and our write', async () => {
    await using zendesk = await openFakeSession()
    const id = zendesk.fake.people.create('T')
    const { version } = await shown(zendesk, id)
    zendesk.later(1_000)
    zendesk.fake.people.edit(id, { tags: ['theirs'] })
    await expect(update(zendesk, id, { labels: ['ours'] }, version)).rejects.toMatchObject({
      kind: 'conflict',
    })
    expect((await shown(zendesk, id)).fields.labels).toEqual(['theirs'])
  })
})

describe('a comment', () => {
  it('says in every write whether it is public, because Zendesk takes silence for yes', async () => {
    await using zendesk = await openFakeSession()
    const id = zendesk.fake.people.create('T')
    for (const visibility of ['internal', 'public'] as const)
      await zendesk.push({ op: 'comment.add', ref: refOf(id), visibility, text: `<p>${visibility}</p>` })
    const kept = zendesk.fake.state.tickets.get(id)?.comments.map(({ isPublic }) => isPublic)
    expect(kept).toEqual([true, false, true])
  })

  it('of a light agent is refused when it should be public, since it would reach nobody', async () => {
    await using zendesk = await openFakeSession()
    zendesk.fake.become({ onlyPrivate: true })
    const id = zendesk.fake.people.create('T')
    const operation = {
      op: 'comment.add',
      ref: refOf(id),
      visibility: 'public',
      text: '<p>Hello</p>',
    } as const
    await expect(zendesk.push(operation)).rejects.toMatchObject({ kind: 'invalid' })
    expect((await shown(zendesk, id)).comments?.map(({ visibility }) => visibility)).toEqual(['internal'])
  })

  it('that opens a ticket and is internal is no description, which customers’ pages show', async () => {
    await using zendesk = await openFakeSession()
    const id = zendesk.fake.people.create('T', { comment: { html_body: '<p>Secret</p>', public: false } })
    const { fields, comments } = await shown(zendesk, id)
    expect(fields.description).toBe('')
    expect(comments).toMatchObject([{ text: '<p>Secret</p>', visibility: 'internal' }])
  })
})

describe('a file', () => {
  const attach = (zendesk: FakeSession, id: number, name: string) =>
    zendesk.session.push(
      {
        op: 'attach',
        ref: refOf(id),
        name,
        mediaType: 'text/plain',
        size: 4,
        sha256: '',
        visibility: 'internal',
      },
      'k',
      async function* () {
        yield Buffer.from('data')
      },
    )

  it('is carried by a comment that is nobody’s word, and stays internal with it', async () => {
    await using zendesk = await openFakeSession()
    const id = zendesk.fake.people.create('T')
    const { elementId } = await attach(zendesk, id, 'a <b> & c.log')
    const { comments, attachments } = await shown(zendesk, id)
    expect(comments).toEqual([])
    expect(attachments).toMatchObject([
      { id: elementId, name: 'a <b> & c.log', visibility: 'internal', byUs: true, commentId: null },
    ])
  })

  it('in which Zendesk found malware is listed and not given', async () => {
    await using zendesk = await openFakeSession()
    const id = zendesk.fake.people.create('T')
    const { elementId } = await attach(zendesk, id, 'malware.exe')
    const download = zendesk.session.download(refOf(id), elementId ?? '')
    await expect(download).rejects.toMatchObject({ kind: 'invalid' })
  })

  it('stays unless the settings let it be redacted, because redacting is for ever', async () => {
    await using zendesk = await openFakeSession()
    const id = zendesk.fake.people.create('T')
    const { elementId } = await attach(zendesk, id, 'a.log')
    const detach = { op: 'detach', ref: refOf(id), attachmentId: elementId ?? '' } as const
    const careful = zendesk.another({ redactFiles: false })
    await expect(careful.push(detach, 'k')).rejects.toMatchObject({ kind: 'invalid' })
    expect((await shown(zendesk, id)).attachments).toHaveLength(1)
    await zendesk.push(detach)
    expect((await shown(zendesk, id)).attachments).toEqual([])
  })
})

describe('a status', () => {
  it('that wants a field names it when it is missing', async () => {
    await using zendesk = await openFakeSession()
    const id = await create(zendesk, { title: 'T', owner: '900002' })
    const solve = { op: 'transition', ref: refOf(id), to: 'Solved', fields: {} } as const
    await expect(zendesk.push(solve)).rejects.toMatchObject({ kind: 'invalid', field: 'cf:Root cause' })
    await zendesk.push({ ...solve, fields: { 'cf:Root cause': 'Code' } })
    expect((await shown(zendesk, id)).fields.status).toBe('Solved')
  })

  it('of a ticket that nobody has wants an assignee, and says so', async () => {
    await using zendesk = await openFakeSession()
    const id = await create(zendesk, { title: 'T' })
    const fields = { 'cf:Root cause': 'Code' }
    const solve = zendesk.push({ op: 'transition', ref: refOf(id), to: 'Solved', fields })
    await expect(solve).rejects.toMatchObject({ kind: 'invalid', field: 'owner' })
  })

  it('closed is the last one: nothing is offered after it, and a write is refused in words', async () => {
    await using zendesk = await openFakeSession()
    const id = zendesk.fake.people.create('T')
    const ticket = zendesk.fake.state.tickets.get(id)
    if (ticket !== undefined) ticket.status = 'closed'
    expect((await shown(zendesk, id)).nextStatuses).toEqual([])
    await expect(update(zendesk, id, { title: 'Late' })).rejects.toMatchObject({
      kind: 'invalid',
      detail: expect.stringContaining('closed'),
    })
  })
})

describe('a write', () => {
  it('that a trigger sets back is said to be so, instead of being repeated for ever', async () => {
    await using zendesk = await openFakeSession()
    zendesk.fake.state.triggers.push({ title: 'VIP', when: () => true, set: { priority: 'urgent' } })
    const id = zendesk.fake.people.create('T')
    await expect(update(zendesk, id, { priority: 'low' })).rejects.toMatchObject({
      kind: 'invalid',
      field: 'priority',
      detail: expect.stringContaining('trigger'),
    })
  })

  it('of a due date is refused for what is no task, since Zendesk drops it without a word', async () => {
    await using zendesk = await openFakeSession()
    const id = await create(zendesk, { title: 'T', type: 'incident' })
    await expect(update(zendesk, id, { due: '2026-02-01' })).rejects.toMatchObject({ field: 'due' })
    await update(zendesk, id, { type: 'task', due: '2026-02-01' })
    expect((await shown(zendesk, id)).fields.due).toBe('2026-02-01T12:00:00Z')
  })

  it('whose audit cannot be read is unknown, because it is done', async () => {
    await using zendesk = await openFakeSession()
    const id = zendesk.fake.people.create('T')
    const { version } = await shown(zendesk, id)
    zendesk.fake.setFaults([{ fault: 'rate', path: /\/audits$/ }])
    const operation = { op: 'transition', ref: refOf(id), to: 'Pending', fields: {}, since: version } as const
    await expect(zendesk.push(operation)).rejects.toMatchObject({ kind: 'unknown' })
  })

  it('of the title is one call, and of a title by its version too', async () => {
    await using zendesk = await openFakeSession()
    const id = zendesk.fake.people.create('T')
    const { version } = await shown(zendesk, id)
    zendesk.newCalls()
    await update(zendesk, id, { title: 'New' }, version)
    expect(zendesk.newCalls()).toEqual([`PUT /api/v2/tickets/${id}`])
  })

  it('that meets another of the same instant is a conflict, and maintenance a time to wait', async () => {
    await using zendesk = await openFakeSession()
    const id = zendesk.fake.people.create('T')
    zendesk.fake.setFaults([{ fault: 'busy', method: 'PUT' }])
    await expect(update(zendesk, id, { title: 'New' })).rejects.toMatchObject({ kind: 'conflict' })
    zendesk.fake.setFaults([{ fault: 'maintenance', method: 'PUT' }])
    const retryAt = new Date(zendesk.now().getTime() + 60_000)
    await expect(update(zendesk, id, { title: 'New' })).rejects.toMatchObject({ kind: 'rate', retryAt })
  })
})

describe('a new ticket', () => {
  it('is made once by one key, and a key that was used for other words makes none: the marker tells', async () => {
    await using zendesk = await openFakeSession()
    const id = await create(zendesk, { title: 'T' }, 'one')
    expect(await create(zendesk, { title: 'T' }, 'one')).toBe(id)
    await expect(create(zendesk, { title: 'Other' }, 'one')).rejects.toMatchObject({ kind: 'unknown' })
    expect(zendesk.fake.ledger.filter(({ op }) => op === 'create')).toHaveLength(1)
    const found = await zendesk.session.find('TK-1', zendesk.now())
    expect(found.map(({ ref }) => ref.id)).toEqual([String(id)])
  })

  it('is another one when the key is older than two hours, which is why the marker counts', async () => {
    await using zendesk = await openFakeSession()
    const id = await create(zendesk, { title: 'T' }, 'one')
    zendesk.later(3 * 60 * 60 * 1000)
    expect(await create(zendesk, { title: 'T' }, 'one')).not.toBe(id)
  })

  it('without words gets a dash, which is shown as no description', async () => {
    await using zendesk = await openFakeSession()
    const id = await create(zendesk, { title: 'T' })
    const { fields, comments } = await shown(zendesk, id)
    expect([fields.description, comments]).toEqual(['', []])
  })

  it('of a customer is theirs, though we made it', async () => {
    await using zendesk = await openFakeSession()
    const id = await create(zendesk, { title: 'T', requester: '900013' })
    const { fields, createdByUs, people } = await shown(zendesk, id)
    expect([fields.requester, createdByUs]).toEqual(['900013', true])
    expect(people).toMatchObject([{ id: '900013', email: 'customer@example.org' }])
  })

  it('takes a brand, which an update refuses, and an organisation by its name', async () => {
    await using zendesk = await openFakeSession()
    const id = await create(zendesk, { title: 'T', 'cf:brand': 'Main' })
    await expect(update(zendesk, id, { 'cf:brand': 'Main' })).rejects.toMatchObject({ field: 'cf:brand' })
    await update(zendesk, id, { 'cf:organization': 'Example & Sons' })
    expect((await shown(zendesk, id)).fields['cf:organization']).toBe('Example & Sons')
    await expect(update(zendesk, id, { 'cf:organization': 'Nobody' })).rejects.toMatchObject({
      field: 'cf:organization',
    })
  })
})
