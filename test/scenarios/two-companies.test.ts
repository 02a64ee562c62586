import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { NOTHING_SHARED, type SharingPolicy } from '../../src/domain/sharing.ts'
import { type Company, openCompany } from '../support/company.ts'
import { testClock } from '../support/road.ts'

/**
 * Acme's support and Beta's, each with a Causeway: database, API on a socket, worker. Acme's engineering for maps is Beta.
 * Nothing is pretended.
 */
const clock = testClock('2026-03-02T09:00:00.000Z')
let acme: Company
let beta: Company
let partner: { id: string; version: number; name: string }
let token: string

const POLICY: SharingPolicy = {
  ...NOTHING_SHARED,
  create: true,
  reads: ['title', 'description', 'severity', 'engineering.status', 'release.planned'],
  writes: ['title', 'description', 'severity'],
  status: 'shown',
  words: ['everyone'],
  publicWords: 'everyone',
  files: true,
}

const configuration = `organisation:
  teams: { maps: Maps }
  products: { atlas: { name: Atlas, team: maps } }
connections:
  beta:
    kind: causeway
    party: tracker
    title: Beta
    settings: { url: "\${BETA_URL}", token: "\${BETA_TOKEN}", webhookSecret: "\${BETA_SECRET}" }
    poll every: 1 min
    mapping:
      containers: [inbox]
      adopt: false
      fields:
        - title: title
        - description: description
        - severity: { tool: cf:severity, direction: to tool }
        - custom.their engineering: { tool: cf:engineering.status, direction: to hub }
      statuses:
        owner: tool
        to hub: { new: triage, open: started, waiting customer: started, resolved: done, closed: done }
        to tool: []
      comments: { public: staff, internal: engineering, send public: [everyone, staff] }
      attachments: { public: staff, internal: engineering, send public: [everyone, staff] }
routes:
  - { product: atlas, connection: beta, container: inbox }
`

const step = async (ms: number): Promise<void> => {
  await beta.work()
  await acme.work()
  clock.advance(ms)
}

/** What is read after some rounds of both; a log shows an event once no older transaction of its server is open. */
const soon = <T>(read: () => Promise<T>, ms = 20_000) =>
  expect.poll(
    async () => {
      await step(ms)
      return read()
    },
    { timeout: 30_000, interval: 50 },
  )

interface Shown {
  readonly id: string
  readonly key: string
  readonly version: number
}
interface Timeline {
  readonly items: readonly { readonly comment?: { readonly text: string } }[]
}
const saidOn = async (company: Company, path: string): Promise<string> =>
  JSON.stringify(await company.ask<Timeline>('GET', `${path}/timeline?limit=100`))

const waiting = async (): Promise<string> =>
  (await acme.ask<{ items: { reason: string }[] }>('GET', 'holds')).items
    .map(({ reason }) => reason)
    .join('\n')

beforeAll(async () => {
  const friends: string[] = []
  acme = await openCompany(clock, friends)
  beta = await openCompany(clock, friends)
  const made = await beta.ask<{ partner: typeof partner; token: string }>('POST', 'partners', {
    name: 'Acme',
    policy: POLICY,
  })
  partner = made.partner
  token = made.token
  await acme.ask('POST', 'configuration', {
    yaml: configuration,
    secrets: { BETA_URL: beta.url, BETA_TOKEN: token, BETA_SECRET: 'between-acme-and-beta' },
  })
})
afterAll(async () => {
  await acme?.close()
  await beta?.close()
})

