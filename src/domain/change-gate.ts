import { said } from '../lib/said.ts'
import { areAtOnce, type Span } from './booking.ts'
import type { ChangeKind, ChangeState } from './words.ts'

/** A time in which nothing that can wait is changed. Products by id; none: of all. */
export interface Freeze extends Span {
  readonly id: string
  readonly reason: string
  readonly productIds: readonly string[]
}

export const touchesFreeze = (productId: string, window: Span, freeze: Freeze): boolean =>
  (freeze.productIds.length === 0 || freeze.productIds.includes(productId)) && areAtOnce(window, freeze)

export const freezesOf = <F extends Freeze>(
  productId: string,
  window: Span | null,
  freezes: readonly F[],
): readonly F[] =>
  window === null ? [] : freezes.filter((freeze) => touchesFreeze(productId, window, freeze))

export interface GateFacts {
  readonly kind: ChangeKind
  readonly state: ChangeState
  readonly window: Span | null
  /** Names of keys that were not given, as they are shown. */
  readonly waitingFor: readonly string[]
  /** Freezes that are on now, and that no exception opens. */
  readonly freezes: readonly Freeze[]
}

export const GATE_CODES = ['state', 'keys', 'no window', 'too early', 'too late', 'freeze'] as const

/** Why a pipeline waits. `until`: when asking again makes sense, where that is known. */
export interface GateReason {
  readonly code: (typeof GATE_CODES)[number]
  readonly text: string
  readonly until: Date | null
}

const spoken = (at: Date): string => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`

/** Everything that keeps a change from being carried out now; empty: the gate is open. */
export const gateReasons = (facts: GateFacts, now: Date): readonly GateReason[] => {
  const { kind, state, window, waitingFor, freezes } = facts
  // it has begun: a gate that falls shut behind it would leave it half done
  if (state === 'implementing') return []
  const reasons: GateReason[] = []
  const add = (code: GateReason['code'], text: string, until: Date | null = null): void => {
    reasons.push({ code, text, until })
  }
  if (state !== 'scheduled') add('state', said`The gate is shut: the change is ${state}.`)
  if (state === 'authorising' && waitingFor.length > 0)
    add('keys', said`It waits for the key of: ${waitingFor.join(', ')}.`)
  if (kind === 'emergency') return reasons
  if (window === null) add('no window', said`The gate is shut: no window is planned.`)
  else if (now < window.from)
    add('too early', said`The gate is shut: its window opens ${spoken(window.from)}.`, window.from)
  else if (now >= window.to)
    add('too late', said`The gate is shut: its window closed ${spoken(window.to)}. Plan another.`)
  for (const freeze of freezes)
    add('freeze', said`The gate is shut: frozen until ${spoken(freeze.to)} (${freeze.reason}).`, freeze.to)
  return reasons
}
