/** What became of one of many. */
export interface Outcome<T> {
  readonly key: string
  readonly done: T | null
  /** Null: it was done. */
  readonly error: unknown
}

const AT_ONCE = 4

/** Does something to each, a few at a time; one that fails stops no other. In the order they were given. */
export const runMany = async <T>(
  keys: readonly string[],
  act: (key: string) => Promise<T>,
  onProgress: (done: number) => void,
): Promise<readonly Outcome<T>[]> => {
  const outcomes = new Map<string, Outcome<T>>()
  const waiting = keys.values()
  const one = async (): Promise<void> => {
    for (const key of waiting) {
      try {
        outcomes.set(key, { key, done: await act(key), error: null })
      } catch (error) {
        outcomes.set(key, { key, done: null, error })
      }
      onProgress(outcomes.size)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, one))
  return keys.flatMap((key) => outcomes.get(key) ?? [])
}
