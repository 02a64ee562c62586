import { BIG_HUB } from '../big-hub.ts'

/** One thing that a screen asks for, again and again with other records. */
export interface Probe {
  readonly name: string
  /** Milliseconds for its p95; null: for information. */
  readonly limit: number | null
  readonly token: string
  readonly paths: readonly string[]
}

export interface People {
  /** Whether this program has such a route. */
  readonly has: (route: string) => boolean
  readonly agent: string
  readonly engineer: string
  readonly lead: string
  readonly owner: string
  readonly customer: string
  readonly customerAdmin: string
  /** Those with the most tickets. */
  readonly customerId: string
  readonly ownRequests: readonly string[]
}

const LISTS_MS = 50
const SEARCH_MS = 150
const API = '/api/v1'

interface Page {
  readonly items: readonly { readonly id: string; readonly key: string; readonly roles?: readonly string[] }[]
}

/** Tokens of people that the hub has, as their browsers would hold them. */
export const openPeople = async (url: string, owner: string): Promise<People> => {
  const ask = async <T>(path: string, token: string, body?: unknown): Promise<T> => {
    const answer = await fetch(`${url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as T
  }
  const people = await ask<Page>(`${API}/people?limit=100`, owner)
  const tokenOf = async (role: string, holder: Readonly<Record<string, string>>): Promise<string> =>
    (
      await ask<{ token: string }>(`${API}/tokens`, owner, {
        name: `bench ${role}`,
        roles: [role],
        ...holder,
      })
    ).token
  const personOf = (role: string): Promise<string> =>
    tokenOf(role, { personId: people.items.find(({ roles }) => roles?.includes(role))?.id ?? '' })
  const customerId = (await ask<Page>(`${API}/customers?text=C-1&limit=100`, owner)).items.find(
    ({ key }) => key === 'C-1',
  )?.id
  if (customerId === undefined) throw new Error('the hub has no customer C-1')
  const contacts = await ask<Page>(`${API}/contacts?customer=${customerId}`, owner)
  const contactId = contacts.items[0]?.id ?? ''
  const customer = await tokenOf('customer', { contactId })
  const own = await ask<Page>(`${API}/portal/requests?limit=50`, customer)
  const { paths } = await ask<{ paths: Readonly<Record<string, unknown>> }>(`/api/openapi.json`, owner)
  return {
    has: (route) => Object.keys(paths).some((path) => path === `${API}${route}` || path === route),
    agent: await personOf('agent'),
    engineer: await personOf('engineer'),
    lead: await personOf('lead'),
    owner,
    customer,
    customerAdmin: await tokenOf('customer admin', { contactId }),
    customerId,
    ownRequests: own.items.map(({ key }) => key),
  }
}

/** Spread over the whole hub; the first has very many words on it. */
const some = (prefix: string, of: number, path = ''): readonly string[] =>
  Array.from({ length: 25 }, (_, at) => `${prefix}${1 + Math.floor((at * of) / 26)}${path}`)

/** What people type: common words, rare ones, several, mistyped ones, one that nothing has. */
const SEARCHES = [
  'export',
  'invoice',
  'slow export',
  'pritner',
  '"does not"',
  'T-4711',
  'zzzzz',
  'login fails',
]

/** `part`: the hub is so many times smaller than a whole one. */
export const probesOf = async (people: People, part: number): Promise<readonly Probe[]> => {
  const { agent, engineer, lead, owner, customer, customerAdmin, customerId } = people
  const list = (name: string, token: string, ...paths: readonly string[]): Probe => ({
    name,
    limit: LISTS_MS,
    token,
    paths: paths.map((path) => `${API}${path}`),
  })
  const search = (name: string, token: string, path: (words: string) => string): Probe => ({
    name,
    limit: SEARCH_MS,
    token,
    paths: SEARCHES.map((words) => `${API}${path(encodeURIComponent(words))}`),
  })
  const tickets = (path = '') => some('/tickets/T-', BIG_HUB.tickets / part, path)
  const young = `/tickets/T-${(BIG_HUB.tickets / part) * 0.99}`
  const items = (path = '') => some('/work-items/W-', BIG_HUB.workItems / part, path)
  const own = (path: string) => people.ownRequests.slice(0, 20).map((key) => `/portal/requests/${key}${path}`)
  const all: readonly (Probe & { readonly route: string })[] = [
    { route: '/my-move', ...list('my move', agent, '/my-move') },
    { route: '/tickets', ...list('all tickets', agent, '/tickets?limit=50') },
    { route: '/tickets', ...list('open tickets of mine', agent, '/tickets?limit=50&state=open&owner=me') },
    {
      route: '/tickets',
      ...list(
        'tickets by one filter',
        agent,
        ...['state=waiting', 'owner=nobody', 'severity=critical', 'escalated=true', 'kind=question'].map(
          (filter) => `/tickets?limit=50&${filter}`,
        ),
        `/tickets?limit=50&customer=${customerId}`,
      ),
    },
    { route: '/tickets', ...search('tickets by words', agent, (words) => `/tickets?limit=50&text=${words}`) },
    {
      route: '/tickets',
      ...search(
        'open tickets by words anywhere',
        agent,
        (words) => `/tickets?limit=50&q=status:unfinished+${words}`,
      ),
    },
    { route: '/tickets/{ref}', ...list('a ticket', agent, ...tickets()) },
    { route: '/tickets/{ref}/timeline', ...list('its timeline', agent, ...tickets('/timeline')) },
    {
      route: '/tickets/{ref}/suggestions',
      ...search('likely work items', agent, () => `${young}/suggestions`),
    },
    {
      route: '/tickets/{ref}/similar',
      ...search('similar tickets', agent, () => `${young}/similar`),
    },
    { route: '/work-items', ...list('all work items', engineer, '/work-items?limit=50') },
    {
      route: '/work-items',
      ...list(
        'work items by one filter',
        engineer,
        ...['state=started', 'kind=risk', 'state=triage'].map((f) => `/work-items?limit=50&${f}`),
      ),
    },
    {
      route: '/work-items',
      ...search('work items by words', engineer, (w) => `/work-items?limit=50&text=${w}`),
    },
    { route: '/work-items/{ref}', ...list('a work item', engineer, ...items()) },
    {
      route: '/work-items/{ref}/timeline',
      ...list('its timeline (work item)', engineer, ...items('/timeline')),
    },
    {
      route: '/work-items/{ref}/voices',
      ...list('customers’ words behind it', engineer, ...items('/voices')),
    },
    { route: '/my-work', ...list('my work', engineer, '/my-work') },
    { route: '/triage', ...list('triage', engineer, '/triage') },
    { route: '/triage/counts', ...list('what waits in triage, counted', engineer, '/triage/counts') },
    { route: '/board', ...list('the board', engineer, '/board') },
    { route: '/escalations', ...list('escalations', lead, '/escalations') },
    { route: '/escalations/totals', ...list('escalations, counted', lead, '/escalations/totals') },
    { route: '/releases', ...list('releases', engineer, '/releases') },
    { route: '/customers', ...list('customers', agent, '/customers', '/customers?text=foods') },
    { route: '/contacts', ...list('contacts', agent, '/contacts', '/contacts?text=anna') },
    { route: '/people', ...list('people', agent, '/people') },
    { route: '/products', ...list('products', agent, '/products') },
    { route: '/installations', ...list('installations', agent, '/installations') },
    { route: '/search', ...search('search', agent, (words) => `/search?q=${words}`) },
    { route: '/search', ...search('search, as an engineer', engineer, (words) => `/search?q=${words}`) },
    { route: '/audit', ...list('the audit log', owner, '/audit') },
    { route: '/portal/requests', ...list('portal: my requests', customer, '/portal/requests?limit=50') },
    {
      route: '/portal/requests',
      ...list('portal: the organisation’s requests', customerAdmin, '/portal/requests?limit=50'),
    },
    { route: '/portal/requests/{ref}', ...list('portal: a request', customer, ...own('')) },
    { route: '/portal/requests/{ref}/timeline', ...list('portal: its story', customer, ...own('/timeline')) },
    {
      route: '/portal/likely',
      ...search('portal: likely answers', customer, (w) => `/portal/likely?text=${w}`),
    },
    {
      route: '/portal/requests',
      ...search('portal: search', customer, (words) => `/portal/requests?limit=50&text=${words}`),
    },
  ]
  return all.filter(({ route }) => people.has(route))
}
