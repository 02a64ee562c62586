import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { acceptWorkItem } from '../../src/commands/accept-work-item.ts'
import { addReleaseNote } from '../../src/commands/add-release-note.ts'
import { type BugOrFeature, bugOrFeature } from '../../src/commands/bug-or-feature.ts'
import { stepReleaseNote } from '../../src/commands/change-release-note.ts'
import { changeWorkItem } from '../../src/commands/change-work-item.ts'
import { createRelease } from '../../src/commands/create-release.ts'
import { createWorkItem } from '../../src/commands/create-work-item.ts'
import { declineWorkItem } from '../../src/commands/decline-work-item.ts'
import { moveWorkItem } from '../../src/commands/move-work-item.ts'
import { takeInCommits } from '../../src/commands/take-in-commits.ts'
import { traceRelease } from '../../src/commands/trace-release.ts'
import { sha256 } from '../../src/lib/stable.ts'
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

describe('with commits', () => {
  const sha = (name: string): string => sha256(name).slice(0, 40)
  const traced = async (name: string, basis: string | null, message: string): Promise<void> => {
    const told = { product: 'shop', repository: 'https://git.example/acme/shop.git' }
    const { kept } = await world.do(world.engineer, takeInCommits, {
      ...told,
      commits: [{ id: sha(message), at: new Date('2026-02-01T00:00:00Z'), author: 'Erik', message }],
    })
    await world.do(world.engineer, traceRelease, {
      ...{ ...told, name, commit: sha(name), basis: basis === null ? null : sha(basis) },
      ...{ at: world.later(1), counted: 1, commits: kept },
    })
  }
  beforeAll(async () => {
    await traced('3.0', null, 'Begin')
    await traced('3.1', '3.0', 'Go on')
    await traced('3.0.1', '3.0', 'Mend a bit')
  })

  it('a note is for who runs its release or one built on it, on whatever line, and for nobody before it', async () => {
    const note = async (release: string, title: string) => {
      const { rows } = await sql<{ id: string }>`select id from release where name = ${release}`.execute(
        world.database.db,
      )
      const { id } = await world.do(world.engineer, addReleaseNote, {
        ...{
          release: rows[0]?.id ?? '',
          kind: 'behaves differently',
          title,
          body: title,
          say: 'It is meant to.',
        },
      })
      await world.do(world.engineer, stepReleaseNote, { note: id, step: 'propose' })
      await world.do(world.agent, stepReleaseNote, { note: id, step: 'approve' })
    }
    await note('3.0', 'Baskets are emptied at midnight')
    await note('3.1', 'Wallets are emptied at noon')
    const of = async (text: string, version: string) => await judged(text, { version })
    for (const version of ['3.0', '3.1', '3.0.1'])
      expect(await of('Baskets emptied at midnight', version)).toMatchObject({ verdict: 'intended' })
    expect(await of('Wallets emptied at noon', '3.1')).toMatchObject({ verdict: 'intended' })
    expect(await of('Wallets emptied at noon', '3.0')).toMatchObject({ reading: 'newer' })
    // neither was built on the other
    expect(await of('Wallets emptied at noon', '3.0.1')).toMatchObject({ reading: 'related' })
  })

  it('what is done and named by no commit is no known defect of the release that it was planned for', async () => {
    const made = { kind: 'defect', title: 'Vouchers expire early', description: plainText('x') } as const
    const { key: workItem } = await world.do(world.engineer, createWorkItem, {
      ...{ ...made, product: 'shop', component: 'cart' },
    })
    await world.do(world.engineer, acceptWorkItem, { workItem })
    const of = (version: string) => judged('My vouchers expire early', { version })
    expect(await of('3.1')).toMatchObject({ verdict: 'known defect' })
    await world.do(world.engineer, moveWorkItem, { workItem, to: 'done' })
    await world.do(world.engineer, changeWorkItem, { workItem, set: { release: '3.1' } })
    expect(await of('3.1')).toMatchObject({ verdict: 'unknown', reading: 'related' })
    await traced('3.2', '3.1', `${workItem}: let them live`)
    expect(await of('3.1')).toMatchObject({ verdict: 'known defect' })
    expect(await of('3.2')).toMatchObject({ verdict: 'unknown', reading: 'fixed' })
  })
})

it('is found however old it is, behind hundreds of newer ones that share one word with it', async () => {
  const add = (title: string) =>
    world.do(world.engineer, createWorkItem, {
      ...{ kind: 'defect', title, description: plainText(title), product: 'shop', component: 'cart' },
    })
  const { key } = await add('Label printing takes two sheets')
  for (let nth = 0; nth < 210; nth++) await add(`Sheets of kind ${nth}`)
  expect(await judged('label printing takes two sheets')).toMatchObject({
    ...{ verdict: 'known defect', work: { key } },
  })
})
