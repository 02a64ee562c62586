import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type RequestTrackerFake,
  startRequestTrackerFake,
} from '../../src/connectors/request-tracker/fake.ts'
import { findBarriers } from './support/axe.ts'
import { useBrowsers } from './support/browsers.ts'
import { type Member, makeCompany, makeMember } from './support/cast.ts'
import { type Program, startProgram } from './support/program.ts'

interface Entry {
  readonly type: string
  readonly attachment?: { readonly name: string }
}
interface Made {
  readonly id: string
  readonly key: string
}

/** What people do in a day beside the road itself: lists as files, macros, files that go along, a step taken back. */
describe('a day at the desk', () => {
  const browsers = useBrowsers()
  let program: Program
  let desk: RequestTrackerFake
  let agent: Member
  let page: Page

  beforeAll(async () => {
    desk = await startRequestTrackerFake()
    program = await startProgram({ env: async () => ({ CAUSEWAY_ALLOW_HOSTS: desk.host }) })
    const engineer = await makeMember(program, 'engineer')
    await makeCompany(program, [engineer.id])
    agent = await makeMember(program, 'agent')
    await makeMember(program, 'customer')
    const { items } = await program.api.get<{ items: readonly Made[] }>('/contacts')
    for (const title of ['The report is blank', '=1+1 in a title', 'Login "forgets" us, often'])
      await program.api.post('/tickets', {
        ...{ title, description: 'Since Monday.', contact: items[0]?.id },
        ...{ product: 'harbour', component: 'export', severity: 'high' },
      })
    await program.api.post('/macros', {
      ...{ name: 'Ask for the log', team: null, audience: 'everyone' },
      text: 'Hello {contact.name}, please send us the log for {ticket.key}.',
      actions: { snooze: { waitingFor: 'customer', days: 3 }, assign: 'me' },
    })
    page = await browsers.open(program, agent, '/tickets')
    await page.getByText('Live', { exact: true }).waitFor()
  })
  afterAll(async () => {
    await program?.stop()
    await desk?.close()
  })

  it('takes a list home as a file in which nothing runs', async () => {
    await page.getByRole('link', { name: /The report is blank/ }).waitFor()
    const begun = page.waitForEvent('download')
    await page.getByRole('link', { name: 'CSV' }).click()
    const download = await begun
    expect(download.suggestedFilename()).toMatch(/tickets.*\.csv$/)
    const lines = readFileSync(await download.path(), 'utf8')
      .trimEnd()
      .split('\r\n')
    expect(lines).toHaveLength(4)
    expect(lines.join('\n')).toContain('"Login ""forgets"" us, often"')
    expect(lines.find((line) => line.includes('1+1 in a title'))).toContain("'=1+1")
  })

  it('sends a macro with its gaps filled, and leaves out what does not fit', async () => {
    await page.goto(`${program.url}/tickets/T-1`)
    await page.getByRole('heading', { name: 'The report is blank' }).waitFor()
    await page.keyboard.press('r')
    await page.locator('[aria-label="Public reply"]:focus').waitFor()
    await page.keyboard.type('/log', { delay: 40 })
    await page.getByRole('option', { name: /Ask for the log/ }).waitFor()
    await page.keyboard.press('Enter')
    const editor = page.getByRole('textbox', { name: 'Public reply' })
    await editor.getByText('Hello Carl Contreras, please send us the log for T-1.').waitFor()
    await page.getByText('Macro Ask for the log').waitFor()
    await page.getByRole('button', { name: 'Leave out: takes the ticket' }).click()
    await page.getByRole('button', { name: /^Send reply/ }).click()
    await page.getByText('Reply sent.').waitFor()
    await page.getByText('please send us the log for T-1.').first().waitFor()
    const ticket = await program.api.get<{ state: string; owner: unknown }>('/tickets/T-1')
    expect([ticket.state, ticket.owner]).toEqual(['waiting', null])
  })

  it('hands over the files that were ticked, and only those', async () => {
    await page.goto(`${program.url}/tickets/T-2`)
    await page.getByRole('heading', { name: '=1+1 in a title' }).waitFor()
    await page.keyboard.press('n')
    await page.locator('[aria-label="Internal note"]:focus').waitFor()
    await page.keyboard.type('Both files.')
    await page.locator('section[data-mode] input[type=file]').setInputFiles([
      { name: 'steps.txt', mimeType: 'text/plain', buffer: Buffer.from('first this, then that') },
      { name: 'secret.txt', mimeType: 'text/plain', buffer: Buffer.from('not for them') },
    ])
    await page.getByRole('button', { name: /^Add note/ }).click()
    await page.getByText('Note added.').waitFor()
    await page.getByText('secret.txt').first().waitFor()
    await page.getByRole('button', { name: /^Escalate/ }).click()
    const dialog = page.getByRole('dialog')
    const files = dialog.getByRole('group', { name: 'Files that go along' })
    expect(await files.getByRole('checkbox', { name: /steps\.txt/ }).isChecked()).toBe(true)
    await files.getByRole('checkbox', { name: /secret\.txt/ }).uncheck()
    const preview = dialog.getByRole('region', { name: 'What engineering will see' })
    await preview.getByText('steps.txt').waitFor()
    expect(await preview.getByText('secret.txt').count()).toBe(0)
    const desk = page.viewportSize() ?? { width: 1280, height: 800 }
    for (const size of [desk, { width: 390, height: 844 }, desk]) {
      await page.setViewportSize(size)
      expect(await findBarriers(page), `the dialog at ${size.width}`).toEqual([])
    }
    await dialog.getByRole('button', { name: 'Send to engineering' }).click()
    await page
      .getByText(/With engineering as W-1/)
      .first()
      .waitFor()
    const { items } = await program.api.get<{ items: readonly Entry[] }>('/work-items/W-1/timeline?limit=100')
    // the note itself is for colleagues, with both of its files; what went along is the work item's own
    expect(
      items.flatMap(({ type, attachment }) => (type === 'attachment' ? [attachment?.name] : [])),
    ).toEqual(['steps.txt'])
  })

  it('takes a step back with one press', async () => {
    const lead = await makeMember(program, 'lead')
    const other = await browsers.open(program, lead, '/customers')
    await other.getByRole('button', { name: 'What to do with Northwind Foods' }).click()
    await other.getByRole('menuitem', { name: 'Archive' }).click()
    await other.getByRole('button', { name: 'Northwind Foods', exact: true }).waitFor({ state: 'hidden' })
    await other.getByRole('button', { name: 'Undo' }).click()
    await other.getByRole('button', { name: 'Northwind Foods', exact: true }).waitFor()
    await other.goto(`${program.url}/board`)
    await other.locator('#card-W-1').focus()
    for (const key of [' ', 'ArrowRight', ' ']) await other.keyboard.press(key)
    await other.getByText(/W-1 is in “/).waitFor()
    await other.getByRole('button', { name: 'Undo' }).click()
    await expect
      .poll(async () => (await program.api.get<{ state: string }>('/work-items/W-1')).state)
      .toBe('triage')
    await other.context().close()
  })

  it('connects a Request Tracker by its form', async () => {
    const integrator = await makeMember(program, 'integrator')
    const other = await browsers.open(program, integrator, '/connections/new?kind=request-tracker')
    await other.getByLabel('Address').fill(desk.url)
    await other.getByLabel('Token', { exact: false }).first().fill(desk.settings.token)
    await other.getByLabel('Queues').fill('Support')
    await other.getByRole('button', { name: 'Check it without saving' }).click()
    await other.getByText(/Request Tracker .* answers\. We are known there as/).waitFor()
    await other.getByRole('button', { name: 'Save and say what crosses' }).click()
    await other.getByRole('heading', { name: 'Request Tracker: what crosses' }).waitFor()
    await other.getByRole('button', { name: 'Start from what fits by name' }).click()
    await other.getByText('Suggested. Go over it before you save.').waitFor()
    await other.context().close()
  })
})
