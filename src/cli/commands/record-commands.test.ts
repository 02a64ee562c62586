import { afterEach, describe, expect, it } from 'vitest'
import { runLine } from '../../../test/support/command-line.ts'
import { type Script, type ScriptedApi, startScriptedApi } from '../../../test/support/scripted-api.ts'

/** Tickets, work items and releases from the command line: thin calls, and words a person can act on. */
const open: ScriptedApi[] = []
afterEach(async () => {
  for (const api of open.splice(0)) await api.close()
})

const serve = async (script: Script): Promise<ScriptedApi> => {
  const api = await startScriptedApi(script)
  open.push(api)
  return api
}

const ticket = {
  key: 'T-1',
  title: 'Export fails',
  state: 'open',
  needs: 'needs first response',
  waitingFor: null,
  priority: 'P1',
  description: 'It\n\n**stops**\u001b[31m.',
  engineeringStatus: 'Accepted',
  inside: {
    severity: 'critical',
    priorityDerived: true,
    escalation: { asked: { text: 'Which browser?', by: { name: 'Eve' }, at: '2026-03-02T09:00:00.000Z' } },
  },
}

describe('tickets and work items', () => {
  it('send what was typed, and only that, to the API', async () => {
    const step = { key: 'T-1', state: 'open' }
    const api = await serve({
      'POST /api/v1/tickets': ticket,
      'POST /api/v1/tickets/T-1/escalate': { workItem: { key: 'W-1' }, escalation: { state: 'sent' } },
      'POST /api/v1/tickets/T-1/comments': { id: 'c' },
      'POST /api/v1/tickets/T-1/withdraw': { workItem: { key: 'W-1' } },
      'POST /api/v1/tickets/T-1/reinstate': { workItem: { key: 'W-1' } },
      'POST /api/v1/tickets/T-1/verify': step,
      'POST /api/v1/work-items/W-1/decline': { key: 'W-1', state: 'declined' },
      'POST /api/v1/work-items/W-1/move': { key: 'W-1', state: 'in review' },
      'PATCH /api/v1/work-items/W-1': { key: 'W-1' },
    })
    for (const line of [
      ['tickets', 'new', 'Export fails', '--severity', 'critical'],
      ['tickets', 'escalate', 'T-1', '--steps', '1. Export'],
      ['tickets', 'comment', 'T-1', 'We are on it.', '--audience', 'everyone'],
      ['tickets', 'withdraw', 'T-1', '--reason', 'A full disk'],
      ['tickets', 'reinstate', 'T-1'],
      ['tickets', 'verify', 'T-1', '--broken'],
      ['work', 'decline', 'W-1', '--reason', 'Meant so.'],
      ['work', 'move', 'W-1', 'in review'],
      ['work', 'set', 'W-1', '--root-cause', 'A buffer'],
    ])
      expect([line, (await runLine(line, api)).exit]).toEqual([line, 0])
    expect(api.asked.map(({ body }) => body)).toEqual([
      { title: 'Export fails', description: '', severity: 'critical' },
      { steps: '1. Export' },
      { text: 'We are on it.', audience: 'everyone' },
      { reason: 'A full disk' },
      {},
      { works: false },
      { reason: 'Meant so.' },
      { to: 'in review' },
      { set: { rootCause: 'A buffer' } },
    ])
  })

  it('show whose move it is, what is asked and that a priority is derived, and let no escape codes through', async () => {
    const api = await serve({
      'GET /api/v1/tickets/T-1': ticket,
      'GET /api/v1/tickets/T-1/timeline?limit=200': { items: [], next: null },
    })
    const { out } = await runLine(['tickets', 'show', 'T-1'], api)
    expect(out).toContain('open, needs first response')
    expect(out).toContain('P1 (from the severity), severity critical')
    expect(out).toContain('“Which browser?” (Eve, 2026-03-02T09:00:00.000Z)')
    expect(out).not.toContain('\u001b')
  })

  it('say of a ticket without a customer that the customer is unknown, because “0 customers” sounds like nobody', async () => {
    const item = { key: 'W-1', title: 'x', state: 'triage' }
    const api = await serve({
      'GET /api/v1/work-items?limit=100': {
        items: [
          { ...item, tickets: 1, customers: 0, withoutCustomer: 1 },
          { ...item, key: 'W-2', tickets: 3, customers: 2, withoutCustomer: 1 },
        ],
        next: null,
      },
    })
    const { out } = await runLine(['work'], api)
    expect(out).toContain('1 ticket, customer unknown')
    expect(out).toContain('3 tickets of 2 customers, 1 of an unknown one')
  })

  it('ask for what is missing instead of changing nothing', async () => {
    const api = await serve({})
    expect(await runLine(['work', 'set', 'W-1'], api)).toMatchObject({ exit: 2 })
    expect(await runLine(['work', 'decline', 'W-1'], api)).toMatchObject({
      exit: 2,
      err: expect.stringContaining('REASON is missing'),
    })
    expect(api.asked).toEqual([])
  })
})

