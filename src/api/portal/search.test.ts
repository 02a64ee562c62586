import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../../../test/support/api.ts'

let api: TestApi
let mine: string
let theirs: string
let request = ''

const ask = async (token: string, method: 'GET' | 'POST', path: string, payload?: object) => {
  const answer = await api.server.app.inject({
    method,
    url: `/api/v1/${path}`,
    headers: { authorization: `Bearer ${token}` },
    ...(payload === undefined ? {} : { payload }),
  })
  expect([path, answer.statusCode < 300, answer.body]).toEqual([path, true, expect.any(String)])
  return answer.json<{ key: string; items: readonly { key: string }[] }>()
}
const keys = async (token: string, path: string, text: string) =>
  (await ask(token, 'GET', `portal/${path}?text=${encodeURIComponent(text)}`)).items.map(({ key }) => key)
const found = (token: string, text: string) => keys(token, 'requests', text)

beforeAll(async () => {
  api = await openTestApi()
  const acme = await api.customer('Acme')
  const globex = await api.customer('Globex')
  mine = await api.tokenOf('customer', { contactId: acme.contactId })
  theirs = await api.tokenOf('customer', { contactId: globex.contactId })
  const agent = await api.tokenOf('agent')
  request = (
    await ask(mine, 'POST', 'portal/requests', {
      title: 'Our turnstile is stuck',
      description: 'It shows a capybara.',
    })
  ).key
  for (const [text, audience] of [
    ['Please oil the hinges.', 'everyone'],
    ['A pelican sits in it.', 'support'],
  ])
    await ask(agent, 'POST', `tickets/${request}/comments`, { text, audience })
})
afterAll(() => api.close())

it('finds a request by its title, its text and by what was said to it for everyone', async () => {
  for (const text of ['turnstile', 'stuck turn', 'capybara', 'hinges', 'hing', request])
    expect([text, await found(mine, text)]).toEqual([text, [request]])
  expect(await found(mine, 'zebra')).toEqual([])
})

it('forgives slips of the keys, because whoever asks for help is in a hurry', async () => {
  for (const text of ['turnstyle', 'capibara', 'hinegs', 'stukc turnstile'])
    expect([text, await found(mine, text)]).toEqual([text, [request]])
  expect(await keys(mine, 'likely', 'the turnstyle does not turn')).toEqual([request])
})

it('never answers by what was said inside, nor by what others asked, though the words in use are shared', async () => {
  for (const text of ['pelican', 'pelicann']) expect([text, await found(mine, text)]).toEqual([text, []])
  for (const text of ['turnstile', 'turnstyle', 'hinges', 'capibara'])
    expect([text, await found(theirs, text)]).toEqual([text, []])
  expect(await keys(theirs, 'likely', 'our turnstile is stuck')).toEqual([])
})

it('takes whatever is typed', async () => {
  for (const text of ["'", '\\', '%', '_', "o'neil & co", '🙂', '(a|b)&!c:*', 'x'.repeat(200)])
    expect([text, await found(mine, text)]).toEqual([text, []])
})
