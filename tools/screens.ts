import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { startRedmineFake } from '../src/connectors/redmine/fake.ts'
import { setup as buildWebApp } from '../test/e2e/support/build.ts'
import { type Member, makeOwner } from '../test/e2e/support/cast.ts'
import { type Filled, fillForPictures } from '../test/e2e/support/demo-company.ts'
import { launch } from '../test/e2e/support/launch.ts'
import { type Program, startProgram } from '../test/e2e/support/program.ts'
import { PORTAL_SCREENS, placeOf, SCREENS, type Screen, settled } from '../test/e2e/support/screens.ts'

/**
 * `npm run screens`: a picture of every screen into docs/screens, in both themes; the portal and some of the desk also as on
 * a phone. On a fresh Causeway with the demo's company, and a tool beside it that makes trouble. Ends with 1 when a browser's console called anything an error.
 */
const OUT = fileURLToPath(new URL('../docs/screens/', import.meta.url))
/** Of the colours that a screen has, these are enough; it is a tenth of the size. */
const COLOURS = 128
const MOST_BYTES = 100_000
const WIDE = { width: 1280, height: 800 }
const PHONE = { width: 390, height: 844 }
const HOURS_LATER = 2

const problems: string[] = []

const open = async (
  browser: Browser,
  program: Program,
  who: Member,
  look: { readonly colorScheme: 'light' | 'dark'; readonly viewport: typeof WIDE },
): Promise<Page> => {
  const context = await browser.newContext({
    ...look,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
  })
  await context.addCookies([{ ...who.cookie, url: program.url }])
  const page = await context.newPage()
  // everything was made a moment ago; people come back after lunch
  await page.clock.setFixedTime(Date.now() + HOURS_LATER * 3_600_000)
  page.on('console', (message) => {
    const line = `${message.type()}: ${message.text()} ${message.location().url}`
    if (['error', 'warning'].includes(message.type())) problems.push(line)
  })
  page.on('pageerror', (error) => problems.push(`thrown: ${error.message}`))
  return page
}

const kebab = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

interface Shop {
  readonly program: Program
  readonly filled: Filled
}

const take = async (page: Page, { program, filled }: Shop, screen: Screen, suffix: string): Promise<void> => {
  const name = `${kebab(screen.name)}-${suffix}`
  await page.goto(`${program.url}${placeOf(screen, filled)}`)
  await settled(page)
    .then(() => page.getByText('Connecting …').waitFor({ state: 'hidden' }))
    .then(() => FIRST[screen.name]?.(page))
    .catch((error: unknown) => {
      problems.push(`${name} never came to rest: ${error instanceof Error ? error.message : String(error)}`)
    })
  const taken = await page.screenshot({ animations: 'disabled', caret: 'hide' })
  const picture = await sharp(taken).png({ palette: true, colours: COLOURS, effort: 8, dither: 0 }).toBuffer()
  writeFileSync(join(OUT, `${name}.png`), picture)
  if (picture.length > MOST_BYTES)
    problems.push(`${name}.png has ${picture.length} bytes; ${MOST_BYTES} are enough`)
}

const main = async (): Promise<void> => {
  buildWebApp()
  rmSync(OUT, { recursive: true, force: true })
  mkdirSync(OUT, { recursive: true })
  const redmine = await startRedmineFake()
  const program = await startProgram({
    args: ['--demo'],
    env: async () => ({ CAUSEWAY_ALLOW_HOSTS: redmine.address }),
  })
  const browser = await launch()
  try {
    const owner = await makeOwner(program)
    const filled = await fillForPictures(program, redmine)
    const shop = { program, filled }
    for (const colorScheme of ['light', 'dark'] as const) {
      const desk = await open(browser, program, filled.agent, { colorScheme, viewport: WIDE })
      const admin = await open(browser, program, owner, { colorScheme, viewport: WIDE })
      const bench = await open(browser, program, filled.engineer, { colorScheme, viewport: WIDE })
      for (const screen of SCREENS) {
        const page = OF_AGENTS.has(screen.name) ? desk : OF_ENGINEERS.has(screen.name) ? bench : admin
        await take(page, shop, screen, colorScheme)
      }
      const portal = await open(browser, program, filled.customer, { colorScheme, viewport: WIDE })
      const phone = await open(browser, program, filled.customer, { colorScheme, viewport: PHONE })
      for (const screen of PORTAL_SCREENS) {
        const named = { ...screen, name: `portal-${kebab(screen.name)}` }
        await take(portal, shop, named, colorScheme)
        await take(phone, shop, named, `phone-${colorScheme}`)
      }
      const pocket = await open(browser, program, filled.agent, { colorScheme, viewport: PHONE })
      for (const screen of SCREENS.filter(({ name }) => ON_A_PHONE.has(name)))
        await take(pocket, shop, screen, `phone-${colorScheme}`)
      for (const page of [desk, bench, admin, portal, phone, pocket]) await page.context().close()
    }
  } finally {
    await browser.close()
    await program.stop()
    await redmine.close()
  }
  const made = readdirSync(OUT)
  const bytes = made.reduce((sum, name) => sum + statSync(join(OUT, name)).size, 0)
  process.stdout.write(`${made.length} pictures, ${Math.round(bytes / 1024)} KB, in docs/screens.\n`)
  for (const problem of new Set(problems)) process.stderr.write(`${problem}\n`)
  if (problems.length > 0) process.exitCode = 1
}

/** What is done before the picture is taken, where a screen as it opens tells little or is not yet whole. */
const FIRST: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  connectionPairs: async (page) => {
    await page.getByRole('combobox', { name: 'How to find them' }).selectOption('text')
    await page.getByRole('button', { name: 'Find pairs' }).click()
    await page.getByRole('heading', { name: /pairs? among/ }).waitFor()
  },
  // as text until the part that sets it is there
  'portal-request': (page) => page.locator('strong', { hasText: '60 minutes late' }).waitFor(),
}

/** Taken as an agent and as an engineer see them; the rest as the owner does, who may do everything. */
const OF_AGENTS: ReadonlySet<string> = new Set(['myMove', 'tickets', 'ticket', 'newTicket', 'search'])
const OF_ENGINEERS: ReadonlySet<string> = new Set(['myWork', 'triage', 'board', 'workItem'])

/** Of the desk, as somebody on their way sees them. */
const ON_A_PHONE: ReadonlySet<string> = new Set(['myMove', 'ticket', 'board'])

await main()
