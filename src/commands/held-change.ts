import type { Actor } from '../domain/actor.ts'
import type { Span } from '../domain/booking.ts'
import { type ChangeStep, decideChange } from '../domain/change.ts'
import type { EventKind, NewEvent } from '../domain/event.ts'
import type { Refusal } from '../domain/refusal.ts'
import type { ChangeState } from '../domain/words.ts'
import { ok, type Result } from '../lib/result.ts'
import { type Change, type ChangePatch, lockChange, updateChange } from '../store/changes.ts'
import type { Tx } from '../store/database.ts'
import { changedMeanwhile, unknown } from './outcome.ts'

export interface OfChange {
  /** Id or key. */
  readonly change: string
  /** The version the asker saw; absent: whatever it is now. */
  readonly version?: number
}

export interface ChangeId {
  readonly id: string
  readonly key: string
}

/** Finds and holds a change; with a version, only if it is still at it. */
export const heldChange = async (
  tx: Tx,
  { change: ref, version }: OfChange,
): Promise<Result<Change, Refusal>> => {
  const change = await lockChange(tx, ref)
  if (change === null) return unknown('change', ref, '/change')
  return version !== undefined && version !== change.version
    ? changedMeanwhile('change', version, change.version)
    : ok(change)
}

export const windowOf = (change: Pick<Change, 'starts_at' | 'ends_at'>): Span | null =>
  change.starts_at === null || change.ends_at === null ? null : { from: change.starts_at, to: change.ends_at }

export const personOf = (actor: Actor): string | null => (actor.kind === 'person' ? actor.id : null)

export const changeEvent = (
  kind: Extract<EventKind, `change.${string}`>,
  change: ChangeId,
  data: Readonly<Record<string, unknown>> = {},
): NewEvent => ({ kind, record: { kind: 'change', id: change.id }, data: { key: change.key, ...data } })

/** Moves a held change along, with other columns, in one statement; where it is then. */
export const moveChange = async (
  tx: Tx,
  change: Change,
  step: ChangeStep,
  patch: ChangePatch,
  now: Date,
): Promise<Result<ChangeState, Refusal>> => {
  const state = decideChange(change, step)
  if (!state.ok) return state
  await updateChange(tx, change.id, { ...patch, state: state.value }, now)
  return state
}
