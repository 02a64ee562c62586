import { err, ok, type Result } from '../lib/result.ts'
import { type Refusal, refuse } from './refusal.ts'
import type { ReleaseState } from './words.ts'

/** Dates are `YYYY-MM-DD`. A range with a confidence in percent: an estimate, never a promise of a day. */
export interface Estimate {
  readonly from: string | null
  readonly to: string | null
  readonly confidence: number | null
}

export const NO_ESTIMATE: Estimate = { from: null, to: null, confidence: null }

const DATE = /^\d{4}-\d{2}-\d{2}$/

export const isDate = (text: string): boolean => {
  if (!DATE.test(text)) return false
  const at = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}

export const checkEstimate = (estimate: Estimate): Result<Estimate, Refusal> => {
  for (const [field, day] of [
    ['/from', estimate.from],
    ['/to', estimate.to],
  ] as const) {
    if (day !== null && !isDate(day)) return err(refuse('invalid', 'Give the day as YYYY-MM-DD.', { field }))
  }
  if (estimate.from !== null && estimate.to !== null && estimate.to < estimate.from) {
    return err(refuse('invalid', 'The range ends before it begins.', { field: '/to' }))
  }
  const { confidence } = estimate
  if (confidence !== null && !(Number.isInteger(confidence) && confidence >= 0 && confidence <= 100)) {
    return err(
      refuse('invalid', 'Confidence is a whole percentage between 0 and 100.', { field: '/confidence' }),
    )
  }
  return ok(estimate)
}

export const sameEstimate = (a: Estimate, b: Estimate): boolean =>
  a.from === b.from && a.to === b.to && a.confidence === b.confidence

/** `2026-03-01`, `2026-03-01/2026-03-14` (ISO 8601 interval) or null for none; anything else is not an estimate. */
export const readEstimate = (text: string | null): Estimate | null => {
  if (text === null) return NO_ESTIMATE
  const [from = '', to = from, ...rest] = text.split('/')
  return rest.length === 0 && isDate(from) && isDate(to) && from <= to ? { from, to, confidence: null } : null
}

/** How an estimate reads in a tool's date field or a line of text. */
export const estimateText = (estimate: Estimate): string | null => {
  if (estimate.from === null || estimate.from === estimate.to) return estimate.to
  return estimate.to === null ? estimate.from : `${estimate.from}/${estimate.to}`
}

const DAY_MS = 86_400_000

/**
 * By how many days the latest possible day moved from one estimate to the next: positive is later. Null where either
 * names no last day.
 */
export const slipDays = (before: Estimate, after: Estimate): number | null =>
  before.to === null || after.to === null
    ? null
    : Math.round((Date.parse(after.to) - Date.parse(before.to)) / DAY_MS)

export interface Slip {
  readonly saidAt: Date
  readonly estimate: Estimate
  /** Against the estimate before; null for the first. */
  readonly slipDays: number | null
}

/** The history of an estimate, oldest first, with each slip. */
export const slips = (
  history: readonly { readonly saidAt: Date; readonly estimate: Estimate }[],
): readonly Slip[] =>
  history.map(({ saidAt, estimate }, index) => {
    const before = history[index - 1]
    return { saidAt, estimate, slipDays: before === undefined ? null : slipDays(before.estimate, estimate) }
  })

export interface ReleaseStanding {
  readonly state: ReleaseState
  readonly releasedAt: Date | null
}

/** Any move among the states before `released`; released and withdrawn are decided once, and withdrawing is always possible. */
export const decideRelease = (
  standing: ReleaseStanding,
  to: ReleaseState,
  now: Date,
): Result<ReleaseStanding, Refusal> => {
  if (standing.state === to) return ok(standing)
  if (standing.state === 'released' && to !== 'withdrawn') {
    return err(
      refuse(
        'wrong-state',
        'It is released: what customers have cannot be unreleased. Withdraw it instead.',
        { field: '/state' },
      ),
    )
  }
  if (standing.state === 'withdrawn') {
    return err(refuse('wrong-state', 'It is withdrawn: make a new release.', { field: '/state' }))
  }
  return ok({ state: to, releasedAt: to === 'released' ? now : standing.releasedAt })
}
