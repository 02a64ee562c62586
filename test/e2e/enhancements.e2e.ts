import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findBarriers } from './support/axe.ts'
import { useBrowsers, useStory } from './support/browsers.ts'
import { makeCompany, makeMember } from './support/cast.ts'
import { type Program, startProgram } from './support/program.ts'

/** A customer wishes for something: support files it, a lead decides, and the customer reads the answer where they asked. */
describe('a wish', () => {
  const browsers = useBrowsers()
  useStory()
  let program: Program
  let anna: Page
  let lena: Page
  let carl: Page
  let ticket = ''

  beforeAll(async () => {
    program = await startProgram()
    await makeCompany(program)
    const customer = await makeMember(program, 'customer')
    const made = await program.api.post<{ key: string }>('/tickets', {
      ...{ title: 'Sheets as PDF', description: 'Our clients have no account.', product: 'harbour' },
      ...{ kind: 'enhancement request', contact: customer.email, customer: 'northwind' },
    })
    ticket = made.key
    anna = await browsers.open(program, await makeMember(program, 'agent'), '/enhancements/to-file')
    lena = await browsers.open(program, await makeMember(program, 'lead'), '/enhancements')
    carl = await browsers.open(program, customer, `/requests/${ticket}`)
  })
  afterAll(async () => {
    await program?.stop()
  })

  const dialog = (page: Page): Locator => page.getByRole('dialog')
  const row = (page: Page, text: string): Locator => page.getByRole('listitem').filter({ hasText: text })

  it('is filed by support from an intake of its own', async () => {
    await lena.getByText('No wishes yet').waitFor()
    await row(anna, 'Sheets as PDF')
      .getByRole('button', { name: `${ticket} Sheets as PDF`, exact: true })
      .click()
    await dialog(anna).getByLabel('The problem, in the user’s words').fill('Their clients have no account.')
    await dialog(anna).getByRole('combobox', { name: 'How much it matters to them' }).click()
    await anna.getByRole('option', { name: '3: cannot do without' }).click()
    expect(await findBarriers(anna)).toEqual([])
    await dialog(anna).getByRole('button', { name: 'File it' }).click()
    await anna.getByText('Every wish is filed').waitFor()
    await row(lena, 'R-1 Sheets as PDF').getByText('1 customer, 1 ticket').waitFor()
    expect(await findBarriers(lena)).toEqual([])
    await anna.goto(`${program.url}/tickets/${ticket}`)
    await anna.getByRole('link', { name: 'R-1 Sheets as PDF' }).waitFor()
    // the customer's page was open all the while
    await carl.getByText('Not looked at yet').waitFor()
    await program.api.patch('/enhancements/R-1', { publicWords: 'We ask others too' })
    await carl.getByText('Not looked at yet. We ask others too').waitFor()
    await program.api.post('/enhancements/R-1/review', {})
    await carl.getByText('Being looked at. We ask others too').waitFor()
  })

  it('is decided by a lead, once, in words that the customer reads on their own request', async () => {
    await row(lena, 'R-1').getByRole('button', { name: 'R-1 Sheets as PDF', exact: true }).click()
    await lena.getByRole('button', { name: 'Accept it' }).click()
    await dialog(lena).getByLabel('Why, in words for customers').fill('We build it this summer.')
    expect(await findBarriers(lena)).toEqual([])
    await dialog(lena).getByRole('button', { name: 'Decide and tell 1 ticket' }).click()
    await lena.getByText('told the decision').waitFor()
    expect(await findBarriers(lena)).toEqual([])
    await carl.getByText('We build it this summer.').waitFor()
  })

  it('goes together with another for the same, found by its words, and comes apart again', async () => {
    await lena.goto(`${program.url}/enhancements`)
    await row(lena, 'R-1').waitFor()
    await lena.keyboard.press('a')
    await dialog(lena).getByLabel('What they wish for').fill('Print to PDF')
    await dialog(lena).getByLabel('The problem, in the user’s words').fill('Paper is slow.')
    await dialog(lena).getByRole('combobox', { name: 'Product' }).click()
    await lena.getByRole('option', { name: 'Harbour' }).click()
    await dialog(lena).getByRole('combobox', { name: 'Component' }).waitFor()
    expect(await findBarriers(lena)).toEqual([])
    await dialog(lena).getByRole('button', { name: 'Write one down' }).click()
    await row(lena, 'R-2').getByRole('button', { name: 'R-2 Print to PDF', exact: true }).click()
    await lena.getByRole('button', { name: 'Merge it into another' }).click()
    await dialog(lena).getByLabel('The other request').first().fill('sheets')
    await dialog(lena)
      .getByRole('radio', { name: /R-1 Sheets as PDF/ })
      .check()
    expect(await findBarriers(lena)).toEqual([])
    await dialog(lena).getByRole('button', { name: 'Merge it into another' }).click()
    await lena.getByRole('button', { name: 'Undo' }).click()
    await lena.goto(`${program.url}/enhancements/R-1`)
    await lena.getByRole('heading', { name: 'Sheets as PDF' }).waitFor()
  })

  it('is built as a feature, whose team sees who wanted it', async () => {
    await lena.getByRole('button', { name: 'Build it' }).click()
    expect(await findBarriers(lena)).toEqual([])
    await dialog(lena).getByRole('button', { name: 'Build it' }).click()
    await lena.getByRole('link', { name: 'W-1 Sheets as PDF' }).click()
    await lena.getByText('Wishes it answers').waitFor()
    await lena.getByText('1 customer, 1 ticket').waitFor()
    expect(await findBarriers(lena)).toEqual([])
  })

  it('shows who asks and does not wait for what is built, and is built anew where that was declined', async () => {
    const late = await program.api.post<{ key: string }>('/tickets', {
      ...{ title: 'A printed sheet', description: 'Please.', product: 'harbour', customer: 'northwind' },
    })
    await program.api.post(`/tickets/${late.key}/close`, {})
    await program.api.post('/enhancements/R-1/asks', { ticket: late.key })
    await lena.goto(`${program.url}/enhancements/R-1`)
    await row(lena, late.key).getByText('does not wait for it').waitFor()
    expect(await findBarriers(lena)).toEqual([])
    await program.api.post('/work-items/W-1/decline', { reason: 'Too dear.' })
    await lena.getByRole('button', { name: 'Build it' }).click()
    await dialog(lena).getByRole('button', { name: 'Build it' }).click()
    await lena.getByRole('link', { name: 'W-2 Sheets as PDF' }).waitFor()
  })
})
