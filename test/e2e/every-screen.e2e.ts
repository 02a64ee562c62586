import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findBarriers } from './support/axe.ts'
import { useBrowsers } from './support/browsers.ts'
import { type Member, makeOwner } from './support/cast.ts'
import { fillForPictures } from './support/demo-company.ts'
import { type Program, startProgram } from './support/program.ts'
import { PORTAL_SCREENS, SCREENS, type Screen, settled } from './support/screens.ts'

const PHONE = { width: 390, height: 844 }

/** axe finds nothing on any screen, in both themes; nothing runs off the side of a phone. */
describe('every screen', () => {
  const browsers = useBrowsers()
  let program: Program
  let desk: { light: Page; dark: Page }
  let portal: { light: Page; dark: Page }

  beforeAll(async () => {
    program = await startProgram({ args: ['--demo'] })
    const owner = await makeOwner(program)
    const { customer } = await fillForPictures(program)
    const both = async (who: Member, path: string) => ({
      light: await browsers.open(program, who, path),
      dark: await browsers.open(program, who, path, { colorScheme: 'dark' }),
    })
    desk = await both(owner, '/my-move')
    portal = await both(customer, '/requests')
  })
  afterAll(async () => {
    await program?.stop()
  })

  const look = async (page: Page, screen: Screen): Promise<void> => {
    await page.goto(`${program.url}${screen.path}`)
    await settled(page)
    expect(await findBarriers(page)).toEqual([])
  }
  const asOnPhone = async (page: Page, screen: Screen): Promise<void> => {
    await page.setViewportSize(PHONE)
    await page.goto(`${program.url}${screen.path}`)
    await settled(page)
    const wider = await page.locator('html').evaluate((root) => root.scrollWidth - root.clientWidth)
    expect(wider, 'points that one would have to scroll sideways').toBeLessThanOrEqual(0)
    expect(await findBarriers(page)).toEqual([])
    await page.setViewportSize({ width: 1280, height: 800 })
  }

  describe.each(SCREENS)('$name', (screen) => {
    it('light', () => look(desk.light, screen))
    it('dark', () => look(desk.dark, screen))
    it('phone', () => asOnPhone(desk.light, screen))
  })
  describe.each(PORTAL_SCREENS)('portal: $name', (screen) => {
    it('light', () => look(portal.light, screen))
    it('dark', () => look(portal.dark, screen))
    it('phone', () => asOnPhone(portal.dark, screen))
  })
})
