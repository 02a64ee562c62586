import { createHmac } from 'node:crypto'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findBarriers } from './support/axe.ts'
import { useBrowsers, useStory } from './support/browsers.ts'
import { makeCompany, makeMember } from './support/cast.ts'
import { type Program, startProgram } from './support/program.ts'

/** Somebody lets a chat ask: the address is shown at once, and what comes from there is seen. */
describe('a chat', () => {
  const browsers = useBrowsers()
  useStory()
  let program: Program
  let ines: Page
  let address = ''

  beforeAll(async () => {
    program = await startProgram()
    await makeCompany(program)
    ines = await browsers.open(program, await makeMember(program, 'integrator'), '/chats')
  })
  afterAll(async () => {
    await program?.stop()
  })
  const dialog = (): Locator => ines.getByRole('dialog')
  const row = (): Locator => ines.getByRole('listitem').filter({ hasText: 'Support channel' })

  it('is added with what the tool signs with, and shows the address for the tool', async () => {
    await ines.getByText('No chats yet').waitFor()
    expect(await findBarriers(ines)).toEqual([])
    await ines.keyboard.press('a')
    await dialog().getByLabel('Name').fill('Support channel')
    await dialog()
      .getByLabel(/^Signing secret/)
      .fill('a-secret-of-slack')
    expect(await findBarriers(ines)).toEqual([])
    await dialog().getByRole('button', { name: 'Add a chat' }).click()
    const shown = dialog().getByRole('textbox', { name: 'Give this address to the tool:' })
    await shown.waitFor()
    address = await shown.inputValue()
    expect(await findBarriers(ines)).toEqual([])
    await ines.keyboard.press('Escape')
    await row().getByText('Nobody has asked yet').waitFor()
  })

  it('shows that somebody asked, and why somebody was refused', async () => {
    const ask = async (secret: string): Promise<number> => {
      const at = Math.floor(Date.now() / 1000)
      const body = 'command=%2Fcauseway&text=help'
      const mac = createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex')
      const headers = {
        'content-type': 'application/x-www-form-urlencoded',
        ...{ 'x-slack-request-timestamp': String(at), 'x-slack-signature': `v0=${mac}` },
      }
      return (await fetch(address, { method: 'POST', headers, body })).status
    }
    expect([await ask('a-secret-of-slack'), await ask('another')]).toEqual([200, 401])
    await ines.reload()
    await row().getByText('last asked').waitFor()
    await row().getByText('Refused: the signature is missing or wrong').waitFor()
    await row()
      .getByRole('button', { name: /^What to do with/ })
      .click()
    await ines.getByRole('menuitem', { name: 'End it' }).click()
    await ines.getByText('No chats yet').waitFor()
    await ines.getByRole('button', { name: 'Undo' }).click()
    await row().waitFor()
  })
})
