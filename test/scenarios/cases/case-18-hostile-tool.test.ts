import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { demoDesk } from '../../../src/connectors/demo/index.ts'
import { openTestDatabase, type TestDatabase } from '../../support/database.ts'
import { escalated, expectNothingWrong, sweepAll } from '../../support/escalated.ts'
import { violations } from '../../support/never.ts'
import { buildRoad, type Road } from '../../support/road.ts'

let test: TestDatabase
let road: Road
beforeAll(async () => {
  test = await openTestDatabase()
})
afterEach(() => road.close())
afterAll(() => test.close())

describe('case 18: a hostile tool', () => {
  it.each(['html', 'deepJson', 'huge', 'halfBody'] as const)(
    'that answers %s harms only itself, and is well again afterwards',
    async (fault) => {
      road = await buildRoad({ db: test.db, seed: 181 })
      const { ticket } = await escalated(road)
      road.tracker.faults.queue(fault, { times: 5 })
      road.desk.humanComment(ticket, '<p>says E-4711</p>', { by: 'u-carla' })
      await road.converge(10)
      expect(road.tracker.faults.struck[fault]).toBeGreaterThan(0)
      road.tracker.faults.clear()
      await sweepAll(road)
      await expectNothingWrong(road)
    },
  )

  it('cannot put a script, an address of ours or a prototype into a record', async () => {
    road = await buildRoad({ db: test.db, seed: 182 })
    const { ticket, defect } = await escalated(road)
    road.desk.humanComment(
      ticket,
      '<p onclick="x()">hello<script>alert(1)</script><img src="http://169.254.169.254/latest/meta-data" onerror="x()"><a href="javascript:alert(1)">link</a></p>',
      { by: 'u-carla' },
    )
    road.desk.humanEdit(ticket, { title: '{"__proto__":{"polluted":1}} <script>alert(1)</script>' })
    await road.converge(5)
    const bodies = JSON.stringify(await road.db.selectFrom('message').select('body').execute())
    expect(bodies).not.toMatch(/onclick|onerror|javascript:|<script/u)
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
    const copy = road.tracker.item(defect)?.comments[0]?.text ?? ''
    expect(copy).not.toMatch(/javascript:|<script/u)
    expect(copy).toContain('hello')
    expect(await violations(road)).toEqual([])
  })

  it('cannot ring with a forged, replayed or foreign signature', () => {
    const bytes = Buffer.from(JSON.stringify({ event: 'update', item: { id: '1', key: 'T-1' } }))
    const now = new Date('2026-03-02T08:00:00Z')
    const read = (headers: Record<string, string>) =>
      demoDesk.webhook?.({ bytes, headers, now }, { url: 'http://demo.invalid/', webhookSecret: 'right' })
    expect(read({})).toMatchObject({ outcome: 'rejected', status: 401 })
    expect(read({ 'x-demo-timestamp': '1', 'x-demo-signature': 'sha256=00' })).toMatchObject({
      outcome: 'rejected',
    })
    road = { close: async () => {} } as Road
  })
})
