import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findBarriers } from './support/axe.ts'
import { useBrowsers, useStory } from './support/browsers.ts'
import { enterAs, makeCompany, makeMember } from './support/cast.ts'
import { type Mailbox, openMailbox } from './support/mailbox.ts'
import { type Program, startProgram } from './support/program.ts'

interface Made {
  readonly id: string
  readonly key: string
}

/** A release reaches two customers: each is told once, in words that somebody read, and one of them answers. */
describe('outreach', () => {
  const browsers = useBrowsers()
  useStory()
  let program: Program
  let mails: Mailbox
  let anna: Page
  let lead: Page
  let release: string
  const tickets: string[] = []

  beforeAll(async () => {
    mails = await openMailbox()
    const { url: CAUSEWAY_SMTP_URL } = mails
    program = await startProgram({
      env: async () => ({ CAUSEWAY_SMTP_URL, CAUSEWAY_MAIL_FROM: 'Support <support@desk.example>' }),
    })
    await makeCompany(program)
    await program.api.post('/customers', { key: 'acme', name: 'Acme Tools' })
    anna = await browsers.open(program, await makeMember(program, 'agent'), '/outreach')
    lead = await browsers.open(program, await makeMember(program, 'lead'), '/outreach/settings')
  })
  afterAll(async () => {
    await program?.stop()
    await mails?.close()
  })

  const dialog = (page: Page): Locator => page.getByRole('dialog')
  const card = (name: string): Locator => anna.getByRole('article').filter({ hasText: name })

  /** Two customers with a ticket each about one defect, and the release that both run. */
  const reachThem = async (): Promise<void> => {
    const { api } = program
    const work = await api.post<Made>('/work-items', {
      ...{ kind: 'defect', title: 'Null in exporter', description: '', product: 'harbour' },
    })
    release = (await api.post<Made>('/releases', { product: 'harbour', name: '4.3' })).id
    await api.patch(`/work-items/${work.key}`, { set: { release } })
    for (const [customer, name] of [
      ['northwind', 'Nora North'],
      ['acme', 'Ali Acme'],
    ] as const) {
      const contact = await api.post<Made>('/contacts', { customer, name, email: `${customer}@mail.example` })
      await api.post('/installations', { customer, product: 'harbour', environment: 'live', release })
      const about = { title: 'The export *stops*', description: '', product: 'harbour', customer }
      const ticket = await api.post<Made>('/tickets', { ...about, contact: contact.id })
      tickets.push(ticket.key)
      await api.post(`/tickets/${ticket.key}/join`, { workItem: work.key })
    }
    const { items } = await api.get<{ items: readonly { id: string; version: string | null }[] }>(
      '/installations',
    )
    for (const { id, version } of items)
      if (version === '4.2') await api.patch(`/installations/${id}`, { release, version: null })
    await api.post(`/work-items/${work.key}/accept`, {})
    await api.post(`/work-items/${work.key}/move`, { to: 'done' })
    await api.post(`/releases/${release}/release`, {})
  }

  it('says what waits as soon as a release has reached somebody', async () => {
    await anna.getByText('Nothing waits to be told').waitFor()
    expect(await findBarriers(anna)).toEqual([])
    await reachThem()
    await card('Nora North').getByText('The export *stops* (live runs 4.3').waitFor()
    expect(await findBarriers(anna)).toEqual([])
  })

  it('has words that a lead changes, and one customer’s that are written by hand', async () => {
    const words = lead.getByLabel('Has it, English')
    await words.fill('{hello}\n\ngood news:\n\n{requests}\n\nPlease try it.')
    await lead.getByRole('button', { name: 'Save' }).last().click()
    await lead.getByText('Saved.').first().waitFor()
    expect(await findBarriers(lead)).toEqual([])
    await card('Ali Acme').getByText('good news:').waitFor()
    await card('Ali Acme').getByRole('button', { name: 'Write: Ali Acme' }).click()
    await dialog(anna).getByLabel('Message').fill('Dear Ali, **it is mended**.')
    expect(await findBarriers(anna)).toEqual([])
    await dialog(anna).getByRole('button', { name: 'Save' }).click()
    await card('Ali Acme').getByText('Written by hand').waitFor()
  })

  it('is sent to all that are chosen at once, and can be taken back for a moment', async () => {
    for (const key of tickets) await anna.getByRole('checkbox', { name: new RegExp(`${key} 4.3`) }).check()
    expect(await findBarriers(anna)).toEqual([])
    await anna.getByRole('button', { name: /Send 2 messages/ }).click()
    await anna.getByRole('button', { name: 'Undo' }).click()
    await card('Nora North').getByText('Held back', { exact: true }).waitFor()
    await card('Ali Acme').getByRole('button', { name: 'Do not tell: Ali Acme' }).click()
    await dialog(anna).getByLabel('Why').fill('Told by telephone')
    await dialog(anna).getByRole('button', { name: 'Do not tell' }).click()
    await card('Ali Acme').waitFor({ state: 'detached' })
    await anna.getByRole('checkbox', { name: new RegExp(`${tickets[0]} 4.3`) }).check()
    await anna.keyboard.press('s')
    await card('Nora North').waitFor({ state: 'detached', timeout: 30_000 })
  })

  it('leads from the mail to a page that asks the same, and where they can say that they want none', async () => {
    const page = await browsers.open(program, null, new URL(await mails.link(/http\S+\/told\/\S+/)).pathname)
    await page.getByText('Does it work now?').waitFor()
    expect(await findBarriers(page)).toEqual([])
    await page.getByRole('button', { name: 'No more such messages' }).click()
    await page.getByText('You get no such messages any more.').waitFor()
    await page.getByRole('button', { name: 'Write to me again' }).click()
    await page.getByText('We write to you when').waitFor()
  })

  it('is read and answered by the customer, whose ticket that ends', async () => {
    const { items } = await program.api.get<{
      items: readonly { id: string; name: string; email: string }[]
    }>('/contacts')
    const contact = items.find(({ name }) => name === 'Nora North') ?? expect.fail('no contact')
    const nora = await browsers.open(
      program,
      await enterAs(program, {
        name: contact.name,
        email: contact.email,
        contactId: contact.id,
        roles: ['customer'],
      }),
      `/requests/${tickets[0]}`,
    )
    await nora.getByText('good news:').waitFor()
    await nora.getByRole('button', { name: 'Works, thank you' }).click()
    await nora.getByText('Solved. Tell us if it is not.').waitFor()
    expect(await findBarriers(nora)).toEqual([])
    await nora.goto(`${program.url}/profile`)
    const kept = nora.waitForResponse(
      (answer) => answer.url().endsWith('/api/v1/self') && answer.request().method() === 'PATCH',
    )
    const writes = (checked: boolean): Locator =>
      nora.getByRole('switch', { name: 'Write to me of releases', checked })
    await writes(true).click()
    await writes(false).waitFor()
    await kept
    expect(await findBarriers(nora)).toEqual([])
    await nora.reload()
    await writes(false).waitFor()
  })

  it('stands in the report with who was told by whom, and why not', async () => {
    await anna.goto(`${program.url}/outreach/report`)
    const row = (text: string): Locator => anna.getByRole('row').filter({ hasText: text })
    await row('Nora North').getByText('by Anna Adeyemi').waitFor()
    await row('Nora North').getByText('It works').waitFor()
    await row('Ali Acme').getByText('Not told: dismissed: Told by telephone').waitFor()
    await anna.getByText('1 of 1 customers were told within one business day of their fix.').waitFor()
    expect(await findBarriers(anna)).toEqual([])
    await anna.goto(`${program.url}/outreach?state=sent`)
    await card('Nora North').getByText('by Anna Adeyemi').waitFor()
    expect(await findBarriers(anna)).toEqual([])
    await anna.goto(`${program.url}/releases/${release}/waiting`)
    await anna.getByRole('heading', { name: 'Messages about it' }).waitFor()
    expect(await findBarriers(anna)).toEqual([])
  })
})
