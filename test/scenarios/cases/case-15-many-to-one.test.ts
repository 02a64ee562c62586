import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { escalateTicket } from '../../../src/commands/escalate-ticket.ts'
import { joinEscalation } from '../../../src/commands/join-escalation.ts'
import { openTestDatabase, type TestDatabase } from '../../support/database.ts'
import { expectNothingWrong, newTicket } from '../../support/escalated.ts'
import { buildRoad, type Road } from '../../support/road.ts'

let test: TestDatabase
let road: Road
beforeAll(async () => {
  test = await openTestDatabase()
})
afterEach(() => road.close())
afterAll(() => test.close())

const ANNA = { kind: 'person', id: '00000000-0000-7000-8000-0000000000aa', name: 'Anna' } as const

/** Its keys, and so its addresses, are its own. */
const OTHER_DESK = { containers: [{ id: 'support', title: 'Support', types: ['incident'], prefix: 'S' }] }

describe('case 15: many to one, with two desks', () => {
  it('shows 40 tickets of two desks on one defect, tells each of the release once, and reopens one alone', async () => {
    road = await buildRoad({ db: test.db, seed: 151, secondDesk: OTHER_DESK })
    const { desk2 } = road
    await road.converge(3)
    const tickets = Array.from({ length: 20 }, (_, index) => newTicket(road, { title: `Trouble ${index}` }))
    const others = Array.from({ length: 20 }, (_, index) =>
      desk2?.humanCreate(
        {
          container: 'support',
          fields: { title: `Trouble too ${index}`, 'cf:Product': 'Portal', 'cf:Severity': 'low' },
        },
        'u-carla',
      ),
    )
    await road.converge(5)
    const rows = await road.db.selectFrom('ticket').select(['id', 'key']).orderBy('number').execute()
    expect(rows).toHaveLength(40)
    const first = await road.run(ANNA, escalateTicket, { ticket: rows[0]?.id ?? '' })
    const workItem = first.ok ? first.value.workItem.key : ''
    for (const row of rows.slice(1))
      expect((await road.run(ANNA, joinEscalation, { ticket: row.id, workItem })).ok).toBe(true)
    await road.converge(10)
    const defects = road.tracker.items().filter((item) => item.kind === 'item')
    expect(defects).toHaveLength(1)
    const defect = defects[0]?.id ?? ''
    road.tracker.humanLink(defect, 'https://wiki.example/page', 'by hand')
    road.tracker.humanRelease('ENG', '2.1.0', { due: '2026-04-01' })
    road.tracker.humanEdit(defect, { release: '2.1.0', status: 'in progress' })
    await road.converge(10)
    for (const ticket of tickets) {
      const said = road.desk.ledger.filter(
        (line) =>
          line.itemId === ticket.id &&
          line.via === 'api' &&
          line.after?.['cf:Planned release'] !== undefined &&
          line.changed,
      )
      // its name may be known a moment before its date is; each is told once, the date last
      const values = said.map((line) => line.after?.['cf:Planned release'])
      expect(values.filter((value) => value !== '2.1.0')).toEqual(['2.1.0 (2026-04-01)'])
      expect(values.slice(0, -1)).toEqual(values.length > 1 ? ['2.1.0'] : [])
    }
    for (const ticket of others)
      expect(desk2?.item(ticket?.id ?? '')?.fields).toMatchObject({
        'cf:Engineering status': 'In progress',
        'cf:Planned release': '2.1.0 (2026-04-01)',
      })
    road.tracker.humanEdit(defect, { status: 'done' })
    await road.converge(5)
    for (const ticket of tickets) road.desk.humanEdit(ticket.id, { status: 'solved' })
    await road.converge(5)
    road.desk.humanEdit(tickets[0]?.id ?? '', { status: 'open' })
    await road.converge(5)
    expect(
      tickets
        .filter((ticket) => road.desk.item(ticket.id)?.fields.status === 'open')
        .map((ticket) => ticket.key),
    ).toEqual([tickets[0]?.key])
    expect(road.tracker.item(defect)?.links.map((link) => link.url)).toContain('https://wiki.example/page')
    expect(road.tracker.item(defect)?.links).toHaveLength(41)
    await expectNothingWrong(road)
  })

  it('never carries one customer’s words to another’s ticket', async () => {
    road = await buildRoad({ db: test.db, seed: 152, secondDesk: OTHER_DESK })
    await road.converge(3)
    const mine = newTicket(road)
    const theirs = road.desk2?.humanCreate(
      { container: 'support', fields: { title: 'Same here', 'cf:Product': 'Portal' } },
      'u-cem',
    )
    await road.converge(3)
    const rows = await road.db.selectFrom('ticket').select('id').orderBy('number').execute()
    const first = await road.run(ANNA, escalateTicket, { ticket: rows[0]?.id ?? '' })
    await road.run(ANNA, joinEscalation, {
      ticket: rows[1]?.id ?? '',
      workItem: first.ok ? first.value.workItem.key : '',
    })
    road.desk.humanComment(mine.id, '<p>our secret plans</p>', { by: 'u-carla' })
    await road.converge(5)
    expect(JSON.stringify(road.desk2?.item(theirs?.id ?? ''))).not.toContain('secret plans')
    await expectNothingWrong(road)
  })
})
