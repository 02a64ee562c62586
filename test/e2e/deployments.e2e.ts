import { createHmac } from 'node:crypto'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findBarriers } from './support/axe.ts'
import { useBrowsers, useStory } from './support/browsers.ts'
import { makeCompany, makeMember } from './support/cast.ts'
import { type Program, startProgram } from './support/program.ts'

/** A CI system is let in, tells of a place that nobody knows, and its words find their home while people look. */
describe('a deployment', () => {
  const browsers = useBrowsers()
  useStory()
  let program: Program
  let ines: Page
  let eddie: Page
  let secret = ''
  let address = ''

  beforeAll(async () => {
    program = await startProgram()
    await makeCompany(program)
    await program.api.post('/releases', { product: 'harbour', name: '4.2' })
    await program.api.post('/environments', {
      ...{ key: 'uat', name: 'UAT', product: 'harbour', purpose: 'Acceptance', isShareable: true },
    })
    ines = await browsers.open(program, await makeMember(program, 'integrator'), '/deployments/ci-systems')
    eddie = await browsers.open(program, await makeMember(program, 'engineer'), '/deployments')
  })
  afterAll(async () => {
    await program?.stop()
  })

  const dialog = (page: Page): Locator => page.getByRole('dialog')
  const row = (page: Page, text: string): Locator => page.getByRole('listitem').filter({ hasText: text })
  const ring = async (told: object, key = secret): Promise<number> => {
    const [body, time] = [JSON.stringify(told), String(Math.floor(Date.now() / 1000))]
    const signature = createHmac('sha256', key).update(`${time}.${body}`).digest('hex')
    const headers = { 'x-causeway-timestamp': time, 'x-causeway-signature': `sha256=${signature}` }
    return (await fetch(address, { method: 'POST', body, headers })).status
  }

  it('is told by a CI system that an integrator lets in; its secret is shown once', async () => {
    await eddie.getByText('No deployments yet').waitFor()
    expect(await findBarriers(eddie)).toEqual([])
    await ines.getByRole('button', { name: 'Add a CI system' }).first().click()
    await dialog(ines).getByLabel('Name').fill('Jenkins')
    await dialog(ines).getByLabel('Key').fill('jenkins')
    await dialog(ines).getByRole('combobox', { name: 'The product it deploys' }).click()
    await ines.getByRole('option', { name: 'Harbour' }).click()
    expect(await findBarriers(ines)).toEqual([])
    await dialog(ines).getByRole('button', { name: 'Add a CI system' }).click()
    secret = await dialog(ines).getByLabel('Its secret').inputValue()
    address = await dialog(ines).getByLabel('Its address').inputValue()
    expect(await findBarriers(ines)).toEqual([])
    await dialog(ines).getByRole('button', { name: 'Done' }).click()
    await row(ines, 'Jenkins').getByText('never heard').waitFor()
  })

  it('appears where people look, and a wrong signature is told to whoever looks after it', async () => {
    expect(await ring({ environment: 'uat', release: 'v4.2', build: '#118' })).toBe(200)
    await row(eddie, '4.2 to UAT').getByText('Succeeded').waitFor()
    expect(await ring({ environment: 'uat', release: 'v4.2' }, 'guessed')).toBe(401)
    await ines.reload()
    await row(ines, 'Jenkins').getByText('1 refused, the last: the signature is wrong').waitFor()
    expect(await findBarriers(ines)).toEqual([])
  })

  it('to a place that nobody knows waits for a home, and has one by a rule', async () => {
    expect(await ring({ environment: 'acceptance-eu', release: '4.2', externalId: '2' })).toBe(200)
    await ines.getByRole('link', { name: 'Needs a home' }).click()
    await row(ines, 'acceptance-eu in Jenkins').getByText('1 deployment').waitFor()
    expect(await findBarriers(ines)).toEqual([])
    await row(ines, 'acceptance-eu')
      .getByRole('button', { name: 'acceptance-eu in Jenkins', exact: true })
      .click()
    await dialog(ines).getByLabel('What they call it').fill('acceptance-*')
    await dialog(ines).getByRole('combobox', { name: 'Environment' }).click()
    await ines.getByRole('option', { name: 'UAT' }).click()
    expect(await findBarriers(ines)).toEqual([])
    await dialog(ines).getByRole('button', { name: 'Say where it belongs' }).click()
    await ines.getByText('Everything told is understood').waitFor()
    await expect.poll(() => row(eddie, '4.2 to UAT').count()).toBe(2)
  })

  it('is said to be rolled back by an engineer, and what ran before runs again', async () => {
    const first = row(eddie, '4.2 to UAT').first()
    await first.getByRole('button', { name: 'What to do with' }).click()
    await eddie.getByRole('menuitem', { name: 'It was rolled back' }).click()
    // what fades out is judged half transparent
    await eddie.getByRole('menu').waitFor({ state: 'hidden' })
    expect(await findBarriers(eddie)).toEqual([])
    await dialog(eddie).getByRole('button', { name: 'It was rolled back' }).click()
    await row(eddie, '4.2 to UAT').first().getByText('Rolled back').waitFor()
    await eddie.goto(`${program.url}/environments`)
    await row(eddie, 'UAT').getByText('4.2', { exact: true }).waitFor()
  })
})
