import { setTimeout as pause } from 'node:timers/promises'
import { isDatabaseLost } from '../../src/store/database-lost.ts'
import type { Judgement, Traffic } from './traffic.ts'

const LOOK_EVERY_MS = 250

/** Waits until what must come of the traffic has come, and nothing is under way; or as long as we are willing to. */
export const untilAtRest = async (traffic: Traffic, patienceMs: number): Promise<Judgement> => {
  const until = Date.now() + patienceMs
  for (;;) {
    const isLate = Date.now() > until
    // the tools show most of it without looking inside
    if (isLate || traffic.missingThere().length === 0) {
      const judgement = await judged(traffic)
      if (judgement !== null && (judgement.atRest || isLate)) return judgement
    }
    await pause(LOOK_EVERY_MS)
  }
}

/** Null: a session that was ended while we did not look; the next look has another. */
const judged = async (traffic: Traffic): Promise<Judgement | null> => {
  try {
    return await traffic.judge()
  } catch (error) {
    if (isDatabaseLost(error)) return null
    throw error
  }
}

/** Waits until `count` are linked; throws when they are not after `patienceMs`. */
export const untilLinked = async (traffic: Traffic, count: number, patienceMs: number): Promise<void> => {
  const until = Date.now() + patienceMs
  while (traffic.readLinks() < count) {
    if (Date.now() > until) throw new Error(`only ${traffic.readLinks()} of ${count} were linked`)
    await pause(LOOK_EVERY_MS)
  }
}
