import { seededRandom } from '../../src/connectors/demo/seeded-random.ts'

/** Choices that repeat for a seed. */
export interface Chance {
  happens(share: number): boolean
  below(limit: number): number
  oneOf<T>(all: readonly T[]): T
  maybe<T>(all: readonly T[]): T | null
  weighted<T>(all: readonly (readonly [number, T])[]): T
}

export const chanceOf = (seed: number): Chance => {
  const random = seededRandom(seed)
  const maybe = <T>(all: readonly T[]): T | null => all[Math.floor(random() * all.length)] ?? null
  const oneOf = <T>(all: readonly T[]): T => {
    const found = maybe(all)
    if (found === null) throw new Error('nothing to choose from')
    return found
  }
  return {
    happens: (share) => random() < share,
    below: (limit) => Math.floor(random() * limit),
    oneOf,
    maybe,
    weighted: (all) => {
      let at = random() * all.reduce((sum, [weight]) => sum + weight, 0)
      for (const [weight, value] of all) {
        at -= weight
        if (at < 0) return value
      }
      return oneOf(all)[1]
    },
  }
}
