import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { acceptWorkItem } from '../../src/commands/accept-work-item.ts'
import { changeInstallation } from '../../src/commands/change-installation.ts'
import { changeWorkItem } from '../../src/commands/change-work-item.ts'
import { createInstallation } from '../../src/commands/create-installation.ts'
import { createProduct } from '../../src/commands/create-product.ts'
import type { CreateTicket } from '../../src/commands/create-ticket.ts'
import { createWorkItem } from '../../src/commands/create-work-item.ts'
import { joinEscalation } from '../../src/commands/join-escalation.ts'
import { moveWorkItem } from '../../src/commands/move-work-item.ts'
import { releaseRelease } from '../../src/commands/release-release.ts'
import { resolveTicket } from '../../src/commands/resolve-ticket.ts'
import { takeInCommits } from '../../src/commands/take-in-commits.ts'
import { type TraceRelease, traceRelease } from '../../src/commands/trace-release.ts'
import { withdrawRelease } from '../../src/commands/withdraw-release.ts'
import type { ReleaseStanding } from '../../src/domain/words.ts'
import { sha256 } from '../../src/lib/stable.ts'
import { listContents, listTracedReleases, releaseTrace } from '../../src/store/views/trace.ts'
import { countWaiting, listWaiting } from '../../src/store/views/waiting-for-release.ts'
import { listStandings, workTrace } from '../../src/store/views/who-has-it.ts'
import { workItemView } from '../../src/store/views/work-item-view.ts'
import { plainText } from '../../src/sync/rich-text/plain.ts'
import { type HubWorld, openHubWorld } from '../support/hub-world.ts'

const REPOSITORY = 'https://git.example/acme/shop.git'
const FIRST = { after: null, limit: 50 }

/** As git would name it, so that a message can speak of another commit. */
const sha = (name: string): string => sha256(name).slice(0, 40)

let world: HubWorld
beforeEach(async () => {
  world = await openHubWorld()
})
afterEach(() => world.close())

const work = async (title: string): Promise<{ readonly id: string; readonly key: string }> =>
  world.do(world.engineer, createWorkItem, {
    ...{ kind: 'defect', title, description: plainText(title), product: 'shop', component: 'cart' },
  })

type Told = Readonly<Record<string, string>>
/** A release on top of another, with commits by name and what their messages say. */
const release = async (
  name: string,
  basis: string | null,
  commits: Told,
  more: Partial<TraceRelease> = {},
) => {
  const ids = Object.keys(commits)
  const told = { product: more.product ?? 'shop', repository: REPOSITORY }
  const { kept } = await world.do(world.engineer, takeInCommits, {
    ...told,
    commits: ids.map((id) => ({
      ...{ id: sha(id), at: new Date('2026-02-01T00:00:00Z'), author: 'Erik', message: commits[id] ?? '' },
    })),
  })
  const contents = await world.do(world.engineer, traceRelease, {
    ...{ ...told, name, commit: sha(name), basis: basis === null ? null : sha(basis) },
    ...{ at: world.later(1), counted: ids.length, commits: kept },
    ...more,
  })
  return {
    enters: contents.enters.map(({ workItem, key }) => workItem?.title ?? key),
    leaves: contents.leaves.map(({ workItem, key }) => workItem?.title ?? key),
  }
}
const NOTHING = { enters: [], leaves: [] }

const idOf = async (name: string): Promise<string> => {
  const { rows } = { rows: await world.database.db.selectFrom('release').select(['id', 'name']).execute() }
  return rows.find((row) => row.name === name)?.id ?? expect.fail(`no release ${name}`)
}
const contents = async (name: string) => {
  const page = await listContents(world.database.db, { releaseId: await idOf(name), change: null }, FIRST)
  if (!page.ok) throw new Error(page.error.detail)
  return page.value.items.map(({ workItem, key, change }) => [workItem?.title ?? key, change]).sort()
}
const firstIn = async (id: string) =>
  (await workTrace(world.database.db, id))?.firstIn.map(({ name }) => name)
const releaseOf = async (id: string) =>
  (await workItemView(world.database.db, id, 'engineering'))?.release?.name

