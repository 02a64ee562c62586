import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../support/database.ts'
import { buildRoad, type Road } from '../support/road.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await openTestDatabase()
})
afterAll(() => test.close())

describe('the road between a desk and a tracker', () => {
  let road: Road
  it('carries a ticket to engineering and the release back', async () => {
    road = await buildRoad({
      db: test.db,
      seed: 1,
      log: (level, message, data) => console.log(level, message, JSON.stringify(data)),
    })
    const { desk, tracker } = road
    await road.converge()
    const ticket = desk.humanCreate(
      {
        container: 'support',
        fields: {
          title: 'Login fails',
          description: '<p>Since <b>this morning</b></p>',
          'cf:Severity': 'high',
          'cf:Product': 'Portal',
          'cf:Version': '2.0.0',
          requester: 'u-carla',
        },
      },
      'u-carla',
    )
    desk.humanComment(ticket.id, 'It says E-4711', { by: 'u-carla' })
    await road.converge()
    desk.humanEdit(ticket.id, { 'cf:Escalate': 'yes' })
    await road.converge()
    const [defect, ...others] = tracker.items()
    expect(others).toEqual([])
    expect(defect?.fields).toMatchObject({
      title: 'Login fails',
      'cf:Severity': 'high',
      'cf:Version': '2.0.0',
      type: 'Bug',
    })
    expect(defect?.comments.map((comment) => comment.text)).toHaveLength(1)
    expect(desk.item(ticket.id)?.fields).toMatchObject({
      'cf:Engineering key': defect?.key,
      'cf:Engineering status': 'In triage',
    })

    const id = defect?.id ?? ''
    tracker.humanComment(id, 'Which browser?', { by: 'u-eve' })
    tracker.humanComment(id, 'our own shame', { by: 'u-eve', visibility: 'internal' })
    tracker.humanRelease('ENG', '2.1.0', { due: '2026-04-01' })
    tracker.humanEdit(id, { release: '2.1.0', status: 'in progress' })
    await road.converge()
    const shown = desk.item(ticket.id)
    expect(
      shown?.comments
        .filter((comment) => comment.visibility === 'internal')
        .map((comment) => comment.text)
        .join(),
    ).toContain('Which browser?')
    expect(JSON.stringify(shown)).not.toContain('our own shame')
    expect(shown?.fields).toMatchObject({
      'cf:Engineering status': 'In progress',
      'cf:Planned release': '2.1.0 (2026-04-01)',
    })
    const before = desk.ledger.length + tracker.ledger.length
    await road.converge(60)
    expect(desk.ledger.length + tracker.ledger.length).toBe(before)
    await road.close()
  })
})
