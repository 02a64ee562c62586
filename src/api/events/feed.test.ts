import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../../../test/support/api.ts'
import { SYSTEM } from '../../domain/actor.ts'
import { appendEvents, type EventPlace, type StoredEvent } from '../../store/events.ts'
import { openEventFeed } from './feed.ts'

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())

const append = (): Promise<void> =>
  api.runner.db
    .transaction()
    .execute((tx) =>
      appendEvents(tx, { actor: SYSTEM, now: api.clock.now, newId: api.runner.newId }, [
        { kind: 'connection.paused', record: null, data: {} },
      ]),
    )

it('wakes a reader for what came between its own look and the first look of the feed', async () => {
  // nobody is told of the commit: only the looks themselves can find it
  const feed = openEventFeed(api.runner.db, api.deps.signal, () => {})
  const never = new AbortController()
  const [early, late] = [await feed.end(), await feed.end()]
  expect(await feed.after(early)).toEqual([])
  await append()
  // as every reader does: other transactions of the server may keep an event back for a while
  const read = async (place: EventPlace): Promise<readonly StoredEvent[]> => {
    await feed.changed(place, never.signal)
    const found = await feed.after(place)
    return found.length > 0 ? found : read(place)
  }
  expect(await read(early)).toHaveLength(1)
  // a second reader that looked before the commit and waits after the feed looked
  expect(await read(late)).toHaveLength(1)
  feed.stop()
})

it('tells that it cannot look once, and not with every look while the database is away', async () => {
  let away = true
  const { db } = api.runner
  const failing = new Proxy(db, {
    get: (target, member) => {
      if (away && member === 'transaction') throw new Error('the database is away')
      const found: unknown = Reflect.get(target, member, target)
      return typeof found === 'function' ? found.bind(target) : found
    },
  })
  const told: string[] = []
  const feed = openEventFeed(failing, api.deps.signal, (error) => told.push(String(error)))
  const stop = new AbortController()
  const changed = feed.changed({ tx: '0', seq: 0 }, stop.signal)
  for (let look = 0; look < 3; look += 1) {
    api.deps.signal.notify()
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect(told).toEqual(['Error: the database is away'])
  away = false
  api.deps.signal.notify()
  await changed
  feed.stop()
})
