import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { acceptWorkItem } from '../../src/commands/accept-work-item.ts'
import { addComment } from '../../src/commands/add-comment.ts'
import { answerInformation } from '../../src/commands/answer-information.ts'
import { askInformation } from '../../src/commands/ask-information.ts'
import { changeWorkItem } from '../../src/commands/change-work-item.ts'
import { confirmSent } from '../../src/commands/confirm-sent.ts'
import { createRelease } from '../../src/commands/create-release.ts'
import { declineWorkItem } from '../../src/commands/decline-work-item.ts'
import { escalateTicket } from '../../src/commands/escalate-ticket.ts'
import { estimateRelease } from '../../src/commands/estimate-release.ts'
import { joinEscalation } from '../../src/commands/join-escalation.ts'
import { markDuplicate } from '../../src/commands/mark-duplicate.ts'
import { moveWorkItem } from '../../src/commands/move-work-item.ts'
import { releaseRelease } from '../../src/commands/release-release.ts'
import { reopenTicket } from '../../src/commands/reopen-ticket.ts'
import { resolveTicket } from '../../src/commands/resolve-ticket.ts'
import { returnEscalation } from '../../src/commands/return-escalation.ts'
import { suggestWorkItems } from '../../src/commands/suggest-work-items.ts'
import { verifyFix } from '../../src/commands/verify-fix.ts'
import { uuidv7 } from '../../src/lib/ids.ts'
import { listEscalations } from '../../src/store/views/escalation-list.ts'
import { ticketView } from '../../src/store/views/ticket-view.ts'
import { timeline } from '../../src/store/views/timeline.ts'
import { workItemView } from '../../src/store/views/work-item-view.ts'
import { plainText } from '../../src/sync/rich-text/plain.ts'
import { type HubWorld, openHubWorld } from '../support/hub-world.ts'

let world: HubWorld
beforeAll(async () => {
  world = await openHubWorld()
})
afterAll(() => world.close())

const seen = async (key: string) => {
  const view = await ticketView(world.database.db, key, 'support')
  if (view === null) throw new Error(`no ticket ${key}`)
  return view
}

const escalated = async (key: string): Promise<string> =>
  (await world.do(world.agent, escalateTicket, { ticket: key })).workItem.key

