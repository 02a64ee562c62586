import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../support/api.ts'

/** Customers wish for things: their tickets are filed, the demand is seen, and what is decided and built is told to all. */
let api: TestApi
let token: string

const ask = async <T>(
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  body?: object,
  status?: number,
): Promise<T> => {
  const answer = await api.ask(token, method, path, body)
  const isRight = status === undefined ? answer.statusCode < 300 : answer.statusCode === status
  expect([path, isRight ? '' : `${answer.statusCode} ${answer.body}`]).toEqual([path, ''])
  return (answer.statusCode === 204 ? null : answer.json()) as T
}
const later = (minutes: number): void => {
  api.clock.now = new Date(api.clock.now.getTime() + minutes * 60_000)
}

interface Wish {
  readonly id: string
  readonly key: string
  readonly standing: string
  readonly demand: object
  readonly workItem: { readonly key: string } | null
}
interface Ticket {
  readonly key: string
}
const customer = (key: string, tier: string | null, revenue: number | null) =>
  ask('POST', 'customers', { key, name: key, tier, revenue })
const wishes = async (of: string, title = 'Export to PDF'): Promise<string> => {
  const description = 'I want to send my sheets to people who have no account.'
  const more = { customer: of, product: 'atlas', component: 'sheets', kind: 'enhancement request' }
  return (await ask<Ticket>('POST', 'tickets', { title, description, ...more })).key
}
const file = (ticket: string, importance: number | null = null): Promise<Wish> =>
  ask('POST', 'enhancements', {
    ...{ title: 'Sheets as PDF', problem: 'People without an account cannot read our sheets.' },
    ...{ product: 'atlas', component: 'sheets', ticket, importance },
  })
const join = (key: string, ticket: string, importance: number | null = null): Promise<Wish> =>
  ask('POST', `enhancements/${key}/asks`, { ticket, importance })
const one = (key: string): Promise<Wish> => ask('GET', `enhancements/${key}`)
const decide = (key: string, decision: string, words: string): Promise<Wish> =>
  ask('POST', `enhancements/${key}/decide`, { decision, words })
const asks = async (
  key: string,
): Promise<readonly { id: string; toldAt: string | null; via: string | null }[]> =>
  (await ask<{ items: [] }>('GET', `enhancements/${key}/asks`)).items
/** What the customer reads on a ticket, the first first. */
const said = async (ticket: string): Promise<readonly string[]> => {
  const { items } = await ask<{ items: { audience: string; text: string }[] }>(
    'GET',
    `tickets/${ticket}/comments`,
  )
  return items.flatMap(({ audience, text }) => (audience === 'everyone' ? [text.trim()] : []))
}
const keysOf = async (path: string): Promise<readonly string[]> =>
  (await ask<{ items: { key: string }[] }>('GET', path)).items.map(({ key }) => key)

beforeEach(async () => {
  api = await openTestApi()
  token = await api.tokenOf('owner')
  await ask('POST', 'teams', { key: 'core', name: 'Core' })
  await ask('POST', 'products', { key: 'atlas', name: 'Atlas' })
  await ask('POST', 'components', { product: 'atlas', key: 'sheets', name: 'Sheets', team: 'core' })
  await customer('acme', 'gold', 120_000)
  await customer('globex', 'gold', null)
  await customer('initech', null, 30_000)
})
afterEach(() => api.close())

