import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { watchReleases } from '../../src/worker/watch-releases.ts'
import { openTestApi, type TestApi } from '../support/api.ts'

/**
 * A release of `shop` on its way to those who use it, over HTTP: what it changes for them, in words that support
 * approved.
 */
let api: TestApi
let owner: string
let agent: string
let engineer: string
let release: string
const tax = 'Prices are shown with tax now.'

interface Made {
  readonly id: string
  readonly key: string
}
interface Note extends Made {
  readonly kind: string
  readonly state: string
  readonly title: string
  readonly body: string
  readonly revision: number
  readonly approvedBy: { readonly name: string } | null
  readonly workItem: Made | null
}
interface Items<T> {
  readonly items: readonly T[]
}

const ask = async <T>(
  token: string,
  method: 'GET' | 'POST' | 'PATCH' | 'PUT',
  path: string,
  body?: object,
): Promise<T> => {
  const answer = await api.ask(token, method, path, body)
  if (answer.statusCode >= 300) throw new Error(`${method} ${path}: ${answer.statusCode} ${answer.body}`)
  return answer.json()
}
const refused = async (token: string, path: string, body: object = {}) => {
  const answer = await api.ask(token, 'POST', path, body)
  return [answer.statusCode, answer.json().detail] as const
}

beforeAll(async () => {
  api = await openTestApi()
  owner = await api.tokenOf('owner')
  agent = await api.tokenOf('agent')
  engineer = await api.tokenOf('engineer')
  await ask(owner, 'POST', 'teams', { key: 'web', name: 'Web' })
  await ask(owner, 'POST', 'products', { key: 'shop', name: 'Shop', team: 'web' })
  await ask(owner, 'POST', 'components', { product: 'shop', key: 'cart', name: 'Cart', team: 'web' })
  release = (await ask<Made>(owner, 'POST', 'releases', { product: 'shop', name: '2.0' })).id
  const work = (made: object) =>
    ask<Made>(owner, 'POST', 'work-items', { description: '', product: 'shop', release, ...made })
  await work({ kind: 'feature', title: 'Prices with tax', component: 'cart', behaviourNote: tax })
  await work({ kind: 'defect', title: 'Blank receipts' })
  await work({ kind: 'task', title: 'Tidy up' })
  const found = await work({ kind: 'defect', title: 'Search loses umlauts', release: null })
  const seen = { version: '2.0', workaround: 'Write ae for ä.' }
  await ask(owner, 'PATCH', `work-items/${found.key}`, { set: seen })
})
afterAll(() => api?.close())

const notes = async (): Promise<readonly Note[]> =>
  (await ask<Items<Note>>(engineer, 'GET', `releases/${release}/notes`)).items
const noteOf = async (title: string): Promise<Note> =>
  (await notes()).find((note) => note.title === title) ?? expect.fail(`no note “${title}”`)