describe('the release that a fix is in', () => {
  it('is the first whose history has its commit, and later ones of the line have it too', async () => {
    const cart = await work('Cart is empty')
    expect(await release('1.0', null, { a: 'Begin' })).toEqual(NOTHING)
    expect(await release('1.1', '1.0', { b: `${cart.key}: keep the cart`, c: 'Tidy' })).toEqual({
      ...{ enters: ['Cart is empty'], leaves: [] },
    })
    expect(await release('1.2', '1.1', { d: 'SHOP-99: elsewhere' })).toEqual({
      enters: ['SHOP-99'],
      leaves: [],
    })
    expect(await contents('1.0')).toEqual([])
    expect(await contents('1.1')).toEqual([['Cart is empty', 'enters']])
    expect(await contents('1.2')).toEqual([
      ['Cart is empty', 'stays'],
      ['SHOP-99', 'enters'],
    ])
    expect(await firstIn(cart.id)).toEqual(['1.1'])
    expect(await releaseOf(cart.id)).toBe('1.1')
  })

  it('loses it by a revert, and has it again by the revert of the revert', async () => {
    const cart = await work('Cart is empty')
    await release('1.0', null, { a: `${cart.key}: keep the cart` })
    const revert = `Revert "${cart.key}: keep the cart"\n\nThis reverts commit ${sha('a')}.`
    expect(await release('1.1', '1.0', { b: revert })).toEqual({ enters: [], leaves: ['Cart is empty'] })
    expect(await release('1.2', '1.1', { c: `Reapply\n\nThis reverts commit ${sha('b')}.` })).toEqual({
      ...{ enters: ['Cart is empty'], leaves: [] },
    })
    expect(await contents('1.1')).toEqual([['Cart is empty', 'leaves']])
    const trace = await workTrace(world.database.db, cart.id)
    expect(trace).toMatchObject({
      firstIn: [{ name: '1.0' }, { name: '1.2' }],
      leftIn: [{ name: '1.1' }],
    })
    // what it was fixed in first does not change by what comes after
    expect(await releaseOf(cart.id)).toBe('1.0')
  })

  it('is on an older line where it was copied to, and on no other that branched off before', async () => {
    const cart = await work('Cart is empty')
    const old = await work('Old')
    await release('1.0', null, { a: `${old.key}: old` })
    await release('2.0', '1.0', { b: `${cart.key}: keep the cart` })
    await release('1.0.1', '1.0', { c: 'Tidy' })
    const copy = `Keep the cart\n\n(cherry picked from commit ${sha('b')})`
    expect(await release('1.0.2', '1.0.1', { d: copy })).toEqual({ enters: ['Cart is empty'], leaves: [] })
    expect(await contents('1.0.1')).toEqual([['Old', 'stays']])
    expect(await firstIn(cart.id)).toEqual(['2.0', '1.0.2'])
    expect(await releaseOf(cart.id)).toBe('2.0')
    // taken back on the new line, it stays on the old one
    await release('2.1', '2.0', { e: `Revert\n\nThis reverts commit ${sha('b').slice(0, 10)}.` })
    expect(await contents('2.1')).toEqual([
      ['Cart is empty', 'leaves'],
      ['Old', 'stays'],
    ])
    expect(await contents('1.0.2')).toEqual([
      ['Cart is empty', 'enters'],
      ['Old', 'stays'],
    ])
  })

  describe('that was copied to older lines', () => {
    const copyOf = (name: string) => `Keep the cart\n\n(cherry picked from commit ${sha(name)})`
    const revertOf = (name: string, from?: string) =>
      `Revert "Keep the cart"\n\nThis reverts commit ${sha(name)}.${from === undefined ? '' : `\n\n(cherry picked from commit ${sha(from)})`}`
    const LOST = { enters: [], leaves: ['Cart is empty'] }
    const FOUND = { enters: ['Cart is empty'], leaves: [] }
    beforeEach(async () => {
      const cart = await work('Cart is empty')
      await release('1.0', null, { a: 'Begin' })
      await release('2.0', '1.0', { b: `${cart.key}: keep the cart` })
      expect(await release('1.0.1', '1.0', { c: copyOf('b') })).toEqual(FOUND)
    })

    it('is gone there too where the revert is copied, though its message names a commit of the other line', async () => {
      expect(await release('2.1', '2.0', { d: revertOf('b') })).toEqual(LOST)
      expect(await release('1.0.2', '1.0.1', { e: revertOf('b', 'd') })).toEqual(LOST)
      // and the revert of the revert, carried over as well
      expect(await release('2.2', '2.1', { f: revertOf('d') })).toEqual(FOUND)
      expect(await release('1.0.3', '1.0.2', { aa: revertOf('d', 'f') })).toEqual(FOUND)
    })

    it('is gone where the revert of the copy is carried back to where it came from, or to another copy', async () => {
      await release('1.1', '1.0', { ab: copyOf('b') })
      expect(await release('1.0.2', '1.0.1', { d: revertOf('c') })).toEqual(LOST)
      expect(await release('2.1', '2.0', { e: revertOf('c', 'd') })).toEqual(LOST)
      expect(await release('1.1.1', '1.1', { f: revertOf('c', 'd') })).toEqual(LOST)
    })

    it('stays where only the copy was taken back before its line was merged', async () => {
      expect(await release('1.0.2', '1.0.1', { d: revertOf('c') })).toEqual(LOST)
      const merged = { c: copyOf('b'), d: revertOf('c'), e: "Merge branch 'line'" }
      expect(await release('2.1', '2.0', merged)).toEqual(NOTHING)
    })

    it('is gone with all its copies where these were merged before it is taken back', async () => {
      await release('2.1', '2.0', { c: copyOf('b'), d: "Merge branch 'line'" })
      expect(await release('2.2', '2.1', { e: revertOf('b') })).toEqual(LOST)
    })

    it('is gone from a line whose copy is of a commit that nobody told of', async () => {
      await release('1.0.2', '1.0.1', { d: `SHOP-99: other\n\n(cherry picked from commit ${sha('99')})` })
      const reverted = { e: `Revert "other"\n\nThis reverts commit ${sha('99')}.` }
      expect(await release('1.0.3', '1.0.2', reverted)).toEqual({ enters: [], leaves: ['SHOP-99'] })
    })
  })

  it('is taken from commits, not from what somebody typed', async () => {
    const cart = await work('Cart is empty')
    await release('1.0', null, {})
    await world.database.db
      .updateTable('work_item')
      .set({ release_id: await idOf('1.0') })
      .where('id', '=', cart.id)
      .execute()
    await release('1.1', '1.0', { a: `Fix the cart\n\nFixes ${cart.key}` })
    expect(await releaseOf(cart.id)).toBe('1.1')
  })
})

