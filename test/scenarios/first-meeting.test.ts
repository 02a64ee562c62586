import { afterAll, beforeAll, expect, it } from 'vitest'
import { explainFields } from '../../src/store/views/why.ts'
import { openTestDatabase, type TestDatabase } from '../support/database.ts'
import { buildRoad } from '../support/road.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await openTestDatabase()
})
afterAll(() => test.close())

it('asks nobody about an adopted item that the tool writes otherwise than we would', async () => {
  const road = await buildRoad({ db: test.db, seed: 21 })
  const description =
    '<p>Signing in answers "session expired" &amp; nothing else; "Übersicht.pdf" is refused.</p>'
  road.desk.humanCreate({ container: 'support', fields: { title: 'Login fails', description } })
  await road.converge()
  const conflicts = await test.db.selectFrom('conflict').select('field').execute()
  expect(conflicts).toEqual([])
  expect(road.desk.items()[0]?.fields.description).toBe(description)
  await road.close()
})

it('says of a field without a value on either side that both are empty, because nothing is left to agree on', async () => {
  const road = await buildRoad({ db: test.db, seed: 22 })
  road.desk.humanCreate({ container: 'support', fields: { title: 'Login fails', 'cf:Version': '2.0.0' } })
  await road.converge()
  const mirrors = await test.db.selectFrom('mirror').select('id').execute()
  const stories = await test.db.transaction().execute((tx) =>
    explainFields(
      tx,
      mirrors.map(({ id }) => id),
      null,
    ),
  )
  const told = Object.fromEntries(
    stories.map((story) => [story.field, [story.agreed?.hub ?? null, story.bothEmpty]]),
  )
  expect(told).toMatchObject({
    title: ['Login fails', false],
    version: ['2.0.0', false],
    severity: [null, true],
    environment: [null, true],
    state: ['new', false],
  })
  await road.close()
})