describe('what a release changes', () => {
  it('is drafted from its defects and features, each as what it is, and only once', async () => {
    type Missing = Made & { readonly title: string; readonly noteKind: string }
    const missing = await ask<Items<Missing>>(engineer, 'GET', `releases/${release}/notes/missing`)
    expect(missing.items.map(({ title, noteKind }) => [title, noteKind])).toEqual([
      ['Prices with tax', 'behaves differently'],
      ['Blank receipts', 'fixed'],
      ['Search loses umlauts', 'known broken'],
    ])
    const workItems = missing.items.map(({ id }) => id)
    const drafts = `releases/${release}/notes/drafts`
    const { ids } = await ask<{ ids: string[] }>(engineer, 'POST', drafts, { workItems })
    expect(ids).toHaveLength(3)
    expect(await refused(engineer, drafts, { workItems })).toEqual([
      409,
      'Each of these has a note already, or is not in this release.',
    ])
    expect(await noteOf('Prices with tax')).toMatchObject({
      ...{ state: 'draft', body: tax, component: { key: 'cart' }, workItem: { key: 'W-1' } },
    })
    const again = await ask<Items<Missing>>(engineer, 'GET', `releases/${release}/notes/missing`)
    expect(again.items).toEqual([])
  })

  it('is noted once for each work item, also by two at once', async () => {
    const made = await Promise.all(
      ['One', 'Two'].map((title) =>
        api.ask(engineer, 'POST', `releases/${release}/notes`, { kind: 'new', title, workItem: 'W-3' }),
      ),
    )
    expect(made.map(({ statusCode }) => statusCode).toSorted()).toEqual([201, 409])
    const [first] = made.filter(({ statusCode }) => statusCode === 201)
    await ask(engineer, 'POST', `release-notes/${first?.json().id}/remove`)
  })

  it('is measured: what nobody wrote about stands in the way, until it has a note or needs none', async () => {
    const measured = async (id: string) =>
      (await goLive(id)).criteria.find(({ criterion }) => criterion === 'notes approved')
    const { id } = await ask<Made>(owner, 'POST', 'releases', { product: 'shop', name: '0.9' })
    expect(await measured(id)).toMatchObject({ standing: 'not applicable' })
    const made = { kind: 'defect', title: 'Typo in the menu', description: '', product: 'shop', release: id }
    const { id: item, key } = await ask<Made>(owner, 'POST', 'work-items', made)
    expect(await measured(id)).toMatchObject({
      ...{ standing: 'not met', done: 0, all: 1, behind: [{ kind: 'work item', key }] },
    })
    const drafts = `releases/${id}/notes/drafts`
    const { ids } = await ask<{ ids: string[] }>(engineer, 'POST', drafts, { workItems: [item] })
    expect(await measured(id)).toMatchObject({ standing: 'not applicable', behind: [] })
    await ask(engineer, 'POST', `release-notes/${ids[0]}/remove`)
    expect(await measured(id)).toMatchObject({ standing: 'not applicable' })
  })

  it('is approved by support only, and only with words that support can say', async () => {
    const { id } = await noteOf('Prices with tax')
    expect(await refused(engineer, `release-notes/${id}/propose`)).toEqual([
      422,
      'Write what support says to who asks first.',
    ])
    await ask(engineer, 'PATCH', `release-notes/${id}`, { set: { say: 'What is paid stays the same.' } })
    await ask(engineer, 'POST', `release-notes/${id}/propose`)
    expect((await refused(engineer, `release-notes/${id}/approve`))[0]).toBe(403)
    const approved = await ask<Note>(agent, 'POST', `release-notes/${id}/approve`)
    expect(approved).toMatchObject({ state: 'approved', approvedBy: { name: 'test agent' } })
    expect(await refused(agent, `release-notes/${id}/approve`)).toEqual([
      409,
      'The note is approved already.',
    ])
  })

  it('waits for an approval again once its words change, and not when nothing does', async () => {
    const { id, revision } = await noteOf('Prices with tax')
    const same = await ask<Note>(engineer, 'PATCH', `release-notes/${id}`, { set: { body: tax } })
    expect(same).toMatchObject({ state: 'approved', revision })
    const other = { revision, set: { body: `${tax} In the cart, too.` } }
    const changed = await ask<Note>(engineer, 'PATCH', `release-notes/${id}`, other)
    expect(changed).toMatchObject({ state: 'proposed', approvedBy: null })
    const late = await api.ask(engineer, 'PATCH', `release-notes/${id}`, other)
    expect(late.statusCode).toBe(412)
    await ask(agent, 'POST', `release-notes/${id}/approve`)
  })

  it('that was removed comes back as a draft, unless its work was noted anew', async () => {
    const { id, workItem } = await noteOf('Blank receipts')
    await ask(engineer, 'POST', `release-notes/${id}/remove`)
    expect((await notes()).map(({ title }) => title)).not.toContain('Blank receipts')
    expect(await ask<Note>(engineer, 'POST', `release-notes/${id}/restore`)).toMatchObject({ state: 'draft' })
    await ask(engineer, 'POST', `release-notes/${id}/remove`)
    const anew = { kind: 'fixed', title: 'Receipts are printed', workItem: workItem?.key }
    await ask(engineer, 'POST', `releases/${release}/notes`, anew)
    expect(await refused(engineer, `release-notes/${id}/restore`)).toEqual([
      409,
      'W-2 has a note in this release already. Change that one.',
    ])
  })

  it('answers a caller who runs it, and nobody who runs something else', async () => {
    interface Judged {
      readonly verdict: string
      readonly evidence: readonly {
        readonly reading: string
        readonly workaround: string | null
        readonly note: { readonly say: string | null; readonly release: { readonly name: string } } | null
      }[]
    }
    const call = (text: string, version: string): Promise<Judged> => {
      const query = new URLSearchParams({ text, version, product: 'shop' })
      return ask<Judged>(agent, 'GET', `bug-or-feature?${query}`)
    }
    const prices = await call('Why do prices show tax in the cart?', '2.0')
    expect(prices).toMatchObject({ verdict: 'intended' })
    expect(prices.evidence).toHaveLength(1)
    expect(prices.evidence[0]?.note).toMatchObject({
      ...{ say: 'What is paid stays the same.', release: { name: '2.0' } },
    })
    const broken = await noteOf('Search loses umlauts')
    await ask(agent, 'POST', `release-notes/${broken.id}/approve`)
    expect(await call('The search loses my umlauts', '2.0')).toMatchObject({
      verdict: 'known defect',
      evidence: [
        { reading: 'known defect', workaround: 'Write ae for ä.', note: { release: { name: '2.0' } } },
      ],
    })
    await ask(owner, 'POST', 'releases', { product: 'shop', name: '1.0' })
    const older = await call('Why do prices show tax in the cart?', '1.0')
    expect(older.verdict).toBe('unknown')
    const { id } = await noteOf('Prices with tax')
    await ask(engineer, 'POST', `release-notes/${id}/withdraw`)
    const withdrawn = await call('Why do prices show tax in the cart?', '2.0')
    expect(withdrawn.evidence.every(({ note }) => note === null)).toBe(true)
    await ask(agent, 'POST', `release-notes/${id}/approve`)
  })

  it('is no business of customers', async () => {
    const { contactId } = await api.customer('Acme')
    const customer = await api.tokenOf('customer', { contactId })
    for (const tab of ['notes', 'go-live', 'acceptance'])
      expect((await api.ask(customer, 'GET', `releases/${release}/${tab}`)).statusCode).toBe(403)
  })
})

