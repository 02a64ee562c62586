import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../../../test/support/api.ts'
import { SYSTEM } from '../../domain/actor.ts'
import type { NewEvent } from '../../domain/event.ts'
import { appendEvents } from '../../store/events.ts'

let api: TestApi
let url: string
let acme: { customerId: string; contactId: string }
let stranger: { customerId: string; contactId: string }
let ticketOfAcme: string
let ticketOfOther: string

const makeTicket = async (customer_id: string, number: number): Promise<string> => {
  const id = api.runner.newId()
  const at = api.clock.now
  await api.runner.db
    .insertInto('ticket')
    .values({
      id,
      number,
      key: `T-${number}`,
      kind: 'incident',
      state: 'new',
      title: 't',
      description: '{}',
      impact: 3,
      urgency: 2,
      customer_id,
      created_at: at,
      updated_at: at,
    })
    .execute()
  return id
}

/** Behind this ticket, on a work item that nobody outside knows of. */
const escalate = async (ticket_id: string) => {
  const [id, work_item_id] = [api.runner.newId(), api.runner.newId()]
  const times = { created_at: api.clock.now, updated_at: api.clock.now }
  const { db } = api.runner
  await db
    .insertInto('work_item')
    .values({
      ...{ id: work_item_id, number: 9001, key: 'W-9001', kind: 'defect', state: 'triage', title: 't' },
      ...{ description: '{}', status_moved_at: api.clock.now, ...times },
    })
    .execute()
  await db
    .insertInto('escalation')
    .values({ id, ticket_id, work_item_id, state: 'sent', sent_by: JSON.stringify(SYSTEM), ...times })
    .execute()
  return {
    escalation: { kind: 'escalation', id },
    workItem: { kind: 'work item', id: work_item_id },
  } as const
}

beforeAll(async () => {
  api = await openTestApi()
  url = await api.server.app.listen({ port: 0, host: '127.0.0.1' })
  acme = await api.customer('Acme')
  ticketOfAcme = await makeTicket(acme.customerId, 9001)
  stranger = await api.customer('Other')
  ticketOfOther = await makeTicket(stranger.customerId, 9002)
})
afterAll(() => api.close())

const append = async (...events: NewEvent[]): Promise<void> => {
  await api.runner.db
    .transaction()
    .execute((tx) => appendEvents(tx, { actor: SYSTEM, now: api.clock.now, newId: api.runner.newId }, events))
  api.runner.signal.notify()
}
const about = (id: string, kind: NewEvent['kind'], data: NewEvent['data'] = {}): NewEvent => ({
  kind,
  record: { kind: 'ticket', id },
  data,
})

interface Heard {
  readonly id: string
  readonly event: string
  readonly data: Readonly<Record<string, unknown>>
}

/** An open stream: `next(n)` resolves to the next n events. */
const listen = async (token: string, lastEventId?: string) => {
  const ended = new AbortController()
  const answer = await fetch(`${url}/api/v1/events`, {
    headers: {
      authorization: `Bearer ${token}`,
      ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
    },
    signal: ended.signal,
  })
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  const next = async (count: number): Promise<readonly Heard[]> => {
    const heard: Heard[] = []
    while (heard.length < count) {
      const end = text.indexOf('\n\n')
      if (end < 0) {
        const chunk = await reader?.read()
        if (chunk?.value === undefined) throw new Error('the stream ended')
        text += chunk.value
        continue
      }
      const lines = Object.fromEntries(
        text
          .slice(0, end)
          .split('\n')
          .map((one) => [one.slice(0, one.indexOf(':')), one.slice(one.indexOf(':') + 2)]),
      )
      text = text.slice(end + 2)
      if (lines['event'] !== undefined)
        heard.push({
          id: String(lines['id']),
          event: lines['event'],
          data: JSON.parse(String(lines['data'])),
        })
    }
    return heard
  }
  return { status: answer.status, next, close: () => ended.abort() }
}

it('sends what happens from now on, and everything missed to who resumes', async () => {
  const token = await api.tokenOf('agent')
  const first = await listen(token)
  await append(about(ticketOfAcme, 'ticket.changed', { n: 1 }))
  const [heard] = await first.next(1)
  expect(heard?.event).toBe('ticket.changed')
  first.close()
  await append(about(ticketOfAcme, 'ticket.changed', { n: 2 }), about(ticketOfAcme, 'ticket.taken', { n: 3 }))
  const second = await listen(token, heard?.id)
  const missed = await second.next(2)
  expect(missed.map((one) => (one.data['data'] as { n: number }).n)).toEqual([2, 3])
  second.close()
})

it('tells a customer only of their own tickets and of words for everyone, and nothing about engineering', async () => {
  const stream = await listen(await api.tokenOf('customer admin', { contactId: acme.contactId }))
  await append(
    about(ticketOfOther, 'ticket.changed'),
    about(ticketOfAcme, 'comment.added', { audience: 'staff' }),
    about(ticketOfAcme, 'comment.edited', {}),
    about(ticketOfAcme, 'escalation.sent', { to: 'Kernel team' }),
    about(ticketOfAcme, 'comment.added', { audience: 'everyone' }),
    about(ticketOfAcme, 'ticket.resolved', { by: 'Kernel team' }),
  )
  const heard = await stream.next(2)
  expect(heard.map((one) => one.event)).toEqual(['comment.added', 'ticket.resolved'])
  expect(JSON.stringify(heard)).not.toContain('Kernel')
  stream.close()
})

