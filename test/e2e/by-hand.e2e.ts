import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { useBrowsers, useStory } from './support/browsers.ts'
import { makeCompany, makeMember } from './support/cast.ts'
import { type Program, startProgram } from './support/program.ts'
import { makeStory } from './support/sample.ts'

/** An agent's whole way by keyboard alone, and what happens when the network goes. */
describe('an agent at work', () => {
  const browsers = useBrowsers()
  useStory()
  let program: Program
  let page: Page

  beforeAll(async () => {
    program = await startProgram()
    await makeCompany(program)
    await makeMember(program, 'customer')
    const agent = await makeMember(program, 'agent')
    await makeStory(program)
    page = await browsers.open(program, agent, '/tickets', { expected: [/ERR_INTERNET_DISCONNECTED/] })
    await page.getByText('Live', { exact: true }).waitFor()
  })
  afterAll(async () => {
    await program?.stop()
  })
  const press = (...keys: readonly string[]) =>
    keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve())
  const focused = () => page.locator(':focus')

  it('goes to a screen by two letters, and shows which keys there are', async () => {
    await press('g', 'w')
    await page.getByRole('heading', { name: 'Work items', level: 1 }).waitFor()
    await press('g', 't')
    await page.getByRole('heading', { name: 'Tickets', level: 1 }).waitFor()
    await press('?')
    await page.getByRole('dialog', { name: 'Keys of this screen' }).waitFor()
    await press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
  })

  it('finds a ticket by the palette, takes it and answers', async () => {
    // nobody waits for the field: what is typed meanwhile is in it, and takes no ticket behind
    await press('Control+k')
    await page.keyboard.type('invoices')
    await page.getByRole('dialog').locator('input:focus').waitFor()
    expect(await focused().inputValue()).toBe('invoices')
    await page.getByRole('dialog').getByText('Invoices are printed twice').first().waitFor()
    await press('Enter')
    await page.getByRole('heading', { name: 'Invoices are printed twice' }).waitFor()
    await press('t')
    await page.getByText('The ticket is yours.').waitFor()
    await press('r')
    await page.locator('[aria-label="Public reply"]:focus').waitFor()
    await page.keyboard.type('Does it also happen with one page?')
    await press('Control+Enter')
    await page.getByText('Reply sent.').waitFor()
    await page.getByText('Does it also happen with one page?').first().waitFor()
  })

  it('writes an internal note, and letters stay letters while typing', async () => {
    await press('Escape', 'n')
    await page.locator('[aria-label="Internal note"]:focus').waitFor()
    await page.keyboard.type('regression? set e, t, c')
    await press('Control+Enter')
    await page.getByText('Note added.').waitFor()
    await page.getByText('regression? set e, t, c').first().waitFor()
  })

  it('walks a list with J and K and opens with Enter', async () => {
    await press('Escape', 'g', 't')
    await page.getByRole('heading', { name: 'Tickets', level: 1 }).waitFor()
    await page.getByRole('link', { name: /the export is empty/ }).waitFor()
    await press('j', 'j', 'k', 'Enter')
    await page.waitForURL(/\/tickets\/T-\d+$/)
    await page.getByRole('heading', { level: 1 }).waitFor()
  })

  it('escalates and resolves without a mouse', async () => {
    await page.goto(`${program.url}/tickets/T-2`)
    await page.getByRole('heading', { name: /the export is empty/ }).waitFor()
    await press('e')
    const dialog = page.getByRole('dialog')
    await dialog.getByText('What engineering will see').waitFor()
    await dialog.getByRole('button', { name: 'Send to engineering' }).focus()
    await press('Enter')
    await page
      .getByText(/With engineering as W-\d/)
      .first()
      .waitFor()
    await dialog.waitFor({ state: 'hidden' })
    await press('d')
    await page.getByText('The ticket is resolved.').waitFor()
  })

  it('reaches the skip link first, and always shows where the focus is', async () => {
    await page.goto(`${program.url}/tickets`)
    await page.getByRole('link', { name: /the export is empty/ }).waitFor()
    await press('Tab')
    expect(await focused().innerText()).toBe('Skip to the screen')
    for (let at = 0; at < 12; at += 1) {
      await press('Tab')
      expect(await focused().evaluate(showsFocus), await focused().innerHTML()).toBe(true)
    }
  })

  it('says that the network is gone, keeps what was typed, and catches up when it is back', async () => {
    await page.goto(`${program.url}/tickets/T-1`)
    await page.getByText('Live', { exact: true }).waitFor()
    await page.context().setOffline(true)
    await page.getByText('Reconnecting …').waitFor()
    await press('r')
    await page.locator('[aria-label="Public reply"]:focus').waitFor()
    await page.keyboard.type('Written in a tunnel')
    await press('Control+Enter')
    await page.getByRole('alert').first().waitFor()
    await program.api.post('/tickets/T-1/comments', { text: 'Said meanwhile', audience: 'staff' })
    await page.context().setOffline(false)
    await page.getByText('Live', { exact: true }).waitFor()
    await page.getByText('Said meanwhile').first().waitFor()
    await page.locator('[aria-label="Public reply"]').focus()
    await press('Control+Enter')
    await page.getByText('Reply sent.').waitFor()
    const { items } = await program.api.get<{ items: readonly { text?: string }[] }>(
      '/tickets/T-1/timeline?limit=100',
    )
    const sent = JSON.stringify(items).split('Written in a tunnel').length - 1
    expect(sent, 'times that it was sent').toBe(1)
  })
})

interface Styled {
  readonly parentElement: Styled | null
}

/** Runs in the browser: whether a ring stands around this element, or around the field it is in. */
const showsFocus = (element: unknown): boolean => {
  const { getComputedStyle } = globalThis as unknown as {
    readonly getComputedStyle: (one: Styled) => Readonly<Record<string, string>>
  }
  const hasRing = (one: Styled): boolean => {
    const { outlineStyle = 'none', outlineWidth = '0', boxShadow = 'none' } = getComputedStyle(one)
    return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) || boxShadow !== 'none'
  }
  const focused = element as Styled
  return hasRing(focused) || (focused.parentElement !== null && hasRing(focused.parentElement))
}
