import type { Level, Priority } from './words.ts'

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
  if (priorityOf(current.impact, current.urgency) === priority) return current
  const urgency = LEVELS_BY_NEED.find((level) => priorityOf(current.impact, level) === priority)
  return urgency === undefined ? USUAL[priority] : { impact: current.impact, urgency }
}