interface GoLive {
  readonly criteria: readonly {
    readonly criterion: string
    readonly standing: string
    readonly done: number
    readonly all: number
    readonly behind: readonly { readonly title: string; readonly key: string | null }[]
  }[]
  readonly signOffs: readonly {
    readonly role: string
    readonly changed: readonly string[]
    readonly person: { readonly name: string }
  }[]
  readonly decisions: readonly {
    readonly decision: string
    readonly reason: string | null
    readonly criteria: GoLive['criteria']
    readonly signOffs: readonly {
      readonly role: string
      readonly by: string | null
      readonly isVoid: boolean
    }[]
    readonly by: { readonly kind: string; readonly name: string }
  }[]
  readonly rota: readonly { readonly id: string; readonly person: { readonly name: string } }[]
  readonly followers: readonly { readonly id: string; readonly team: { readonly name: string } | null }[]
}
const goLive = (id = release) => ask<GoLive>(engineer, 'GET', `releases/${id}/go-live`)
const standings = async (id = release) =>
  Object.fromEntries((await goLive(id)).criteria.map(({ criterion, standing }) => [criterion, standing]))

describe('a release that is to go live', () => {
  const people: Record<string, { readonly id: string; readonly token: string }> = {}
  const by = (name: string): string => people[name]?.token ?? expect.fail(name)
  let caseId: string

  beforeAll(async () => {
    for (const [name, role] of [
      ['ada', 'agent'],
      ['lea', 'lead'],
      ['erik', 'engineer'],
    ] as const) {
      const { id } = await ask<Made>(owner, 'POST', 'people', {
        ...{ name, email: `${name}@example.org`, roles: [role] },
      })
      people[name] = { id, token: await api.tokenOf(role, { personId: id }) }
    }
  })

  it('is measured by itself, with the records behind each number', async () => {
    expect(await standings()).toEqual({
      ...{ 'no severe defects': 'met', 'notes approved': 'met', 'acceptance passed': 'not applicable' },
      ...{ 'rota covered': 'not met', 'no conflicts': 'not applicable' },
    })
    const bad = {
      kind: 'defect',
      title: 'Loses orders',
      description: '',
      product: 'shop',
      severity: 'critical',
    }
    const { key } = await ask<Made>(owner, 'POST', 'work-items', bad)
    expect((await goLive()).criteria[0]).toMatchObject({
      ...{ standing: 'not met', done: 1, behind: [{ kind: 'work item', key, title: 'Loses orders' }] },
    })
    await ask(owner, 'POST', `work-items/${key}/accept`)
    await ask(owner, 'POST', `work-items/${key}/move`, { to: 'done' })
    expect(await standings()).toMatchObject({ 'no severe defects': 'met' })
  })

  it('is tried with cases from what customers come with most', async () => {
    for (const title of ['Cart is empty after sign-in', 'After sign-in the cart is empty', 'One of a kind'])
      await ask(owner, 'POST', 'tickets', { title, description: '', product: 'shop', component: 'cart' })
    interface Suggested {
      readonly title: string
      readonly tickets: number
      readonly ticket: Made
    }
    const suggested = `releases/${release}/acceptance/suggested`
    const { items } = await ask<Items<Suggested>>(by('erik'), 'GET', suggested)
    expect(items).toMatchObject([{ title: 'After sign-in the cart is empty', tickets: 2 }])
    const made = await ask<Made>(by('erik'), 'POST', `releases/${release}/acceptance`, {
      ...{ title: items[0]?.title, steps: 'Sign in.', expected: 'The cart is full.' },
      ...{ ticket: items[0]?.ticket.key, component: 'cart' },
    })
    caseId = made.id
    const left = async () => (await ask<Items<Suggested>>(by('erik'), 'GET', suggested)).items
    expect(await left()).toEqual([])
    const again = { title: 'The cart is empty, after sign-in', description: '', product: 'shop' }
    await ask(owner, 'POST', 'tickets', { ...again, component: 'cart' })
    expect(await left()).toEqual([])
    expect(await standings()).toMatchObject({ 'acceptance passed': 'not met' })
  })

  it('is run by support, who sign for it, and again once a case says something else', async () => {
    const run = `acceptance/${caseId}/run`
    expect((await refused(by('erik'), run, { result: 'passed' }))[0]).toBe(403)
    expect((await refused(agent, run, { result: 'passed' }))[1]).toBe(
      'A person signs, and this token stands for nobody.',
    )
    expect((await refused(by('ada'), run, { result: 'failed' }))[1]).toBe(
      'Say what went wrong, or name the defect.',
    )
    const failed = { result: 'failed', note: 'It was empty.', workItem: 'W-2' }
    expect(await ask(by('ada'), 'POST', run, failed)).toMatchObject({
      ...{ standing: 'failed', runs: [{ by: { name: 'ada' }, workItem: { key: 'W-2' } }] },
    })
    await ask(by('ada'), 'POST', run, { result: 'passed' })
    expect(await standings()).toMatchObject({ 'acceptance passed': 'met' })
    const changed = { set: { expected: 'The cart is as it was.' } }
    expect(await ask(by('erik'), 'PATCH', `acceptance/${caseId}`, changed)).toMatchObject({
      ...{ standing: 'not run', runs: [{ result: 'passed' }, { result: 'failed' }] },
    })
    await ask(by('ada'), 'POST', run, { result: 'passed' })
  })

  it('is watched by named people for all of its hours', async () => {
    const rota = `releases/${release}/rota`
    const duty = (name: string, fromHour: number, toHour: number) =>
      ask<GoLive>(by('lea'), 'POST', rota, { person: `${name}@example.org`, fromHour, toHour })
    const { rota: half } = await duty('ada', 0, 24)
    expect((await goLive()).criteria[3]).toMatchObject({ standing: 'not met', done: 24, all: 48 })
    await duty('erik', 24, 48)
    expect(await standings()).toMatchObject({ 'rota covered': 'met' })
    await api.ask(by('lea'), 'DELETE', `${rota}/${half[0]?.id}`)
    expect(await standings()).toMatchObject({ 'rota covered': 'not met' })
    expect((await refused(by('lea'), rota, { person: 'ada@example.org', fromHour: 9, toHour: 9 }))[0]).toBe(
      422,
    )
    const { followers } = await ask<GoLive>(by('lea'), 'POST', `releases/${release}/followers`, {
      team: 'web',
    })
    expect(followers).toMatchObject([{ team: { name: 'Web' }, person: null }])
    expect((await refused(by('lea'), `releases/${release}/followers`, { team: 'web' }))[0]).toBe(409)
  })

  it('is signed by one person for one role, for support only by support', async () => {
    const sign = `releases/${release}/sign`
    expect(await refused(by('erik'), sign, { role: 'Support lead' })).toEqual([
      403,
      'Only support signs for support. Ask somebody there.',
    ])
    await ask(by('ada'), 'POST', sign, { role: 'Support lead' })
    expect((await refused(by('ada'), sign, { role: 'Release manager' }))[1]).toBe(
      'You signed as Support lead. One person signs for one role.',
    )
    expect((await refused(by('lea'), sign, { role: 'Support lead' }))[1]).toBe(
      'Support lead has signed already.',
    )
    expect((await refused(by('lea'), sign, { role: 'King' }))[1]).toBe('Nobody signs as “King” here.')
    expect((await refused(by('erik'), `releases/${release}/unsign`, { role: 'Support lead' }))[0]).toBe(403)
    const both = await Promise.all(
      ['erik', 'lea'].map((name) => api.ask(by(name), 'POST', sign, { role: 'Engineering lead' })),
    )
    expect(both.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 409])
  })

  it('is signed no more once what was signed changed, and says what', async () => {
    const { id } = await noteOf('Prices with tax')
    await ask(by('erik'), 'PATCH', `release-notes/${id}`, { set: { say: 'What is paid stays as it was.' } })
    await ask(by('ada'), 'POST', `release-notes/${id}/approve`)
    const now = await goLive()
    expect(now.signOffs.map(({ changed }) => changed)).toEqual([['notes'], ['notes']])
    await ask(by('ada'), 'POST', `releases/${release}/sign`, { role: 'Support lead', note: 'Read again.' })
    const support = (await goLive()).signOffs.find(({ role }) => role === 'Support lead')
    expect(support).toMatchObject({ changed: [], person: { name: 'ada' } })
  })

  it('is decided with what is measured at that moment; a go against it says why', async () => {
    const decide = `releases/${release}/decide`
    expect((await refused(by('ada'), decide, { decision: 'go' }))[0]).toBe(403)
    expect((await refused(by('lea'), decide, { decision: 'go' }))[1]).toBe(
      'Not everything is met and signed. Say why it goes live all the same.',
    )
    await ask(by('lea'), 'POST', decide, { decision: 'no-go', reason: 'Nobody is there at night.' })
    const [no] = (await goLive()).decisions
    expect(no).toMatchObject({ decision: 'no-go', by: { name: 'lea' } })
    expect(no?.criteria.find(({ criterion }) => criterion === 'rota covered')).toMatchObject({ done: 24 })
    expect(no?.signOffs).toContainEqual({ role: 'Support lead', by: 'ada', isVoid: false })
    expect(await refused(by('erik'), `releases/${release}/release`)).toEqual([
      422,
      'It was decided that it does not go live. Say why it comes out all the same.',
    ])
    const reason = 'A fix that cannot wait.'
    await ask(by('erik'), 'POST', `releases/${release}/release`, { reason })
    expect((await goLive()).decisions.map(({ decision, reason: why }) => [decision, why])).toEqual([
      ['without go', reason],
      ['no-go', 'Nobody is there at night.'],
    ])
    expect((await refused(by('lea'), decide, { decision: 'go', reason: 'Too late.' }))[0]).toBe(409)
  })

  it('comes out without a go where none is asked for, which is kept, and not where the product asks for one', async () => {
    const plan = async (name: string) =>
      (await ask<Made>(owner, 'POST', 'releases', { product: 'shop', name })).id
    const easy = await plan('2.1')
    await ask(owner, 'POST', `releases/${easy}/release`)
    expect((await goLive(easy)).decisions).toMatchObject([{ decision: 'without go', reason: null }])
    const rules = { criteria: ['rota covered'], roles: ['Security'], careHours: 0, needsGo: true }
    const put = await ask(by('lea'), 'PUT', 'products/shop/go-live', rules)
    expect(put).toMatchObject({ roles: ['Support lead', 'Security'] })
    const strict = await plan('2.2')
    expect(await standings(strict)).toEqual({ 'rota covered': 'not applicable' })
    expect((await refused(owner, `releases/${strict}/release`))[0]).toBe(422)
    for (const [name, role] of [
      ['ada', 'Support lead'],
      ['erik', 'Security'],
    ] as const)
      await ask(by(name), 'POST', `releases/${strict}/sign`, { role })
    await ask(by('lea'), 'POST', `releases/${strict}/decide`, { decision: 'go' })
    await ask(owner, 'POST', `releases/${strict}/release`)
    expect((await goLive(strict)).decisions).toMatchObject([{ decision: 'go' }])
  })
})

