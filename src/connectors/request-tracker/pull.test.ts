import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import type { Session } from '../../sync/connector.ts'
import { bench, closeAll, START_MS } from './client-bench.ts'

afterEach(closeAll)

describe('pulling', () => {
  const everyChange = async (session: Session, from: string): Promise<{ ids: string[]; cursor: string }> => {
    const ids: string[] = []
    for (let cursor = from; ; ) {
      const page = await session.pull(cursor, 'changes')
      ids.push(...page.snapshots.map(({ ref }) => ref.id))
      cursor = page.cursor
      if (!page.more) return { ids, cursor }
    }
  }

  it('finds changes whatever the time zone of the account', async () => {
    for (const offsetMinutes of [-300, 0, 345]) {
      const { rt, session, later } = await bench({ offsetMinutes })
      await rt.byHand.create({})
      later(3_600)
      const { cursor } = await session.pull(null, 'changes')
      later(10)
      const id = await rt.byHand.create({})
      expect((await session.pull(cursor, 'changes')).snapshots.map(({ ref }) => ref.id)).toEqual([id])
    }
  })

  /** Minutes east of UTC, as the machine's own table of zones has it. */
  const zoneOf = (timeZone: string): ((at: number) => number) => {
    const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
    return (at) => {
      const name = format.formatToParts(at * 1000).find(({ type }) => type === 'timeZoneName')?.value ?? ''
      const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)/.exec(name) ?? []
      const east = Number(hours ?? 0) * 60 + Number(minutes ?? 0)
      return sign === '-' ? -east : east
    }
  }

  it('misses no change in the hours around a change of summer time, wherever the account is', async () => {
    // each pair: the zone, and a moment some hours before its clocks go forward or back
    for (const [zone, before] of [
      ['America/New_York', '2026-03-08T05:55:00Z'],
      ['America/New_York', '2026-11-01T04:55:00Z'],
      ['America/Los_Angeles', '2026-03-08T08:55:00Z'],
      ['Europe/Berlin', '2026-03-28T23:55:00Z'],
      ['Europe/Berlin', '2026-10-24T23:55:00Z'],
      ['America/Santiago', '2026-09-06T02:55:00Z'],
      ['Pacific/Auckland', '2026-09-26T12:55:00Z'],
      ['Pacific/Auckland', '2026-04-04T00:55:00Z'],
    ] as const) {
      let ms = Date.parse(before)
      const now = (): Date => new Date(ms)
      const { rt, session } = await bench({ now, offsetMinutes: zoneOf(zone) }, {}, now)
      const id = await rt.byHand.create({})
      const missed: string[] = []
      // an edit between two polls, every half hour, for longer than the farthest zone's bound stays wrong
      for (let step = 0; step < 28; step += 1) {
        const { cursor } = await session.pull(null, 'changes')
        ms += 20_000
        await rt.byHand.update(id, { Subject: `edit ${step}` })
        ms += 20_000
        const { snapshots } = await session.pull(cursor, 'changes')
        if (!snapshots.some(({ fields }) => fields.title === `edit ${step}`)) missed.push(now().toISOString())
        ms += 1_760_000
      }
      expect([zone, missed]).toEqual([zone, []])
    }
  })

  it('finds changes although our clock was set while nothing was polled', async () => {
    let ours = START_MS
    let theirs = START_MS
    const { rt, session } = await bench({ now: () => new Date(theirs) }, {}, () => new Date(ours))
    const { cursor } = await session.pull(null, 'changes')
    theirs += 100_000
    ours -= 500_000
    const id = await rt.byHand.create({})
    theirs += 3_000_000
    expect((await session.pull(cursor, 'changes')).snapshots.map(({ ref }) => ref.id)).toEqual([id])
  })

  it('reads 250 tickets of one second page by page, each once', async () => {
    const { rt, session, later } = await bench()
    const { cursor } = await session.pull(null, 'changes')
    later(1)
    for (let at = 0; at < 250; at += 1) await rt.byHand.create({})
    const { ids } = await everyChange(session, cursor)
    expect(ids).toEqual(Array.from({ length: 250 }, (_, at) => String(at + 1)))
  })

  it('reports nothing twice while nothing happens, after the seconds in which a change can hide are over', async () => {
    const { rt, session, later } = await bench()
    const { cursor } = await session.pull(null, 'changes')
    await rt.byHand.create({})
    later(10)
    const first = await everyChange(session, cursor)
    later(5)
    expect((await everyChange(session, first.cursor)).ids).toEqual([])
  })

  it('reports every change at least once, however edits, polls and pauses fall', async () => {
    const step = fc.oneof(
      fc.record({ act: fc.constant('edit' as const), ticket: fc.integer({ min: 1, max: 3 }) }),
      fc.record({ act: fc.constant('wait' as const), seconds: fc.integer({ min: 0, max: 70 }) }),
      fc.record({ act: fc.constant('poll' as const) }),
    )
    const { rt, session, later } = await bench()
    for (let at = 0; at < 3; at += 1) await rt.byHand.create({})
    let cursor = (await session.pull(null, 'changes')).cursor
    let serial = 0
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const unseen = new Set<string>()
        const poll = async (): Promise<void> => {
          const found = await everyChange(session, cursor)
          cursor = found.cursor
          for (const id of found.ids) unseen.delete(id)
        }
        for (const one of steps) {
          if (one.act === 'wait') later(one.seconds)
          if (one.act === 'poll') await poll()
          if (one.act === 'edit') {
            serial += 1
            await rt.byHand.update(String(one.ticket), { Subject: `edit ${serial}` })
            unseen.add(String(one.ticket))
          }
        }
        await poll()
        expect([...unseen]).toEqual([])
      }),
      { numRuns: 30 },
    )
    expect(serial).toBeGreaterThan(0)
  })

  it('lists everything by number and remembers where it stopped', async () => {
    const { rt, session } = await bench()
    for (let at = 0; at < 40; at += 1) await rt.byHand.create({})
    const first = await session.pull(null, 'all')
    const second = await session.pull(first.cursor, 'all')
    expect([first.snapshots.length, first.more, second.snapshots.length, second.more]).toEqual([
      25,
      true,
      15,
      false,
    ])
  })
})
