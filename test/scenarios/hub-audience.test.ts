import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addComment } from '../../src/commands/add-comment.ts'
import { askInformation } from '../../src/commands/ask-information.ts'
import { attachFile } from '../../src/commands/attach-file.ts'
import { changeCommentAudience } from '../../src/commands/change-comment-audience.ts'
import { deleteComment } from '../../src/commands/delete-comment.ts'
import { editComment } from '../../src/commands/edit-comment.ts'
import { escalateTicket } from '../../src/commands/escalate-ticket.ts'
import { joinEscalation } from '../../src/commands/join-escalation.ts'
import { reopenTicket } from '../../src/commands/reopen-ticket.ts'
import { AUDIENCES, type Audience, isSeenBy, type StaffParty } from '../../src/domain/audience.ts'
import { attachmentsFor, findAttachmentFor } from '../../src/store/attachments.ts'
import { lockComment, changeCommentAudience as storeAudience } from '../../src/store/comments.ts'
import { findTicket } from '../../src/store/tickets.ts'
import { listEscalations } from '../../src/store/views/escalation-list.ts'
import { ticketView } from '../../src/store/views/ticket-view.ts'
import { type TimelineEntry, timeline } from '../../src/store/views/timeline.ts'
import { workItemView } from '../../src/store/views/work-item-view.ts'
import { plainText, toPlainText } from '../../src/sync/rich-text/plain.ts'
import { type HubWorld, openHubWorld } from '../support/hub-world.ts'

const PARTIES: readonly StaffParty[] = ['support', 'engineering', 'both sides']

let world: HubWorld
/** Two tickets of different customers on one work item. */
let acme: { id: string; key: string }
let globex: { id: string; key: string }
let item: { id: string; key: string }

beforeAll(async () => {
  world = await openHubWorld()
  const idOf = (key: string) => world.database.db.transaction().execute((tx) => findTicket(tx, key))
  const found = async (key: string) => ({ id: (await idOf(key))?.id ?? '', key })
  acme = await found(await world.ticket())
  globex = await found(await world.ticket({ customer: 'globex' }))
  item = (await world.do(world.agent, escalateTicket, { ticket: acme.key })).workItem
  await world.do(world.agent, joinEscalation, { ticket: globex.key, workItem: item.key })
})
afterAll(() => world.close())

const wordsOf = (entries: readonly TimelineEntry[]): readonly string[] =>
  entries.flatMap((entry) => (entry.type === 'comment' ? [toPlainText(entry.body)] : []))

const shown = async (
  kind: 'ticket' | 'work item',
  id: string,
  party: StaffParty,
): Promise<readonly TimelineEntry[]> => {
  const entries: TimelineEntry[] = []
  let after: string | null = null
  do {
    const page = await timeline(world.database.db, { kind, id }, party, { after, limit: 200 })
    if (!page.ok) throw new Error(page.error.detail)
    entries.push(...page.value.items)
    after = page.value.next
  } while (after !== null)
  return entries
}

type Place = 'acme' | 'globex' | 'item'
interface Said {
  readonly id: string
  readonly on: Place
  readonly text: string
  readonly audience: Audience
  readonly deleted: boolean
}

const audience = fc.constantFrom(...AUDIENCES)
const step = fc.record({
  on: fc.constantFrom<Place>('acme', 'globex', 'item'),
  first: audience,
  later: fc.option(audience, { nil: null }),
  deleted: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
})

