import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Role } from '../../src/domain/words.ts'
import { openTestApi, type TestApi } from '../support/api.ts'

const HOUR_MS = 3_600_000
const start = new Date('2026-03-02T09:00:00Z')
const hours = (count: number): string => new Date(start.getTime() + count * HOUR_MS).toISOString()

let api: TestApi
let owner = ''
let ada = { id: '', token: '' }
let erik = { id: '', token: '' }
let incident = ''
let release = ''

const ask = async (
  token: string,
  method: 'GET' | 'POST' | 'PUT' | 'PATCH',
  path: string,
  payload?: object,
) => {
  const answer = await api.ask(token, method, path, payload)
  return { status: answer.statusCode, ...answer.json() }
}
const person = async (name: string, role: Role) => {
  const { id } = await ask(owner, 'POST', 'people', { name, email: `${name}@shop.test`, roles: [role] })
  return { id, token: await api.tokenOf(role, { personId: id }) }
}
const at = async <T>(count: number, act: () => Promise<T>): Promise<T> => {
  api.clock.now = new Date(hours(count))
  return act()
}
type Cause = { kind: string; title: string; state: string; id: string; key: string | null }
const names = (found: { causes: Cause[] }) => found.causes.map(({ kind, title }) => `${kind} ${title}`)
const begun = async (title: string, component: string) => {
  const { key, id } = await ask(erik.token, 'POST', 'changes', {
    ...{ kind: 'emergency', product: 'shop', title, reason: 'Now', components: [component], displaces: [] },
    release: '4.2',
  })
  await ask(erik.token, 'POST', `changes/${key}/start`, { withoutKeys: 'Now' })
  return { key, id }
}
let cart = { key: '', id: '' }

beforeAll(async () => {
  api = await openTestApi()
  owner = await api.tokenOf('owner')
  ada = await person('ada', 'agent')
  erik = await person('erik', 'engineer')
  await ask(owner, 'POST', 'teams', { key: 'web', name: 'Web' })
  await ask(owner, 'POST', 'products', { key: 'shop', name: 'Shop' })
  await ask(owner, 'POST', 'products', { key: 'bank', name: 'Bank' })
  for (const key of ['cart', 'ledger'])
    await ask(owner, 'POST', 'components', { product: 'shop', key, name: key, team: 'web' })
  release = (await ask(owner, 'POST', 'releases', { product: 'shop', name: '4.2' })).id
  await ask(owner, 'POST', 'environments', {
    ...{ key: 'prod', name: 'Production', product: 'shop', purpose: 'Live', isShareable: false },
  })
  const flip = { flag: 'new-cart', product: 'shop', from: 'off', to: 'on', source: 'toggles' }
  await at(-80, () => ask(erik.token, 'POST', 'flag-flips', { ...flip, flag: 'too-old' }))
  cart = await at(-5, () => begun('New cart', 'cart'))
  await at(-4, () => begun('New ledger', 'ledger'))
  await at(-3, () => ask(erik.token, 'POST', 'flag-flips', flip))
  await at(-2, () =>
    ask(erik.token, 'POST', 'deployments', {
      ...{ product: 'shop', release: '4.2', environment: 'prod', source: 'ci', change: cart.key },
    }),
  )
  await at(0, async () => {
    const ticket = {
      title: 'Cart is empty',
      description: '',
      kind: 'incident',
      product: 'shop',
      component: 'cart',
    }
    incident = (await ask(ada.token, 'POST', 'tickets', ticket)).key
  })
  await at(1, () => ask(erik.token, 'POST', 'flag-flips', { ...flip, flag: 'too-late' }))
})
afterAll(() => api.close())

const causes = (query = '') => ask(ada.token, 'GET', `tickets/${incident}/causes${query}`)
const decide = (cause: { kind: string; id: string }, state: string, token = ada.token) =>
  ask(token, 'POST', `tickets/${incident}/causes`, { kind: cause.kind, id: cause.id, state })

