import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findBarriers } from './support/axe.ts'
import { useBrowsers, useStory } from './support/browsers.ts'
import { type Member, makeCompany, makeMember } from './support/cast.ts'
import { type Program, startProgram } from './support/program.ts'

/** A release on its way out: engineering writes what it changes, and support says when it can answer for that. */
describe('a release', () => {
  const browsers = useBrowsers()
  useStory()
  let program: Program
  let eddie: Page
  let anna: Page
  let release: string
  let agent: Member

  beforeAll(async () => {
    program = await startProgram()
    await makeCompany(program)
    release = (await program.api.post('/releases', { product: 'harbour', name: '4.2' })).id
    const note = 'Prices are shown with tax.'
    for (const made of [
      { kind: 'feature', title: 'Prices with tax', behaviourNote: note },
      { kind: 'defect', title: 'Blank receipts' },
    ])
      await program.api.post('/work-items', { description: '', product: 'harbour', release, ...made })
    eddie = await browsers.open(program, await makeMember(program, 'engineer'), `/releases/${release}`)
    agent = await makeMember(program, 'agent')
    anna = await browsers.open(program, agent, `/releases/${release}/notes`)
    await anna.getByText('Live', { exact: true }).waitFor()
  })
  afterAll(async () => {
    await program?.stop()
  })

  const dialog = (page: Page): Locator => page.getByRole('dialog')
  const note = (page: Page, title: string): Locator =>
    page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: title, exact: true }) })

  it('has a draft of a note for all that is in it by one key', async () => {
    await eddie.getByRole('link', { name: 'What it changes' }).click()
    await eddie.getByRole('heading', { name: '2 without a note' }).waitFor()
    expect(await findBarriers(eddie)).toEqual([])
    await eddie.keyboard.press('d')
    await eddie.getByText('2 drafts made.').waitFor()
    await eddie.getByRole('heading', { name: 'Behaves differently (1)' }).waitFor()
    await note(anna, 'Blank receipts').getByText('Draft', { exact: true }).waitFor()
    expect(await findBarriers(eddie)).toEqual([])
  })

  it('asks for the words of support before it is proposed, which support then approves', async () => {
    await eddie.getByRole('button', { name: 'Propose: Prices with tax' }).click()
    await dialog(eddie).getByText('Nobody can approve it before it says what support says.').waitFor()
    await dialog(eddie).getByLabel('What support says to who asks').fill('What is paid stays the same.')
    expect(await findBarriers(eddie)).toEqual([])
    await dialog(eddie).getByRole('button', { name: 'Save' }).click()
    await dialog(eddie).waitFor({ state: 'hidden' })
    await eddie.getByRole('button', { name: 'Propose: Prices with tax' }).click()
    await note(anna, 'Prices with tax').getByText('Waits for support').waitFor()
    await anna.getByRole('button', { name: 'Approve: Prices with tax' }).click()
    await note(eddie, 'Prices with tax').getByText('by Anna Adeyemi').waitFor()
    await anna.getByText('1 is not approved').waitFor()
    expect(await findBarriers(anna)).toEqual([])
  })

  it('is tried by support, with what customers come with most', async () => {
    for (const title of ['Cart is empty after sign-in', 'After sign-in the cart is empty'])
      await program.api.post('/tickets', { title, description: '', product: 'harbour' })
    await eddie.getByRole('link', { name: 'Acceptance' }).click()
    await eddie.getByText('No cases yet').waitFor()
    expect(await findBarriers(eddie)).toEqual([])
    await eddie.getByRole('button', { name: /^Make a case of it/ }).click()
    await dialog(eddie).getByLabel('Steps').fill('Fill the cart. Sign in.')
    await dialog(eddie).getByLabel('Expected').fill('It is still full.')
    expect(await findBarriers(eddie)).toEqual([])
    await dialog(eddie).getByRole('button', { name: 'Add a case' }).click()
    await eddie.getByText('0 of 1 passed').waitFor()
    await anna.goto(`${program.url}/releases/${release}/acceptance`)
    await anna.getByText('Fill the cart. Sign in.').waitFor()
    await anna.keyboard.press('j')
    await anna.keyboard.press('Enter')
    await dialog(anna).getByRole('radio', { name: 'Failed' }).check()
    await dialog(anna).getByLabel('What went wrong, or the defect').fill('Empty again.')
    expect(await findBarriers(anna)).toEqual([])
    await dialog(anna).getByRole('button', { name: 'Run' }).click()
    await anna.getByText('Failed', { exact: true }).first().waitFor()
    await eddie.getByText('1 run', { exact: true }).click()
    await eddie.getByText('Empty again.').waitFor()
    expect(await findBarriers(eddie)).toEqual([])
    await anna.getByRole('button', { name: /^Run:/ }).click()
    await dialog(anna).getByRole('button', { name: 'Run' }).click()
    await eddie.getByText('1 of 1 passed').waitFor()
  })

  it('says on its plan why no day is measured, and on another tab who has it', async () => {
    await eddie.getByRole('link', { name: 'Plan', exact: true }).click()
    await eddie.getByText(/Too little was finished in the last weeks/).waitFor()
    expect(await findBarriers(eddie)).toEqual([])
    await eddie.getByRole('link', { name: 'Who has it' }).click()
    await eddie.getByRole('listitem').filter({ hasText: 'Northwind Foods' }).waitFor()
    await eddie.getByText(/^No change names it yet/).waitFor()
    const change = { kind: 'normal', title: 'Bring 4.2 to customers', product: 'harbour', release }
    const window = { from: '2031-03-10T18:00:00Z', to: '2031-03-10T20:00:00Z' }
    await program.api.post('/changes', { ...change, reason: 'It has tax.', window })
    await eddie.getByRole('link', { name: /Bring 4.2 to customers 10 Mar/ }).waitFor()
    expect(await findBarriers(eddie)).toEqual([])
  })

  it('tells who follows it that its day moved, and has all its tabs in one row on a phone', async () => {
    const phone = await browsers.open(program, agent, '/my-move', {
      viewport: { width: 375, height: 700 },
      hasTouch: true,
    })
    await program.api.post(`/releases/${release}/followers`, { person: agent.email })
    for (const [from, to] of [
      ['2031-03-01', '2031-03-14'],
      ['2031-04-01', '2031-04-14'],
    ])
      await program.api.post(`/releases/${release}/estimate`, { estimate: { from, to, confidence: 80 } })
    await phone.getByRole('heading', { name: 'Releases you follow' }).waitFor()
    expect(await findBarriers(phone)).toEqual([])
    await phone.getByText('Planned for 1 – 14 Apr 2031 (80 % sure)', { exact: true }).click()
    const tabs = phone.getByRole('navigation', { name: 'Release', exact: true })
    const last = tabs.getByRole('link', { name: 'Who has it' })
    await last.click()
    await phone.getByRole('listitem').filter({ hasText: 'Northwind Foods' }).waitFor()
    const [row, link] = [await tabs.boundingBox(), await last.boundingBox()]
    expect(row?.height).toBeLessThan(60)
    expect((link?.x ?? 0) + (link?.width ?? 999)).toBeLessThanOrEqual(375)
    expect(await findBarriers(phone)).toEqual([])
    await phone.goto(`${program.url}/my-move`)
    await phone.getByRole('button', { name: 'Seen' }).click()
    await phone.getByRole('heading', { name: 'Releases you follow' }).waitFor({ state: 'hidden' })
  })

  it('goes live by its numbers, its signatures and a decision, each seen by the others at once', async () => {
    const lead = await browsers.open(
      program,
      await makeMember(program, 'lead'),
      `/releases/${release}/go-live`,
    )
    await lead.getByText('0 of 48 hours').waitFor()
    expect(await findBarriers(lead)).toEqual([])
    await lead.getByRole('button', { name: 'Name somebody' }).click()
    await dialog(lead).getByRole('combobox', { name: 'Person' }).click()
    await lead.getByRole('option', { name: 'Anna Adeyemi' }).click()
    expect(await findBarriers(lead)).toEqual([])
    await dialog(lead).getByRole('button', { name: 'Name somebody' }).click()
    await lead.getByText('48 of 48 hours').waitFor()
    await anna.getByRole('link', { name: 'Go-live' }).click()
    await anna.getByText('48 of 48 hours').waitFor()
    await anna.keyboard.press('s')
    await dialog(anna)
      .getByText(/You sign for what it is now/)
      .waitFor()
    expect(await findBarriers(anna)).toEqual([])
    await dialog(anna).getByRole('button', { name: 'Sign', exact: true }).click()
    await lead.getByText('Signed by Anna Adeyemi').waitFor()
    await program.api.post('/work-items', { title: 'One more', description: '', product: 'harbour', release })
    await lead.getByText('Changed since: what is planned.').waitFor()
    await lead.keyboard.press('d')
    expect(await findBarriers(lead)).toEqual([])
    await dialog(lead).getByLabel('Why').fill('One more thing came in.')
    await dialog(lead).getByRole('button', { name: 'Decide' }).click()
    await anna.getByText('One more thing came in.').waitFor()
    await anna.getByText('What was measured then').click()
    expect(await findBarriers(anna)).toEqual([])
    await lead.getByRole('button', { name: 'What Harbour asks for' }).click()
    await dialog(lead).getByRole('switch').check()
    expect(await findBarriers(lead)).toEqual([])
    await dialog(lead).getByRole('button', { name: 'Save' }).click()
    await dialog(lead).waitFor({ state: 'hidden' })
    await eddie.keyboard.press('r')
    await dialog(eddie)
      .getByText(/It was decided that it does not go live/)
      .waitFor()
    expect(await findBarriers(eddie)).toEqual([])
    await dialog(eddie)
      .getByLabel(/Why does it come out all the same/)
      .fill('A customer cannot wait.')
    await dialog(eddie).getByRole('button', { name: 'It is out' }).click()
    await lead.getByText('Out without a go').waitFor()
    await lead.getByRole('heading', { name: 'Hyper-care' }).waitFor()
    await program.api.post('/tickets', { title: 'Where is my order', description: '', product: 'harbour' })
    await lead.getByText(/^1 contact · 0 in the same hours before/).waitFor()
    expect(await findBarriers(lead)).toEqual([])
  })

  it('answers who is asked about it on the line', async () => {
    const { product } = await program.api.get<{ product: { id: string } }>(`/releases/${release}`)
    const asked = { text: 'Prices suddenly show tax', product: product.id, version: '4.2' }
    await anna.goto(`${program.url}/bug-or-feature?${new URLSearchParams(asked)}`)
    await anna.getByText('What is paid stays the same.').first().waitFor()
    await anna.getByText('It behaves so since 4.2, and support agreed what to say.').waitFor()
    expect(await findBarriers(anna)).toEqual([])
  })
})
