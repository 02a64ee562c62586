import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
} from '@tanstack/react-router'
import { Home } from './pages/home.tsx'
import { NotFound } from './pages/not-found.tsx'
import { PageFault } from './parts/page-fault.tsx'
import { Shell } from './parts/shell.tsx'

/**
 * Which screen is at which address. Each screen is a file of its own that is fetched when it is first shown. Addresses
 * are made by paths.ts alone; here they are only read.
 */
const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound })

const welcome = createRoute({
  getParentRoute: () => root,
  path: '/welcome',
  component: lazyRouteComponent(() => import('./pages/welcome.tsx'), 'Welcome'),
})
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: lazyRouteComponent(() => import('./pages/sign-in.tsx'), 'SignIn'),
})
const forgotten = createRoute({
  getParentRoute: () => root,
  path: '/forgotten',
  component: lazyRouteComponent(() => import('./pages/forgotten.tsx'), 'Forgotten'),
})

const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell })
const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  component: Home,
})
const myMove = createRoute({
  getParentRoute: () => shell,
  path: '/my-move',
  component: lazyRouteComponent(() => import('./pages/my-move.tsx'), 'MyMove'),
})
const macros = createRoute({
  getParentRoute: () => shell,
  path: '/macros',
  component: lazyRouteComponent(() => import('./pages/macros.tsx'), 'Macros'),
})
const tickets = createRoute({
  getParentRoute: () => shell,
  path: '/tickets',
  component: lazyRouteComponent(() => import('./pages/tickets.tsx'), 'Tickets'),
})
const newTicket = createRoute({
  getParentRoute: () => shell,
  path: '/tickets/new',
  component: lazyRouteComponent(() => import('./pages/new-ticket.tsx'), 'NewTicket'),
})
const ticket = createRoute({
  getParentRoute: () => shell,
  path: '/tickets/$ref',
  component: lazyRouteComponent(() => import('./pages/ticket.tsx'), 'Ticket'),
})
const workItems = createRoute({
  getParentRoute: () => shell,
  path: '/work-items',
  component: lazyRouteComponent(() => import('./pages/work-items.tsx'), 'WorkItems'),
})
const workItem = createRoute({
  getParentRoute: () => shell,
  path: '/work-items/$ref',
  component: lazyRouteComponent(() => import('./pages/work-item.tsx'), 'WorkItem'),
})
const myWork = createRoute({
  getParentRoute: () => shell,
  path: '/my-work',
  component: lazyRouteComponent(() => import('./pages/my-work.tsx'), 'MyWork'),
})
const triage = createRoute({
  getParentRoute: () => shell,
  path: '/triage',
  component: lazyRouteComponent(() => import('./pages/triage.tsx'), 'Triage'),
})
const board = createRoute({
  getParentRoute: () => shell,
  path: '/board',
  component: lazyRouteComponent(() => import('./pages/board.tsx'), 'BoardPage'),
})
const escalations = createRoute({
  getParentRoute: () => shell,
  path: '/escalations',
  component: lazyRouteComponent(() => import('./pages/escalations.tsx'), 'Escalations'),
})
const releases = createRoute({
  getParentRoute: () => shell,
  path: '/releases',
  component: lazyRouteComponent(() => import('./pages/releases.tsx'), 'Releases'),
})
const release = createRoute({
  getParentRoute: () => shell,
  path: '/releases/$id',
  component: lazyRouteComponent(() => import('./pages/release.tsx'), 'Release'),
})
const releaseContents = createRoute({
  getParentRoute: () => shell,
  path: '/releases/$id/contents',
  component: lazyRouteComponent(() => import('./pages/release-contents.tsx'), 'ReleaseContents'),
})
const releaseNotes = createRoute({
  getParentRoute: () => shell,
  path: '/releases/$id/notes',
  component: lazyRouteComponent(() => import('./pages/release-notes.tsx'), 'ReleaseNotes'),
})
const releaseGoLive = createRoute({
  getParentRoute: () => shell,
  path: '/releases/$id/go-live',
  component: lazyRouteComponent(() => import('./pages/release-go-live.tsx'), 'ReleaseGoLive'),
})
const releaseAcceptance = createRoute({
  getParentRoute: () => shell,
  path: '/releases/$id/acceptance',
  component: lazyRouteComponent(() => import('./pages/release-acceptance.tsx'), 'ReleaseAcceptance'),
})
const releaseInstallations = createRoute({
  getParentRoute: () => shell,
  path: '/releases/$id/installations',
  component: lazyRouteComponent(() => import('./pages/release-installations.tsx'), 'ReleaseInstallations'),
})
const releaseWaiting = createRoute({
  getParentRoute: () => shell,
  path: '/releases/$id/waiting',
  component: lazyRouteComponent(() => import('./pages/release-waiting.tsx'), 'ReleaseWaiting'),
})
const outreach = createRoute({
  getParentRoute: () => shell,
  path: '/outreach',
  component: lazyRouteComponent(() => import('./pages/outreach.tsx'), 'Outreach'),
})
const outreachReport = createRoute({
  getParentRoute: () => shell,
  path: '/outreach/report',
  component: lazyRouteComponent(() => import('./pages/outreach-report.tsx'), 'OutreachReport'),
})
const outreachSettings = createRoute({
  getParentRoute: () => shell,
  path: '/outreach/settings',
  component: lazyRouteComponent(() => import('./pages/outreach-settings.tsx'), 'OutreachSettings'),
})
const chats = createRoute({
  getParentRoute: () => shell,
  path: '/chats',
  component: lazyRouteComponent(() => import('./pages/chats.tsx'), 'Chats'),
})
const repositories = createRoute({
  getParentRoute: () => shell,
  path: '/repositories',
  component: lazyRouteComponent(() => import('./pages/repositories.tsx'), 'Repositories'),
})
const environments = createRoute({
  getParentRoute: () => shell,
  path: '/environments',
  component: lazyRouteComponent(() => import('./pages/environments.tsx'), 'Environments'),
})
const deployments = createRoute({
  getParentRoute: () => shell,
  path: '/deployments',
  component: lazyRouteComponent(() => import('./pages/deployments.tsx'), 'Deployments'),
})
const waitingDeployments = createRoute({
  getParentRoute: () => shell,
  path: '/deployments/waiting',
  component: lazyRouteComponent(() => import('./pages/waiting-deployments.tsx'), 'WaitingDeployments'),
})
const ciSources = createRoute({
  getParentRoute: () => shell,
  path: '/deployments/ci-systems',
  component: lazyRouteComponent(() => import('./pages/ci-sources.tsx'), 'CiSources'),
})
const calendar = createRoute({
  getParentRoute: () => shell,
  path: '/calendar',
  component: lazyRouteComponent(() => import('./pages/calendar.tsx'), 'CalendarPage'),
})
const search = createRoute({
  getParentRoute: () => shell,
  path: '/search',
  component: lazyRouteComponent(() => import('./pages/search.tsx'), 'Search'),
})
const bugOrFeature = createRoute({
  getParentRoute: () => shell,
  path: '/bug-or-feature',
  component: lazyRouteComponent(() => import('./pages/bug-or-feature.tsx'), 'BugOrFeature'),
})
const profile = createRoute({
  getParentRoute: () => shell,
  path: '/profile',
  component: lazyRouteComponent(() => import('./pages/profile.tsx'), 'Profile'),
})
const start = createRoute({
  getParentRoute: () => shell,
  path: '/start',
  component: lazyRouteComponent(() => import('./pages/start.tsx'), 'Start'),
})
const settings = createRoute({
  getParentRoute: () => shell,
  path: '/settings',
  component: lazyRouteComponent(() => import('./pages/settings.tsx'), 'Settings'),
})
const audit = createRoute({
  getParentRoute: () => shell,
  path: '/audit',
  component: lazyRouteComponent(() => import('./pages/audit.tsx'), 'Audit'),
})
const people = createRoute({
  getParentRoute: () => shell,
  path: '/people',
  component: lazyRouteComponent(() => import('./pages/people.tsx'), 'People'),
})
const teams = createRoute({
  getParentRoute: () => shell,
  path: '/teams',
  component: lazyRouteComponent(() => import('./pages/teams.tsx'), 'Teams'),
})
const tokens = createRoute({
  getParentRoute: () => shell,
  path: '/tokens',
  component: lazyRouteComponent(() => import('./pages/tokens.tsx'), 'Tokens'),
})
const products = createRoute({
  getParentRoute: () => shell,
  path: '/products',
  component: lazyRouteComponent(() => import('./pages/products.tsx'), 'Products'),
})
const customers = createRoute({
  getParentRoute: () => shell,
  path: '/customers',
  component: lazyRouteComponent(() => import('./pages/customers.tsx'), 'Customers'),
})
const contacts = createRoute({
  getParentRoute: () => shell,
  path: '/contacts',
  component: lazyRouteComponent(() => import('./pages/contacts.tsx'), 'Contacts'),
})
const installations = createRoute({
  getParentRoute: () => shell,
  path: '/installations',
  component: lazyRouteComponent(() => import('./pages/installations.tsx'), 'Installations'),
})
const requests = createRoute({
  getParentRoute: () => shell,
  path: '/requests',
  component: lazyRouteComponent(() => import('./portal/requests.tsx'), 'Requests'),
})
const newRequest = createRoute({
  getParentRoute: () => shell,
  path: '/requests/new',
  component: lazyRouteComponent(() => import('./portal/new-request.tsx'), 'NewRequest'),
})
const request = createRoute({
  getParentRoute: () => shell,
  path: '/requests/$ref',
  component: lazyRouteComponent(() => import('./portal/request.tsx'), 'Request'),
})
const connections = createRoute({
  getParentRoute: () => shell,
  path: '/connections',
  component: lazyRouteComponent(() => import('./pages/connections.tsx'), 'Connections'),
})
const newConnection = createRoute({
  getParentRoute: () => shell,
  path: '/connections/new',
  component: lazyRouteComponent(() => import('./pages/new-connection.tsx'), 'NewConnection'),
})
const connection = createRoute({
  getParentRoute: () => shell,
  path: '/connections/$key',
  component: lazyRouteComponent(() => import('./pages/connection.tsx'), 'Connection'),
})
const connectionMapping = createRoute({
  getParentRoute: () => shell,
  path: '/connections/$key/mapping',
  component: lazyRouteComponent(() => import('./pages/connection-mapping.tsx'), 'ConnectionMapping'),
})
const connectionVersions = createRoute({
  getParentRoute: () => shell,
  path: '/connections/$key/versions',
  component: lazyRouteComponent(() => import('./pages/connection-versions.tsx'), 'ConnectionVersions'),
})
const connectionPairs = createRoute({
  getParentRoute: () => shell,
  path: '/connections/$key/pairs',
  component: lazyRouteComponent(() => import('./pages/connection-pairs.tsx'), 'ConnectionPairs'),
})
const partners = createRoute({
  getParentRoute: () => shell,
  path: '/partners',
  component: lazyRouteComponent(() => import('./pages/partners.tsx'), 'Partners'),
})
const partner = createRoute({
  getParentRoute: () => shell,
  path: '/partners/$id',
  component: lazyRouteComponent(() => import('./pages/partner.tsx'), 'OnePartner'),
})
const connectionSettings = createRoute({
  getParentRoute: () => shell,
  path: '/connections/$key/settings',
  component: lazyRouteComponent(() => import('./pages/connection-settings.tsx'), 'ConnectionSettings'),
})
const holds = createRoute({
  getParentRoute: () => shell,
  path: '/sync/holds',
  component: lazyRouteComponent(() => import('./pages/holds.tsx'), 'Holds'),
})
const conflicts = createRoute({
  getParentRoute: () => shell,
  path: '/sync/conflicts',
  component: lazyRouteComponent(() => import('./pages/conflicts.tsx'), 'Conflicts'),
})
const lostAnswers = createRoute({
  getParentRoute: () => shell,
  path: '/sync/lost-answers',
  component: lazyRouteComponent(() => import('./pages/lost-answers.tsx'), 'LostAnswers'),
})
const crossings = createRoute({
  getParentRoute: () => shell,
  path: '/sync/written',
  component: lazyRouteComponent(() => import('./pages/crossings.tsx'), 'Crossings'),
})
// inside the shell: who mistyped an address keeps the way to all others
const anythingElse = createRoute({ getParentRoute: () => shell, path: '$', component: NotFound })

