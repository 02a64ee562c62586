import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { HookState } from '../../src/sync/connector.ts'
import { RemoteFault } from '../../src/sync/fault.ts'
import { keepHook } from '../../src/worker/keep-hook.ts'
import type { OpenConnection } from '../../src/worker/open-connection.ts'
import { openTestDatabase, type TestDatabase } from '../support/database.ts'
import { buildRoad, type Road } from '../support/road.ts'

let test: TestDatabase
let road: Road
beforeAll(async () => {
  test = await openTestDatabase()
})
afterEach(() => road.close())
afterAll(() => test.close())

const WELL: HookState = { did: 'nothing', until: null, problem: null }

/** The tracker's connection, whose tool answers so about its webhook. */
const keeping = async (answer: () => HookState) => {
  const opened = await road.worker.open('tracker')
  if (opened === null) throw new Error('no such connection')
  const asked: string[] = []
  const connection: OpenConnection = {
    ...opened,
    session: {
      ...opened.session,
      keepHook: async (address) => {
        asked.push(address)
        return answer()
      },
    },
  }
  return { asked, look: () => keepHook(road.deps, connection) }
}

const row = () =>
  road.db
    .selectFrom('connection')
    .select(['hook_at', 'hook_until', 'hook_problem', 'next_poll_at', 'down_since'])
    .where('id', '=', road.ids.tracker)
    .executeTakeFirstOrThrow()

const told = async (kind: 'connection.hook-mended' | 'connection.hook-refused'): Promise<number> =>
  (await road.db.selectFrom('event').select('id').where('kind', '=', kind).execute()).length

const MINUTES = 60_000

describe('a webhook that Causeway keeps in a tool', () => {
  it('is looked at every few minutes and not more often, by the address of its connection', async () => {
    road = await buildRoad({ db: test.db, seed: 91 })
    const { asked, look } = await keeping(() => WELL)
    expect([await look(), await look()]).toEqual([true, false])
    await road.clock.advance(4 * MINUTES)
    expect(await look()).toBe(true)
    expect(asked).toEqual(Array(2).fill('https://causeway.example/hooks/tracker'))
    expect(await row()).toMatchObject({ hook_at: road.clock.now(), hook_problem: null })
  })

  it('that the tool had switched off is said, and what it did not tell is listed at once', async () => {
    road = await buildRoad({ db: test.db, seed: 92 })
    let did: HookState['did'] = 'registered'
    const { look } = await keeping(() => ({ ...WELL, did }))
    await look()
    // the first time nothing was lost
    expect(await told('connection.hook-mended')).toBe(0)
    did = 'enabled'
    await road.clock.advance(4 * MINUTES)
    await road.db
      .updateTable('connection')
      .set({ next_poll_at: new Date(road.clock.now().getTime() + 60 * MINUTES) })
      .execute()
    await look()
    expect(await told('connection.hook-mended')).toBe(1)
    expect((await row()).next_poll_at).toEqual(road.clock.now())
  })

  it('that the tool does not let us keep is a sentence for a person, said once, and the connection goes on', async () => {
    road = await buildRoad({ db: test.db, seed: 93 })
    const { look } = await keeping(() => {
      throw new RemoteFault('auth', 'The account may not administer webhooks.')
    })
    await look()
    await road.clock.advance(4 * MINUTES)
    await look()
    expect(await row()).toMatchObject({
      hook_problem: 'The account may not administer webhooks.',
      down_since: null,
    })
    expect(await told('connection.hook-refused')).toBe(1)
  })

  it('is asked of no tool where nobody said by which address tools reach us', async () => {
    road = await buildRoad({ db: test.db, seed: 94 })
    const { asked, look } = await keeping(() => WELL)
    expect(await keepHook({ ...road.deps, callbackUrl: null }, await opened())).toBe(false)
    expect([asked.length, await look()]).toEqual([0, true])
  })
})

const opened = async (): Promise<OpenConnection> => {
  const connection = await road.worker.open('tracker')
  if (connection === null) throw new Error('no such connection')
  return { ...connection, session: { ...connection.session, keepHook: async () => WELL } }
}
