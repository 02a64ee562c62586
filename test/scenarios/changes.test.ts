import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Role } from '../../src/domain/words.ts'
import { openTestApi, type TestApi } from '../support/api.ts'

const HOUR_MS = 3_600_000
const PLANS = { implement: 'Put the tables in', test: 'Run the suite', backOut: 'Take them out again' }

let api: TestApi
let pipeline = ''
const people: Record<'olga' | 'lena' | 'erik' | 'ada', { id: string; token: string }> = {
  ...{ olga: { id: '', token: '' }, lena: { id: '', token: '' } },
  ...{ erik: { id: '', token: '' }, ada: { id: '', token: '' } },
}
let workItem = ''
const start = new Date('2026-03-02T09:00:00Z')

const ask = async (
  token: string,
  method: 'GET' | 'POST' | 'PATCH' | 'PUT',
  path: string,
  payload?: object,
) => {
  const answer = await api.ask(token, method, path, payload)
  return { status: answer.statusCode, ...answer.json() }
}
const hours = (count: number): string => new Date(start.getTime() + count * HOUR_MS).toISOString()
const open = (more: object = {}, token = people.erik.token) =>
  ask(token, 'POST', 'changes', {
    ...{ kind: 'normal', product: 'shop', title: 'New ledger tables', reason: 'Sums are slow' },
    ...{ window: { from: hours(2), to: hours(4) }, plans: PLANS },
    ...more,
  })
const step = (key: string, name: string, body: object = {}, token = people.erik.token) =>
  ask(token, 'POST', `changes/${key}/${name}`, body)
const giveKey = (key: string, name: string, who: { token: string }, more: object = {}) =>
  step(key, 'keys', { key: name, decision: 'approved', ...more }, who.token)
const keys = (change: { keys: { name: string; given: object | null }[] }) =>
  change.keys.map(({ name, given }) => [name, given !== null])

beforeAll(async () => {
  api = await openTestApi()
  const installer = await api.tokenOf('owner')
  const person = async (name: keyof typeof people, role: Role) => {
    const { id } = await ask(installer, 'POST', 'people', { name, email: `${name}@shop.test`, roles: [role] })
    people[name] = { id, token: await api.tokenOf(role, { personId: id }) }
  }
  await person('olga', 'owner')
  await person('lena', 'lead')
  await person('erik', 'engineer')
  await person('ada', 'agent')
  pipeline = await api.tokenOf('engineer')
  await ask(installer, 'POST', 'teams', { key: 'web', name: 'Web', members: ['lena@shop.test'] })
  await ask(installer, 'POST', 'products', { key: 'shop', name: 'Shop', team: 'web' })
  await ask(installer, 'POST', 'products', { key: 'bank', name: 'Bank' })
  await ask(installer, 'POST', 'components', { product: 'shop', key: 'cart', name: 'Cart', team: 'web' })
  await ask(installer, 'POST', 'environments', {
    ...{ key: 'prod', name: 'Production', product: 'shop', purpose: 'Live', isShareable: false },
  })
  const item = { kind: 'feature', title: 'Gift cards', description: '', product: 'shop' }
  workItem = (await ask(people.erik.token, 'POST', 'work-items', item)).key
})
afterAll(() => api.close())

