import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../../test/support/api.ts'
import { runCommand } from '../commands/run-command.ts'
import { SYSTEM } from '../domain/actor.ts'
import { addSampleCompany } from './sample-company.ts'

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())

it('tells its customers no names of engineering, because who learns from it writes the same way', async () => {
  const { db } = api.runner
  expect((await runCommand(api.runner, SYSTEM, addSampleCompany, { me: null })).ok).toBe(true)
  const told = JSON.stringify([
    await db.selectFrom('message').select('body').where('audience', '=', 'everyone').execute(),
    await db.selectFrom('work_item').select(['workaround', 'behaviour_note', 'decline_reason']).execute(),
    await db.selectFrom('ticket').select(['title', 'workaround']).execute(),
  ])
  const people = await db.selectFrom('person').select(['name', 'email', 'roles']).execute()
  const inside = [
    ...(await db.selectFrom('team').select('name').execute()).map(({ name }) =>
      name.replace(' (sample)', ''),
    ),
    ...people.flatMap(({ name, email, roles }) => (roles.includes('agent') ? [email] : [name, email])),
  ].filter((name) => name !== 'Support')
  expect(inside.length).toBeGreaterThan(5)
  expect(inside.filter((name) => told.includes(name))).toEqual([])
  expect(told).not.toMatch(/\bteam\b|\bW-\d/)
})
