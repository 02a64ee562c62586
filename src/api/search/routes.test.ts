import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../../../test/support/api.ts'
import type { Role } from '../../domain/words.ts'

/** Each word below stands in one place alone: who finds it may read that place. */
const WORDS = {
  title: 'turnstile',
  description: 'capybara',
  reply: 'marmalade',
  staffNote: 'kestrel',
  supportNote: 'pelican',
  engineeringNote: 'ocelot',
  workItem: 'walrus',
  customer: 'Almbach',
  team: 'Lighthouse',
} as const

type Json = Record<string, unknown>
interface Group {
  readonly kind: string
  readonly total: number
  readonly items: readonly { key: string | null; title: string; excerpt: string | null }[]
}

let api: TestApi
const tokens: Partial<Record<Role, string>> = {}
let ticket = ''
let workItem = ''

const ask = async (who: keyof typeof tokens, path: string, payload?: object) => {
  const answer = await api.ask(tokens[who] ?? '', payload === undefined ? 'GET' : 'POST', path, payload)
  return { status: answer.statusCode, body: answer.json<Json>(), text: answer.body }
}
const make = async (who: keyof typeof tokens, path: string, payload: object): Promise<Json> => {
  const { status, body, text } = await ask(who, path, payload)
  expect([path, status, text]).toEqual([path, 201, expect.any(String)])
  return body
}
const groups = async (who: keyof typeof tokens, q: string): Promise<readonly Group[]> => {
  const { status, body } = await ask(who, `search?q=${encodeURIComponent(q)}`)
  expect(status).toBe(200)
  return body['groups'] as Group[]
}
const kinds = async (who: keyof typeof tokens, q: string) =>
  Object.fromEntries((await groups(who, q)).map(({ kind, total }) => [kind, total]))

beforeAll(async () => {
  api = await openTestApi()
  for (const role of ['owner', 'admin', 'integrator', 'lead', 'agent', 'engineer', 'auditor'] as const)
    tokens[role] = await api.tokenOf(role)
  await make('owner', 'teams', { key: 'core', name: WORDS.team })
  await make('owner', 'products', { key: 'atlas', name: 'Atlas', team: 'core' })
  await make('owner', 'components', { product: 'atlas', key: 'gate', name: 'Gate', team: 'core' })
  const theirs = await api.customer(WORDS.customer)
  tokens.customer = await api.tokenOf('customer', { contactId: theirs.contactId })
  tokens['customer admin'] = await api.tokenOf('customer admin', { contactId: theirs.contactId })
  ticket = String(
    (
      await make('agent', 'tickets', {
        customer: theirs.customerId,
        title: `The ${WORDS.title} is stuck`,
        description: `It shows a **${WORDS.description}** and ERR-4711.`,
        product: 'atlas',
      })
    )['key'],
  )
  const say = (who: keyof typeof tokens, at: string, text: string, audience: string) =>
    make(who, `${at}/comments`, { text: `They say ${text}.`, audience })
  await say('agent', `tickets/${ticket}`, WORDS.reply, 'everyone')
  await say('agent', `tickets/${ticket}`, WORDS.staffNote, 'staff')
  await say('agent', `tickets/${ticket}`, WORDS.supportNote, 'support')
  const made = await ask('agent', `tickets/${ticket}/escalate`, {
    title: `A ${WORDS.workItem} in the gate`,
    description: 'Found it.',
  })
  workItem = String((made.body['workItem'] as Json | undefined)?.['key'] ?? made.text)
  await say('engineer', `work-items/${workItem}`, WORDS.engineeringNote, 'engineering')
})
afterAll(() => api.close())

describe('who finds what', () => {
  const everything = Object.values(WORDS)
  const findsOf = async (who: keyof typeof tokens) => {
    const found: string[] = []
    for (const word of everything) if ((await groups(who, word)).length > 0) found.push(word)
    return found
  }
  const inTicket = [WORDS.title, WORDS.description, WORDS.reply]
  const bothSides = [...inTicket, WORDS.staffNote, WORDS.supportNote, WORDS.engineeringNote]
  const named = [WORDS.workItem, WORDS.customer, WORDS.team]
  it.each([
    ['owner', [...bothSides, ...named]],
    ['lead', [...bothSides, ...named]],
    ['auditor', [...bothSides, ...named]],
    ['agent', [...inTicket, WORDS.staffNote, WORDS.supportNote, ...named]],
    ['engineer', [...inTicket, WORDS.staffNote, WORDS.engineeringNote, ...named]],
    ['admin', [WORDS.customer, WORDS.team]],
    ['integrator', [WORDS.customer, WORDS.team]],
  ] as const)('%s', async (who, words) => {
    expect(await findsOf(who)).toEqual(
      everything.filter((word) => (words as readonly string[]).includes(word)),
    )
  })

  it('counts only what they may see', async () => {
    expect(await kinds('agent', 'atlas')).toEqual({ product: 1 })
    expect(await kinds('agent', 'turnstile')).toEqual({ ticket: 1 })
    expect(await kinds('agent', 'kestrel')).toEqual({ ticket: 1 })
    expect(await kinds('admin', ticket)).toEqual({})
  })

  it('is closed to customers, whose portal reads with rights of its own', async () => {
    for (const who of ['customer', 'customer admin'] as const)
      expect((await ask(who, 'search?q=turnstile')).status).toBe(403)
  })
})