it('a key means the work item of its own product only, so another product’s repository fixes nothing here', async () => {
  const cart = await work('Cart is empty')
  await world.do(world.engineer, createProduct, { key: 'other', name: 'Other' })
  const told = { a: `${cart.key}: keep the cart` }
  expect(await release('9.0', null, told, { product: 'other' })).toEqual({
    ...{ enters: [cart.key], leaves: [] },
  })
  expect(await workTrace(world.database.db, cart.id)).toMatchObject({ commits: [], firstIn: [] })
})

describe('a release that is told of again', () => {
  it('with the same commit stays as it is', async () => {
    const cart = await work('Cart is empty')
    const told = () => release('1.0', null, { a: `${cart.key}: keep the cart` })
    const first = await told()
    expect(await told()).toEqual(first)
    expect(await contents('1.0')).toEqual([['Cart is empty', 'enters']])
  })

  it('with another commit is read anew while nothing is built on it, as a branch that moves on', async () => {
    const [cart, slow] = [await work('Cart is empty'), await work('Slow')]
    await release('1.0', null, {})
    await release('1.1', '1.0', { a: `${cart.key}: keep the cart` }, { commit: sha('head 1') })
    await release('1.1', '1.0', { b: `${slow.key}: faster` }, { commit: sha('head 2') })
    expect(await contents('1.1')).toEqual([['Slow', 'enters']])
    // it lost what the branch no longer has
    expect([await releaseOf(cart.id), await releaseOf(slow.id)]).toEqual([undefined, '1.1'])
    await release('1.2', '1.1', {}, { basis: sha('head 2') })
    const refused = await world.tell(world.engineer, traceRelease, {
      ...{ product: 'shop', repository: REPOSITORY, name: '1.1', commit: sha('moved'), basis: sha('1.0') },
      ...{ at: world.later(1), counted: 0, commits: [] },
    })
    expect(refused).toMatchObject({ ok: false, error: { code: 'wrong-state', field: '/commit' } })
    expect(await contents('1.1')).toEqual([['Slow', 'enters']])
  })

  it('is refused with what to do where its basis or a commit is not known, and nothing is kept of it', async () => {
    const told = { product: 'shop', repository: REPOSITORY, name: '1.0', commit: sha('1.0') }
    const more = { at: world.later(1), counted: 1 }
    for (const [field, input] of [
      ['/basis', { basis: sha('nowhere'), commits: [] }],
      ['/commits', { basis: null, commits: [sha('unseen')] }],
      ['/product', { basis: null, commits: [], product: 'none' }],
    ] as const)
      expect(await world.tell(world.engineer, traceRelease, { ...told, ...more, ...input })).toMatchObject({
        ...{ ok: false, error: { field, detail: expect.stringMatching(/\S/) } },
      })
    expect(await world.database.db.selectFrom('release').selectAll().execute()).toEqual([])
  })
})

