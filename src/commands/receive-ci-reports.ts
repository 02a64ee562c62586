import type { ToldDeployment } from '../domain/ci/told-deployment.ts'
import {
  keepReports,
  lockCiSource,
  noteHeard,
  openReports,
  sourcesWaitingForRelease,
} from '../store/ci-sources.ts'
import type { CiReportState } from '../store/ci-tables.ts'
import type { Tx } from '../store/database.ts'
import { done, type Effects, together, unknown } from './outcome.ts'
import type { Command, CommandContext } from './run-command.ts'
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
  const { delivery, deployments } = input
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

/** As many as are understood anew in one go; older ones keep waiting for the next. */
export const MOST_AT_ONCE = 500

/** A release is known now that was not: what waited for it is understood. */
export const settleForRelease = async (
  tx: Tx,
  context: CommandContext,
  productId: string,
): Promise<Effects> => {
  const effects: Effects[] = []
  for (const source of await sourcesWaitingForRelease(tx, productId)) {
    const open = await openReports(tx, source.id, MOST_AT_ONCE)
    const waiting = open.filter(({ missing }) => missing === 'release')
    effects.push(await settleReports(tx, context, source, waiting))
  }
  return together(...effects)
}
