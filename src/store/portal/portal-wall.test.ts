import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type HubWorld, openHubWorld } from '../../../test/support/hub-world.ts'
import { addComment } from '../../commands/add-comment.ts'
import { attachFile } from '../../commands/attach-file.ts'
import { changeCommentAudience } from '../../commands/change-comment-audience.ts'
import { escalateTicket } from '../../commands/escalate-ticket.ts'
import { plainText, toPlainText } from '../../sync/rich-text/plain.ts'
import type { CustomerReach } from '../tickets-of-customer.ts'
import { conversation, findPortalFile } from './conversation.ts'
import { findRequest, requestIdOf } from './one-request.ts'
import { portalReader, type ReadAsPortal } from './portal-database.ts'
import { PORTAL_VIEWS, portalWallStands, raisePortalWall } from './portal-role.ts'
import { listRequests } from './request-list.ts'

const FIRST = { after: null, limit: 50 }

let world: HubWorld
let asPortal: ReadAsPortal
let acme: CustomerReach
let globex: CustomerReach
let ticket: string
let item: string
beforeAll(async () => {
  world = await openHubWorld()
  asPortal = portalReader(world.database.db)
  const reachOf = async (contactId: string): Promise<CustomerReach> => ({
    contactId,
    customerId:
      (
        await world.database.db
          .selectFrom('contact')
          .select('customer_id')
          .where('id', '=', contactId)
          .executeTakeFirstOrThrow()
      ).customer_id ?? '',
  })
  acme = await reachOf(world.alice.id)
  globex = await reachOf(world.greta.id)
  ticket = await world.ticket({ contact: world.alice.id })
  item = (await world.do(world.agent, escalateTicket, { ticket })).workItem.key
})
afterAll(() => world.close())

/** Every table and view of ours, as the database has them. */
const relations = async (): Promise<readonly string[]> =>
  (
    await sql<{ name: string }>`
      select relname as name from pg_class where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p', 'v', 'm')`.execute(
      world.database.db,
    )
  ).rows.map(({ name }) => name)

describe('the role of the portal', () => {
  it('is refused at every table, because no right was given and not because a query was careful', async () => {
    const views: readonly string[] = PORTAL_VIEWS
    const tables = (await relations()).filter((name) => !views.includes(name))
    expect(tables).toEqual(
      expect.arrayContaining(['note', 'attachment', 'work_item', 'escalation', 'event', 'mirror']),
    )
    for (const table of tables)
      for (const what of [sql`select * from`, sql`select count(*) from`, sql`delete from`])
        await expect(
          asPortal(acme, (tx) => sql`${what} ${sql.table(table)}`.execute(tx)),
          `the portal can reach ${table}`,
        ).rejects.toThrow(/permission denied|read-only transaction/)
    for (const table of tables)
      await expect(
        asPortal(acme, (tx) => sql`select 1 from ${sql.table(table)}`.execute(tx)),
        `the portal can read ${table}`,
      ).rejects.toThrow(/permission denied/)
  })

  it('reads every one of its views, and in none of them a thing of another customer', async () => {
    for (const view of PORTAL_VIEWS) {
      const rows = (reach: CustomerReach) =>
        asPortal(reach, (tx) => sql`select * from ${sql.table(view)}`.execute(tx)).then((found) => found.rows)
      expect(Array.isArray(await rows(acme))).toBe(true)
      const nobody = { customerId: null, contactId: null }
      if (view !== 'portal_product') expect([view, await rows(nobody)]).toEqual([view, []])
    }
    expect(await asPortal(globex, (tx) => requestIdOf(tx, ticket))).toBeNull()
    expect(await asPortal(acme, (tx) => requestIdOf(tx, ticket))).not.toBeNull()
  })

  it('has one door beside its views, which gives back ids within reach and shows no word in use', async () => {
    const { rows } = await sql<{ name: string }>`
      select proname as name from pg_proc where prosecdef and pronamespace = current_schema()::regnamespace`.execute(
      world.database.db,
    )
    expect(rows).toEqual([{ name: 'portal_found' }])
    const found = (reach: CustomerReach) =>
      asPortal(reach, (tx) => sql`select * from portal_found(array['checkuot'], true)`.execute(tx)).then(
        (answer) => answer.rows,
      )
    expect(await found(acme)).toEqual([{ id: await asPortal(acme, (tx) => requestIdOf(tx, ticket)) }])
    expect([await found(globex), await found({ customerId: null, contactId: null })]).toEqual([[], []])
    await expect(
      asPortal(acme, (tx) => sql`select * from words_like('checkout')`.execute(tx)),
    ).rejects.toThrow(/permission denied/)
  })

  it('leaves the connection as it was, because everybody else uses it afterwards', async () => {
    await asPortal(acme, (tx) => findRequest(tx, ticket))
    await asPortal(acme, (tx) => sql`select * from note`.execute(tx)).catch(() => null)
    const after = await sql<{ who: string; customer: string | null }>`
      select current_user::text as who, current_setting('causeway.customer', true) as customer`.execute(
      world.database.db,
    )
    expect(after.rows[0]?.who).not.toBe('causeway_portal')
    expect(after.rows[0]?.customer || null).toBeNull()
  })

  it('is found out when somebody gives it more, and the wall can be raised again', async () => {
    const { db } = world.database
    await sql`grant select (body) on note to causeway_portal`.execute(db)
    expect(await raisePortalWall(db)).toMatchObject({ ok: false, error: expect.stringContaining('note') })
    await sql`revoke select (body) on note from causeway_portal`.execute(db)
    await sql`revoke select on portal_message from causeway_portal`.execute(db)
    expect(await portalWallStands(db)).toMatchObject({
      ok: false,
      error: expect.stringContaining('portal_message'),
    })
    expect(await raisePortalWall(db)).toEqual({ ok: true, value: null })
  })
})