it('tells who has the fix: by the release that runs there, or by its name, and says where nothing is known', async () => {
  const cart = await work('Cart is empty')
  await release('1.0', null, {})
  await release('1.1', '1.0', { a: `${cart.key}: keep the cart` })
  const runs = (customer: string, environment: string, runs: { release?: string; version?: string }) =>
    world.do(world.agent, createInstallation, { customer, product: 'shop', environment, ...runs })
  await runs('acme', 'production', { release: '1.1' })
  await runs('acme', 'staging', { version: '1.1' })
  await runs('globex', 'production', { release: '1.0' })
  await runs('globex', 'staging', { version: 'nightly' })
  expect((await workTrace(world.database.db, cart.id))?.installations).toEqual({
    have: 2,
    lack: 1,
    unknown: 1,
  })
  const of = async (has: 'yes' | 'no' | 'unknown' | null) => {
    const page = await listStandings(world.database.db, { workItemId: cart.id, has }, FIRST)
    return page.ok ? page.value.items.map((row) => [row.customer.name, row.environment, row.has]) : page
  }
  expect(await of('yes')).toEqual([
    ['acme', 'production', 'yes'],
    ['acme', 'staging', 'yes'],
  ])
  expect(await of('no')).toEqual([['globex', 'production', 'no']])
  expect(await of('unknown')).toEqual([['globex', 'staging', 'unknown']])
  const pages: unknown[] = []
  for (let after: string | null = null, more = true; more; ) {
    const page = await listStandings(
      world.database.db,
      { workItemId: cart.id, has: null },
      { after, limit: 1 },
    )
    if (!page.ok) throw new Error(page.error.detail)
    pages.push(...page.value.items.map((row) => row.id))
    after = page.value.next
    more = after !== null
  }
  expect(new Set(pages).size).toBe(4)
})

it('shows where a release comes from, and lists what is known page by page', async () => {
  await release('1.0', null, {})
  await release('1.1', '1.0', { a: 'SHOP-7: x', b: 'SHOP-8: y', c: 'See (#3)' })
  expect(await releaseTrace(world.database.db, await idOf('1.1'))).toMatchObject({
    repositories: [{ repository: REPOSITORY, commit: sha('1.1'), counted: 3, basis: { name: '1.0' } }],
    // a bare number that no work item has is a pull request
    ...{ enters: 2, leaves: 0, stays: 0 },
  })
  const filter = { releaseId: await idOf('1.1'), change: 'enters' } as const
  const first = await listContents(world.database.db, filter, { after: null, limit: 1 })
  if (!first.ok) throw new Error(first.error.detail)
  expect(first.value.items).toMatchObject([
    { key: 'SHOP-7', commits: [{ id: sha('a'), subject: 'SHOP-7: x' }] },
  ])
  const second = await listContents(world.database.db, filter, { after: first.value.next, limit: 1 })
  expect(second).toMatchObject({ ok: true, value: { items: [{ key: 'SHOP-8' }], next: null } })
  const { id } = await world.database.db.selectFrom('product').select('id').executeTakeFirstOrThrow()
  const known = { productId: id, repository: REPOSITORY }
  const page = await listTracedReleases(world.database.db, known, { after: null, limit: 1 })
  if (!page.ok) throw new Error(page.error.detail)
  expect(page.value.items).toMatchObject([{ name: '1.0', commit: sha('1.0') }])
  expect(
    await listTracedReleases(world.database.db, known, { after: page.value.next, limit: 9 }),
  ).toMatchObject({
    ...{ ok: true, value: { items: [{ name: '1.1' }], next: null } },
  })
})

