import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type HubWorld, openHubWorld } from '../../test/support/hub-world.ts'
import type { Tx } from '../store/database.ts'
import { findComponent, findContact, findPerson, findProduct, findTeam } from '../store/organisation.ts'
import { findTicket, ticketsToWake } from '../store/tickets.ts'
import { findWorkItem } from '../store/work-items.ts'
import { plainText } from '../sync/rich-text/plain.ts'
import { changeComponent } from './change-component.ts'
import { changeContact } from './change-contact.ts'
import { changeCustomer } from './change-customer.ts'
import { changeInstallation } from './change-installation.ts'
import { changePerson } from './change-person.ts'
import { changeProduct } from './change-product.ts'
import { changeRelease } from './change-release.ts'
import { changeTeam } from './change-team.ts'
import { changeTicket } from './change-ticket.ts'
import { closeTicket } from './close-ticket.ts'
import { createCustomer } from './create-customer.ts'
import { createInstallation } from './create-installation.ts'
import { createRelease } from './create-release.ts'
import { createTicket } from './create-ticket.ts'
import { createWorkItem } from './create-work-item.ts'
import { escalateTicket } from './escalate-ticket.ts'
import { mergeTicket } from './merge-ticket.ts'
import { releaseRelease } from './release-release.ts'
import { snoozeTicket } from './snooze-ticket.ts'
import { takeTicket } from './take-ticket.ts'
import { wakeTicket } from './wake-ticket.ts'
import { withdrawRelease } from './withdraw-release.ts'

let world: HubWorld
beforeAll(async () => {
  world = await openHubWorld()
})
afterAll(() => world.close())

const read = <T>(reader: (tx: Tx) => Promise<T>): Promise<T> =>
  world.database.db.transaction().execute(reader)

describe('the organisation', () => {
  it('refuses a key that is taken and shows whose it is', async () => {
    expect(
      await world.tell(world.agent, createCustomer, { key: 'acme', name: 'Another Acme' }),
    ).toMatchObject({
      ok: false,
      error: { code: 'in-use', field: '/key', existing: { kind: 'customer', key: 'acme' } },
    })
    expect(await world.tell(world.agent, createCustomer, { key: 'no spaces', name: 'x' })).toMatchObject({
      ok: false,
      error: { code: 'invalid', field: '/key' },
    })
  })

  it('changes what is named and nothing else, with an event of before and after', async () => {
    const { id } = await world.do(world.agent, changeCustomer, { customer: 'acme', set: { tier: 'gold' } })
    await world.do(world.agent, changeCustomer, { customer: 'acme', set: { tier: 'gold' } })
    const events = await sql<{ data: unknown }>`
      select data from event where record_id = ${id}::uuid and kind = 'customer.changed'`.execute(
      world.database.db,
    )
    expect(events.rows).toEqual([{ data: { changes: { tier: { from: null, to: 'gold' } } } }])
  })

  it('changes people, teams, products and parts', async () => {
    await world.do(world.agent, changePerson, {
      person: 'erik@example.org',
      set: { roles: ['owner'], email: 'Erik@example.org' },
    })
    expect(await read((tx) => findPerson(tx, 'ERIK@EXAMPLE.ORG'))).toMatchObject({ roles: ['owner'] })
    expect(
      await world.tell(world.agent, changePerson, {
        person: 'erik@example.org',
        set: { email: 'ada@example.org' },
      }),
    ).toMatchObject({ ok: false, error: { code: 'in-use', field: '/set/email' } })
    await world.do(world.agent, changeContact, {
      contact: 'greta@globex.example',
      set: { customer: 'acme', archived: true },
    })
    expect((await read((tx) => findContact(tx, 'greta@globex.example')))?.archived_at).not.toBeNull()
    await world.do(world.agent, changeContact, {
      contact: 'greta@globex.example',
      set: { customer: 'globex', archived: false },
    })
    await world.do(world.agent, changeTeam, {
      team: 'core',
      set: { name: 'Core team', members: ['ada@example.org', 'erik@example.org'] },
    })
    const core = await read((tx) => findTeam(tx, 'core'))
    const members = await world.database.db
      .selectFrom('team_member')
      .selectAll()
      .where('team_id', '=', core?.id ?? '')
      .execute()
    expect(members).toHaveLength(2)
    await world.do(world.agent, changeProduct, { product: 'shop', set: { team: 'core' } })
    expect((await read((tx) => findProduct(tx, 'shop')))?.team_id).toBe(core?.id)
    await world.do(world.agent, changeProduct, { product: 'shop', set: { team: null } })
    await world.do(world.agent, changeComponent, { component: 'ledger', set: { name: 'General ledger' } })
    expect(await read((tx) => findComponent(tx, null, 'general LEDGER'))).toMatchObject({ key: 'ledger' })
  })

  it('knows one installation of a product in an environment of a customer, and what runs there', async () => {
    await world.do(world.engineer, createRelease, { product: 'shop', name: '3.0' })
    const input = { customer: 'acme', product: 'shop', environment: 'production', version: '2.9-custom' }
    const { id } = await world.do(world.agent, createInstallation, input)
    expect(await world.tell(world.agent, createInstallation, input)).toMatchObject({
      ok: false,
      error: { code: 'in-use' },
    })
    await world.do(world.agent, changeInstallation, {
      installation: id,
      set: { release: '3.0', version: null },
    })
    const ticket = await world.do(world.agent, createTicket, {
      title: 'x',
      description: plainText('x'),
      installation: id,
    })
    expect(await read((tx) => findTicket(tx, ticket.key))).toMatchObject({
      release_version: '3.0',
      environment: 'production',
    })
  })
})

