import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RedmineFake, startRedmineFake } from '../../src/connectors/redmine/fake.ts'
import {
  type RequestTrackerFake,
  startRequestTrackerFake,
} from '../../src/connectors/request-tracker/fake.ts'
import { findBarriers } from './support/axe.ts'
import { useBrowsers, useStory } from './support/browsers.ts'
import { makeCompany, makeMember, makeOwner } from './support/cast.ts'
import { patiently } from './support/patiently.ts'
import { type Program, startProgram } from './support/program.ts'

interface Items {
  readonly items: readonly { readonly key: string; readonly title: string; readonly state: string }[]
}
interface Connections {
  readonly items: readonly {
    readonly mirrors: number
    readonly waiting: number
    readonly polledAt: string | null
  }[]
}

/** Years of tickets and defects side by side: an integrator finds those that belong together, and joins them. */
describe('what people kept in step by hand', () => {
  const browsers = useBrowsers()
  useStory()
  let desk: RequestTrackerFake
  let tracker: RedmineFake
  let program: Program
  let page: Page
  /** Issues, by what they are about. */
  const issues: Record<string, number> = {}

  beforeAll(async () => {
    desk = await startRequestTrackerFake()
    tracker = await startRedmineFake()
    await makeItems(desk, tracker, issues)
    program = await startProgram({
      env: async () => ({ CAUSEWAY_ALLOW_HOSTS: `${desk.host},${tracker.address}` }),
    })
    const integrator = await makeMember(program, 'integrator')
    await makeCompany(program)
    await program.api.post('/configuration', {
      yaml: CONFIGURATION,
      secrets: {
        ...{ RT: desk.url, RT_TOKEN: desk.settings.token },
        ...{ REDMINE: tracker.url, REDMINE_KEY: tracker.settings.apiKey },
      },
    })
    page = await browsers.open(program, integrator, '/connections')
  })
  afterAll(async () => {
    await program?.stop()
    await tracker?.close()
    await desk?.close()
  })

  const written = (): number => desk.ledger.filter(({ via }) => via === 'api').length + tracker.ledger.length
  const how = (): Locator => page.getByRole('combobox', { name: 'How to find them' })
  const row = (title: string): Locator => page.getByRole('row').filter({ hasText: title })
  const found = (what: RegExp): Promise<void> => page.getByRole('heading', { level: 2, name: what }).waitFor()
  const workItems = async (): Promise<Items['items']> => (await program.api.get<Items>('/work-items')).items
  const find = async (): Promise<void> => {
    const button = page.getByRole('button', { name: 'Find pairs' })
    await button.focus()
    await page.keyboard.press('Enter')
  }

  it('are looked for in a field that names the other, from the connection’s own screen', async () => {
    await page.getByRole('button', { name: 'Redmine', exact: true }).click()
    await page.getByRole('link', { name: 'Pairs' }).click()
    await page.getByRole('heading', { name: 'Pairs: Redmine' }).waitFor()
    expect(await page.getByRole('button', { name: 'Find pairs' }).isDisabled(), 'without a field').toBe(true)
    await page.getByLabel('The field').fill('cf:TicketKey')
    await page.keyboard.press('Enter')
    await found(/^2 pairs among 6 items of the desk and 7 of the tracker$/)
    expect(await row('Export stops').getByRole('cell').allTextContents()).toEqual([
      '',
      '#1Export stops at 1,000 rows',
      `#${issues['export']}CSV export is cut off`,
      'the key in the tracker',
      '100%',
    ])
    expect(await row('Export stops').getByRole('link').first().getAttribute('href')).toBe(
      `${desk.url}/Ticket/Display.html?id=1`,
    )
    expect(await findBarriers(page)).toEqual([])
  })

  it('are found by an address, and by their words with how sure that is', async () => {
    await how().selectOption({ label: 'One holds the address of the other' })
    await find()
    await found(/^2 pairs among/)
    await row('Login loops').getByText('an address in the desk').waitFor()
    await row('Dates are a day early').getByText('an address in the tracker').waitFor()
    expect(await row('Login loops').getByText('95%').count()).toBe(1)
    await how().selectOption({ label: 'Much the same words at about the same time' })
    await find()
    await row('Invoice totals').getByText('words and time').waitFor()
    const sure = await row('Invoice totals').getByRole('cell').last().textContent()
    expect(Number(sure?.replace('%', ''))).toBeGreaterThanOrEqual(60)
    expect(Number(sure?.replace('%', ''))).toBeLessThan(90)
    await page.getByLabel('How sure, at least (per cent)').fill('80')
    await page.keyboard.press('Enter')
    await found(/^1 item left alone$/)
    await page.getByText(/It reads like #7 \(\d+ %\), which is not sure enough\./).waitFor()
    expect(await findBarriers(page)).toEqual([])
  })

  it('are joined from a list but for the one that is left out, all by keyboard', async () => {
    await how().selectOption({ label: 'A list of keys (CSV)' })
    const lines = [
      'Ticket;Issue',
      `1;${issues['export']}`,
      `2;${issues['login']}`,
      `3;${issues['dates']}`,
      `4;${issues['invoice']}`,
      `5;${issues['gone']}`,
    ]
    await page.locator('input[type=file]').setInputFiles({
      ...{ name: 'links.csv', mimeType: 'text/csv' },
      buffer: Buffer.from(lines.join('\n')),
    })
    await page.getByText('5 pairs of keys').waitFor()
    await find()
    await found(/^5 pairs among/)
    await row('Dates are a day early').getByRole('checkbox').focus()
    await page.keyboard.press('Space')
    tracker.people.delete(issues['gone'] ?? 0)
    for (let at = 0; at < 20; at += 1) {
      await page.keyboard.press('Tab')
      if ((await page.locator('*:focus').textContent()) === 'Join 4 pairs') break
    }
    await page.keyboard.press('Enter')
    await page.getByText('3 pairs joined.').waitFor()
    await page.getByText('1 could not be joined').waitFor()
    await page.getByText(`#5: It is to go with #${issues['gone']}, which is not there.`).waitFor()
    expect(await findBarriers(page)).toEqual([])
  })

  it('have nothing written into either tool by that', async () => {
    const joined = Date.now()
    await patiently('the joined items to be looked at, and the tools to be asked again', async () => {
      const { items } = await program.api.get<Connections>('/connections')
      return (
        items.reduce((sum, { mirrors }) => sum + mirrors, 0) >= 6 &&
        items.every(({ waiting, polledAt }) => waiting === 0 && Date.parse(polledAt ?? '') > joined)
      )
    })
    expect((await workItems()).map(({ title }) => title).sort()).toEqual([
      'CSV export is cut off',
      'Invoice totals are wrong after a refund',
      'Session is dropped',
    ])
    expect(written()).toBe(0)
    expect(
      await page.getByRole('link', { name: 'They are among the escalations now.' }).count(),
      'a link to where an integrator may not go',
    ).toBe(0)
  })

  it('are kept in step from then on, each way, and nothing else is touched', async () => {
    const issue = issues['export'] ?? 0
    tracker.people.edit(issue, { status_id: 2 })
    await expect
      .poll(() => desk.state.tickets.get(1)?.custom.get('EngineeringStatus')?.[0], { timeout: 20_000 })
      .toBe('In progress')
    await desk.byHand.update('1', { CustomFields: { Severity: 'Critical' } })
    await expect
      .poll(() => tracker.state.issues.get(issue)?.custom.get(1), { timeout: 20_000 })
      .toBe('Critical')
    const touched = [
      ...desk.ledger.flatMap(({ via, ticketId }) => (via === 'api' ? [`ticket ${ticketId}`] : [])),
      ...tracker.ledger.map(({ id }) => `issue ${id}`),
    ]
    expect([...new Set(touched)].sort()).toEqual([`issue ${issue}`, 'ticket 1'])
  })

  it('are looked for in one of several tools, in German as well', async () => {
    const german = await browsers.open(program, await makeOwner(program), '/connections/helpdesk/pairs', {
      locale: 'de-DE',
    })
    const other = german.getByRole('combobox', { name: 'Paare mit' })
    await other.waitFor()
    expect(await other.locator('option').allTextContents()).toEqual(['Borealis', 'Redmine'])
    await german.getByLabel('Das Feld').fill('cf:EngineeringKey')
    await german.getByRole('button', { name: 'Paare suchen' }).click()
    await german.getByText('Keine Paare gefunden').waitFor()
    await other.selectOption({ label: 'Redmine' })
    await german
      .getByRole('combobox', { name: 'Wie sie gefunden werden' })
      .selectOption({ label: 'Eines enthält die Adresse des anderen' })
    await german.getByRole('button', { name: 'Paare suchen' }).click()
    await german.getByText('einer Adresse im Tracker').waitFor()
    await german
      .getByText(/^95\s%$/)
      .first()
      .waitFor()
    await german.getByRole('checkbox', { name: 'Alle' }).uncheck()
    const join = german.getByRole('button', { name: '0 Paare verbinden' })
    expect(await join.getAttribute('aria-disabled')).toBe('true')
    expect(await findBarriers(german)).toEqual([])
    await german.setViewportSize({ width: 390, height: 844 })
    expect(await findBarriers(german), 'on a phone').toEqual([])
    await german.setViewportSize({ width: 1280, height: 800 })
    await german.getByRole('checkbox', { name: 'Alle' }).check()
    await german.getByRole('button', { name: '2 Paare verbinden' }).click()
    await german.getByText('1 Paar verbunden, 1 war es schon.').waitFor()
    await german.getByRole('link', { name: 'Sie stehen jetzt unter den Eskalationen.' }).click()
    await german.getByText('Dates are a day early').first().waitFor()
    await german.context().close()
  })
})

/** Six tickets, seven issues; four of each belong together, each for another reason. */
const makeItems = async (
  desk: RequestTrackerFake,
  { people, url }: RedmineFake,
  issues: Record<string, number>,
): Promise<void> => {
  const issue = (name: string, subject: string, description: string, more: object = {}): void => {
    issues[name] = people.create({ subject, description, tracker_id: 1, status_id: 1, ...more })
  }
  // their numbers are not those of the tickets
  issue('upgrade', 'Upgrade the database driver', 'A security advisory.')
  issue('cache', 'Cache the tiles of the map', 'They are drawn each time.')
  const named = (ticket: string) => ({ custom_fields: [{ id: 2, value: ticket }] })
  issue('export', 'CSV export is cut off', 'The new query has a limit.', named('1'))
  issue('login', 'Session is dropped', 'The cookie is of another domain.')
  issue('dates', 'Off by one in the calendar', `Told in ${desk.url}/Ticket/Display.html?id=3.`)
  issue('invoice', 'Invoice totals are wrong after a refund', 'The totals count a refund twice.')
  issue('gone', 'Print leaves the last page white', 'On A4 only.', named('5'))
  const ticket = (Subject: string, Content: string) =>
    desk.byHand.create({ Subject, Content, ContentType: 'text/plain' })
  await ticket('Export stops at 1,000 rows', 'We need all of them.')
  const login = await ticket('Login loops', 'After the new password.')
  await desk.byHand.update(login, { AddRefersTo: [`${url}/issues/${issues['login']}`] })
  await ticket('Dates are a day early', 'In the calendar.')
  await ticket('Invoice totals wrong after refund', 'The total counts the refund twice.')
  await ticket('Last page white', 'When I print.')
  await ticket('Where is my order', 'Nothing has come.')
}

const CONFIGURATION = `
connections:
  helpdesk:
    kind: request-tracker
    party: desk
    title: Request Tracker
    settings: { url: "\${RT}", token: "\${RT_TOKEN}", queues: [Support], callsPerSecond: 50 }
    poll every: 1 s
    mapping:
      containers: [Support]
      adopt: false
      fields:
        - title: title
        - description: description
        - severity: { tool: cf:Severity, values: { Critical: critical, High: high, Medium: medium, Low: low } }
        - engineering.key: cf:EngineeringKey
        - engineering.status: cf:EngineeringStatus
      statuses: { owner: tool, to hub: { new: new, open: open, resolved: resolved }, to tool: [] }
  engineering:
    kind: redmine
    party: tracker
    title: Redmine
    settings: { url: "\${REDMINE}", apiKey: "\${REDMINE_KEY}", projects: [atlas], markerField: CausewayKey, richText: textile, callsPerSecond: 50 }
    poll every: 1 s
    mapping:
      containers: [atlas]
      adopt: false
      fields:
        - title: title
        - description: description
        - severity: { tool: cf:Severity, direction: to tool, values: { Critical: critical, High: high, Medium: medium, Low: low } }
        - tickets.keys: { tool: cf:TicketKey, direction: to tool }
      statuses: { owner: tool, to hub: { New: triage, In Progress: started, Closed: done }, to tool: [] }
      products: { atlas: harbour }
  borealis:
    kind: redmine
    party: tracker
    title: Borealis
    settings: { url: "\${REDMINE}", apiKey: "\${REDMINE_KEY}", projects: [borealis], markerField: CausewayKey, richText: textile, callsPerSecond: 50 }
    poll every: 1 s
    mapping:
      containers: [borealis]
      adopt: false
      fields: [{ title: title }]
      statuses: { owner: tool, to hub: { New: triage }, to tool: [] }
`