describe('a wish', () => {
  it('waits in an intake of its own until it is filed, and never among the defects', async () => {
    const first = await wishes('acme')
    await ask('POST', 'tickets', { title: 'A crash', description: '', customer: 'acme' })
    expect(await keysOf('enhancements/unfiled')).toEqual([first])
    await ask('POST', `tickets/${first}/escalate`, {})
    expect(await keysOf('triage')).toEqual([])
    const { key, workItem } = await file(first)
    expect(workItem).not.toBeNull()
    expect(await keysOf('enhancements/unfiled')).toEqual([])
    const second = await wishes('globex', 'PDF export of sheets')
    const { suggestions } = await ask<{ suggestions: { key: string; reasons: string[] }[] }>(
      'GET',
      `tickets/${second}/wish`,
    )
    expect(suggestions).toMatchObject([{ key, reasons: expect.arrayContaining(['same component']) }])
    await join(key, second)
    expect(await ask('GET', `tickets/${second}/wish`)).toMatchObject({
      ask: { enhancement: { key } },
      suggestions: [],
    })
  })

  it('shows each figure of its demand by itself, and is sorted by one of them', async () => {
    const { key, id } = await file(await wishes('acme'), 3)
    for (const [of, importance] of [
      ['acme', 1],
      ['globex', 3],
      ['initech', null],
    ] as const)
      await join(key, await wishes(of), importance)
    expect(await one(key)).toMatchObject({
      demand: {
        ...{ tickets: 4, customers: 3, tiers: { gold: 2, '': 1 }, revenue: 150_000 },
        importance: [0, 1, 0, 2, 1],
      },
    })
    const small = await file(await wishes('globex'), 2)
    expect(await keysOf('enhancements')).toEqual([small.key, key])
    for (const order of ['customers', 'tickets', 'revenue', 'important']) {
      expect([order, await keysOf(`enhancements?order=${order}`)]).toEqual([order, [key, small.key]])
      const page = await ask<{ items: { id: string }[]; next: string }>(
        'GET',
        `enhancements?order=${order}&limit=1`,
      )
      expect(page.items[0]?.id).toBe(id)
      expect(await keysOf(`enhancements?order=${order}&limit=1&cursor=${page.next}`)).toEqual([small.key])
    }
    expect(await one(small.key)).toMatchObject({ demand: { revenue: null } })
  })

  it('is asked for by a ticket once, and a wrong one is taken back', async () => {
    const ticket = await wishes('acme')
    const { key } = await file(ticket)
    const other = await file(await wishes('globex'))
    const refused = await ask<object>('POST', `enhancements/${other.key}/asks`, { ticket }, 409)
    expect(refused).toMatchObject({ code: 'already-done', existing: { kind: 'enhancement', key } })
    const [mine] = await asks(key)
    await ask('DELETE', `enhancement-asks/${mine?.id}`)
    expect(await join(other.key, ticket)).toMatchObject({ demand: { tickets: 2 } })
  })
})

describe('a decision', () => {
  it('is told once on every ticket that asks, also on one that asks later, and not twice', async () => {
    const [first, second, late] = [await wishes('acme'), await wishes('globex'), await wishes('initech')]
    const { key } = await file(first)
    await join(key, second)
    await ask('POST', `enhancements/${key}/review`, {})
    expect((await one(key)).standing).toBe('under review')
    expect((await decide(key, 'decline', 'We **will not** build this: print to PDF does it.')).standing).toBe(
      'declined',
    )
    for (const ticket of [first, second])
      expect(await said(ticket)).toEqual(['We **will not** build this: print to PDF does it.'])
    await join(key, late)
    expect(await said(late)).toHaveLength(1)
    expect((await asks(key)).map(({ toldAt }) => toldAt !== null)).toEqual([true, true, true])
    await ask('POST', `enhancements/${key}/decide`, { decision: 'accept', words: 'No, we do.' }, 409)
    expect(await said(first)).toHaveLength(1)
  })

  it('that is taken back and made anew is told anew', async () => {
    const ticket = await wishes('acme')
    const { key } = await file(ticket)
    await decide(key, 'decline', 'Not now.')
    expect((await ask<Wish>('POST', `enhancements/${key}/reopen`, {})).standing).toBe('under review')
    expect(await decide(key, 'accept', 'After all: yes.')).toMatchObject({
      standing: 'planned',
      decision: { words: 'After all: yes.' },
    })
    expect(await said(ticket)).toHaveLength(2)
  })

  it('is told in the ticket that an asking one was merged into, once, and that one waits for the work', async () => {
    const [first, second, third] = [await wishes('acme'), await wishes('acme'), await wishes('acme')]
    const { key } = await file(first)
    await join(key, second)
    await join(key, third)
    const { key: open } = await ask<Ticket>('POST', 'tickets', {
      ...{ title: 'All about sheets', description: '', customer: 'acme', product: 'atlas' },
    })
    await ask('POST', `tickets/${first}/merge`, { into: open })
    await ask('POST', `tickets/${second}/merge`, { into: third })
    await decide(key, 'accept', 'We build it.')
    expect([await said(open), await said(third)]).toEqual([['We build it.'], ['We build it.']])
    expect((await asks(key)).map(({ toldAt }) => toldAt !== null)).toEqual([true, true, true])
    const { workItem } = await ask<Wish>('POST', `enhancements/${key}/build`, {})
    expect(await ask('GET', `work-items/${workItem?.key}`)).toMatchObject({ ticketCount: 2 })
  })

  it('is for owners and leads, and is not made of no words', async () => {
    const { key } = await file(await wishes('acme'))
    await ask('POST', `enhancements/${key}/decide`, { decision: 'accept', words: '  ' }, 422)
    const agent = await api.tokenOf('agent')
    expect(
      (await api.ask(agent, 'POST', `enhancements/${key}/decide`, { decision: 'accept', words: 'Yes.' }))
        .statusCode,
    ).toBe(403)
    expect((await api.ask(agent, 'POST', `enhancements/${key}/review`, {})).statusCode).toBe(200)
  })
})

