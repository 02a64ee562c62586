import { afterAll, beforeAll, expect, it } from 'vitest'
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