describe('a ticket of Acme that only Beta can solve', () => {
  let ticket: Shown
  let theirs: Shown

  it('becomes a ticket of Beta, with what the two let cross and nothing else', async () => {
    ticket = await acme.ask<Shown>('POST', 'tickets', {
      title: 'The map stays empty',
      description: 'Behind a *proxy*.',
      severity: 'high',
      product: 'atlas',
      workaround: 'Their contract ends in May; do not tell Beta.',
    })
    await acme.ask('POST', `tickets/${ticket.key}/comments`, {
      text: 'We lose this one if it takes long.',
      audience: 'support',
    })
    await acme.ask('POST', `tickets/${ticket.key}/escalate`)
    const tickets = async (): Promise<Shown[]> => (await beta.ask<{ items: Shown[] }>('GET', 'tickets')).items
    await soon(tickets).toHaveLength(1)
    theirs = (await tickets())[0] as Shown
    await soon(async () => JSON.stringify(await beta.ask('GET', `tickets/${theirs.key}`))).toMatch(
      /The map stays empty.*"severity":"high"/,
    )
    const shown = JSON.stringify(await beta.ask('GET', `tickets/${theirs.key}`))
    expect(shown + (await saidOn(beta, `tickets/${theirs.key}`))).not.toMatch(/contract|lose this one/)
  })

  it('brings Beta’s words and status back, and nothing of what Beta says among themselves', async () => {
    await beta.ask('POST', `tickets/${theirs.key}/comments`, {
      text: 'Which proxy is it?',
      audience: 'everyone',
    })
    await beta.ask('POST', `tickets/${theirs.key}/comments`, { text: 'Acme again.', audience: 'staff' })
    await soon(() => saidOn(acme, `tickets/${ticket.key}`)).toContain('Which proxy is it?')
    expect(await saidOn(acme, `tickets/${ticket.key}`)).not.toContain('Acme again')
  })

  it('carries an answer over, and no word that customers or the other side must not read', async () => {
    await acme.ask('POST', `tickets/${ticket.key}/comments`, { text: 'It is Squid 6.', audience: 'staff' })
    await soon(() => saidOn(beta, `tickets/${theirs.key}`)).toContain('It is Squid 6.')
    // Beta takes no internal words: these wait, with the reason, and hold up nothing else
    const [item] = (await acme.ask<{ items: Shown[] }>('GET', 'work-items')).items
    await acme.ask('POST', `work-items/${item?.key}/comments`, {
      text: 'Is Beta any good?',
      audience: 'engineering',
    })
    await acme.ask('PATCH', `tickets/${ticket.key}`, { set: { severity: 'medium' } })
    await soon(async () => JSON.stringify(await beta.ask('GET', `tickets/${theirs.key}`))).toContain(
      '"severity":"medium"',
    )
    await soon(waiting).toContain('internal words')
    expect(await saidOn(beta, `tickets/${theirs.key}`)).not.toContain('any good')
  })

  it('carries a screenshot as it is', async () => {
    const owner = await acme.api.tokenOf('owner')
    const hung = await acme.api.server.app.inject({
      method: 'POST',
      url: `/api/v1/tickets/${ticket.key}/attachments?name=map.png&audience=staff`,
      headers: { authorization: `Bearer ${owner}`, 'content-type': 'image/png' },
      payload: Buffer.from('a picture of an empty map'),
    })
    expect(hung.statusCode).toBe(201)
    await soon(() => saidOn(beta, `tickets/${theirs.key}`)).toContain('map.png')
    const said = await saidOn(beta, `tickets/${theirs.key}`)
    const [, id = ''] = /"id":"([^"]+)","name":"map\.png"/.exec(said) ?? []
    const beside = await beta.api.tokenOf('owner')
    const bytes = await beta.api.ask(beside, 'GET', `attachments/${id}/content`)
    expect(bytes.body).toBe('a picture of an empty map')
  })

  it('is rung for within seconds, so that nobody waits for the next poll', async () => {
    const { hook } = await beta.ask<{ hook: { address: string; problem: string | null } | null }>(
      'GET',
      `partners/${partner.id}`,
    )
    expect(hook).toEqual({ address: `${acme.url}/hooks/beta`, problem: null })
    await beta.ask('POST', `tickets/${theirs.key}/comments`, {
      text: 'Fixed by our next release.',
      audience: 'everyone',
    })
    await acme.api.database.db
      .updateTable('connection')
      .set({ next_poll_at: new Date(clock.now().getTime() + 86_400_000) })
      .execute()
    await soon(() => saidOn(acme, `tickets/${ticket.key}`), 1_000).toContain('Fixed by our next release.')
    await acme.api.database.db.updateTable('connection').set({ next_poll_at: null }).execute()
  })

  it('shows less from the moment that Beta says so, and Acme reads no field that is not there as empty', async () => {
    const now = await beta.ask<{ version: number }>('GET', `partners/${partner.id}`)
    await beta.ask('PUT', `partners/${partner.id}`, {
      name: 'Acme',
      policy: { ...POLICY, reads: ['title'], writes: ['title'] },
      version: now.version,
    })
    const notShown = async (): Promise<number> => (await waiting()).split('does not show us').length - 1
    await soon(notShown).toBe(3)
    const [item] = (await acme.ask<{ items: { key: string }[] }>('GET', 'work-items')).items
    expect(await acme.ask('GET', `work-items/${item?.key}`)).toMatchObject({
      ...{ description: 'Behind a _proxy_.', title: 'The map stays empty' },
    })
    const wider = await beta.ask<{ version: number }>('GET', `partners/${partner.id}`)
    await beta.ask('PUT', `partners/${partner.id}`, { name: 'Acme', policy: POLICY, version: wider.version })
    await soon(notShown).toBe(0)
  })

  it('is known to be taken away within seconds when Beta shares a record no longer', async () => {
    const other = await beta.ask<Shown>('POST', 'tickets', { title: 'Shared by hand', description: 'x' })
    await beta.ask('PUT', `partners/${partner.id}/records/${other.key}`)
    const listed = async (): Promise<string> => JSON.stringify(await acme.ask('GET', 'work-items?limit=20'))
    const yaml = configuration
      .replace('adopt: false', 'adopt: true')
      .replace('poll every: 1 min', 'poll every: 10 min')
    await acme.ask('POST', 'configuration', {
      yaml,
      secrets: { BETA_URL: beta.url, BETA_TOKEN: token, BETA_SECRET: 'between-acme-and-beta' },
    })
    await beta.ask('POST', `tickets/${other.key}/comments`, { text: 'Look.', audience: 'everyone' })
    await soon(listed).toContain('Shared by hand')
    await beta.ask('DELETE', `partners/${partner.id}/records/${other.key}`)
    const items = (await acme.ask<{ items: { key: string; title: string }[] }>('GET', 'work-items?limit=20'))
      .items
    const key = items.find(({ title }) => title === 'Shared by hand')?.key
    await soon(async () =>
      (await acme.ask<{ mirrors: { state: string }[] }>('GET', `work-items/${key}`)).mirrors.map(
        ({ state }) => state,
      ),
    ).toEqual(['gone'])
  })

  it('stays where it is on both sides when Beta ends the sharing, and Acme is told so in a sentence', async () => {
    await beta.ask('POST', `partners/${partner.id}/end`)
    clock.advance(600_000)
    await soon(async () => JSON.stringify(await acme.ask('GET', 'connections/beta'))).toMatch(/ended/)
    expect(await saidOn(acme, `tickets/${ticket.key}`)).toContain('Which proxy is it?')
    expect(await saidOn(beta, `tickets/${theirs.key}`)).toContain('It is Squid 6.')
  })
})

describe('a connection that Acme takes away', () => {
  it('is rung for no longer, because the other side is told', async () => {
    const made = await beta.ask<{ partner: { id: string }; token: string }>('POST', 'partners', {
      name: 'Acme, second try',
      policy: POLICY,
    })
    const secrets = { BETA_URL: beta.url, BETA_TOKEN: made.token, BETA_SECRET: 'between-acme-and-beta' }
    const second = configuration.replace('  beta:', '  second:').replace(/routes:[\s\S]*/, '')
    await acme.ask('POST', 'configuration', { yaml: second, secrets })
    const hookOf = async (): Promise<unknown> =>
      (await beta.ask<{ hook: unknown }>('GET', `partners/${made.partner.id}`)).hook
    await soon(hookOf).toMatchObject({ address: `${acme.url}/hooks/second` })
    const { yaml } = await acme.ask<{ yaml: string }>('GET', 'configuration')
    const { second: _, ...others } = parse(yaml).connections
    const kept = stringify({ ...parse(yaml), connections: others })
    await acme.ask('POST', 'configuration', { yaml: kept, prune: true })
    await soon(hookOf).toBeNull()
  })
})
