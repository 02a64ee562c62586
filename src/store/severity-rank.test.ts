import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type HubWorld, openHubWorld } from '../../test/support/hub-world.ts'
import { changeTicket } from '../commands/change-ticket.ts'
import { changeWorkItem } from '../commands/change-work-item.ts'
import { escalateTicket } from '../commands/escalate-ticket.ts'
import { joinEscalation } from '../commands/join-escalation.ts'
import { returnEscalation } from '../commands/return-escalation.ts'

let world: HubWorld
beforeAll(async () => {
  world = await openHubWorld()
})
afterAll(() => world.close())

const rankOf = async (key: string): Promise<number> =>
  (
    await world.database.db
      .selectFrom('work_item')
      .select('severity_rank')
      .where('key', '=', key)
      .executeTakeFirstOrThrow()
  ).severity_rank

it('is that of the worst ticket behind a work item, whoever changes what, because the board is sorted by it', async () => {
  const first = await world.ticket({ severity: 'low' })
  const { workItem } = await world.do(world.agent, escalateTicket, { ticket: first })
  expect(await rankOf(workItem.key)).toBe(4)

  const second = await world.ticket({ severity: 'critical', customer: 'globex' })
  await world.do(world.agent, joinEscalation, { ticket: second, workItem: workItem.key })
  expect(await rankOf(workItem.key)).toBe(1)

  await world.do(world.agent, changeTicket, { ticket: second, set: { severity: 'medium' } })
  expect(await rankOf(workItem.key)).toBe(3)

  await world.do(world.agent, returnEscalation, { ticket: second, reason: 'It was another thing.' })
  expect(await rankOf(workItem.key)).toBe(4)
})

it('is its own where no ticket says one, and nobody’s says the last place', async () => {
  const ticket = await world.ticket()
  const { workItem } = await world.do(world.agent, escalateTicket, { ticket })
  expect(await rankOf(workItem.key)).toBe(5)
  await world.do(world.engineer, changeWorkItem, { workItem: workItem.key, set: { severity: 'high' } })
  expect(await rankOf(workItem.key)).toBe(2)
})

it('sees what another transaction does to another ticket at the same moment', async () => {
  const one = await world.ticket({ severity: 'critical' })
  const other = await world.ticket({ severity: 'critical', customer: 'globex' })
  const { workItem } = await world.do(world.agent, escalateTicket, { ticket: one })
  await world.do(world.agent, joinEscalation, { ticket: other, workItem: workItem.key })
  await Promise.all(
    [one, other].map((ticket) => world.do(world.agent, changeTicket, { ticket, set: { severity: 'low' } })),
  )
  expect(await rankOf(workItem.key)).toBe(4)
})

it('counts every work item of a hub that was there before it', async () => {
  const { rows } = await sql<{ wrong: number }>`
    select count(*)::int as wrong from work_item where severity_rank <> severity_rank_behind(id, severity)`.execute(
    world.database.db,
  )
  expect(rows).toEqual([{ wrong: 0 }])
})
