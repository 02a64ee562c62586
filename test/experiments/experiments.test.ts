import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../support/database.ts'
import { EXPERIMENTS } from './experiments.ts'

/** The experiments in their short form; `npm run report` runs the long one and prints the figures. */
let test: TestDatabase
beforeAll(async () => {
  test = await openTestDatabase()
})
afterAll(() => test.close())

describe('experiments', () => {
  it.each(EXPERIMENTS.map((one) => [one.id, one.title, one] as const))(
    '%s: %s',
    async (id, _, experiment) => {
      const outcome = await experiment.run(test, 'short')
      if (typeof outcome.counts['run'] === 'string')
        console.log(`${id} was not run: ${outcome.counts['run']}`)
      expect(outcome.failures).toEqual([])
    },
    300_000,
  )
})
