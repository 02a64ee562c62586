import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../support/api.ts'

/** Support takes an escalation back, and takes that back again; told through the API as each side asks it. */
let api: TestApi
const tokens: Record<string, string> = {}
let contactId = ''

type Json = Record<string, unknown>
interface Asked {
  readonly status: number
  readonly body: Json
  readonly text: string
}
const ask = async (
  who: string,
  method: 'GET' | 'POST' | 'PATCH',
  path: string,
  payload?: object,
): Promise<Asked> => {
  const answer = await api.server.app.inject({
    method,
    url: `/api/v1/${path}`,
    headers: { authorization: `Bearer ${tokens[who]}` },
    ...(payload === undefined ? {} : { payload }),
  })
  const text = answer.body
  return { status: answer.statusCode, body: text === '' ? {} : (JSON.parse(text) as Json), text }
}
const get = async (who: string, path: string): Promise<Json> => (await ask(who, 'GET', path)).body
const at = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, name) => (inner as Json | undefined)?.[name], value)

beforeAll(async () => {
  api = await openTestApi()
  for (const role of ['owner', 'agent', 'engineer', 'lead'] as const) tokens[role] = await api.tokenOf(role)
  await ask('owner', 'POST', 'teams', { key: 'core', name: 'Core' })
  await ask('owner', 'POST', 'products', { key: 'atlas', name: 'Atlas', team: 'core' })
  contactId = (await api.customer('Acme')).contactId
  tokens['customer'] = await api.tokenOf('customer', { contactId })
})
afterAll(() => api.close())

const ticket = async (): Promise<string> =>
  String(
    at(
      await ask('agent', 'POST', 'tickets', {
        ...{ title: 'Export stops', description: 'at 1 MB', product: 'atlas', contact: contactId },
      }),
      'body',
      'key',
    ),
  )
const escalated = async (key: string): Promise<string> =>
  String(at(await ask('agent', 'POST', `tickets/${key}/escalate`, {}), 'body', 'workItem', 'key'))
const withdraw = (key: string, reason = 'The customer found it: a full disk') =>
  ask('agent', 'POST', `tickets/${key}/withdraw`, { reason })
const reinstate = (key: string) => ask('agent', 'POST', `tickets/${key}/reinstate`, {})
const bondOf = async (key: string) => at(await get('agent', `tickets/${key}`), 'inside', 'escalation') as Json
const notesOn = async (item: string, who = 'engineer') =>
  ((await get(who, `work-items/${item}/timeline`))['items'] as Json[]).flatMap((entry) =>
    entry['type'] === 'comment' ? [String(entry['text'])] : [],
  )

