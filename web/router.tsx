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
import type { StaffPage } from './staff-pages.ts'

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

/** One of colleagues: its file is found in a list that comes with their frame. */
const staff = (path: string, name: StaffPage) =>
  screen(
    path,
    async () => {
      const { STAFF_PAGES } = await import('./staff-pages.ts')
      return STAFF_PAGES[name]() as Promise<Record<string, unknown>>
    },
    name,
  )

const screens = [
  staff('/my-move', 'MyMove'),
  staff('/macros', 'Macros'),
  staff('/tickets', 'Tickets'),
  staff('/tickets/new', 'NewTicket'),
  staff('/tickets/$ref', 'Ticket'),
  staff('/work-items', 'WorkItems'),
  staff('/work-items/$ref', 'WorkItem'),
  staff('/my-work', 'MyWork'),
  staff('/triage', 'Triage'),
  staff('/board', 'BoardPage'),
  staff('/escalations', 'Escalations'),
  staff('/releases', 'Releases'),
  staff('/packages', 'Packages'),
  staff('/releases/$id', 'Release'),
  staff('/releases/$id/contents', 'ReleaseContents'),
  staff('/releases/$id/notes', 'ReleaseNotes'),
  staff('/releases/$id/go-live', 'ReleaseGoLive'),
  staff('/releases/$id/acceptance', 'ReleaseAcceptance'),
  staff('/releases/$id/installations', 'ReleaseInstallations'),
  staff('/releases/$id/waiting', 'ReleaseWaiting'),
  staff('/outreach', 'Outreach'),
  staff('/outreach/report', 'OutreachReport'),
  staff('/outreach/settings', 'OutreachSettings'),
  staff('/chats', 'Chats'),
  staff('/repositories', 'Repositories'),
  staff('/people/$id/cost', 'PersonCost'),
  staff('/changes', 'Changes'),
  staff('/changes/$key', 'ChangePage'),
  staff('/change-models', 'ChangeModels'),
  staff('/change-rules', 'ChangeRulesPage'),
  staff('/enhancements', 'Enhancements'),
  staff('/enhancements/to-file', 'UnfiledWishes'),
  staff('/enhancements/$ref', 'Enhancement'),
  staff('/environments', 'Environments'),
  staff('/deployments', 'Deployments'),
  staff('/deployments/waiting', 'WaitingDeployments'),
  staff('/deployments/ci-systems', 'CiSources'),
  staff('/calendar', 'CalendarPage'),
  staff('/search', 'Search'),
  staff('/bug-or-feature', 'BugOrFeature'),
  staff('/profile', 'Profile'),
  staff('/start', 'Start'),
  staff('/settings', 'Settings'),
  staff('/audit', 'Audit'),
  staff('/people', 'People'),
  staff('/teams', 'Teams'),
  staff('/tokens', 'Tokens'),
  staff('/products', 'Products'),
  staff('/customers', 'Customers'),
  staff('/contacts', 'Contacts'),
  staff('/installations', 'Installations'),
  screen('/requests', () => import('./portal/requests.tsx'), 'Requests'),
  screen('/requests/new', () => import('./portal/new-request.tsx'), 'NewRequest'),
  screen('/requests/$ref', () => import('./portal/request.tsx'), 'Request'),
  staff('/connections', 'Connections'),
  staff('/connections/new', 'NewConnection'),
  staff('/connections/$key', 'Connection'),
  staff('/connections/$key/mapping', 'ConnectionMapping'),
  staff('/connections/$key/versions', 'ConnectionVersions'),
  staff('/connections/$key/pairs', 'ConnectionPairs'),
  staff('/partners', 'Partners'),
  staff('/partners/$id', 'OnePartner'),
  staff('/connections/$key/settings', 'ConnectionSettings'),
  staff('/sync/holds', 'Holds'),
  staff('/sync/conflicts', 'Conflicts'),
  staff('/sync/lost-answers', 'LostAnswers'),
  staff('/sync/written', 'Crossings'),
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
