import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../support/api.ts'

/** What a request's work is, and who waits for it: whatever is filed, merged, declined or taken back on the way. */
let api: TestApi
let token: string

const later = (minutes = 1): void => {
  api.clock.now = new Date(api.clock.now.getTime() + minutes * 60_000)
}
const ask = async <T>(
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  body?: object,
  status?: number,
): Promise<T> => {
  if (method !== 'GET') later()
  const answer = await api.ask(token, method, path, body)
  const isRight = status === undefined ? answer.statusCode < 300 : answer.statusCode === status
  expect([path, isRight ? '' : `${answer.statusCode} ${answer.body}`]).toEqual([path, ''])
  return (answer.statusCode === 204 ? null : answer.json()) as T
}

interface Wish {
  readonly key: string
  readonly standing: string
  readonly demand: object
  readonly workItem: { readonly id: string; readonly key: string; readonly state: string } | null
}
const wishes = async (of = 'acme'): Promise<string> => {
  const more = { customer: of, product: 'atlas', component: 'sheets', kind: 'enhancement request' }
  return (await ask<Wish>('POST', 'tickets', { title: 'Export', description: 'Please.', ...more })).key
}
const escalate = async (ticket: string): Promise<string> =>
  (await ask<{ workItem: Wish }>('POST', `tickets/${ticket}/escalate`, {})).workItem.key
const file = async (ticket: string): Promise<string> =>
  (
    await ask<Wish>('POST', 'enhancements', {
      ...{ title: 'Sheets as PDF', problem: 'Others cannot read our sheets.' },
      ...{ product: 'atlas', component: 'sheets', ticket },
    })
  ).key
const join = (key: string, ticket: string): Promise<Wish> =>
  ask('POST', `enhancements/${key}/asks`, { ticket })
const one = (key: string): Promise<Wish> => ask('GET', `enhancements/${key}`)
const workOf = async (key: string): Promise<string | null> => (await one(key)).workItem?.key ?? null
const accept = (key: string): Promise<Wish> =>
  ask('POST', `enhancements/${key}/decide`, { decision: 'accept', words: 'We build it.' })
const decline = (key: string): Promise<Wish> =>
  ask('POST', `enhancements/${key}/decide`, { decision: 'decline', words: 'Not now.' })
const build = async (key: string, workItem?: string): Promise<string> =>
  (await ask<Wish>('POST', `enhancements/${key}/build`, workItem === undefined ? {} : { workItem })).workItem
    ?.key ?? ''
const merge = (key: string, into: string) => ask('POST', `enhancements/${key}/merge`, { into })
const unmerge = (key: string) => ask('POST', `enhancements/${key}/unmerge`, {})
interface Asker {
  readonly id: string
  readonly ticket: { readonly key: string }
  readonly waitsFor: { readonly key: string } | null
}
const askers = async (key: string): Promise<readonly Asker[]> =>
  (await ask<{ items: Asker[] }>('GET', `enhancements/${key}/asks`)).items
const takeBack = async (key: string, ticket: string): Promise<void> => {
  const mine = (await askers(key)).find((each) => each.ticket.key === ticket)
  await ask('DELETE', `enhancement-asks/${mine?.id}`)
}
const stateOf = async (workItem: string): Promise<string> =>
  (await ask<{ state: string }>('GET', `work-items/${workItem}`)).state
const said = async (ticket: string): Promise<readonly string[]> =>
  (
    await ask<{ items: { audience: string; text: string }[] }>('GET', `tickets/${ticket}/comments`)
  ).items.flatMap(({ audience, text }) => (audience === 'everyone' ? [text.trim()] : []))
const triage = async (): Promise<readonly string[]> =>
  (await ask<{ items: Wish[] }>('GET', 'triage')).items.map(({ key }) => key)
/** Key of what the ticket waits for now. */
const waitsFor = async (ticket: string): Promise<string | null> => {
  const found = await api.database.db
    .selectFrom('escalation as e')
    .innerJoin('ticket as t', 't.id', 'e.ticket_id')
    .innerJoin('work_item as w', 'w.id', 'e.work_item_id')
    .select('w.key')
    .where('t.key', '=', ticket)
    .where('e.ended_at', 'is', null)
    .executeTakeFirst()
  return found?.key ?? null
}
/** The work is done and its release out. */
const ship = async (workItem: string): Promise<readonly string[]> => {
  const release = await ask<{ id: string }>('POST', 'releases', { product: 'atlas', name: `for ${workItem}` })
  await ask('PATCH', `work-items/${workItem}`, { set: { release: `for ${workItem}` } })
  await ask('POST', `work-items/${workItem}/move`, { to: 'done' })
  const waiting = await ask<{ items: Wish[] }>('GET', `releases/${release.id}/waiting`)
  await ask('POST', `releases/${release.id}/release`, {})
  return waiting.items.map(({ key }) => key).sort()
}

