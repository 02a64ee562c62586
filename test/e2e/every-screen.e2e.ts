import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RedmineFake, startRedmineFake } from '../../src/connectors/redmine/fake.ts'
import { findBarriers } from './support/axe.ts'
import { useBrowsers } from './support/browsers.ts'
import { makeOwner } from './support/cast.ts'
import { type Filled, fillForPictures } from './support/demo-company.ts'
import { type Program, startProgram } from './support/program.ts'
import { PORTAL_SCREENS, placeOf, SCREENS, type Screen, settled } from './support/screens.ts'

const DESK = { width: 1280, height: 800 }
const WAYS = {
  light: { size: DESK, colorScheme: 'light' },
  dark: { size: DESK, colorScheme: 'dark' },
  phone: { size: { width: 390, height: 844 }, colorScheme: 'dark' },
} as const
const NAMES = Object.keys(WAYS) as readonly (keyof typeof WAYS)[]

/** axe finds nothing on any screen, in both themes and on a phone; nothing runs off its side. */
describe('every screen', () => {
  const browsers = useBrowsers()
  let program: Program
  let redmine: RedmineFake
  let filled: Filled
  let desk: Page
  let portal: Page

  beforeAll(async () => {
    redmine = await startRedmineFake()
    program = await startProgram({
      args: ['--demo'],
      env: async () => ({ CAUSEWAY_ALLOW_HOSTS: redmine.address }),
    })
    const owner = await makeOwner(program)
    filled = await fillForPictures(program, redmine)
    desk = await browsers.open(program, owner, '/my-move')
    portal = await browsers.open(program, filled.customer, '/requests')
  })
  afterAll(async () => {
    await program?.stop()
    await redmine?.close()
  })

  const addressOf = (screen: Screen): string => `${program.url}${placeOf(screen, filled)}`
  /** Each way is looked at on the screen that stands there: who turns a phone or the light off does not load it again. */
  const look = async (page: Page, screen: Screen, way: keyof typeof WAYS): Promise<void> => {
    const { size, colorScheme } = WAYS[way]
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize(size)
    if (way === 'light' || page.url() !== addressOf(screen)) await page.goto(addressOf(screen))
    await settled(page)
    const wider = await page.locator('html').evaluate((root) => root.scrollWidth - root.clientWidth)
    expect(wider, 'points that one would have to scroll sideways').toBeLessThanOrEqual(0)
    expect(await findBarriers(page)).toEqual([])
  }

  describe.each(SCREENS)('$name', (screen) => {
    it.each(NAMES)('%s', (way) => look(desk, screen, way))
  })
  describe.each(PORTAL_SCREENS)('portal: $name', (screen) => {
    it.each(NAMES)('%s', (way) => look(portal, screen, way))
  })
})
