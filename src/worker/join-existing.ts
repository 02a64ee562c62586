import { type JoinSide, joinPair } from '../commands/join-pair.ts'
import { runCommand } from '../commands/run-command.ts'
import type { Actor } from '../domain/actor.ts'
import { LANES } from '../store/dirty.ts'
import { type Matches, type MatchItem, type MatchRule, matchItem, matchItems } from '../sync/match-items.ts'
import type { ToolField } from '../sync/snapshot.ts'
import { budgetedSession } from './budgeted-session.ts'
import type { WorkerDeps } from './deps.ts'
import type { OpenConnection } from './open-connection.ts'
import { NO_MAPPING } from './reconcile.ts'

export interface JoinProgress {
  readonly step: 'reading the desk' | 'reading the tracker' | 'joining'
  readonly done: number
  readonly total: number | null
}

export interface JoinReport extends Matches {
  readonly read: { readonly desk: number; readonly tracker: number }
  /** Null in a preview. */
  readonly joined: {
    readonly new: number
    readonly already: number
    readonly failed: readonly { readonly pair: string; readonly reason: string }[]
  } | null
}

/**
 * Joins what exists: reads both tools once, finds the pairs, and, unless it is a preview, ties each in a transaction of
 * its own. Nothing is written to a tool here; the reconcile loop then shows on both what crosses.
 */
export const joinExisting = async (
  deps: Pick<WorkerDeps, 'runner'>,
  desk: OpenConnection,
  tracker: OpenConnection,
  options: { readonly rule: MatchRule; readonly apply: boolean; readonly actor: Actor },
  onProgress: (progress: JoinProgress) => void = () => {},
): Promise<JoinReport> => {
  const { rule } = options
  const ours = await readAll(desk, rule.deskField, (done) =>
    onProgress({ step: 'reading the desk', done, total: null }),
  )
  const theirs = await readAll(tracker, rule.trackerField, (done) =>
    onProgress({ step: 'reading the tracker', done, total: null }),
  )
  const matches = matchItems(ours, theirs, rule)
  const report = { ...matches, read: { desk: ours.length, tracker: theirs.length } }
  if (!options.apply) return { ...report, joined: null }
  const joined = { new: 0, already: 0, failed: [] as { pair: string; reason: string }[] }
  for (const [at, pair] of matches.pairs.entries()) {
    const result = await runCommand(
      deps.runner,
      options.actor,
      joinPair,
      { pair, desk: sideOf(desk), tracker: sideOf(tracker) },
      { cause: 'joined', lane: LANES.backfill },
    )
    if (!result.ok)
      joined.failed.push({ pair: `${pair.desk.key} ↔ ${pair.tracker.key}`, reason: result.error.detail })
    else if (result.value.joined) joined.new += 1
    else joined.already += 1
    onProgress({ step: 'joining', done: at + 1, total: matches.pairs.length })
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
  field: ToolField | undefined,
  onPage: (done: number) => void,
): Promise<readonly MatchItem[]> => {
  const session = budgetedSession(connection.session, connection.budget, LANES.backfill)
  const containers = connection.mapping?.containers ?? []
  const items = new Map<string, MatchItem>()
  let cursor: string | null = null
  for (let more = true; more; ) {
    const page = await session.pull(cursor, 'all')
    for (const shown of page.snapshots) {
      if (shown.kind !== 'item' || (containers.length > 0 && !containers.includes(shown.container))) continue
      items.set(shown.ref.id, matchItem(shown, field))
    }
    cursor = page.cursor
    more = page.more
    onPage(items.size)
  }
  return [...items.values()]
}
