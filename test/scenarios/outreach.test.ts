import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { markOf } from '../../src/api/told/mark.ts'
import { makeSignal } from '../../src/commands/work-signal.ts'
import {
  type OutreachDeps,
  proposeWhatIsNew,
  sendWhatIsDue,
  tellCustomers,
} from '../../src/worker/tell-customers.ts'
import { openTestApi, type TestApi } from '../support/api.ts'

/**
 * From a release that comes out to the customer who says whether it works: who is told, what, in which words, once. The
 * look that a worker takes is taken here by hand, so that each moment between can be reached.
 */
let api: TestApi
let owner: string
let deps: OutreachDeps

beforeEach(async () => {
  api = await openTestApi()
  owner = await api.tokenOf('owner')
  deps = { runner: { ...api.runner, signal: makeSignal() }, log: () => {}, seal: null, answerAt: null }
  await made('teams', { key: 'web', name: 'Web' })
  await made('products', { key: 'shop', name: 'Shop', team: 'web' })
})
afterEach(() => api.close())

interface Made {
  readonly id: string
  readonly key: string
}
interface Notice {
  readonly id: string
  readonly state: string
  readonly standing: string
  readonly release: { readonly name: string }
  readonly customer: { readonly name: string } | null
  readonly text: string
  readonly language: string
  readonly reason: string | null
  readonly dueAt: string | null
  readonly approvedBy: { readonly kind: string } | null
  readonly tickets: readonly {
    readonly key: string
    readonly reason: string | null
    readonly answer: string | null
  }[]
  readonly revision: number
}

const ask = async <T>(
  method: 'GET' | 'POST' | 'PATCH' | 'PUT',
  path: string,
  body?: object,
  by = owner,
): Promise<T> => {
  const answer = await api.ask(by, method, path, body)
  if (answer.statusCode >= 300) throw new Error(`${method} ${path}: ${answer.statusCode} ${answer.body}`)
  return answer.statusCode === 204 ? (undefined as T) : answer.json()
}
const made = (path: string, body: object): Promise<Made> => ask('POST', path, body)

const sha = (name: string): string => createHash('sha1').update(name).digest('hex')
/** A release of the repository after another, with a commit that names these keys. */
const traced = async (name: string, basis: string | null, keys: readonly string[]): Promise<string> => {
  const commit = {
    id: sha(name),
    at: '2026-03-01T00:00:00Z',
    author: 'Dora',
    message: `${keys.join(' ')}: mend it`,
  }
  const repository = { product: 'shop', repository: 'acme/shop' }
  const { kept } = await ask<{ kept: string[] }>('POST', 'trace/commits', {
    ...repository,
    commits: [commit],
  })
  const { release } = await ask<{ release: Made }>('POST', 'trace/releases', {
    ...{ ...repository, name, commit: sha(name), basis: basis === null ? null : sha(basis) },
    ...{ at: '2026-03-01T00:00:00Z', counted: 1, commits: kept },
  })
  return release.id
}
const out = (release: string) => ask('POST', `releases/${release}/release`, {})

const defect = async (title = 'Null in CartController'): Promise<Made> =>
  made('work-items', { kind: 'defect', title, description: '', product: 'shop' })
const finish = async (key: string): Promise<void> => {
  await ask('POST', `work-items/${key}/accept`, {})
  await ask('POST', `work-items/${key}/move`, { to: 'done' })
}

/** A customer with a contact, and what they run. */
const runs = async (
  name: string,
  release: string,
): Promise<{ contactId: string; customerId: string; installation: string }> => {
  const customer = await api.customer(name)
  const { id } = await made('installations', {
    customer: customer.customerId,
    product: 'shop',
    environment: 'production',
    release,
  })
  return { ...customer, installation: id }
}
const ticket = async (
  who: { readonly contactId: string; readonly customerId: string },
  work: string,
  title = 'My cart is empty',
): Promise<Made> => {
  const about = { title, description: '', product: 'shop', customer: who.customerId, contact: who.contactId }
  const reported = await made('tickets', about)
  await ask('POST', `tickets/${reported.key}/join`, { workItem: work })
  return reported
}

