import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { escalateTicket } from '../../src/commands/escalate-ticket.ts'
import { joinEscalation } from '../../src/commands/join-escalation.ts'
import { markDuplicate } from '../../src/commands/mark-duplicate.ts'
import { shareFile } from '../../src/commands/share-file.ts'
import type { Actor } from '../../src/domain/actor.ts'
import { ticketView } from '../../src/store/views/ticket-view.ts'
import { openTestDatabase, type TestDatabase } from '../support/database.ts'
import { expectNothingWrong, newTicket } from '../support/escalated.ts'
import { buildRoad, type Road } from '../support/road.ts'

/** What a person leaves out when they escalate stays with support, whatever the mapping would carry over. */
let test: TestDatabase
let road: Road
beforeAll(async () => {
  test = await openTestDatabase()
})
afterEach(() => road.close())
afterAll(() => test.close())

const AGENT: Actor = { kind: 'person', id: '00000000-0000-7000-8000-0000000000aa', name: 'Ada' }

const ticketWithFiles = async (seed: number) => {
  road = await buildRoad({ db: test.db, seed })
  await road.converge(3)
  const item = newTicket(road).id
  road.desk.humanAttach(item, { name: 'log.txt', content: Buffer.from('a log') })
  road.desk.humanAttach(item, { name: 'payroll.csv', content: Buffer.from('salaries') })
  await road.converge(5)
  const { record_id: ticket } = await test.db
    .selectFrom('mirror')
    .select('record_id')
    .where('connection_id', '=', road.ids.desk)
    .where('remote_id', '=', item)
    .executeTakeFirstOrThrow()
  const files = await test.db.selectFrom('attachment').select(['id', 'name']).execute()
  const idOf = (name: string): string => files.find((file) => file.name === name)?.id ?? ''
  return { item, ticket: ticket ?? '', log: idOf('log.txt'), payroll: idOf('payroll.csv') }
}
const there = (): readonly string[] =>
  road.tracker.items().flatMap(({ attachments }) => attachments.map(({ name }) => name))
const touchAll = async (): Promise<void> => {
  await test.db
    .updateTable('mirror')
    .set((is) => ({ dirty_seq: is('dirty_seq', '+', 1) }))
    .execute()
  await road.converge(5)
}

it('never leaves for the tool by itself, is shown as held back, and goes once somebody shares it', async () => {
  const { item, ticket, log, payroll } = await ticketWithFiles(121)
  expect(await road.run(AGENT, escalateTicket, { ticket, files: [log] })).toMatchObject({ ok: true })
  await road.converge(5)
  await touchAll()
  expect(there()).toEqual(['log.txt'])
  const view = await ticketView(test.db, ticket, 'support')
  expect(view?.withheld).toEqual([{ id: payroll, name: 'payroll.csv' }])
  // what comes later was never asked about: the mapping decides
  road.desk.humanAttach(item, { name: 'later.txt', content: Buffer.from('later') })
  await road.converge(5)
  expect(there()).toEqual(['log.txt', 'later.txt'])
  expect(await road.run(AGENT, shareFile, { ticket, file: payroll })).toMatchObject({ ok: true })
  await road.converge(5)
  expect(there()).toEqual(['log.txt', 'later.txt', 'payroll.csv'])
  expect(await road.run(AGENT, shareFile, { ticket, file: payroll })).toMatchObject({
    ok: false,
    error: { reason: { code: 'file-not-withheld' } },
  })
  await expectNothingWrong(road)
})

it('stays held back when the ticket moves over to another work item, because nobody was asked anew', async () => {
  const { ticket, log } = await ticketWithFiles(122)
  const made = await road.run(AGENT, escalateTicket, { ticket, files: [log] })
  const other = newTicket(road, { title: 'The same again' }).id
  await road.converge(5)
  const { record_id } = await test.db
    .selectFrom('mirror')
    .select('record_id')
    .where('remote_id', '=', other)
    .where('connection_id', '=', road.ids.desk)
    .executeTakeFirstOrThrow()
  const second = await road.run(AGENT, escalateTicket, { ticket: record_id ?? '' })
  await road.converge(5)
  if (!made.ok || !second.ok) throw new Error('both are escalated')
  await road.run(AGENT, markDuplicate, { workItem: made.value.workItem.key, of: second.value.workItem.key })
  await road.converge(5)
  await touchAll()
  expect(there()).not.toContain('payroll.csv')
})

it('leaves everything to the mapping where nobody chose, as for a ticket that joins', async () => {
  const { ticket } = await ticketWithFiles(123)
  const other = newTicket(road, { title: 'Another' }).id
  await road.converge(5)
  const { record_id } = await test.db
    .selectFrom('mirror')
    .select('record_id')
    .where('remote_id', '=', other)
    .where('connection_id', '=', road.ids.desk)
    .executeTakeFirstOrThrow()
  const first = await road.run(AGENT, escalateTicket, { ticket: record_id ?? '' })
  if (!first.ok) throw new Error('it is escalated')
  await road.run(AGENT, joinEscalation, { ticket, workItem: first.value.workItem.key })
  await road.converge(5)
  expect([...there()].sort()).toEqual(['log.txt', 'payroll.csv'])
})
