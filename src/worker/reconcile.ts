import { mayShare } from '../commands/applied-rounds.ts'
import { STUCK_FIELD } from '../commands/hold-events.ts'
import { plainPlan, plainReceipts } from '../commands/plain-rounds.ts'
import { type PlanRecord, type PlanRecorded, recordPlan } from '../commands/record-plan.ts'
import { type Receipts, recordReceipts } from '../commands/record-receipts.ts'
import type { PendingFile } from '../commands/record-words.ts'
import type { CommandContext } from '../commands/run-command.ts'
import type { AttemptEnd, NewAttempt } from '../store/attempts.ts'
import type { ClaimedMirror, StoredElement } from '../store/mirrors.ts'
import { baseAfter } from '../sync/base-after.ts'
import { applyBreaker, recordWrites } from '../sync/breaker.ts'
import type { RemoteFault } from '../sync/fault.ts'
import type { HubView } from '../sync/hub-view.ts'
import type { Mapping } from '../sync/mapping.ts'
import { merge } from '../sync/merge.ts'
import { completeBase, type MirrorBase } from '../sync/mirror-base.ts'
import { NOTHING_OVERWRITTEN } from '../sync/overwritten.ts'
import type { People } from '../sync/people.ts'
import type { Plan, PlannedOperation } from '../sync/plan.ts'
import type { Snapshot, ToolFields } from '../sync/snapshot.ts'
import { triedFields } from '../sync/tried-fields.ts'
import { asFault, faultForLog, faultRecord } from './as-fault.ts'
import { contextOf } from './context.ts'
import type { WorkerDeps } from './deps.ts'
import { elementsAfter } from './elements-after.ts'
import { fetchFiles } from './fetch-files.ts'
import type { LoadedMirror } from './load-mirrors.ts'
import { judgeCalls, judgeLostEdits, recallReplaced } from './lost-edits.ts'
import type { OpenConnection } from './open-connection.ts'
import { peopleThere } from './people-there.ts'
import { resolveAttempts } from './resolve-attempts.ts'
import { runCalls } from './run-calls.ts'
import { stillHeld } from './still-held.ts'

/** How a round ended, for the loop's own counting. Faults are thrown as `RemoteFault`. */
export type RoundEnd = 'in step' | 'more to do' | 'gone' | 'lost' | { readonly mergedInto: Snapshot }

/**
 * Brings one mirror back in step, whatever happened and however often:
 *
 *   fetch what the tool shows now → find out what became of lost calls → merge → write here (one transaction, with the
 *   intents of the calls) → call → read back what the tool shows → write the base (one transaction)
 *
 * Any step may be the last: what a dead worker left is an open intent, and the next round begins by reading.
 */
export const reconcileLive = async (
  deps: WorkerDeps,
  connection: OpenConnection,
  loaded: LoadedMirror,
  first: Snapshot | null = null,
): Promise<RoundEnd> => {
  const { mirror } = loaded
  const ref = { id: mirror.remote_id ?? '' }
  const shown = first ?? (await connection.session.fetch(ref))
  deps.crashPoint('fetched')
  if (shown === 'gone') return 'gone'
  // the tool answers with another item: this one was merged into it
  if (shown.ref.id !== ref.id) return { mergedInto: shown }
  const now = deps.clock.now()
  const mapping = mappingFor(connection, loaded.view)
  const resolved = resolveAttempts(loaded, shown, now)
  const base: MirrorBase = resolved.base
  const people = await peopleThere(connection, mapping, loaded.colleagues, shown, loaded.view)
  const plan = merge({
    mapping,
    capabilities: connection.capabilities,
    people,
    naming: loaded.naming,
    party: connection.row.party === 'desk' ? 'support' : 'engineering',
    transitions:
      mapping.status !== null &&
      mapping.status.toTool.length > 0 &&
      connection.capabilities.transitions === 'workflow'
        ? (await connection.describe()).transitions
        : null,
    base,
    elements: resolved.elements,
    hub: loaded.view,
    tool: shown,
    ...(mirror.restore === null ? {} : { givenBack: mirror.restore as ToolFields }),
    first: base.first ?? 'ask',
    remap: mirror.mapping_version !== 0 && mirror.mapping_version !== connection.row.mapping_version,
    quiet: mirror.quiet,
    now: now.toISOString(),
  })
  return carryOut(deps, connection, loaded, { shown, plan, resolved, mapping, people })
}

interface Merged {
  readonly shown: Snapshot
  readonly plan: Plan
  readonly resolved: ReturnType<typeof resolveAttempts>
  readonly mapping: Mapping
  readonly people: People
}

