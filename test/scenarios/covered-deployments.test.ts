import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../support/api.ts'

/** A pipeline that asks whether a change covers what it is about to do, does it, and says which change that was. */
let api: TestApi
let token = ''
const START = new Date('2026-03-02T09:00:00.000Z')
const hours = (count: number): string => new Date(START.getTime() + count * 3_600_000).toISOString()

const ask = async (method: 'GET' | 'POST' | 'PATCH', path: string, body?: object) => {
  const answer = await api.ask(token, method, path, body)
  return { status: answer.statusCode, ...answer.json() }
}
const open = async (more: object = {}): Promise<string> =>
  (
    await ask('POST', 'changes', {
      ...{ kind: 'emergency', product: 'shop', title: 'New tables', reason: 'Slow', displaces: [] },
      ...{ environments: ['prod'], release: '4.2', ...more },
    })
  ).key
const gate = (of: string) => ask('GET', `environments/${of}`)
const record = async (more: object = {}) => {
  const told = { environment: 'prod', release: '4.2', source: 'ci', ...more }
  const { deployment, ...rest } = await ask('POST', 'deployments', told)
  return { ...rest, deployment, change: deployment?.change?.key ?? null }
}

beforeAll(async () => {
  api = await openTestApi()
  api.clock.now = START
  token = await api.tokenOf('owner')
  for (const key of ['shop', 'bank']) await ask('POST', 'products', { key, name: key })
  for (const name of ['4.2', '4.3']) await ask('POST', 'releases', { product: 'shop', name })
  for (const key of ['prod', 'uat'])
    await ask('POST', 'environments', { key, name: key, product: 'shop', purpose: 'x', isShareable: true })
  await ask('POST', 'customers', { key: 'acme', name: 'Acme' })
  await ask('POST', 'installations', { customer: 'acme', product: 'shop', environment: 'live' })
})
afterAll(() => api.close())

describe('the gate of a place', () => {
  it('is shut while no approved change covers it, and says why those do not that would', async () => {
    expect(await gate('prod/gate?release=4.2')).toMatchObject({
      ...{ isOpen: false, change: null },
      reasons: [{ code: 'no change', text: 'No approved change covers this now.' }],
    })
    const key = await open()
    const { isOpen, reasons } = await gate('prod/gate?release=4.2')
    expect(isOpen).toBe(false)
    expect(reasons[0].code).toBe('no change')
    expect(reasons[1].text).toBe(`${key}: The gate is shut: the change is authorising.`)
    await ask('POST', `changes/${key}/cancel`, { reason: 'Not now' })
  })

  it('opens for a change of this place and release that may be carried out, and for no other', async () => {
    const key = await open()
    await ask('POST', `changes/${key}/start`, { withoutKeys: 'Now' })
    expect(await gate('prod/gate?release=4.2')).toMatchObject({ isOpen: true, change: { key }, reasons: [] })
    for (const other of ['prod/gate?release=4.3', 'uat/gate?release=4.2'])
      expect(await gate(other)).toMatchObject({ isOpen: false, change: null })
    expect(await gate('prod/gate?release=9')).toMatchObject({ status: 404, field: '/release' })
    expect((await gate('nowhere/gate')).status).toBe(404)
    await ask('POST', `changes/${key}/close`, { outcome: 'successful' })
  })
})

describe('a deployment', () => {
  it('carries out the change that it names, which has to be of its product', async () => {
    const key = await open()
    expect(await record({ change: key })).toMatchObject({ status: 200, change: key })
    const bank = await open({ product: 'bank', environments: [], release: null })
    expect(await record({ change: bank })).toMatchObject({
      ...{ status: 422, detail: `${bank} is a change of another product.`, field: '/change' },
    })
    expect((await record({ change: 'C-99' })).status).toBe(404)
  })

  it('carries out the only one that is begun there where it names none; of two, none is guessed', async () => {
    expect((await record()).change).toBeNull()
    const one = await open()
    api.clock.now = new Date(hours(1))
    await ask('POST', `changes/${one}/start`, { withoutKeys: 'Now' })
    const told = await record({ externalId: 'run 1' })
    expect(told.change).toBe(one)
    expect((await record({ environment: 'uat' })).change).toBeNull()
    // it ran before the change was begun
    expect((await record({ startedAt: hours(0), finishedAt: hours(0.5) })).change).toBeNull()
    expect(
      (await record({ environment: undefined, installation: 'acme/live', product: 'shop' })).change,
    ).toBeNull()
    const two = await open({ release: null })
    await ask('POST', `changes/${two}/start`, { withoutKeys: 'Now' })
    expect((await record()).change).toBeNull()
    const { id } = told.deployment
    const set = { state: 'succeeded', change: two }
    expect((await ask('PATCH', `deployments/${id}`, set)).change).toMatchObject({ key: two })
    // told again without a change, it keeps the one that was said
    expect((await record({ externalId: 'run 1' })).change).toBe(two)
  })

  it('that a signed webhook tells says its change, too; one that is unknown keeps it from nothing', async () => {
    const { source, secret } = await ask('POST', 'ci-sources', {
      ...{ key: 'ci', name: 'CI', kind: 'signed', product: 'shop' },
    })
    const ring = async (change: string, externalId: string) => {
      const body = JSON.stringify({ environment: 'uat', release: '4.3', change, externalId })
      const time = String(Math.floor(api.clock.now.getTime() / 1000))
      const digest = createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')
      const signed = { 'x-causeway-timestamp': time, 'x-causeway-signature': `sha256=${digest}` }
      const headers = { 'content-type': 'application/json', ...signed }
      await api.server.app.inject({ method: 'POST', url: source.path, payload: body, headers })
      const { items } = await ask('GET', 'deployments?environment=uat&limit=50')
      return items.find((one: { externalId: string }) => one.externalId === externalId)
    }
    const key = await open({ environments: ['uat'], release: null })
    expect(await ring(key, '1')).toMatchObject({ state: 'succeeded', change: { key } })
    expect(await ring('C-77', '2')).toMatchObject({ state: 'succeeded', change: null })
  })
})
