import { needsReview } from '../domain/change.ts'
import { FREEZE_KEY, keyNameOf, standingOf } from '../domain/change-approval.ts'
import { freezesOf, type GateReason, gateReasons } from '../domain/change-gate.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import type { ChangeOutcome } from '../domain/words.ts'
import { err, ok, type Result } from '../lib/result.ts'
import { readChangeRules } from '../store/change-rules.ts'
import type { Change } from '../store/changes.ts'
import type { Tx } from '../store/database.ts'
import { freezesIn } from '../store/freezes.ts'
import { given } from './ask-keys.ts'
import { checkText } from './field-rules.ts'
import { type ChangeId, changeEvent, heldChange, moveChange, type OfChange, windowOf } from './held-change.ts'
import { done } from './outcome.ts'
import type { Command } from './run-command.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const MINUTE_MS = 60_000

/** What keeps a change from being carried out at this moment. */
export const gateOf = async (
  tx: Tx,
  change: Pick<Change, 'id' | 'kind' | 'state' | 'product_id' | 'starts_at' | 'ends_at' | 'asked' | 'scope'>,
  now: Date,
): Promise<readonly GateReason[]> => {
  const keys = await given(tx, change.id)
  const moment = { from: now, to: new Date(now.getTime() + MINUTE_MS) }
  const isExcepted = standingOf(FREEZE_KEY, keys, change.scope) === 'approved'
  const freezes = isExcepted ? [] : freezesOf(change.product_id, moment, await freezesIn(tx, moment))
  const waitingFor = [
    ...new Set(
      change.asked
        .filter((one) => standingOf(keyNameOf(one), keys, change.scope) === 'waiting')
        .map((one) => ('id' in one ? `a ${one.what}` : `the ${one.what}`)),
    ),
  ]
  return gateReasons(
    { kind: change.kind, state: change.state, window: windowOf(change), waitingFor, freezes },
    now,
  )
}

export interface StartChange extends OfChange {
  /** Of an emergency: why it begins before its keys are given. They are then owed. */
  readonly withoutKeys?: string | null
}

/** Begins a change, when its gate is open. Begun twice it stays begun once: a pipeline may ask again. */
export const startChange: Command<StartChange, ChangeId> = async (tx, context, input) => {
  const held = await heldChange(tx, input)
  if (!held.ok) return held
  const change = held.value
  const { id, key } = change
  if (change.state === 'implementing') return done({ id, key })
  const early = change.state === 'authorising' && change.kind === 'emergency'
  const reason = input.withoutKeys?.trim() ?? ''
  if (early && reason === '')
    return err(
      refuse('wrong-state', 'Its keys are not given. Say why it begins without them: they are then owed.', {
        field: '/withoutKeys',
      }),
    )
  const text = checkText(reason, '/withoutKeys')
  if (!text.ok) return text
  const [shut] = early ? [] : await gateOf(tx, change, context.now)
  if (shut !== undefined) return err(refuse('wrong-state', shut.text))
  const rules = await readChangeRules(tx)
  const at = (ms: number): Date => new Date(context.now.getTime() + ms)
  const owed = early
    ? {
        begun_early: reason,
        retro_due_at: at(rules.retroApprovalHours * HOUR_MS),
        review_due_at: at(rules.reviewDays * DAY_MS),
      }
    : {}
  const begun = { begun_at: context.now, begun_by: JSON.stringify(context.actor) }
  const moved = await moveChange(tx, change, 'start', { ...begun, ...owed }, context.now)
  if (!moved.ok) return moved
  const data = early ? { withoutKeys: reason } : {}
  return done({ id, key }, { events: [changeEvent('change.begun', change, data)], changed: [] })
}

export interface FinishChange extends OfChange {
  readonly outcome: ChangeOutcome
  readonly note?: string | null
}

/**
 * Says how it went. What went well and was no emergency is closed at once; the rest is reviewed by people first. Said
 * twice alike it is said once.
 */
export const finishChange: Command<FinishChange, ChangeId> = async (tx, context, input) => {
  const held = await heldChange(tx, input)
  if (!held.ok) return held
  const change = held.value
  const { id, key } = change
  if (change.outcome === input.outcome) return done({ id, key })
  const note = checkText(input.note ?? '', '/note')
  if (!note.ok) return note
  const { reviewDays } = await readChangeRules(tx)
  const reviewDue = change.review_due_at ?? new Date(context.now.getTime() + reviewDays * DAY_MS)
  const isReviewed = needsReview(change.kind, input.outcome)
  const patch = {
    ...{ outcome: input.outcome, finished_at: context.now, end_note: note.value === '' ? null : note.value },
    ...(isReviewed ? { review_due_at: reviewDue } : { ended_at: context.now }),
  }
  const moved = await moveChange(tx, change, 'finish', patch, context.now)
  if (!moved.ok) return moved
  const finished = changeEvent('change.finished', change, { outcome: input.outcome, note: note.value })
  if (isReviewed) return done({ id, key }, { events: [finished], changed: [] })
  const reviewing = { ...change, state: moved.value }
  const closed = await moveChange(tx, reviewing, 'close', {}, context.now)
  if (!closed.ok) return closed
  return done({ id, key }, { events: [finished, changeEvent('change.closed', change)], changed: [] })
}

export interface CloseChange extends OfChange {
  /** What was learnt. */
  readonly review: string
}

/** Closes a change that was reviewed. What is still owed of an emergency's keys comes first. */
export const closeChange: Command<CloseChange, ChangeId> = async (tx, context, input) => {
  const held = await heldChange(tx, input)
  if (!held.ok) return held
  const change = held.value
  const review = input.review.trim()
  if (review === '')
    return err(refuse('invalid', 'Say what was learnt, in a sentence.', { field: '/review' }))
  const text = checkText(review, '/review')
  if (!text.ok) return text
  const isPaid = await checkPaid(tx, change)
  if (!isPaid.ok) return isPaid
  const moved = await moveChange(tx, change, 'close', { review, ended_at: context.now }, context.now)
  if (!moved.ok) return moved
  const { id, key } = change
  return done({ id, key }, { events: [changeEvent('change.closed', change, { review })], changed: [] })
}

const checkPaid = async (tx: Tx, change: Change): Promise<Result<null, Refusal>> => {
  const keys = await given(tx, change.id)
  return change.asked.some((one) => standingOf(keyNameOf(one), keys, change.scope) === 'waiting')
    ? err(refuse('wrong-state', 'Keys of it are still owed. They are given or refused before it is closed.'))
    : ok(null)
}
