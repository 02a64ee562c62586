import { afterEach, describe, expect, it } from 'vitest'
import type { Operation } from '../../sync/connector.ts'
import { attaching, bench, closeAll, creation, START_MS, updating } from './client-bench.ts'
import { requestTracker } from './index.ts'

afterEach(closeAll)

describe('reading', () => {
  it('takes four requests for a whole ticket once the account and the fields are known, because each costs RT dearly', async () => {
    const { rt, fetched } = await bench()
    const id = await rt.byHand.create({ Requestor: ['customer'], Content: 'Hello' }, 'customer')
    await fetched(id)
    const before = rt.calls.length
    await fetched(id)
    expect(rt.calls.slice(before)).toEqual([
      `GET /ticket/${id}`,
      `GET /ticket/${id}/history`,
      `GET /ticket/${id}/attachments`,
      `GET /ticket/${id}/attachments`,
    ])
  })

  it('shows a merged ticket as gone, although RT answers with the other one', async () => {
    const { rt, session, fetched } = await bench()
    const [old, target] = [
      await rt.byHand.create({ Content: 'mine' }),
      await rt.byHand.create({ Content: 'yours' }),
    ]
    await rt.byHand.merge(old, target)
    expect(await session.fetch({ id: old })).toBe('gone')
    const merged = await fetched(target)
    expect(merged.fields.description).toBe('yours')
    expect(merged.comments?.map(({ text }) => text)).toEqual(['mine'])
  })

  it('shows a deleted ticket as gone, although RT still answers with it', async () => {
    const { rt, session } = await bench()
    const id = await rt.byHand.create({})
    await rt.byHand.remove(id)
    expect(await session.fetch({ id })).toBe('gone')
  })

  it('takes a ticket moved out of sight for a matter of that ticket, not of the whole connection', async () => {
    const { rt, session, push } = await bench()
    const id = await rt.byHand.create({})
    await rt.byHand.update(id, { Queue: 'Beacon' })
    rt.state.closedQueues.add('Beacon')
    await expect(session.fetch({ id })).rejects.toMatchObject({ kind: 'invalid' })
    await expect(push(updating(id, { title: 'x' }))).rejects.toMatchObject({ kind: 'invalid' })
  })

  it('reads a thread of more than one page to its end, even when hidden rows make every page short', async () => {
    const { rt, fetched } = await bench()
    const id = await rt.byHand.create({ Status: 'open' })
    rt.state.hidesMails = true
    for (let at = 1; at <= 120; at += 1) await rt.byHand.comment(id, `answer ${at}`, 'public')
    const { comments } = await fetched(id)
    expect(comments?.map(({ text }) => text)).toEqual(
      Array.from({ length: 120 }, (_, at) => `answer ${at + 1}`),
    )
  })

  it('asks for the address of a requestor who has not spoken, once', async () => {
    const { rt, fetched } = await bench()
    const id = await rt.byHand.create({ Requestor: ['customer'] })
    await fetched(id)
    const { people } = await fetched(id)
    expect(people).toEqual([{ id: 'customer', name: 'Carl Customer', email: 'customer@customer.example' }])
    expect(rt.calls.filter((call) => call === 'GET /user/customer')).toHaveLength(1)
  })

  it('knows a field of several values by its definition, also while it holds one', async () => {
    const { rt, fetched } = await bench()
    const id = await rt.byHand.create({ CustomFields: { Areas: ['import'], Severity: 'High' } })
    expect((await fetched(id)).fields).toMatchObject({ 'cf:Areas': ['import'], 'cf:Severity': 'High' })
  })
})