describe('the day a release may come out', () => {
  interface Forecast {
    readonly kind: string
    readonly from: string | null
    readonly to: string | null
    readonly left: number
    readonly finished: readonly number[]
    readonly promises: {
      readonly releases: number
      readonly held: number
      readonly medianSlipDays: number | null
    }
  }
  let next: string
  const forecast = () => ask<Forecast>(engineer, 'GET', `releases/${next}/forecast`)

  it('is not guessed from too little', async () => {
    next = (await ask<Made>(owner, 'POST', 'releases', { product: 'shop', name: '3.0' })).id
    expect(await forecast()).toMatchObject({ kind: 'nothing left', from: null })
    for (const title of ['A', 'B', 'C'])
      await ask(owner, 'POST', 'work-items', { title, description: '', product: 'shop', release: next })
    expect(await forecast()).toMatchObject({ kind: 'not enough history', left: 3, to: null })
  })

  it('is a range from what was finished in the weeks before, with how promises were kept', async () => {
    const promised = (await ask<Made>(owner, 'POST', 'releases', { product: 'shop', name: '2.9' })).id
    const said = { from: '2026-03-09', to: '2026-03-10', confidence: 70 }
    await ask(owner, 'POST', `releases/${promised}/estimate`, { estimate: said })
    for (let week = 0; week < 8; week += 1) {
      api.clock.now = new Date(api.clock.now.getTime() + 7 * 86_400_000)
      for (const title of ['One', 'Two']) {
        const { key } = await ask<Made>(owner, 'POST', 'work-items', {
          title,
          description: '',
          product: 'shop',
        })
        await ask(owner, 'POST', `work-items/${key}/accept`)
        await ask(owner, 'POST', `work-items/${key}/move`, { to: 'done' })
      }
    }
    const reason = 'The rules of the product ask for a go.'
    await ask(owner, 'POST', `releases/${promised}/release`, { reason })
    const found = await forecast()
    expect(found).toMatchObject({ kind: 'forecast', left: 3 })
    expect(found.promises).toMatchObject({ releases: 1, held: 0, medianSlipDays: 48 })
    // at two a week, three take two weeks
    const inTwoWeeks = new Date(api.clock.now.getTime() + 14 * 86_400_000).toISOString().slice(0, 10)
    expect(found.to).toBe(inTwoWeeks)
  })

  it('is followed by who has it, installation by installation', async () => {
    await ask(owner, 'POST', 'customers', { key: 'globex', name: 'Globex' })
    const installed = { customer: 'globex', product: 'shop' }
    await ask(owner, 'POST', 'installations', { ...installed, environment: 'production', release: '2.9' })
    await ask(owner, 'POST', 'installations', { ...installed, environment: 'staging', version: '9.9' })
    const { items } = await ask<Items<Made & { readonly name: string }>>(owner, 'GET', 'releases')
    const { id } = items.find(({ name }) => name === '2.9') ?? expect.fail('no 2.9')
    type Row = { readonly environment: string; readonly has: string }
    const list = async (more: string) =>
      (await ask<Items<Row>>(engineer, 'GET', `releases/${id}/installations${more}`)).items.map(
        ({ environment, has }) => [environment, has],
      )
    expect((await list('')).toSorted()).toEqual([
      ['production', 'yes'],
      ['staging', 'unknown'],
    ])
    expect(await list('?has=yes')).toEqual([['production', 'yes']])
  })
})

