import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../support/database.ts'
import { roadCases } from './road/cases.ts'
import { openToolRoad } from './road/open-road.ts'
import { subjects } from './subjects/all.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await openTestDatabase()
})
afterAll(() => test.close())

// the simulated tools go through all eighteen, with every twist, in test/scenarios/cases
const tools = subjects.filter(({ name }) => !name.startsWith('demo-'))

/** Numbers of the cases that a tool cannot be brought into: files that go one way, moves, a fake that is never away. */
const LEFT_OUT: Readonly<Record<string, readonly string[]>> = {
  github: ['11'],
  rest: ['13', '13', '11', '14'],
  servicenow: ['14'],
}

for (const { name, make } of tools) {
  const probe = await make()
  const supported = roadCases.filter((one) => one.unsupported(probe) === null)
  await probe.close()
  describe(`with ${name} as the tracker`, () => {
    it('leaves out what it cannot be brought into, and nothing else', () => {
      const left = roadCases.filter((one) => !supported.includes(one)).map((one) => one.name.split(':')[0])
      expect(left).toEqual(LEFT_OUT[name] ?? [])
    })
    it.each(supported.map((one) => [one.name, one] as const))('%s', async (_name, one) => {
      const subject = await make()
      try {
        const road = await openToolRoad(test.db, subject, one.rules?.(subject))
        try {
          await one.run(road, subject)
        } finally {
          await road.close()
        }
      } finally {
        await subject.close()
      }
    })
  })
}
