import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readCiAgain } from '../../src/worker/read-ci-again.ts'
import { openTestApi, type TestApi } from '../support/api.ts'
import { type MadeCiSource, ringCi, signedHeaders } from '../support/ring-ci.ts'

/** What a CI system tells twice is one deployment, what it tells of two is two, and nothing that waits is passed over. */
let api: TestApi
let token: string
const ask = async <T>(method: 'GET' | 'POST' | 'PATCH', path: string, body?: object): Promise<T> => {
  const answer = await api.ask(token, method, path, body)
  expect([path, answer.statusCode < 300 ? '' : answer.body]).toEqual([path, ''])
  return answer.json<T>()
}
beforeEach(async () => {
  api = await openTestApi()
  token = await api.tokenOf('owner')
  await ask('POST', 'products', { key: 'atlas', name: 'Atlas' })
  for (const name of ['4.2', '4.3']) await ask('POST', 'releases', { product: 'atlas', name })
  for (const key of ['prod', 'spare'])
    await ask('POST', 'environments', {
      ...{ key, name: key, product: 'atlas', purpose: 'Tests', isShareable: true },
    })
})
afterEach(() => api.close())

const make = (kind: string, more: object = {}): Promise<MadeCiSource> =>
  ask('POST', 'ci-sources', { key: 'ci', name: 'Our CI', kind, product: 'atlas', ...more })
const later = (seconds: number): void => {
  api.clock.now = new Date(api.clock.now.getTime() + seconds * 1000)
}
const signed = async (made: MadeCiSource, body: object, at = api.clock.now) => {
  const text = JSON.stringify(body)
  return (await ringCi(api, made, text, signedHeaders(made.secret, text, at))).json()
}
const bearing = async (made: MadeCiSource, body: object) =>
  (await ringCi(api, made, JSON.stringify(body), { authorization: `Bearer ${made.secret}` })).json()
const runs = async (key: string): Promise<string | null> =>
  (await ask<{ release: { name: string } | null }>('GET', `environments/${key}`)).release?.name ?? null
const count = async (): Promise<number> =>
  (await ask<{ items: unknown[] }>('GET', 'deployments?limit=100')).items.length
const waiting = async (): Promise<readonly { missing: string; count: number }[]> =>
  (await ask<{ items: { missing: string; count: number }[] }>('GET', 'ci-reports/waiting')).items
const work = () => readCiAgain({ runner: api.runner, log: () => {} }, new AbortController().signal)
const prod = (release: string) => ({ environment: 'prod', release })

describe('the same words again', () => {
  it('tell of another deployment where they are signed with another time: an older release is put there on purpose', async () => {
    const made = await make('signed')
    for (const release of ['4.2', '4.3', '4.2']) {
      later(60)
      expect(await signed(made, prod(release))).toEqual({ status: 'taken' })
    }
    expect([await runs('prod'), await count()]).toEqual(['4.2', 3])
    const at = api.clock.now
    later(60)
    await signed(made, prod('4.3'))
    expect(await signed(made, prod('4.2'), at)).toEqual({ status: 'seen before' })
    expect([await runs('prod'), await count()]).toEqual(['4.3', 4])
  })

  it('of who cannot sign are one deployment for a few minutes, as long as nothing else was told of that place', async () => {
    const made = await make('argo cd')
    expect(await bearing(made, prod('4.2'))).toEqual({ status: 'taken' })
    later(60)
    expect(await bearing(made, prod('4.2'))).toEqual({ status: 'seen before' })
    await bearing(made, prod('4.3'))
    later(60)
    expect(await bearing(made, prod('4.2'))).toEqual({ status: 'taken' })
    expect(await runs('prod')).toBe('4.2')
    later(600)
    expect(await bearing(made, prod('4.2'))).toEqual({ status: 'taken' })
    expect(await count()).toBe(4)
    const named = { ...prod('4.3'), externalId: 'a 1' }
    for (const status of ['taken', 'seen before', 'seen before']) {
      expect(await bearing(made, named)).toEqual({ status })
      later(600)
    }
  })
})

