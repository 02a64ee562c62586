import type { TestDatabase } from '../support/database.ts'

/** One experiment: what it does to the road, and the counts that decide. Figures, no adjectives. */
export interface Experiment {
  /** As in the report: `R6`. */
  readonly id: string
  readonly title: string
  readonly run: (test: TestDatabase, scale: Scale) => Promise<Outcome>
}

/** `short`: at every commit, seconds. `long`: what `npm run report` does. */
export type Scale = 'short' | 'long'

export interface Outcome {
  readonly seed: number
  readonly counts: Readonly<Record<string, number | string>>
  /** What did not hold; empty: passed. */
  readonly failures: readonly string[]
}

/** Compares a count with what it must be; a sentence when it is not. */
export const must = (name: string, value: number, holds: boolean, wanted: string): readonly string[] =>
  holds ? [] : [`${name} is ${value}; it must be ${wanted}`]
export const zero = (name: string, value: number): readonly string[] => must(name, value, value === 0, '0')
