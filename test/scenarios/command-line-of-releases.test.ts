import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../support/api.ts'
import { runLine } from '../support/command-line.ts'

/** What surrounds a release, as somebody at a terminal does it. */
let api: TestApi
let owner: string
let env: Readonly<Record<string, string>>
beforeAll(async () => {
  api = await openTestApi()
  const person = await ask<{ id: string }>(await api.tokenOf('owner'), 'POST', 'people', {
    ...{ name: 'Olga', email: 'olga@acme.example', roles: ['owner'] },
  })
  owner = await api.tokenOf('owner', { personId: person.id })
  await ask(owner, 'POST', 'teams', { key: 'web', name: 'Web' })
  await ask(owner, 'POST', 'products', { key: 'shop', name: 'Shop', team: 'web' })
  env = {
    CAUSEWAY_URL: await api.server.app.listen({ host: '127.0.0.1', port: 0 }),
    CAUSEWAY_TOKEN: owner,
  }
})
afterAll(() => api?.close())

const ask = async <T>(token: string, method: 'GET' | 'POST', path: string, body?: object): Promise<T> => {
  const answer = await api.ask(token, method, path, body)
  if (answer.statusCode >= 300) throw new Error(`${method} ${path}: ${answer.statusCode} ${answer.body}`)
  return answer.json()
}
const line = (...words: readonly string[]) => runLine([...words], null, env)

it('an environment is seen and booked, and whoever comes second is told who has it', async () => {
  expect((await line('environments')).out).toBe('There are no environments.\n')
  await ask(owner, 'POST', 'environments', {
    ...{ key: 'uat', name: 'UAT', product: 'shop', purpose: 'Acceptance', isShareable: false },
  })
  const times = ['--from', '2026-03-03T09:00:00Z', '--to', '2026-03-03T12:00:00Z']
  const booked = await line('environments', 'book', 'uat', ...times, '--for', 'Acceptance of 4.3')
  expect([booked.exit, booked.out]).toEqual([
    0,
    expect.stringContaining('uat is Olga’s from 2026-03-03T09:00'),
  ])
  expect((await line('environments')).out).toMatch(/uat\s+shop\s+free\s+2026-03-03T09:00/)
  const second = await line('environments', 'book', 'uat', ...times, '--for', 'Something else')
  expect([second.exit, second.err]).toEqual([5, expect.stringContaining('Olga')])
})

it('wishes are listed with their figures, and one is decided for all who asked', async () => {
  expect((await line('wishes')).out).toContain('Nobody wishes')
  const { customerId, contactId } = await api.customer('Acme')
  const ticket = await ask<{ key: string }>(owner, 'POST', 'tickets', {
    ...{ title: 'Export to PDF', description: '', kind: 'enhancement request', product: 'shop' },
    ...{ customer: customerId, contact: contactId },
  })
  const wish = await ask<{ key: string }>(owner, 'POST', 'enhancements', {
    ...{ title: 'Sheets as PDF', problem: 'Nobody can read them.', product: 'shop', ticket: ticket.key },
  })
  expect((await line('wishes', '--order', 'customers')).out).toMatch(
    new RegExp(`${wish.key}.*1\\s+1.*Sheets as PDF`),
  )
  const wrong = await line('wishes', 'decide', wish.key, '--decision', 'perhaps', '--words', 'x')
  expect([wrong.exit, wrong.err]).toEqual([2, expect.stringContaining('accept or decline')])
  const words = 'We do not build it: printing to PDF does the same.'
  const decided = await line('wishes', 'decide', wish.key, '--decision', 'decline', '--words', words)
  expect([decided.exit, decided.out]).toEqual([0, expect.stringContaining(`${wish.key} is declined`)])
  const { items } = await ask<{ items: readonly { text: string }[] }>(
    owner,
    'GET',
    `tickets/${ticket.key}/comments`,
  )
  expect(items.filter(({ text }) => text.includes('printing to PDF'))).toHaveLength(1)
})

it('causes of an incident are listed, confirmed by their number, and taken back', async () => {
  await ask(owner, 'POST', 'flag-flips', {
    ...{ flag: 'new-cart', product: 'shop', from: 'off', to: 'on', source: 'toggles' },
  })
  api.clock.now = new Date(api.clock.now.getTime() + 600_000)
  const ticket = await ask<{ key: string }>(owner, 'POST', 'tickets', {
    ...{ title: 'Cart is empty', description: '', kind: 'incident', product: 'shop' },
  })
  const listed = await line('causes', ticket.key)
  expect([listed.exit, listed.out]).toEqual([
    0,
    expect.stringMatching(/assumed[\s\S]*flag flip.*new-cart.*suspected/),
  ])
  expect((await line('causes', 'confirm', ticket.key, '--cause', '1')).out).toMatch(/new-cart.*confirmed/)
  expect((await line('causes', 'reopen', ticket.key, '--cause', '1')).out).toMatch(/new-cart.*suspected/)
  const none = await line('causes', 'clear', ticket.key, '--cause', '9')
  expect([none.exit, none.err]).toEqual([5, expect.stringContaining('There is no cause 9')])
})