describe('how it is found', () => {
  it('by key, ours or without the letter', async () => {
    expect((await groups('agent', ticket.toLowerCase()))[0]?.items[0]?.key).toBe(ticket)
    expect((await groups('agent', ticket.replace('T-', '')))[0]?.items[0]?.key).toBe(ticket)
    expect((await groups('agent', workItem))[0]?.items[0]?.key).toBe(workItem)
  })

  it('by the beginning of a word, several words in any order, and exact words', async () => {
    expect(await kinds('agent', 'turnst')).toEqual({ ticket: 1 })
    expect(await kinds('agent', 'stuck the turnstile')).toEqual({ ticket: 1 })
    expect(await kinds('agent', '"turnstile is stuck"')).toEqual({ ticket: 1 })
    expect(await kinds('agent', '"stuck turnstile"')).toEqual({})
    expect(await kinds('agent', 'turnstile -stuck')).toEqual({})
    expect(await kinds('agent', 'err.4711')).toEqual({ ticket: 1 })
  })

  it('with a typing mistake in a title or a name', async () => {
    expect(await kinds('agent', 'turnstyle')).toEqual({ ticket: 1 })
    expect(await kinds('agent', 'Lighhouse')).toEqual({ team: 1 })
  })

  it('with a typing mistake wherever the word stands, for whoever may read that', async () => {
    const [found] = await groups('agent', 'marmelade')
    expect(found?.items.map(({ key, excerpt }) => [key, excerpt])).toEqual([[ticket, 'They say marmalade.']])
    expect(await kinds('agent', 'stukc turnstyle')).toEqual({ ticket: 1 })
    expect(await kinds('engineer', 'kestrell')).toEqual({ ticket: 1 })
    expect(await kinds('engineer', 'pelicann')).toEqual({})
    expect(await kinds('agent', '"marmelade"')).toEqual({})
  })

  it('shows where the words stand, when they are not in the title', async () => {
    const [first] = (await groups('agent', 'marmalade'))[0]?.items ?? []
    expect(first?.excerpt).toBe('They say marmalade.')
    expect((await groups('agent', 'capybara'))[0]?.items[0]?.excerpt).toContain('capybara and ERR-4711')
  })

  it('leaves out a list that does not have the filter', async () => {
    expect(await kinds('agent', 'needs:"needs first response" customer:almbach')).toEqual({})
    expect(await kinds('agent', 'customer:almbach')).toEqual({ ticket: 1, 'work item': 1 })
    expect(await kinds('agent', 'owner:nobody has:customer')).toMatchObject({ ticket: 1 })
  })

  it('takes whatever is typed', async () => {
    for (const q of [
      '',
      '   ',
      '"',
      "'",
      '-',
      ':',
      'a:b:c',
      '\\',
      '%',
      '_',
      "o'neil & co",
      'x'.repeat(500),
      '🙂 -🙂',
      '(a|b)&!c:*',
    ])
      expect([q, (await ask('agent', `search?q=${encodeURIComponent(q)}`)).status]).toEqual([q, 200])
  })
})

describe('the lists take the same query', () => {
  const keys = async (who: keyof typeof tokens, list: string, q: string) =>
    ((await ask(who, `${list}?q=${encodeURIComponent(q)}`)).body['items'] as { key: string }[]).map(
      ({ key }) => key,
    )

  it('of tickets', async () => {
    expect(await keys('agent', 'tickets', 'turnstile status:new,open,waiting created:<7d')).toEqual([ticket])
    expect(await keys('agent', 'tickets', 'turnstile -status:unfinished')).toEqual([])
    expect(await keys('agent', 'tickets', 'escalated:yes product:atlas')).toEqual([ticket])
    expect(await keys('engineer', 'tickets', 'pelican')).toEqual([])
    expect(await keys('engineer', 'tickets', 'marmalade')).toEqual([ticket])
  })

  it('of work items', async () => {
    expect(await keys('agent', 'work-items', 'walrus team:core status:triage')).toEqual([workItem])
    expect(await keys('agent', 'work-items', 'ocelot')).toEqual([])
    expect(await keys('engineer', 'work-items', 'ocelot')).toEqual([workItem])
  })
})
