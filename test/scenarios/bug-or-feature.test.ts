import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { acceptWorkItem } from '../../src/commands/accept-work-item.ts'
import { type BugOrFeature, bugOrFeature } from '../../src/commands/bug-or-feature.ts'
import { changeWorkItem } from '../../src/commands/change-work-item.ts'
import { createRelease } from '../../src/commands/create-release.ts'
import { createWorkItem } from '../../src/commands/create-work-item.ts'
import { declineWorkItem } from '../../src/commands/decline-work-item.ts'
import { moveWorkItem } from '../../src/commands/move-work-item.ts'
import { plainText } from '../../src/sync/rich-text/plain.ts'
import { type HubWorld, openHubWorld } from '../support/hub-world.ts'

let world: HubWorld
beforeAll(async () => {
  world = await openHubWorld()
  await world.do(world.engineer, createRelease, { product: 'shop', name: '2.0' })
  const add = async (
    kind: 'defect' | 'feature',
    title: string,
    more: { release?: string; behaviourNote?: string; workaround?: string },
    end: 'open' | 'done' | 'declined',
  ): Promise<void> => {
    const made = { kind, title, description: plainText(title), product: 'shop', component: 'cart' }
    const { key: workItem } = await world.do(world.engineer, createWorkItem, made)
    await world.do(world.engineer, changeWorkItem, { workItem, set: more })
    if (end === 'declined')
      return void (await world.do(world.engineer, declineWorkItem, {
        ...{ workItem, reason: 'Coupons are for one order, by their terms.' },
      }))
    await world.do(world.engineer, acceptWorkItem, { workItem })
    if (end === 'done') await world.do(world.engineer, moveWorkItem, { workItem, to: 'done' })
  }
  const note = 'Prices are shown with tax since 2.0.'
  await add('feature', 'Prices with tax', { release: '2.0', behaviourNote: note }, 'done')
  await add('defect', 'Receipt printer hangs', { workaround: 'Switch it off and on.' }, 'open')
  await add('defect', 'Coupon works once only', {}, 'declined')
  await add('defect', 'Blank statement page', { release: '2.0' }, 'done')
})
afterAll(() => world.close())

const judged = async (text: string, more: Partial<BugOrFeature> = {}) => {
  const asked = { text, product: 'shop', version: '2.0', ...more }
  const found = await world.database.db.transaction().execute((tx) => bugOrFeature(tx, asked))
  if (!found.ok) return found.error
  const [best] = found.value.evidence
  return { verdict: found.value.verdict, reading: best?.reading, work: best?.work }
}

describe('what a caller describes', () => {
  it('is intended where their version behaves as a note says, which is what to tell them', async () => {
    expect(await judged('The prices suddenly show tax')).toMatchObject({
      ...{
        verdict: 'intended',
        reading: 'intended',
        work: { behaviourNote: expect.stringContaining('tax') },
      },
    })
    // as people call it
    expect(await judged('Prices show tax', { version: 'v2.0' })).toMatchObject({ verdict: 'intended' })
  })
  it('is intended where engineering declined it with a reason', async () => {
    expect(await judged('My coupon works only once')).toMatchObject({
      ...{ verdict: 'intended', work: { declineReason: expect.stringContaining('terms') } },
    })
  })
  it('is a known defect with its workaround while their version has no fix', async () => {
    expect(await judged('The receipt printer hangs again')).toMatchObject({
      ...{ verdict: 'known defect', work: { workaround: 'Switch it off and on.' } },
    })
  })
  it('is open where the fix should be there: that may be a regression', async () => {
    expect(await judged('The statement page is blank')).toMatchObject({
      verdict: 'unknown',
      reading: 'fixed',
    })
  })
  it('is unknown where nothing is alike, whatever is typed', async () => {
    for (const text of ['Nobody ever wrote of zebras', "'); drop table ticket; -- & | ! :*", '…', '   '])
      expect(await judged(text)).toMatchObject({ verdict: 'unknown', reading: undefined })
  })
  it('is not settled by one word alone', async () => {
    expect(await judged('printer')).toMatchObject({ verdict: 'unknown', reading: 'related' })
  })
  it('is asked of a product that there is', async () => {
    expect(await judged('x', { product: 'none' })).toMatchObject({ code: 'not-found', field: '/product' })
  })
})
