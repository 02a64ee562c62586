import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { useBrowsers, useStory } from './support/browsers.ts'
import { type Member, makeCompany, makeMember } from './support/cast.ts'
import { type Program, startProgram } from './support/program.ts'
import { makeStory } from './support/sample.ts'

/** Much at once in lists, one's views in the rail, an escalation taken back, and the log that tells of it all. */
describe('lists and what stands beside them', () => {
  const browsers = useBrowsers()
  useStory()
  let program: Program
  let lead: Member
  let page: Page
  let engineer: Page

  beforeAll(async () => {
    program = await startProgram()
    await makeCompany(program)
    await makeMember(program, 'customer')
    lead = await makeMember(program, 'lead')
    for (const n of [1, 2, 3])
      await program.api.post('/work-items', { title: `Chore ${n}`, description: 'Now and then.' })
    await makeStory(program)
    page = await browsers.open(program, lead, '/work-items')
    await page.getByText('Live', { exact: true }).waitFor()
  })
  afterAll(async () => {
    await program?.stop()
  })
  const states = async () =>
    (
      await program.api.get<{ items: readonly { title: string; state: string; severity: string | null }[] }>(
        '/work-items',
      )
    ).items.filter(({ title }) => title.startsWith('Chore'))

  it('moves what was marked, and puts all of it back with one press', async () => {
    for (const n of [1, 2, 3]) await page.getByRole('checkbox', { name: `Choose W-${n}` }).check()
    await page.getByText('3 work items chosen').waitFor()
    await page.getByRole('button', { name: 'Move', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('combobox', { name: 'State' }).click()
    await page.getByRole('option', { name: 'Started' }).last().click()
    await dialog.getByRole('button', { name: 'Change 3 work items' }).click()
    await page.getByText('3 work items are changed.').waitFor()
    expect((await states()).map(({ state }) => state)).toEqual(['started', 'started', 'started'])
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('3 work items are as before.').waitFor()
    expect((await states()).map(({ state }) => state)).toEqual(['triage', 'triage', 'triage'])
  })

  it('names what was refused with the reason, leaves it marked, and does the rest', async () => {
    await page.getByRole('checkbox').first().check()
    await page.getByRole('button', { name: 'Choose all that match' }).click()
    await page.getByText('4 work items chosen').waitFor()
    await page.getByRole('button', { name: 'Severity', exact: true }).click()
    await page.getByRole('dialog').getByRole('combobox', { name: 'Severity' }).click()
    await page.getByRole('option', { name: 'Low' }).last().click()
    await page.getByRole('dialog').getByRole('button', { name: 'Change 4 work items' }).click()
    const refused = page.getByRole('dialog', { name: '1 was refused' })
    await refused.getByText('Its severity is that of the tickets behind it.').waitFor()
    expect((await states()).map(({ severity }) => severity)).toEqual(['low', 'low', 'low'])
    await refused.getByRole('button', { name: 'Understood' }).click()
    await page.getByText('1 work item chosen').waitFor()
    await page.getByRole('button', { name: 'Choose none' }).click()
  })

  it('keeps a view in the rail, moves it by keyboard, and takes it out again', async () => {
    const rail = page.getByRole('navigation', { name: 'Screens' })
    const views = rail.getByRole('list', { name: 'Views of Work items' })
    const keep = async (query: string, name: string): Promise<void> => {
      await page.goto(`${program.url}/work-items?${query}`)
      await page.getByRole('button', { name: 'Views', exact: true }).click()
      await page.getByRole('menuitem', { name: 'Keep this as a view' }).click()
      await page.getByLabel('Name').fill(name)
      await page.getByRole('button', { name: 'Keep', exact: true }).click()
      await views.getByRole('link', { name }).waitFor()
    }
    await keep('state=triage', 'To decide')
    await keep('kind=task', 'Tasks')
    expect(await views.getByRole('link').allInnerTexts()).toEqual(['To decide', 'Tasks'])
    const act = async (name: string, item: string): Promise<void> => {
      await rail.getByRole('button', { name: `What to do with the view ${name}` }).focus()
      await page.keyboard.press('Enter')
      await page.getByRole('menuitem', { name: item }).click()
      // else it may still be closing while the next one opens
      await page.getByRole('menu').waitFor({ state: 'hidden' })
    }
    await act('Tasks', 'Move up')
    await expect.poll(() => views.getByRole('link').allInnerTexts()).toEqual(['Tasks', 'To decide'])
    await views.getByRole('link', { name: 'To decide' }).click()
    await page.waitForURL(/state=triage/)
    await page.locator('nav [aria-current="page"]', { hasText: 'To decide' }).waitFor()
    await act('To decide', 'Take out of the rail')
    await expect.poll(() => views.getByRole('link').allInnerTexts()).toEqual(['Tasks'])
  })

  it('withdraws an escalation; engineering reads why without a reload, and it can be taken back', async () => {
    const member = await makeMember(program, 'engineer')
    const { inside } = await program.api.get<{ inside: { workItem: { key: string } } }>('/tickets/T-1')
    const item = inside.workItem.key
    engineer = await browsers.open(program, member, `/work-items/${item}`)
    await engineer.getByText('1 ticket of 1 customer behind it').first().waitFor()
    await page.goto(`${program.url}/tickets/T-1`)
    await page.getByRole('heading', { name: 'Invoices are printed twice' }).waitFor()
    await page.keyboard.press('w')
    const dialog = page.getByRole('dialog', { name: `Withdraw T-1 from ${item}?` })
    await dialog.getByText(`No other ticket is behind ${item}.`).waitFor()
    await dialog.getByLabel('Why').fill('Their printer was set to two copies.')
    await dialog.getByRole('button', { name: 'Withdraw the escalation' }).click()
    await page.getByText(`T-1 is withdrawn from ${item}.`).waitFor()
    await engineer.getByText('T-1 is withdrawn: Their printer was set to two copies.').waitFor()
    await engineer.getByText('No ticket waits for it.').waitFor()
    await page.getByRole('button', { name: 'Take the withdrawal back' }).click()
    await page.getByText(`T-1 is behind ${item} again.`).waitFor()
    await engineer.getByText('1 ticket of 1 customer behind it').first().waitFor()
  })

  it('takes the log of it out as a file, which grew while somebody looked', async () => {
    const auditor = await browsers.open(program, await makeMember(program, 'auditor'), '/audit?group=records')
    await auditor.getByText('took the withdrawal back').first().waitFor()
    await program.api.post('/tickets', { title: '=1+1', description: 'x' })
    await auditor.getByText('opened the ticket').first().waitFor()
    await auditor.getByText('=1+1').first().waitFor()
    const [download] = await Promise.all([
      auditor.waitForEvent('download'),
      auditor.getByRole('link', { name: 'CSV' }).click(),
    ])
    const text = readFileSync(await download.path(), 'utf8')
    expect(text).toContain('"escalation.withdrawn"')
    expect(text).toContain(`"'=1+1"`)
  })
})
