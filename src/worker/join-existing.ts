import { setTimeout } from 'node:timers/promises'
import { type JoinSide, joinPair } from '../commands/join-pair.ts'
import { runCommand } from '../commands/run-command.ts'
import type { Actor } from '../domain/actor.ts'
import { LANES } from '../store/dirty.ts'
import type { PullPage, Session } from '../sync/connector.ts'
import { isFault } from '../sync/fault.ts'
import {
  type JoinProgress,
  type JoinReport,
  type MatchItem,
  type MatchRule,
  matchItem,
  matchItems,
} from '../sync/match-items.ts'
import type { ToolField } from '../sync/snapshot.ts'
import { budgetedSession } from './budgeted-session.ts'
import type { WorkerDeps } from './deps.ts'
import type { OpenConnection } from './open-connection.ts'
import { NO_MAPPING } from './reconcile.ts'

/** Stops between two pages or two pairs; what is joined by then stays joined. */
export interface JoinWatch {
  readonly onProgress: (progress: JoinProgress) => void
  readonly signal: AbortSignal
}

export interface JoinOptions {
  readonly rule: MatchRule
  readonly apply: boolean
  /** Whether what crosses is written to both tools at once; else both stay as they are until something changes. */
  readonly write: boolean
  readonly actor: Actor
}

/**
 * Joins what exists: reads both tools once, finds the pairs, and, unless it is a preview, ties each in a transaction of
 * its own. Nothing is written to a tool here; where it was asked for, the reconcile loop then shows on both what crosses.
 */
export const joinExisting = async (
  deps: Pick<WorkerDeps, 'runner'>,
  desk: OpenConnection,
  tracker: OpenConnection,
  options: JoinOptions,
  watch: JoinWatch = { onProgress: () => {}, signal: new AbortController().signal },
): Promise<JoinReport> => {
  const { rule } = options
  const { onProgress, signal } = watch
  const pageOf = (step: JoinProgress['step']) => (done: number) => {
    onProgress({ step, done, total: null })
    signal.throwIfAborted()
  }
  const ours = await readAll(desk, rule, rule.deskField, pageOf('reading the desk'))
  const theirs = await readAll(tracker, rule, rule.trackerField, pageOf('reading the tracker'))
  const matches = matchItems(ours, theirs, rule)
  const report = { ...matches, read: { desk: ours.length, tracker: theirs.length } }
  if (!options.apply) return { ...report, joined: null }
  const joined = { new: 0, already: 0, failed: [] as { pair: string; reason: string }[] }
  for (const [at, pair] of matches.pairs.entries()) {
    const result = await runCommand(
      deps.runner,
      options.actor,
      joinPair,
      { pair, desk: sideOf(desk), tracker: sideOf(tracker), write: options.write },
      { cause: 'joined', lane: LANES.backfill },
    )
    if (!result.ok)
      joined.failed.push({ pair: `${pair.desk.key} ↔ ${pair.tracker.key}`, reason: result.error.detail })
    else if (result.value.joined) joined.new += 1
    else joined.already += 1
    onProgress({ step: 'joining', done: at + 1, total: matches.pairs.length })
    signal.throwIfAborted()
  }
  return { ...report, joined }
}

const sideOf = (connection: OpenConnection): JoinSide => ({
  connection: connection.row,
  mapping: connection.mapping ?? NO_MAPPING,
  format: connection.capabilities.richText,
})

/** Every item in the connection's containers, as little of each as matching needs. */
const readAll = async (
  connection: OpenConnection,
  rule: MatchRule,
  field: ToolField | undefined,
  onPage: (done: number) => void,
): Promise<readonly MatchItem[]> => {
  const session = budgetedSession(connection.session, connection.budget, LANES.backfill)
  const containers = connection.mapping?.containers ?? []
  const items = new Map<string, MatchItem>()
  let cursor: string | null = null
  for (let more = true; more; ) {
    const page = await pullPage(session, cursor)
    for (const shown of page.snapshots) {
      if (shown.kind !== 'item' || (containers.length > 0 && !containers.includes(shown.container))) continue
      items.set(shown.ref.id, matchItem(shown, rule, field, connection.capabilities.richText))
    }
    cursor = page.cursor
    more = page.more
    onPage(items.size)
  }
  return [...items.values()]
}

/** A join reads thousands of items in one go: one slow answer is no reason to begin again. */
const PAUSES_MS = [1_000, 5_000, 15_000]

const pullPage = async (session: Pick<Session, 'pull'>, cursor: string | null): Promise<PullPage> => {
  for (const pause of PAUSES_MS) {
    try {
      return await session.pull(cursor, 'all')
    } catch (thrown) {
      if (!isFault(thrown) || thrown.kind !== 'down') throw thrown
      await setTimeout(pause)
    }
  }
  return session.pull(cursor, 'all')
}