beforeEach(async () => {
  api = await openTestApi()
  token = await api.tokenOf('owner')
  await ask('POST', 'teams', { key: 'core', name: 'Core' })
  await ask('POST', 'products', { key: 'atlas', name: 'Atlas', team: 'core' })
  await ask('POST', 'components', { product: 'atlas', key: 'sheets', name: 'Sheets', team: 'core' })
  for (const key of ['acme', 'globex']) await ask('POST', 'customers', { key, name: key })
})
afterEach(() => api.close())

describe('a wrong filing that is taken back', () => {
  it('leaves the work of that request behind, so that the next one does not get it', async () => {
    const wrong = await file(await wishes())
    await accept(wrong)
    const work = await build(wrong)
    const [ticket, right] = [await wishes('globex'), await file(await wishes())]
    await join(wrong, ticket)
    expect(await waitsFor(ticket)).toBe(work)
    await takeBack(wrong, ticket)
    expect(await waitsFor(ticket)).toBeNull()
    expect(await join(right, ticket)).toMatchObject({ standing: 'new', workItem: null })
    await accept(right)
    const other = await build(right)
    expect([other, await waitsFor(ticket)]).not.toContain(work)
    expect(await waitsFor(ticket)).toBe(other)
    // and it may come back
    await takeBack(right, ticket)
    await join(wrong, ticket)
    expect(await waitsFor(ticket)).toBe(work)
  })

  it('takes the feature along that came with the ticket, while nobody has decided on it', async () => {
    const [brings, other] = [await wishes(), await wishes('globex')]
    const wrong = await file(brings)
    const work = await escalate(other)
    await join(wrong, other)
    expect([await workOf(wrong), await waitsFor(brings)]).toEqual([work, work])
    await takeBack(wrong, other)
    expect([await workOf(wrong), await waitsFor(brings), await waitsFor(other)]).toEqual([null, null, work])
    const right = await file(other)
    expect(await workOf(right)).toBe(work)
  })

  it('leaves where it stood whom support had sent there itself', async () => {
    const key = await file(await wishes())
    await accept(key)
    const work = await build(key)
    const ticket = await wishes('globex')
    await ask('POST', `tickets/${ticket}/join`, { workItem: work })
    await join(key, ticket)
    await takeBack(key, ticket)
    expect(await waitsFor(ticket)).toBe(work)
    // and what another request has is not brought to this one
    const right = await file(ticket)
    expect(await workOf(right)).toBeNull()
  })
})

describe('a second feature for the same wish', () => {
  it('rests until the request is decided, and is then the first one: all who asked wait for one work', async () => {
    const [first, second, third] = [await wishes(), await wishes('globex'), await wishes()]
    const [work, double] = [await escalate(first), await escalate(second)]
    const key = await file(first)
    await join(key, second)
    await join(key, third)
    expect([await triage(), await workOf(key)]).toEqual([[], work])
    await accept(key)
    expect([await stateOf(work), await stateOf(double), await triage()]).toEqual(['backlog', 'duplicate', []])
    expect(await ship(work)).toEqual([first, second, third].sort())
  })

  it('is declined with the first one', async () => {
    const [first, second] = [await wishes(), await wishes('globex')]
    const works = [await escalate(first), await escalate(second)]
    const key = await file(first)
    await join(key, second)
    await decline(key)
    for (const work of works) expect(await stateOf(work)).toBe('declined')
  })

  it('comes with a ticket that asks when it is decided, and is answered then', async () => {
    const key = await file(await wishes())
    await accept(key)
    const ticket = await wishes('globex')
    const work = await escalate(ticket)
    await join(key, ticket)
    expect([await workOf(key), await stateOf(work)]).toEqual([work, 'backlog'])
    const late = await wishes('globex')
    const double = await escalate(late)
    await join(key, late)
    expect([await stateOf(double), await waitsFor(late)]).toEqual(['duplicate', work])
  })

  it('that came with a later ticket is waited for by those who asked before', async () => {
    const [first, second] = [await wishes(), await wishes('globex')]
    const key = await file(first)
    const work = await escalate(second)
    await join(key, second)
    expect([await waitsFor(first), await waitsFor(second)]).toEqual([work, work])
  })

  it('that a ticket is sent to engineering with after it was filed is the work of all who ask', async () => {
    const [first, second] = [await wishes(), await wishes('globex')]
    const key = await file(first)
    await join(key, second)
    const work = await escalate(second)
    expect([await workOf(key), await waitsFor(first), await triage()]).toEqual([work, work, []])
    await takeBack(key, first)
    expect([await waitsFor(first), await waitsFor(second)]).toEqual([null, work])
  })

  it('is seen in triage where its ticket is closed before anybody filed it', async () => {
    const ticket = await wishes()
    const work = await escalate(ticket)
    expect(await triage()).toEqual([])
    await ask('POST', `tickets/${ticket}/close`, {})
    expect(await triage()).toEqual([work])
  })
})

