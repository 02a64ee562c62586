import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../../../test/support/api.ts'
import type { Role } from '../../domain/words.ts'

let api: TestApi
const tokens = new Map<Role, string>()
let ticket = ''
beforeAll(async () => {
  api = await openTestApi()
  for (const role of ['owner', 'admin', 'auditor', 'lead'] as const) tokens.set(role, await api.tokenOf(role))
  const headers = { authorization: `Bearer ${tokens.get('owner')}` }
  const made = await api.server.app.inject({
    method: 'POST',
    url: '/api/v1/tickets',
    headers,
    remoteAddress: '192.0.2.44',
    payload: { title: 'Secret words of a customer', description: 'x' },
  })
  ticket = made.json().key
  await api.server.app.inject({
    method: 'PATCH',
    url: `/api/v1/tickets/${ticket}`,
    headers,
    payload: { set: { title: 'Other secret words' } },
  })
  await api.server.app.inject({
    method: 'POST',
    url: '/api/v1/teams',
    headers,
    payload: { key: 'a', name: 'Alpha' },
  })
  await api.server.app.inject({
    method: 'POST',
    url: '/api/v1/session',
    remoteAddress: '203.0.113.9',
    payload: { email: 'nobody@desk.example', password: 'not it at all' },
  })
})
afterAll(() => api.close())

const ask = async (role: Role, query = '') => {
  const answer = await api.server.app.inject({
    url: `/api/v1/audit${query}`,
    headers: { authorization: `Bearer ${tokens.get(role)}` },
  })
  return {
    status: answer.statusCode,
    text: answer.body,
    items: answer.json().items ?? [],
    next: answer.json().next,
  }
}
const kinds = (items: readonly { kind: string }[]) => items.map(({ kind }) => kind)

describe('the audit log', () => {
  it('says who did what to which record, and from where', async () => {
    const { items } = await ask('auditor', `?record=${ticket.toLowerCase()}`)
    expect(items.at(-1)).toMatchObject({
      kind: 'ticket.created',
      actor: { kind: 'token', name: 'test owner' },
      record: { kind: 'ticket', key: ticket, name: 'Other secret words' },
      address: '192.0.2.44',
    })
  })

  it('shows an admin that a ticket was changed, and nothing that stands in it', async () => {
    const { items, text } = await ask('admin', `?record=${ticket}`)
    expect(kinds(items)).toContain('ticket.changed')
    expect(items[0].record).toMatchObject({ key: ticket, name: null })
    expect(text).not.toContain('ecret words')
    expect((await ask('admin', '?group=people')).text).toContain('Alpha')
  })

  it('has the refused sign-ins, those of nobody we know among them', async () => {
    const { items, text } = await ask('owner', '?group=signing%20in')
    expect(items[0]).toMatchObject({ kind: 'account.refused', record: null, address: '203.0.113.9' })
    // what was typed may be a password in the wrong field
    expect(text).not.toContain('nobody@desk.example')
  })

  it('is paged, the latest first, and each entry comes once', async () => {
    const all = (await ask('owner', '?limit=200')).items.map(({ id }: { id: string }) => id)
    const seen: string[] = []
    for (let cursor = ''; ; ) {
      const { items, next } = await ask('owner', `?limit=2${cursor}`)
      seen.push(...items.map(({ id }: { id: string }) => id))
      if (next === null) break
      cursor = `&cursor=${next}`
    }
    expect(seen).toEqual(all)
    const grouped = await ask('owner', '?group=records&limit=1')
    const after = await ask('owner', `?group=records&limit=1&cursor=${grouped.next}`)
    expect([...kinds(grouped.items), ...kinds(after.items)]).toEqual(['ticket.changed', 'ticket.created'])
  })

  it('is asked by who and when, and refuses what is neither', async () => {
    const at = api.clock.now.toISOString()
    expect((await ask('owner', `?until=${at}`)).items).toEqual([])
    expect((await ask('owner', `?from=${at}&actor=system`)).items.length).toBeGreaterThan(0)
    const actor = (await ask('owner', '?group=people')).items[0].actor.id
    const theirs = await ask('owner', `?actor=${actor}`)
    expect(new Set(theirs.items.map((one: { actor: { id: string } }) => one.actor.id))).toEqual(
      new Set([actor]),
    )
    for (const wrong of ['?actor=everybody', '?from=yesterday', '?group=secrets', '?cursor=x'])
      expect([wrong, (await ask('owner', wrong)).status]).toEqual([wrong, 422])
  })

  it('is closed to a lead, who looks after work and not after people', async () => {
    expect((await ask('lead')).status).toBe(403)
  })
})
