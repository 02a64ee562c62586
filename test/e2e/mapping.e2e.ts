import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findBarriers } from './support/axe.ts'
import { useBrowsers, useStory } from './support/browsers.ts'
import { startWithTracker, type WithTracker } from './support/tracker.ts'

interface Items {
  readonly items: readonly { readonly key: string; readonly title: string; readonly state: string }[]
}

const PATIENCE = { timeout: 30_000 }

/** An integrator connects a Redmine by its form, says what crosses, sees it on real items, saves, and takes it back. */
describe('what crosses, said in the browser', () => {
  const browsers = useBrowsers()
  useStory()
  let world: WithTracker
  let page: Page

  beforeAll(async () => {
    world = await startWithTracker()
    page = await browsers.open(world.program, world.integrator, '/connections')
  })
  afterAll(async () => {
    await world?.stop()
  })
  const card = (title: string): Locator =>
    page.locator('section').filter({ has: page.getByRole('heading', { level: 2, name: title, exact: true }) })
  const dialog = (): Locator => page.getByRole('dialog')
  const press = (name: string | RegExp): Promise<void> => page.getByRole('button', { name }).first().click()
  const choose = async (select: Locator, option: string): Promise<void> => {
    await select.click()
    await page.getByRole('option', { name: option, exact: true }).click()
  }
  const workItems = async (): Promise<Items['items']> =>
    (await world.program.api.get<Items>('/work-items')).items
  const states = async (): Promise<readonly string[]> => (await workItems()).map(({ state }) => state).sort()

  it('adds the tool by a form, and checks it before anything is saved', async () => {
    await page.getByRole('button', { name: 'Connect a tool' }).first().click()
    await choose(page.getByRole('combobox', { name: 'Kind of tool' }), 'Redmine')
    await page.getByLabel('Address').fill(world.redmine.url)
    await page.getByLabel('Projects').fill('atlas')
    await page.getByLabel('Ask for changes every (seconds)').fill('2')
    const check = page.getByRole('button', { name: 'Check it without saving' })
    expect(await check.getAttribute('aria-disabled'), 'without a key').toBe('true')
    await page.getByLabel('API key').fill('not the key')
    await check.click()
    await page.getByText('Something is missing').waitFor()
    await page.getByLabel('API key').fill('key-of-integration')
    await check.click()
    await page.getByText('Redmine answers. We are known there as Integration Bot.').waitFor()
    await page.getByText('It answers, and everything is in order.').waitFor()
    await press('Save and say what crosses')
    await page.getByText('Redmine is connected. Nothing crosses until you say what.').waitFor()
    await page.getByRole('heading', { name: 'Redmine: what crosses' }).waitFor()
    expect(await workItems(), 'what crossed by itself').toEqual([])
  })

  it('begins with what fits by name, and takes one more field, one way', async () => {
    await press('Start from what fits by name')
    await page.getByText('Suggested. Go over it before you save.').waitFor()
    const fields = card('Fields').getByRole('listitem')
    expect(await fields.count()).toBe(6)
    await card('Fields').getByRole('button', { name: 'Add a field' }).click()
    await fields.last().getByLabel('Ours', { exact: true }).fill('Customers: how many')
    await fields.last().getByLabel('Theirs', { exact: true }).fill('cf:CustomersAffected')
    const direction = fields.last().getByRole('combobox', { name: /^Direction/ })
    expect(await direction.inputValue(), 'what is derived only goes out').toBe('Only goes out')
    await choose(page.getByRole('combobox', { name: 'When both change it: Priority' }), 'theirs wins')
    await page.getByRole('switch', { name: 'New items there become records here' }).check()
  })

  it('says which word is which', async () => {
    await press(/^Values: Component/)
    await dialog().getByRole('switch', { name: 'as they are' }).uncheck()
    const theirs = dialog().getByLabel('Theirs', { exact: true })
    expect(await theirs.count(), 'their categories').toBe(3)
    expect(await dialog().getByLabel('Ours', { exact: true }).first().inputValue()).toMatch(/Export/)
    await page.keyboard.press('Escape')
    await dialog().waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: 'Values: Component, 3 words' }).waitFor()
    await card('Products').getByRole('button', { name: 'Add a line' }).click()
    await card('Products').getByLabel('Projects or queues').fill('atlas')
    await card('Products').getByLabel('Products', { exact: true }).fill('harbour')
  })

  it('draws both sides’ statuses beside each other, and marks one that leads nowhere', async () => {
    const statuses = card('Statuses')
    const word = (name: string): Locator =>
      statuses.getByRole('combobox', { name: `Theirs becomes ours: ${name}` })
    expect(await word('New').inputValue()).toBe('Triage')
    expect(await word('Closed').inputValue()).toBe('Done')
    await choose(word('Feedback'), 'In review')
    await choose(word('In Progress'), 'Started')
    const rejected = statuses.getByRole('listitem').filter({
      has: page.getByRole('combobox', { name: 'Theirs becomes ours: Rejected' }),
    })
    expect(await rejected.getAttribute('data-unmapped')).toBe('false')
    await choose(statuses.getByRole('combobox', { name: 'Ours becomes theirs: Triage' }), 'New')
    await statuses.getByLabel('only from: Triage').click()
    await page.getByRole('option', { name: 'Closed', exact: true }).click()
    await page.keyboard.press('Escape')
  })

  it('says who is who', async () => {
    await card('People').getByText('Dora Developer').waitFor()
    await card('People').getByRole('button', { name: 'Add a line' }).click()
    await card('People').getByLabel('Person there').fill('6')
    await card('People').getByLabel('E-mail here').fill('eddie@harbour.example')
    await expect
      .poll(() => card('People').getByLabel('Person there').inputValue())
      .toContain('Dora Developer')
  })

  it('shows it on real items, again while one edits', async () => {
    const preview = card('With real items')
    await preview.getByRole('button', { name: 'Show with real items' }).click()
    await preview.getByText('is set here').first().waitFor()
    expect(await preview.getByRole('table').count()).toBe(3)
    const row = preview.getByRole('row', { name: /Title/ }).first()
    await row.waitFor()
    const before = await preview.getByRole('row').count()
    await page.getByRole('button', { name: 'Remove Priority' }).click()
    await expect.poll(() => preview.getByRole('row').count(), { timeout: 10_000 }).toBe(before - 3)
    expect(world.redmine.ledger, 'written there').toEqual([])
    expect(await findBarriers(page)).toEqual([])
  })

  it('says how far it reaches before it is saved', async () => {
    await press('Try and save …')
    await dialog().getByRole('heading', { name: 'Changes' }).waitFor()
    await dialog().getByText('No pair is there yet that it could reach.').waitFor()
    await dialog().getByRole('button', { name: 'Save it' }).click()
    await page.getByText('Saved. It is applied behind all other work.').waitFor()
    await expect.poll(states, PATIENCE).toEqual(['started', 'triage', 'triage'])
    const early = (await workItems()).find(({ title }) => title === 'Dates are a day early')
    expect(early?.state).toBe('started')
  })

  it('changes it with a dry run on what is in step, and keeps every version', async () => {
    await page.reload()
    await page.getByText('Version 2 counts').waitFor()
    await choose(page.getByRole('combobox', { name: 'Theirs becomes ours: New' }), 'Backlog')
    await page.getByText('Not saved yet').waitFor()
    await press('Try and save …')
    await dialog().getByText('3 pairs are looked at again. Tried on 3: something changes on 2.').waitFor()
    await dialog().getByText('Status: 2 set here').waitFor()
    await dialog().getByRole('button', { name: 'Save it' }).click()
    await page.getByText('Version 3 counts').waitFor()
    await expect.poll(states, PATIENCE).toEqual(['backlog', 'backlog', 'started'])
  })

  it('refuses a word said wrong beside its line, and saves nothing', async () => {
    await card('Fields').getByRole('button', { name: 'Add a field' }).click()
    const line = card('Fields').getByRole('listitem').last()
    await line.getByLabel('Ours', { exact: true }).fill('colour')
    await line.getByLabel('Theirs', { exact: true }).fill('cf:Severity')
    await press('Try and save …')
    await dialog().getByText('This cannot be saved yet').waitFor()
    expect(await dialog().getByRole('button', { name: 'Save it' }).isDisabled()).toBe(true)
    await dialog().getByRole('button', { name: 'Cancel' }).click()
    await line.getByRole('alert').waitFor()
    await press('Throw away changes')
    await page.getByText('Version 3 counts').waitFor()
  })

  it('compares versions and brings an older one back', async () => {
    await page.getByRole('link', { name: 'Versions' }).click()
    await page.getByRole('heading', { name: 'Redmine: versions' }).waitFor()
    await page.getByText('Counts now').waitFor()
    await page.getByRole('button', { name: 'What to do with Version 2' }).click()
    await page.getByRole('menuitem', { name: 'Compare with now' }).click()
    await dialog().getByText('Version 2 against 3').waitFor()
    await dialog()
      .getByText(/backlog/i)
      .first()
      .waitFor()
    await page.keyboard.press('Escape')
    await dialog().waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: 'What to do with Version 2' }).click()
    await page.getByRole('menuitem', { name: 'Bring it back …' }).click()
    await dialog()
      .getByText(/something changes on 2/)
      .waitFor()
    await dialog().getByRole('button', { name: 'Bring it back' }).click()
    await page.getByText('What version 2 said counts again.').waitFor()
    await page.getByText('version 2 brought back').waitFor()
    await expect.poll(states, PATIENCE).toEqual(['started', 'triage', 'triage'])
  })
})