describe('the work of a merged request', () => {
  it('is that of the other one where that has none, is decided with it, and comes back with it', async () => {
    const [brings, other] = [await wishes(), await wishes('globex')]
    const work = await escalate(brings)
    const [gone, kept] = [await file(brings), await file(other)]
    await merge(gone, kept)
    expect([await workOf(kept), await waitsFor(other)]).toEqual([work, work])
    await unmerge(gone)
    expect([await workOf(kept), await workOf(gone)]).toEqual([null, work])
    expect([await waitsFor(other), await waitsFor(brings)]).toEqual([null, work])
    await merge(gone, kept)
    await accept(kept)
    expect(await stateOf(work)).toBe('backlog')
    expect(await ship(work)).toEqual([brings, other].sort())
    expect((await one(kept)).standing).toBe('shipped')
  })

  it('is decided at once where the other one is decided already', async () => {
    const brings = await wishes()
    const work = await escalate(brings)
    const [gone, kept] = [await file(brings), await file(await wishes('globex'))]
    await accept(kept)
    await merge(gone, kept)
    expect([await workOf(kept), await stateOf(work), await triage()]).toEqual([work, 'backlog', []])
  })

  it('is no more waited for by those who go with their own again', async () => {
    const [stays, goes] = [await wishes(), await wishes('globex')]
    const [kept, gone] = [await file(stays), await file(goes)]
    await accept(kept)
    const work = await build(kept)
    await merge(gone, kept)
    expect(await waitsFor(goes)).toBe(work)
    await unmerge(gone)
    expect([await waitsFor(goes), await waitsFor(stays)]).toEqual([null, work])
  })

  it('is found from the work as that of the one it went into', async () => {
    const brings = await wishes()
    await escalate(brings)
    const [gone, kept] = [await file(brings), await file(await wishes('globex'))]
    await merge(gone, kept)
    const { workItem } = await one(kept)
    const found = await ask<{ items: Wish[] }>('GET', `enhancements?workItem=${workItem?.id}`)
    expect(found.items.map(({ key }) => key)).toEqual([kept])
  })
})

describe('a merge of merges', () => {
  it('is taken apart as it was put together', async () => {
    const [a, b, c] = [await file(await wishes()), await file(await wishes()), await file(await wishes())]
    await merge(a, b)
    await merge(b, c)
    expect(await one(c)).toMatchObject({ demand: { tickets: 3 } })
    await unmerge(b)
    expect(await one(c)).toMatchObject({ demand: { tickets: 1 } })
    expect(await one(b)).toMatchObject({ demand: { tickets: 2 } })
    expect(await one(a)).toMatchObject({ mergedInto: { key: b } })
    await merge(b, c)
    await unmerge(a)
    expect(await one(c)).toMatchObject({ demand: { tickets: 2 } })
    await unmerge(b)
    expect(await one(b)).toMatchObject({ demand: { tickets: 1 } })
  })
})

describe('work that nobody does', () => {
  it('is, where it is a duplicate, the one that stays: it ships with that', async () => {
    const [first, late] = [await wishes(), await wishes('globex')]
    const key = await file(first)
    await accept(key)
    const work = await build(key)
    const canonical = (
      await ask<Wish>('POST', 'work-items', {
        title: 'PDF',
        description: '',
        kind: 'feature',
        product: 'atlas',
      })
    ).key
    await ask('POST', `work-items/${work}/duplicate`, { of: canonical })
    expect([await workOf(key), await waitsFor(first)]).toEqual([canonical, canonical])
    await join(key, late)
    await takeBack(key, first)
    expect([await waitsFor(first), await waitsFor(late)]).toEqual([null, canonical])
    expect(await ship(canonical)).toEqual([late])
    expect((await one(key)).standing).toBe('shipped')
  })

  it('is taken up again where the request is accepted after all', async () => {
    const ticket = await wishes()
    const work = await escalate(ticket)
    const key = await file(ticket)
    await decline(key)
    expect(await stateOf(work)).toBe('declined')
    await ask('POST', `enhancements/${key}/reopen`, {})
    await accept(key)
    expect(await stateOf(work)).toBe('backlog')
    expect(await ship(work)).toEqual([ticket])
  })

  it('gives way to other work, which all who asked wait for', async () => {
    const ticket = await wishes()
    const key = await file(ticket)
    await accept(key)
    const work = await build(key)
    await ask('POST', `enhancements/${key}/build`, {}, 409)
    await ask('POST', `work-items/${work}/decline`, { reason: 'Too dear.' })
    await ask('POST', `enhancements/${key}/build`, { workItem: work }, 409)
    const again = await build(key)
    expect(again).not.toBe(work)
    expect([await workOf(key), await waitsFor(ticket)]).toEqual([again, again])
    // known to another tool only: who waits for it moves on too
    await ask('POST', `work-items/${again}/duplicate`, { of: 'OPS-7' })
    const third = await build(key)
    expect(await waitsFor(ticket)).toBe(third)
  })
})

