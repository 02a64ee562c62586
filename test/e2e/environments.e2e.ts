import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findBarriers } from './support/axe.ts'
import { useBrowsers, useStory } from './support/browsers.ts'
import { makeCompany, makeMember } from './support/cast.ts'
import { type Program, startProgram } from './support/program.ts'

const DAY_MS = 86_400_000
const day = (ahead: number): string => new Date(Date.now() + ahead * DAY_MS).toISOString().slice(0, 10)
/** Far enough ahead that no test runs into it, near enough to be on the same screens. */
const SOON = day(2)

/** Two people want one environment at one time: who comes second is told why, and when it is free. */
describe('an environment', () => {
  const browsers = useBrowsers()
  useStory()
  let program: Program
  let lead: Page
  let anna: Page
  let eddie: Page

  beforeAll(async () => {
    program = await startProgram()
    await makeCompany(program)
    lead = await browsers.open(program, await makeMember(program, 'lead'), '/environments')
    anna = await browsers.open(program, await makeMember(program, 'agent'), '/environments')
    eddie = await browsers.open(program, await makeMember(program, 'engineer'), '/environments', {
      expected: [/status of 409 .*\/api\/v1\/bookings$/],
    })
  })
  afterAll(async () => {
    await program?.stop()
  })

  const row = (page: Page): Locator => page.getByRole('listitem').filter({ hasText: 'UAT' })
  const dialog = (page: Page): Locator => page.getByRole('dialog')
  const ask = async (page: Page, purpose: string, from: string, to: string): Promise<void> => {
    await row(page).getByRole('button', { name: 'UAT', exact: true }).click()
    await dialog(page).getByLabel('What for').fill(purpose)
    await dialog(page)
      .getByLabel(/^From\b/)
      .fill(`${SOON}T${from}`)
    await dialog(page).getByLabel(/^To\b/).fill(`${SOON}T${to}`)
  }
  const send = (page: Page) => dialog(page).getByRole('button', { name: 'Book', exact: true }).click()

  it('is added by a lead, and appears by itself where others look', async () => {
    await anna.getByText('No environments yet').waitFor()
    expect(await findBarriers(anna)).toEqual([])
    await lead.getByRole('button', { name: 'Add an environment' }).first().click()
    await dialog(lead).getByLabel('Name').fill('UAT')
    await dialog(lead).getByLabel('Key').fill('uat')
    await dialog(lead).getByRole('combobox', { name: 'Product' }).click()
    await lead.getByRole('option', { name: 'Harbour' }).click()
    await dialog(lead).getByLabel('What it is for').fill('Acceptance')
    await dialog(lead).getByRole('switch', { name: 'Several may have it at once' }).check()
    expect(await findBarriers(lead)).toEqual([])
    await dialog(lead).getByRole('button', { name: 'Add an environment' }).click()
    await row(anna).getByText('Free', { exact: true }).waitFor()
    expect(await findBarriers(anna)).toEqual([])
  })

  it('is booked by one, and refused to the next with who has it and when it is free', async () => {
    await ask(anna, 'Regression test', '10:00', '12:00')
    expect(await findBarriers(anna)).toEqual([])
    await send(anna)
    await anna.getByText('Booked.').waitFor()
    await row(eddie).getByText('Next: Anna Adeyemi').waitFor()
    await ask(eddie, 'Load test', '11:00', '12:00')
    await send(eddie)
    await dialog(eddie)
      .getByText('Anna Adeyemi has UAT at that time, for “Regression test”. Choose another time.')
      .waitFor()
    await dialog(eddie)
      .getByText(/^They have it until .*12:00\. Free from .*12:00\.$/)
      .waitFor()
    expect(await findBarriers(eddie)).toEqual([])
    await dialog(eddie).getByRole('button', { name: 'Take that time' }).click()
    await expect(
      dialog(eddie)
        .getByLabel(/^From\b/)
        .inputValue(),
    ).resolves.toBe(`${SOON}T12:00`)
    await send(eddie)
    await eddie.getByText('Booked.').waitFor()
  })

  it('is had by two at once who both share it', async () => {
    for (const page of [anna, eddie]) {
      await ask(page, 'Look together', '15:00', '16:00')
      await dialog(page).getByRole('switch', { name: 'Others may have it too' }).check()
      await send(page)
      await dialog(page).waitFor({ state: 'hidden' })
    }
  })

  it('stands on the calendar with who has it, where a booking is cancelled by whose it is', async () => {
    await eddie.goto(`${program.url}/calendar?view=week&at=${SOON}`)
    const entry = (page: Page, text: string) => page.getByRole('listitem').filter({ hasText: text })
    await entry(eddie, 'Regression test').getByText('UAT · Anna Adeyemi').waitFor()
    expect(await entry(eddie, 'Look together').count()).toBe(2)
    expect(await findBarriers(eddie)).toEqual([])
    await entry(eddie, 'Regression test').getByRole('button').click()
    expect(await eddie.getByRole('menuitem', { name: 'Cancel the booking' }).isDisabled()).toBe(true)
    await eddie.keyboard.press('Escape')
    await eddie.getByText('Live', { exact: true }).waitFor()
    await anna.goto(`${program.url}/calendar?view=week&at=${SOON}`)
    await entry(anna, 'Regression test').getByRole('button').click()
    await anna.getByRole('menuitem', { name: 'Cancel the booking' }).click()
    // what fades out is judged half transparent
    await anna.getByRole('menu').waitFor({ state: 'hidden' })
    expect(await findBarriers(anna)).toEqual([])
    await dialog(anna).getByRole('button', { name: 'Cancel the booking' }).click()
    await entry(eddie, 'Regression test').waitFor({ state: 'detached' })
  })

  it('keeps the beginning of a booking that runs, the rest of which can be changed', async () => {
    const minute = (ahead: number): string =>
      `${new Date(Date.now() + ahead * 60_000).toISOString().slice(0, 16)}:00Z`
    await program.api.post('/bookings', {
      ...{
        environment: 'uat',
        person: 'anna@harbour.example',
        purpose: 'Runs now',
        from: minute(0),
        to: minute(30),
      },
    })
    await anna.goto(`${program.url}/calendar?view=week&at=${day(0)}`)
    await anna.getByRole('button', { name: 'What to do with Runs now' }).click()
    await anna.getByRole('menuitem', { name: 'Change' }).click()
    expect(
      await dialog(anna)
        .getByLabel(/^From\b/)
        .isDisabled(),
    ).toBe(true)
    await dialog(anna).getByText('It runs: its beginning stays.').waitFor()
    await anna.getByRole('menu').waitFor({ state: 'hidden' })
    expect(await findBarriers(anna)).toEqual([])
    await dialog(anna).getByLabel('What for').fill('Runs longer')
    await dialog(anna).getByRole('button', { name: 'Save' }).click()
    await anna.getByRole('listitem').filter({ hasText: 'Runs longer' }).waitFor()
  })

  it('is told of as a conflict when a release is expected while it is somebody’s alone', async () => {
    const { id } = await program.api.post('/releases', { product: 'harbour', name: '4.2' })
    const estimate = { from: SOON, to: SOON, confidence: 70 }
    await program.api.post(`/releases/${id}/estimate`, { estimate })
    await eddie.getByRole('heading', { name: '1 conflict' }).waitFor()
    await eddie.getByText('Harbour 4.2 is expected while Eddie Engel has UAT').waitFor()
    await eddie.getByRole('link', { name: 'Harbour 4.2' }).waitFor()
    expect(await findBarriers(eddie)).toEqual([])
  })

  it('shows what a pipeline put there, while somebody looks', async () => {
    await row(lead).getByText('Not known what runs there').waitFor()
    await program.api.post('/environments/uat/deploy', { release: '4.2' })
    await row(lead).getByText('4.2', { exact: true }).waitFor()
    expect(await findBarriers(lead)).toEqual([])
  })

  it('comes into one’s own calendar by a secret address, until that is ended', async () => {
    await eddie.getByRole('button', { name: 'Subscribe' }).click()
    await dialog(eddie).getByText('You have no address yet.').waitFor()
    expect(await findBarriers(eddie)).toEqual([])
    await dialog(eddie).getByRole('button', { name: 'Make the address' }).click()
    const address = await dialog(eddie).getByLabel('Your secret address').inputValue()
    const answer = await fetch(address)
    expect([answer.status, await answer.text()]).toEqual([
      200,
      expect.stringContaining('SUMMARY:UAT: Load test (Eddie Engel)\r\n'),
    ])
    await dialog(eddie).getByRole('button', { name: 'End the address' }).click()
    await eddie.getByText('The address opens nothing any more.').waitFor()
    expect((await fetch(address)).status).toBe(404)
  })

  it('is closed to whose role has no part in it, which says so', async () => {
    const admin = await browsers.open(program, await makeMember(program, 'admin'), '/calendar')
    await admin.getByRole('heading', { name: 'This is not open to your role' }).waitFor()
    expect(await findBarriers(admin)).toEqual([])
  })
})
