import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../../../test/support/api.ts'

let api: TestApi
let agent: string
let customer: string
let engineer: string

const ask = async (token: string, path: string, payload?: object) =>
  api.ask(token, payload === undefined ? 'GET' : 'POST', path, payload)

beforeAll(async () => {
  api = await openTestApi()
  agent = await api.tokenOf('agent')
  engineer = await api.tokenOf('engineer')
  const acme = await api.customer('Acme')
  customer = await api.tokenOf('customer', { contactId: acme.contactId })
  for (const title of ['=HYPERLINK("http://evil.test","click")', 'Printer, "the big one"'])
    expect((await ask(agent, 'tickets', { title, description: 'x' })).statusCode).toBe(201)
})
afterAll(() => api.close())

describe('a list as a file', () => {
  it('has what the list shows, and nothing in it runs', async () => {
    const answer = await ask(agent, 'exports/tickets')
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['content-type']).toContain('text/csv')
    expect(answer.headers['content-disposition']).toMatch(
      /attachment; filename="causeway-tickets-2026-03-02\.csv"/,
    )
    const lines = answer.body.split('\r\n')
    expect(lines[0]).toMatch(/^\u{feff}"Key","Title"/u)
    expect(lines).toHaveLength(4)
    expect(answer.body).toContain(`"'=HYPERLINK(""http://evil.test"",""click"")"`)
    expect(answer.body).toContain('"Printer, ""the big one"""')
  })

  it('follows the same filters and query as the list', async () => {
    const lines = async (query: string) =>
      (await ask(agent, `exports/tickets?${query}`)).body.trim().split('\r\n').length - 1
    expect(await lines('q=printer')).toBe(1)
    expect(await lines('q=printer+-big')).toBe(0)
    expect(await lines('state=new')).toBe(2)
    expect((await ask(agent, 'exports/tickets?limit=5')).statusCode).toBe(422)
  })

  it('is open to whom the list is open', async () => {
    expect((await ask(customer, 'exports/tickets')).statusCode).toBe(403)
    expect((await ask(customer, 'exports/work-items')).statusCode).toBe(403)
    expect((await ask(engineer, 'exports/work-items')).statusCode).toBe(200)
  })

  it('is written down: who took what, before the first line left', async () => {
    const events = await api.database.db
      .selectFrom('event')
      .select(['actor', 'data'])
      .where('kind', '=', 'list.exported')
      .orderBy('seq')
      .execute()
    expect(events[0]).toMatchObject({ actor: { kind: 'token' }, data: { list: 'tickets', query: {} } })
    expect(events.some(({ data }) => (data['query'] as { q?: string }).q === 'printer')).toBe(true)
  })
})