const tree = root.addChildren([
  welcome,
  signIn,
  forgotten,
  shell.addChildren([
    home,
    myMove,
    macros,
    tickets,
    newTicket,
    ticket,
    workItems,
    workItem,
    ...[myWork, triage, board, escalations, releases, release],
    ...[environments, deployments, waitingDeployments, ciSources, calendar, repositories],
    ...[outreach, outreachReport, outreachSettings],
    ...[
      releaseInstallations,
      releaseGoLive,
      releaseAcceptance,
      releaseNotes,
      releaseContents,
      releaseWaiting,
    ],
    ...[releaseNotes, releaseContents, releaseWaiting],
    ...[environments, deployments, waitingDeployments, ciSources, calendar, chats, repositories],
    search,
    bugOrFeature,
    profile,
    start,
    settings,
    audit,
    people,
    teams,
    tokens,
    products,
    customers,
    contacts,
    installations,
    requests,
    newRequest,
    request,
    connections,
    newConnection,
    connection,
    connectionMapping,
    connectionVersions,
    connectionPairs,
    partners,
    partner,
    connectionSettings,
    holds,
    conflicts,
    lostAnswers,
    crossings,
    anythingElse,
  ]),
])

export const makeRouter = () =>
  createRouter({
    routeTree: tree,
    defaultErrorComponent: PageFault,
    defaultNotFoundComponent: NotFound,
    scrollRestoration: true,
    // a filter is a word, also when it looks like a number
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: (search) => {
      const text = new URLSearchParams(search as Record<string, string>).toString()
      return text === '' ? '' : `?${text}`
    },
  })
