import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../../../test/support/api.ts'

let api: TestApi
const tokens: Record<string, string> = {}
type Json = Record<string, unknown>

const ask = async (who: string, method: 'GET' | 'POST' | 'PATCH' | 'PUT', path: string, payload?: object) => {
  const answer = await api.ask(tokens[who] ?? '', method, path, payload)
  return { status: answer.statusCode, body: answer.json<Json>() }
}
const namesFor = async (who: string) =>
  ((await ask(who, 'GET', 'views')).body['items'] as { name: string }[]).map(({ name }) => name)

beforeAll(async () => {
  api = await openTestApi()
  tokens['owner'] = await api.tokenOf('owner')
  const person = async (name: string) => {
    const made = await ask('owner', 'POST', 'people', { name, email: `${name}@hub.test`, roles: ['agent'] })
    tokens[name] = await api.tokenOf('agent', { personId: String(made.body['id']) })
  }
  for (const name of ['anna', 'bela', 'clara']) await person(name)
  await ask('owner', 'POST', 'teams', {
    key: 'desk',
    name: 'Desk',
    members: ['anna@hub.test', 'bela@hub.test'],
  })
  tokens['auditor'] = await api.tokenOf('auditor')
  tokens['customer'] = await api.tokenOf('customer', { contactId: (await api.customer('Acme')).contactId })
})
afterAll(() => api.close())

const view = (name: string, more: object) => ({ list: 'tickets', name, query: 'q=status%3Aopen', ...more })

it('keeps a view for oneself, for a team or for everyone, and shows each to nobody else', async () => {
  const make = async (more: object) => (await ask('anna', 'POST', 'views', view('x', more))).status
  expect(await make({ name: 'mine', sharedWith: 'me' })).toBe(201)
  expect(await make({ name: 'ours', sharedWith: 'team', team: 'desk' })).toBe(201)
  expect(await make({ name: 'all of us', sharedWith: 'everyone' })).toBe(201)
  expect(await namesFor('anna')).toEqual(['all of us', 'mine', 'ours'])
  expect(await namesFor('bela')).toEqual(['all of us', 'ours'])
  expect(await namesFor('clara')).toEqual(['all of us'])
  expect(await namesFor('auditor')).toEqual(['all of us'])
  expect((await ask('customer', 'GET', 'views')).status).toBe(403)
})

it('lets only its owner change it, and brings a deleted one back', async () => {
  const made = await ask('anna', 'POST', 'views', view('draft', { sharedWith: 'everyone' }))
  const at = `views/${made.body['id']}`
  expect(made.body).toMatchObject({ isMine: true, sharedWith: 'everyone', owner: { name: 'anna' } })
  expect((await ask('bela', 'PATCH', at, { name: 'theirs' })).status).toBe(409)
  expect((await ask('anna', 'PATCH', at, { name: 'final', sharedWith: 'me' })).body).toMatchObject({
    name: 'final',
  })
  expect((await ask('bela', 'PATCH', at, { name: 'theirs' })).status).toBe(404)
  expect((await ask('anna', 'PATCH', at, { archived: true })).status).toBe(200)
  expect(await namesFor('anna')).not.toContain('final')
  await ask('anna', 'PATCH', at, { archived: false })
  expect(await namesFor('anna')).toContain('final')
})

it('keeps views in sight for each by themselves, in their order, and only those they may see', async () => {
  const make = async (name: string, sharedWith: string) =>
    String((await ask('anna', 'POST', 'views', view(name, { sharedWith }))).body['id'])
  const [one, two, own] = [
    await make('one', 'everyone'),
    await make('two', 'everyone'),
    await make('own', 'me'),
  ]
  const pin = (who: string, views: readonly string[]) => ask(who, 'PUT', 'views/pinned', { views })
  const pinned = async (who: string) =>
    ((await ask(who, 'GET', 'views')).body['items'] as { name: string; position: number | null }[])
      .filter(({ position }) => position !== null)
      .map(({ name }) => name)
  expect((await pin('anna', [two, own, one])).status).toBe(200)
  expect(await pinned('anna')).toEqual(['two', 'own', 'one'])
  expect(await pinned('bela')).toEqual([])
  expect((await pin('bela', [one, own])).status).toBe(404)
  await pin('bela', [one])
  expect(await pinned('bela')).toEqual(['one'])
  // shared no longer, it is out of sight by itself; deleted and brought back, it is where it was
  await ask('anna', 'PATCH', `views/${one}`, { sharedWith: 'me' })
  expect(await pinned('bela')).toEqual([])
  await ask('anna', 'PATCH', `views/${two}`, { archived: true })
  expect(await pinned('anna')).toEqual(['own', 'one'])
  await ask('anna', 'PATCH', `views/${two}`, { archived: false })
  expect(await pinned('anna')).toEqual(['two', 'own', 'one'])
  await Promise.all([pin('anna', [one, two]), pin('anna', [two, one]), pin('anna', [])])
  await pin('anna', [])
  expect(await pinned('anna')).toEqual([])
  expect((await pin('auditor', [])).status).toBe(403)
  expect((await pin('anna', Array(21).fill(one))).status).toBe(422)
})

it('says what is missing: a team, a person', async () => {
  expect((await ask('anna', 'POST', 'views', view('x', { sharedWith: 'team' }))).body).toMatchObject({
    code: 'invalid',
    field: '/team',
  })
  expect((await ask('owner', 'POST', 'views', view('x', { sharedWith: 'me' }))).body).toMatchObject({
    code: 'invalid',
    detail: expect.stringContaining('belongs to a person'),
  })
})