describe('releases', () => {
  const named = (id: string, product: string) => ({
    id,
    name: '4.3',
    product: { key: product, name: product },
  })

  it('are known by their names, and by the product where two have one of the same', async () => {
    const api = await serve({
      'GET /api/v1/releases?limit=200': { items: [named('r1', 'atlas'), named('r2', 'shop')], next: null },
      'POST /api/v1/releases/r2/release': { ...named('r2', 'shop'), state: 'released' },
    })
    expect(await runLine(['releases', 'out', '4.3'], api)).toMatchObject({
      exit: 2,
      err: expect.stringContaining('Several products have a release 4.3: atlas, shop.'),
    })
    expect(await runLine(['releases', 'out', '4.3', '--product', 'shop'], api)).toMatchObject({ exit: 0 })
    expect(await runLine(['releases', 'out', '9.9'], api)).toMatchObject({ exit: 5 })
  })
})

describe('outreach', () => {
  const release = { id: 'r1', name: '4.3', product: { key: 'atlas' } }
  const waiting = {
    id: 'n1',
    revision: 3,
    release,
    standing: 'has it',
    contact: { name: 'Alice' },
    customer: { name: 'Acme' },
    tickets: [{ key: 'T-1' }, { key: 'T-2' }],
  }
  const script: Script = {
    'GET /api/v1/releases?limit=200': { items: [release], next: null },
    'GET /api/v1/outreach?state=proposed&release=r1&limit=200': { items: [waiting], next: null },
    'POST /api/v1/outreach/send': { done: ['n1'], left: [], goesAt: null },
    'GET /api/v1/releases/r1/outreach': { coverage: { affected: 2, inTime: 1, pending: 0, optedOut: 1 } },
    'GET /api/v1/releases/r1/outreach/report?limit=200': {
      items: [
        {
          workItem: { key: 'W-1' },
          ticket: { key: 'T-1' },
          customer: { name: 'Acme' },
          contact: null,
          told: null,
          isProposed: false,
          reason: 'opted out',
          why: null,
        },
      ],
      next: null,
    },
  }

  it('is listed and sent with the revision that was listed', async () => {
    const api = await serve(script)
    const listed = await runLine(['outreach', '4.3'], api)
    expect(listed.out).toContain('Alice, Acme')
    expect(listed.out).toContain('T-1 T-2')
    const sent = await runLine(['outreach', 'send', '4.3'], api)
    expect([sent.exit, sent.out]).toEqual([0, '1 message goes.\n'])
    expect(api.asked.at(-1)?.body).toEqual({ notices: [{ id: 'n1', revision: 3 }] })
  })

  it('says who was not told, and why', async () => {
    const api = await serve(script)
    const { out } = await runLine(['outreach', 'report', '4.3'], api)
    expect(out).toContain('1 of 2 customers were told within one business day of their fix')
    expect(out).toContain('opted out')
  })
})

describe('a release on its way to its users', () => {
  const releases = { items: [{ id: 'r', name: '4.3', product: { key: 'atlas' } }], next: null }
  const note = { kind: 'new', state: 'approved', title: 'Dark mode', body: 'In the menu.', workaround: null }

  it('has its approved notes as Markdown, in the order people read them', async () => {
    const broken = {
      ...note,
      kind: 'known broken',
      title: 'No printing',
      body: '',
      workaround: 'Print a PDF.',
    }
    const items = [broken, note, { ...note, state: 'draft', title: 'Not said yet' }]
    const api = await serve({
      'GET /api/v1/releases?limit=200': releases,
      'GET /api/v1/releases/r/notes?limit=200': { items, next: null },
    })
    const { exit, out } = await runLine(['releases', 'notes', '4.3'], api)
    expect([exit, out]).toEqual([
      0,
      '## New\n\n- **Dark mode**\n  In the menu.\n\n## Known broken\n\n- **No printing**\n  Workaround: Print a PDF.\n',
    ])
    expect((await runLine(['releases', 'notes', '4.3', '--drafts'], api)).out).toContain('Not said yet')
  })

  it('is held back by a script until somebody said go', async () => {
    const goLive = (decision: string | null) => ({
      criteria: [
        {
          criterion: 'notes approved',
          standing: 'not met',
          done: 1,
          all: 2,
          behind: [{ key: null, title: 'Tax' }],
        },
      ],
      signOffs: [{ role: 'Support lead', person: { name: 'Ada' }, changed: ['scope'] }],
      decisions: decision === null ? [] : [{ decision, reason: null }],
    })
    for (const [decision, expected] of [
      [null, 3],
      ['no-go', 3],
      ['go', 0],
    ] as const) {
      const api = await serve({
        'GET /api/v1/releases?limit=200': releases,
        'GET /api/v1/releases/r/go-live': goLive(decision),
      })
      const { exit, out } = await runLine(['releases', 'go-live', '4.3'], api)
      expect([decision, exit]).toEqual([decision, expected])
      expect(out).toContain(
        'notes approved: not met: 1 of 2\n      Tax\n  Support lead: Ada (void: scope changed)',
      )
    }
  })

  it('comes out with a reason where one is given', async () => {
    const out = { name: '4.3', state: 'released', product: { name: 'Atlas' } }
    const api = await serve({
      'GET /api/v1/releases?limit=200': releases,
      'POST /api/v1/releases/r/release': out,
    })
    await runLine(['releases', 'out', '4.3', '--because', 'A fix'], api)
    expect(api.asked.at(-1)?.body).toEqual({ reason: 'A fix' })
  })
})
