import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findBarriers } from './support/axe.ts'
import { useBrowsers, useStory } from './support/browsers.ts'
import { makeCompany, makeMember } from './support/cast.ts'
import { type Program, startProgram } from './support/program.ts'

const shaOf = (digit: string): string => digit.repeat(40)
const [FIX, STRANGER, FIRST, REVERT, OTHER, SECOND] = ['a', 'b', 'c', 'd', 'e', 'f'].map(shaOf)
const FROM = { product: 'harbour', repository: 'harbour/shop' }

interface Installations {
  readonly items: readonly { readonly id: string }[]
}

/** A fix goes out with one release and is taken back in the next: who looks sees which is which, and who runs it. */
describe('what commits say', () => {
  const browsers = useBrowsers()
  useStory()
  let program: Program
  let page: Page
  let work: Page
  let [first, second] = ['', '']

  const commits = (...told: readonly { readonly id: string | undefined; readonly message: string }[]) =>
    program.api.post('/trace/commits', {
      ...FROM,
      commits: told.map((one) => ({ ...one, at: '2026-03-01T10:00:00Z', author: 'Eddie Engel' })),
    })
  const release = async (name: string, told: Readonly<Record<string, unknown>>): Promise<string> => {
    const { release: made } = await program.api.post<{ release: { id: string } }>('/trace/releases', {
      ...{ ...FROM, name, at: '2026-03-02T10:00:00Z', counted: 12 },
      ...told,
    })
    return made.id
  }
  const part = (of: Page, title: string): Locator =>
    of.locator('section').filter({ has: of.getByRole('heading', { name: title, exact: true }) })

  beforeAll(async () => {
    program = await startProgram()
    await makeCompany(program)
    for (const title of ['The cart forgets', 'Slow lists', 'Never begun'])
      await program.api.post('/work-items', { title, description: 'Seen often.', product: 'harbour' })
    first = (await program.api.post('/releases', { product: 'harbour', name: '4.2' })).id
    const engineer = await makeMember(program, 'engineer')
    page = await browsers.open(program, engineer, `/releases/${first}/contents`)
    work = await browsers.open(program, await makeMember(program, 'agent'), '/work-items/W-1')
    await work.getByText('Live', { exact: true }).waitFor()
  })
  afterAll(async () => {
    await program?.stop()
  })

  it('is not known of a release that nobody told of, which says how it is told', async () => {
    const contents = part(page, 'What is in it')
    await contents.getByText('What is in it is not known yet').waitFor()
    await expect(contents.getByLabel('Command').inputValue()).resolves.toBe(
      'causeway releases sync --product harbour',
    )
    await work.getByRole('heading', { name: 'Times' }).waitFor()
    expect(await work.getByRole('heading', { name: 'Releases', exact: true }).count()).toBe(0)
    expect(await findBarriers(page)).toEqual([])
  })

  it('appears by itself when a pipeline tells it, with keys that nothing here has', async () => {
    await page.getByText('Live', { exact: true }).waitFor()
    await commits(
      { id: FIX, message: 'W-1: keep what is in the cart' },
      { id: STRANGER, message: 'SHOP-7: say thanks' },
    )
    await release('4.2', { commit: FIRST, basis: null, commits: [FIX, STRANGER] })
    const entered = part(page, 'New in it (2)')
    await entered.getByRole('link', { name: 'W-1 The cart forgets' }).waitFor()
    await entered.getByText('No work item of its product has this key.').waitFor()
    await page.getByText('12 commits since the beginning').waitFor()
    await entered.getByText('1 commit of W-1').click()
    await entered.getByText('W-1: keep what is in the cart').waitFor()
    expect(await findBarriers(page)).toEqual([])
  })

  it('shows on the work item which release has it first, and who runs that', async () => {
    const releases = part(work, 'Releases')
    await releases.getByRole('link', { name: '4.2' }).waitFor()
    await releases.getByText('1 has it').waitFor()
    await releases.getByRole('button', { name: 'Show which' }).click()
    const dialog = work.getByRole('dialog', { name: 'Who has W-1' })
    const northwind = dialog.getByRole('listitem').filter({ hasText: 'Northwind Foods' })
    await northwind.getByText('Has it').waitFor()
    expect(await findBarriers(work)).toEqual([])
    await dialog.getByRole('combobox', { name: 'Whether they have it' }).click()
    await work.getByRole('option', { name: 'Lacks it' }).click()
    await dialog.getByText('No installation is like that.').waitFor()
    await work.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
  })

  it('tells what the next release takes back, and where plan and commits differ', async () => {
    await commits(
      { id: REVERT, message: `Revert "W-1: keep what is in the cart"\n\nThis reverts commit ${FIX}.` },
      { id: OTHER, message: 'W-2: ask for one page only' },
    )
    second = await release('4.3', { commit: SECOND, basis: FIRST, commits: [REVERT, OTHER] })
    await program.api.patch('/work-items/W-3', { set: { release: second } })
    await page.goto(`${program.url}/releases/${second}/contents`)
    await part(page, 'New in it (1)').getByRole('link', { name: 'W-2 Slow lists' }).waitFor()
    await part(page, 'Taken back (1)').getByRole('link', { name: 'W-1 The cart forgets' }).waitFor()
    await page.getByText('12 commits since 4.2').waitFor()
    await page.getByText('Planned for it, but not in its commits (1)').waitFor()
    await page.getByText('Was in before (1)').click()
    await page.getByText('SHOP-7', { exact: true }).waitFor()
    expect(await findBarriers(page)).toEqual([])
    await part(work, 'Releases').getByText('Taken back in').waitFor()
    await part(work, 'Releases').getByRole('link', { name: '4.3' }).waitFor()
  })

  it('follows who updates, while somebody looks', async () => {
    const { items } = await program.api.get<Installations>('/installations')
    await program.api.patch(`/installations/${items[0]?.id}`, { version: '4.3' })
    await part(work, 'Releases').getByText('1 lacks it').waitFor()
    await program.api.patch(`/installations/${items[0]?.id}`, { version: '5.0' })
    await part(work, 'Releases').getByText('1 not known').waitFor()
    expect(await findBarriers(work)).toEqual([])
  })

  it('tells whom a release reaches: who gets it, who must upgrade once it is out, and who has it at last', async () => {
    const waiting = part(page, 'Who waits for it')
    await page.getByRole('link', { name: 'Who waits', exact: true }).click()
    await waiting.getByText('Nobody waits for it.').waitFor()
    const { items } = await program.api.get<Installations>('/installations')
    const runs = (version: string) => program.api.patch(`/installations/${items[0]?.id}`, { version })
    await runs('4.2')
    const { key } = await program.api.post<{ key: string }>('/tickets', {
      ...{ title: 'Lists take a minute', description: 'Since Monday.', severity: 'high' },
      ...{ product: 'harbour', customer: 'northwind' },
    })
    await program.api.post(`/tickets/${key}/join`, { workItem: 'W-2' })
    const row = waiting.getByRole('listitem').filter({ hasText: 'Lists take a minute' })
    await row.getByText('Work goes on').waitFor()
    await row.getByRole('link', { name: 'W-2' }).waitFor()
    await row.getByText('production · 4.2 Lacks it').waitFor()
    const longer = await page.locator('html').evaluate((root) => root.scrollHeight - root.clientHeight)
    expect(longer, 'points that the page scrolls behind its screen').toBe(0)
    expect(await findBarriers(page)).toEqual([])
    await program.api.post('/work-items/W-2/move', { to: 'done' })
    await row.getByText('Gets it').waitFor()
    await program.api.post(`/releases/${second}/release`)
    await row.getByText('Must upgrade').waitFor()
    await waiting.getByRole('link', { name: 'Must upgrade 1 ticket 1 customer' }).press('Enter')
    await waiting.getByText('It is out, and what runs there lacks some of their work.').waitFor()
    await row.waitFor()
    expect(page.url(), 'can be sent on').toContain('standing=must+upgrade')
    await runs('4.3')
    await waiting.getByText('No ticket stands like that.').waitFor()
    await waiting.getByRole('link', { name: 'All 1 ticket' }).click()
    await row.getByText('production · 4.3 Has it').waitFor()
    await waiting.getByRole('link', { name: 'Has it 1 ticket 1 customer' }).waitFor()
    expect(await findBarriers(page)).toEqual([])
    await row.getByRole('link', { name: `${key} Lists take a minute` }).click()
    await page.getByRole('heading', { name: 'Lists take a minute' }).waitFor()
  })

  it('says where it comes from, and no more, to whom no work is shown', async () => {
    const integrator = await makeMember(program, 'integrator')
    const seen = await browsers.open(program, integrator, `/releases/${first}/contents`)
    await seen.getByText('12 commits since the beginning').waitFor()
    await seen.getByRole('heading', { name: 'This is not open to your role' }).first().waitFor()
    expect(await seen.getByText('New in it').count()).toBe(0)
    await seen.getByRole('link', { name: 'Who waits', exact: true }).click()
    await part(seen, 'Who waits for it')
      .getByRole('heading', { name: 'This is not open to your role' })
      .waitFor()
  })
})