describe('two requests for the same', () => {
  it('are merged: their demand counts together, those who asked hear what was decided, and it can be taken back', async () => {
    const [first, second] = [await wishes('acme'), await wishes('globex')]
    const [kept, gone] = [await file(first), await file(second)]
    await decide(kept.key, 'accept', 'We build it.')
    expect(await ask('POST', `enhancements/${gone.key}/merge`, { into: kept.key })).toMatchObject({
      ...{ key: kept.key, demand: { tickets: 2, customers: 2 }, merged: [{ key: gone.key }] },
    })
    expect(await said(second)).toEqual(['We build it.'])
    expect((await asks(kept.key)).map(({ via }) => via)).toEqual([null, gone.key])
    expect(await keysOf('enhancements')).toEqual([kept.key])
    expect(await one(gone.key)).toMatchObject({ standing: 'merged', mergedInto: { key: kept.key } })
    // who asks for the merged one asks for the one it went into
    expect((await join(gone.key, await wishes('initech'))).key).toBe(kept.key)
    expect(await ask('POST', `enhancements/${gone.key}/unmerge`, {})).toMatchObject({
      standing: 'new',
      demand: { tickets: 1 },
    })
    await ask('POST', `enhancements/${kept.key}/merge`, { into: kept.key }, 422)
  })

  it('tell who heard one decision of the other one, though each was the first of its own', async () => {
    const [first, second] = [await wishes('acme'), await wishes('globex')]
    const [kept, gone] = [await file(first), await file(second)]
    await decide(gone.key, 'decline', 'Not now.')
    await decide(kept.key, 'accept', 'We build it.')
    await ask('POST', `enhancements/${gone.key}/merge`, { into: kept.key })
    expect(await said(second)).toEqual(['Not now.', 'We build it.'])
    // apart again, and decided anew: that is news too
    await ask('POST', `enhancements/${gone.key}/unmerge`, {})
    await ask('POST', `enhancements/${gone.key}/reopen`, {})
    await decide(gone.key, 'decline', 'Not this one.')
    expect(await said(second)).toEqual(['Not now.', 'We build it.', 'Not this one.'])
    expect(await said(first)).toEqual(['We build it.'])
  })
})

