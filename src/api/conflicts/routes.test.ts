import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../../../test/support/api.ts'

let api: TestApi
let mirror: string
let note: string
let onField: string
let onNote: string

beforeAll(async () => {
  api = await openTestApi()
  const agent = await api.tokenOf('agent')
  const post = async (path: string, payload: object) =>
    (await inject(agent, 'POST', path, payload)).json<{ id: string; title: string }>()
  const ticket = await post('tickets', { title: 'Vault', description: '' })
  note = (await post(`tickets/${ticket.id}/comments`, { text: 'ours', audience: 'support' })).id
  const { db, newId } = api.runner
  const now = api.clock.now
  mirror = newId()
  await db
    .insertInto('mirror')
    .values({
      id: mirror,
      connection_id: await api.connection('desk', 's3cret'),
      record_kind: 'ticket',
      record_id: ticket.id,
      remote_id: '1',
      state: 'live',
      dirty_lane: 1,
      dirty_at: now,
      dirty_why: 'test',
      created_at: now,
    })
    .execute()
  ;[onField, onNote] = [newId(), newId()]
  for (const [id, field] of [
    [onField, 'title~title'],
    [onNote, `comment:${note}`],
  ] as const)
    await db
      .insertInto('conflict')
      .values({ id, mirror_id: mirror, field, hub: '"ours"', tool: '"theirs"', base: null, opened_at: now })
      .execute()
})
afterAll(() => api.close())

const inject = (token: string, method: 'GET' | 'POST', path: string, payload?: object) =>
  api.server.app.inject({
    method,
    url: `/api/v1/${path}`,
    headers: { authorization: `Bearer ${token}` },
    ...(payload === undefined ? {} : { payload }),
  })

const shownTo = async (role: 'agent' | 'engineer' | 'integrator') => {
  const answer = await inject(await api.tokenOf(role), 'GET', 'conflicts')
  const { items } = answer.json<{ items: { id: string; hub?: unknown }[] }>()
  return Object.fromEntries(items.map((one) => [one.id, one.hub]))
}

it('shows the words of a conflict only to who may read them, and to all that it waits', async () => {
  expect(await shownTo('agent')).toEqual({ [onField]: 'ours', [onNote]: 'ours' })
  expect(await shownTo('engineer')).toEqual({ [onField]: 'ours', [onNote]: undefined })
  expect(await shownTo('integrator')).toEqual({ [onField]: undefined, [onNote]: undefined })
})

it('lets nobody decide between words they may not read, and logs such words for nobody', async () => {
  const settle = async (role: 'agent' | 'engineer') =>
    inject(await api.tokenOf(role), 'POST', `conflicts/${onNote}/settle`, { choice: 'hub' })
  expect((await settle('engineer')).statusCode).toBe(404)
  expect((await settle('agent')).statusCode).toBe(200)
  const logged = await api.runner.db
    .selectFrom('event')
    .select('data')
    .where('kind', '=', 'conflict.settled')
    .execute()
  expect(logged.map((event) => event.data)).toEqual([{ field: `comment:${note}`, take: 'hub' }])
})

it('refuses a value that the record cannot hold, instead of settling without it', async () => {
  const agent = await api.tokenOf('agent')
  const answer = await inject(agent, 'POST', `conflicts/${onField}/settle`, { choice: 'value', value: '' })
  expect(answer.statusCode).toBe(422)
  expect((await shownTo('agent'))[onField]).toBe('ours')
})

it('settles a conflict about a description with Markdown, because nobody types a tree of text', async () => {
  const agent = await api.tokenOf('agent')
  const { db, newId } = api.runner
  const id = newId()
  await db
    .insertInto('conflict')
    .values({
      id,
      mirror_id: mirror,
      field: 'description~description',
      hub: JSON.stringify({ type: 'root', children: [] }),
      tool: '"theirs"',
      base: null,
      opened_at: api.clock.now,
    })
    .execute()
  const answer = await inject(agent, 'POST', `conflicts/${id}/settle`, {
    choice: 'value',
    value: 'It _stops_ after:\n\n- one\n- two',
  })
  expect([answer.statusCode, answer.body]).toEqual([200, expect.any(String)])
  const { record_id } = await db
    .selectFrom('mirror')
    .select('record_id')
    .where('id', '=', mirror)
    .executeTakeFirstOrThrow()
  const ticket = (await inject(agent, 'GET', `tickets/${record_id}`)).json<{ description: string }>()
  expect(ticket.description.trim()).toBe('It _stops_ after:\n\n- one\n- two')
})

it('says what an undo needs, instead of finding nothing', async () => {
  expect((await inject(await api.tokenOf('integrator'), 'POST', 'undo', {})).statusCode).toBe(422)
})