const carryOut = async (
  deps: WorkerDeps,
  connection: OpenConnection,
  loaded: LoadedMirror,
  { shown, plan, resolved, mapping, people }: Merged,
): Promise<RoundEnd> => {
  const { mirror } = loaded
  const now = deps.clock.now()
  // what may still be under way there is neither repeated nor taken for absent
  const free = plan.tool.filter(
    (planned) => planned.element === null || !resolved.waiting.has(planned.element.id),
  )
  const breaker = applyBreaker(free, mirror.writes, now)
  const replaced = await recallReplaced(connection, loaded, resolved.ends)
  const overwritten = await judgeLostEdits(
    connection,
    loaded,
    mapping,
    completeBase(mirror.base),
    shown,
    replaced,
  )
  const restore = { ...(mirror.restore as ToolFields | null), ...overwritten.restore }
  const attempts: readonly NewAttempt[] = [...restoring(restore, shown), ...breaker.go].map((planned) => ({
    id: deps.runner.newId(),
    planned,
  }))
  const deleted = new Set(
    plan.hub.attachments.flatMap((change) => (change.change === 'delete' ? [change.elementId] : [])),
  )
  const stillPending = pendingFiles(loaded).filter((file) => !deleted.has(file.attachmentId))
  const context = contextOf(deps, connection, mirror)
  const input: PlanRecord = {
    mirror,
    view: loaded.view,
    plan: { ...plan, holds: [...plan.holds, ...breaker.holds] },
    snapshot: shown,
    mapping,
    people,
    mappingVersion: connection.row.mapping_version,
    capabilities: connection.capabilities,
    elements: resolved.elements,
    attempts,
    ends: resolved.ends,
    missed: resolved.missed,
    again: resolved.again,
    settled: resolved.settled,
    filesPending: stillPending.length > 0,
    overwritten,
  }
  const recorded =
    (await recordTogether(connection, context, input)) ??
    (await deps.runner.db.transaction().execute((tx) => recordPlan(tx, context, input)))
  deps.crashPoint('plan-recorded')
  if (recorded.recorded === 'lost') return 'lost'
  if (recorded.recorded === 'changed') return 'more to do'
  const files = [...recorded.pending, ...stillPending]
  if (attempts.length === 0 && files.length === 0) {
    deps.runner.signal.notify()
    return recorded.clean ? 'in step' : 'more to do'
  }
  const { failed } = await fetchFiles(deps, connection, mirror, files)
  const again = failed === 0 ? resolved.again : new Date(now.getTime() + FILE_RETRY_MS)
  return finishCalls(deps, connection, loaded, {
    shown,
    base: recorded.base,
    attempts,
    again,
    elements: resolved.elements,
    mapping,
    restore,
  })
}

/** The usual rounds share their commit with those of other mirrors; null: this one takes a transaction of its own. */
const recordTogether = async (
  connection: OpenConnection,
  context: CommandContext,
  input: PlanRecord,
): Promise<PlanRecorded | null> => {
  if (input.overwritten.why.length > 0) return null
  const plain = plainPlan(context, input)
  if (plain === null) return mayShare(input) ? connection.recordApplied({ context, input }) : null
  return (await connection.recordPlain(plain))
    ? { recorded: 'yes', clean: plain.clean, base: plain.base, holds: [], pending: [] }
    : null
}

const FILE_RETRY_MS = 30_000

/** Files that an earlier round noted and could not fetch. */
const pendingFiles = (loaded: LoadedMirror): readonly PendingFile[] => {
  const waiting = new Set(
    loaded.view.attachments.flatMap((file) => (file.state === 'pending' ? [file.id] : [])),
  )
  return loaded.elements.flatMap((element) =>
    element.origin === 'tool' &&
    element.state === 'live' &&
    element.remoteId !== null &&
    waiting.has(element.elementId)
      ? [{ attachmentId: element.elementId, remoteId: element.remoteId }]
      : [],
  )
}

interface Calls {
  readonly shown: Snapshot
  readonly base: MirrorBase
  readonly attempts: readonly NewAttempt[]
  readonly again: Date | null
  readonly elements: readonly StoredElement[]
  readonly mapping: Mapping
  /** What the tool is given back, among the attempts. */
  readonly restore: ToolFields
}