const look = (): Promise<void> => tellCustomers(deps)
const later = (seconds: number): void => {
  api.clock.now = new Date(api.clock.now.getTime() + seconds * 1000)
}
const notices = async (query = ''): Promise<readonly Notice[]> =>
  (await ask<{ items: readonly Notice[] }>('GET', `outreach?limit=200${query}`)).items
const seen = (all: readonly Notice[]) => ({ notices: all.map(({ id, revision }) => ({ id, revision })) })
const send = async (all: readonly Notice[]): Promise<void> => {
  await ask('POST', 'outreach/send', seen(all))
  later(11)
  await look()
}
const saidOn = async (key: string): Promise<readonly string[]> => {
  const { items } = await ask<{ items: readonly { type: string; text: string; audience: string }[] }>(
    'GET',
    `tickets/${key}/timeline?limit=200`,
  )
  return items
    .filter(({ type, audience }) => type === 'comment' && audience === 'everyone')
    .map(({ text }) => text)
}
const who = (all: readonly Notice[]) =>
  Object.fromEntries(
    all.map(({ customer, standing, release }) => [customer?.name, `${standing} ${release.name}`]),
  )

describe('who is told of a release', () => {
  it('is each customer once, of what brings it on the line that they run', async () => {
    const work = await defect()
    const old = await traced('1.0.0', null, ['X-1'])
    const main = await traced('2.0.0', '1.0.0', [work.key])
    const after = await traced('2.1.0', '2.0.0', ['X-2'])
    const copied = await traced('1.0.1', '1.0.0', [work.key])
    for (const [name, release] of Object.entries({
      Acme: copied,
      Globex: main,
      Hooli: old,
      Initech: after,
    }))
      await ticket(await runs(name, release), work.key)
    await finish(work.key)
    await look()
    // nothing is out: that it is built is told only where somebody wants that
    expect(who(await notices())).toEqual({
      Acme: 'has it 1.0.1',
      Globex: 'has it 2.0.0',
      Initech: 'has it 2.0.0',
    })
    await out(main)
    await look()
    expect(who(await notices())['Hooli']).toBe('must upgrade 2.0.0')
    await out(copied)
    await look()
    expect(who(await notices('&state=proposed'))).toEqual({
      ...{ Acme: 'has it 1.0.1', Hooli: 'must upgrade 1.0.1' },
      ...{ Globex: 'has it 2.0.0', Initech: 'has it 2.0.0' },
    })
    // what they could have gone on to before a nearer one came was never said
    expect((await notices('&state=suppressed')).map(({ reason }) => reason)).toEqual(['changed since'])
    await send(await notices('&state=proposed'))
    expect((await notices('&state=sent')).length).toBe(4)
    later(60)
    await look()
    expect(await notices('&state=proposed')).toEqual([])
  })

  it('hears one message of ten defects, with each of their tickets in it', async () => {
    const release = await traced('1.0', null, ['X-1'])
    const acme = await runs('Acme', release)
    const fixed = await made('releases', { product: 'shop', name: '1.1' })
    const tickets: Made[] = []
    for (let n = 0; n < 10; n += 1) {
      const work = await defect(`Internal words ${n}`)
      tickets.push(await ticket(acme, work.key, `Trouble *${n}*`))
      await ask('PATCH', `work-items/${work.key}`, { set: { release: fixed.id } })
      await finish(work.key)
    }
    await out(fixed.id)
    await ask('PATCH', `installations/${acme.installation}`, { release: fixed.id })
    await look()
    const [notice, ...more] = await notices()
    expect([notice?.tickets.length, more]).toEqual([10, []])
    expect(notice?.text).toContain(`**${tickets[9]?.key}** Trouble \\*9\\* (production runs 1.1)`)
    expect(notice?.text).not.toContain('Internal')
    await send(notice === undefined ? [] : [notice])
    const said = await Promise.all(tickets.map(({ key }) => saidOn(key)))
    expect(said.map((words) => words.length)).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    const shown = await ask<{ state: string; waitingFor: string }>('GET', `tickets/${tickets[7]?.key}`)
    expect([shown.state, shown.waitingFor]).toEqual(['waiting', 'customer'])
  })

  it('reads their own language, and the organisation’s words where it has some', async () => {
    const { release, acme, work } = await reached()
    await api.database.db
      .insertInto('account')
      .values({
        id: api.runner.newId(),
        contact_id: acme.contactId,
        language: 'de',
        created_at: api.clock.now,
      })
      .execute()
    const globex = await runs('Globex', release)
    await ticket(globex, work.key)
    await look()
    const texts = Object.fromEntries((await notices()).map(({ customer, text }) => [customer?.name, text]))
    expect(texts['Acme']).toMatch(/^Guten Tag Acme's contact,/)
    expect(texts['Globex']).toMatch(/^Hello Globex's contact,/)
    // who never signs in: as is kept of them, else of their organisation
    const greeted = async (): Promise<string | undefined> => {
      await look()
      return (await notices()).find(({ customer }) => customer?.name === 'Globex')?.text.split(' ')[0]
    }
    await ask('PATCH', `customers/${globex.customerId}`, { language: 'de' })
    expect(await greeted()).toBe('Guten')
    await ask('PATCH', `contacts/${globex.contactId}`, { language: 'en' })
    expect(await greeted()).toBe('Hello')
    await ask('PATCH', `contacts/${globex.contactId}`, { language: null })
    await ask('PATCH', `customers/${globex.customerId}`, { language: null })
    expect(await greeted()).toBe('Hello')
    const refused = await api.ask(owner, 'PUT', 'outreach/templates/has it/en', { text: 'It {works}.' })
    expect([refused.statusCode, refused.json().detail]).toEqual([
      422,
      'There is nothing to put in the place of {works}.',
    ])
    await ask('PUT', 'outreach/templates/has it/en', { text: '{hello} look:\n\n{requests}' })
    await look()
    const english = (await notices()).find(({ customer }) => customer?.name === 'Globex')
    expect(english?.text).toMatch(/^Hello Globex's contact, look:\n\n- \*\*T-2\*\*/)
  })
})

/** One customer who runs what was just released with what they reported. */
const reached = async () => {
  const work = await defect()
  const { id: release } = await made('releases', { product: 'shop', name: '1.1' })
  await ask('PATCH', `work-items/${work.key}`, { set: { release } })
  const acme = await runs('Acme', release)
  const reported = await ticket(acme, work.key)
  await finish(work.key)
  await out(release)
  return { work, release, acme, reported }
}

const proposedOne = async (): Promise<Notice> => {
  await look()
  const [notice, ...more] = await notices('&state=proposed')
  if (notice === undefined || more.length > 0) return expect.fail('not one notice waits')
  return notice
}

describe('what is told once', () => {
  it('stays told once when two send it at the same moment, and a look breaks off between', async () => {
    const { reported } = await reached()
    const notice = await proposedOne()
    await ask('POST', 'outreach/send', seen([notice]))
    later(11)
    await Promise.all([sendWhatIsDue(deps), sendWhatIsDue(deps), proposeWhatIsNew(deps)])
    await sendWhatIsDue(deps)
    expect(await saidOn(reported.key)).toHaveLength(1)
    expect(await notices('&state=sent')).toHaveLength(1)
  })

  it('is sent by the next worker where one dies before its transaction ends', async () => {
    const { reported } = await reached()
    await ask('POST', 'outreach/send', seen([await proposedOne()]))
    later(11)
    const dying: OutreachDeps = {
      ...deps,
      // the last thing that is done before the notice counts as sent
      seal: () => {
        throw new Error('killed')
      },
    }
    await sendWhatIsDue(dying)
    expect(await saidOn(reported.key)).toEqual([])
    later(301)
    await look()
    expect(await saidOn(reported.key)).toHaveLength(1)
  })

  it('is told of one of two releases that both have it', async () => {
    const { acme, work } = await reached()
    await send([await proposedOne()])
    const again = await traced('1.2', null, [work.key])
    await out(again)
    await ask('PATCH', `installations/${acme.installation}`, { release: again })
    await look()
    expect(await notices('&state=proposed')).toEqual([])
  })

  it('can be taken back for some seconds, and be written by hand', async () => {
    const { reported } = await reached()
    const notice = await proposedOne()
    await ask('POST', 'outreach/send', seen([notice]))
    await ask('POST', 'outreach/hold', { notices: [{ id: notice.id }] })
    later(60)
    await look()
    expect(await saidOn(reported.key)).toEqual([])
    const [held] = await notices('&state=proposed')
    const edited = await ask<Notice>('PATCH', `outreach/${notice.id}`, {
      text: 'It is **mended**.',
      revision: held?.revision,
    })
    // who read the other words does not send these
    const { left } = await ask<{ left: readonly { detail: string }[] }>(
      'POST',
      'outreach/send',
      seen([notice]),
    )
    expect(left.map(({ detail }) => detail)).toEqual(['It was changed since you read it. Read it again.'])
    await send([edited])
    expect(await saidOn(reported.key)).toEqual(['It is **mended**.'])
  })

  it('goes by itself after the delay where the policy says so, unless it is held', async () => {
    const { reported } = await reached()
    const modes = { 'has it': 'automatic', 'must upgrade': 'review', 'gets it': 'off' }
    await ask('PUT', 'outreach/policies', { product: 'shop', policy: { modes, delayMinutes: 5 } })
    const notice = await proposedOne()
    expect(notice.approvedBy?.kind).toBe('system')
    await ask('POST', 'outreach/hold', { notices: [{ id: notice.id }] })
    later(301)
    await look()
    expect(await saidOn(reported.key)).toEqual([])
    await send(await notices('&state=proposed'))
    expect(await saidOn(reported.key)).toHaveLength(1)
  })
})

describe('what is not told', () => {
  const suppressed = async (): Promise<readonly (string | null)[]> => {
    later(11)
    await sendWhatIsDue(deps)
    return (await notices('&state=suppressed')).map(({ reason }) => reason)
  }

  it('is a fix that was reopened between the proposal and the sending', async () => {
    const { reported } = await reached()
    await ask('POST', `tickets/${reported.key}/resolve`, {})
    const notice = await proposedOne()
    await ask('POST', 'outreach/send', seen([notice]))
    await ask('POST', `tickets/${reported.key}/reopen`, {})
    expect(await suppressed()).toEqual(['reopened'])
    expect(await saidOn(reported.key)).toEqual([])
    await look()
    expect(await notices('&state=proposed')).toEqual([])
  })

  it('is anything to who wants none, by themselves or by their organisation', async () => {
    const { acme, release, work } = await reached()
    const globex = await runs('Globex', release)
    await ticket(globex, work.key)
    await look()
    await ask('POST', 'outreach/send', seen(await notices()))
    await ask('PATCH', `contacts/${acme.contactId}`, { takesNotices: false })
    await ask('PATCH', `customers/${globex.customerId}`, { takesNotices: false })
    expect(await suppressed()).toEqual(['opted out', 'opted out'])
    await look()
    expect(await notices('&state=proposed')).toEqual([])
  })

  it('is what somebody dismissed, until they take that back', async () => {
    await reached()
    const notice = await proposedOne()
    await ask('POST', 'outreach/dismiss', { ...seen([notice]), why: 'We told them by telephone' })
    later(60)
    await look()
    expect(await notices('&state=proposed')).toEqual([])
    await ask('POST', 'outreach/restore', { notices: [{ id: notice.id }] })
    expect((await proposedOne()).id).toBe(notice.id)
  })

  it('is one message again when two dismissed ones to the same come back at once', async () => {
    const { acme, work, reported } = await reached()
    const first = await proposedOne()
    await ask('POST', 'outreach/dismiss', { ...seen([first]), why: null })
    later(60)
    const second = await ticket(acme, work.key, 'Cart again')
    const next = await proposedOne()
    await ask('POST', 'outreach/dismiss', { ...seen([next]), why: null })
    const both = { notices: [{ id: first.id }, { id: next.id }] }
    expect(await ask<object>('POST', 'outreach/restore', both)).toMatchObject({
      ...{ done: expect.arrayContaining([first.id, next.id]), left: [] },
    })
    const { id, tickets } = await proposedOne()
    expect(id).toBe(next.id)
    expect(tickets.map(({ key }) => key).toSorted()).toEqual([reported.key, second.key].toSorted())
  })

  it('is a ticket that was closed meanwhile; the rest waits for somebody to read it again', async () => {
    const { acme, work, reported } = await reached()
    const second = await ticket(acme, work.key, 'Cart again')
    const notice = await proposedOne()
    expect(notice.tickets).toHaveLength(2)
    await ask('POST', 'outreach/send', seen([notice]))
    await ask('POST', `tickets/${reported.key}/close`, {})
    later(11)
    await sendWhatIsDue(deps)
    expect(await notices('&state=sent')).toEqual([])
    const now = await proposedOne()
    expect([now.text.includes('Cart again'), now.text.includes('My cart is empty'), now.dueAt]).toEqual([
      true,
      false,
      null,
    ])
    await send([now])
    expect(await saidOn(second.key)).toHaveLength(1)
  })
})

describe('the answer of a customer', () => {
  const told = async () => {
    const all = await reached()
    await send([await proposedOne()])
    const customer = await api.tokenOf('customer', { contactId: all.acme.contactId })
    const request = await ask<{ mayTry: boolean }>(
      'GET',
      `portal/requests/${all.reported.key}`,
      undefined,
      customer,
    )
    expect(request.mayTry).toBe(true)
    return { ...all, customer }
  }

  it('that it works ends the ticket', async () => {
    const { reported, customer } = await told()
    await ask('POST', `portal/requests/${reported.key}/verify`, { works: true }, customer)
    expect((await ask<{ state: string }>('GET', `tickets/${reported.key}`)).state).toBe('resolved')
    expect((await notices('&state=sent'))[0]?.tickets[0]?.answer).toBe('works')
  })

  it('that it is still broken asks engineering, and nothing more is told of that fix', async () => {
    const { reported, customer, work, acme } = await told()
    await ask('POST', `portal/requests/${reported.key}/verify`, { works: false }, customer)
    const shown = await ask<{ state: string; needs: string }>('GET', `tickets/${reported.key}`)
    expect([shown.state, shown.needs]).toEqual(['open', 'investigating'])
    const { items } = await ask<{ items: readonly { type: string; text: string | null }[] }>(
      'GET',
      `work-items/${work.key}/timeline`,
    )
    expect(items.some(({ text }) => text?.includes('Is this a regression') === true)).toBe(true)
    await look()
    expect(await notices('&state=proposed')).toEqual([])
    // mended once more, in another release: that is news
    const { id: second } = await made('releases', { product: 'shop', name: '1.1.1' })
    await ask('PATCH', `work-items/${work.key}`, { set: { release: second } })
    await ask('POST', `work-items/${work.key}/move`, { to: 'started' })
    await finish(work.key).catch(() => ask('POST', `work-items/${work.key}/move`, { to: 'done' }))
    await out(second)
    await ask('PATCH', `installations/${acme.installation}`, { release: second })
    expect((await proposedOne()).release.name).toBe('1.1.1')
  })
})

describe('the address under a message', () => {
  const sent = async () => {
    const all = await reached()
    await ask('PATCH', `contacts/${all.acme.contactId}`, { language: 'de' })
    await send([await proposedOne()])
    const [notice] = await notices('&state=sent')
    const address = `/told/${markOf(api.deps.master, notice?.id ?? '')}`
    const { id } = await ask<Made>('GET', `tickets/${all.reported.key}`)
    return { ...all, address, ticketId: id }
  }
  const stateOf = async ({ key }: Made): Promise<string> =>
    (await ask<{ state: string }>('GET', `tickets/${key}`)).state

  it('shows what they were told of in their language, and does nothing by being opened', async () => {
    const { address, reported } = await sent()
    const page = await api.visit(address)
    expect([page.statusCode, page.headers['referrer-policy']]).toEqual([200, 'no-referrer'])
    for (const words of ['lang="de"', 'Shop 1.1', reported.key, 'My cart is empty', 'Klappt es jetzt?'])
      expect(page.body).toContain(words)
    expect(page.body).not.toContain('Null in CartController')
    expect(await stateOf(reported)).toBe('waiting')
  })

  it('takes their word on the fix once, without signing in', async () => {
    const { address, reported, ticketId } = await sent()
    const form = { do: 'works', ticket: ticketId }
    const answers = await Promise.all([api.visit(address, form), api.visit(address, form)])
    expect(answers.map(({ statusCode, headers }) => [statusCode, headers['location']])).toEqual([
      [303, address],
      [303, address],
    ])
    expect(await stateOf(reported)).toBe('resolved')
    await api.visit(address, { ...form, do: 'still broken' })
    expect(await stateOf(reported)).toBe('resolved')
    expect((await api.visit(address)).body).toContain('dass es funktioniert. Danke.')
    const answered = await api.database.db
      .selectFrom('event')
      .select('actor')
      .where('kind', '=', 'notice.answered')
      .execute()
    expect(answered.map(({ actor }) => actor.name)).toEqual(["Acme's contact"])
  })

  it('asks engineering where it is still broken', async () => {
    const { address, reported, work, ticketId } = await sent()
    await api.visit(address, { do: 'still broken', ticket: ticketId })
    expect(await stateOf(reported)).toBe('open')
    expect((await api.visit(address)).body).toContain('dass es weiter nicht geht')
    const { items } = await ask<{ items: readonly { text: string | null }[] }>(
      'GET',
      `work-items/${work.key}/timeline`,
    )
    expect(items.some(({ text }) => text?.includes('Is this a regression') === true)).toBe(true)
  })

  it('keeps such messages from who wants none, until they want them again', async () => {
    const { address, acme, work } = await sent()
    await api.visit(address, { do: 'stop' })
    expect((await api.visit(address)).body).toContain('Sie bekommen keine solchen Nachrichten mehr.')
    await ticket(acme, work.key)
    await look()
    expect(await notices('&state=proposed')).toEqual([])
    await api.visit(address, { do: 'again' })
    await proposedOne()
  })

  it('asks nothing of who is gone', async () => {
    const { address, acme, reported, ticketId } = await sent()
    await ask('PATCH', `contacts/${acme.contactId}`, { archived: true })
    expect((await api.visit(address)).body).not.toContain('<button')
    await api.visit(address, { do: 'works', ticket: ticketId })
    expect(await stateOf(reported)).toBe('waiting')
  })

  it('leads nowhere where we did not make it, and what is of others is not answered by it', async () => {
    const { address, reported, work, release } = await sent()
    const other = await ticket(await runs('Globex', release), work.key)
    const { id } = await ask<Made>('GET', `tickets/${other.key}`)
    await api.visit(address, { do: 'works', ticket: id })
    expect(await stateOf(other)).not.toBe('resolved')
    const forged = address.replace(/.{4}$/, '0000')
    for (const wrong of [forged, '/told/x', `/told/${id}`]) {
      expect((await api.visit(wrong)).statusCode).toBe(404)
      await api.visit(wrong, { do: 'works', ticket: reported.id })
    }
    expect(await stateOf(reported)).toBe('waiting')
  })
})

describe('the report of a release', () => {
  it('says of each fix who was told when by whom, who was not and why, and how many in time', async () => {
    const { release, work, reported } = await reached()
    const globex = await runs('Globex', release)
    await ticket(globex, work.key)
    const hooli = await runs('Hooli', release)
    await ask('PATCH', `contacts/${hooli.contactId}`, { takesNotices: false })
    await ticket(hooli, work.key)
    await look()
    const acme = (await notices()).filter(({ customer }) => customer?.name === 'Acme')
    await send(acme)
    interface Reported {
      readonly ticket: { readonly key: string }
      readonly told: { readonly by: { readonly name: string }; readonly standing: string } | null
      readonly reason: string | null
      readonly isProposed: boolean
    }
    const path = `releases/${release}/outreach`
    const first = await ask<{ items: readonly Reported[]; next: string }>('GET', `${path}/report?limit=2`)
    const rest = await ask<{ items: readonly Reported[] }>('GET', `${path}/report?cursor=${first.next}`)
    const rows = [...first.items, ...rest.items]
    expect(
      rows.map(({ told, reason, isProposed }) => [
        told?.standing ?? null,
        told?.by.name ?? null,
        reason,
        isProposed,
      ]),
    ).toEqual([
      ['has it', 'test owner', null, false],
      [null, null, null, true],
      [null, null, 'opted out', false],
    ])
    expect(rows[0]?.ticket.key).toBe(reported.key)
    const coverage = async () => (await ask<{ coverage: object }>('GET', path)).coverage
    expect(await coverage()).toEqual({ affected: 1, inTime: 1, pending: 1, optedOut: 1 })
    later(25 * 3_600)
    expect(await coverage()).toEqual({ affected: 2, inTime: 1, pending: 0, optedOut: 1 })
    const csv = (await api.ask(owner, 'GET', `exports/outreach?release=${release}`)).body.trim().split('\r\n')
    expect([csv.length, csv[1]?.includes('"has it"'), csv[3]?.includes('"opted out"')]).toEqual([
      4,
      true,
      true,
    ])
  })

  it('forgets nobody whose ticket was closed before they were told, because they never were', async () => {
    const release = await traced('1.0', null, ['X-1'])
    const work = await defect()
    const fixed = await made('releases', { product: 'shop', name: '1.1' })
    await ask('PATCH', `work-items/${work.key}`, { set: { release: fixed.id } })
    const [reports, places]: [Made[], string[]] = [[], []]
    for (const name of ['Early', 'Closed', 'Told', 'Cancelled']) {
      const customer = await runs(name, release)
      places.push(customer.installation)
      reports.push(await ticket(customer, work.key))
    }
    const [early, closed, told, cancelled] = reports.map(({ key }) => key)
    await ask('POST', `tickets/${early}/close`, {})
    later(60)
    await finish(work.key)
    await out(fixed.id)
    await look()
    later(60)
    await ask('POST', `tickets/${closed}/close`, {})
    await ask('POST', `tickets/${cancelled}/cancel`, {})
    await send((await notices()).filter(({ customer }) => customer?.name === 'Told'))
    later(60)
    await ask('POST', `tickets/${told}/close`, {})
    const coverage = async () =>
      (await ask<{ coverage: object }>('GET', `releases/${fixed.id}/outreach`)).coverage
    expect(await coverage()).toEqual({ affected: 1, inTime: 1, pending: 1, optedOut: 0 })
    later(3 * 86_400)
    expect(await coverage()).toEqual({ affected: 2, inTime: 1, pending: 0, optedOut: 0 })
    // what they run now says nothing of when they could have been told
    for (const id of places) await ask('PATCH', `installations/${id}`, { release: fixed.id })
    expect(await coverage()).toEqual({ affected: 2, inTime: 1, pending: 0, optedOut: 0 })
  })
})