it('tells who waits for a release, by what runs at the customer and whether the work is done', async () => {
  const [cart, slow] = [await work('Cart is empty'), await work('Slow')]
  await release('1.0', null, {})
  const behind = async (of: { readonly key: string }, more: Partial<CreateTicket> = {}): Promise<string> => {
    const ticket = await world.ticket(more)
    await world.do(world.agent, joinEscalation, { ticket, workItem: of.key })
    return ticket
  }
  const acme = await behind(cart)
  const globex = await behind(cart, { customer: 'globex', contact: world.greta.id })
  const both = await behind(cart)
  await world.do(world.agent, resolveTicket, { ticket: await world.ticket() })
  await release('1.1', '1.0', { a: `${cart.key}: keep the cart`, b: `${slow.key}: faster` })
  const runs = async (customer: string, of: string): Promise<string> =>
    (
      await world.do(world.agent, createInstallation, {
        ...{ customer, product: 'shop', environment: 'production', release: of },
      })
    ).id
  await runs('acme', '1.1')
  const old = await runs('globex', '1.0')
  const id = await idOf('1.1')
  const found = async (standing: ReleaseStanding | null = null) => {
    const page = await listWaiting(world.database.db, { releaseId: id, standing }, FIRST)
    if (!page.ok) throw new Error(page.error.detail)
    return page.value.items.map((row) => [row.key, row.standing])
  }
  // commits do not say that the work is done
  expect(await found()).toEqual([acme, both, globex].map((key) => [key, 'work goes on']))
  for (const to of ['accepted', 'started', 'done'])
    await (to === 'accepted'
      ? world.do(world.engineer, acceptWorkItem, { workItem: cart.key })
      : world.do(world.engineer, moveWorkItem, { workItem: cart.key, to: to as 'started' | 'done' }))
  expect(await found()).toEqual([
    [acme, 'has it'],
    [both, 'has it'],
    [globex, 'gets it'],
  ])
  await world.do(world.engineer, releaseRelease, { release: id })
  expect(await found('must upgrade')).toEqual([[globex, 'must upgrade']])
  expect(await countWaiting(world.database.db, id)).toMatchObject({
    ...{ 'has it': { tickets: 2, customers: 1 }, 'must upgrade': { tickets: 1, customers: 1 } },
  })
  await world.do(world.agent, changeInstallation, { installation: old, set: { release: '1.1' } })
  expect(await found('has it')).toHaveLength(3)
  await world.do(world.agent, changeInstallation, {
    installation: old,
    set: { release: null, version: 'nightly' },
  })
  expect(await found('unknown')).toEqual([[globex, 'unknown']])
  // nobody gets what was taken back; who has it has it
  await world.do(world.engineer, withdrawRelease, { release: id })
  await world.do(world.agent, changeInstallation, {
    installation: old,
    set: { release: '1.0', version: null },
  })
  expect(await found()).toEqual([
    [acme, 'has it'],
    [both, 'has it'],
    [globex, 'unknown'],
  ])
})

it('asks nobody to upgrade to a release whose commits do not bring the fix that was planned for it', async () => {
  const [cart, slow] = [await work('Cart is empty'), await work('Slow')]
  await release('1.0', null, {})
  for (const { key: workItem } of [cart, slow]) {
    await world.do(world.engineer, acceptWorkItem, { workItem })
    await world.do(world.engineer, moveWorkItem, { workItem, to: 'done' })
  }
  const runs = async (customer: string, of: string) =>
    world.do(world.agent, createInstallation, {
      ...{ customer, product: 'shop', environment: 'production', release: of },
    })
  await runs('globex', '1.0')
  const behind = async (of: { readonly key: string }, customer: 'acme' | 'globex') => {
    const ticket = await world.ticket(customer === 'acme' ? {} : { customer, contact: world.greta.id })
    await world.do(world.agent, joinEscalation, { ticket, workItem: of.key })
  }
  await behind(cart, 'acme')
  await behind(slow, 'globex')
  await release('1.1', '1.0', { a: 'Keep the cart, without naming why' })
  await runs('acme', '1.1')
  const id = await idOf('1.1')
  for (const { key: workItem } of [cart, slow])
    await world.do(world.engineer, changeWorkItem, { workItem, set: { release: '1.1' } })
  await world.do(world.engineer, releaseRelease, { release: id })
  const found = async () => {
    const page = await listWaiting(world.database.db, { releaseId: id, standing: null }, FIRST)
    if (!page.ok) throw new Error(page.error.detail)
    return page.value.items.map((row) => [row.workItems[0]?.title, row.standing, row.installations[0]?.has])
  }
  // it may well be there: who runs it must not be told to upgrade to what they run
  expect(await found()).toEqual([
    ['Cart is empty', 'unknown', 'unknown'],
    ['Slow', 'unknown', 'unknown'],
  ])
  expect((await workTrace(world.database.db, cart.id))?.installations).toEqual({
    ...{ have: 0, lack: 0, unknown: 2 },
  })
  // a commit of a later release names one of the two: it is known to be missing, and that release is the one to upgrade to
  await release('1.2', '1.1', { b: `${slow.key}: faster` })
  expect(await found()).toEqual([['Cart is empty', 'unknown', 'unknown']])
  expect((await workTrace(world.database.db, slow.id))?.installations).toEqual({
    ...{ have: 0, lack: 2, unknown: 0 },
  })
})
