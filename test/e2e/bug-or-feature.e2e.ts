import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findBarriers } from './support/axe.ts'
import { useBrowsers, useStory } from './support/browsers.ts'
import { makeCompany, makeMember } from './support/cast.ts'
import { type Program, startProgram } from './support/program.ts'

const NOTE = 'Prices are shown with tax since 4.2. The old way is under Settings, Prices.'
const WORKAROUND = 'Switch the printer off and on.'

/** Somebody calls; what they say is typed while they speak. */
describe('with a caller on the line', () => {
  const browsers = useBrowsers()
  useStory()
  let program: Program
  let page: Page

  const work = async (
    told: Readonly<Record<string, unknown>> & { readonly title: string },
    ...steps: readonly (readonly [step: string, body: unknown])[]
  ): Promise<void> => {
    const made = { description: told.title, product: 'harbour', component: 'export' }
    const { key } = await program.api.post<{ key: string }>('/work-items', { ...made, ...told })
    for (const [step, body] of steps) await program.api.post(`/work-items/${key}/${step}`, body)
  }

  beforeAll(async () => {
    program = await startProgram()
    await makeCompany(program)
    const done = [['accept', {}] as const, ['move', { to: 'done' }] as const]
    const { id } = await program.api.post('/releases', { product: 'harbour', name: '4.2' })
    const next = await program.api.post('/releases', { product: 'harbour', name: '4.3' })
    await program.api.post(`/releases/${next.id}/estimate`, {
      estimate: { from: '2027-03-01', to: '2027-03-12', confidence: 70 },
    })
    await work({ kind: 'feature', title: 'Prices with tax', behaviourNote: NOTE, release: id }, ...done)
    await work({
      ...{ kind: 'defect', title: 'Receipt printer hangs', workaround: WORKAROUND, release: next.id },
    })
    await work({ kind: 'defect', title: 'Blank statement page', release: id }, ...done)
    page = await browsers.open(program, await makeMember(program, 'agent'), '/my-move', {
      permissions: ['clipboard-read', 'clipboard-write'],
    })
    await page.getByText('Live', { exact: true }).waitFor()
  })
  afterAll(async () => {
    await program?.stop()
  })
  const verdict = (name: string): Promise<void> =>
    page.getByRole('status').getByRole('heading', { name, exact: true }).waitFor()
  const say = (words: string): Promise<void> => page.getByLabel('What the caller says').fill(words)
  const choose = async (field: string, option: string | RegExp): Promise<void> => {
    await page.getByRole('combobox', { name: field }).click()
    await page.getByRole('option', { name: option }).click()
  }

  it('one key leads to where it is asked, and their installation says what they run', async () => {
    await page.keyboard.press('g')
    await page.keyboard.press('f')
    await page.getByText('What does the caller say?').waitFor()
    await choose('Customer', 'Northwind Foods')
    await choose('Installation', 'Harbour · production · 4.2')
    await expect.poll(() => new URL(page.url()).searchParams.get('version')).toBe('4.2')
    expect(await page.getByRole('combobox', { name: 'Product' }).inputValue()).toBe('Harbour')
    expect(await page.getByRole('combobox', { name: 'Version' }).inputValue()).toBe('4.2')
    expect(await findBarriers(page)).toEqual([])
  })

  it('is intended where a note says how their version behaves, which can be read out or copied', async () => {
    await say('The prices suddenly show tax')
    await verdict('Intended')
    await page.getByText('They run').getByRole('link', { name: '4.2' }).waitFor()
    await page.getByRole('button', { name: 'Copy' }).click()
    await page.getByRole('button', { name: 'Copied' }).waitFor()
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(NOTE)
    expect(await findBarriers(page)).toEqual([])
  })

  it('is a known defect with its workaround and the release that is planned, with its range', async () => {
    await say('Our receipt printer hangs again')
    await verdict('Known defect')
    const region = page.getByRole('region', { name: 'Is it a bug or a feature?' })
    await region.getByText(WORKAROUND).waitFor()
    await region.getByText(/4\.3 · Planned .*12.* · 70 % sure/).waitFor()
    await page.getByRole('link', { name: 'W-2 Receipt printer hangs' }).waitFor()
    expect(await findBarriers(page)).toEqual([])
    // an address that a colleague can open
    await page.reload()
    await verdict('Known defect')
  })

  it('is open where the fix should be there, and says that this may be a regression', async () => {
    await say('The statement page is blank')
    await verdict('Unknown')
    await page.getByText('W-3 was such a defect, and their version has its fix.').waitFor()
    await page.getByText('Their version has the fix').waitFor()
  })

  it('settles nothing where the likeliest work does not, and says that a version is not known', async () => {
    await page.getByRole('combobox', { name: 'Version' }).fill('9.9')
    await page.getByText('W-3 is most like it, and settles nothing.').waitFor()
    await page.getByText('No release is called 9.9: which fixes it has is not known.').waitFor()
    expect(await findBarriers(page)).toEqual([])
    await choose('Installation', 'Harbour · production · 4.2')
    await page.getByText('Their version has the fix').waitFor()
  })

  it('becomes a ticket with these words where nobody knows it', async () => {
    await say('Zebras walk over the desk. They began on Monday.')
    await verdict('Unknown')
    await page.getByText('Engineering knows nothing that says something like it.').waitFor()
    await page.getByRole('button', { name: 'Open a ticket with these words' }).click()
    await page.getByRole('heading', { name: 'New ticket' }).waitFor()
    await page.getByRole('button', { name: 'Open ticket' }).click()
    await page.getByRole('heading', { name: 'Zebras walk over the desk', exact: true }).waitFor()
    await page.getByText('They began on Monday.').first().waitFor()
    await page.getByText('Northwind Foods').first().waitFor()
  })

  it('is asked from a ticket with its title, product and version', async () => {
    await page.getByRole('complementary').getByRole('link', { name: 'Bug or feature?' }).click()
    await verdict('Unknown')
    expect(await page.getByLabel('What the caller says').inputValue()).toBe('Zebras walk over the desk')
    expect(await page.getByRole('combobox', { name: 'Version' }).inputValue()).toBe('4.2')
  })
})
