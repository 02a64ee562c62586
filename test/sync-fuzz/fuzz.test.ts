import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../support/database.ts'
import { describeRun, type FuzzCounts, runFuzz, shrink } from './fuzz.ts'

/**
 * A short form of the fuzz for every commit; `node tools/fuzz.ts --for 10m` runs as long as one likes. A seed that once
 * failed stays below, under the name of what it found.
 */
let test: TestDatabase
beforeAll(async () => {
  test = await openTestDatabase()
})
afterAll(() => test.close())

const SEEDS = [1, 2, 3, 9, 15, 21]
const STEPS = 250
const total: { -readonly [name in keyof FuzzCounts]: number } = {
  edits: 0,
  faults: 0,
  crashes: 0,
  apiWrites: 0,
  calls: 0,
}

const check = async (seed: number, steps: number): Promise<void> => {
  const run = await runFuzz(test.db, seed, steps)
  for (const name of ['edits', 'faults', 'crashes', 'apiWrites', 'calls'] as const)
    total[name] += run.counts[name]
  expect(run.violations, run.violations.length === 0 ? '' : describeRun(await shrink(test.db, run))).toEqual(
    [],
  )
}

describe('random people, faults and crashes', () => {
  it.each(SEEDS)('leave both sides agreed, or a reason (seed %i)', (seed) => check(seed, STEPS), 300_000)

  it.each([
    [4, 120, 'an edit of a copy wrote over the original, and its words were told nowhere'],
    [8, 120, 'a comment was signed in the tool it came from'],
    [7, 300, 'a copy stayed public, because its bond had ended when it was narrowed'],
    [19, 300, 'a copy stayed public, because it was edited when it was narrowed'],
  ])('no longer do what seed %i of %i steps found: %s', (seed, steps) => check(seed, steps), 300_000)

  it('really occurred', () => {
    expect(total.edits).toBeGreaterThan(300)
    expect(total.faults).toBeGreaterThan(100)
    expect(total.crashes).toBeGreaterThan(10)
    expect(total.apiWrites).toBeGreaterThan(300)
  })
})