describe('a decision', () => {
  it('is not told again to who was filed wrongly and comes back', async () => {
    const key = await file(await wishes())
    await decline(key)
    const ticket = await wishes('globex')
    await join(key, ticket)
    await takeBack(key, ticket)
    await join(key, ticket)
    expect(await said(ticket)).toEqual(['Not now.'])
  })

  it('is not told again to who heard another one between', async () => {
    const ticket = await wishes()
    const [b, c, d] = [await file(ticket), await file(await wishes()), await file(await wishes())]
    await decline(b)
    await accept(c)
    await merge(b, c)
    await unmerge(b)
    await merge(d, b)
    expect(await said(ticket)).toEqual(['Not now.', 'We build it.'])
  })
})

describe('who was answered already', () => {
  it('waits for the work too, and is told of its release', async () => {
    const ticket = await wishes()
    const key = await file(ticket)
    await ask('POST', `tickets/${ticket}/resolve`, {})
    await accept(key)
    const work = await build(key)
    expect(await ask('GET', `tickets/${ticket}`)).toMatchObject({ state: 'resolved' })
    expect(await waitsFor(ticket)).toBe(work)
    expect(await ship(work)).toEqual([ticket])
  })

  it('and does not wait is seen, and waits once it is open again', async () => {
    const [closed, elsewhere] = [await wishes(), await wishes()]
    const key = await file(closed)
    await join(key, elsewhere)
    await ask('POST', `tickets/${closed}/close`, {})
    const defect = (
      await ask<Wish>('POST', 'work-items', {
        title: 'Crash',
        description: '',
        kind: 'defect',
        product: 'atlas',
      })
    ).key
    await ask('POST', `tickets/${elsewhere}/join`, { workItem: defect })
    await accept(key)
    const work = await build(key)
    expect((await askers(key)).map((each) => each.waitsFor?.key ?? null)).toEqual([null, defect])
    await ask('POST', `tickets/${closed}/reopen`, {})
    expect((await askers(key)).map((each) => each.waitsFor?.key ?? null)).toEqual([work, defect])
    expect(await ship(work)).toEqual([closed])
  })

  it('or was taken back by support is left alone by what comes later', async () => {
    const first = await wishes()
    const key = await file(first)
    await accept(key)
    const work = await build(key)
    await ask('POST', `tickets/${first}/withdraw`, { reason: 'They do not want it any more.' })
    const brings = await wishes('globex')
    await join(key, brings)
    expect([await waitsFor(first), await waitsFor(brings)]).toEqual([null, work])
    await ask('POST', `tickets/${first}/close`, {})
    await ask('POST', `tickets/${first}/reopen`, {})
    expect(await waitsFor(first)).toBeNull()
  })
})

describe('steps at the same moment', () => {
  it('leave one work that all wait for, whoever was first to bring theirs', async () => {
    const tickets = [await wishes(), await wishes('globex'), await wishes()]
    const works = [await escalate(tickets[0] ?? ''), await escalate(tickets[1] ?? '')]
    const key = await file(await wishes())
    await Promise.all(tickets.map((ticket) => join(key, ticket)))
    await accept(key)
    const states = await Promise.all(works.map(stateOf))
    expect(states.toSorted()).toEqual(['backlog', 'duplicate'])
    const work = await workOf(key)
    for (const ticket of tickets) expect(await waitsFor(ticket)).toBe(work)
  })

  it('leave nobody behind where the work is marked a duplicate while a ticket is filed', async () => {
    for (const _ of [1, 2, 3]) {
      const [first, late] = [await wishes(), await wishes('globex')]
      const key = await file(first)
      await accept(key)
      const work = await build(key)
      const { key: of } = await ask<Wish>('POST', 'work-items', {
        ...{ title: 'PDF', description: '', kind: 'feature', product: 'atlas' },
      })
      await Promise.all([ask('POST', `work-items/${work}/duplicate`, { of }), join(key, late)])
      expect([await workOf(key), await waitsFor(first), await waitsFor(late)]).toEqual([of, of, of])
    }
  })
})
