import { Type } from 'typebox'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../../test/support/api.ts'
import { memberIn } from './sent-member.ts'

let api: TestApi
let admin: string
beforeAll(async () => {
  api = await openTestApi()
  admin = await api.tokenOf('owner')
})
afterAll(() => api.close())

type Method = 'POST' | 'PATCH' | 'DELETE'
const ask = async (method: Method, path: string, payload: object, token = admin) => {
  const answer = await api.server.app.inject({
    method,
    url: `/api/v1/${path}`,
    headers: { authorization: `Bearer ${token}` },
    ...(method === 'DELETE' ? {} : { payload }),
  })
  return { status: answer.statusCode, json: answer.json<Record<string, unknown>>() }
}

const NOBODY = '00000000-0000-7000-8000-000000000000'

it('names in every refusal the member the caller sent, whatever the command calls it', async () => {
  await ask('POST', 'teams', { key: 'core', name: 'Core' })
  await ask('POST', 'products', { key: 'atlas', name: 'Atlas', team: 'core' })
  const { json: contact } = await ask('POST', 'contacts', {
    customer: null,
    name: 'Carla',
    email: 'c@x.test',
  })
  await ask('POST', 'contacts', { customer: null, name: 'Dora', email: 'd@x.test' })
  const { json: ticket } = await ask('POST', 'tickets', { title: 'Export fails', description: '' })
  const { json: item } = await ask('POST', 'work-items', { title: 'Fix it', description: '' })
  const { json: release } = await ask('POST', 'releases', { product: 'atlas', name: '1.0' })
  const { json: comment } = await ask('POST', `tickets/${ticket['id']}/comments`, { text: 'first' })
  const of = { ticket: String(ticket['key']), item: String(item['key']), release: String(release['id']) }
  const stale = { revision: 99 }
  const refused = [
    ['PATCH', `tickets/${of.ticket}`, { ...stale, set: { title: 'x' } }, 412, '/revision'],
    ['PATCH', `tickets/${of.ticket}`, { set: { title: '   ' } }, 422, '/set/title'],
    ['PATCH', `tickets/${of.ticket}`, { set: { customer: 'nobody' } }, 404, '/set/customer'],
    ['POST', `tickets/${of.ticket}/resolve`, stale, 412, '/revision'],
    ['POST', `tickets/${NOBODY}/resolve`, {}, 404, '/ref'],
    ['POST', `tickets/${of.ticket}/assign`, { owner: 'nobody' }, 404, '/owner'],
    ['POST', `tickets/${of.ticket}/merge`, { into: of.ticket }, 422, '/into'],
    ['POST', `tickets/${NOBODY}/comments`, { text: 'hello' }, 404, '/ref'],
    ['POST', `tickets/${of.ticket}/comments`, { text: '  ' }, 422, '/text'],
    ['PATCH', `comments/${comment['id']}`, { ...stale, text: 'second' }, 412, '/revision'],
    ['PATCH', `comments/${comment['id']}`, { text: '  ' }, 422, '/text'],
    ['PATCH', `comments/${NOBODY}`, { text: 'second' }, 404, '/id'],
    ['POST', `tickets/${of.ticket}/escalate`, {}, 422, '/ref'],
    ['POST', `tickets/${NOBODY}/answer`, { answer: 'yes' }, 404, '/ref'],
    ['PATCH', `work-items/${of.item}`, { ...stale, set: { title: 'x' } }, 412, '/revision'],
    ['PATCH', `work-items/${of.item}`, { set: { assignee: 'nobody' } }, 404, '/set/assignee'],
    ['POST', `work-items/${NOBODY}/move`, { to: 'ready' }, 404, '/ref'],
    ['POST', `work-items/${of.item}/duplicate`, { of: of.item }, 422, '/of'],
    ['PATCH', `releases/${of.release}`, { ...stale, set: { name: '2.0' } }, 412, '/revision'],
    [
      'POST',
      `releases/${of.release}/estimate`,
      { estimate: { from: '2026-05-02', to: '2026-05-01', confidence: 50 } },
      422,
      '/estimate/to',
    ],
    ['POST', `releases/${NOBODY}/withdraw`, {}, 404, '/id'],
    ['PATCH', `contacts/${contact['id']}`, { email: 'd@x.test' }, 409, '/email'],
    ['PATCH', `contacts/${NOBODY}`, { name: 'x' }, 404, '/ref'],
    ['PATCH', 'teams/core', { members: ['nobody'] }, 404, '/members/0'],
    ['POST', 'components', { product: 'atlas', key: 'x', name: 'X', team: 'nobody' }, 404, '/team'],
    ['POST', `conflicts/${NOBODY}/settle`, { choice: 'hub' }, 404, '/id'],
    ['POST', `sync/${NOBODY}`, {}, 404, '/key'],
    ['POST', 'connections/none/pause', {}, 404, '/key'],
    ['DELETE', `attachments/${NOBODY}`, {}, 404, '/id'],
  ] as const
  const seen = []
  for (const [method, path, payload] of refused) {
    const { status, json } = await ask(method, path, payload)
    seen.push([method, path, payload, status, json['field']])
  }
  expect(seen).toEqual(refused)
})

it('names no member at all where the request has none for it, rather than one nobody sent', () => {
  const empty = { body: {}, query: {}, params: {} }
  expect(memberIn(empty, '/record/ref')).toBeNull()
  expect(memberIn({ ...empty, body: { text: Type.String() } }, '/body')).toBe('/text')
  expect(memberIn({ ...empty, params: { key: Type.String(), id: Type.String() } }, '/ticket')).toBeNull()
})
