import type { Locator, Page } from 'playwright-core'
import { paths } from '../../../web/paths.ts'
import type { Filled } from './demo-company.ts'
import { TROUBLED } from './demo-troubles.ts'

/** Where a screen is. */
export interface Screen {
  readonly name: string
  readonly path: string
}

/** Stand in a path for ids that only the hub knows. */
const RELEASE = 'RELEASE'
const TOLD = 'TOLD'
const PARTNER = 'PARTNER'
const PERSON = 'PERSON'

/** Engineering of the demo's company knows of it. */
const ASKED = 'Alerts come an hour late since the clocks changed'

/** Where it is once that is known. */
export const placeOf = (
  { path }: Screen,
  { release, told, partner, engineer }: Pick<Filled, 'release' | 'told' | 'partner' | 'engineer'>,
): string =>
  path.replace(RELEASE, release).replace(TOLD, told).replace(PARTNER, partner).replace(PERSON, engineer.id)

/** What a screen that needs to know which is shown: of the demo. Null: not here, for the reason beside it. */
const OF: Readonly<Record<string, string | null>> = {
  ticket: 'T-1',
  request: 'T-1',
  workItem: 'W-1',
  connection: TROUBLED,
  // asks the tool, and that one does not answer
  connectionMapping: 'demo-tracker',
  connectionVersions: TROUBLED,
  connectionPairs: 'demo-tracker',
  connectionSettings: TROUBLED,
  newConnection: 'redmine',
  change: 'C-1',
  personCost: PERSON,
  enhancement: 'R-1',
  release: RELEASE,
  releaseNotes: RELEASE,
  releaseContents: TOLD,
  releaseInstallations: TOLD,
  releaseGoLive: RELEASE,
  releaseAcceptance: RELEASE,
  releaseWaiting: TOLD,
  partner: PARTNER,
  // before the sign-in
  signIn: null,
  welcome: null,
  forgotten: null,
  // leads on
  home: null,
}

const PORTAL = /^\/requests(\/|$)/

/** Every address that the app has; a new one is looked at without being named here. */
const all: readonly Screen[] = Object.entries(paths).flatMap(([name, path]) => {
  if (name in OF) {
    const key = OF[name]
    return key == null ? [] : [{ name, path: (path as (key: string) => string)(key) }]
  }
  const made = (path as () => string)()
  if (made.includes('undefined'))
    throw new Error(`test/e2e/support/screens.ts: say which one to open at paths.${name}(…)`)
  return [{ name, path: name === 'triage' ? `${made}?item=W-5` : made }]
})

export const SCREENS: readonly Screen[] = [
  ...all.filter(({ path }) => !PORTAL.test(path)),
  { name: 'ticketsNoneFits', path: '/tickets?state=closed&text=nothing-has-this' },
  { name: 'bugOrFeatureAsked', path: paths.bugOrFeature({ text: ASKED }) },
  { name: 'nowhere', path: '/nowhere' },
]

export const PORTAL_SCREENS: readonly Screen[] = [
  ...all.filter(({ path }) => PORTAL.test(path)),
  { name: 'profile', path: paths.profile() },
]

const heading = (page: Page): Locator => page.getByRole('heading', { level: 1 }).first()

/** Its heading is there, and nothing on it is still being fetched or moves. */
export const settled = async (page: Page): Promise<void> => {
  await heading(page).waitFor()
  await page.waitForFunction(() => {
    const { document } = globalThis as unknown as Looked
    return ![...document.querySelectorAll('[role=status]')].some(
      ({ textContent }) => textContent === 'Loading …',
    )
  })
  // what slides or fades in is half transparent on its way, and would be judged as it is then
  await page.evaluate(() =>
    Promise.allSettled(
      (globalThis as unknown as Looked).document
        .getAnimations()
        .filter((one) => one.effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY)
        .map((one) => one.finished),
    ),
  )
}

/** As much of a browser as is asked for there. */
interface Looked {
  readonly document: {
    querySelectorAll(selector: string): Iterable<{ readonly textContent: string }>
    getAnimations(): readonly {
      readonly finished: Promise<unknown>
      readonly effect: { getComputedTiming(): { readonly iterations: number } } | null
    }[]
  }
}
