import { afterAll, beforeAll, expect, it } from 'vitest'
import { createInstallation } from '../../src/commands/create-installation.ts'
import { releaseRelease } from '../../src/commands/release-release.ts'
import { traceRelease } from '../../src/commands/trace-release.ts'
import { sha256 } from '../../src/lib/stable.ts'
import { listReleaseInstallations } from '../../src/store/views/release-installations.ts'
import { type HubWorld, openHubWorld } from '../support/hub-world.ts'

/** Two lines of commits: 1.0, 1.1, 2.0, and 1.0.1 beside them, on 1.0; in each a customer's installation. */
let world: HubWorld
const ids = new Map<string, string>()
const sha = (name: string): string => sha256(name).slice(0, 40)

beforeAll(async () => {
  world = await openHubWorld()
  for (const [name, basis] of [
    ['1.0', null],
    ['1.1', '1.0'],
    ['1.0.1', '1.0'],
    ['2.0', '1.1'],
  ] as const) {
    const told = await world.do(world.engineer, traceRelease, {
      ...{ product: 'shop', repository: 'acme/shop', name, commit: sha(name), counted: 1, commits: [] },
      ...{ basis: basis === null ? null : sha(basis), at: world.later(1) },
    })
    ids.set(name, told.release.id)
    await world.do(world.agent, createInstallation, {
      ...{ customer: 'acme', product: 'shop', environment: `runs ${name}`, release: name },
    })
  }
})
afterAll(() => world?.close())

const whoHas = async (name: string) => {
  const filter = { releaseId: ids.get(name) ?? expect.fail(name), has: null }
  const page = await listReleaseInstallations(world.database.db, filter, { after: null, limit: 50 })
  if (!page.ok) throw new Error(page.error.detail)
  return Object.fromEntries(page.value.items.map(({ environment, has }) => [environment, has]))
}

it('is in whatever was built on it, on the line of a back-port too, and not in what it was built on', async () => {
  expect(await whoHas('1.0')).toEqual({
    ...{ 'runs 1.0': 'yes', 'runs 1.1': 'yes', 'runs 1.0.1': 'yes', 'runs 2.0': 'yes' },
  })
  for (const name of ids.keys())
    await world.do(world.engineer, releaseRelease, { release: ids.get(name) ?? '' })
  expect(await whoHas('1.1')).toEqual({
    ...{ 'runs 1.0': 'no', 'runs 1.1': 'yes', 'runs 1.0.1': 'unknown', 'runs 2.0': 'yes' },
  })
  expect(await whoHas('1.0.1')).toEqual({
    ...{ 'runs 1.0': 'no', 'runs 1.1': 'unknown', 'runs 1.0.1': 'yes', 'runs 2.0': 'unknown' },
  })
  expect(await whoHas('2.0')).toEqual({
    ...{ 'runs 1.0': 'no', 'runs 1.1': 'no', 'runs 1.0.1': 'unknown', 'runs 2.0': 'yes' },
  })
})
