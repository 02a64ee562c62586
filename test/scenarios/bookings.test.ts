import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type BookEnvironment, bookEnvironment } from '../../src/commands/book-environment.ts'
import { cancelBooking, changeBooking } from '../../src/commands/change-booking.ts'
import { changeEnvironment } from '../../src/commands/change-environment.ts'
import { createEnvironment } from '../../src/commands/create-environment.ts'
import { createRelease } from '../../src/commands/create-release.ts'
import { deployToEnvironment } from '../../src/commands/deploy-to-environment.ts'
import { listBookings } from '../../src/store/views/booking-list.ts'
import { listEnvironments } from '../../src/store/views/environment-list.ts'
import { type HubWorld, openHubWorld } from '../support/hub-world.ts'

const FIRST = { after: null, limit: 50 }
const at = (time: string): Date => new Date(`2026-03-03T${time}:00Z`)

let world: HubWorld
beforeEach(async () => {
  world = await openHubWorld()
  await world.do(world.engineer, createEnvironment, {
    ...{ key: 'uat', name: 'UAT', product: 'shop', purpose: 'Acceptance', isShareable: true },
  })
})
afterEach(() => world.close())

const wish = (from: string, to: string, more: Partial<BookEnvironment> = {}): BookEnvironment => ({
  ...{ environment: 'uat', person: world.agent.id, purpose: 'Regression test', from: at(from), to: at(to) },
  isShareable: false,
  ...more,
})
const book = (from: string, to: string, more: Partial<BookEnvironment> = {}) =>
  world.do(world.agent, bookEnvironment, wish(from, to, more))
const tryToBook = (from: string, to: string, more: Partial<BookEnvironment> = {}) =>
  world.tell(world.engineer, bookEnvironment, wish(from, to, { person: world.engineer.id, ...more }))
const times = async (): Promise<readonly string[]> => {
  const page = await listBookings(world.database.db, {}, FIRST)
  return page.ok
    ? page.value.items.map(({ from, person }) => `${from.toISOString().slice(11, 16)} ${person.name}`)
    : []
}
const uat = async () => {
  const page = await listEnvironments(world.database.db, {}, world.later(0), FIRST)
  return (page.ok ? page.value.items[0] : undefined) ?? expect.fail('no environment')
}

describe('an environment that somebody has', () => {
  it('is refused to the next with by whom, until when, and when it is free', async () => {
    const { id } = await book('10:00', '12:00')
    await book('12:30', '14:00')
    const refused = await tryToBook('11:00', '12:00')
    expect(refused).toMatchObject({
      ok: false,
      error: {
        code: 'in-use',
        detail:
          'ada has UAT for “Regression test” until 2026-03-03 12:00 UTC. It is free from 2026-03-03 14:00 UTC on.',
        existing: { kind: 'booking', id, key: 'uat' },
        reason: { code: 'environment-booked', values: { by: 'ada', free: '2026-03-03T14:00:00.000Z' } },
      },
    })
    expect((await tryToBook('14:00', '15:00')).ok).toBe(true)
  })

  it('goes to one of two who ask at the same moment', async () => {
    const answers = await Promise.all([
      world.tell(world.agent, bookEnvironment, wish('10:00', '12:00')),
      tryToBook('11:00', '13:00'),
    ])
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    expect(await times()).toHaveLength(1)
  })

  it('is had by two who both share it, and stays shared until one leaves', async () => {
    const { id } = await book('10:00', '12:00', { isShareable: true })
    expect((await tryToBook('11:00', '13:00', { isShareable: true })).ok).toBe(true)
    const close = { environment: 'uat', set: { isShareable: false } }
    expect(await world.tell(world.engineer, changeEnvironment, close)).toMatchObject({
      error: { detail: 'ada and erik share it. Cancel one of the two first.' },
    })
    await world.do(world.agent, cancelBooking, { booking: id })
    expect((await world.tell(world.engineer, changeEnvironment, close)).ok).toBe(true)
    expect(await tryToBook('14:00', '15:00', { isShareable: true })).toMatchObject({
      error: { detail: 'This environment is not shared: one has it at a time.' },
    })
  })

  it('is not archived under them', async () => {
    await book('10:00', '12:00')
    const archive = { environment: 'uat', set: { archived: true } }
    expect(await world.tell(world.engineer, changeEnvironment, archive)).toMatchObject({
      error: { detail: 'ada has booked it for “Regression test”. Cancel that first.' },
    })
    world.later(2 * 1_440)
    expect((await world.tell(world.engineer, changeEnvironment, archive)).ok).toBe(true)
    expect(await tryToBook('14:00', '15:00')).toMatchObject({ error: { code: 'wrong-state' } })
  })
})