describe('a normal change', () => {
  it('goes from a draft to closed, with its risk in parts and a key by somebody else', async () => {
    const draft = await open({ components: ['cart'], environments: ['prod'], workItems: [workItem] })
    expect(draft).toMatchObject({ status: 201, key: 'C-1', state: 'draft', isAssessed: false })
    const { key } = draft
    expect((await step(key, 'assess')).state).toBe('assessing')
    const asked = await step(key, 'ask')
    expect(asked).toMatchObject({ state: 'authorising', isAssessed: true, risk: { level: 'medium' } })
    expect(asked.risk.parts.find((part: { part: string }) => part.part === 'back out')).toMatchObject({
      ...{ because: 'back-out untested', points: 2, most: 3 },
    })
    // a change of medium risk is the change manager's: whoever is an owner, while nobody is named
    expect(keys(asked)).toEqual([['change manager', false]])
    expect(asked.keys[0].holders).toMatchObject([{ name: 'olga' }])
    expect(await ask(people.olga.token, 'GET', 'changes?mine=true')).toMatchObject({ items: [{ key }] })
    expect((await ask(people.lena.token, 'GET', 'changes?mine=true')).items).toEqual([])
    const approved = await giveKey(key, 'change manager', people.olga)
    expect(approved).toMatchObject({ state: 'scheduled', gate: { isOpen: false } })
    expect(approved.gate.reasons).toMatchObject([{ code: 'too early', until: hours(2) }])
    expect(await step(key, 'start', {}, pipeline)).toMatchObject({
      ...{ status: 409, detail: 'The gate is shut: its window opens 2026-03-02 11:00 UTC.' },
    })
    api.clock.now = new Date(hours(2))
    expect(await ask(pipeline, 'GET', `changes/${key}/gate`)).toMatchObject({ isOpen: true, reasons: [] })
    expect((await step(key, 'start', {}, pipeline)).state).toBe('implementing')
    expect((await step(key, 'start', {}, pipeline)).state).toBe('implementing')
    expect(await step(key, 'close', { outcome: 'successful' }, pipeline)).toMatchObject({
      ...{ state: 'closed', outcome: 'successful' },
    })
    const { items } = await ask(people.ada.token, 'GET', `changes/${key}/history`)
    expect(items.map(({ kind }: { kind: string }) => kind)).toEqual([
      ...['change.closed', 'change.finished', 'change.begun', 'change.moved', 'change.key-given'],
      ...['change.asked', 'change.moved', 'change.created'],
    ])
    api.clock.now = start
  })

  it('asks nobody for a key before its plans are written, and says which is missing', async () => {
    const { key } = await open({ plans: { implement: 'Do it', test: 'See' } })
    expect(await step(key, 'ask')).toMatchObject({
      ...{ status: 422, detail: 'Write first how it is backed out.' },
    })
  })

  it('is approved by nobody who made it or carries it out', async () => {
    const { key } = await open({ owner: 'olga@shop.test' })
    await step(key, 'ask')
    expect(await giveKey(key, 'change manager', people.olga)).toMatchObject({
      ...{ status: 403, detail: 'Nobody approves their own change: somebody else has to look at it.' },
    })
    expect(await giveKey(key, 'change manager', people.erik)).toMatchObject({ status: 403 })
    expect(await giveKey(key, 'change manager', { token: pipeline })).toMatchObject({
      ...{ status: 403, detail: 'A key is given by a person: this token stands for nobody.' },
    })
  })

  it('loses its keys when its plan changes, and keeps them when evidence is added', async () => {
    const { key } = await open()
    await step(key, 'ask')
    await giveKey(key, 'change manager', people.olga)
    const evidence = await ask(people.erik.token, 'PATCH', `changes/${key}`, { testEvidence: 'Run 77' })
    expect([evidence.state, keys(evidence)]).toEqual(['scheduled', [['change manager', true]]])
    const moved = await ask(people.erik.token, 'PATCH', `changes/${key}`, {
      window: { from: hours(6), to: hours(7) },
    })
    // with the evidence its risk is low: the product's lead is asked now
    expect([moved.state, keys(moved)]).toEqual(['assessing', [['product lead', false]]])
  })

  it('is rejected by the first key that is refused, with why, and can be revised', async () => {
    const { key } = await open()
    await step(key, 'ask')
    const without = { decision: 'rejected' }
    expect(await giveKey(key, 'change manager', people.olga, without)).toMatchObject({ field: '/reason' })
    const rejected = await giveKey(key, 'change manager', people.olga, {
      ...without,
      reason: 'Not on a Monday',
    })
    expect(rejected).toMatchObject({ state: 'rejected', endNote: 'Not on a Monday' })
    expect(await step(key, 'revise')).toMatchObject({ state: 'draft', endNote: null })
  })

  it('that failed is reviewed before it is closed, and counts in the risk of the next', async () => {
    const { key } = await open({ components: ['cart'] })
    await step(key, 'ask')
    await giveKey(key, 'change manager', people.olga)
    api.clock.now = new Date(hours(2))
    await step(key, 'start')
    const failed = await step(key, 'close', { outcome: 'backed out', note: 'Sums were wrong' })
    expect(failed).toMatchObject({ state: 'reviewing', reviewDueAt: hours(2 + 5 * 24) })
    expect(await step(key, 'review', { review: 'Try with real sums' })).toMatchObject({ state: 'closed' })
    const next = await open({ components: ['cart'], window: { from: hours(8), to: hours(9) } })
    expect(next.risk.parts).toContainEqual(
      expect.objectContaining({ part: 'history', because: 'went wrong', points: 2 }),
    )
    api.clock.now = start
  })
})

