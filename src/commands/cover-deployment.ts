import type { GateReason } from '../domain/change-gate.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { err, ok, type Result } from '../lib/result.ts'
import { said } from '../lib/said.ts'
import { type Covered, changesCovering } from '../store/change-cover.ts'
import { findChange } from '../store/changes.ts'
import type { Tx } from '../store/database.ts'
import { gateOf } from './carry-out-change.ts'
import type { ChangeId } from './held-change.ts'
import { unknown } from './outcome.ts'

/** A place's gate: `change` is the one that lets it pass. */
export interface PlaceGate {
  readonly change: (ChangeId & { readonly title: string }) | null
  readonly reasons: readonly (Omit<GateReason, 'code'> & {
    readonly code: GateReason['code'] | 'no change'
  })[]
}

/** So many that do not let it pass say why. */
const MOST_TOLD = 5

/** Whether something may be put somewhere now: a change that is approved covers it, and its own gate is open. */
export const gateOfPlace = async (tx: Tx, covered: Covered, now: Date): Promise<PlaceGate> => {
  const shut: PlaceGate['reasons'][number][] = []
  for (const change of await changesCovering(tx, covered)) {
    const { id, key, title } = change
    const reasons = await gateOf(tx, change, now)
    if (reasons.length === 0) return { change: { id, key, title }, reasons: [] }
    shut.push(...reasons.map((reason) => ({ ...reason, text: `${key}: ${reason.text}` })).slice(0, MOST_TOLD))
  }
  const none = { code: 'no change', text: said`No approved change covers this now.`, until: null } as const
  return { change: null, reasons: [none, ...shut.slice(0, MOST_TOLD)] }
}

/**
 * The change a deployment carries out: the one that is named, else the only one that was begun there by then. Of two it
 * could be either, and none is guessed.
 */
export const changeOfDeployment = async (
  tx: Tx,
  ref: string | undefined,
  covered: Covered & { readonly startedAt: Date },
): Promise<Result<string | null, Refusal>> => {
  if (ref === undefined) {
    const running = (await changesCovering(tx, covered)).filter(
      ({ state, begun_at: begun }) =>
        state === 'implementing' && begun !== null && begun <= covered.startedAt,
    )
    return ok(running.length === 1 ? (running[0]?.id ?? null) : null)
  }
  const change = await findChange(tx, ref)
  if (change === null) return unknown('change', ref, '/change')
  return change.product_id === covered.productId
    ? ok(change.id)
    : err(refuse('invalid', `${change.key} is a change of another product.`, { field: '/change' }))
}