describe('what waits', () => {
  const many = 1_100
  /** As if it had been told: of these places, a second apart. */
  const told = async (made: MadeCiSource, state: 'waiting' | 'ignored', missing: string | null) => {
    const row = await api.database.db.selectFrom('ci_report').selectAll().executeTakeFirstOrThrow()
    await api.database.db
      .insertInto('ci_report')
      .values(
        Array.from({ length: many }, (_, n) => ({
          ...{ ...row, id: api.runner.newId(), source_id: made.source.id, delivery: `n${n}`, state },
          received_at: new Date(api.clock.now.getTime() + n),
          told: JSON.stringify({ ...row.told, environment: `review/${n}` }),
          ...{ environment: `review/${n}`, missing: missing as never, reason: null },
        })),
      )
      .execute()
  }

  it('for a release is taken in however much that is of no interest came after it', async () => {
    const made = await make('signed', {
      rules: [{ pattern: 'review/*' }, { pattern: 'prod', environment: 'prod' }],
    })
    expect(await signed(made, prod('4.4'))).toMatchObject({ status: 'waiting' })
    later(1)
    await told(made, 'ignored', null)
    await ask('POST', 'releases', { product: 'atlas', name: '4.4' })
    expect([await runs('prod'), await waiting()]).toEqual(['4.4', []])
  })

  it('for a release is taken in when a release is renamed to it', async () => {
    const made = await make('signed')
    await signed(made, prod('v4.4'))
    const { id } = await ask<{ id: string }>('POST', 'releases', { product: 'atlas', name: 'next' })
    await ask('PATCH', `releases/${id}`, { set: { name: '4.4' } })
    await work()
    expect([await runs('prod'), await waiting()]).toEqual(['4.4', []])
  })

  it('for a place is taken in when an environment of that name is added', async () => {
    const made = await make('signed')
    for (const environment of ['QA', 'other']) await signed(made, { environment, release: '4.2' })
    await ask('POST', 'environments', {
      ...{ key: 'qa', name: 'QA', product: 'atlas', purpose: 'Tests', isShareable: true },
    })
    await work()
    expect([await runs('qa'), await waiting()]).toMatchObject(['4.2', [{ environment: 'other' }]])
  })

  it('since a pause is taken in to the last, the oldest first, by the worker where it is much', async () => {
    const made = await make('signed')
    await ask('PATCH', 'ci-sources/ci', { paused: true })
    expect(await signed(made, { environment: 'spare', release: '4.2' })).toMatchObject({ status: 'waiting' })
    later(1)
    await told(made, 'waiting', 'resume')
    later(60)
    await signed(made, prod('4.3'))
    await ask('PATCH', 'ci-sources/ci', { paused: false })
    expect(await runs('spare')).toBe('4.2')
    expect((await waiting()).some(({ missing }) => missing === 'turn')).toBe(true)
    await work()
    expect(await runs('prod')).toBe('4.3')
    const missing = await api.database.db
      .selectFrom('ci_report')
      .select('missing')
      .where('state', '=', 'waiting')
      .execute()
    expect([missing.length, new Set(missing.map(({ missing: what }) => what))]).toEqual([
      many,
      new Set(['place']),
    ])
  })

  it('is left as it is when the source is paused or renamed, and what a rule ignored is read again by other rules', async () => {
    const made = await make('signed', { rules: [{ pattern: 'prod' }] })
    expect(await signed(made, prod('4.2'))).toMatchObject({ status: 'ignored' })
    await ask('PATCH', 'ci-sources/ci', { paused: true })
    await ask('PATCH', 'ci-sources/ci', { name: 'Other', paused: false })
    expect([await runs('prod'), await waiting()]).toEqual([null, []])
    await ask('PATCH', 'ci-sources/ci', { rules: [] })
    expect(await runs('prod')).toBe('4.2')
  })
})

it('a name with half a surrogate in it is kept, with the sign that stands for what is no sign', async () => {
  const made = await make('signed')
  const told = await signed(made, { environment: 'prod\ud800', release: '4.2' })
  expect(told).toEqual({ status: 'waiting', reason: 'No rule says where “prod\ufffd” is.' })
})

it('what waits for its turn at one source is read although another cannot be', async () => {
  const lines: string[] = []
  for (const key of ['one', 'two']) {
    const made = await ask<MadeCiSource>('POST', 'ci-sources', {
      ...{ key, name: key, kind: 'signed', product: 'atlas' },
    })
    expect(await signed(made, prod('4.4'))).toMatchObject({ status: 'waiting' })
  }
  const { db } = api.database
  await db.updateTable('ci_report').set({ missing: 'turn' }).execute()
  const first = await db.selectFrom('ci_source').select('id').orderBy('id').executeTakeFirstOrThrow()
  await db.updateTable('ci_report').set({ told: 'null' }).where('source_id', '=', first.id).execute()
  await readCiAgain({ runner: api.runner, log: (_, line) => lines.push(line) }, new AbortController().signal)
  expect(lines).toHaveLength(1)
  const missing = new Set((await waiting()).map((row) => row.missing))
  expect(missing).toEqual(new Set(['turn', 'release']))
})

it('a report with two places, one of which is closed, is recorded once at the other however often it is read', async () => {
  const rules = ['prod', 'spare'].map((environment) => ({ pattern: 'both', environment }))
  const made = await make('signed', { rules })
  await ask('PATCH', 'environments/spare', { archived: true })
  expect(await signed(made, { environment: 'both', release: '4.2' })).toMatchObject({ status: 'waiting' })
  for (const name of ['One', 'Two']) await ask('PATCH', 'ci-sources/ci', { name })
  expect([await runs('prod'), await count()]).toEqual(['4.2', 1])
  await ask('PATCH', 'environments/spare', { archived: false })
  await work()
  expect([await runs('spare'), await count(), await waiting()]).toEqual(['4.2', 2, []])
})
