import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../../../test/support/api.ts'

let api: TestApi
let agent: string
let engineer: string
let lead: string
let customer: string
let webTeam: string
let me: string

type Json = Record<string, unknown>
const ask = async (
  token: string,
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE',
  path: string,
  payload?: object,
) => {
  const answer = await api.ask(token, method, path, payload)
  return { status: answer.statusCode, json: () => answer.json<Json>(), text: answer.body }
}
const make = async (token: string, path: string, payload: object): Promise<Json> => {
  const answer = await ask(token, 'POST', path, payload)
  expect([path, answer.status, answer.text]).toEqual([path, 201, expect.any(String)])
  return answer.json()
}
const work = async (title: string, more: object = {}): Promise<string> =>
  String((await make(engineer, 'work-items', { title, description: '', component: 'cart', ...more }))['key'])

interface Column {
  readonly state: string
  readonly count: number
  readonly cards: readonly {
    readonly key: string
    readonly tickets: number
    readonly customer: string | null
  }[]
  readonly limit: { readonly most: number; readonly inHand: number } | null
}
const board = async (query = '', token = engineer): Promise<Record<string, Column>> => {
  const { columns } = (await ask(token, 'GET', `board${query}`)).json() as { columns: Column[] }
  return Object.fromEntries(columns.map((column) => [column.state, column]))
}
const keysOf = (column: Column | undefined) => column?.cards.map(({ key }) => key)
const later = (minutes: number): void => {
  api.clock.now = new Date(api.clock.now.getTime() + minutes * 60_000)
}
const triage = async (query = '', token = engineer): Promise<readonly string[]> =>
  ((await ask(token, 'GET', `triage${query}`)).json()['items'] as { key: string }[]).map(({ key }) => key)

beforeAll(async () => {
  api = await openTestApi()
  const owner = await api.tokenOf('owner')
  me = String(
    (await make(owner, 'people', { name: 'Erik', email: 'erik@example.org', roles: ['engineer'] }))['id'],
  )
  agent = await api.tokenOf('agent')
  lead = await api.tokenOf('lead')
  engineer = await api.tokenOf('engineer', { personId: me })
  webTeam = String(
    (await make(owner, 'teams', { key: 'web', name: 'Web', members: ['erik@example.org'] }))['id'],
  )
  await make(owner, 'teams', { key: 'core', name: 'Core' })
  await make(owner, 'products', { key: 'shop', name: 'Shop' })
  await make(owner, 'components', { product: 'shop', key: 'cart', name: 'Cart', team: 'web' })
  await make(owner, 'components', { product: 'shop', key: 'ledger', name: 'Ledger', team: 'core' })
  customer = await api.tokenOf('customer', { contactId: (await api.customer('Acme')).contactId })
})
afterAll(() => api.close())

const escalated = async (title: string, severity: string, more: object = {}): Promise<string> => {
  const ticket = await make(agent, 'tickets', {
    title,
    description: `${title}, and we cannot go on.`,
    severity,
    product: 'shop',
    component: 'cart',
    ...more,
  })
  const sent = await make(agent, `tickets/${String(ticket['key'])}/escalate`, {})
  return (sent['workItem'] as { key: string }).key
}