describe('an incident', () => {
  it('shows what was done before it, ranked, each with its reasons; of the start it says that it is assumed', async () => {
    const found = await causes()
    expect(found).toMatchObject({ hours: 72, impact: { at: hours(0), isAssumed: true } })
    expect(names(found)).toEqual([
      ...['change New cart', 'deployment Shop 4.2', 'flag flip new-cart: off → on', 'change New ledger'],
    ])
    expect(found.causes[0]).toMatchObject({
      ...{ state: 'suspected', by: 'erik', release: { name: '4.2' } },
      suspicion: {
        minutesBefore: 300,
        reasons: [{ because: 'hours before' }, { because: 'same component' }, {}],
      },
    })
    // of its change
    expect(found.causes[1].suspicion.reasons).toMatchObject([{}, { because: 'same component' }])
  })

  it('looks before the moment that somebody says it began', async () => {
    const said = await ask(ada.token, 'PUT', `tickets/${incident}/impact`, { at: hours(-3.5) })
    expect(said).toMatchObject({ impact: { at: hours(-3.5), isAssumed: false } })
    expect(names(said)).toEqual(['change New cart', 'change New ledger'])
    expect(names(await causes('?hours=1'))).toEqual(['change New ledger'])
    expect(await ask(ada.token, 'PUT', `tickets/${incident}/impact`, { at: hours(90) })).toMatchObject({
      ...{ status: 422, detail: 'An impact begins when it is felt, not later than now.' },
    })
    await ask(ada.token, 'PUT', `tickets/${incident}/impact`, { at: null })
  })

  it('is caused by what one confirms, not by what one clears, and both can be taken back', async () => {
    const [change, deployment, flip] = (await causes()).causes as Cause[]
    await decide(change ?? expect.fail(), 'cleared')
    await decide(flip ?? expect.fail(), 'confirmed')
    const found = await decide(deployment ?? expect.fail(), 'confirmed')
    expect(found.causes.map(({ state }: Cause) => state)).toEqual([
      ...['confirmed', 'confirmed', 'suspected', 'cleared'],
    ])
    expect(found.causes[0].decided).toMatchObject({ by: { name: 'ada' } })
    const back = await decide(flip ?? expect.fail(), 'suspected')
    expect(back.causes.filter(({ state }: Cause) => state === 'confirmed')).toHaveLength(1)
    const auditor = await api.tokenOf('auditor')
    expect((await decide(flip ?? expect.fail(), 'confirmed', auditor)).status).toBe(403)
    expect((await causes('?hours=1')).causes).toHaveLength(3)
  })
})

describe('what it cost', () => {
  it('stands on the change, the release and the person behind it, in minutes until it was resolved', async () => {
    api.clock.now = new Date(hours(1.5))
    await ask(ada.token, 'POST', `tickets/${incident}/take`, {})
    await ask(ada.token, 'POST', `tickets/${incident}/resolve`, {})
    api.clock.now = new Date(hours(10))
    const cost = {
      incidents: 1,
      tickets: 1,
      minutes: 90,
      items: [{ key: incident, isAssumed: true, minutes: 90 }],
    }
    // the deployment carried out the change
    for (const query of [`change=${cart.id}`, `release=${release}`, `person=${erik.id}`])
      expect(await ask(ada.token, 'GET', `costs?${query}`)).toMatchObject(cost)
    expect(await ask(ada.token, 'GET', `costs?person=${ada.id}`)).toMatchObject({
      ...{ incidents: 0, minutes: 0, of: { name: 'ada' } },
    })
    expect((await ask(ada.token, 'GET', 'costs')).status).toBe(422)
  })

  it('counts what was merged with the incident that it became, and stops where one is cancelled', async () => {
    api.clock.now = new Date(hours(20))
    const { id } = await begun('Flawed cache', 'cart')
    const told = async (title: string) => {
      const ticket = { title, description: '', kind: 'incident', product: 'shop', component: 'cart' }
      const { key } = await ask(ada.token, 'POST', 'tickets', ticket)
      await ask(ada.token, 'POST', `tickets/${key}/causes`, { kind: 'change', id, state: 'confirmed' })
      return key
    }
    const [once, again, mistaken] = [await told('Old cart'), await told('Old cart too'), await told('No')]
    api.clock.now = new Date(hours(21))
    await ask(ada.token, 'POST', `tickets/${again}/merge`, { into: once })
    await ask(ada.token, 'POST', `tickets/${mistaken}/cancel`, {})
    await ask(ada.token, 'POST', `tickets/${once}/take`, {})
    await ask(ada.token, 'POST', `tickets/${once}/resolve`, {})
    api.clock.now = new Date(hours(200))
    const cost = await ask(ada.token, 'GET', `costs?change=${id}`)
    expect(cost).toMatchObject({ incidents: 2, tickets: 3, minutes: 120 })
    expect(cost.items.map(({ key }: { key: string }) => key).toSorted()).toEqual([once, mistaken].toSorted())
  })

  it('begins where the first of the merged began, because it is one outage', async () => {
    api.clock.now = new Date(hours(300))
    const { id } = await begun('Slow index', 'cart')
    const told = async (count: number, kind: string) => {
      const ticket = { title: 'Search is slow', description: '', kind, product: 'shop' }
      return at(count, async () => (await ask(ada.token, 'POST', 'tickets', ticket)).key)
    }
    const question = await told(301, 'question')
    const [again, once] = [await told(304, 'incident'), await told(305, 'incident')]
    await ask(ada.token, 'POST', `tickets/${once}/causes`, { kind: 'change', id, state: 'confirmed' })
    for (const one of [question, again]) await ask(ada.token, 'POST', `tickets/${one}/merge`, { into: once })
    const cost = async () => ask(ada.token, 'GET', `costs?change=${id}`)
    api.clock.now = new Date(hours(306))
    expect(await cost()).toMatchObject({ tickets: 3, minutes: 120, items: [{ key: once, isAssumed: true }] })
    await ask(ada.token, 'PUT', `tickets/${again}/impact`, { at: hours(303) })
    expect(await cost()).toMatchObject({
      ...{ minutes: 180, items: [{ key: once, impactAt: hours(303), isAssumed: false, minutes: 180 }] },
    })
  })

  it('is not of what turns out to be no incident, and what was decided of that can be taken back', async () => {
    api.clock.now = new Date(hours(400))
    const { id } = await begun('New menu', 'cart')
    const ticket = { title: 'Where is the menu?', description: '', kind: 'incident', product: 'shop' }
    const { key } = await ask(ada.token, 'POST', 'tickets', ticket)
    const say = (state: string) =>
      ask(ada.token, 'POST', `tickets/${key}/causes`, { kind: 'change', id, state })
    const become = async (kind: string) => ask(ada.token, 'PATCH', `tickets/${key}`, { set: { kind } })
    const incidents = async () => (await ask(ada.token, 'GET', `costs?change=${id}`)).incidents
    await say('confirmed')
    expect(await incidents()).toBe(1)
    await become('question')
    expect(await incidents()).toBe(0)
    expect(await say('suspected')).toMatchObject({ status: 200, causes: [{ state: 'suspected' }] })
    expect(await say('cleared')).toMatchObject({ status: 200 })
    expect(await say('confirmed')).toMatchObject({ status: 409 })
    await become('incident')
    expect(await incidents()).toBe(0)
  })

  it('is of incidents only: a question has no cause', async () => {
    const question = { title: 'How?', description: '', kind: 'question', product: 'shop' }
    const { key } = await ask(ada.token, 'POST', 'tickets', question)
    expect(
      await ask(ada.token, 'POST', `tickets/${key}/causes`, {
        kind: 'change',
        id: cart.id,
        state: 'confirmed',
      }),
    ).toMatchObject({ status: 409 })
  })
})

