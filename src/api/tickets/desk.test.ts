import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../../../test/support/api.ts'
import type { Role } from '../../domain/words.ts'

type Json = Record<string, unknown>
let api: TestApi
let acme: { customerId: string; contactId: string }
let customer: string
const people = new Map<string, { readonly id: string; readonly token: string }>()

const ask = async (
  token: string,
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  payload?: object,
) => {
  const answer = await api.ask(token, method, path, payload)
  return { status: answer.statusCode, text: answer.body, json: answer.body === '' ? {} : answer.json<Json>() }
}
const of = (name: string): { readonly id: string; readonly token: string } => {
  const found = people.get(name)
  if (found === undefined) throw new Error(name)
  return found
}
const hire = async (name: string, role: Role): Promise<void> => {
  const id = api.runner.newId()
  const row = { id, name, email: `${name}@desk.test`, roles: [role], created_at: api.clock.now }
  await api.runner.db.insertInto('person').values(row).execute()
  people.set(name, { id, token: await api.tokenOf(role, { personId: id }) })
}
const ticket = async (title: string, more: Json = {}): Promise<string> => {
  const made = await ask(of('anna').token, 'POST', 'tickets', { title, description: 'x', ...more })
  return String(made.json['key'])
}
const say = (name: string, key: string, payload: Json) =>
  ask(of(name).token, 'POST', `tickets/${key}/comments`, payload)

beforeAll(async () => {
  api = await openTestApi()
  await hire('anna', 'agent')
  await hire('ben', 'agent')
  await hire('eva', 'engineer')
  acme = await api.customer('Acme')
  customer = await api.tokenOf('customer', { contactId: acme.contactId })
})
afterAll(() => api.close())

describe('a mention', () => {
  it('waits for whom it calls until they look, answer, or it is taken back', async () => {
    const key = await ticket('Vault opens')
    await say('anna', key, { text: '@eva please look', audience: 'staff', mentions: [of('eva').id] })
    const mentions = await ask(of('eva').token, 'GET', 'mentions')
    const [first] = mentions.json['items'] as Json[]
    expect(first).toMatchObject({
      record: { kind: 'ticket', key },
      by: { name: 'anna' },
      text: '@eva please look',
    })
    expect((await ask(of('ben').token, 'GET', 'mentions')).json).toEqual({ items: [] })
    // somebody else cannot look for them
    await ask(of('ben').token, 'POST', `mentions/${first?.['id']}/seen`)
    expect((await ask(of('eva').token, 'GET', 'mentions')).json['items']).toHaveLength(1)
    expect((await ask(of('eva').token, 'POST', `mentions/${first?.['id']}/seen`)).status).toBe(204)
    expect((await ask(of('eva').token, 'GET', 'mentions')).json).toEqual({ items: [] })
    await say('anna', key, { text: '@eva again', audience: 'staff', mentions: [of('eva').id] })
    await say('eva', key, { text: 'I am on it', audience: 'staff' })
    expect((await ask(of('eva').token, 'GET', 'mentions')).json).toEqual({ items: [] })
  })

  it('is refused where the customer would read a name from inside, or the called could not read the note', async () => {
    const key = await ticket('Vault opens')
    const mentions = [of('eva').id]
    expect((await say('anna', key, { text: 'x', audience: 'everyone', mentions })).json).toMatchObject({
      field: '/mentions',
    })
    const blind = await say('anna', key, { text: 'x', audience: 'support', mentions })
    expect([blind.status, blind.json['detail']]).toEqual([422, expect.stringContaining('eva may not read')])
  })
})

describe('a public reply', () => {
  it('is refused when somebody else answered since its writer looked, and sent when they say so', async () => {
    const key = await ticket('Export fails')
    const first = await say('ben', key, { text: 'We look into it.', audience: 'everyone' })
    const stale = await say('anna', key, { text: 'We look.', audience: 'everyone', answering: null })
    expect([stale.status, stale.json]).toMatchObject([
      412,
      { code: 'changed-meanwhile', field: '/answering' },
    ])
    expect(stale.json['detail']).toContain('ben wrote something')
    const seen = { text: 'We look.', audience: 'everyone', answering: first.json['id'] }
    expect((await say('anna', key, seen)).status).toBe(201)
    // one's own words are no surprise
    expect((await say('anna', key, { ...seen, text: 'More.' })).status).toBe(201)
    expect((await say('ben', key, { text: 'Anyway', audience: 'everyone' })).status).toBe(201)
  })
})

describe('who is in a ticket', () => {
  it('is told to the others who are, until they leave or fall silent; customers hear of nobody', async () => {
    const key = await ticket('Busy')
    const here = (name: string, typing = false) =>
      ask(of(name).token, 'POST', `tickets/${key}/presence`, { typing })
    expect((await here('anna', true)).json).toEqual({ items: [] })
    expect((await here('ben')).json).toMatchObject({ items: [{ name: 'anna', isTyping: true }] })
    expect((await here('anna')).json).toMatchObject({ items: [{ name: 'ben', isTyping: false }] })
    await ask(of('ben').token, 'DELETE', `tickets/${key}/presence`)
    expect((await here('anna')).json).toEqual({ items: [] })
    await here('ben')
    api.clock.now = new Date(api.clock.now.getTime() + 60_000)
    expect((await here('anna')).json).toEqual({ items: [] })
    expect((await ask(customer, 'POST', `tickets/${key}/presence`, { typing: false })).status).toBe(403)
  })
})

