import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { acceptWorkItem } from '../../src/commands/accept-work-item.ts'
import { addComment } from '../../src/commands/add-comment.ts'
import { applyTicketFields } from '../../src/commands/apply-ticket-fields.ts'
import { applyWorkItemFields } from '../../src/commands/apply-work-item-fields.ts'
import { askInformation } from '../../src/commands/ask-information.ts'
import { changeWorkItem } from '../../src/commands/change-work-item.ts'
import { confirmSent } from '../../src/commands/confirm-sent.ts'
import { createRelease } from '../../src/commands/create-release.ts'
import { escalateTicket } from '../../src/commands/escalate-ticket.ts'
import { joinEscalation } from '../../src/commands/join-escalation.ts'
import { markDuplicate } from '../../src/commands/mark-duplicate.ts'
import { mergeTicket } from '../../src/commands/merge-ticket.ts'
import { moveWorkItem } from '../../src/commands/move-work-item.ts'
import { releaseRelease } from '../../src/commands/release-release.ts'
import { reopenTicket } from '../../src/commands/reopen-ticket.ts'
import { resolveTicket } from '../../src/commands/resolve-ticket.ts'
import { returnEscalation } from '../../src/commands/return-escalation.ts'
import { verifyFix } from '../../src/commands/verify-fix.ts'
import type { Refusal } from '../../src/domain/refusal.ts'
import type { Result } from '../../src/lib/result.ts'
import { plainText } from '../../src/sync/rich-text/plain.ts'
import { type HubWorld, openHubWorld } from '../support/hub-world.ts'

/**
 * Many people and tools at once on few records. Commands lock in one order, and the rare victim of a deadlock is done
 * again: whatever is thrown fails the test. Afterwards the bonds must be right. On the embedded engine transactions
 * take turns; the test says most on PostgreSQL.
 */
let world: HubWorld
beforeAll(async () => {
  world = await openHubWorld()
})
afterAll(() => world.close())

/** Small and repeatable (mulberry32). */
const randomFrom = (seed: number) => {
  let state = seed
  return (below: number): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below)
  }
}

type Asked = () => Promise<Result<unknown, Refusal>>

describe('the hub under many hands', () => {
  for (const seed of [1, 2, 3]) {
    it(`keeps every bond right and fails nobody (seed ${seed})`, async () => {
      const random = randomFrom(seed)
      const pick = <T>(list: readonly T[]): T => {
        const one = list[random(list.length)]
        if (one === undefined) throw new Error('nothing to pick from')
        return one
      }
      const tickets = await Promise.all(Array.from({ length: 6 }, () => world.ticket()))
      const items: { id: string; key: string }[] = []
      for (const ticket of tickets.slice(0, 3)) {
        items.push((await world.do(world.agent, escalateTicket, { ticket })).workItem)
      }
      const release = (await world.do(world.engineer, createRelease, { product: 'shop', name: `9.${seed}` }))
        .id
      const ids = await world.database.db
        .selectFrom('ticket')
        .select(['id', 'key'])
        .where('key', 'in', tickets)
        .execute()
      const { agent, engineer, alice, tell } = world
      const question = plainText('?')
      const anything = (): Asked =>
        pick<() => Asked>([
          () =>
            (
              (ticket) => () =>
                tell(agent, escalateTicket, { ticket })
            )(pick(tickets)),
          () =>
            (
              (ticket, item) => () =>
                tell(agent, joinEscalation, { ticket, workItem: item.key })
            )(pick(tickets), pick(items)),
          () =>
            (
              (item, to) => () =>
                tell(engineer, moveWorkItem, { workItem: item.key, to })
            )(pick(items), pick(['started', 'done', 'done', 'verifying'] as const)),
          () =>
            (
              (item) => () =>
                tell(engineer, acceptWorkItem, { workItem: item.key })
            )(pick(items)),
          () =>
            (
              (item) => () =>
                tell(engineer, changeWorkItem, { workItem: item.key, set: { release } })
            )(pick(items)),
          () => () => tell(engineer, releaseRelease, { release }),
          () =>
            (
              (item) => () =>
                tell(engineer, askInformation, { workItem: item.key, question })
            )(pick(items)),
          () =>
            (
              (item, of) => () =>
                tell(engineer, markDuplicate, { workItem: item.key, of: of.key })
            )(pick(items), pick(items)),
          () =>
            (
              (ticket) => () =>
                tell(engineer, returnEscalation, { ticket, reason: 'No' })
            )(pick(tickets)),
          () =>
            (
              (ticket, works) => () =>
                tell(agent, verifyFix, { ticket, works })
            )(pick(tickets), random(2) === 0),
          () =>
            (
              (ticket) => () =>
                tell(agent, resolveTicket, { ticket })
            )(pick(tickets)),
          () =>
            (
              (ticket) => () =>
                tell(agent, reopenTicket, { ticket })
            )(pick(tickets)),
          () =>
            (
              (ticket, into) => () =>
                tell(agent, mergeTicket, { ticket, into })
            )(pick(tickets), pick(tickets)),
          () =>
            (
              (ref) => () =>
                tell(alice, addComment, {
                  record: { kind: 'ticket', ref },
                  body: question,
                  audience: 'everyone',
                })
            )(pick(tickets)),
          () =>
            (
              (ticket, state) => () =>
                tell(agent, applyTicketFields, { id: ticket.id, version: null, set: {}, state })
            )(pick(ids), pick(['open', 'resolved', 'waiting customer'])),
          () =>
            (
              (item, state) => () =>
                tell(engineer, applyWorkItemFields, { id: item.id, version: null, set: {}, state })
            )(pick(items), pick(['done', 'started', 'declined', 'triage'])),
          () =>
            (
              (item) => () =>
                tell(engineer, confirmSent, { workItem: item.key })
            )(pick(items)),
        ])()
      let done = 0
      for (let round = 0; round < 12; round += 1) {
        const results = await Promise.all(Array.from({ length: 8 }, () => anything()()))
        done += results.filter((result) => result.ok).length
        world.later(1)
      }
      expect(done).toBeGreaterThan(20)
      const wrong = await sql`
        select e.id, e.state, w.state as work, r.state as release from escalation e
          join work_item w on w.id = e.work_item_id left join release r on r.id = w.release_id
        where (e.ended_at is null) <> (e.state not in ('declined', 'returned', 'withdrawn', 'verified'))
          or (e.state = 'fixed' and (w.state <> 'done' or r.state = 'released'))
          or (e.state = 'released' and (w.state <> 'done' or r.state is distinct from 'released'))
          or (e.ended_at is null and w.state = 'duplicate')`.execute(world.database.db)
      expect(wrong.rows).toEqual([])
    })
  }
})
