import { basename, dirname } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Checkout, makeCheckout } from '../support/git-checkout.ts'
import { type GitServer, serveGit } from '../support/git-server.ts'
import { findBarriers } from './support/axe.ts'
import { useBrowsers, useStory } from './support/browsers.ts'
import { makeCompany, makeMember } from './support/cast.ts'
import { type Program, startProgram } from './support/program.ts'

/** Somebody lets Causeway read a repository: what is wrong is said, and what is right is seen without a reload. */
describe('a followed repository', () => {
  const browsers = useBrowsers()
  useStory()
  let program: Program
  let checkout: Checkout
  let served: GitServer
  let ines: Page

  beforeAll(async () => {
    checkout = makeCheckout()
    served = await serveGit(dirname(checkout.folder), checkout.env)
    checkout.commit('Begin')
    checkout.git('tag', 'v1.0')
    checkout.git('tag', 'v1.1-rc1')
    served.lock('oauth2:right')
    program = await startProgram({ env: async () => ({ CAUSEWAY_ALLOW_HOSTS: served.host }) })
    await makeCompany(program)
    ines = await browsers.open(program, await makeMember(program, 'integrator'), '/repositories')
  })
  afterAll(async () => {
    await program?.stop()
    await served?.close()
    checkout?.remove()
  })

  const row = (): Locator => ines.getByRole('listitem').filter({ hasText: served.host })
  const dialog = (): Locator => ines.getByRole('dialog')

  it('that is closed says so, and what to do', async () => {
    await ines.getByText('No repositories are followed').waitFor()
    expect(await findBarriers(ines)).toEqual([])
    await ines.keyboard.press('a')
    await dialog()
      .getByLabel('Address')
      .fill(served.address(`${basename(checkout.folder)}/.git`))
    await dialog().getByRole('combobox', { name: 'Product' }).click()
    await ines.getByRole('option', { name: 'Harbour' }).click()
    await dialog().getByText('More choices').click()
    await dialog().getByLabel('Planned releases').fill('main')
    await dialog().getByText('Write the branch, a space, and the release on each line.').waitFor()
    await dialog().getByLabel('Planned releases').fill('')
    await dialog().getByLabel('Tags that are none').fill('*-rc*')
    expect(await findBarriers(ines)).toEqual([])
    await dialog().getByRole('button', { name: 'Follow a repository' }).click()
    await row().getByText('The repository does not let us in.').waitFor()
    await row().getByText('Cannot be read').waitFor()
    expect(await findBarriers(ines)).toEqual([])
  })

  it('is read as soon as its token is right, and shows no token again', async () => {
    await row().getByRole('button', { name: /^http/ }).click()
    await dialog().getByLabel('Token', { exact: true }).fill('right')
    await dialog().getByRole('button', { name: 'Save' }).click()
    await row().getByText('1 release known').waitFor()
    await row()
      .getByText(/^read\b/)
      .waitFor()
    await row().getByRole('button', { name: /^http/ }).click()
    await dialog().getByText('Sealed. Leave it empty to keep it.').waitFor()
    expect(await dialog().getByLabel('Token', { exact: true }).inputValue()).toBe('')
    await ines.keyboard.press('Escape')
    await dialog().waitFor({ state: 'detached' })
  })

  it('shows a new tag when it is read again, and rests while it is paused', async () => {
    checkout.commit('More')
    checkout.git('tag', 'v1.1')
    const menu = row().getByRole('button', { name: /^What to do with/ })
    await menu.click()
    await ines.getByRole('menuitem', { name: 'Read now' }).click()
    await row().getByText('2 releases known').waitFor()
    await menu.click()
    await ines.getByRole('menuitem', { name: 'Pause' }).click()
    await row().getByText('Paused').waitFor()
    await ines.getByRole('button', { name: 'Undo' }).click()
    await row()
      .getByText(/^(read\b|Reading)/)
      .waitFor()
  })
})