describe('links', () => {
  it('show on both tickets and are taken away from either; a customer reads of none', async () => {
    const [one, two] = [
      await ticket('One', { customer: acme.customerId, contact: acme.contactId }),
      await ticket('Two'),
    ]
    const { token } = of('anna')
    const made = await ask(token, 'POST', `tickets/${one}/links`, { ticket: two })
    expect(made.status).toBe(201)
    expect((await ask(token, 'POST', `tickets/${two}/links`, { ticket: one })).json['code']).toBe(
      'already-done',
    )
    await ask(token, 'POST', `tickets/${one}/links`, { url: 'https://wiki.test/vault', title: 'Vault notes' })
    const linksOf = async (key: string) =>
      ((await ask(token, 'GET', `tickets/${key}`)).json['inside'] as Json)['links'] as Json[]
    expect(await linksOf(one)).toMatchObject([{ ticket: { key: two } }, { url: 'https://wiki.test/vault' }])
    expect(await linksOf(two)).toMatchObject([{ ticket: { key: one } }])
    expect((await ask(customer, 'GET', `portal/requests/${one}`)).text).not.toContain('wiki.test')
    expect((await ask(token, 'DELETE', `tickets/${two}/links/${made.json['id']}`)).status).toBe(204)
    expect(await linksOf(one)).toHaveLength(1)
  })

  it('lead to the web and nowhere else', async () => {
    const key = await ticket('One')
    for (const url of ['javascript:alert(1)', 'file:///etc/passwd', 'https://', 'wiki'])
      expect((await ask(of('anna').token, 'POST', `tickets/${key}/links`, { url })).status).toBe(422)
  })
})

describe('a wrong merge', () => {
  it('is taken back to exactly what was before', async () => {
    const [one, two] = [await ticket('One'), await ticket('Two')]
    const { token } = of('anna')
    await ask(token, 'POST', `tickets/${one}/snooze`, { waitingFor: 'supplier' })
    await ask(token, 'POST', `tickets/${one}/merge`, { into: two })
    const target = (await ask(token, 'GET', `tickets/${two}`)).json['inside'] as Json
    expect(target['mergedFrom']).toMatchObject([{ key: one }])
    const back = await ask(token, 'POST', `tickets/${one}/unmerge`)
    expect(back.json).toMatchObject({
      state: 'waiting',
      waitingFor: 'supplier',
      mergedInto: null,
      closedAt: null,
    })
    expect((await ask(token, 'POST', `tickets/${one}/unmerge`)).json['code']).toBe('wrong-state')
  })
})

describe('a macro', () => {
  const write = (payload: Json) => ask(of('anna').token, 'POST', 'macros', payload)
  const base = { name: 'Fixed', team: null, audience: 'everyone', text: 'Hello {contact.name}', actions: {} }

  it('says and does in one step what it was made for, except what is left out', async () => {
    const actions = { assign: 'me', end: 'resolve', custom: { topic: 'vault' } }
    const macro = (await write({ ...base, actions })).json['id']
    const key = await ticket('Vault')
    const applied = await ask(of('anna').token, 'POST', `tickets/${key}/macro`, {
      ...{ macro, text: 'Hello Mia', audience: 'everyone', skip: ['custom'] },
    })
    expect([applied.status, typeof applied.json['id']]).toEqual([201, 'string'])
    const now = (await ask(of('anna').token, 'GET', `tickets/${key}`)).json
    expect(now).toMatchObject({ state: 'resolved', owner: { name: 'anna' }, inside: { custom: {} } })
  })

  it('does nothing at all when one part cannot be done', async () => {
    const macro = (await write({ ...base, name: 'End', actions: { end: 'resolve' } })).json['id']
    const key = await ticket('Vault')
    await ask(of('anna').token, 'POST', `tickets/${key}/cancel`)
    const applied = await ask(of('anna').token, 'POST', `tickets/${key}/macro`, {
      ...{ macro, text: 'A note', audience: 'staff' },
    })
    expect(applied.status).toBe(409)
    expect((await ask(of('anna').token, 'GET', `tickets/${key}/comments`)).json['items']).toEqual([])
  })

  it('is refused with what to do: unknown placeholders, two ends, nothing to say', async () => {
    expect((await write({ ...base, text: '{contact.nmae}' })).json['detail']).toContain('{contact.name}')
    const both = { end: 'resolve', snooze: { waitingFor: 'customer', days: 3 } }
    expect((await write({ ...base, actions: both })).json['field']).toBe('/actions/snooze')
    expect((await write({ ...base, text: ' ' })).json['field']).toBe('/text')
  })

  it('is offered to its team, and to nobody once archived', async () => {
    const team = api.runner.newId()
    const row = { id: team, key: 'night', name: 'Night desk', created_at: api.clock.now }
    await api.runner.db.insertInto('team').values(row).execute()
    await api.runner.db
      .insertInto('team_member')
      .values({ team_id: team, person_id: of('ben').id })
      .execute()
    const macro = (await write({ ...base, name: 'Night only', team: 'night' })).json['id']
    const names = async (name: string, query: string) =>
      ((await ask(of(name).token, 'GET', `macros?${query}`)).json['items'] as Json[]).map(
        (one) => one['name'],
      )
    expect(await names('ben', 'mine=true')).toContain('Night only')
    expect(await names('anna', 'mine=true')).not.toContain('Night only')
    expect(await names('anna', '')).toContain('Night only')
    await ask(of('anna').token, 'PATCH', `macros/${macro}`, { archived: true })
    expect(await names('ben', 'mine=true')).not.toContain('Night only')
    expect(await names('anna', 'archived=true')).toEqual(['Night only'])
    const key = await ticket('Vault')
    const applied = { macro, text: 'x', audience: 'staff' }
    expect((await ask(of('ben').token, 'POST', `tickets/${key}/macro`, applied)).status).toBe(409)
  })
})

