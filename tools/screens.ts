import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { setup as buildWebApp } from '../test/e2e/support/build.ts'
import { type Member, makeOwner } from '../test/e2e/support/cast.ts'
import { fillForPictures } from '../test/e2e/support/demo-company.ts'
import { launch } from '../test/e2e/support/launch.ts'
import { type Program, startProgram } from '../test/e2e/support/program.ts'
import { PORTAL_SCREENS, SCREENS, type Screen, settled } from '../test/e2e/support/screens.ts'

/**
 * `npm run screens`: a picture of every screen into docs/screens, in both themes; the portal also as on a phone. On a
 * fresh Causeway with the demo's company. Ends with 1 when a browser's console called anything an error.
 */
const OUT = fileURLToPath(new URL('../docs/screens/', import.meta.url))
const MOST_BYTES = 200_000
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

const take = async (page: Page, program: Program, screen: Screen, suffix: string): Promise<void> => {
  const name = `${kebab(screen.name)}-${suffix}`
  await page.goto(`${program.url}${screen.path}`)
  await settled(page).catch((error: unknown) => {
    problems.push(`${name} never came to rest: ${error instanceof Error ? error.message : String(error)}`)
  })
  const picture = await page.screenshot({ animations: 'disabled', caret: 'hide' })
  writeFileSync(join(OUT, `${name}.png`), picture)
  if (picture.length > MOST_BYTES)
    problems.push(`${name}.png has ${picture.length} bytes; ${MOST_BYTES} are enough`)
}

const main = async (): Promise<void> => {
  buildWebApp()
  rmSync(OUT, { recursive: true, force: true })
  mkdirSync(OUT, { recursive: true })
  const program = await startProgram({ args: ['--demo'] })
  const browser = await launch()
  try {
    const owner = await makeOwner(program)
    const people = await fillForPictures(program)
    for (const colorScheme of ['light', 'dark'] as const) {
      const desk = await open(browser, program, people.agent, { colorScheme, viewport: WIDE })
      const admin = await open(browser, program, owner, { colorScheme, viewport: WIDE })
      for (const screen of SCREENS)
        await take(OF_AGENTS.has(screen.name) ? desk : admin, program, screen, colorScheme)
      const portal = await open(browser, program, people.customer, { colorScheme, viewport: WIDE })
      const phone = await open(browser, program, people.customer, { colorScheme, viewport: PHONE })
      for (const screen of PORTAL_SCREENS) {
        const named = { ...screen, name: `portal-${kebab(screen.name)}` }
        await take(portal, program, named, colorScheme)
        await take(phone, program, named, `phone-${colorScheme}`)
      }
      for (const page of [desk, admin, portal, phone]) await page.context().close()
    }
  } finally {
    await browser.close()
    await program.stop()
  }
  const made = readdirSync(OUT)
  const bytes = made.reduce((sum, name) => sum + statSync(join(OUT, name)).size, 0)
  process.stdout.write(`${made.length} pictures, ${Math.round(bytes / 1024)} KB, in docs/screens.\n`)
  for (const problem of new Set(problems)) process.stderr.write(`${problem}\n`)
  if (problems.length > 0) process.exitCode = 1
}

/** Taken as an agent sees them; the rest as the owner does, who may do everything. */
const OF_AGENTS: ReadonlySet<string> = new Set(['myMove', 'tickets', 'ticket', 'newTicket', 'search'])

await main()
