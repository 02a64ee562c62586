import { canSayTwo } from '../domain/ci/ci-kinds.ts'
import type { ToldDeployment } from '../domain/ci/told-deployment.ts'
import { type CiSource, keepReports, lastReportOf, lockCiSource, noteHeard } from '../store/ci-sources.ts'
import type { CiReportState } from '../store/ci-tables.ts'
import type { Tx } from '../store/database.ts'
import { done, unknown } from './outcome.ts'
import type { Command } from './run-command.ts'
import { settleReports } from './settle-ci-report.ts'

export interface ReceiveCiReports {
  /** Id. */
  readonly source: string
  /** Digest of the delivery: the same again is known. */
  readonly delivery: string
  readonly deployments: readonly ToldDeployment[]
}

export interface ReceivedCiReports {
  /** `seen`: all of it was told before. */
  readonly status: 'seen' | CiReportState
  /** Why it waits or is ignored. */
  readonly reason: string | null
}

/** A CI system told of deployments: kept whatever it means, and understood at once where that is possible. */
export const receiveCiReports: Command<ReceiveCiReports, ReceivedCiReports> = async (tx, context, input) => {
  const source = await lockCiSource(tx, input.source)
  if (source === null) return unknown('source', input.source, '/source')
  await noteHeard(tx, source.id, context.now)
  const { deployments } = input
  const delivery = await knownBy(tx, source, input, context.now)
  const fresh = await keepReports(
    tx,
    { sourceId: source.id, delivery, deployments, at: context.now },
    context.newId,
  )
  if (fresh.length === 0) return done({ status: 'seen', reason: null })
  const { settled, ...effects } = await settleReports(tx, context, source, fresh)
  const told = settled.find(({ state }) => state !== 'taken') ?? settled[0]
  return done({ status: told?.state ?? 'taken', reason: told?.reason ?? null }, effects)
}

/** Whatever was told before is sent again within this time. */
const SENT_AGAIN_MS = 5 * 60_000

/** By what these are known. Words that can tell of two are the same one only as the last that was told, and only for a while. */
const knownBy = async (tx: Tx, source: CiSource, input: ReceiveCiReports, now: Date): Promise<string> => {
  const { delivery, deployments } = input
  if (!canSayTwo(source.kind, deployments)) return delivery
  const since = new Date(now.getTime() - SENT_AGAIN_MS)
  const last = await lastReportOf(tx, source.id, deployments[0]?.environment ?? '', since)
  return last?.delivery.startsWith(delivery) === true ? last.delivery : `${delivery} ${now.toISOString()}`
}