describe('escalating a ticket', () => {
  it('goes to the team that owns the component, with all that engineering needs to begin', async () => {
    const ticket = await world.ticket({ version: '4.1', environment: 'production', severity: 'high' })
    const { workItem, escalation } = await world.do(world.agent, escalateTicket, {
      ticket,
      steps: 'Press checkout',
      expected: 'A receipt',
      actual: 'Nothing',
      frequency: 'always',
      since: 'Monday',
      workaround: 'Use the phone',
    })
    expect(escalation.state).toBe('sent')
    const view = await workItemView(world.database.db, workItem.key, 'support')
    expect(view).toMatchObject({
      team: { key: 'web' },
      ticketCount: 1,
      customerCount: 1,
      severity: { severity: 'high', reasons: [{ ticketKey: ticket, customer: 'acme', severity: 'high' }] },
      workItem: {
        state: 'triage',
        steps: 'Press checkout',
        expected: 'A receipt',
        actual: 'Nothing',
        frequency: 'always',
        since: 'Monday',
        release_version: '4.1',
        environment: 'production',
        workaround: 'Use the phone',
      },
    })
    expect(await seen(ticket)).toMatchObject({
      engineeringStatus: 'In triage',
      workItem: { key: workItem.key },
    })
  })

  it('is done once: the second press shows the first one’s work item', async () => {
    const ticket = await world.ticket()
    const key = await escalated(ticket)
    expect(await world.tell(world.agent, escalateTicket, { ticket })).toMatchObject({
      ok: false,
      error: { code: 'already-done', existing: { kind: 'work item', key } },
    })
  })

  it('makes one work item when two agents press at the same moment', async () => {
    const ticket = await world.ticket()
    const both = await Promise.all([
      world.tell(world.agent, escalateTicket, { ticket }),
      world.tell(world.engineer, escalateTicket, { ticket }),
    ])
    const [won] = both.flatMap((result) => (result.ok ? [result.value.workItem] : []))
    const [lost] = both.flatMap((result) => (result.ok ? [] : [result.error]))
    expect(won).toBeDefined()
    expect(lost).toMatchObject({ code: 'already-done', existing: { key: won?.key } })
    const count = await sql<{ n: number }>`
      select count(*)::int as n from escalation e join ticket t on t.id = e.ticket_id where t.key = ${ticket}`.execute(
      world.database.db,
    )
    expect(count.rows).toEqual([{ n: 1 }])
  })

  it('is refused with what to configure where nobody owns the product, and writes nothing', async () => {
    const ticket = await world.ticket({ component: null, product: 'shop' })
    const before = await seen(ticket)
    expect(await world.tell(world.agent, escalateTicket, { ticket })).toMatchObject({
      ok: false,
      error: { code: 'no-route', field: '/component', detail: expect.stringContaining('route') },
    })
    expect((await seen(ticket)).ticket.version).toBe(before.ticket.version)
  })

  it('stays “sending”, never shown as sent, until the item exists in engineering’s tool', async () => {
    const { db } = world.database
    const at = new Date('2026-03-01T00:00:00Z')
    const connectionId = uuidv7()
    await db
      .insertInto('connection')
      .values({
        id: connectionId,
        key: 'tracker',
        kind: 'demo',
        party: 'tracker',
        title: 'Tracker',
        state: 'active',
        settings: '{}',
        poll_every_s: 60,
        sweep_every_s: 3600,
        created_at: at,
        updated_at: at,
      })
      .execute()
    const ledger = await db
      .selectFrom('component')
      .select('id')
      .where('key', '=', 'ledger')
      .executeTakeFirstOrThrow()
    await db
      .insertInto('route')
      .values({
        id: uuidv7(),
        position: 1,
        component_id: ledger.id,
        connection_id: connectionId,
        container: 'CORE',
      })
      .execute()
    const ticket = await world.ticket({ component: 'ledger' })
    const { workItem, escalation } = await world.do(world.agent, escalateTicket, { ticket })
    expect(escalation.state).toBe('sending')
    expect(await seen(ticket)).toMatchObject({
      engineeringStatus: 'Not sent',
      escalation: { state: 'sending', sentAt: null },
    })
    const mirrors = await db.selectFrom('mirror').selectAll().where('record_id', '=', workItem.id).execute()
    expect(mirrors).toMatchObject([
      {
        state: 'creating',
        record_kind: 'work item',
        container: 'CORE',
        connection_id: connectionId,
        dirty_lane: 0,
      },
    ])
    expect(await world.do(world.agent, confirmSent, { workItem: workItem.key })).toEqual({ arrived: false })
    await db
      .updateTable('mirror')
      .set({
        state: 'live',
        remote_id: '77',
        remote_key: 'CORE-77',
        remote_url: 'https://tracker.example/77',
      })
      .where('record_id', '=', workItem.id)
      .execute()
    expect(await world.do(world.agent, confirmSent, { workItem: workItem.key })).toEqual({ arrived: true })
    expect(await seen(ticket)).toMatchObject({
      engineeringStatus: 'In triage',
      escalation: { state: 'sent' },
      workItem: { mirrors: [{ key: 'CORE-77', url: 'https://tracker.example/77' }] },
    })
  })

  it('suggests the work item that is likely the same, before a new one is made', async () => {
    const first = await world.ticket({ title: 'Invoice rounding wrong in yen' })
    const key = await escalated(first)
    const second = await world.ticket({ title: 'Yen invoices show wrong rounding', customer: 'globex' })
    const found = await world.database.db
      .transaction()
      .setAccessMode('read only')
      .execute((tx) => suggestWorkItems(tx, second))
    const suggested = found.ok ? found.value : []
    expect(suggested[0]).toMatchObject({ key, tickets: 1 })
    expect(suggested[0]?.reasons).toContain('same component')
    await world.do(world.agent, joinEscalation, { ticket: second, workItem: key })
    expect(await workItemView(world.database.db, key, 'support')).toMatchObject({
      ticketCount: 2,
      customerCount: 2,
      withoutCustomer: 0,
    })
  })
})

