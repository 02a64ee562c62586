import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { acceptWorkItem } from '../../src/commands/accept-work-item.ts'
import { changeWorkItem } from '../../src/commands/change-work-item.ts'
import { createCustomer } from '../../src/commands/create-customer.ts'
import { createInstallation } from '../../src/commands/create-installation.ts'
import { createRelease } from '../../src/commands/create-release.ts'
import { createWorkItem } from '../../src/commands/create-work-item.ts'
import { approveNotices } from '../../src/commands/decide-notices.ts'
import { joinEscalation } from '../../src/commands/join-escalation.ts'
import { moveWorkItem } from '../../src/commands/move-work-item.ts'
import { releaseRelease } from '../../src/commands/release-release.ts'
import type { Command } from '../../src/commands/run-command.ts'
import type { Actor } from '../../src/domain/actor.ts'
import { emptyText } from '../../src/sync/rich-text/index.ts'
import { tellCustomers } from '../../src/worker/tell-customers.ts'
import { openTestDatabase, type TestDatabase } from '../support/database.ts'
import { expectNothingWrong, newTicket } from '../support/escalated.ts'
import { buildRoad, type Road } from '../support/road.ts'

let test: TestDatabase
let road: Road
beforeAll(async () => {
  test = await openTestDatabase()
})
afterEach(() => road.close())
afterAll(() => test.close())

const AGENT: Actor = { kind: 'token', id: '00000000-0000-7000-8000-aaaaaaaaaaaa', name: 'Ada' }
const run = async <I, T>(command: Command<I, T>, input: I): Promise<T> => {
  const done = await road.run(AGENT, command, input)
  if (!done.ok) throw new Error(done.error.detail)
  return done.value
}

it('a customer whose tickets lie in a desk’s tool reads there of both fixes, in one comment, under the keys of that tool', async () => {
  road = await buildRoad({ db: test.db, seed: 271 })
  await road.converge(3)
  const items = [newTicket(road), newTicket(road, { title: 'Logout fails' })]
  await road.converge(5)
  const mirrors = await road.db
    .selectFrom('mirror')
    .select(['record_id', 'remote_key'])
    .where('record_kind', '=', 'ticket')
    .orderBy('remote_key')
    .execute()
  const customer = await run(createCustomer, { key: 'acme', name: 'Acme' })
  await road.db.updateTable('ticket').set({ customer_id: customer.id }).execute()
  const release = await run(createRelease, { product: road.ids.product, name: '2.0' })
  await run(createInstallation, {
    ...{ customer: 'acme', product: road.ids.product, environment: 'production', release: release.id },
  })
  for (const { record_id } of mirrors) {
    const work = await run(createWorkItem, {
      ...{ kind: 'defect', title: 'Internal', description: emptyText, product: road.ids.product },
    })
    await run(joinEscalation, { ticket: record_id ?? '', workItem: work.key })
    await run(changeWorkItem, { workItem: work.key, set: { release: release.id } })
    await run(acceptWorkItem, { workItem: work.key })
    await run(moveWorkItem, { workItem: work.key, to: 'done' })
  }
  await run(releaseRelease, { release: release.id })
  await road.converge(3)
  const deps = { ...road.deps, seal: null, answerAt: (id: string) => `https://hub.test/told/${id}` }
  await tellCustomers(deps)
  const notices = await road.db.selectFrom('notice').select(['id', 'connection_id', 'state']).execute()
  expect(notices).toMatchObject([{ connection_id: road.ids.desk, state: 'proposed' }])
  await run(approveNotices, { notices })
  road.clock.advance(11_000)
  await tellCustomers(deps)
  // the worker dies after the tool has it and before that is written down
  road.crashAt('after-call')
  await road.converge(5)
  expect(road.crashes).toBe(1)
  const said = items.map(({ id }) =>
    (road.desk.item(id)?.comments ?? []).filter(({ visibility }) => visibility === 'public'),
  )
  const [comment, ...others] = said.flat()
  expect(others).toEqual([])
  for (const { remote_key } of mirrors) expect(comment?.text).toContain(remote_key ?? 'no key')
  // where there is no button to press, an address stands below
  expect(comment?.text).toContain(`https://hub.test/told/${notices[0]?.id}`)
  expect(comment?.text).not.toContain('Internal')
  await expectNothingWrong(road)
})
