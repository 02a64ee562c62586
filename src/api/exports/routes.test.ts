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

  it('brings the audit log to whom it is open, and without the words for an admin', async () => {
    const [owner, admin] = [await api.tokenOf('owner'), await api.tokenOf('admin')]
    expect((await ask(agent, 'exports/audit')).statusCode).toBe(403)
    const whole = await ask(owner, 'exports/audit?group=records')
    expect(whole.headers['content-disposition']).toMatch(/causeway-audit-2026-03-02\.csv/)
    expect(whole.body.split('\r\n')[0]).toMatch(/^\u{feff}"At","Who"/u)
    expect(whole.body).toContain(`"'=HYPERLINK(""http://evil.test"",""click"")"`)
    expect(whole.body).not.toContain('"token.created"')
    const masked = (await ask(admin, 'exports/audit?group=records')).body
    expect(masked).toContain('"ticket.created"')
    expect(masked).not.toMatch(/HYPERLINK|big one/)
    expect((await ask(owner, 'exports/audit?from=yesterday')).statusCode).toBe(422)
    // taking the log out stands in the log
    expect((await ask(owner, 'exports/audit?group=settings')).body).toContain('"list.exported"')
  })

  it('brings all of a long log, page after page, each line once', async () => {
    const owner = await api.tokenOf('owner')
    const made = Array.from({ length: 230 }, (_, n) =>
      ask(agent, 'tickets', { title: `n ${n}`, description: '' }),
    )
    await Promise.all(made)
    const lines = (await ask(owner, 'exports/audit?group=records')).body.trim().split('\r\n').slice(1)
    const ids = lines.map((line) => line.split(',').at(-1))
    expect(lines.length).toBeGreaterThanOrEqual(232)
    expect(new Set(ids).size).toBe(lines.length)
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
