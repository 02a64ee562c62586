import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../support/api.ts'

/** A product with three releases, an environment and a customer's installation; told of over HTTP as a pipeline does. */
let api: TestApi
let token: string
let installation: string

const post = async <T = Record<string, unknown>>(path: string, body: object, status = 201): Promise<T> => {
  const answer = await api.ask(token, 'POST', path, body)
  expect([path, answer.statusCode, answer.statusCode === status ? '' : answer.body]).toEqual([
    path,
    status,
    '',
  ])
  return answer.json<T>()
}
beforeEach(async () => {
  api = await openTestApi()
  token = await api.tokenOf('owner')
  await post('products', { key: 'atlas', name: 'Atlas' })
  await post('customers', { key: 'acme', name: 'Acme' })
  for (const name of ['1.0', '1.1', '1.2']) await post('releases', { product: 'atlas', name })
  await post('environments', {
    key: 'uat',
    name: 'UAT',
    product: 'atlas',
    purpose: 'Acceptance',
    isShareable: true,
  })
  installation = (
    await post<{ id: string }>('installations', {
      customer: 'acme',
      product: 'atlas',
      environment: 'production',
      release: '1.0',
    })
  ).id
  later(1)
})
afterEach(() => api.close())

const START = new Date('2026-03-02T09:00:00.000Z')
const minute = (n: number): string => new Date(START.getTime() + n * 60_000).toISOString()
const later = (n: number): void => {
  api.clock.now = new Date(minute(n))
}

interface Recorded {
  readonly deployment: { readonly id: string; readonly state: string; readonly revision: number }
  readonly isNew: boolean
}
const record = (body: object) => post<Recorded>('deployments', body, 200)
const change = (id: string, body: object) => api.ask(token, 'PATCH', `deployments/${id}`, body)
const uat = async () => {
  const { release, deployedAt } = (await api.ask(token, 'GET', 'environments/uat')).json()
  return [release?.name ?? null, deployedAt]
}
const atCustomer = async (): Promise<string | null> =>
  (await api.ask(token, 'GET', 'installations')).json().items[0].release?.name ?? null
const list = async (query = '') => (await api.ask(token, 'GET', `deployments${query}`)).json()
const events = async (kind: string) =>
  (
    await api.database.db.selectFrom('event').select('data').where('kind', '=', kind).orderBy('seq').execute()
  ).map(({ data }) => data)

describe('an environment runs', () => {
  it('what succeeded last, whichever deployment is told of last', async () => {
    later(60)
    await record({ environment: 'uat', release: '1.1', finishedAt: minute(30) })
    expect(await uat()).toEqual(['1.1', minute(30)])
    await record({ environment: 'uat', release: '1.0', finishedAt: minute(20) })
    expect(await uat()).toEqual(['1.1', minute(30)])
    await record({ environment: 'uat', release: '1.2', state: 'failed', finishedAt: minute(40) })
    await record({ environment: 'uat', release: '1.2', state: 'started', startedAt: minute(50) })
    expect(await uat()).toEqual(['1.1', minute(30)])
    expect(
      (await list('?environment=uat')).items.map((row: { release: { name: string } }) => row.release.name),
    ).toEqual(['1.2', '1.2', '1.1', '1.0'])
    expect(await events('environment.deployed')).toHaveLength(1)
  })

  it('what ran before, when the last is rolled back', async () => {
    await post('environments/uat/deploy', { release: '1.0' }, 200)
    later(10)
    const { deployment } = await record({ environment: 'uat', release: '1.1' })
    later(20)
    const failing = await record({ environment: 'uat', release: '1.2', source: 'ci', externalId: '7' })
    later(30)
    expect((await change(failing.deployment.id, { state: 'rolled back' })).json()).toMatchObject({
      state: 'rolled back',
    })
    expect(await uat()).toEqual(['1.1', minute(10)])
    expect((await change(deployment.id, { state: 'rolled back' })).statusCode).toBe(200)
    expect(await uat()).toEqual(['1.0', minute(1)])
  })

  it('what somebody says after all of that, also against a clock that is ahead', async () => {
    await record({ environment: 'uat', release: '1.2', finishedAt: minute(4) })
    await post('environments/uat/deploy', { release: null }, 200)
    expect(await uat()).toEqual([null, null])
    await record({ environment: 'uat', release: '1.1', finishedAt: minute(3) })
    expect(await uat()).toEqual([null, null])
    later(5)
    await post('environments/uat/deploy', { release: '1.0' }, 200)
    expect(await uat()).toEqual(['1.0', minute(5)])
  })
})