describe('a freeze', () => {
  it('refuses a change that is planned in it, unless the change manager makes an exception', async () => {
    const freeze = { reason: 'Black week', products: ['shop'], from: hours(100), to: hours(200) }
    const { status, id } = await ask(people.lena.token, 'POST', 'freezes', freeze)
    expect(status).toBe(201)
    expect((await ask(people.erik.token, 'POST', 'freezes', freeze)).status).toBe(403)
    const { key, ...draft } = await open({ window: { from: hours(110), to: hours(111) } })
    expect(draft.freezes).toMatchObject([{ reason: 'Black week' }])
    expect(draft.conflicts).toMatchObject([{ kind: 'change in freeze', freeze: { id } }])
    expect(await step(key, 'ask')).toMatchObject({
      status: 409,
      detail:
        'The window lies in a freeze: Black week. Plan another, or ask the change manager for an exception.',
    })
    expect(
      await giveKey(key, 'freeze exception', people.olga, { reason: 'A law asks for it' }),
    ).toMatchObject({ state: 'draft', conflicts: [] })
    expect(await step(key, 'ask')).toMatchObject({ state: 'authorising' })
    const elsewhere = await open({ product: 'bank', window: { from: hours(110), to: hours(111) } })
    expect(elsewhere.freezes).toEqual([])
  })

  it('shuts the gate of what was scheduled before, until it is lifted', async () => {
    const { key } = await open({ product: 'bank', window: { from: hours(2), to: hours(4) } })
    await step(key, 'ask')
    await giveKey(key, 'change manager', people.olga)
    const all = { reason: 'Audit', products: [], from: hours(1), to: hours(3) }
    const { id } = await ask(people.lena.token, 'POST', 'freezes', all)
    api.clock.now = new Date(hours(2))
    expect((await ask(pipeline, 'GET', `changes/${key}/gate`)).reasons).toMatchObject([
      {
        code: 'freeze',
        text: 'The gate is shut: frozen until 2026-03-02 12:00 UTC (Audit).',
        until: hours(3),
      },
    ])
    await ask(people.lena.token, 'POST', `freezes/${id}/lift`, {})
    expect(await ask(pipeline, 'GET', `changes/${key}/gate`)).toMatchObject({ isOpen: true })
    api.clock.now = start
  })
})

