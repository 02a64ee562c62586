import { describe, expect, it } from 'vitest'
import type { Clock } from '../lib/clock.ts'
import { LANES } from '../store/dirty.ts'
import { openBudget } from './budget.ts'

const START = Date.parse('2026-03-02T08:00:00.000Z')
const HOUR = 3_600_000

/** Time that passes only while somebody sleeps. */
const simulatedClock = (): Clock => {
  let at = START
  return {
    now: () => new Date(at),
    sleep: async (ms) => {
      at += ms
      await new Promise((resolve) => setImmediate(resolve))
    },
  }
}

/** A vendor with so many calls an hour, which says after each call what is left, and counts calls that it had to refuse. */
const vendorOf = (clock: Clock, limit: number) => {
  let window = 0
  let used = 0
  const state = { refused: 0, calls: 0 }
  return {
    state,
    call: () => {
      const now = Math.floor((clock.now().getTime() - START) / HOUR)
      if (now !== window) [window, used] = [now, 0]
      state.calls += 1
      if (used >= limit) state.refused += 1
      else used += 1
      return { limit, remaining: limit - used, resetAt: new Date(START + (window + 1) * HOUR) }
    },
  }
}

describe('the budget of a tool', () => {
  it('lets no person wait behind a first load of 50,000 items, and spends the vendor’s hours whole', async () => {
    const clock = simulatedClock()
    const budget = openBudget(clock, 10)
    const vendor = vendorOf(clock, 5_000)
    const call = async (lane: 0 | 3): Promise<void> => {
      await budget.take(lane)
      budget.learn(vendor.call())
    }
    let loaded = 0
    const load = async (): Promise<void> => {
      while (loaded < 50_000) {
        loaded += 1
        await call(LANES.backfill)
      }
    }
    const waits: number[] = []
    // an escalation of ten calls, every ten minutes or so, while it lasts
    const people = async (): Promise<void> => {
      let next = START + 300_000
      while (loaded < 50_000) {
        if (clock.now().getTime() < next) {
          await new Promise((resolve) => setImmediate(resolve))
          continue
        }
        next += 600_000
        const asked = clock.now().getTime()
        for (let at = 0; at < 10; at += 1) await call(LANES.person)
        waits.push((clock.now().getTime() - asked) / 1000)
      }
    }
    await Promise.all([load(), load(), load(), load(), people()])
    expect(waits.length).toBeGreaterThan(30)
    expect(vendor.state.refused).toBe(0)
    // ten calls, one after the other, at 1.4 a second
    expect(Math.max(...waits)).toBeLessThan(10)
    // and nothing of what the vendor gives is left unused
    expect((clock.now().getTime() - START) / HOUR).toBeLessThan(10.3)
  })
})