describe('the queue of triage', () => {
  let low: string
  let critical: string
  let elsewhere: string
  it('begins with the worst for customers, then who waits longest', async () => {
    low = await escalated('Totals are rounded', 'low')
    later(5)
    critical = await escalated('Nobody can pay', 'critical')
    elsewhere = await escalated('Ledger is off', 'high', { component: 'ledger' })
    expect(await triage()).toEqual([critical, elsewhere, low])
  })

  it('of my teams leaves out what another team looks at, and keeps what no team has', async () => {
    const nobodys = await work('Who does this?', { component: null, team: null })
    expect(await triage('?mine=true')).toEqual([critical, low, nobodys])
    await ask(engineer, 'POST', `work-items/${nobodys}/decline`, { reason: 'Not wanted.' })
  })

  it('gives each once, page by page', async () => {
    const first = (await ask(engineer, 'GET', 'triage?limit=2')).json()
    const rest = (await ask(engineer, 'GET', `triage?limit=2&cursor=${String(first['next'])}`)).json()
    expect([...(first['items'] as Json[]), ...(rest['items'] as Json[])].map((item) => item['key'])).toEqual([
      critical,
      elsewhere,
      low,
    ])
    expect((await ask(engineer, 'GET', 'triage?cursor=nonsense')).status).toBe(422)
  })

  it('puts one off until its time comes', async () => {
    const until = new Date(api.clock.now.getTime() + 3_600_000).toISOString()
    expect((await ask(engineer, 'POST', `work-items/${low}/snooze`, { until })).status).toBe(200)
    expect(await triage()).toEqual([critical, elsewhere])
    expect(await triage('?snoozed=true')).toEqual([low])
    expect((await ask(engineer, 'GET', 'triage/counts?mine=true')).json()).toEqual({ waiting: 1, snoozed: 1 })
    later(61)
    expect(await triage()).toContain(low)
  })

  it('shows one again at once when a ticket behind it has news', async () => {
    const until = new Date(api.clock.now.getTime() + 3_600_000).toISOString()
    await ask(engineer, 'POST', `work-items/${low}/snooze`, { until })
    later(1)
    const ticket = await make(agent, 'tickets', { title: 'Rounded too', description: 'd', severity: 'low' })
    await make(agent, `tickets/${String(ticket['key'])}/join`, { workItem: low })
    expect(await triage()).toContain(low)
  })

  it('refuses to put off what is past, too far away, or out of triage, and says what to do', async () => {
    const refused = async (ref: string, until: string) =>
      (await ask(engineer, 'POST', `work-items/${ref}/snooze`, { until })).json()
    expect(await refused(low, '2020-01-01T00:00:00Z')).toMatchObject({ field: '/until' })
    expect(await refused(low, '2036-01-01T00:00:00Z')).toMatchObject({ field: '/until' })
    const started = await work('Started already')
    await ask(engineer, 'POST', `work-items/${started}/move`, { to: 'started' })
    const until = new Date(api.clock.now.getTime() + 3_600_000).toISOString()
    expect(await refused(started, until)).toMatchObject({ code: 'wrong-state' })
  })

  it('proposes what an item may be a duplicate of, without itself', async () => {
    const twin = await escalated('Nobody can pay again', 'high')
    const { items } = (await ask(engineer, 'GET', `work-items/${twin}/suggestions`)).json() as {
      items: { key: string }[]
    }
    expect(items.map(({ key }) => key)).toContain(critical)
    expect(items.map(({ key }) => key)).not.toContain(twin)
  })

  it('lets those who do the work read what its customers said', async () => {
    const { items } = (await ask(engineer, 'GET', `work-items/${critical}/voices`)).json() as {
      items: { title: string; description: string }[]
    }
    expect(items).toMatchObject([
      { title: 'Nobody can pay', description: expect.stringContaining('we cannot go on') },
    ])
  })
})