describe('what is built', () => {
  it('are joined by a ticket while they are merged: it hears what was decided, whoever came first', async () => {
    const into = await file(await wishes('acme'))
    await decide(into.key, 'accept', 'It comes.')
    const late = await Promise.all(['acme', 'globex', 'initech'].map((each) => wishes(each)))
    for (const ticket of late) {
      const other = await file(await wishes('acme'))
      await Promise.all([
        ask('POST', `enhancements/${other.key}/merge`, { into: into.key }),
        join(other.key, ticket),
      ])
      expect(await said(ticket)).toEqual(['It comes.'])
    }
  })

  it('goes to engineering as a feature, takes everybody who asked along, and is shipped with its release', async () => {
    const [first, second] = [await wishes('acme'), await wishes('globex')]
    const { key } = await file(first)
    await join(key, second)
    await ask('POST', `enhancements/${key}/build`, {}, 409)
    await decide(key, 'accept', 'We build it.')
    const built = await ask<Wish>('POST', `enhancements/${key}/build`, {})
    const work = built.workItem?.key ?? ''
    expect(built).toMatchObject({ reception: { haveIt: null } })
    expect(built).toMatchObject({ standing: 'planned', workItem: { state: 'backlog' } })
    expect(await ask('GET', `work-items/${work}`)).toMatchObject({
      kind: 'feature',
      ticketCount: 2,
      customerCount: 2,
    })
    expect(await keysOf('triage')).toEqual([])
    const release = await ask<{ id: string }>('POST', 'releases', { product: 'atlas', name: '5.0' })
    await ask('PATCH', `work-items/${work}`, { set: { release: '5.0' } })
    await ask('POST', `work-items/${work}/move`, { to: 'started' })
    expect((await one(key)).standing).toBe('in progress')
    await ask('POST', `work-items/${work}/move`, { to: 'done' })
    // the bond is that of any ticket: so is what they are told when it is out
    expect(await ask('GET', `releases/${release.id}/waiting/counts`)).toMatchObject({
      'gets it': { tickets: 2 },
    })
    later(60)
    await ask('POST', `releases/${release.id}/release`, {})
    expect(await one(key)).toMatchObject({ standing: 'shipped', release: { name: '5.0' } })
    expect(
      await keysOf(`enhancements?workItem=${(await ask<{ id: string }>('GET', `work-items/${work}`)).id}`),
    ).toEqual([key])

    expect(await one(key)).toMatchObject({ reception: { haveIt: 0 } })
    for (const [of, name] of [
      ['acme', '5.0'],
      ['globex', '4.0'],
      // nobody there asked for it
      ['initech', '5.0'],
    ] as const)
      await ask('POST', 'installations', {
        ...{ customer: of, product: 'atlas', environment: 'live', version: name },
      })
    expect(await one(key)).toMatchObject({ demand: { customers: 2 }, reception: { haveIt: 1 } })

    later(60)
    await ask('POST', 'tickets', {
      title: 'The PDF is empty',
      description: '',
      product: 'atlas',
      component: 'sheets',
      customer: 'acme',
    })
    const [mine, theirs] = await asks(key)
    await ask('PATCH', `enhancement-asks/${mine?.id}`, {
      reception: 'praise',
      receptionWords: 'Just what we needed.',
    })
    await ask('PATCH', `enhancement-asks/${theirs?.id}`, { reception: 'complaint' })
    expect(await one(key)).toMatchObject({
      reception: { praise: 1, complaint: 1, adopted: 0, ticketsSince: 1 },
    })
    await ask('PATCH', `enhancement-asks/${theirs?.id}`, { reception: null })
    expect(await one(key)).toMatchObject({ reception: { complaint: 0 } })
  })

  it('leaves a closed ticket closed, and lets later askers wait for the same work', async () => {
    const closed = await wishes('acme')
    const { key } = await file(closed)
    await ask('POST', `tickets/${closed}/close`, {})
    await decide(key, 'accept', 'We build it.')
    const { workItem } = await ask<Wish>('POST', `enhancements/${key}/build`, {})
    expect(await ask('GET', `tickets/${closed}`)).toMatchObject({ state: 'closed' })
    await join(key, await wishes('globex'))
    expect(await ask('GET', `work-items/${workItem?.key}`)).toMatchObject({ ticketCount: 1 })
  })
})

it('tells a customer where it stands and what we say of it, and nothing of who else asks', async () => {
  const { contactId } = await api.customer('umbrella')
  const theirs = await api.tokenOf('customer', { contactId })
  const of = { customer: 'umbrella', contact: contactId, product: 'atlas', kind: 'enhancement request' }
  const { key: ticket } = await ask<Ticket>('POST', 'tickets', {
    ...of,
    title: 'PDF',
    description: 'Please.',
  })
  const told = async () =>
    (await api.ask(theirs, 'GET', `portal/requests/${ticket}`)).json<{ told: object }>().told
  expect(await told()).toMatchObject({ wish: null })
  const [mine, into] = [await file(ticket), await file(await wishes('acme'))]
  await ask('PATCH', `enhancements/${mine.key}`, { publicWords: 'We ask others too.' })
  expect(await told()).toMatchObject({ wish: { standing: 'new', words: 'We ask others too.' } })
  await decide(into.key, 'accept', 'We build it.')
  await ask('POST', `enhancements/${mine.key}/merge`, { into: into.key })
  expect(await told()).toMatchObject({ wish: { standing: 'planned', words: null } })
})

it('is read by no customer, and neither is what they pay', async () => {
  const { contactId } = await api.customer('umbrella')
  const theirs = await api.tokenOf('customer', { contactId })
  for (const path of ['enhancements', 'enhancements/unfiled', 'customers'])
    expect((await api.ask(theirs, 'GET', path)).statusCode).toBe(403)
})
