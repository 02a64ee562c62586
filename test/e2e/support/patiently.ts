import { setTimeout } from 'node:timers/promises'

const MOST_MS = 60_000

/** Asks again until it is so. */
export const patiently = async (what: string, isSo: () => Promise<boolean>, everyMs = 100): Promise<void> => {
  const until = Date.now() + MOST_MS
  while (!(await isSo())) {
    if (Date.now() > until) throw new Error(`${what}: waited a minute for it`)
    await setTimeout(everyMs)
  }
}