describe('withdrawing an escalation', () => {
  it('ends the bond of that ticket alone, with a reason that engineering reads where they work', async () => {
    const [mine, other] = [await ticket(), await ticket()]
    const item = await escalated(mine)
    await ask('agent', 'POST', `tickets/${other}/join`, { workItem: item })
    expect((await withdraw(mine, '  ')).status).toBe(422)
    expect((await withdraw(mine)).body).toEqual({ workItem: { key: item } })
    expect(await get('agent', `tickets/${mine}`)).toMatchObject({
      engineeringStatus: 'Not sent',
      release: null,
      inside: { escalation: { state: 'withdrawn', reason: 'The customer found it: a full disk' } },
    })
    expect((await bondOf(other))['state']).toBe('sent')
    const seen = await get('engineer', `work-items/${item}`)
    expect((seen['tickets'] as Json[]).map(({ key }) => key)).toEqual([other])
    expect(await notesOn(item)).toEqual([`${mine} is withdrawn: The customer found it: a full disk`])
    // the other ticket is another customer's: nothing of this one shows there
    expect(await notesOn(item, 'agent')).toEqual([])
    expect((await ask('agent', 'GET', `tickets/${other}/timeline`)).text).not.toContain('full disk')
  })

  it('shows a lead what was withdrawn and why, among the escalations that ended', async () => {
    const mine = await ticket()
    await escalated(mine)
    await withdraw(mine, 'Meant another product')
    const listed = async (query: string) =>
      ((await get('lead', `escalations?limit=200${query}`))['items'] as Json[]).filter(
        (one) => at(one, 'ticket', 'key') === mine,
      )
    expect(await listed('')).toEqual([])
    expect(await listed('&ended=true')).toMatchObject([
      { state: 'withdrawn', move: 'nobody', reason: 'Meant another product' },
    ])
  })

  it('tells a customer nothing of it, and nothing any more of what was said on that work', async () => {
    const mine = await ticket()
    const item = await escalated(mine)
    await ask('engineer', 'POST', `work-items/${item}/accept`, {})
    await ask('engineer', 'PATCH', `work-items/${item}`, { set: { workaround: 'Split the file' } })
    await ask('engineer', 'POST', `work-items/${item}/comments`, { text: 'We look', audience: 'everyone' })
    const request = async () => (await ask('customer', 'GET', `portal/requests/${mine}`)).text
    const words = async () => (await ask('customer', 'GET', `portal/requests/${mine}/timeline`)).text
    expect(await request()).toContain('Split the file')
    expect(await words()).toContain('We look')
    await withdraw(mine, 'Wrong part of the house')
    expect(await request()).toContain('"progress":"Not sent"')
    expect(`${await request()}${await words()}`).not.toMatch(/Split the file|We look|Wrong part|withdraw/i)
    expect((await ask('agent', 'GET', `tickets/${mine}`)).text).not.toContain('Split the file')
    await reinstate(mine)
    expect(await request()).toContain('Split the file')
    expect(await words()).toContain('We look')
  })

  it('wakes a ticket that waited for what engineering does, and taking it back lets it sleep again', async () => {
    const mine = await ticket()
    await escalated(mine)
    await ask('agent', 'POST', `tickets/${mine}/snooze`, { waitingFor: 'release' })
    await withdraw(mine)
    expect(await get('agent', `tickets/${mine}`)).toMatchObject({ state: 'open', needs: 'investigating' })
    expect((await reinstate(mine)).status).toBe(200)
    expect(await get('agent', `tickets/${mine}`)).toMatchObject({ state: 'waiting', waitingFor: 'release' })
  })

  it('is for support: neither engineering nor a customer may', async () => {
    const mine = await ticket()
    await escalated(mine)
    for (const who of ['engineer', 'customer'])
      expect((await ask(who, 'POST', `tickets/${mine}/withdraw`, { reason: 'x' })).status).toBe(403)
    expect((await bondOf(mine))['state']).toBe('sent')
  })

  it('means nothing where nothing is with engineering', async () => {
    const mine = await ticket()
    expect((await withdraw(mine)).body).toMatchObject({ code: 'wrong-state' })
    expect((await reinstate(mine)).body).toMatchObject({ code: 'wrong-state' })
    await escalated(mine)
    await withdraw(mine)
    expect((await withdraw(mine)).status).toBe(409)
  })
})

describe('taking a withdrawal back', () => {
  it('is again what it was, with the question that is still owed', async () => {
    const mine = await ticket()
    const item = await escalated(mine)
    await ask('engineer', 'POST', `work-items/${item}/ask`, { question: 'Which browser?' })
    const before = await bondOf(mine)
    await withdraw(mine)
    expect((await bondOf(mine))['question']).toBeNull()
    expect((await reinstate(mine)).body).toEqual({ workItem: { key: item } })
    expect(await bondOf(mine)).toMatchObject({
      ...{ state: 'more information asked', question: before['question'], endedAt: null, reason: null },
      asked: { text: 'Which browser?' },
    })
    expect((await ask('agent', 'POST', `tickets/${mine}/answer`, { answer: 'Firefox' })).status).toBe(201)
    expect((await notesOn(item)).filter((text) => text.includes(mine))).toHaveLength(2)
  })

  it('is as far as the work is by then', async () => {
    const mine = await ticket()
    const item = await escalated(mine)
    await withdraw(mine)
    await ask('engineer', 'POST', `work-items/${item}/move`, { to: 'done' })
    expect((await bondOf(mine))['state']).toBe('withdrawn')
    await reinstate(mine)
    expect((await bondOf(mine))['state']).toBe('fixed')
  })

  it('is refused where engineering has said no, or where the ticket is with somebody else by now', async () => {
    const [declined, anew] = [await ticket(), await ticket()]
    const item = await escalated(declined)
    await withdraw(declined)
    await ask('engineer', 'POST', `work-items/${item}/decline`, { reason: 'As it is meant to be.' })
    expect((await reinstate(declined)).body).toMatchObject({
      code: 'wrong-state',
      detail: expect.stringContaining('Escalate the ticket again'),
    })
    const first = await escalated(anew)
    await withdraw(anew)
    const second = await escalated(anew)
    expect(second).not.toBe(first)
    expect((await reinstate(anew)).status).toBe(409)
    expect(await get('agent', `tickets/${anew}`)).toMatchObject({ inside: { workItem: { key: second } } })
  })
})
