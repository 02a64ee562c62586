import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../../../test/support/api.ts'
import { NOTHING_SHARED, type SharingPolicy } from '../../domain/sharing.ts'

let api: TestApi
let owner: string
beforeAll(async () => {
  api = await openTestApi()
  owner = await api.tokenOf('owner')
  await api.ask(owner, 'POST', 'products', { key: 'atlas', name: 'Atlas' })
})
afterAll(() => api.close())

const ALLOWED: Partial<SharingPolicy> = {
  create: true,
  reads: ['title', 'description', 'severity', 'workaround', 'custom.theirs'],
  writes: ['title', 'description', 'severity', 'custom.theirs'],
  status: 'shown',
  words: ['everyone'],
  publicWords: 'everyone',
  internalWords: null,
}

let count = 0
const makePartner = async (policy: Partial<SharingPolicy>) => {
  count += 1
  const made = await api.ask(owner, 'POST', 'partners', {
    name: `Acme ${count}`,
    policy: { ...NOTHING_SHARED, ...policy },
  })
  expect([made.statusCode, made.body]).toEqual([201, made.body])
  const { partner, token } = made.json()
  const ask = (
    method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE',
    path: string,
    payload?: object,
    key?: string,
  ) =>
    api.server.app.inject({
      method,
      url: `/partner/v1/${path}`,
      headers: {
        authorization: `Bearer ${token}`,
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      ...(payload === undefined ? {} : { payload }),
    })
  return { partner, token, ask }
}

const newItem = (marker: string, fields: object = {}) => ({
  marker,
  container: 'inbox',
  fields: { title: 'Export fails', description: 'It **stops**.', ...fields },
})

const ownTicket = async (fields: object = {}) =>
  (await api.ask(owner, 'POST', 'tickets', { title: 'Ours alone', description: 'x', ...fields })).json()

describe('a partner', () => {
  it('opens nothing with their token but what is for partners', async () => {
    const { token } = await makePartner(ALLOWED)
    for (const path of ['tickets', 'work-items', 'self', 'partners', 'connections'])
      expect((await api.ask(token, 'GET', path)).statusCode).toBe(401)
  })

  it('sees nothing that was there before they came, whatever they guess', async () => {
    const { ask } = await makePartner(ALLOWED)
    const ticket = await ownTicket()
    expect((await ask('GET', 'items')).json()).toEqual({ items: [], next: null })
    expect((await ask('GET', `items/${ticket.id}`)).statusCode).toBe(404)
    for (const [method, path, body] of [
      ['PATCH', `items/${ticket.id}`, { fields: { title: 'Theirs now' } }],
      ['POST', `items/${ticket.id}/comments`, { visibility: 'public', text: 'Hello' }],
      ['POST', `items/${ticket.id}/status`, { to: 'closed' }],
    ] as const)
      expect((await ask(method, path, body)).statusCode).toBe(404)
  })

  it('makes an item once for a marker, because an answer can be lost and the call repeated', async () => {
    const { ask } = await makePartner(ALLOWED)
    const first = await ask('POST', 'items', newItem('CW-1', { 'custom.theirs': 'A-17' }))
    expect(first.statusCode).toBe(201)
    expect(first.json()).toMatchObject({
      marker: 'CW-1',
      createdByYou: true,
      container: 'inbox',
      status: 'new',
      fields: { title: 'Export fails', description: 'It **stops**.', 'custom.theirs': 'A-17' },
    })
    const again = await ask('POST', 'items', newItem('CW-1'))
    expect(again.json().id).toBe(first.json().id)
    expect((await ask('GET', 'items?marker=CW-1')).json().items).toHaveLength(1)
    expect((await ask('GET', 'items?marker=CW-2')).json().items).toEqual([])
  })

  it('may make an item anew after the first was taken away from them', async () => {
    const { ask, partner } = await makePartner(ALLOWED)
    const first = (await ask('POST', 'items', newItem('CW-1'))).json()
    await api.ask(owner, 'DELETE', `partners/${partner.id}/records/${first.key}`)
    const again = await ask('POST', 'items', newItem('CW-1'))
    expect([again.statusCode, again.json().id === first.id]).toEqual([201, false])
  })

  it('is shown what was taken away and made anew once more, without the marker, because another has it now', async () => {
    const { ask, partner } = await makePartner(ALLOWED)
    const share = (key: string) => api.ask(owner, 'PUT', `partners/${partner.id}/records/${key}`)
    const takeAway = (key: string) => api.ask(owner, 'DELETE', `partners/${partner.id}/records/${key}`)
    const marked = async (): Promise<string[]> =>
      (await ask('GET', 'items?marker=CW-1')).json().items.map((one: { id: string }) => one.id)
    const first = (await ask('POST', 'items', newItem('CW-1'))).json()
    await takeAway(first.key)
    await share(first.key)
    expect(await marked(), 'nobody took it meanwhile').toEqual([first.id])
    await takeAway(first.key)
    const second = (await ask('POST', 'items', newItem('CW-1'))).json()
    expect((await share(first.key)).statusCode).toBe(200)
    expect((await ask('GET', `items/${first.id}`)).json()).toMatchObject({ marker: null, createdByYou: true })
    expect(await marked()).toEqual([second.id])
    await takeAway(second.key)
    expect((await share(second.key)).statusCode).toBe(200)
    expect(await marked()).toEqual([second.id])
  })

  it('changes what the policy lets them, and nothing of a call that asks for more', async () => {
    const { ask } = await makePartner(ALLOWED)
    const { id, version } = (await ask('POST', 'items', newItem('CW-1'))).json()
    expect(
      (await ask('PATCH', `items/${id}`, { fields: { severity: 'high' }, version })).json(),
    ).toMatchObject({
      fields: { severity: 'high' },
    })
    const refused = await ask('PATCH', `items/${id}`, { fields: { title: 'B', workaround: 'Do not' } })
    expect([refused.statusCode, refused.json().detail]).toEqual([
      403,
      '“workaround” is not yours to change here.',
    ])
    expect((await ask('GET', `items/${id}`)).json().fields.title).toBe('Export fails')
    const stale = await ask('PATCH', `items/${id}`, { fields: { title: 'B' }, version })
    expect([stale.statusCode, stale.json().code]).toEqual([412, 'changed-meanwhile'])
    expect((await ask('POST', `items/${id}/status`, { to: 'closed' })).statusCode).toBe(403)
    const wrong = await ask('PATCH', `items/${id}`, { fields: { severity: 'very' } })
    expect([wrong.statusCode, wrong.json().code]).toEqual([422, 'invalid'])
  })

  it('reads the words that are for customers, and no note, and takes back only their own', async () => {
    const { ask } = await makePartner(ALLOWED)
    const { id } = (await ask('POST', 'items', newItem('CW-1'))).json()
    const said = await ask(
      'POST',
      `items/${id}/comments`,
      { visibility: 'public', text: 'Any *news*?' },
      'k1',
    )
    const twice = await ask(
      'POST',
      `items/${id}/comments`,
      { visibility: 'public', text: 'Any *news*?' },
      'k1',
    )
    expect([said.statusCode, twice.json()]).toEqual([201, said.json()])
    await api.ask(owner, 'POST', `tickets/${id}/comments`, { text: 'Soon.', audience: 'everyone' })
    await api.ask(owner, 'POST', `tickets/${id}/comments`, { text: 'They nag.', audience: 'staff' })
    const seen = (await ask('GET', `items/${id}`)).json()
    expect(
      seen.comments.map((one: { text: string; byYou: boolean; author: unknown }) => [one.text, one.byYou]),
    ).toEqual([
      ['Any _news_?', true],
      ['Soon.', false],
    ])
    expect(seen.comments[1].author).toBeNull()
    expect((await ask('PUT', `comments/${seen.comments[0].id}`, { text: 'News?' })).statusCode).toBe(204)
    expect((await ask('PUT', `comments/${seen.comments[1].id}`, { text: 'Never.' })).statusCode).toBe(404)
    expect((await ask('DELETE', `comments/${seen.comments[1].id}`)).statusCode).toBe(404)
    expect((await ask('DELETE', `comments/${seen.comments[0].id}`)).statusCode).toBe(204)
    const internal = await ask('POST', `items/${id}/comments`, { visibility: 'internal', text: 'psst' })
    expect(internal.statusCode).toBe(403)
  })

  it('sees nothing of another partner, nor whether it exists', async () => {
    const [a, b] = [await makePartner(ALLOWED), await makePartner(ALLOWED)]
    const { id } = (await a.ask('POST', 'items', newItem('CW-1'))).json()
    expect((await b.ask('GET', `items/${id}`)).statusCode).toBe(404)
    expect((await b.ask('GET', 'items?marker=CW-1')).json().items).toEqual([])
    expect((await b.ask('POST', 'items', newItem('CW-1'))).json().id).not.toBe(id)
  })

  /** All that is told after a cursor, until this is among it: an event is told once no older transaction is open. */
  const hearUntil = async (
    ask: Awaited<ReturnType<typeof makePartner>>['ask'],
    after: string,
    isThere: (heard: { items: readonly string[]; gone: readonly string[] }) => boolean,
    limit = 100,
  ) => {
    const heard = { items: [] as string[], gone: [] as string[], cursor: after }
    const hear = async (): Promise<boolean> => {
      const page = (await ask('GET', `changes?after=${heard.cursor}&limit=${limit}`)).json()
      heard.items.push(...page.items.map((one: { id: string }) => one.id))
      heard.gone.push(...page.gone)
      heard.cursor = page.cursor
      return !page.more && isThere(heard)
    }
    await expect.poll(hear, { timeout: 20_000, interval: 20 }).toBe(true)
    return heard
  }

  it('is told what changed since they last asked, and what is no longer shared', async () => {
    const { ask, partner } = await makePartner(ALLOWED)
    const start = (await ask('GET', 'changes')).json()
    expect(start).toMatchObject({ items: [], gone: [], more: false })
    const mine = (await ask('POST', 'items', newItem('CW-1'))).json()
    const ticket = await ownTicket()
    await api.ask(owner, 'POST', `tickets/${mine.id}/comments`, { text: 'Soon.', audience: 'everyone' })
    const first = await hearUntil(ask, start.cursor, ({ items }) => items.includes(mine.id))
    expect([first.items.includes(ticket.id), first.gone]).toEqual([false, []])
    await api.ask(owner, 'PUT', `partners/${partner.id}/records/${ticket.key}`)
    const shared = await hearUntil(ask, first.cursor, ({ items }) => items.includes(ticket.id))
    await api.ask(owner, 'DELETE', `partners/${partner.id}/records/${ticket.key}`)
    const gone = await hearUntil(ask, shared.cursor, (heard) => heard.gone.includes(ticket.id))
    expect(gone.items).not.toContain(ticket.id)
    expect((await ask('GET', 'changes?after=nonsense')).statusCode).toBe(422)
  })

  it('goes through a page that one event filled, record by record', async () => {
    const { ask } = await makePartner(ALLOWED)
    const { cursor } = (await ask('GET', 'changes')).json()
    const ids: string[] = []
    for (let at = 0; at < 5; at += 1) ids.push((await ask('POST', 'items', newItem(`CW-${at}`))).json().id)
    const heard = await hearUntil(ask, cursor, ({ items }) => ids.every((id) => items.includes(id)), 2)
    expect([...new Set(heard.items)].sort()).toEqual([...ids].sort())
    const list: string[] = []
    for (let at: string | null = ''; at !== null; ) {
      const page: { items: { id: string }[]; next: string | null } = (
        await ask('GET', `items?limit=2${at === '' ? '' : `&after=${at}`}`)
      ).json()
      list.push(...page.items.map((one) => one.id))
      at = page.next
    }
    expect(list).toEqual([...ids].sort())
  })

  it('has all records of a product that the policy names', async () => {
    const { ask } = await makePartner({ ...ALLOWED, products: ['atlas'] })
    const ticket = await ownTicket({ product: 'atlas' })
    expect((await ask('GET', `items/${ticket.id}`)).json()).toMatchObject({
      container: 'atlas',
      createdByYou: false,
    })
    expect((await ask('GET', 'about')).json().containers.map((one: { id: string }) => one.id)).toEqual([
      'atlas',
      'inbox',
    ])
    const elsewhere = await ask('POST', 'items', { ...newItem('CW-9'), container: 'other' })
    expect(elsewhere.statusCode).toBe(403)
  })

  it('opens a file that stands in an item of theirs, and no other', async () => {
    const { ask, token } = await makePartner({ ...ALLOWED, files: true })
    const { id } = (await ask('POST', 'items', newItem('CW-1'))).json()
    const hang = async (url: string, who: string) =>
      (
        await api.server.app.inject({
          method: 'POST',
          url,
          headers: { authorization: `Bearer ${who}`, 'content-type': 'image/png' },
          payload: Buffer.from('png'),
        })
      ).json().id
    const theirs = await hang(`/partner/v1/items/${id}/attachments?name=a.png&visibility=public`, token)
    const internal = await hang(`/api/v1/tickets/${id}/attachments?name=b.png&audience=staff`, owner)
    const open = await hang(`/api/v1/tickets/${id}/attachments?name=c.png&audience=everyone`, owner)
    const seen = (await ask('GET', `items/${id}`)).json().attachments
    expect(seen.map((one: { id: string; byYou: boolean }) => [one.id, one.byYou])).toEqual([
      [theirs, true],
      [open, false],
    ])
    expect((await ask('GET', `attachments/${theirs}/content`)).body).toBe('png')
    expect((await ask('GET', `attachments/${open}/content`)).statusCode).toBe(200)
    expect((await ask('GET', `attachments/${internal}/content`)).statusCode).toBe(404)
    expect((await ask('DELETE', `attachments/${open}`)).statusCode).toBe(404)
    expect((await ask('DELETE', `attachments/${theirs}`)).statusCode).toBe(204)
  })

  it('may leave, and may be left: the token then says that it ended', async () => {
    const [leaving, left] = [await makePartner(ALLOWED), await makePartner(ALLOWED)]
    expect((await leaving.ask('DELETE', 'about')).statusCode).toBe(204)
    expect((await api.ask(owner, 'POST', `partners/${left.partner.id}/end`)).statusCode).toBe(200)
    for (const { ask, partner } of [leaving, left]) {
      const answer = await ask('GET', 'about')
      expect([answer.statusCode, answer.json().code]).toEqual([410, 'sharing-ended'])
      const shown = (await api.ask(owner, 'GET', `partners/${partner.id}`)).json()
      expect([shown.endedBy, shown.endedAt === null]).toEqual([
        partner === leaving.partner ? 'them' : 'us',
        false,
      ])
    }
  })

  it('is named in the log, also once they left', async () => {
    const { ask, partner } = await makePartner(ALLOWED)
    await ask('DELETE', 'about')
    const { items } = (await api.ask(owner, 'GET', 'audit?limit=1')).json()
    expect(items[0]).toMatchObject({ kind: 'partner.ended', record: { kind: 'partner', name: partner.name } })
  })

  it('opens nothing with a token that was replaced', async () => {
    const { ask, partner } = await makePartner(ALLOWED)
    const renewed = await api.ask(owner, 'POST', `partners/${partner.id}/token`)
    expect((await ask('GET', 'about')).statusCode).toBe(401)
    const now = await api.server.app.inject({
      method: 'GET',
      url: '/partner/v1/about',
      headers: { authorization: `Bearer ${renewed.json().token}` },
    })
    expect(now.statusCode).toBe(200)
  })
})

describe('a policy', () => {
  it.each([
    ['a field there is not', { reads: ['colour'] }, '/policy/reads/0'],
    ['a change of what cannot be read', { writes: ['title'] }, '/policy/writes/0'],
    [
      'a change of what only we can say',
      { reads: ['release.planned'], writes: ['release.planned'] },
      '/policy/writes/0',
    ],
    ['a person’s name where names stay here', { reads: ['owner'] }, '/policy/reads/0'],
    ['new items without a title', { create: true }, '/policy/writes'],
    ['a product there is not', { products: ['nowhere'] }, '/policy/products'],
    ['a customer there is not', { customer: 'Nobody' }, '/policy/customer'],
  ])('is refused with %s', async (_what, policy, field) => {
    const answer = await api.ask(owner, 'POST', 'partners', {
      name: 'Wrong',
      policy: { ...NOTHING_SHARED, ...policy },
    })
    expect([answer.statusCode, answer.json().field]).toEqual([422, field])
  })

  it('shows in its preview exactly what goes over the wire, before and after it is saved', async () => {
    const { ask, partner } = await makePartner(ALLOWED)
    const { id } = (await ask('POST', 'items', newItem('CW-1'))).json()
    await api.ask(owner, 'POST', `tickets/${id}/comments`, { text: 'Soon.', audience: 'everyone' })
    const preview = async (body: object) =>
      (await api.ask(owner, 'POST', `partners/${partner.id}/preview`, body)).json().item
    expect(await preview({ ref: 'T-999' })).toBeNull()
    expect(await preview({ ref: id })).toEqual((await ask('GET', `items/${id}`)).json())
    const narrower = { ...NOTHING_SHARED, ...ALLOWED, reads: ['title'], writes: ['title'], words: [] }
    const thought = await preview({ ref: id, policy: narrower })
    expect([Object.keys(thought.fields), thought.comments]).toEqual([['title'], []])
    const saved = await api.ask(owner, 'PUT', `partners/${partner.id}`, {
      name: partner.name,
      policy: narrower,
      version: partner.version,
    })
    expect(saved.statusCode).toBe(200)
    expect((await ask('GET', `items/${id}`)).json()).toEqual(thought)
  })
})
