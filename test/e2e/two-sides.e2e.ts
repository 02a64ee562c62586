import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { useBrowsers, useStory } from './support/browsers.ts'
import { type Member, makeCompany, makeMember } from './support/cast.ts'
import { type Program, startProgram } from './support/program.ts'
import { expectWithinASecond, seenAfter, seenElsewhere } from './support/told.ts'

/** Three browsers at once, from a customer's first words to “works, thank you”. None is ever loaded again. */
describe('the road, as three people see it at once', () => {
  const browsers = useBrowsers()
  useStory()
  let program: Program
  let engineer: Member
  let release: { readonly id: string }
  let asked: Page
  let desk: Page
  let bench: Page
  const title = 'Exports stop at 1,000 rows'

  beforeAll(async () => {
    program = await startProgram()
    engineer = await makeMember(program, 'engineer')
    await makeCompany(program, [engineer.id])
    const [agent, customer] = [await makeMember(program, 'agent'), await makeMember(program, 'customer')]
    release = await program.api.post('/releases', { product: 'harbour', name: '4.3' })
    asked = await browsers.open(program, customer, '/requests')
    desk = await browsers.open(program, agent, '/my-move')
    bench = await browsers.open(program, engineer, '/my-move')
    for (const page of [desk, bench]) await page.getByText('Live', { exact: true }).waitFor()
  })
  afterAll(async () => {
    await program?.stop()
  })

  it('a customer asks, and the agent sees it come', async () => {
    await asked.getByRole('button', { name: 'New request' }).first().click()
    await asked.getByLabel('In one sentence').fill(title)
    await asked
      .getByRole('textbox', { name: 'What happened' })
      .fill('We export **5,000 rows** and get 1,000. Since Monday.')
    const screenshot = { name: 'rows.txt', mimeType: 'text/plain', buffer: Buffer.from('1000 of 5000') }
    await asked.locator('input[type=file]').setInputFiles(screenshot)
    await seenElsewhere(
      'a new request, on the agent’s list',
      asked.getByRole('button', { name: 'Send the request' }),
      desk.getByRole('link', { name: title }),
    )
    await asked.getByRole('heading', { name: title }).waitFor()
    await asked.getByText('rows.txt').first().waitFor()
  })

  it('the agent takes it and answers; the customer reads it at once', async () => {
    await desk.getByRole('link', { name: title }).click()
    await desk.getByRole('heading', { name: title }).waitFor()
    await desk.getByRole('button', { name: /^Take/ }).click()
    await desk.getByText('The ticket is yours.').waitFor()
    await desk.getByRole('textbox', { name: 'Public reply' }).fill('Thank you, Carl. I see it here too.')
    await seenElsewhere(
      'a reply, on the customer’s screen',
      desk.getByRole('button', { name: /^Send reply/ }),
      asked.getByText('I see it here too.'),
    )
  })

  it('an internal note stays inside', async () => {
    await desk.getByRole('button', { name: 'Internal note' }).first().click()
    await desk.getByRole('textbox', { name: 'Internal note' }).fill('Limit of the new query, says Eddie.')
    await desk.getByRole('button', { name: /^Add note/ }).click()
    await desk.getByText('Limit of the new query').first().waitFor()
  })

  it('the agent escalates: the engineer sees it come, with what the customer wrote', async () => {
    const where = { product: 'harbour', component: 'export' }
    await program.api.patch('/tickets/T-1', { set: where })
    await desk.getByText('Export (Harbour team)').first().waitFor()
    await desk.getByRole('button', { name: /^Escalate/ }).click()
    const dialog = desk.getByRole('dialog')
    await dialog.getByText('What engineering will see').waitFor()
    await dialog.getByRole('combobox', { name: 'Severity' }).click()
    await desk.getByRole('option', { name: 'High' }).click()
    await dialog.getByLabel('Steps').fill('Export any list of more than 1,000 rows.')
    await seenElsewhere(
      'an escalation, on the engineer’s list',
      dialog.getByRole('button', { name: 'Send to engineering' }),
      bench.getByRole('link', { name: title }),
    )
    await desk.getByText('In triage').first().waitFor()
  })

  it('the engineer accepts and works; ticket and request follow by themselves', async () => {
    await bench.getByRole('link', { name: title }).click()
    await bench.getByRole('heading', { name: title }).waitFor()
    await bench.getByText('Export any list of more than 1,000 rows.').waitFor()
    await seenElsewhere(
      'accepted, on the customer’s screen',
      bench.getByRole('button', { name: /^Accept/ }),
      asked.getByText('It is planned.'),
    )
    await bench.getByRole('button', { name: 'Move', exact: true }).click()
    await seenElsewhere(
      'started, on the agent’s ticket',
      bench.getByRole('menuitem', { name: 'Started', exact: true }),
      desk.getByText('In progress').first(),
    )
    await asked.getByText('It is being worked on.').waitFor()
  })

  it('the engineer asks, support answers', async () => {
    await bench.getByRole('button', { name: /^Ask support/ }).click()
    await bench.getByRole('dialog').getByLabel('Question').fill('Which format do they export?')
    await seenElsewhere(
      'a question, on the agent’s ticket',
      bench.getByRole('dialog').getByRole('button', { name: 'Ask support' }),
      desk.getByText('Which format do they export?').first(),
    )
    await desk.getByRole('button', { name: 'Answer', exact: true }).first().click()
    await desk.getByRole('textbox', { name: 'Answer engineering' }).fill('CSV, always.')
    await seenElsewhere(
      'the answer, on the work item',
      desk.getByRole('button', { name: /^Send answer/ }),
      bench.getByText('CSV, always.').first(),
    )
  })

  it('it is released, and the customer is told', async () => {
    for (const state of ['In review', 'Verifying']) await move(bench, state)
    const { key } = await workItem(program)
    await program.api.patch(`/work-items/${key}`, { set: { release: release.id } })
    await bench.getByText('4.3 · planned').first().waitFor()
    await move(bench, 'Done')
    await asked.getByText('comes with the next release').waitFor()
    await seenAfter(
      'a release, on the customer’s screen',
      Promise.resolve(performance.now()),
      () => program.api.post(`/releases/${release.id}/release`),
      asked.getByText('Please try it. Does it work for you?'),
    )
    await desk.getByText('4.3 · released').first().waitFor()
  })

  it('“works, thank you”: the agent reads it, and closes the loop', async () => {
    await seenElsewhere(
      '“works, thank you”, on the agent’s ticket',
      asked.getByRole('button', { name: 'Works, thank you' }),
      desk.getByText('confirmed that the fix works').first(),
    )
    await seenElsewhere(
      'resolved, on the customer’s screen',
      desk.getByRole('button', { name: /^Resolve/ }),
      asked.getByText('Solved. Tell us if it is not.'),
    )
  })

  it('the customer never saw a word that was not for them', async () => {
    const shown = await asked.locator('body').innerText()
    for (const inside of ['Limit of the new query', 'Which format', 'CSV, always', engineer.name, 'W-1'])
      expect(shown).not.toContain(inside)
  })

  it('each change was there within a second', () => expectWithinASecond())
})

const move = async (page: Page, state: string): Promise<void> => {
  await page.getByRole('button', { name: 'Move', exact: true }).click()
  await page.getByRole('menuitem', { name: state, exact: true }).click()
  await page.getByText(state, { exact: true }).first().waitFor()
}

const workItem = async ({ api }: Program): Promise<{ readonly key: string }> => {
  const { items } = await api.get<{ items: readonly { key: string }[] }>('/work-items')
  const [only] = items
  if (only === undefined) throw new Error('engineering has nothing')
  return only
}