describe('many tickets on one work item', () => {
  const three = async (): Promise<{ tickets: [string, string, string]; item: string }> => {
    const tickets: [string, string, string] = [
      await world.ticket(),
      await world.ticket({ customer: 'globex' }),
      await world.ticket(),
    ]
    const item = await escalated(tickets[0])
    for (const ticket of tickets.slice(1))
      await world.do(world.agent, joinEscalation, { ticket, workItem: item })
    return { tickets, item }
  }

  it('wakes each ticket’s owner with the question, and the answer makes it engineering’s move again', async () => {
    const { tickets, item } = await three()
    await world.do(world.engineer, acceptWorkItem, { workItem: item })
    const askedAt = world.later(5)
    await world.do(world.engineer, askInformation, { workItem: item, question: plainText('Which browser?') })
    for (const ticket of tickets) {
      expect(await seen(ticket)).toMatchObject({
        escalation: { state: 'more information asked' },
        ticket: { state: 'open', woken_because: `Engineering asks for more information on ${item}` },
      })
    }
    const question = { text: plainText('Which browser?'), by: world.engineer, at: askedAt, answeredFor: [] }
    expect((await seen(tickets[0])).escalation?.asked).toEqual(question)
    const page = { after: null, limit: 50 }
    const listed = await listEscalations(world.database.db, 'support', { move: 'support' }, page)
    expect(listed.ok && listed.value.items.find((one) => one.workItem.key === item)?.asked).toEqual(question)
    await world.do(world.agent, answerInformation, { ticket: tickets[0], answer: plainText('Firefox') })
    expect((await seen(tickets[0])).escalation?.state).toBe('accepted')
    expect((await seen(tickets[1])).escalation?.state).toBe('more information asked')
  })

  it('is accepted by nobody any more when the card goes back to triage, on every ticket behind it', async () => {
    const { tickets, item } = await three()
    const before = (await seen(tickets[0])).escalation
    await world.do(world.engineer, acceptWorkItem, { workItem: item })
    expect((await seen(tickets[2])).escalation?.state).toBe('accepted')
    world.later(1)
    await world.do(world.engineer, moveWorkItem, { workItem: item, to: 'triage' })
    for (const ticket of tickets)
      expect(await seen(ticket)).toMatchObject({
        engineeringStatus: 'In triage',
        escalation: { state: 'sent', acceptedAt: null },
      })
    expect((await seen(tickets[0])).escalation?.sentAt).toEqual(before?.sentAt)
  })

  it('tells each of them the reason when engineering declines, and frees each for another escalation', async () => {
    const { tickets, item } = await three()
    expect(await world.tell(world.engineer, declineWorkItem, { workItem: item, reason: ' ' })).toMatchObject({
      ok: false,
      error: { code: 'invalid', field: '/reason' },
    })
    await world.do(world.engineer, declineWorkItem, { workItem: item, reason: 'It is meant to be so.' })
    for (const ticket of tickets) {
      expect(await seen(ticket)).toMatchObject({
        engineeringStatus: 'Declined',
        escalation: { state: 'declined', reason: 'It is meant to be so.' },
        ticket: { needs: 'close the loop' },
      })
    }
    expect(await escalated(tickets[2])).not.toBe(item)
  })

  it('brings the release to each, and one that is reopened asks about a regression without reopening the others', async () => {
    const { tickets, item } = await three()
    const release = await world.do(world.engineer, createRelease, { product: 'shop', name: `5.${item}` })
    await world.do(world.engineer, estimateRelease, {
      release: release.id,
      estimate: { from: '2026-03-10', to: '2026-03-12', confidence: 70 },
    })
    world.later(60)
    await world.do(world.engineer, estimateRelease, {
      release: release.id,
      estimate: { from: '2026-03-15', to: '2026-03-19', confidence: 80 },
    })
    await world.do(world.engineer, changeWorkItem, { workItem: item, set: { release: release.id } })
    await world.do(world.engineer, moveWorkItem, { workItem: item, to: 'started' })
    expect(await seen(tickets[0])).toMatchObject({
      engineeringStatus: 'In progress',
      escalation: { state: 'accepted' },
      release: { estimate: { to: '2026-03-19' }, history: [{ slipDays: null }, { slipDays: 7 }] },
    })
    await world.do(world.engineer, moveWorkItem, { workItem: item, to: 'done' })
    expect(await seen(tickets[1])).toMatchObject({
      engineeringStatus: 'Fixed, not released',
      escalation: { state: 'fixed' },
    })
    await world.do(world.engineer, releaseRelease, { release: release.id })
    for (const ticket of tickets) {
      expect(await seen(ticket)).toMatchObject({
        engineeringStatus: 'Released',
        escalation: { state: 'released' },
        ticket: {
          needs: 'close the loop',
          woken_because: `The release with ${item} is out: tell the customer`,
        },
      })
      await world.do(world.agent, resolveTicket, { ticket })
    }
    expect(await world.do(world.agent, verifyFix, { ticket: tickets[0], works: true })).toMatchObject({
      state: 'resolved',
    })
    await world.do(world.agent, reopenTicket, { ticket: tickets[1] })
    expect((await seen(tickets[1])).ticket).toMatchObject({ state: 'open', reopened_count: 1 })
    expect((await seen(tickets[0])).ticket.state).toBe('resolved')
    expect((await seen(tickets[2])).ticket.state).toBe('resolved')
    const view = await workItemView(world.database.db, item, 'support')
    expect(view?.workItem.state).toBe('done')
    const told = await timeline(
      world.database.db,
      { kind: 'work item', id: view?.workItem.id ?? '' },
      'engineering',
      { after: null, limit: 200 },
    )
    const entries = told.ok ? told.value.items : []
    expect(
      entries.filter((entry) => entry.type === 'event' && entry.kind === 'work-item.regression-asked'),
    ).toHaveLength(1)
    expect(entries.filter((entry) => entry.type === 'comment' && entry.audience === 'staff')).toHaveLength(1)
  })

  it('moves them all over to the item that stays when it is a duplicate, so that its fix reaches them too', async () => {
    const { tickets, item } = await three()
    const stays = await escalated(await world.ticket())
    await world.do(world.engineer, moveWorkItem, { workItem: stays, to: 'started' })
    await world.do(world.engineer, markDuplicate, { workItem: item, of: stays })
    for (const ticket of tickets) {
      expect(await seen(ticket)).toMatchObject({
        engineeringStatus: 'In progress',
        workItem: { key: stays },
        escalation: { state: 'accepted' },
      })
    }
    expect(await workItemView(world.database.db, stays, 'support')).toMatchObject({ ticketCount: 4 })
    expect(await workItemView(world.database.db, item, 'support')).toMatchObject({
      ticketCount: 0,
      engineeringStatus: 'Duplicate',
      duplicateOf: { key: stays },
    })
  })

  it('hands one back without touching the others', async () => {
    const { tickets, item } = await three()
    await world.do(world.engineer, returnEscalation, { ticket: tickets[1], reason: 'Another product' })
    expect(await seen(tickets[1])).toMatchObject({
      engineeringStatus: 'Not sent',
      escalation: { state: 'returned', reason: 'Another product' },
      ticket: { woken_because: `Engineering returned it from ${item}: Another product` },
    })
    expect((await seen(tickets[0])).escalation?.state).toBe('sent')
  })

  it('takes the work up again: what was fixed is accepted again, what was declined comes back', async () => {
    const { tickets, item } = await three()
    await world.do(world.engineer, moveWorkItem, { workItem: item, to: 'done' })
    await world.do(world.engineer, moveWorkItem, { workItem: item, to: 'started' })
    expect((await seen(tickets[0])).escalation?.state).toBe('accepted')
    await world.do(world.engineer, declineWorkItem, { workItem: item, reason: 'Too rare.' })
    await world.do(world.engineer, moveWorkItem, { workItem: item, to: 'triage' })
    expect(await seen(tickets[0])).toMatchObject({
      escalation: { state: 'accepted', reason: null, endedAt: null },
      workItem: { declineReason: null },
    })
  })
})

