import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findBarriers } from './support/axe.ts'
import { useBrowsers, useStory } from './support/browsers.ts'
import { makeCompany, makeOwner } from './support/cast.ts'
import { type Program, startProgram } from './support/program.ts'

interface Tickets {
  readonly items: readonly { readonly key: string; readonly title: string }[]
}

/** Two companies, each with a Causeway that runs: one lets the other in, and is asked by it. */
describe('two companies', () => {
  const browsers = useBrowsers()
  useStory()
  let beta: Program
  let acme: Program
  let there: Page
  let here: Page
  let token = ''

  beforeAll(async () => {
    beta = await startProgram()
    acme = await startProgram({
      env: async () => ({ CAUSEWAY_ALLOW_HOSTS: new URL(beta.url).host }),
    })
    await makeCompany(beta)
    await makeCompany(acme)
    there = await browsers.open(beta, await makeOwner(beta), '/partners')
    here = await browsers.open(acme, await makeOwner(acme), '/connections')
  })
  afterAll(async () => {
    await acme?.stop()
    await beta?.stop()
  })
  const dialog = (): Locator => there.getByRole('dialog')

  it('meet when one lets the other in, with a token that is shown once', async () => {
    await there.getByText('No partners').waitFor()
    await there.getByRole('button', { name: 'Let a partner in' }).first().click()
    await dialog().getByLabel('Name').fill('Acme')
    await dialog().getByRole('button', { name: 'Let a partner in' }).click()
    token = await dialog().getByLabel('Their token').inputValue()
    expect(token).toMatch(/^cw_/)
    await dialog().getByRole('button', { name: 'Done' }).click()
    await there.getByRole('heading', { name: 'Acme' }).waitFor()
    const marked = await there.locator('nav a[aria-current]').allTextContents()
    expect(marked, 'where one is').toEqual([expect.stringMatching(/^Connections/), 'Partners'])
  })

  it('share nothing until somebody says what, and see it while they say it', async () => {
    await beta.api.post('/tickets', { title: 'Ours alone', description: 'Not for others.' })
    const preview = there
      .locator('section')
      .filter({ has: there.getByRole('heading', { name: 'Exactly what they see' }) })
    await preview.getByLabel('Key of a record').fill('T-1')
    await preview.getByText('Nothing but the key and the address.').waitFor()
    await there.getByRole('switch', { name: 'They may make new ones' }).check()
    for (const name of ['Description', 'Severity']) {
      await there.getByRole('checkbox', { name: `${name}: They see it` }).check()
      await there.getByRole('checkbox', { name: `${name}: They change it` }).check()
    }
    await preview.getByText('Ours alone').waitFor()
    await there.getByRole('checkbox', { name: 'Public' }).check()
    expect(await findBarriers(there)).toEqual([])
    await there.getByRole('button', { name: 'Save', exact: true }).click()
    await there.getByText('From their next question on, they see this.').waitFor()
    const answer = await fetch(`${beta.url}/partner/v1/items`, {
      headers: { authorization: `Bearer ${token}` },
    })
    expect(await answer.json(), 'only what is theirs').toEqual({ items: [], next: null })
  })

  it('join when the other takes address and token into its connections', async () => {
    await here.getByRole('button', { name: 'Connect a tool' }).first().click()
    await here.getByRole('combobox', { name: 'Kind of tool' }).click()
    await here.getByRole('option', { name: 'Causeway of another company', exact: true }).click()
    await here.getByLabel('Address').fill(beta.url)
    await here.getByLabel('Token').fill(token)
    await here.getByRole('button', { name: 'Check it without saving' }).click()
    await here.getByText(/We are known there as Acme/).waitFor()
  })

  it('work on one thing from both sides, each in its own', async () => {
    await acme.api.post('/configuration', {
      yaml: CONFIGURATION,
      secrets: { URL: beta.url, TOKEN: token },
    })
    const { key } = await acme.api.post<{ key: string }>('/tickets', {
      ...{ title: 'The map stays empty', description: 'Behind a proxy.', severity: 'high' },
      product: 'harbour',
    })
    await acme.api.post(`/tickets/${key}/escalate`)
    await there.goto(`${beta.url}/tickets`)
    await there.getByText('The map stays empty').first().click()
    await there.getByText('Behind a proxy.').waitFor()
    const { items } = await beta.api.get<Tickets>('/tickets')
    const theirs = items.find(({ title }) => title === 'The map stays empty')?.key
    // a page hears what happens from when it is live, and not what happened while it was opened
    await here.goto(`${acme.url}/tickets/${key}`)
    await here.getByText('Live', { exact: true }).waitFor()
    await beta.api.post(`/tickets/${theirs}/comments`, { text: 'Which proxy?', audience: 'everyone' })
    await here.getByText('Which proxy?').waitFor({ timeout: 30_000 })
  })

  it('share one record more, and whoever reads it sees that', async () => {
    const { items } = await beta.api.get<{ items: readonly { readonly id: string }[] }>('/partners')
    await beta.api.put(`/partners/${items[0]?.id}/records/T-1`, {})
    await there.goto(`${beta.url}/tickets/T-1`)
    await there.getByText('shared it with a partner').waitFor()
  })

  it('part at once when one of them says so', async () => {
    await there.goto(`${beta.url}/partners`)
    await there.getByRole('button', { name: 'Acme' }).first().click()
    await there.getByRole('button', { name: 'End the sharing' }).click()
    await dialog().getByRole('button', { name: 'End the sharing' }).click()
    await there.getByText('The sharing has ended; nothing of it opens any more.', { exact: false }).waitFor()
    await here.goto(`${acme.url}/connections/beta`)
    await here
      .getByText(/ended the sharing|sharing ended/i)
      .first()
      .waitFor({ timeout: 30_000 })
  })
})

const CONFIGURATION = `
connections:
  beta:
    kind: causeway
    party: tracker
    title: Beta
    settings: { url: "\${URL}", token: "\${TOKEN}" }
    poll every: 2 s
    mapping:
      containers: [inbox]
      adopt: false
      fields:
        - title: title
        - description: description
        - severity: { tool: cf:severity, direction: to tool }
      statuses: { owner: tool, to hub: { new: triage, open: started, resolved: done }, to tool: [] }
      comments: { public: staff, internal: engineering, send public: [everyone, staff] }
routes:
  - { product: harbour, connection: beta, container: inbox }
`