describe('an emergency', () => {
  const emergency = (more: object = {}) =>
    open({ kind: 'emergency', title: 'Stop the leak', displaces: [workItem], plans: {}, ...more })

  it('says which planned work waits for it, there too', async () => {
    expect(await emergency({ displaces: undefined })).toMatchObject({ status: 422, field: '/displaces' })
    const { key, workItems, state } = await emergency()
    expect([state, workItems]).toMatchObject(['authorising', [{ key: workItem, relation: 'displaces' }]])
    const { items } = await ask(people.ada.token, 'GET', `changes?workItem=${workItem}&kind=emergency`)
    expect(items).toMatchObject([{ key }])
    const told = await ask(people.ada.token, 'GET', `work-items/${workItem}/timeline`)
    expect(told.items).toContainEqual(
      expect.objectContaining({ kind: 'work-item.displaced', data: { change: key } }),
    )
  })

  it('asks two people for one key each', async () => {
    const { key, keys: asked } = await emergency()
    expect(asked.map(({ name }: { name: string }) => name)).toEqual(['change manager', 'product lead'])
    expect((await giveKey(key, 'change manager', people.olga)).state).toBe('authorising')
    expect((await giveKey(key, 'product lead', people.lena)).state).toBe('scheduled')
    expect((await step(key, 'start')).state).toBe('implementing')
  })

  it('may begin without keys, which are then owed, as is its review, on the clock', async () => {
    const { key } = await emergency()
    expect(await step(key, 'start')).toMatchObject({
      ...{
        status: 409,
        detail: 'Its keys are not given. Say why it begins without them: they are then owed.',
      },
    })
    const begun = await step(key, 'start', { withoutKeys: 'Money is lost each minute' })
    expect(begun).toMatchObject({
      ...{ state: 'implementing', retroDueAt: hours(24), reviewDueAt: hours(5 * 24), isLate: false },
    })
    await step(key, 'close', { outcome: 'successful' })
    expect(await step(key, 'review', { review: 'Fine' })).toMatchObject({
      detail: 'Keys of it are still owed. They are given or refused before it is closed.',
    })
    api.clock.now = new Date(hours(25))
    expect((await ask(people.ada.token, 'GET', 'changes?late=true')).items).toMatchObject([
      { key, isLate: true },
    ])
    await giveKey(key, 'change manager', people.olga)
    const paid = await giveKey(key, 'product lead', people.lena, {
      ...{ decision: 'rejected', reason: 'It could have waited' },
    })
    expect(paid).toMatchObject({ state: 'reviewing', retroDoneAt: hours(25), isLate: false })
    expect(await step(key, 'review', { review: 'Ask next time' })).toMatchObject({ state: 'closed' })
    api.clock.now = start
  })

  it('is not approved afterwards by whoever began it, though another opened it and has it', async () => {
    const { key } = await emergency()
    const begun = await step(key, 'start', { withoutKeys: 'At night, alone' }, people.lena.token)
    expect(begun.begunBy).toMatchObject({ name: 'lena' })
    const mine = await ask(people.lena.token, 'GET', 'changes?mine=true')
    expect(mine.items.some((one: { key: string }) => one.key === key)).toBe(false)
    expect(await giveKey(key, 'product lead', people.lena)).toMatchObject({
      ...{ status: 403, detail: 'Nobody approves their own change: somebody else has to look at it.' },
    })
  })
})

describe('a standard change', () => {
  it('is made from a model that was approved once, and is scheduled at once', async () => {
    const written = { name: 'Renew a certificate', product: 'shop', plans: PLANS }
    const model = await ask(people.erik.token, 'POST', 'change-models', written)
    const make = { kind: 'standard', model: model.id, title: 'Renew the shop’s', plans: undefined }
    expect(await open(make)).toMatchObject({ status: 409, field: '/model' })
    expect((await ask(people.lena.token, 'POST', `change-models/${model.id}/approve`, {})).status).toBe(403)
    const approved = await ask(people.olga.token, 'POST', `change-models/${model.id}/approve`, {})
    expect(approved).toMatchObject({ approvedBy: { name: 'olga' } })
    const made = await open(make)
    expect(made).toMatchObject({ status: 201, state: 'scheduled', plans: PLANS, keys: [] })
    expect(
      await ask(people.erik.token, 'PATCH', `changes/${made.key}`, { plans: { test: 'None' } }),
    ).toMatchObject({ status: 409 })
    const anew = { ...written, plans: { ...PLANS, test: 'Look twice' } }
    expect(await ask(people.erik.token, 'PUT', `change-models/${model.id}`, anew)).toMatchObject({
      approvedAt: null,
    })
  })
})

