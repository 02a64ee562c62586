/** Every address of the app, each a function: a screen that moves is changed here. Tools hold links to these too. */
const of = (path: string, query: Readonly<Record<string, string | undefined>> = {}): string => {
  const given = Object.entries(query).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '',
  )
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`
}

export type TicketFilters = Readonly<
  Partial<Record<'state' | 'needs' | 'owner' | 'kind' | 'severity' | 'escalated' | 'text' | 'q', string>>
>
export type WorkItemFilters = Readonly<
  Partial<Record<'state' | 'kind' | 'assignee' | 'team' | 'release' | 'text' | 'q', string>>
>

/** `more`: columns of which more cards are shown than at first. */
export type BoardFilters = Readonly<
  Partial<Record<'team' | 'assignee' | 'component' | 'release' | 'kind' | 'text' | 'lanes' | 'more', string>>
>
/** `item`: the one that is looked at, by key. */
export type TriageFilters = Readonly<
  Partial<Record<'whose' | 'team' | 'component' | 'text' | 'snoozed' | 'item', string>>
>
export type EscalationFilters = Readonly<
  Partial<
    Record<'move' | 'team' | 'owner' | 'customer' | 'component' | 'severity' | 'release' | 'ended', string>
  >
>
/** What a caller says, and what they run. */
export type BugOrFeatureWords = Readonly<Partial<Record<'text' | 'product' | 'version' | 'customer', string>>>
export type NewTicketWords = Readonly<
  Partial<Record<'title' | 'description' | 'product' | 'version' | 'customer', string>>
>
export type ReleaseFilters = Readonly<Partial<Record<'product' | 'state', string>>>
export type OutreachFilters = Readonly<Partial<Record<'state' | 'standing' | 'release', string>>>
export type ChangeFilters = Readonly<Partial<Record<'which' | 'state' | 'kind' | 'product' | 'text', string>>>
/** Of those who wait for a release. */
export type WaitingFilters = Readonly<Partial<Record<'standing', string>>>

export type RequestFilters = Readonly<Partial<Record<'state' | 'person' | 'text', string>>>
export type WaitFilters = Readonly<Partial<Record<'connection', string>>>
export type ConflictFilters = Readonly<Partial<Record<'state' | 'overwritten', string>>>
/** Of the lists of people, teams, products, customers. */
export type OrganisationFilters = Readonly<Partial<Record<'text' | 'archived', string>>>

export type AuditFilters = Readonly<Partial<Record<'actor' | 'group' | 'record' | 'from' | 'until', string>>>

export type EnhancementFilters = {
  readonly text?: string
  readonly product?: string
  readonly standing?: string
  readonly order?: string
}

export type DeploymentFilters = {
  readonly product?: string
  readonly environment?: string
  readonly release?: string
  readonly state?: string
}

export const paths = {
  home: () => '/',
  search: (query: { readonly q?: string; readonly kind?: string } = {}) => of('/search', query),
  bugOrFeature: (words: BugOrFeatureWords = {}) => of('/bug-or-feature', words),
  /** What stands behind the `#` is sent to no server. */
  welcome: (token?: string) =>
    token === undefined ? '/welcome' : `/welcome#token=${encodeURIComponent(token)}`,
  signIn: (next?: string) => of('/sign-in', { next: next === '/' ? undefined : next }),
  forgotten: () => '/forgotten',
  myMove: () => '/my-move',
  /** First steps; `way=empty` shows them one by one. */
  start: (query: { readonly way?: 'empty' } = {}) => of('/start', query),
  settings: () => '/settings',
  audit: (filters: AuditFilters = {}) => of('/audit', filters),
  /** `linked`: just back from the provider of single sign-on. */
  profile: (query: { readonly linked?: 'true' } = {}) => of('/profile', query),
  people: (filters: OrganisationFilters = {}) => of('/people', filters),
  teams: (filters: OrganisationFilters = {}) => of('/teams', filters),
  tokens: () => '/tokens',
  products: (filters: OrganisationFilters = {}) => of('/products', filters),
  customers: (filters: OrganisationFilters = {}) => of('/customers', filters),
  contacts: (filters: OrganisationFilters = {}) => of('/contacts', filters),
  installations: () => '/installations',
  partners: () => '/partners',
  packages: (
    filters: { readonly text?: string; readonly version?: string; readonly release?: string } = {},
  ) => of('/packages', filters),
  chats: (filters: { readonly archived?: string } = {}) => of('/chats', filters),
  repositories: (filters: { readonly archived?: string } = {}) => of('/repositories', filters),
  partner: (id: string) => `/partners/${encodeURIComponent(id)}`,
  connections: () => '/connections',
  newConnection: (kind?: string) => of('/connections/new', { kind }),
  connection: (key: string) => `/connections/${encodeURIComponent(key)}`,
  connectionMapping: (key: string) => `/connections/${encodeURIComponent(key)}/mapping`,
  connectionVersions: (key: string) => `/connections/${encodeURIComponent(key)}/versions`,
  connectionPairs: (key: string) => `/connections/${encodeURIComponent(key)}/pairs`,
  connectionSettings: (key: string) => `/connections/${encodeURIComponent(key)}/settings`,
  /** What waits on all connections, or on one. */
  holds: (filters: WaitFilters = {}) => of('/sync/holds', filters),
  conflicts: (filters: WaitFilters & ConflictFilters = {}) => of('/sync/conflicts', filters),
  lostAnswers: (filters: WaitFilters = {}) => of('/sync/lost-answers', filters),
  crossings: (filters: WaitFilters = {}) => of('/sync/written', filters),
  requests: (filters: RequestFilters = {}) => of('/requests', filters),
  newRequest: () => '/requests/new',
  request: (key: string) => `/requests/${encodeURIComponent(key)}`,
  tickets: (filters: TicketFilters = {}) => of('/tickets', filters),
  macros: (filters: OrganisationFilters = {}) => of('/macros', filters),
  /** With what is known already. */
  newTicket: (words: NewTicketWords = {}) => of('/tickets/new', words),
  ticket: (key: string) => `/tickets/${encodeURIComponent(key)}`,
  workItems: (filters: WorkItemFilters = {}) => of('/work-items', filters),
  myWork: () => '/my-work',
  triage: (filters: TriageFilters = {}) => of('/triage', filters),
  board: (filters: BoardFilters = {}) => of('/board', filters),
  escalations: (filters: EscalationFilters = {}) => of('/escalations', filters),
  releases: (filters: ReleaseFilters = {}) => of('/releases', filters),
  release: (id: string) => `/releases/${encodeURIComponent(id)}`,
  releaseContents: (id: string) => `/releases/${encodeURIComponent(id)}/contents`,
  releaseGoLive: (id: string) => `/releases/${encodeURIComponent(id)}/go-live`,
  releaseAcceptance: (id: string) => `/releases/${encodeURIComponent(id)}/acceptance`,
  releaseInstallations: (id: string) => `/releases/${encodeURIComponent(id)}/installations`,
  releaseNotes: (id: string) => `/releases/${encodeURIComponent(id)}/notes`,
  releaseWaiting: (id: string, filters: WaitingFilters = {}) =>
    of(`/releases/${encodeURIComponent(id)}/waiting`, filters),
  outreach: (filters: OutreachFilters = {}) => of('/outreach', filters),
  outreachReport: (filters: { readonly release?: string } = {}) => of('/outreach/report', filters),
  outreachSettings: () => '/outreach/settings',
  changes: (filters: ChangeFilters = {}) => of('/changes', filters),
  change: (key: string) => `/changes/${encodeURIComponent(key)}`,
  /** What somebody’s changes cost. */
  personCost: (id: string) => `/people/${encodeURIComponent(id)}/cost`,
  changeModels: (filters: OrganisationFilters = {}) => of('/change-models', filters),
  changeRules: () => '/change-rules',
  environments: (filters: OrganisationFilters = {}) => of('/environments', filters),
  deployments: (filters: DeploymentFilters = {}) => of('/deployments', filters),
  enhancements: (filters: EnhancementFilters = {}) => of('/enhancements', filters),
  unfiledWishes: () => '/enhancements/to-file',
  enhancement: (key: string) => `/enhancements/${encodeURIComponent(key)}`,
  waitingDeployments: () => '/deployments/waiting',
  ciSources: () => '/deployments/ci-systems',
  /** `at`: a day of what is shown. */
  calendar: (shown: { readonly view?: string; readonly at?: string } = {}) => of('/calendar', shown),
  workItem: (key: string) => `/work-items/${encodeURIComponent(key)}`,
} as const