describe('writing', () => {
  it('names the field that RT did not take, in RT’s words, although the answer was 200', async () => {
    const { rt, push } = await bench()
    const id = await rt.byHand.create({})
    const write = push(updating(id, { title: 'New', 'cf:Severity': 'Worst' }))
    await expect(write).rejects.toMatchObject({
      kind: 'invalid',
      field: 'cf:Severity',
      detail: expect.stringContaining('Invalid value for custom field'),
    })
    expect(rt.state.tickets.get(Number(id))?.subject).toBe('New')
  })

  it('does not fault when RT drops a field of a new ticket, because the ticket is there', async () => {
    const { push, fetched } = await bench()
    const { ref } = await push(creation({ 'cf:Severity': 'Worst', owner: 'nobody-such' }))
    expect((await fetched(ref?.id ?? '')).fields).toMatchObject({
      title: 'Login fails',
      'cf:Severity': null,
      owner: null,
    })
  })

  it.each<[string, Operation, string]>([
    ['an unknown queue', { ...creation(), container: 'Nowhere' } as Operation, 'container'],
    ['an unknown status', creation({ status: 'nonsense' }), 'status'],
  ])('says which field RT refuses a ticket for: %s', async (_what, operation, field) => {
    const { push, rt } = await bench()
    await expect(push(operation)).rejects.toMatchObject({ kind: 'invalid', field })
    expect(rt.ledger).toEqual([])
  })

  it('finds a ticket whose creation was answered by nothing, so that no second one is made', async () => {
    const { rt, session, push } = await bench()
    rt.set([{ kind: 'commit then lose', method: 'POST' }])
    await expect(push(creation())).rejects.toMatchObject({ kind: 'unknown' })
    const found = await session.find('T-1', new Date(START_MS))
    expect(found.map(({ ref }) => ref.id)).toEqual(['1'])
    expect(rt.ledger.filter(({ op }) => op === 'create')).toHaveLength(1)
  })

  it('finds markers by their exact writing only, for RT compares without regard to case', async () => {
    const { session, push } = await bench()
    await push(creation())
    expect(await session.find('t-1', new Date(START_MS))).toEqual([])
    expect(await session.find("T-1' OR id > 0 OR CF.{CausewayKey} = '", new Date(START_MS))).toEqual([])
  })

  it('calls a write unknown when it cannot be read back, never undone', async () => {
    const { rt, push } = await bench()
    const id = await rt.byHand.create({})
    rt.set([{ kind: 'server error', method: 'GET', path: /^\/ticket\/1$/ }])
    await expect(push(updating(id, { title: 'New' }))).rejects.toMatchObject({ kind: 'unknown' })
  })

  it('refuses a stale version as a conflict and writes nothing', async () => {
    const { rt, push, fetched } = await bench()
    const id = await rt.byHand.create({})
    const { version } = await fetched(id)
    await rt.byHand.update(id, { Subject: 'Theirs' })
    await expect(push(updating(id, { title: 'Ours' }, version))).rejects.toMatchObject({ kind: 'conflict' })
    expect((await fetched(id)).fields.title).toBe('Theirs')
  })

  it('holds the requester of a ticket with several, because setting one would remove the others', async () => {
    const { rt, push } = await bench()
    const id = await rt.byHand.create({ Requestor: ['customer', 'agent'] })
    await expect(push(updating(id, { requester: 'root' }))).rejects.toMatchObject({ field: 'requester' })
    expect(rt.state.tickets.get(1)?.requestors).toEqual(['customer', 'agent'])
  })

  it('holds a changed description, for the first message of a ticket cannot be changed', async () => {
    const { rt, push } = await bench()
    const id = await rt.byHand.create({})
    await expect(push(updating(id, { description: 'x' }))).rejects.toMatchObject({ field: 'description' })
  })

  it('empties a field of more than 255 characters, which RT cannot find to remove', async () => {
    const { rt, push, fetched } = await bench()
    const id = await rt.byHand.create({ CustomFields: { Component: 'x'.repeat(400) } })
    await push(updating(id, { 'cf:Component': null }))
    expect((await fetched(id)).fields['cf:Component']).toBeNull()
  })

  it('keeps a comment of "0", which Perl takes for nothing', async () => {
    const { rt, push, fetched } = await bench()
    const id = await rt.byHand.create({})
    const { elementId } = await push({ op: 'comment.add', ref: { id }, visibility: 'internal', text: '0' })
    expect((await fetched(id)).comments).toMatchObject([
      { id: elementId, text: '0', visibility: 'internal', byUs: true },
    ])
  })

  it.each([
    ['Latin-1 text', 'text/plain', Buffer.from([0x67, 0xfc]), 'application/octet-stream'],
    ['UTF-8 text', 'text/plain; charset=utf-8', Buffer.from('grün'), 'text/plain'],
    ['text with a byte order mark', 'text/csv', Buffer.from('\uFEFFa;b'), 'application/octet-stream'],
    ['a mail', 'message/rfc822', Buffer.from('Subject: x\r\n\r\ny'), 'application/octet-stream'],
    ['an image', 'image/png', Buffer.from([0x89, 0x50, 0]), 'image/png'],
  ])('sends %s as a type whose bytes RT leaves alone', async (_what, mediaType, bytes, kept) => {
    const { rt, session, push } = await bench()
    const id = await rt.byHand.create({})
    const { elementId } = await push(attaching(id, 'größe “日本”.txt', mediaType, bytes.length), bytes)
    expect(rt.state.attachments.at(-1)).toMatchObject({ filename: 'größe “日本”.txt', mediaType: kept })
    const { stream } = await session.download({ id }, elementId ?? '')
    const chunks: Uint8Array[] = []
    for await (const chunk of stream) chunks.push(chunk)
    expect(Buffer.concat(chunks)).toEqual(bytes)
  })

  it('refuses an empty file before it is sent, for RT answers 400 to the whole message', async () => {
    const { rt, push } = await bench()
    const id = await rt.byHand.create({})
    const before = rt.calls.length
    await expect(push(attaching(id, 'empty', 'text/plain', 0))).rejects.toMatchObject({ kind: 'invalid' })
    expect(rt.calls.length).toBe(before)
  })
})

describe('webhooks of the fake', () => {
  it('are read by the connector, and each act rings once', async () => {
    const { rt } = await bench()
    const id = await rt.byHand.create({})
    await rt.byHand.comment(id, 'hello', 'public')
    const now = new Date(START_MS)
    const readings = rt.hooks.made.map(({ bytes, headers }) =>
      requestTracker.webhook?.({ bytes, headers, now }, rt.settings),
    )
    expect(readings).toEqual([
      { outcome: 'hints', refs: [{ id }], deliveryId: '1-40' },
      { outcome: 'hints', refs: [{ id }], deliveryId: '1-42.44' },
    ])
  })
})

describe('check', () => {
  it('finds nothing to say about a tool that is set up well', async () => {
    const { session } = await bench()
    const { account, problems } = await session.check()
    expect(account?.id).toBe('integration')
    expect(problems).toEqual([])
  })

  it('says in words what is missing', async () => {
    const { session } = await bench({}, { queues: ['Nowhere'], markerField: 'NoSuchField' })
    const { problems } = await session.check()
    expect(problems).toHaveLength(2)
    expect(problems.join(' ')).toMatch(/"Nowhere".*"NoSuchField"/)
  })
})
