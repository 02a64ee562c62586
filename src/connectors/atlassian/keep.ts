/** What is asked once and remembered for a while. */

const KEPT_MS = 5 * 60_000

interface Kept<T> {
  readonly untilMs: number
  readonly value: Promise<T>
}

export interface Keeper<T> {
  readonly get: (key: string) => Promise<T>
  /** Asks anew. */
  readonly again: (key: string) => Promise<T>
  readonly has: (key: string) => boolean
}

export const keep = <T>(ask: (key: string) => Promise<T>, now: () => Date, keptMs = KEPT_MS): Keeper<T> => {
  const kept = new Map<string, Kept<T>>()
  const again = (key: string): Promise<T> => {
    const value = ask(key)
    kept.set(key, { untilMs: now().getTime() + keptMs, value })
    // A failed question must not be remembered; the rejection itself reaches whoever awaits it.
    value.catch(() => {
      if (kept.get(key)?.value === value) kept.delete(key)
    })
    return value
  }
  const current = (key: string): Kept<T> | undefined => {
    const entry = kept.get(key)
    return entry !== undefined && now().getTime() < entry.untilMs ? entry : undefined
  }
  return {
    get: (key) => current(key)?.value ?? again(key),
    again,
    has: (key) => current(key) !== undefined,
  }
}