/** Of a list with its filters, as a saved view keeps them. */
export const viewAddress = (list: 'tickets' | 'work-items' | 'search', query: string): string =>
  of(`/${list}`, Object.fromEntries(new URLSearchParams(query)))

/** The filters of a list as a saved view keeps them: in one order, so that the same filters are the same view. */
export const viewQuery = (filters: Readonly<Record<string, string | undefined>>): string =>
  of('', Object.fromEntries(Object.entries(filters).toSorted(([a], [b]) => a.localeCompare(b)))).slice(1)

/** Where to go after signing in. Only a place of ours: `//elsewhere` and `https:` would leave. */
export const safeNext = (next: string | undefined): string =>
  next !== undefined && /^\/(?![/\\])/.test(next) ? next : paths.home()

/** What customers see; all other screens behind the sign-in are for colleagues. */
const OF_PORTAL = /^\/requests(\/|$)/
const OF_BOTH = /^\/(profile)?$/
const TICKET = /^\/tickets\/([^/]+)$/
const REQUEST = /^\/requests\/([^/]+)$/

/** Where the same is shown to the reader of an address made for the other kind; null: here. Links travel in mails. */
export const placeFor = (reader: 'customer' | 'colleague', path: string): string | null => {
  if (OF_BOTH.test(path) || OF_PORTAL.test(path) === (reader === 'customer')) return null
  if (reader === 'customer') {
    const key = TICKET.exec(path)?.[1]
    if (key === 'new') return paths.newRequest()
    return key === undefined ? paths.requests() : paths.request(decodeURIComponent(key))
  }
  const key = REQUEST.exec(path)?.[1]
  if (key === 'new') return paths.newTicket()
  return key === undefined ? paths.tickets() : paths.ticket(decodeURIComponent(key))
}