describe('the board', () => {
  it('shows each column with its count, the expedited first, and counts who stands behind a card', async () => {
    const [one, two, three] = [await work('One'), await work('Two'), await work('Three')]
    for (const key of [one, two, three])
      await ask(engineer, 'POST', `work-items/${key}/move`, { to: 'ready' })
    expect((await ask(engineer, 'PATCH', `work-items/${three}`, { set: { expedite: true } })).status).toBe(
      200,
    )
    const { ready, triage: column } = await board()
    expect([ready?.count, keysOf(ready)]).toEqual([3, [three, one, two]])
    expect(column?.cards[0]).toMatchObject({ tickets: 1 })
    expect((await board('?ready=1'))['ready']).toMatchObject({ count: 3, cards: [{ key: three }] })
  })

  it('is filtered by team, component, owner and words', async () => {
    const counts = async (query: string) => (await board(query))['ready']?.count
    expect(await counts(`?team=${webTeam}`)).toBe(3)
    expect(await counts('?team=nobody')).toBe(0)
    expect(await counts(`?assignee=${me}`)).toBe(0)
    expect(await counts('?text=two')).toBe(1)
  })

  it('says of a team how many it has in hand, without what is expedited', async () => {
    const put = (token: string, most: number | null, state = 'ready') =>
      ask(token, 'PUT', `teams/web/wip-limits/${encodeURIComponent(state)}`, { most })
    expect((await put(engineer, 2)).status).toBe(403)
    expect((await put(lead, 2)).status).toBe(204)
    expect((await board(`?team=${webTeam}&text=one`))['ready']?.limit).toMatchObject({ most: 2, inHand: 2 })
    expect((await board())['ready']?.limit).toBeNull()
    expect((await put(lead, 3, 'done')).json()).toMatchObject({ field: '/state' })
    expect((await put(lead, null)).status).toBe(204)
    expect((await board(`?team=${webTeam}`))['ready']?.limit).toBeNull()
    expect((await ask(lead, 'PUT', 'teams/nowhere/wip-limits/ready', { most: 1 })).status).toBe(404)
  })

  it('keeps what is done for two weeks', async () => {
    const key = await work('Short-lived')
    await ask(engineer, 'POST', `work-items/${key}/move`, { to: 'done' })
    expect(keysOf((await board())['done'])).toContain(key)
    later(15 * 24 * 60)
    expect(keysOf((await board())['done'])).not.toContain(key)
  })

  it('is open to those who read work items, and to no customer', async () => {
    for (const path of ['board', 'triage', 'triage/counts', 'my-work', 'escalations/totals']) {
      expect([path, (await ask(agent, 'GET', path)).status]).toEqual([path, 200])
      expect([path, (await ask(customer, 'GET', path)).status]).toEqual([path, 403])
    }
  })
})

describe('one’s own work', () => {
  const own = async () => (await ask(engineer, 'GET', 'my-work')).json()['items'] as Json[]
  it('is what is assigned and not ended, and says when support has answered', async () => {
    const key = await escalated('Cart is empty', 'high')
    await ask(engineer, 'POST', `work-items/${key}/accept`, { assignee: me })
    expect((await own()).map((item) => item['key'])).toEqual([key])
    later(1)
    await make(engineer, `work-items/${key}/ask`, { question: 'Which browser?' })
    expect(await own()).toMatchObject([{ asked: true, answeredAt: null }])
    later(1)
    const { tickets } = (await ask(engineer, 'GET', `work-items/${key}`)).json() as {
      tickets: { key: string }[]
    }
    await make(agent, `tickets/${tickets[0]?.key ?? ''}/answer`, { answer: 'Firefox.' })
    const answered = await own()
    expect(answered).toMatchObject([{ asked: false, answeredAt: expect.any(String) }])
    later(1)
    await make(engineer, `work-items/${key}/comments`, { text: 'Seen.', audience: 'engineering' })
    expect(await own()).toMatchObject([{ answeredAt: null }])
  })

  it('brings back what is done when a customer says that it is still broken', async () => {
    const [item] = await own()
    const key = String(item?.['key'])
    const { tickets } = (await ask(engineer, 'GET', `work-items/${key}`)).json() as {
      tickets: { key: string }[]
    }
    await ask(engineer, 'POST', `work-items/${key}/move`, { to: 'done' })
    expect(await own()).toEqual([])
    await ask(agent, 'POST', `tickets/${tickets[0]?.key ?? ''}/verify`, { works: false })
    expect(await own()).toMatchObject([{ key, brokenSince: expect.any(String) }])
  })
})

