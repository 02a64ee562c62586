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
const home = createRoute({ getParentRoute: () => shell, path: '/', component: Home })

/** One screen of the shell: where it is, and the file that shows it. */
const screen = <M extends Record<string, unknown>>(
  path: string,
  load: () => Promise<M>,
  name: keyof M & string,
) => createRoute({ getParentRoute: () => shell, path, component: lazyRouteComponent(load, name) })

const screens = [
  screen('/my-move', () => import('./pages/my-move.tsx'), 'MyMove'),
  screen('/macros', () => import('./pages/macros.tsx'), 'Macros'),
  screen('/tickets', () => import('./pages/tickets.tsx'), 'Tickets'),
  screen('/tickets/new', () => import('./pages/new-ticket.tsx'), 'NewTicket'),
  screen('/tickets/$ref', () => import('./pages/ticket.tsx'), 'Ticket'),
  screen('/work-items', () => import('./pages/work-items.tsx'), 'WorkItems'),
  screen('/work-items/$ref', () => import('./pages/work-item.tsx'), 'WorkItem'),
  screen('/my-work', () => import('./pages/my-work.tsx'), 'MyWork'),
  screen('/triage', () => import('./pages/triage.tsx'), 'Triage'),
  screen('/board', () => import('./pages/board.tsx'), 'BoardPage'),
  screen('/escalations', () => import('./pages/escalations.tsx'), 'Escalations'),
  screen('/releases', () => import('./pages/releases.tsx'), 'Releases'),
  screen('/releases/$id', () => import('./pages/release.tsx'), 'Release'),
  screen('/releases/$id/contents', () => import('./pages/release-contents.tsx'), 'ReleaseContents'),
  screen('/releases/$id/notes', () => import('./pages/release-notes.tsx'), 'ReleaseNotes'),
  screen('/releases/$id/go-live', () => import('./pages/release-go-live.tsx'), 'ReleaseGoLive'),
  screen('/releases/$id/acceptance', () => import('./pages/release-acceptance.tsx'), 'ReleaseAcceptance'),
  screen(
    '/releases/$id/installations',
    () => import('./pages/release-installations.tsx'),
    'ReleaseInstallations',
  ),
  screen('/releases/$id/waiting', () => import('./pages/release-waiting.tsx'), 'ReleaseWaiting'),
  screen('/outreach', () => import('./pages/outreach.tsx'), 'Outreach'),
  screen('/outreach/report', () => import('./pages/outreach-report.tsx'), 'OutreachReport'),
  screen('/outreach/settings', () => import('./pages/outreach-settings.tsx'), 'OutreachSettings'),
  screen('/chats', () => import('./pages/chats.tsx'), 'Chats'),
  screen('/repositories', () => import('./pages/repositories.tsx'), 'Repositories'),
  screen('/changes', () => import('./pages/changes.tsx'), 'Changes'),
  screen('/changes/$key', () => import('./pages/change.tsx'), 'ChangePage'),
  screen('/change-models', () => import('./pages/change-models.tsx'), 'ChangeModels'),
  screen('/change-rules', () => import('./pages/change-rules.tsx'), 'ChangeRulesPage'),
  screen('/enhancements', () => import('./pages/enhancements.tsx'), 'Enhancements'),
  screen('/enhancements/to-file', () => import('./pages/unfiled-wishes.tsx'), 'UnfiledWishes'),
  screen('/enhancements/$ref', () => import('./pages/enhancement.tsx'), 'Enhancement'),
  screen('/environments', () => import('./pages/environments.tsx'), 'Environments'),
  screen('/deployments', () => import('./pages/deployments.tsx'), 'Deployments'),
  screen('/deployments/waiting', () => import('./pages/waiting-deployments.tsx'), 'WaitingDeployments'),
  screen('/deployments/ci-systems', () => import('./pages/ci-sources.tsx'), 'CiSources'),
  screen('/calendar', () => import('./pages/calendar.tsx'), 'CalendarPage'),
  screen('/search', () => import('./pages/search.tsx'), 'Search'),
  screen('/bug-or-feature', () => import('./pages/bug-or-feature.tsx'), 'BugOrFeature'),
  screen('/profile', () => import('./pages/profile.tsx'), 'Profile'),
  screen('/start', () => import('./pages/start.tsx'), 'Start'),
  screen('/settings', () => import('./pages/settings.tsx'), 'Settings'),
  screen('/audit', () => import('./pages/audit.tsx'), 'Audit'),
  screen('/people', () => import('./pages/people.tsx'), 'People'),
  screen('/teams', () => import('./pages/teams.tsx'), 'Teams'),
  screen('/tokens', () => import('./pages/tokens.tsx'), 'Tokens'),
  screen('/products', () => import('./pages/products.tsx'), 'Products'),
  screen('/customers', () => import('./pages/customers.tsx'), 'Customers'),
  screen('/contacts', () => import('./pages/contacts.tsx'), 'Contacts'),
  screen('/installations', () => import('./pages/installations.tsx'), 'Installations'),
  screen('/requests', () => import('./portal/requests.tsx'), 'Requests'),
  screen('/requests/new', () => import('./portal/new-request.tsx'), 'NewRequest'),
  screen('/requests/$ref', () => import('./portal/request.tsx'), 'Request'),
  screen('/connections', () => import('./pages/connections.tsx'), 'Connections'),
  screen('/connections/new', () => import('./pages/new-connection.tsx'), 'NewConnection'),
  screen('/connections/$key', () => import('./pages/connection.tsx'), 'Connection'),
  screen('/connections/$key/mapping', () => import('./pages/connection-mapping.tsx'), 'ConnectionMapping'),
  screen('/connections/$key/versions', () => import('./pages/connection-versions.tsx'), 'ConnectionVersions'),
  screen('/connections/$key/pairs', () => import('./pages/connection-pairs.tsx'), 'ConnectionPairs'),
  screen('/partners', () => import('./pages/partners.tsx'), 'Partners'),
  screen('/partners/$id', () => import('./pages/partner.tsx'), 'OnePartner'),
  screen('/connections/$key/settings', () => import('./pages/connection-settings.tsx'), 'ConnectionSettings'),
  screen('/sync/holds', () => import('./pages/holds.tsx'), 'Holds'),
  screen('/sync/conflicts', () => import('./pages/conflicts.tsx'), 'Conflicts'),
  screen('/sync/lost-answers', () => import('./pages/lost-answers.tsx'), 'LostAnswers'),
  screen('/sync/written', () => import('./pages/crossings.tsx'), 'Crossings'),
]
// inside the shell: who mistyped an address keeps the way to all others
const anythingElse = createRoute({ getParentRoute: () => shell, path: '$', component: NotFound })

const tree = root.addChildren([
  welcome,
  signIn,
  forgotten,
  shell.addChildren([home, ...screens, anythingElse]),
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