describe('my move', () => {
  it('holds what is mine and nobody’s with since when it waits, and what wakes soon', async () => {
    const { token } = of('ben')
    const nobody = await ticket('Nobody’s')
    const mine = await ticket('Mine', { customer: acme.customerId, contact: acme.contactId })
    const waking = await ticket('Wakes')
    for (const key of [mine, waking]) await ask(token, 'POST', `tickets/${key}/take`)
    await say('ben', mine, { text: 'Which version?', audience: 'everyone', asks: true })
    api.clock.now = new Date(api.clock.now.getTime() + 3_600_000)
    await ask(customer, 'POST', `portal/requests/${mine}/replies`, { text: '4.2' })
    const answered = api.clock.now.toISOString()
    const until = new Date(api.clock.now.getTime() + 3_600_000).toISOString()
    await ask(token, 'POST', `tickets/${waking}/snooze`, { waitingFor: 'supplier', until })
    const items = (await ask(token, 'GET', 'my-move')).json['items'] as Json[]
    const found = new Map(items.map((item) => [item['key'], item]))
    expect(found.get(mine)).toMatchObject({ needs: 'needs next response', since: answered, promisedOn: null })
    expect(found.get(waking)).toMatchObject({ state: 'waiting', wakesAt: until })
    expect(found.get(nobody)).toMatchObject({ owner: null })
    expect(items.every((item) => item['owner'] === 'ben' || item['owner'] === null)).toBe(true)
  })
})

describe('what looks alike', () => {
  it('names tickets that share words, never the ticket itself', async () => {
    const [one, two] = [
      await ticket('Printer driver crashes on login'),
      await ticket('Printer driver crashes'),
    ]
    const found = await ask(of('anna').token, 'GET', `tickets/${one}/similar`)
    expect(found.json['tickets']).toMatchObject([{ key: two, words: ['printer', 'driver', 'crashe'] }])
    expect((await ask(customer, 'GET', `tickets/${one}/similar`)).status).toBe(403)
  })
})

describe('files that go along', () => {
  it('hang on the work item for engineering, while the ticket keeps its own', async () => {
    const { token } = of('anna')
    const ids = { team: api.runner.newId(), product: api.runner.newId() }
    const created_at = api.clock.now
    await api.runner.db
      .insertInto('team')
      .values({ id: ids.team, key: 'core', name: 'Core', created_at })
      .execute()
    const product = { id: ids.product, key: 'vault', name: 'Vault', team_id: ids.team, created_at }
    await api.runner.db.insertInto('product').values(product).execute()
    const key = await ticket('With a log', { product: 'vault' })
    const sent = await api.server.app.inject({
      ...{ method: 'POST', url: `/api/v1/tickets/${key}/attachments?name=a.log&audience=support` },
      ...{ headers: { authorization: `Bearer ${token}`, 'content-type': 'text/plain' }, payload: 'log' },
    })
    const file = sent.json<{ id: string }>().id
    const wrong = await ask(token, 'POST', `tickets/${key}/escalate`, { files: [api.runner.newId()] })
    expect(wrong.json['field']).toBe('/files')
    const escalated = await ask(token, 'POST', `tickets/${key}/escalate`, { files: [file] })
    const item = (escalated.json['workItem'] as Json)['key']
    const seen = await ask(of('eva').token, 'GET', `work-items/${item}/timeline`)
    const files = (seen.json['items'] as Json[]).filter((entry) => entry['type'] === 'attachment')
    expect(files).toMatchObject([{ attachment: { name: 'a.log', audience: 'engineering', state: 'stored' } }])
  })
})
