import { releaseNames } from '../domain/ci/find-home.ts'
import { said } from '../lib/said.ts'
import {
  type CiSource,
  giveTurnTo,
  lockCiSource,
  releasesWaitedFor,
  reportsInTurn,
  sourcesWaitingForRelease,
  type WaitedFor,
} from '../store/ci-sources.ts'
import type { Tx } from '../store/database.ts'
import { done, type Effects, together, unknown } from './outcome.ts'
import type { Command, CommandContext } from './run-command.ts'
import { settleReports } from './settle-ci-report.ts'

/**
 * What a CI system told and nobody understood is looked at again where that may help: as much of it at once as nobody
 * has to wait for, and the rest piece by piece by the worker.
 */
const AT_ONCE = 200

export const IN_TURN = said`It is looked at again in a moment.`

/** The next that are in turn, the oldest first. */
export const settleTurn = async (
  tx: Tx,
  context: CommandContext,
  source: CiSource,
): Promise<Effects & { readonly count: number }> => {
  const next = await reportsInTurn(tx, source.id, AT_ONCE)
  const { events, changed } = await settleReports(tx, context, source, next)
  return { events, changed, count: next.length }
}

/** Answers how many were looked at: none are left at 0. */
export const readCiReportsAgain: Command<{ readonly source: string }, { readonly count: number }> = async (
  tx,
  context,
  input,
) => {
  const source = await lockCiSource(tx, input.source)
  if (source === null) return unknown('source', input.source, '/source')
  const { count, ...effects } = await settleTurn(tx, context, source)
  return done({ count }, effects)
}

export interface KnownRelease {
  readonly productId: string
  readonly name: string
  /** That it is now. */
  readonly commit?: string
}

/** A release is known now that was not: what waited for it has its turn. */
export const turnForRelease = async (tx: Tx, known: KnownRelease): Promise<readonly CiSource[]> => {
  const sources = await sourcesWaitingForRelease(tx, known.productId)
  for (const { id, tag_prefix: prefix } of sources) {
    const isIt = ({ ref, commit }: WaitedFor): boolean =>
      (ref !== null && releaseNames(ref, prefix).includes(known.name)) ||
      (commit !== null && known.commit?.startsWith(commit) === true)
    await giveTurnTo(tx, id, (await releasesWaitedFor(tx, id)).filter(isIt), IN_TURN)
  }
  return sources
}

/** The same, and the first of it is understood at once. */
export const settleForRelease = async (
  tx: Tx,
  context: CommandContext,
  known: KnownRelease,
): Promise<Effects> => {
  const effects: Effects[] = []
  for (const source of await turnForRelease(tx, known)) effects.push(await settleTurn(tx, context, source))
  return together(...effects)
}