describe('the rules', () => {
  it('name who is asked, by product', async () => {
    const rules = await ask(people.ada.token, 'GET', 'change-rules')
    const { status: _, names: __, ...read } = rules
    const { items } = await ask(people.ada.token, 'GET', 'products')
    const bank = items.find(({ key }: { key: string }) => key === 'bank')
    const own = { productId: bank.id, changeManagers: [people.ada.id], leads: [] }
    expect((await ask(people.erik.token, 'PUT', 'change-rules', { ...read, products: [own] })).status).toBe(
      403,
    )
    const decided = await ask(people.olga.token, 'PUT', 'change-rules', {
      ...read,
      products: [own],
      approvals: [
        {
          kind: 'normal',
          level: null,
          productId: null,
          environmentId: null,
          asks: { what: 'change manager' },
        },
        {
          ...{ kind: null, level: null, productId: bank.id, environmentId: null },
          asks: { what: 'person', id: people.lena.id },
        },
      ],
    })
    expect(decided.status).toBe(200)
    const { key } = await open({ product: 'bank', window: { from: hours(20), to: hours(21) } })
    const asked = await step(key, 'ask')
    expect(asked.keys).toMatchObject([
      { name: 'change manager', holders: [{ name: 'ada' }] },
      { name: `person:${people.lena.id}`, of: { name: 'lena' }, holders: [{ name: 'lena' }] },
    ])
    const nobody = { ...read, changeManagers: ['00000000-0000-4000-8000-000000000000'] }
    expect(await ask(people.olga.token, 'PUT', 'change-rules', nobody)).toMatchObject({ status: 404 })
    expect((await ask(people.olga.token, 'PUT', 'change-rules', read)).status).toBe(200)
  })
})

describe('the calendar', () => {
  it('shows changes and freezes among the rest, and what is in each other’s way on top', async () => {
    const at = { from: hours(500), to: hours(502) }
    const one = await open({ window: at, environments: ['prod'] })
    await step(one.key, 'assess')
    const two = await open({ window: at, kind: 'emergency', displaces: [] })
    await ask(people.ada.token, 'POST', 'bookings', { environment: 'prod', purpose: 'Demo', ...at })
    const span = `from=${hours(490)}&to=${hours(510)}`
    const { entries, changeConflicts } = await ask(people.ada.token, 'GET', `calendar?${span}`)
    expect(entries).toMatchObject([
      { kind: 'change', change: { key: one.key } },
      { kind: 'change', change: { key: two.key, kind: 'emergency' } },
      { kind: 'booking' },
    ])
    expect(changeConflicts).toMatchObject([
      { kind: 'emergency and plan', changes: [{ key: one.key }, { key: two.key }] },
      { kind: 'change and booking', changes: [{ key: one.key }], booking: { purpose: 'Demo' } },
    ])
    const { address } = await ask(people.ada.token, 'POST', 'calendar/address')
    const { pathname, search } = new URL(address)
    const feed = await api.server.app.inject({ url: pathname + search })
    expect(feed.body).toContain(`SUMMARY:${two.key} New ledger tables`)
    expect(feed.body).toContain('SUMMARY:Freeze: Shop')
  })

  it('shows an emergency that began at once and planned nothing, above what it meets', async () => {
    api.clock.now = new Date(hours(700))
    const planned = await open({ product: 'bank', window: { from: hours(699), to: hours(703) } })
    await step(planned.key, 'assess')
    const { key } = await open({ product: 'bank', window: null, kind: 'emergency', displaces: [] })
    await step(key, 'start', { withoutKeys: 'Now' })
    api.clock.now = new Date(hours(701))
    const look = async () => {
      const span = `from=${hours(695)}&to=${hours(705)}`
      const { entries, changeConflicts } = await ask(people.ada.token, 'GET', `calendar?${span}`)
      return {
        entry: entries.find((one: { change: { key: string } | null }) => one.change?.key === key),
        met: changeConflicts.filter(({ changes }: { changes: { key: string }[] }) =>
          changes.some((one) => one.key === key),
        ),
      }
    }
    const met = [{ kind: 'emergency and plan', changes: [{ key: planned.key }, { key }] }]
    expect(await look()).toMatchObject({
      met,
      entry: { from: hours(700), change: { state: 'implementing' } },
    })
    expect((await ask(people.ada.token, 'GET', `changes/${key}`)).conflicts).toMatchObject(met)
    await step(key, 'close', { outcome: 'successful' })
    api.clock.now = new Date(hours(702))
    expect(await look()).toMatchObject({ met: [], entry: { from: hours(700), to: hours(701) } })
    api.clock.now = start
  })
})

it('gives one key to one of two who turn it at the same moment', async () => {
  const { key } = await open()
  await step(key, 'ask')
  const both = await Promise.all([
    giveKey(key, 'change manager', people.olga),
    giveKey(key, 'change manager', people.olga, { decision: 'rejected', reason: 'No' }),
  ])
  expect(both.filter(({ status }) => status === 200)).toHaveLength(1)
})