describe('links', () => {
  const linksOf = async (key: string) =>
    (await ask(engineer, 'GET', `work-items/${key}`)).json()['links'] as Json[]
  it('are read from either end, and one more that closes a ring is refused', async () => {
    const [parent, child, grandchild] = [await work('Parent'), await work('Child'), await work('Grandchild')]
    await make(engineer, `work-items/${parent}/links`, { role: 'parent of', to: child })
    await make(engineer, `work-items/${grandchild}/links`, { role: 'child of', to: child })
    expect(await linksOf(child)).toMatchObject([
      { role: 'child of', workItem: { key: parent } },
      { role: 'parent of', workItem: { key: grandchild } },
    ])
    const ring = await ask(engineer, 'POST', `work-items/${grandchild}/links`, {
      role: 'parent of',
      to: parent,
    })
    expect([ring.status, ring.json()['detail']]).toEqual([422, expect.stringContaining('ring')])
    const second = await ask(engineer, 'POST', `work-items/${parent}/links`, {
      role: 'parent of',
      to: grandchild,
    })
    expect(second.json()).toMatchObject({ code: 'wrong-state', field: '/to' })
    const again = await ask(engineer, 'POST', `work-items/${child}/links`, {
      role: 'child of',
      to: parent,
    })
    expect(again.json()).toMatchObject({ code: 'already-done' })
  })

  it('show on a card what blocks it, until that is ended', async () => {
    const [first, second] = [await work('First this'), await work('Then that')]
    const { id } = await make(engineer, `work-items/${first}/links`, { role: 'blocks', to: second })
    const blockedBy = async () =>
      ((await board('?text=then'))['triage']?.cards as unknown as Json[] | undefined)?.[0]?.['blockedBy']
    expect(await blockedBy()).toEqual([first])
    await ask(engineer, 'POST', `work-items/${first}/move`, { to: 'done' })
    expect(await blockedBy()).toEqual([])
    expect((await ask(engineer, 'DELETE', `work-items/${second}/links/${String(id)}`)).status).toBe(204)
    expect(await linksOf(first)).toEqual([])
    expect(
      (await ask(agent, 'POST', `work-items/${first}/links`, { role: 'blocks', to: second })).status,
    ).toBe(403)
  })

  it('lead elsewhere by addresses of the web only', async () => {
    const key = await work('With a page')
    const link = (url: string) => ask(engineer, 'POST', `work-items/${key}/links`, { url, title: 'Design' })
    for (const url of ['javascript:alert(1)', 'data:text/html,x', 'example.org', 'file:///etc/passwd'])
      expect([url, (await link(url)).json()['field']]).toEqual([url, '/url'])
    expect((await link('https://example.org/design')).status).toBe(201)
    expect((await link('https://example.org/design')).json()).toMatchObject({ code: 'already-done' })
    expect(await linksOf(key)).toMatchObject([
      { workItem: null, url: 'https://example.org/design', title: 'Design' },
    ])
  })
})

describe('escalations', () => {
  it('are counted by whose move it is, and listed so', async () => {
    const { items } = (await ask(lead, 'GET', 'escalations/totals')).json() as {
      items: { move: string; count: number }[]
    }
    const engineering = items.find(({ move }) => move === 'engineering')
    const page = (await ask(lead, 'GET', 'escalations?move=engineering&limit=200')).json()['items'] as Json[]
    expect(engineering?.count).toBe(page.length)
    expect(new Set(page.map((one) => one['move']))).toEqual(new Set(['engineering']))
  })

  it('are filtered by severity, component and release', async () => {
    const count = async (query: string) =>
      ((await ask(lead, 'GET', `escalations?limit=200&${query}`)).json()['items'] as Json[]).length
    expect(await count('severity=critical')).toBe(1)
    expect(await count(`release=${webTeam}`)).toBe(0)
    expect(await count(`component=${webTeam}`)).toBe(0)
    expect(await count(`team=${webTeam}`)).toBeGreaterThan(2)
  })
})
