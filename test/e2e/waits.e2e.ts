import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findBarriers } from './support/axe.ts'
import { useBrowsers, useStory } from './support/browsers.ts'
import { patiently } from './support/patiently.ts'
import { connectTracker, ISSUES, startWithTracker, type WithTracker } from './support/tracker.ts'

interface Item {
  readonly key: string
  readonly title: string
  readonly state: string
}

/** A changed mapping is applied behind all other work. */
const PATIENCE = { timeout: 30_000 }

/** What the sync cannot decide by itself: both changed a field, a word without a meaning, an answer that never came. */
describe('what waits for a person', () => {
  const browsers = useBrowsers()
  useStory()
  let world: WithTracker
  let page: Page
  const [FIRST, SECOND, THIRD] = ISSUES.map(({ subject }) => subject) as [string, string, string]

  beforeAll(async () => {
    world = await startWithTracker()
    await connectTracker(world)
    await patiently('its issues to be here', async () => (await workItems()).length === 3)
    page = await browsers.open(world.program, world.lead, '/sync/conflicts')
  })
  afterAll(async () => {
    await world?.stop()
  })
  const workItems = async (): Promise<readonly Item[]> =>
    (await world.program.api.get<{ items: readonly Item[] }>('/work-items')).items
  const itemOf = async (title: string): Promise<Item> => {
    const found = (await workItems()).find((one) => one.title === title)
    if (found === undefined) throw new Error(`no work item is called ${title}`)
    return found
  }
  const titleThere = (at: number): string =>
    world.redmine.state.issues.get(world.issues[at] ?? 0)?.subject ?? ''
  const inbox = (title: string): Locator => page.getByRole('article').filter({ hasText: title })

  it('asks which side counts, with what stood there before, and settles it', async () => {
    await page.getByText('No conflicts').waitFor()
    const { api } = world.program
    const keys = [(await itemOf(FIRST)).key, (await itemOf(SECOND)).key, (await itemOf(THIRD)).key]
    await api.post('/connections/tracker/pause', { reason: 'Both sides write at once.' })
    for (const [at, key] of keys.entries()) {
      await api.patch(`/work-items/${key}`, { set: { title: `Ours ${at + 1}` } })
      world.redmine.people.edit(world.issues[at] ?? 0, { subject: `Theirs ${at + 1}` })
    }
    await api.post('/connections/tracker/resume', {})
    const first = inbox('Theirs 1')
    await first.waitFor(PATIENCE)
    for (const side of [FIRST, 'Ours 1', 'Theirs 1']) await first.getByText(side).first().waitFor()
    expect(await findBarriers(page)).toEqual([])
    await first.getByRole('button', { name: 'Ours counts' }).click()
    await first.waitFor({ state: 'hidden' })
    await expect.poll(() => titleThere(0), PATIENCE).toBe('Ours 1')
  })

  it('settles all of a kind with one answer, after it said how many', async () => {
    await inbox('Theirs 2').getByRole('button', { name: 'The same for all alike …' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('2 open conflicts of Title on tracker.').waitFor()
    await dialog.getByRole('radio', { name: 'Theirs counts' }).check()
    await dialog.getByRole('button', { name: 'Settle 2' }).click()
    await page.getByText('2 settled.').waitFor()
    await page.getByText('No conflicts').waitFor()
    const titles = async () => (await workItems()).map(({ title }) => title).sort()
    await expect.poll(titles, PATIENCE).toEqual(['Ours 1', 'Theirs 2', 'Theirs 3'])
  })

  it('holds a status without a meaning, says what would let it go, and lets it go', async () => {
    await page.goto(`${world.program.url}/sync/holds`)
    await page.getByText('Nothing waits').waitFor()
    for (const issue of world.issues.slice(1)) world.redmine.people.edit(issue, { status_id: 4 })
    const cause = page.locator('section').filter({ hasText: 'Status: tracker · 2 fields' })
    await cause.waitFor(PATIENCE)
    await cause.getByText('Feedback').first().waitFor()
    expect(await findBarriers(page)).toEqual([])
    // the fix stands beside it; who looks after the mapping presses it
    const fixer = await browsers.open(world.program, world.integrator, '/sync/holds')
    await fixer.getByRole('button', { name: 'Change what crosses' }).click()
    await fixer.getByRole('combobox', { name: 'Theirs becomes ours: Feedback' }).click()
    await fixer.getByRole('option', { name: 'In review', exact: true }).click()
    await fixer.getByRole('button', { name: 'Try and save …' }).click()
    await fixer.getByRole('dialog').getByRole('button', { name: 'Save it' }).click()
    await fixer.getByText('Saved. It is applied behind all other work.').waitFor()
    await page.getByText('Nothing waits').waitFor(PATIENCE)
    const states = async () => (await workItems()).filter(({ state }) => state === 'in review').length
    await expect.poll(states, PATIENCE).toBe(2)
    await fixer.context().close()
  })

  it('keeps a call whose answer was lost, and finds out by looking, not by repeating', async () => {
    await page.goto(`${world.program.url}/sync/lost-answers`)
    await page.getByText('No answer is missing').waitFor()
    const { redmine } = world
    const before = redmine.ledger.length
    await redmine.set({ next: [{ fault: 'commit then drop', on: 'write' }] })
    const { key } = await itemOf('Ours 1')
    await world.program.api.patch(`/work-items/${key}`, { set: { title: 'Written, and nobody said so' } })
    await expect.poll(() => redmine.ledger.length, { interval: 1, ...PATIENCE }).toBeGreaterThan(before)
    await redmine.set({ shares: { 'server error': 1 } })
    const lost = page.getByRole('article').filter({ hasText: key })
    await lost.waitFor(PATIENCE)
    await lost.getByText('Set fields').waitFor()
    expect(await findBarriers(page)).toEqual([])
    await redmine.set({})
    await lost.getByRole('button', { name: 'Look again now' }).click()
    await page.getByText('It is being looked at.').waitFor()
    // a look that was under way as the tool came back may still fail, and let it rest for half a minute
    await page.getByText('No answer is missing').waitFor({ timeout: 120_000 })
    expect(titleThere(0)).toBe('Written, and nobody said so')
    const writes = redmine.ledger.slice(before).map(({ what }) => what)
    expect(writes, 'writes there').toHaveLength(1)
  })
})