/** Makes the calls, reads what the tool shows then, and writes the new base. */
export const finishCalls = async (
  deps: WorkerDeps,
  connection: OpenConnection,
  loaded: LoadedMirror,
  calls: Calls,
): Promise<RoundEnd> => {
  const { mirror } = loaded
  const made = await runCalls(deps, connection, calls.attempts, stillHeld(deps, loaded))
  if (made.lost) return 'lost'
  const now = deps.clock.now()
  const back: ReadBack =
    made.done.length === 0
      ? { shown: calls.shown, fault: null }
      : made.shown !== null
        ? { shown: made.shown, fault: null }
        : await readBack(deps, connection, mirror)
  const read = back.shown
  const after =
    read === null
      ? { base: calls.base, holds: [] }
      : baseAfter(
          calls.base,
          made.done.map((one) => one.planned),
          read,
          now.toISOString(),
        )
  const elements = elementsAfter(calls.elements, made.done, read, deps.runner.newId)
  const unsettled = new Set(elements.unfound)
  const ends: readonly AttemptEnd[] = made.ends.map((end) => {
    if (end.state !== 'done') return end
    const element = calls.attempts.find((one) => one.id === end.id)?.planned.element ?? null
    // not read back, so its base is not known: the next round finds out, as of a lost answer
    const open = element === null ? read === null : unsettled.has(element.id)
    return open ? { ...end, state: 'unknown' as const } : end
  })
  // not read back, so it is asked for again with the rest
  // what was not made in this round is given back in the next one
  const due = made.fault === null ? calls : { ...calls, restore: {} }
  const overwritten =
    read === null ? NOTHING_OVERWRITTEN : await judgeCalls(connection, loaded, due, made.done)
  const unknown = ends.some((end) => end.state === 'unknown')
  // a move with more to follow; a copy withdrawn, in whose place another may come
  const halfWay = made.done.some(
    (one) => one.planned.status?.last === false || one.planned.element?.withdraws,
  )
  // what was given back is an edit of the tool's that is still to come in here
  const gaveBack = Object.keys(calls.restore).length > 0
  const inStep =
    made.fault === null && !unknown && !halfWay && !gaveBack && read !== null && calls.again === null
  deps.crashPoint('before-receipts')
  const context = contextOf(deps, connection, mirror)
  const receipts: Receipts = {
    mirror,
    ends,
    elements: elements.rows,
    base: after.base,
    snapshot: read,
    writes: recordWrites(
      mirror.writes,
      made.done.map((one) => one.planned),
      now,
    ),
    tried: [
      ...calls.attempts.flatMap((attempt) => triedFields(attempt.planned)),
      ...(made.fault === null ? [STUCK_FIELD] : []),
    ],
    holds: [...made.holds, ...after.holds],
    overwritten,
    inStep,
    restored: (mirror.restore !== null || gaveBack) && made.fault === null && read !== null,
    retryAt: calls.again ?? (unknown ? new Date(now.getTime() + 2_000) : null),
    failures: 0,
    fault: back.fault && faultRecord(back.fault, now),
  }
  const plain = overwritten.why.length > 0 ? null : plainReceipts(context, receipts)
  const kept =
    (plain !== null && (await connection.recordPlain(plain))) ||
    (await deps.runner.db.transaction().execute((tx) => recordReceipts(tx, context, receipts)))
  deps.crashPoint('receipts-recorded')
  if (!kept) return 'lost'
  deps.runner.signal.notify()
  if (made.fault !== null) throw made.fault
  return inStep ? 'in step' : 'more to do'
}

interface ReadBack {
  /** null: it cannot be read now. */
  readonly shown: Snapshot | null
  /** Why not, for the mirror to show. */
  readonly fault: RemoteFault | null
}

/** What the tool shows after the calls. That it cannot be read is no reason to lose the receipts of the calls. */
const readBack = async (
  deps: WorkerDeps,
  connection: OpenConnection,
  mirror: ClaimedMirror,
): Promise<ReadBack> => {
  try {
    const shown = await connection.session.fetch({ id: mirror.remote_id ?? '' })
    return { shown: shown === 'gone' ? null : shown, fault: null }
  } catch (thrown) {
    const fault = asFault(thrown, 'down')
    deps.log('warn', 'what was written could not be read back; it is looked at again', {
      connection: connection.row.key,
      mirror: mirror.id,
      ...faultForLog(fault),
    })
    return { shown: null, fault }
  }
}

/** Fields of the tool that get a value back: an undo was asked for, or a write of ours replaced an edit. */
const restoring = (restore: ToolFields, shown: Snapshot): readonly PlannedOperation[] => {
  if (Object.keys(restore).length === 0) return []
  return [
    {
      operation: { op: 'update', ref: shown.ref, fields: restore, version: null, since: shown.version },
      fields: [],
      status: null,
      element: null,
      link: null,
    },
  ]
}

/** Releases cross by a mapping of their own: name, date and state come in, nothing goes out. */
const RELEASE_MAPPING: Pick<Mapping, 'fields' | 'status' | 'comments' | 'attachments'> = {
  fields: [
    { hub: 'name', tool: 'title', direction: 'to hub', conflict: 'tool wins' },
    { hub: 'planned', tool: 'due', direction: 'to hub', conflict: 'tool wins' },
  ],
  status: {
    owner: 'tool',
    toHub: { open: 'planned', locked: 'ready', closed: 'released', released: 'released' },
    toTool: [],
  },
  comments: null,
  attachments: null,
}

export const mappingFor = (connection: OpenConnection, view: Pick<HubView, 'kind'>): Mapping => {
  const mapping = connection.mapping ?? NO_MAPPING
  return view.kind === 'release' ? { ...mapping, ...RELEASE_MAPPING } : mapping
}

export const NO_MAPPING: Mapping = {
  record: 'ticket',
  containers: [],
  types: [],
  adopt: false,
  fields: [],
  status: null,
  comments: null,
  attachments: null,
  people: {},
  products: {},
  components: {},
  releases: false,
  onCreate: {},
}