describe('audience walls', () => {
  it('show each party exactly what is meant for it, through any changes of audience', async () => {
    const said: Said[] = []
    let count = 0
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 6 }), async (steps) => {
        for (const { on, first, later, deleted } of steps) {
          const text = `words ${count++} end`
          const { id } = await world.do(world.agent, addComment, {
            record:
              on === 'item'
                ? { kind: 'work item', ref: item.key }
                : { kind: 'ticket', ref: on === 'acme' ? acme.key : globex.key },
            body: plainText(text),
            audience: first,
          })
          if (later !== null)
            await world.do(world.agent, changeCommentAudience, { comment: id, audience: later })
          if (deleted) await world.do(world.agent, deleteComment, { comment: id })
          said.push({ id, on, text, audience: later ?? first, deleted })
        }
        for (const party of PARTIES) {
          const visible = (one: Said): boolean => !one.deleted && isSeenBy(one.audience, party)
          const onTicket = wordsOf(await shown('ticket', acme.id, party))
          expect(onTicket.toSorted()).toEqual(
            said
              .filter((one) => visible(one) && one.on !== 'globex')
              .map((one) => one.text)
              .toSorted(),
          )
          const forEngineering = (one: Said) => one.audience === 'staff' || one.audience === 'engineering'
          expect(wordsOf(await shown('work item', item.id, party)).toSorted()).toEqual(
            said
              .filter((one) => visible(one) && (one.on === 'item' || forEngineering(one)))
              .map((one) => one.text)
              .toSorted(),
          )
        }
      }),
      { numRuns: 6 },
    )
    expect(new Set(said.map((one) => one.audience)).size).toBe(AUDIENCES.length)
  })

  it('keep a word’s id when it crosses between the tables, so that its copies are found and withdrawn', async () => {
    const { id } = await world.do(world.agent, addComment, {
      record: { kind: 'ticket', ref: acme.key },
      body: plainText('crossing'),
      audience: 'everyone',
    })
    const { db } = world.database
    const places = async () => ({
      message: (await db.selectFrom('message').select('version').where('id', '=', id).execute()).length,
      note: (await db.selectFrom('note').select('version').where('id', '=', id).execute()).length,
    })
    expect(await places()).toEqual({ message: 1, note: 0 })
    await world.do(world.agent, changeCommentAudience, { comment: id, audience: 'support' })
    expect(await places()).toEqual({ message: 0, note: 1 })
    await world.do(world.agent, editComment, { comment: id, body: plainText('crossed') })
    expect(
      await world.tell(world.agent, editComment, { comment: id, body: plainText('late'), version: 1 }),
    ).toMatchObject({
      ok: false,
      error: { code: 'changed-meanwhile' },
    })
  })

  it('let a file be seen by whoever may see the comment it hangs on, also after that changed', async () => {
    const { id } = await world.do(world.agent, addComment, {
      record: { kind: 'ticket', ref: acme.key },
      body: plainText('see the log'),
      audience: 'everyone',
    })
    const file = await world.do(world.agent, attachFile, {
      record: { kind: 'ticket', ref: acme.key },
      comment: id,
      name: '../../etc/pass\u0000wd',
      mediaType: 'text/plain; charset=x',
      sha256: 'a'.repeat(64),
      size: 10,
      audience: 'support',
    })
    const found = (party: StaffParty | 'customer') =>
      world.database.db.transaction().execute(async (tx) => ({
        one: await findAttachmentFor(tx, file.id, party),
        all: await attachmentsFor(tx, [acme.id], party),
      }))
    expect((await found('customer')).one).toMatchObject({
      name: 'passwd',
      media_type: 'application/octet-stream',
    })
    await world.do(world.agent, changeCommentAudience, { comment: id, audience: 'engineering' })
    expect(await found('customer')).toEqual({ one: null, all: [] })
    expect((await found('support')).one).toBeNull()
    expect((await found('engineering')).one).not.toBeNull()
  })

  it('close the files of a comment too when it was a tool that made the comment internal', async () => {
    const record = { kind: 'ticket', ref: acme.key } as const
    const { id } = await world.do(world.agent, addComment, {
      record,
      body: plainText('log'),
      audience: 'everyone',
    })
    const file = await world.do(world.agent, attachFile, {
      record,
      comment: id,
      name: 'trace.log',
      mediaType: 'text/plain',
      sha256: 'b'.repeat(64),
      size: 10,
      audience: 'everyone',
    })
    const seen = await world.database.db.transaction().execute(async (tx) => {
      const comment = await lockComment(tx, id)
      // what the reconcile does with a comment whose visibility changed there
      if (comment !== null) await storeAudience(tx, comment, 'support')
      return findAttachmentFor(tx, file.id, 'customer')
    })
    expect(seen).toBeNull()
  })

  it('hand a question on only to those it is for, also when its audience was changed after it was asked', async () => {
    const asked = await world.do(world.engineer, askInformation, {
      workItem: item.key,
      question: plainText('Which browser?'),
    })
    const { db } = world.database
    const toReaders = async (): Promise<readonly boolean[]> => {
      const ticket = await ticketView(db, acme.key, 'support')
      const work = await workItemView(db, item.key, 'engineering')
      const list = await listEscalations(db, 'support', {}, { after: null, limit: 50 })
      const listed = list.ok ? list.value.items.find((one) => one.ticket.key === acme.key) : undefined
      const behind = work?.tickets.find((one) => one.key === acme.key)
      return [ticket?.escalation, behind?.escalation, listed].map((one) => one?.asked != null)
    }
    expect(await toReaders()).toEqual([true, true, true])
    const { id } = asked.comment
    await world.do(world.engineer, changeCommentAudience, { comment: id, audience: 'engineering' })
    expect(await toReaders()).toEqual([false, true, false])
    await world.do(world.engineer, changeCommentAudience, { comment: id, audience: 'everyone' })
    expect(await toReaders()).toEqual([true, true, true])
    await world.do(world.engineer, deleteComment, { comment: id })
    expect(await toReaders()).toEqual([false, false, false])
  })

  it('do not let a contact write inside, or touch what others wrote', async () => {
    const record = { kind: 'ticket', ref: acme.key } as const
    expect(
      await world.tell(world.alice, addComment, { record, body: plainText('psst'), audience: 'staff' }),
    ).toMatchObject({ ok: false, error: { code: 'not-allowed', field: '/audience' } })
    for (const said of [
      await world.tell(world.greta, addComment, { record, body: plainText('mine?'), audience: 'everyone' }),
      await world.tell(world.greta, reopenTicket, { ticket: acme.key }),
    ]) {
      expect(said).toMatchObject({ ok: false, error: { code: 'not-found' } })
    }
    const { id } = await world.do(world.agent, addComment, {
      record,
      body: plainText('inside'),
      audience: 'staff',
    })
    expect(await world.tell(world.alice, deleteComment, { comment: id })).toMatchObject({
      ok: false,
      error: { code: 'not-found' },
    })
  })
})