describe('a ticket', () => {
  it('is taken by the one who asks, and only a person can', async () => {
    const ticket = await world.ticket({ owner: null })
    expect(await world.do(world.agent, takeTicket, { ticket })).toMatchObject({
      state: 'open',
      needs: 'needs first response',
    })
    const token = { kind: 'token', id: world.agent.id, name: 'ci' } as const
    expect(await world.tell(token, takeTicket, { ticket })).toMatchObject({
      ok: false,
      error: { code: 'wrong-state' },
    })
  })

  it('wakes when its time has come', async () => {
    const ticket = await world.ticket()
    const until = world.later(10)
    world.later(-5)
    const snoozed = await world.do(world.agent, snoozeTicket, { ticket, waitingFor: 'supplier', until })
    expect(await read((tx) => ticketsToWake(tx, world.later(0), 10))).toEqual([])
    expect(await read((tx) => ticketsToWake(tx, world.later(10), 10))).toEqual([snoozed.id])
    expect(await world.do(world.agent, wakeTicket, { ticket })).toMatchObject({
      state: 'open',
      waitingFor: null,
    })
  })

  it('is changed only by who saw the last version, and a wrong name changes nothing', async () => {
    const key = await world.ticket()
    const changed = await world.do(world.agent, changeTicket, {
      ticket: key,
      version: 1,
      set: { title: 'Second', impact: 1, urgency: 1 },
    })
    expect(changed.version).toBe(2)
    expect(
      await world.tell(world.agent, changeTicket, { ticket: key, version: 1, set: { title: 'Late' } }),
    ).toMatchObject({
      ok: false,
      error: { code: 'changed-meanwhile', field: '/version' },
    })
    expect(
      await world.tell(world.agent, changeTicket, {
        ticket: key,
        set: { title: 'Third', component: 'nowhere' },
      }),
    ).toMatchObject({ ok: false, error: { code: 'not-found', field: '/component' } })
    await world.do(world.agent, changeTicket, { ticket: key, set: { custom: { a: '1', b: '2' } } })
    await world.do(world.agent, changeTicket, { ticket: key, set: { custom: { a: null } } })
    expect(await read((tx) => findTicket(tx, key))).toMatchObject({
      title: 'Second',
      custom: { b: '2' },
      version: 4,
    })
  })

  it('is merged only into one of the same customer, because else one would read the other’s words', async () => {
    const [one, two, other] = [
      await world.ticket(),
      await world.ticket(),
      await world.ticket({ customer: 'globex' }),
    ]
    expect(await world.tell(world.agent, mergeTicket, { ticket: one, into: other })).toMatchObject({
      ok: false,
      error: { code: 'not-allowed', field: '/into' },
    })
    await world.do(world.agent, escalateTicket, { ticket: two })
    expect(await world.tell(world.agent, mergeTicket, { ticket: two, into: one })).toMatchObject({
      ok: false,
      error: { code: 'in-use', existing: { kind: 'work item' } },
    })
    expect(await world.do(world.agent, mergeTicket, { ticket: one, into: two })).toMatchObject({
      state: 'merged',
    })
    expect(await world.tell(world.agent, closeTicket, { ticket: one })).toMatchObject({
      ok: false,
      error: { code: 'wrong-state', detail: expect.stringContaining('merged into') },
    })
  })
})

describe('a work item that engineering found itself', () => {
  it('belongs to the team of its component unless said otherwise', async () => {
    const { key } = await world.do(world.engineer, createWorkItem, {
      title: 'Slow query',
      description: plainText('x'),
      component: 'ledger',
      release: '3.0',
    })
    const core = await read((tx) => findTeam(tx, 'core'))
    expect(await read((tx) => findWorkItem(tx, key))).toMatchObject({
      kind: 'task',
      team_id: core?.id,
      state: 'triage',
    })
  })
})

describe('a release', () => {
  it('comes out once, by a command of its own', async () => {
    const { id } = await world.do(world.engineer, createRelease, { product: 'shop', name: '8.0' })
    expect(
      await world.tell(world.engineer, changeRelease, { release: id, set: { state: 'released' } }),
    ).toMatchObject({
      ok: false,
      error: { code: 'invalid', field: '/set/state' },
    })
    await world.do(world.engineer, changeRelease, { release: id, set: { state: 'testing', name: '8.0.1' } })
    await world.do(world.engineer, releaseRelease, { release: id })
    expect(
      await world.tell(world.engineer, changeRelease, { release: id, set: { state: 'testing' } }),
    ).toMatchObject({
      ok: false,
      error: { code: 'wrong-state' },
    })
    await world.do(world.engineer, withdrawRelease, { release: id })
  })
})
