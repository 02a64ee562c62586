import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../../../test/support/api.ts'
import { forgetWords } from '../../store/forget-words.ts'

let api: TestApi
let owner = ''
beforeAll(async () => {
  api = await openTestApi()
  owner = await api.tokenOf('owner')
})
afterAll(() => api.close())

const ask = async (method: 'GET' | 'POST' | 'DELETE' | 'PATCH', url: string, payload?: object) => {
  const answer = await api.server.app.inject({
    method,
    url: `/api/v1${url}`,
    headers: { authorization: `Bearer ${owner}` },
    ...(payload === undefined ? {} : { payload }),
  })
  return { status: answer.statusCode, body: answer.body === '' ? null : answer.json() }
}

/** Rows of every table that people fill, so that nothing is overlooked. */
const counts = async (): Promise<Record<string, number>> => {
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_class t join pg_namespace n on n.oid = t.relnamespace
    where n.nspname = current_schema() and t.relkind = 'r' order by 1`.execute(api.database.db)
  const found: Record<string, number> = {}
  for (const { name } of rows) {
    if (/^(event|token|setting|kysely_.*|idempotency)$/.test(name)) continue
    const counted = await sql<{
      count: number
    }>`select count(*)::int as count from ${sql.table(name)}`.execute(api.database.db)
    found[name] = counted.rows[0]?.count ?? 0
  }
  return found
}

describe('sample data', () => {
  it('goes without a trace but in the log, when nobody touched it', async () => {
    const before = await counts()
    expect((await ask('GET', '/start')).body).toMatchObject({ isEmpty: true, sample: null })
    expect((await ask('POST', '/sample')).status).toBe(204)
    const { body } = await ask('GET', '/start')
    expect(body).toMatchObject({ isEmpty: false, sample: { since: api.clock.now.toISOString() } })
    expect(body.has.tickets).toBeGreaterThanOrEqual(5)
    const removal = await ask('GET', '/sample/removal')
    expect(removal.body).toMatchObject({
      yourTickets: 0,
      yourWorkItems: 0,
      yourComments: 0,
      yourParts: 0,
      touched: 0,
    })
    expect((await ask('DELETE', '/sample')).status).toBe(200)
    // the words in use, which nobody is ever shown, are forgotten by the next days' housekeeping
    await forgetWords(api.database.db, new Date(Date.now() + 2 * 86_400_000))
    expect(await counts()).toEqual(before)
    const log = await api.database.db
      .selectFrom('event')
      .select('kind')
      .where('kind', 'like', 'sample.%')
      .execute()
    expect(log.map(({ kind }) => kind).sort()).toEqual(['sample.added', 'sample.removed'])
  })

  it('is removed once only, and told so', async () => {
    const again = await ask('DELETE', '/sample')
    expect([again.status, again.body.reason.code]).toEqual([409, 'no-sample'])
  })

  it('takes along what people hung on it, after saying what, and leaves what is theirs', async () => {
    expect((await ask('POST', '/sample')).status).toBe(204)
    const { items } = (await ask('GET', '/tickets')).body
    const escalated = items.find((one: { escalation: unknown }) => one.escalation !== null) ?? items[0]
    await ask('POST', `/tickets/${items[0].key}/comments`, { text: 'A word of mine', audience: 'staff' })
    const mine = (
      await ask('POST', '/tickets', {
        title: 'Of a sample customer',
        description: 'x',
        customer: 'northwind',
      })
    ).body
    const own = (await ask('POST', '/customers', { key: 'acme', name: 'Acme' })).body
    const kept = (
      await ask('POST', '/tickets', {
        title: 'About a sample product',
        description: 'x',
        customer: 'acme',
        product: 'portal',
      })
    ).body
    const reach = (await ask('GET', '/sample/removal')).body
    expect(reach).toMatchObject({ yourTickets: 1, yourComments: 1, touched: 1 })
    const removed = await ask('DELETE', '/sample')
    expect(removed.body).toEqual(reach)
    expect((await ask('GET', `/tickets/${mine.key}`)).status).toBe(404)
    expect((await ask('GET', `/tickets/${escalated.key}`)).status).toBe(404)
    const left = await ask('GET', `/tickets/${kept.key}`)
    expect([left.status, left.body.product, left.body.customer.id]).toEqual([200, null, own.id])
    expect((await ask('GET', '/tickets')).body.items.length).toBe(1)
  })

  it('is refused where there is something of one’s own already', async () => {
    const refused = await ask('POST', '/sample')
    expect([refused.status, refused.body.reason.code]).toEqual([409, 'hub-not-empty'])
  })
})

describe('a sample team that owns a component of one’s own', () => {
  it('stops the removal, because the component would be lost with it', async () => {
    await sql`delete from ticket`.execute(api.database.db)
    await sql`delete from customer`.execute(api.database.db)
    expect((await ask('POST', '/sample')).status).toBe(204)
    await ask('POST', '/teams', { key: 'mine', name: 'Mine' })
    await ask('POST', '/products', { key: 'own', name: 'Own', team: 'mine' })
    const component = await ask('POST', '/components', {
      product: 'own',
      key: 'core',
      name: 'Core',
      team: 'sample-portal',
    })
    expect(component.status).toBe(201)
    const refused = await ask('DELETE', '/sample')
    expect([refused.status, refused.body.reason]).toEqual([
      409,
      { code: 'sample-in-use', values: { names: 'Own · Core' } },
    ])
    await ask('PATCH', `/components/${component.body.id}`, { team: 'mine' })
    expect((await ask('DELETE', '/sample')).status).toBe(200)
    expect((await ask('GET', '/products')).body.items.map((one: { key: string }) => one.key)).toEqual(['own'])
  })
})
