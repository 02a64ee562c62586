import { sql } from 'kysely'
import { refuse } from '../domain/refusal.ts'
import { err, type Result } from '../lib/result.ts'
import type { ConnectionRow } from '../store/connections.ts'
import type { Tx } from '../store/database.ts'
import { LANES, markDirty } from '../store/dirty.ts'
import { keepOldWordsApart } from '../store/escalations.ts'
import { type ClaimedMirror, insertMirror } from '../store/mirrors.ts'
import { endKept, makeQuiet } from '../store/quiet-mirrors.ts'
import type { RichFormat } from '../sync/connector.ts'
import type { Mapping } from '../sync/mapping.ts'
import type { MatchItem, Pair } from '../sync/match-items.ts'
import type { Snapshot } from '../sync/snapshot.ts'
import { adoptItem } from './adopt-item.ts'
import { joinEscalation } from './join-escalation.ts'
import { done } from './outcome.ts'
import { applyCommand, type Command, type CommandContext, type Outcome } from './run-command.ts'
import { tieLostCreate } from './tie-lost-create.ts'

export interface JoinSide {
  readonly connection: ConnectionRow
  readonly mapping: Mapping
  readonly format: RichFormat
}

/**
 * Ties a ticket and a defect that lived side by side: a record for each where there is none yet, and the bond between
 * them. The tools' values count; words of before stay where they are. An item whose making was not answered is tied to
 * the work item that waits for it.
 */
export const joinPair: Command<
  {
    readonly pair: Pair
    readonly desk: JoinSide
    readonly tracker: JoinSide
    /** What crosses is written to both tools; else they stay as they are until something changes. */
    readonly write: boolean
  },
  { readonly joined: boolean }
> = async (tx, context, input) => {
  const ticket = await recordFor(tx, context, input.desk, input.pair.desk)
  const tied =
    ticket === null
      ? null
      : await tieLostCreate(tx, context, {
          ticketId: ticket,
          connectionId: input.tracker.connection.id,
          item: input.pair.tracker,
        })
  if (tied === 'tied') return done({ joined: true })
  const workItem = tied === 'busy' ? null : await recordFor(tx, context, input.tracker, input.pair.tracker)
  if (ticket === null || workItem === null) {
    return err(
      refuse(
        'wrong-state',
        `${input.pair.desk.key} or ${input.pair.tracker.key} could not be taken in; a worker may have it in hand. Try again.`,
      ),
    )
  }
  const joined = await applyCommand(tx, context, joinEscalation, { ticket, workItem })
  if (!joined.ok)
    return joined.error.code === 'already-done' ? again(tx, context, input.write, [ticket, workItem]) : joined
  await keepOldWordsApart(tx, joined.value.escalation.id, context.now)
  if (!input.write) await makeQuiet(tx, [ticket, workItem])
  return done({ joined: true })
}

/** A pair that is joined: what a quiet join left as it was is written now, if somebody asks for it. */
const again = async (
  tx: Tx,
  context: CommandContext,
  write: boolean,
  records: readonly string[],
): Promise<Result<Outcome<{ readonly joined: boolean }>, never>> => {
  if (write) await markDirty(tx, await endKept(tx, records), context.lane, 'joined', context.now)
  return done({ joined: false })
}

/** The record an item stands for already, or a new one. */
const recordFor = async (
  tx: Tx,
  context: CommandContext,
  side: JoinSide,
  item: MatchItem,
): Promise<string | null> => {
  const id = context.newId()
  await insertMirror(tx, {
    id,
    connectionId: side.connection.id,
    kind: side.mapping.record,
    recordId: null,
    container: item.container,
    remoteId: item.id,
    state: 'candidate',
    lane: LANES.backfill,
    why: 'joined',
    now: context.now,
  })
  // a worker may have it in hand as new: with the higher fence, what it is about to make of it no longer counts
  const found = await sql<ClaimedMirror>`
    update mirror set fence = fence + case when record_id is null then 1 else 0 end
    where connection_id = ${side.connection.id} and remote_id = ${item.id} returning *`.execute(tx)
  const mirror = found.rows[0]
  if (mirror === undefined) return null
  if (mirror.record_id !== null) return mirror.record_id
  const adopted = await adoptItem(tx, context, {
    mirror,
    shown: asListed(item),
    mapping: side.mapping,
    format: side.format,
  })
  if (adopted !== 'adopted') return null
  const after = await sql<{
    record_id: string
  }>`select record_id from mirror where id = ${mirror.id}`.execute(tx)
  return after.rows[0]?.record_id ?? null
}

/** Enough of a snapshot to begin a record with; the first merge brings the rest. */
const asListed = (item: MatchItem): Snapshot => ({
  ref: { id: item.id },
  kind: 'item',
  key: item.key,
  url: item.url,
  container: item.container,
  fields: { title: item.title },
  statusCategory: null,
  nextStatuses: null,
  comments: null,
  attachments: null,
  links: null,
  people: [],
  createdAt: item.createdAt,
  updatedAt: null,
  version: null,
  createdByUs: false,
})
