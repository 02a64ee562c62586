/** Waiting for other people's programs: asked again and again, and when it never comes, said what was awaited. */

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

export interface Patience {
  readonly seconds?: number
  readonly everyMs?: number
}

/**
 * Asks until the answer is neither null, false nor undefined, and gives it. A probe that throws counts as "not yet".
 * After `seconds` (default 150) it throws with `what` and the last thing seen.
 */
export const until = async <T>(
  what: string,
  probe: () => Promise<T | null | false | undefined>,
  { seconds = 150, everyMs = 1_000 }: Patience = {},
): Promise<T> => {
  const end = performance.now() + seconds * 1000
  let last = 'nothing'
  for (;;) {
    try {
      const seen = await probe()
      if (seen !== null && seen !== false && seen !== undefined) return seen
    } catch (error) {
      last = error instanceof Error ? error.message : String(error)
    }
    if (performance.now() > end)
      throw new Error(`Awaited for ${seconds} s and never seen: ${what}. Last: ${last}`)
    await pause(everyMs)
  }
}

/** Fails with the difference as the message: what `until` reports when it is never so. */
export const same = <T>(what: string, seen: T, wanted: T): true => {
  const [a, b] = [JSON.stringify(seen), JSON.stringify(wanted)]
  if (a !== b) throw new Error(`${what} is ${a}, not ${b}`)
  return true
}

/** The same work for each, so many at once. */
export const inParallel = async <T, R>(
  items: readonly T[],
  width: number,
  work: (item: T, index: number) => Promise<R>,
): Promise<readonly R[]> => {
  const results: R[] = []
  let next = 0
  const lane = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++)
      results[index] = await work(items[index] as T, index)
  }
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane))
  return results
}
