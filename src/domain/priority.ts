import type { Level, Priority, Severity } from './words.ts'

/** Priority = impact × urgency: (1,1) is P1, a sum of 3 is P2, a sum of 4 is P3, the rest is P4. */
export const priorityOf = (impact: Level, urgency: Level): Priority => {
  const sum = impact + urgency
  if (sum === 2) return 'P1'
  if (sum === 3) return 'P2'
  return sum === 4 ? 'P3' : 'P4'
}

export interface Levels {
  readonly impact: Level
  readonly urgency: Level
}

const USUAL: Readonly<Record<Priority, Levels>> = {
  P1: { impact: 1, urgency: 1 },
  P2: { impact: 2, urgency: 1 },
  P3: { impact: 2, urgency: 2 },
  P4: { impact: 3, urgency: 2 },
}

const LEVELS_BY_NEED: readonly Level[] = [1, 2, 3]

/**
 * Levels that give a priority somebody named (a tool that knows only priorities). What is known of the impact is kept
 * where the urgency alone can give it, because the impact is a fact and the urgency a judgement.
 */
export const levelsFor = (priority: Priority, current: Levels): Levels => {
  if (priorityOf(current.impact, current.urgency) === priority)
    return { impact: current.impact, urgency: current.urgency }
  const urgency = LEVELS_BY_NEED.find((level) => priorityOf(current.impact, level) === priority)
  return urgency === undefined ? USUAL[priority] : { impact: current.impact, urgency }
}

/**
 * What a severity says of the levels while no person has: the usual levels of the priority of the same rank, so that
 * `critical` is P1 and `low` is P4. ITIL gives the matrix above and leaves the levels to people; the table is ours.
 */
const OF_SEVERITY: Readonly<Record<Severity, Levels>> = {
  critical: USUAL.P1,
  high: USUAL.P2,
  medium: USUAL.P3,
  low: USUAL.P4,
}

/** Both or neither: whoever sets one has seen the other, and it is kept with it. */
export interface OwnLevels {
  readonly impact: Level | null
  readonly urgency: Level | null
  readonly severity: Severity | null
}

export interface JudgedLevels extends Levels {
  /** Nobody set them: they follow the severity. */
  readonly derived: boolean
}

/** The levels of a ticket: what a person or a tool set, else what its severity says, else those of P4. */
export const levelsOf = ({ impact, urgency, severity }: OwnLevels): JudgedLevels =>
  impact !== null && urgency !== null
    ? { impact, urgency, derived: false }
    : { ...(severity === null ? USUAL.P4 : OF_SEVERITY[severity]), derived: true }

/**
 * What is kept when somebody sets one level or both: with one, the other as they saw it; with none, as it was. Null: they
 * follow the severity again.
 */
export const levelsSet = (
  set: { readonly impact?: Level | null; readonly urgency?: Level | null },
  before: OwnLevels,
): Pick<OwnLevels, 'impact' | 'urgency'> => {
  if (set.impact === null || set.urgency === null) return { impact: null, urgency: null }
  if (set.impact === undefined && set.urgency === undefined)
    return { impact: before.impact, urgency: before.urgency }
  const seen = levelsOf(before)
  return { impact: set.impact ?? seen.impact, urgency: set.urgency ?? seen.urgency }
}
