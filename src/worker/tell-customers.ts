import { proposeNotices } from '../commands/propose-notices.ts'
import { runCommand } from '../commands/run-command.ts'
import { type SealNotice, type SendNotices, sendNotices } from '../commands/send-notices.ts'
import { SYSTEM } from '../domain/actor.ts'
import { LANES } from '../store/dirty.ts'
import { dueNotices, keepPlace, placeToLook, putOffNotice } from '../store/outreach.ts'
import { releasesInPlay } from '../store/views/tickets-to-tell.ts'
import type { WorkerDeps } from './deps.ts'

export type OutreachDeps = Pick<WorkerDeps, 'runner' | 'log'> & {
  /** Null: no mails are sent here. */
  readonly seal: SealNotice | null
  readonly answerAt: SendNotices['answerAt']
}

/** So many in one transaction: their tickets are held until it ends. */
const AT_ONCE = 25
const AGAIN_MS = 300_000
const cause = 'outreach'

/**
 * Level-triggered: whatever happened since the last look is only the reason for a new one, which reads the facts as
 * they are. It may be done twice, or at once by two, or break off anywhere: notices come in step, and each goes once.
 */
export const proposeWhatIsNew = async (deps: OutreachDeps): Promise<void> => {
  const { db } = deps.runner
  const place = await placeToLook(db)
  if (place === null) return
  const products = new Set((await releasesInPlay(db)).map(({ productId }) => productId))
  for (const product of products) {
    const proposed = await runCommand(deps.runner, SYSTEM, proposeNotices, { product }, { cause })
    if (!proposed.ok) throw new Error(proposed.error.detail)
  }
  await keepPlace(db, place, deps.runner.now())
}

/** Sends what is due; answers how many were looked at. */
export const sendWhatIsDue = async (deps: OutreachDeps): Promise<number> => {
  const due = await dueNotices(deps.runner.db, deps.runner.now(), AT_ONCE)
  for (const [, same] of Map.groupBy(due, ({ releaseId }) => releaseId)) {
    const ids = same.map(({ id }) => id)
    if (await wasSent(deps, ids)) continue
    for (const id of ids) if (!(await wasSent(deps, [id]))) await putOff(deps, id)
  }
  return due.length
}

const wasSent = async (deps: OutreachDeps, notices: readonly string[]): Promise<boolean> => {
  const { runner, seal, answerAt, log } = deps
  try {
    const more = { cause, lane: LANES.person }
    const sent = await runCommand(runner, SYSTEM, sendNotices, { notices, seal, answerAt }, more)
    return sent.ok
  } catch (error) {
    log('warn', 'messages to customers could not be sent; they are tried again', {
      notices: notices.length,
      error: String(error),
    })
    return false
  }
}

const putOff = (deps: OutreachDeps, id: string): Promise<void> =>
  putOffNotice(deps.runner.db, id, new Date(deps.runner.now().getTime() + AGAIN_MS))

/** All there is to do now. */
export const tellCustomers = async (deps: OutreachDeps): Promise<void> => {
  await proposeWhatIsNew(deps)
  while ((await sendWhatIsDue(deps)) > 0) await proposeWhatIsNew(deps)
}

export interface OutreachLoop {
  stop(): Promise<void>
}

const IDLE_MS = 1_000
/** In a busy hub something happens all the time: so much passes between two looks, and ten times what the last one took. */
const PROPOSE_EVERY_MS = 5_000
const REST = 10

export const startOutreach = (deps: OutreachDeps): OutreachLoop => {
  let stopped = false
  let wake: () => void = () => {}
  let nextLook = Number.NEGATIVE_INFINITY
  const look = async (): Promise<void> => {
    const begun = performance.now()
    if (begun >= nextLook) {
      nextLook = begun + PROPOSE_EVERY_MS
      await proposeWhatIsNew(deps)
      const took = performance.now() - begun
      nextLook = begun + Math.max(PROPOSE_EVERY_MS, took * REST)
    }
    while (!stopped && (await sendWhatIsDue(deps)) > 0);
  }
  const loop = async (): Promise<void> => {
    while (!stopped) {
      await look().catch((error: unknown) =>
        deps.log('error', 'customers could not be told of releases; it is tried again', {
          error: String(error),
        }),
      )
      if (stopped) return
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, IDLE_MS)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }
  const running = loop()
  return {
    stop: async () => {
      stopped = true
      wake()
      await running
    },
  }
}
