/** Every address of the app, each a function: a screen that moves is changed here. Tools hold links to these too. */
const of = (path: string, query: Readonly<Record<string, string | undefined>> = {}): string => {
  const given = Object.entries(query).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '',
  )
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`
}

export type TicketFilters = Readonly<
  Partial<Record<'state' | 'needs' | 'owner' | 'kind' | 'severity' | 'escalated' | 'text', string>>
>
export type WorkItemFilters = Readonly<
  Partial<Record<'state' | 'kind' | 'assignee' | 'team' | 'text', string>>
>

/** Of the lists of people, teams, products, customers. */
export type OrganisationFilters = Readonly<Partial<Record<'text' | 'archived', string>>>

export const paths = {
  home: () => '/',
  /** What stands behind the `#` is sent to no server. */
  welcome: (token?: string) =>
    token === undefined ? '/welcome' : `/welcome#token=${encodeURIComponent(token)}`,
  signIn: (next?: string) => of('/sign-in', { next: next === '/' ? undefined : next }),
  forgotten: () => '/forgotten',
  myMove: () => '/my-move',
  profile: () => '/profile',
  people: (filters: OrganisationFilters = {}) => of('/people', filters),
  teams: (filters: OrganisationFilters = {}) => of('/teams', filters),
  tokens: () => '/tokens',
  products: (filters: OrganisationFilters = {}) => of('/products', filters),
  customers: (filters: OrganisationFilters = {}) => of('/customers', filters),
  contacts: (filters: OrganisationFilters = {}) => of('/contacts', filters),
  installations: () => '/installations',
  requests: () => '/requests',
  newRequest: () => '/requests/new',
  request: (key: string) => `/requests/${encodeURIComponent(key)}`,
  tickets: (filters: TicketFilters = {}) => of('/tickets', filters),
  newTicket: () => '/tickets/new',
  ticket: (key: string) => `/tickets/${encodeURIComponent(key)}`,
  workItems: (filters: WorkItemFilters = {}) => of('/work-items', filters),
  workItem: (key: string) => `/work-items/${encodeURIComponent(key)}`,
} as const

/** Where to go after signing in. Only a place of ours: `//elsewhere` and `https:` would leave. */
export const safeNext = (next: string | undefined): string =>
  next !== undefined && /^\/(?![/\\])/.test(next) ? next : paths.home()
