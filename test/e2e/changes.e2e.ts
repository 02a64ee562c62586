import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findBarriers } from './support/axe.ts'
import { useBrowsers, useStory } from './support/browsers.ts'
import { makeCompany, makeMember, makeOwner } from './support/cast.ts'
import { type Program, startProgram } from './support/program.ts'

const DAY_MS = 86_400_000
const day = new Date(Date.now() + 2 * DAY_MS).toISOString().slice(0, 10)

/** One change on its way: opened by who carries it out, let through by somebody else, and stopped by a freeze. */
describe('a change', () => {
  const browsers = useBrowsers()
  useStory()
  let program: Program
  let eddie: Page
  let olga: Page
  let lead: Page

  beforeAll(async () => {
    program = await startProgram()
    await makeCompany(program)
    eddie = await browsers.open(program, await makeMember(program, 'engineer'), '/changes')
    olga = await browsers.open(program, await makeOwner(program), '/changes?which=mine')
    lead = await browsers.open(program, await makeMember(program, 'lead'), '/calendar')
  })
  afterAll(async () => {
    await program?.stop()
  })

  const dialog = (page: Page): Locator => page.getByRole('dialog')
  const button = (page: Page, name: string | RegExp): Locator => page.getByRole('button', { name })

  it('is opened with its plans by a key, and shows its risk in parts', async () => {
    await eddie.getByText('No changes yet').waitFor()
    await eddie.keyboard.press('a')
    await dialog(eddie).getByRole('combobox', { name: 'Product' }).click()
    await eddie.getByRole('option', { name: 'Harbour' }).click()
    await dialog(eddie).getByLabel('What is changed').fill('New queue')
    await dialog(eddie).getByLabel('Why', { exact: false }).first().fill('Alerts wait')
    await dialog(eddie).getByLabel('From').fill(`${day}T10:00`)
    await dialog(eddie).getByLabel('To', { exact: true }).fill(`${day}T11:00`)
    for (const [label, plan] of [
      ['How it is implemented', 'Scale up'],
      ['How it is tested', 'Send one'],
      ['How it is backed out', 'Scale down'],
    ] as const)
      await dialog(eddie).getByLabel(label).fill(plan)
    await dialog(eddie).getByText('Times are those of Europe/Berlin.').waitFor()
    expect(await findBarriers(eddie)).toEqual([])
    await button(eddie, 'Open it').click()
    await eddie.getByRole('heading', { name: 'New queue' }).waitFor()
    await eddie.getByText('There is a plan to back out; nobody tried it.').waitFor()
    expect(await findBarriers(eddie)).toEqual([])
    await button(eddie, /^Ask for keys/).click()
    await eddie.getByText(/^held by /).waitFor()
  })

  it('waits for the key of somebody else, who finds it among theirs', async () => {
    await olga.getByText('New queue').click()
    await olga.getByRole('heading', { name: 'New queue' }).waitFor()
    await button(olga, /^Give or refuse/).waitFor()
    await olga.keyboard.press('k')
    expect(await findBarriers(olga)).toEqual([])
    await button(olga, 'Give the key').click()
    await olga.getByText(/^given by /).waitFor()
    await eddie.getByText(/^given by /).waitFor()
    expect(await button(eddie, /^Give or refuse/).count()).toBe(0)
  })

  it('stands on the calendar, above it once a freeze is planned over it, and says so itself', async () => {
    await lead.getByText('C-1 New queue').waitFor()
    await lead.keyboard.press('f')
    await dialog(lead).getByLabel('Why').fill('End of the quarter')
    await dialog(lead).getByLabel('From').fill(`${day}T00:00`)
    await dialog(lead).getByLabel('To', { exact: false }).last().fill(`${day}T23:00`)
    await button(lead, 'Plan it').click()
    await lead.getByText('C-1 New queue lies in a freeze (End of the quarter):').waitFor()
    expect(await findBarriers(lead)).toEqual([])
    await eddie.getByText('Its window lies in a freeze').waitFor()
  })

  it('is confirmed by a key as the cause of an incident, and shows what that cost', async () => {
    const ticket = {
      title: 'Alerts are lost',
      description: 'Since an hour',
      kind: 'incident',
      product: 'harbour',
    }
    await program.api.post('/changes', {
      ...{ kind: 'emergency', product: 'harbour', title: 'Stop the leak', reason: 'Memory', displaces: [] },
    })
    await program.api.post('/changes/C-2/start', { withoutKeys: 'Now' })
    const flip = { flag: 'new-queue', product: 'harbour', to: 'on', source: 'toggles' }
    await program.api.post('/flag-flips', { ...flip, at: new Date(Date.now() - DAY_MS).toISOString() })
    const { key } = await program.api.post<{ key: string }>('/tickets', ticket)
    await eddie.goto(`${program.url}/tickets/${key}`)
    await eddie.getByText('C-2 Stop the leak').waitFor()
    await eddie.getByText('assumed: when the ticket was made').waitFor()
    expect(await findBarriers(eddie)).toEqual([])
    await button(eddie, 'Confirm: new-queue: on').focus()
    await eddie.keyboard.press('Shift+Y')
    await eddie.getByText('Cleared', { exact: true }).waitFor()
    await eddie.keyboard.press('y')
    await eddie.getByText('Caused by', { exact: true }).waitFor()
    await eddie.getByRole('link', { name: 'C-2 Stop the leak' }).click()
    await eddie.getByText(/^1 incident, 1 ticket, \d+ minutes$/).waitFor()
    expect(await findBarriers(eddie)).toEqual([])
  })
})
