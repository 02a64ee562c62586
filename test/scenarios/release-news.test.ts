import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../support/api.ts'

/** Whoever follows a release finds what became of it with their moves: the day that moved, the decision, that it is out. */
let api: TestApi
let owner: string
let release: string
const people: Record<string, { readonly id: string; readonly token: string }> = {}

const ask = async <T>(token: string, method: 'GET' | 'POST', path: string, body?: object): Promise<T> => {
  const answer = await api.ask(token, method, path, body)
  if (answer.statusCode >= 300) throw new Error(`${method} ${path}: ${answer.statusCode} ${answer.body}`)
  return answer.statusCode === 204 ? (null as T) : answer.json()
}
const by = (name: string): string => people[name]?.token ?? expect.fail(name)
interface News {
  readonly id: string
  readonly kind: string
  readonly data: object
  readonly by: { readonly name: string }
  readonly release: object
}
const newsOf = async (name: string): Promise<readonly News[]> =>
  (await ask<{ items: readonly News[] }>(by(name), 'GET', 'release-news')).items
const kinds = async (name: string) => (await newsOf(name)).map(({ kind }) => kind)
const estimate = (name: string, from: string, to: string) =>
  ask(by(name), 'POST', `releases/${release}/estimate`, { estimate: { from, to, confidence: 80 } })

beforeAll(async () => {
  api = await openTestApi()
  owner = await api.tokenOf('owner')
  for (const [name, role] of [
    ['ada', 'agent'],
    ['lea', 'lead'],
    ['erik', 'engineer'],
    ['olaf', 'engineer'],
  ] as const) {
    const { id } = await ask<{ id: string }>(owner, 'POST', 'people', {
      ...{ name, email: `${name}@example.org`, roles: [role] },
    })
    people[name] = { id, token: await api.tokenOf(role, { personId: id }) }
  }
  const members = ['ada', 'erik'].map((name) => `${name}@example.org`)
  await ask(owner, 'POST', 'teams', { key: 'web', name: 'Web', members })
  await ask(owner, 'POST', 'products', { key: 'shop', name: 'Shop', team: 'web' })
  release = (await ask<{ id: string }>(owner, 'POST', 'releases', { product: 'shop', name: '2.0' })).id
  for (const whom of [{ team: 'web' }, { person: 'ada@example.org' }, { person: 'lea@example.org' }])
    await ask(by('lea'), 'POST', `releases/${release}/followers`, whom)
})
afterAll(() => api?.close())

describe('whoever follows a release', () => {
  it('is told once that its day moved, alone or with a team, and not by what they did themselves', async () => {
    await estimate('erik', '2026-04-01', '2026-04-10')
    expect(await newsOf('ada')).toMatchObject([
      {
        ...{ kind: 'estimated', by: { name: 'erik' }, release: { name: '2.0', product: 'Shop' } },
        data: { from: { to: null }, to: { from: '2026-04-01', to: '2026-04-10', confidence: 80 } },
      },
    ])
    expect(await kinds('lea')).toEqual(['estimated'])
    expect(await kinds('erik')).toEqual([])
    expect(await kinds('olaf')).toEqual([])
  })

  it('sees it no more once it was seen, which nobody can say for them', async () => {
    const [seen] = await newsOf('ada')
    await ask(by('lea'), 'POST', `release-news/${seen?.id}/seen`)
    expect(await kinds('ada')).toEqual(['estimated'])
    for (const _ of [1, 2]) await ask(by('ada'), 'POST', `release-news/${seen?.id}/seen`)
    expect(await kinds('ada')).toEqual([])
  })

  it('reads one line of a day that moved twice, from the first to the last, and none of one that moved back', async () => {
    await estimate('erik', '2026-05-01', '2026-05-10')
    await estimate('erik', '2026-06-01', '2026-06-10')
    const moved = { from: { to: '2026-04-10' }, to: { to: '2026-06-10' } }
    expect(await newsOf('ada')).toMatchObject([{ kind: 'estimated', data: moved }])
    await estimate('erik', '2026-04-01', '2026-04-10')
    expect(await kinds('ada')).toEqual([])
    // nobody had told lea of the first day yet
    expect(await newsOf('lea')).toMatchObject([{ data: { from: { to: null }, to: { to: '2026-04-10' } } }])
  })

  it('knows how it stands after an own deed, also of what others did before', async () => {
    await estimate('lea', '2026-07-01', '2026-07-10')
    expect(await kinds('lea')).toEqual([])
    expect(await kinds('erik')).toEqual(['estimated'])
  })

  it('is told of the decision as it is now, and that it is out', async () => {
    const decide = `releases/${release}/decide`
    await ask(by('lea'), 'POST', decide, { decision: 'no-go', reason: 'Nobody is there.' })
    await ask(by('lea'), 'POST', decide, { decision: 'go', reason: 'Now somebody is.' })
    const ofDecision = (await newsOf('ada')).filter(({ kind }) => kind === 'decided')
    expect(ofDecision).toMatchObject([{ data: { decision: 'go', reason: 'Now somebody is.' } }])
    await ask(by('erik'), 'POST', `releases/${release}/release`)
    expect(await kinds('lea')).toEqual(['released'])
    expect(await kinds('ada')).toEqual(['released', 'decided', 'estimated'])
    expect((await kinds('erik')).toSorted()).toEqual(['decided', 'estimated'])
  })

  it('who is a customer, or left, is told nothing', async () => {
    const { contactId } = await api.customer('Acme')
    const customer = await api.tokenOf('customer', { contactId })
    expect(await ask(customer, 'GET', 'release-news')).toEqual({ items: [] })
    const [news] = await newsOf('ada')
    expect((await api.ask(customer, 'POST', `release-news/${news?.id}/seen`)).statusCode).toBe(404)
    const left = await api.ask(owner, 'PATCH', `people/${people['ada']?.id}`, { archived: true })
    expect(left.statusCode).toBe(200)
    await ask(by('erik'), 'POST', `releases/${release}/withdraw`)
    const told = await api.database.db
      .selectFrom('release_news')
      .select('person_id')
      .where('kind', '=', 'withdrawn')
      .execute()
    expect(told).toEqual([{ person_id: people['lea']?.id }])
  })
})