describe('an installation of a customer', () => {
  it('has what was put there, in the words of its product and customer, and the log tells of it as of any change', async () => {
    await record({
      product: 'atlas',
      installation: 'acme/production',
      release: '1.1',
      source: 'ci',
      externalId: '1',
    })
    expect(await atCustomer()).toBe('1.1')
    later(10)
    const { deployment } = await record({ installation, release: '1.2' })
    await change(deployment.id, { state: 'rolled back' })
    expect(await atCustomer()).toBe('1.1')
    expect(await events('installation.changed')).toHaveLength(3)
    expect(await list(`?installation=${installation}&state=succeeded`)).toMatchObject({
      items: [{ installation: { customer: { key: 'acme' }, environment: 'production' }, environment: null }],
    })
  })

  it('goes back to what somebody said it runs', async () => {
    const { deployment } = await record({ installation, release: '1.2' })
    await change(deployment.id, { state: 'rolled back' })
    expect(await atCustomer()).toBe('1.0')
    later(20)
    await api.ask(token, 'PATCH', `installations/${installation}`, { release: '1.1' })
    await record({ installation, release: '1.2', finishedAt: minute(10) })
    expect(await atCustomer()).toBe('1.1')
  })
})

describe('a deployment that is told of again', () => {
  const told = { environment: 'uat', release: '1.1', source: 'ci', externalId: '42' }

  it('is the same one, goes on from where it was, and keeps what it was told first', async () => {
    const first = await record({ ...told, state: 'started', build: '#118' })
    later(5)
    const again = await record({ ...told, build: '#119', url: 'https://ci.example/118' })
    expect(again).toMatchObject({
      isNew: false,
      deployment: {
        id: first.deployment.id,
        state: 'succeeded',
        build: '#118',
        url: 'https://ci.example/118',
      },
    })
    expect(await record(told)).toEqual(again)
    expect(await events('deployment.created')).toEqual([
      { release: '1.1', place: 'uat', state: 'started', source: 'ci' },
    ])
    expect(await events('deployment.changed')).toHaveLength(1)
  })

  it('at two places is two, and at one moment by two is one', async () => {
    await record(told)
    await record({ ...told, environment: undefined, product: 'atlas', installation: 'acme/production' })
    const twice = { ...told, externalId: '43' }
    const both = await Promise.all([record(twice), record(twice)])
    expect(both.map(({ isNew }) => isNew).sort()).toEqual([false, true])
    expect((await list()).items).toHaveLength(3)
  })

  it('with another release is refused, and names the one there is', async () => {
    const { deployment } = await record(told)
    const refused = await post<object>('deployments', { ...told, release: '1.2' }, 409)
    expect(refused).toMatchObject({ code: 'in-use', existing: { kind: 'deployment', id: deployment.id } })
  })
})

it('finds the release by its commit, by the beginning of it too, and says what to do where none is known', async () => {
  const commit = '3f1c2ab9'.padEnd(40, '0')
  await post(
    'trace/releases',
    {
      ...{
        product: 'atlas',
        repository: 'atlas',
        name: '1.2',
        commit,
        at: minute(0),
        basis: null,
        commits: [],
        counted: 0,
      },
    },
    200,
  )
  const { deployment } = await record({ environment: 'uat', commit: '3f1c2ab9' })
  expect(deployment).toMatchObject({ release: { name: '1.2' }, commit: '3f1c2ab9' })
  const refused = await post<object>('deployments', { environment: 'uat', commit: 'deadbeef' }, 404)
  expect(refused).toMatchObject({
    field: '/commit',
    detail: expect.stringContaining('causeway releases sync'),
  })
})

it('refuses what names no place, two, or another product’s release, and changes nothing', async () => {
  await post('products', { key: 'other', name: 'Other' })
  await post('releases', { product: 'other', name: '9.9' })
  const cases: readonly (readonly [object, number, string])[] = [
    [{ release: '1.1' }, 422, '/environment'],
    [{ release: '1.1', environment: 'uat', installation }, 422, '/environment'],
    [{ release: '9.9', environment: 'uat' }, 404, '/release'],
    [{ release: '1.1', environment: 'nowhere' }, 404, '/environment'],
    [{ environment: 'uat' }, 422, '/release'],
    [{ release: '1.1', environment: 'uat', url: 'javascript:alert(1)' }, 422, '/url'],
    [{ release: '1.1', environment: 'uat', finishedAt: minute(60) }, 422, '/finishedAt'],
  ]
  for (const [body, status, field] of cases)
    expect(await post<object>('deployments', body, status)).toMatchObject({ field })
  expect(await list()).toEqual({ items: [], next: null })
  expect((await api.ask(await api.tokenOf('agent'), 'POST', 'deployments', {})).statusCode).toBe(403)
})

it('lists page by page, the last to start first, and since a moment', async () => {
  later(60)
  for (const n of [10, 20, 30]) await record({ environment: 'uat', release: '1.1', finishedAt: minute(n) })
  const first = await list('?limit=2')
  expect(first.items.map((row: { finishedAt: string }) => row.finishedAt)).toEqual([minute(30), minute(20)])
  expect((await list(`?limit=2&cursor=${first.next}`)).items).toHaveLength(1)
  expect((await list(`?since=${minute(20)}`)).items).toHaveLength(2)
})