describe('what a customer is shown', () => {
  const said = async (reach: CustomerReach): Promise<readonly string[]> =>
    asPortal(reach, async (tx) => {
      const id = await requestIdOf(tx, ticket)
      const page = id === null ? null : await conversation(tx, id, FIRST)
      if (page?.ok !== true) throw new Error('no conversation')
      return page.value.items.flatMap((entry) =>
        entry.type === 'comment' ? [`${entry.author.name}: ${toPlainText(entry.body)}`] : [],
      )
    })

  it('is what was written for everyone, on the request and on the work behind it, without an engineer’s name', async () => {
    const say = (ref: string, kind: 'ticket' | 'work item', by: typeof world.agent, text: string) =>
      world.do(by, addComment, { record: { kind, ref }, body: plainText(text), audience: 'everyone' })
    await say(ticket, 'ticket', world.alice, 'It stops')
    world.later(1)
    await say(ticket, 'ticket', world.agent, 'We look')
    world.later(1)
    await say(item, 'work item', world.engineer, 'Found it')
    await world.do(world.agent, addComment, {
      record: { kind: 'ticket', ref: ticket },
      body: plainText('among us'),
      audience: 'staff',
    })
    expect(await said(acme)).toEqual(['null: Found it', 'ada: We look', 'alice: It stops'])
  })

  it('ends with the audience: words and files that are taken inside are gone from the portal', async () => {
    const { id } = await world.do(world.agent, addComment, {
      record: { kind: 'ticket', ref: ticket },
      body: plainText('too much said'),
      audience: 'everyone',
    })
    const file = await world.do(world.agent, attachFile, {
      record: { kind: 'ticket', ref: ticket },
      comment: id,
      ...{ name: 'log.txt', mediaType: 'text/plain', sha256: 'a'.repeat(64), size: 3, audience: 'everyone' },
    })
    expect(await asPortal(acme, (tx) => findPortalFile(tx, file.id))).toMatchObject({ name: 'log.txt' })
    expect(await asPortal(globex, (tx) => findPortalFile(tx, file.id))).toBeNull()
    await world.do(world.agent, changeCommentAudience, { comment: id, audience: 'support' })
    expect(await asPortal(acme, (tx) => findPortalFile(tx, file.id))).toBeNull()
    expect(await said(acme)).not.toContain('ada: too much said')
  })

  it('is their own, or of who looks after the organisation all of theirs', async () => {
    await world.ticket()
    const keys = async (reach: CustomerReach) => {
      const page = await asPortal(reach, (tx) => listRequests(tx, {}, FIRST))
      return page.ok ? page.value.items.map(({ key }) => key) : []
    }
    expect(await keys(acme)).toEqual([ticket])
    expect(await keys({ ...acme, contactId: null })).toHaveLength(2)
    expect(await keys(globex)).toEqual([])
  })
})