it('tells a customer that a ticket of theirs reads otherwise, when engineering moved, and not what moved', async () => {
  const stream = await listen(await api.tokenOf('customer admin', { contactId: acme.contactId }))
  const other = await listen(await api.tokenOf('customer admin', { contactId: stranger.contactId }))
  const { escalation, workItem } = await escalate(ticketOfAcme)
  await append(
    { kind: 'escalation.information-asked', record: escalation, data: { question: 'Kernel team asks' } },
    { kind: 'escalation.accepted', record: escalation, data: { by: 'Kernel team' } },
    { kind: 'work-item.moved', record: workItem, data: { to: 'started' } },
    about(ticketOfAcme, 'ticket.resolved'),
    about(ticketOfOther, 'ticket.resolved'),
  )
  const heard = await stream.next(3)
  expect(heard.map((one) => one.event)).toEqual(['ticket.changed', 'ticket.changed', 'ticket.resolved'])
  for (const one of heard)
    expect(one.data).toEqual({
      kind: one.event,
      at: expect.any(String),
      record: { kind: 'ticket', id: ticketOfAcme },
    })
  expect((await other.next(1)).map((one) => one.event)).toEqual(['ticket.resolved'])
  stream.close()
  other.close()
})

it('keeps words of support from engineering, and everything but the pipes from integrators', async () => {
  const engineer = await listen(await api.tokenOf('engineer'))
  const integrator = await listen(await api.tokenOf('integrator'))
  await append(
    about(ticketOfAcme, 'comment.added', { audience: 'support' }),
    about(ticketOfAcme, 'comment.added', { audience: 'engineering' }),
    { kind: 'connection.paused', record: null, data: {} },
  )
  expect((await engineer.next(2)).map((one) => one.event)).toEqual(['comment.added', 'connection.paused'])
  expect((await integrator.next(1)).map((one) => one.event)).toEqual(['connection.paused'])
  engineer.close()
  integrator.close()
})

it('tells an integrator which field crossed, and not the words that did', async () => {
  const integrator = await listen(await api.tokenOf('integrator'))
  const engineer = await listen(await api.tokenOf('engineer'))
  const words = [{ field: 'title', value: 'The vault opens by itself', before: 'Vault' }]
  await append(
    about(ticketOfAcme, 'mirror.synced', { mirror: 'm', key: 'RT-1', calls: ['update'], why: words }),
    about(ticketOfAcme, 'conflict.settled', { field: 'title~title', take: 'hub', hub: 'The vault opens' }),
  )
  const heard = await integrator.next(2)
  expect(heard.map((one) => one.data['data'])).toEqual([
    { mirror: 'm', key: 'RT-1', calls: ['update'] },
    { field: 'title~title', take: 'hub' },
  ])
  expect((await engineer.next(2)).map((one) => one.data['data'])).toMatchObject([
    { why: words },
    { hub: 'The vault opens' },
  ])
  integrator.close()
  engineer.close()
})

it('tells an admin that something happened, as the audit log does, and nothing that stands in it', async () => {
  const admin = await listen(await api.tokenOf('admin'))
  await append(
    about(ticketOfAcme, 'ticket.changed', { title: 'The vault opens by itself' }),
    about(ticketOfAcme, 'comment.added', { audience: 'support' }),
    { kind: 'settings.changed', record: null, data: { name: 'Acme' } },
  )
  const heard = await admin.next(3)
  expect(heard.map((one) => [one.event, one.data['data']])).toEqual([
    ['ticket.changed', {}],
    ['comment.added', {}],
    ['settings.changed', { name: 'Acme' }],
  ])
  admin.close()
})

it('tells engineering when words of support are opened to them', async () => {
  const engineer = await listen(await api.tokenOf('engineer'))
  await append(
    about(ticketOfAcme, 'attachment.added', { audience: 'support', name: 'salaries.pdf' }),
    about(ticketOfAcme, 'comment.audience-changed', { from: 'support', to: 'staff' }),
  )
  expect((await engineer.next(1)).map((one) => one.event)).toEqual(['comment.audience-changed'])
  engineer.close()
})

it('passes over no event whose transaction was open when a later number was there', async () => {
  const token = await api.tokenOf('agent')
  const stream = await listen(token)
  if (api.database.engine === 'postgres') {
    const slow = Promise.withResolvers<void>()
    const written = Promise.withResolvers<void>()
    const context = { actor: SYSTEM, now: api.clock.now, newId: api.runner.newId }
    const held = api.runner.db.transaction().execute(async (tx) => {
      await appendEvents(tx, context, [about(ticketOfAcme, 'ticket.changed', { n: 'slow' })])
      written.resolve()
      await slow.promise
    })
    await written.promise
    await append(about(ticketOfAcme, 'ticket.changed', { n: 'quick' }))
    slow.resolve()
    await held
    api.runner.signal.notify()
  } else {
    // the embedded engine runs one transaction at a time: the order cannot differ there
    await append(about(ticketOfAcme, 'ticket.changed', { n: 'slow' }))
    await append(about(ticketOfAcme, 'ticket.changed', { n: 'quick' }))
  }
  const heard = await stream.next(2)
  expect(heard.map((one) => (one.data['data'] as { n: string }).n)).toEqual(['slow', 'quick'])
  stream.close()
})

it('refuses an id that is not one, instead of starting somewhere', async () => {
  const stream = await listen(await api.tokenOf('agent'), 'yesterday')
  expect(stream.status).toBe(422)
})
