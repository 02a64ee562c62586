import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../../../test/support/api.ts'
import type { StoredEvent } from '../../store/events.ts'
import { noticesFor } from './notices.ts'

let api: TestApi
let owner: string
beforeAll(async () => {
  api = await openTestApi()
  owner = await api.tokenOf('owner')
  for (const [path, body] of [
    ['teams', { key: 'core', name: 'Core' }],
    ['products', { key: 'atlas', name: 'Atlas', team: 'core' }],
  ] as const)
    await api.ask(owner, 'POST', path, body)
})
afterAll(() => api.close())

const ask = async <T>(
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  body?: object,
): Promise<T> => {
  const answer = await api.ask(owner, method, path, body)
  expect([path, answer.statusCode < 300 ? '' : answer.body]).toEqual([path, ''])
  return (answer.statusCode === 204 ? null : answer.json()) as T
}

it('tells a customer of all that changes what they read of their wish, and nothing of who else asks', async () => {
  const { contactId, customerId } = await api.customer('Acme')
  const other = await api.customer('Globex')
  const wishOf = (customer: string) =>
    ask<{ id: string; key: string }>('POST', 'tickets', {
      ...{ title: 'PDF', description: '', customer, product: 'atlas', kind: 'enhancement request' },
    })
  const [mine, theirs] = [await wishOf(customerId), await wishOf(other.customerId)]
  const newWish = () =>
    ask<{ key: string }>('POST', 'enhancements', { title: 'PDF', problem: 'x', product: 'atlas' })
  const [asked, into] = [await newWish(), await newWish()]
  let seen = 0
  /** What the customer is told since they were last asked. */
  const heard = async (): Promise<readonly string[]> => {
    const { rows: events } = await sql<StoredEvent>`
      select seq, tx::text as tx, id, at, actor, kind, record_kind, record_id, connection_id, cause, data from event
      where seq > ${seen}::bigint order by seq`.execute(api.database.db)
    seen = events.at(-1)?.seq ?? seen
    const reach = { customerId, contactId: null }
    const notices = await noticesFor(api.deps.readAsPortal, reach, events)
    return [...new Set(notices.map(({ notice }) => `${notice.kind} ${notice.record.id}`))]
  }
  const touched = [`ticket.changed ${mine.id}`]
  expect(contactId).not.toBeNull()
  await heard()
  const step = (of: string, name: string, body: object = {}) =>
    ask('POST', `enhancements/${of}/${name}`, body)
  await step(asked.key, 'asks', { ticket: mine.key })
  expect(await heard()).toEqual(touched)
  await step(asked.key, 'asks', { ticket: theirs.key, importance: 3 })
  expect(await heard()).toEqual([])
  await step(asked.key, 'review')
  expect(await heard()).toEqual(touched)
  await ask('PATCH', `enhancements/${asked.key}`, { publicWords: 'We ask around.' })
  expect(await heard()).toEqual(touched)
  await ask('PATCH', `enhancements/${asked.key}`, { title: 'Sheets as PDF' })
  expect(await heard()).toEqual([])
  await step(asked.key, 'merge', { into: into.key })
  expect(await heard()).toEqual(touched)
  // what they read is that of the one it went into
  await ask('PATCH', `enhancements/${into.key}`, { publicWords: 'Soon.' })
  expect(await heard()).toEqual(touched)
  await step(asked.key, 'unmerge')
  expect(await heard()).toEqual(touched)
  await ask('PATCH', `enhancements/${into.key}`, { publicWords: 'Sooner.' })
  expect(await heard()).toEqual([])
  await step(asked.key, 'decide', { decision: 'accept', words: 'Yes.' })
  await heard()
  await step(asked.key, 'reopen')
  expect(await heard()).toEqual(touched)
  const { items } = await ask<{ items: { id: string; ticket: { key: string } }[] }>(
    'GET',
    `enhancements/${asked.key}/asks`,
  )
  await ask('DELETE', `enhancement-asks/${items.find(({ ticket }) => ticket.key === mine.key)?.id}`)
  expect(await heard()).toEqual(touched)
})