describe('a booking', () => {
  it('can be moved where it is in nobody’s way but its own', async () => {
    const { id } = await book('10:00', '12:00')
    await book('13:00', '14:00')
    await world.do(world.agent, changeBooking, { booking: id, set: { from: at('11:00'), to: at('13:00') } })
    expect(await times()).toEqual(['11:00 ada', '13:00 ada'])
    const onto = { booking: id, set: { to: at('13:01') } }
    expect(await world.tell(world.agent, changeBooking, onto)).toMatchObject({ error: { code: 'in-use' } })
  })

  it('that was cancelled leaves its time to others, and is not changed any more', async () => {
    const { id } = await book('10:00', '12:00')
    await world.do(world.agent, cancelBooking, { booking: id })
    expect((await tryToBook('10:00', '12:00')).ok).toBe(true)
    expect(await world.tell(world.agent, cancelBooking, { booking: id })).toMatchObject({
      error: { detail: 'The booking was cancelled.' },
    })
    expect(await times()).toEqual(['10:00 erik'])
  })

  it('that runs keeps its beginning, can end earlier, and gives the rest back', async () => {
    const { id } = await book('10:00', '12:00')
    const next = await book('12:00', '13:00')
    world.later(25 * 60)
    world.later(30)
    expect((await uat()).held).toMatchObject([{ id, person: { name: 'ada' }, to: at('12:00') }])
    expect((await uat()).next?.id).toBe(next.id)
    await world.do(world.agent, changeBooking, { booking: id, set: { to: at('11:00') } })
    expect((await tryToBook('11:00', '12:00')).ok).toBe(true)
    for (const from of ['09:50', '10:10', '10:50'])
      expect(
        await world.tell(world.agent, changeBooking, { booking: id, set: { from: at(from) } }),
      ).toMatchObject({ error: { detail: expect.stringContaining('not begin anew') } })
  })

  it('is for a release of the environment’s product, or for none', async () => {
    const { id } = await world.do(world.engineer, createRelease, { product: 'shop', name: '4.2' })
    await book('10:00', '12:00', { release: '4.2' })
    const page = await listBookings(world.database.db, {}, FIRST)
    expect(page.ok && page.value.items[0]?.release).toEqual({ id, name: '4.2' })
    expect(await tryToBook('13:00', '14:00', { release: '9.9' })).toMatchObject({
      error: { code: 'not-found', field: '/release' },
    })
  })
})

describe('what runs on an environment', () => {
  it('is what was put there last, and each time is told', async () => {
    await world.do(world.engineer, createRelease, { product: 'shop', name: '4.2' })
    expect((await uat()).release).toBeNull()
    await world.do(world.engineer, deployToEnvironment, { environment: 'uat', release: '4.2' })
    const now = world.later(60)
    await world.do(world.engineer, deployToEnvironment, { environment: 'uat', release: '4.2' })
    expect(await uat()).toMatchObject({ release: { name: '4.2', state: 'planned' }, deployedAt: now })
    const told = await world.database.db
      .selectFrom('event')
      .select('data')
      .where('kind', '=', 'environment.deployed')
      .orderBy('seq')
      .execute()
    expect(told.map(({ data }) => [data['from'], data['to']])).toEqual([
      [null, '4.2'],
      ['4.2', '4.2'],
    ])
  })
})