describe('an incident that is looked at later', () => {
  it('keeps what was decided, however much was done after it, because it counts and must be taken back', async () => {
    const flip = { flag: 'busy', product: 'bank', to: 'on', source: 'toggles' }
    const [first] = [await ask(erik.token, 'POST', 'flag-flips', { ...flip, at: hours(-2) })]
    const { key } = await at(0, () =>
      ask(ada.token, 'POST', 'tickets', {
        ...{ title: 'No balance', description: '', kind: 'incident', product: 'bank' },
      }),
    )
    const all = () => ask(ada.token, 'GET', `tickets/${key}/causes`)
    await ask(ada.token, 'POST', `tickets/${key}/causes`, {
      ...{ kind: 'flag flip', id: first.id, state: 'confirmed' },
    })
    for (let each = 1; each <= 50; each += 1)
      await ask(erik.token, 'POST', 'flag-flips', { ...flip, at: hours(-1 + each / 100) })
    const found = await all()
    expect(found.causes).toHaveLength(51)
    expect(found.causes[0]).toMatchObject({ id: first.id, state: 'confirmed' })
    expect(found.isCut).toBe(false)
    await ask(erik.token, 'POST', 'flag-flips', { ...flip, at: hours(-1) })
    expect(await all()).toMatchObject({ causes: { length: 51 }, isCut: true })
  })

  it('points at the release that it was reported on, also when the customer has another one today', async () => {
    await ask(owner, 'POST', 'releases', { product: 'shop', name: '4.3' })
    const customer = (await ask(owner, 'POST', 'customers', { key: 'acme', name: 'Acme' })).key
    const place = { customer, product: 'shop', environment: 'production', release: '4.2' }
    const installation = await ask(owner, 'POST', 'installations', place)
    const { key } = await at(0, () =>
      ask(ada.token, 'POST', 'tickets', {
        ...{ title: 'Totals are off', description: '', kind: 'incident', installation: installation.id },
      }),
    )
    const theirs = async () => {
      const found = await ask(ada.token, 'GET', `tickets/${key}/causes`)
      const isTheirs = ({ suspicion }: { suspicion: { reasons: { because: string }[] } }) =>
        suspicion.reasons.some(({ because }) => because === 'their release')
      return found.causes.filter(isTheirs).map(({ release: { name } }: { release: { name: string } }) => name)
    }
    expect(await theirs()).toEqual(['4.2', '4.2', '4.2'])
    await ask(owner, 'PATCH', `installations/${installation.id}`, { release: '4.3' })
    expect(await theirs()).toEqual(['4.2', '4.2', '4.2'])
  })
})

it('keeps a flip that is told twice once', async () => {
  api.clock.now = new Date(hours(10))
  const flip = { flag: 'x', product: 'shop', to: 'on', source: 'toggles', at: hours(5) }
  const [one, two] = [
    await ask(erik.token, 'POST', 'flag-flips', flip),
    await ask(erik.token, 'POST', 'flag-flips', flip),
  ]
  expect([one.status, two.id]).toEqual([201, one.id])
})
