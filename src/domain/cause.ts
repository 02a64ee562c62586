import type { RiskLevel } from './words.ts'

export const CAUSE_KINDS = ['change', 'release', 'deployment', 'flag flip'] as const
export type CauseKind = (typeof CAUSE_KINDS)[number]

export const CAUSE_STATES = ['suspected', 'confirmed', 'cleared'] as const
export type CauseState = (typeof CAUSE_STATES)[number]

/** Something that was done before an impact began, as far as it is known how the two belong together. */
export interface CauseFacts {
  readonly kind: CauseKind
  readonly at: Date
  /** Null: one of the two names none. */
  readonly isSameComponent: boolean | null
  /** It is, or brought, the release that the incident was reported on. */
  readonly isTheirRelease: boolean
  /** It happened at the customer’s own installation. */
  readonly isTheirPlace: boolean
  /** It failed, was backed out or rolled back, or had issues. */
  readonly wentWrong: boolean
  readonly level: RiskLevel | null
  readonly isEmergency: boolean
}

export const CAUSE_REASONS = [
  'minutes before',
  'hours before',
  'long before',
  'same component',
  'another component',
  'their release',
  'their place',
  'went wrong',
  'high risk',
  'emergency',
] as const

/** Why something is suspected: its points, and the minutes it lies before the impact. */
export interface CauseReason {
  readonly because: (typeof CAUSE_REASONS)[number]
  readonly points: number
}

export interface Suspicion {
  readonly points: number
  /** Whole minutes before the impact began. */
  readonly minutesBefore: number
  readonly reasons: readonly CauseReason[]
}

const MINUTE_MS = 60_000

const nearness = (minutes: number): CauseReason =>
  minutes <= 60
    ? { because: 'minutes before', points: 5 }
    : minutes <= 24 * 60
      ? { because: 'hours before', points: 3 }
      : { because: 'long before', points: 1 }

/** How much speaks for a cause; every point has its reason, and there are no others. */
export const suspect = (facts: CauseFacts, impactAt: Date): Suspicion => {
  const minutesBefore = Math.max(0, Math.floor((impactAt.getTime() - facts.at.getTime()) / MINUTE_MS))
  const when = (holds: boolean, because: CauseReason['because'], points: number): readonly CauseReason[] =>
    holds ? [{ because, points }] : []
  const reasons = [
    nearness(minutesBefore),
    ...when(facts.isSameComponent === true, 'same component', 4),
    ...when(facts.isSameComponent === false, 'another component', -2),
    ...when(facts.isTheirRelease, 'their release', 3),
    ...when(facts.isTheirPlace, 'their place', 3),
    ...when(facts.wentWrong, 'went wrong', 3),
    ...when(facts.level === 'high', 'high risk', 1),
    ...when(facts.isEmergency, 'emergency', 1),
  ]
  return { points: reasons.reduce((sum, { points }) => sum + points, 0), minutesBefore, reasons }
}

const ORDER: Readonly<Record<CauseState, number>> = { confirmed: 0, suspected: 1, cleared: 2 }

/** What was confirmed first, what was cleared last; between them what most speaks for, and of equals the nearest. */
export const ranked = <C extends { readonly state: CauseState; readonly suspicion: Suspicion }>(
  candidates: readonly C[],
): readonly C[] =>
  candidates.toSorted(
    (a, b) =>
      ORDER[a.state] - ORDER[b.state] ||
      b.suspicion.points - a.suspicion.points ||
      a.suspicion.minutesBefore - b.suspicion.minutesBefore,
  )

/** What an incident cost: from when its impact began until it was resolved, or until now. Whole minutes. */
export const minutesLost = (began: Date, resolved: Date | null, now: Date): number =>
  Math.max(0, Math.round(((resolved ?? now).getTime() - began.getTime()) / MINUTE_MS))
