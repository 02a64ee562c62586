import { sql } from 'kysely'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { err } from '../lib/result.ts'
import { endAttempts } from '../store/attempts.ts'
import type { Tx } from '../store/database.ts'
import { type ClaimedMirror, loadElements, saveElements } from '../store/mirrors.ts'
import { elementOf } from '../sync/element-of.ts'
import type { PlannedOperation } from '../sync/plan.ts'
import { done, unknown } from './outcome.ts'
import { recordCreated } from './record-created.ts'
import type { Command, CommandContext } from './run-command.ts'
import { markMirror } from './settle-conflict.ts'

/** A person looked in the tool and says what became of a call whose answer was lost. */
export interface ResolveLostAnswer {
  readonly attempt: string
  readonly outcome: 'arrived' | 'did not arrive'
  /** The id there of what arrived: of a create the item’s, else the comment’s or file’s, where the tool tells one. */
  readonly item?: string
}

interface Lost {
  readonly id: string
  readonly mirror_id: string
  readonly op: string
  readonly planned: PlannedOperation
  readonly isLeased: boolean
}

/** What arrived is tied to ours by its own id there. */
const MAKES_ELEMENT = ['comment.add', 'attach']

export const resolveLostAnswer: Command<ResolveLostAnswer, { readonly mirror: string }> = async (
  tx,
  context,
  input,
) => {
  const found = await sql<Lost & ClaimedMirror>`
    select m.*, a.id as "attemptId", a.operation as planned, a.operation->'operation'->>'op' as op, coalesce(m.lease_until > ${context.now}, false) as "isLeased"
    from attempt a join mirror m on m.id = a.mirror_id
    where a.id = ${input.attempt}::uuid and a.state = 'unknown' for update of m`.execute(tx)
  const mirror = found.rows[0]
  if (mirror === undefined) return unknown('call with a lost answer', input.attempt, '/id')
  if (mirror.isLeased)
    return err(
      refuse('wrong-state', 'It is being looked at this very moment. Ask again in a few seconds.', {
        reason: { code: 'looked-at-now' },
      }),
    )
  const end = (state: 'done' | 'abandoned') => [{ id: input.attempt, state, receipt: null, fault: null }]
  if (input.outcome === 'did not arrive') {
    await endAttempts(tx, end('abandoned'), context.now)
  } else if (mirror.op === 'create') {
    const tied = await tie(tx, context, mirror, input)
    if (tied !== null) return err(tied)
  } else if (MAKES_ELEMENT.includes(mirror.op)) {
    const tied = await tieElement(tx, context, mirror, input)
    if (tied !== null) return err(tied)
    await endAttempts(tx, end('done'), context.now)
  } else {
    // the next look reads what stands there now and compares: nothing needs to be believed
    await endAttempts(tx, end('done'), context.now)
  }
  await markMirror(tx, mirror.id, context)
  return done({ mirror: mirror.id })
}

/**
 * It is there: so it is never sent again. With its id there, later edits follow it; without, it stays as it was sent.
 */
const tieElement = async (
  tx: Tx,
  context: CommandContext,
  mirror: Lost & ClaimedMirror,
  { item }: ResolveLostAnswer,
): Promise<Refusal | null> => {
  const elements = (await loadElements(tx, [mirror.id])).get(mirror.id) ?? []
  const taken = elements.some(({ remoteId, remoteExtra }) =>
    [remoteId, ...remoteExtra].some((id) => id !== null && id === item),
  )
  if (taken)
    return refuse('in-use', 'That comment or file stands for another one here already.', {
      field: '/item',
      reason: { code: 'element-taken' },
    })
  const before = elements.find(({ elementId }) => elementId === mirror.planned.element?.id) ?? null
  const element = elementOf(before, mirror.planned, item ?? null, null, context.newId())
  if (element !== null) await saveElements(tx, mirror.id, [element])
  return null
}

const tie = async (
  tx: Parameters<typeof endAttempts>[0],
  context: CommandContext,
  mirror: ClaimedMirror,
  input: ResolveLostAnswer,
) => {
  const { item } = input
  if (item === undefined || mirror.record_id === null)
    return refuse('invalid', 'Say which item there it is: its id, as the tool numbers it.', {
      field: '/item',
      reason: { code: 'say-which-item' },
    })
  const taken = await sql<{ id: string }>`
    select id from mirror where connection_id = ${mirror.connection_id} and remote_id = ${item} and record_id is not null`.execute(
    tx,
  )
  if (taken.rows.length > 0)
    return refuse('in-use', 'That item stands for another record already.', {
      field: '/item',
      reason: { code: 'item-taken' },
    })
  await recordCreated(tx, context, {
    mirror,
    view: { kind: mirror.record_kind, id: mirror.record_id },
    ends: [{ id: input.attempt, state: 'done', receipt: null, fault: null }],
    ref: { id: item },
    shown: null,
    planned: [],
    holds: [],
  })
  return null
}