describe('the hours after a release came out', () => {
  interface Care {
    readonly hours: number
    readonly isRunning: boolean
    readonly components: readonly {
      readonly component: { readonly name: string } | null
      readonly contacts: number
      readonly before: readonly number[]
      readonly ratio: number | null
      readonly hasJumped: boolean
      readonly jump: {
        readonly id: string
        readonly ticket: Made | null
        readonly dismissedAt: string | null
      } | null
    }[]
  }
  const HOUR = 3_600_000
  let out: string
  let nora: string
  const care = () => ask<Care>(engineer, 'GET', `releases/${out}/care`)
  const later = (hours: number): void => {
    api.clock.now = new Date(api.clock.now.getTime() + hours * HOUR)
  }
  const contact = (title: string, component?: string) =>
    ask<Made>(owner, 'POST', 'tickets', {
      ...{ title, description: '', product: 'shop', ...(component === undefined ? {} : { component }) },
    })
  const watch = () => watchReleases({ runner: api.runner, log: () => {} })
  const incidents = async () =>
    (await ask<Items<Made & { title: string }>>(owner, 'GET', 'tickets?limit=100')).items.filter(
      ({ title }) => title.startsWith('Contacts about'),
    )

  beforeAll(async () => {
    nora = (
      await ask<Made>(owner, 'POST', 'people', { name: 'nora', email: 'nora@example.org', roles: ['agent'] })
    ).id
    out = (await ask<Made>(owner, 'POST', 'releases', { product: 'shop', name: '4.0' })).id
    const rules = { criteria: [], roles: [], careHours: 48, needsGo: false }
    await ask(owner, 'PUT', 'products/shop/go-live', rules)
    // a week before, in the same hours: one contact
    await contact('A question', 'cart')
    later(7 * 24)
    await ask(owner, 'POST', `releases/${out}/rota`, { person: nora, fromHour: 0, toHour: 48 })
    expect(await care()).toBeNull()
    api.clock.now = new Date(api.clock.now.getTime() - HOUR)
    await ask(owner, 'POST', `releases/${out}/release`)
    later(2)
  })

  it('count contacts of each component against the same hours of the weeks before, and raise nothing for few', async () => {
    for (const title of ['The cart is slow', 'The cart hangs']) await contact(title, 'cart')
    await contact('Something about nothing')
    later(0.1)
    await watch()
    const { components, isRunning } = await care()
    expect(isRunning).toBe(true)
    expect(
      components.map(({ component, contacts, before, hasJumped }) => [
        component?.name,
        contacts,
        before,
        hasJumped,
      ]),
    ).toEqual([
      ['Cart', 2, [1, 0, 0, 0], false],
      [undefined, 1, [0, 0, 0, 0], false],
    ])
    expect(await incidents()).toEqual([])
  })

  it('raise one incident for a jump, with the release as suspect, and tell whoever is on the rota', async () => {
    for (const title of ['Cart again', 'Cart lost', 'No cart']) await contact(title, 'cart')
    later(0.1)
    // two workers at once, and again
    await Promise.all([watch(), watch()])
    await watch()
    const [raised, ...more] = await incidents()
    expect([raised?.title, more]).toEqual(['Contacts about Cart jumped after 4.0', []])
    const ticket = await ask<{ owner: { name: string }; kind: string; customer: null; links: object[] }>(
      ...([owner, 'GET', `tickets/${raised?.key}`] as const),
    )
    expect(ticket).toMatchObject({ kind: 'incident', owner: { name: 'nora' }, customer: null })
    const [cart] = (await care()).components
    expect(cart).toMatchObject({
      contacts: 5,
      ratio: null,
      hasJumped: true,
      jump: { ticket: { key: raised?.key } },
    })
    const mine = await api.tokenOf('agent', { personId: nora })
    expect((await ask<Items<object>>(mine, 'GET', 'mentions')).items).toHaveLength(1)
    const told = await api.database.db
      .selectFrom('event')
      .select('data')
      .where('kind', '=', 'release.contacts-jumped')
      .execute()
    expect(told.map(({ data }) => data)).toEqual([
      { component: 'Cart', contacts: 5, median: 0, ticket: raised?.key },
    ])
  })

  it('let somebody say that it is nothing, and take that back', async () => {
    const jump = (await care()).components[0]?.jump?.id
    const dismissed = await ask<Care>(agent, 'POST', `releases/${out}/care/${jump}/dismiss`)
    expect(dismissed.components[0]?.jump?.dismissedAt).not.toBeNull()
    expect((await refused(agent, `releases/${out}/care/${jump}/dismiss`))[0]).toBe(409)
    const again = await ask<Care>(agent, 'POST', `releases/${out}/care/${jump}/reopen`)
    expect(again.components[0]?.jump?.dismissedAt).toBeNull()
  })

  it('end: what comes later is not counted, and raises nothing', async () => {
    later(60)
    for (const title of ['Late one', 'Late two', 'Late three', 'Late four']) await contact(title)
    await watch()
    expect(await care()).toMatchObject({ isRunning: false, components: [{ contacts: 5 }, { contacts: 1 }] })
    expect(await incidents()).toHaveLength(1)
  })

  it('raise the incident in the language of the house, whoever of the rota left or may not read it', async () => {
    const settings = await api.ask(owner, 'PATCH', 'settings', { language: 'de' })
    expect(settings.statusCode).toBe(200)
    await ask(owner, 'POST', 'components', { product: 'shop', key: 'till', name: 'Kasse', team: 'web' })
    out = (await ask<Made>(owner, 'POST', 'releases', { product: 'shop', name: '4.1' })).id
    const person = async (name: string, role: string) =>
      (await ask<Made>(owner, 'POST', 'people', { name, email: `${name}@example.org`, roles: [role] })).id
    const gone = await person('gone', 'agent')
    for (const id of [gone, await person('amir', 'admin'), nora])
      await ask(owner, 'POST', `releases/${out}/rota`, { person: id, fromHour: 0, toHour: 48 })
    await ask(owner, 'PATCH', `people/${gone}`, { archived: true })
    await ask(owner, 'POST', `releases/${out}/release`)
    later(1)
    for (const title of ['Kasse klemmt', 'Kasse steht', 'Kasse schweigt']) await contact(title, 'till')
    later(0.1)
    await watch()
    const jump = (await care()).components.find(({ component }) => component?.name === 'Kasse')?.jump
    const raised = await ask<{ title: string; owner: { name: string }; description: object }>(
      ...([owner, 'GET', `tickets/${jump?.ticket?.key}`] as const),
    )
    expect(raised).toMatchObject({ title: 'Viel mehr Kontakte zu Kasse seit 4.1', owner: { name: 'nora' } })
    const words = JSON.stringify(raised.description)
    expect(words).toContain('Verdacht: Release 4.1, erschienen am 2026-')
    expect(words).toContain('Seitdem 3 Kontakte zu Kasse')
    const mine = await api.tokenOf('agent', { personId: nora })
    const [called] = (await ask<Items<{ text: string }>>(mine, 'GET', 'mentions')).items
    expect(called?.text).toContain('Du hast Dienst nach 4.1.')
  })

  it('nobody is there in the hours of who left', async () => {
    const strict = (await ask<Made>(owner, 'POST', 'releases', { product: 'shop', name: '4.2' })).id
    const rules = { criteria: ['rota covered'], roles: [], careHours: 48, needsGo: false }
    await ask(owner, 'PUT', 'products/shop/go-live', rules)
    await ask(owner, 'POST', `releases/${strict}/rota`, { person: nora, fromHour: 0, toHour: 48 })
    expect(await standings(strict)).toEqual({ 'rota covered': 'met' })
    await ask(owner, 'PATCH', `people/${nora}`, { archived: true })
    expect(await standings(strict)).toEqual({ 'rota covered': 'not met' })
  })
})