describe('whose move it is', () => {
  it('follows the words: a reply answers, a question waits, the customer’s answer opens again', async () => {
    const ticket = await world.ticket()
    const say = (
      actor: typeof world.agent,
      text: string,
      more: { asks?: boolean; audience?: 'support' } = {},
    ) =>
      world.do(actor, addComment, {
        record: { kind: 'ticket', ref: ticket },
        body: plainText(text),
        audience: more.audience ?? 'everyone',
        ...(more.asks === undefined ? {} : { asks: more.asks }),
      })
    expect((await seen(ticket)).ticket.needs).toBe('needs first response')
    await say(world.agent, 'They seem angry', { audience: 'support' })
    expect((await seen(ticket)).ticket.needs).toBe('needs first response')
    await say(world.agent, 'We look into it')
    expect((await seen(ticket)).ticket.needs).toBe('investigating')
    await say(world.agent, 'Which browser?', { asks: true })
    expect((await seen(ticket)).ticket).toMatchObject({
      state: 'waiting',
      waiting_for: 'customer',
      needs: null,
    })
    await say(world.alice, 'Firefox')
    expect((await seen(ticket)).ticket).toMatchObject({ state: 'open', needs: 'needs next response' })
    await world.do(world.agent, resolveTicket, { ticket })
    await say(world.alice, 'Still broken!')
    expect((await seen(ticket)).ticket).toMatchObject({
      state: 'open',
      needs: 'needs next response',
      reopened_count: 1,
    })
  })
})
