import type { WorkProgress } from '../domain/escalation.ts'
import type { EventKind, NewEvent } from '../domain/event.ts'
import type { Refusal } from '../domain/refusal.ts'
import type { WorkItemState } from '../domain/words.ts'
import { decideWorkItem, type WorkItemCommand } from '../domain/work-item.ts'
import { err, ok, type Result } from '../lib/result.ts'
import type { Tx } from '../store/database.ts'
import { isReleased } from '../store/releases.ts'
import {
  lockWorkItem,
  standingOfWorkItem,
  updateWorkItem,
  type WorkItem,
  type WorkItemPatch,
  workItemColumns,
} from '../store/work-items.ts'
import { withoutJsonText } from './change-ticket.ts'
import { changesOf } from './field-rules.ts'
import { changedMeanwhile, type Effects, NO_EFFECTS, together, unknown } from './outcome.ts'
import { followWorkItem } from './reach-tickets.ts'
import type { CommandContext } from './run-command.ts'

/** Fields as people know them, and the column of each. */
export const WORK_ITEM_COLUMNS = {
  kind: 'kind',
  title: 'title',
  description: 'description',
  steps: 'steps',
  expected: 'expected',
  actual: 'actual',
  frequency: 'frequency',
  since: 'since',
  severity: 'severity',
  priority: 'priority',
  team: 'team_id',
  assignee: 'assignee_id',
  product: 'product_id',
  component: 'component_id',
  version: 'release_version',
  environment: 'environment',
  release: 'release_id',
  duplicateOf: 'duplicate_of',
  duplicateKey: 'duplicate_key',
  declineReason: 'decline_reason',
  rootCause: 'root_cause',
  workaround: 'workaround',
  behaviourNote: 'behaviour_note',
  expedite: 'expedite',
  custom: 'custom',
} as const satisfies Readonly<Record<string, keyof WorkItem>>

/** Finds and holds a work item; with a version, only if it is still at it. */
export const heldWorkItem = async (
  tx: Tx,
  ref: string,
  version: number | undefined,
  field = '/workItem',
): Promise<Result<WorkItem, Refusal>> => {
  const item = await lockWorkItem(tx, ref)
  if (item === null) return unknown('work item', ref, field)
  return version !== undefined && version !== item.version
    ? changedMeanwhile('work item', version, item.version)
    : ok(item)
}

export interface ProgressedWorkItem extends Effects {
  readonly version: number
}

const MOVED_AS: Readonly<Partial<Record<WorkItemState, EventKind>>> = {
  done: 'work-item.done',
  declined: 'work-item.declined',
  duplicate: 'work-item.duplicate',
}

/**
 * Applies a change of state (or none), together with other columns, to a held work item, in one statement; then lets
 * every ticket behind it follow.
 */
export const progressWorkItem = async (
  tx: Tx,
  context: CommandContext,
  item: WorkItem,
  command: WorkItemCommand | null,
  also: WorkItemPatch,
): Promise<Result<ProgressedWorkItem, Refusal>> => {
  const before = standingOfWorkItem(item)
  const decided = command === null ? ok(before) : decideWorkItem(before, command, context.now)
  if (!decided.ok) return err(decided.error)
  const to = decided.value.state
  const moved = to !== item.state
  const patch: WorkItemPatch = {
    ...(moved && item.state === 'declined' ? { decline_reason: null } : {}),
    // whoever moves it has looked at it
    ...(moved && item.snoozed_until !== null ? { snoozed_at: null, snoozed_until: null } : {}),
    ...(moved && item.state === 'duplicate' ? { duplicate_of: null, duplicate_key: null } : {}),
    ...also,
  }
  const changes = changesOf(WORK_ITEM_COLUMNS, item, withoutJsonText(patch))
  const changed = Object.keys(changes).length > 0
  if (!moved && !changed) return ok({ version: item.version, ...NO_EFFECTS })
  const version = await updateWorkItem(
    tx,
    item.id,
    { ...patch, ...workItemColumns(decided.value) },
    context.now,
  )
  const own: Effects = {
    events: [
      ...(moved ? [movedEvent(item, to, patch.decline_reason ?? null)] : []),
      ...(changed ? [{ kind: 'work-item.changed' as const, record: recordOf(item), data: { changes } }] : []),
    ],
    changed: [recordOf(item)],
  }
  const releaseId = patch.release_id === undefined ? item.release_id : patch.release_id
  if (!moved && releaseId === item.release_id) return ok({ version, ...own })
  const wasReleased = await isReleased(tx, item.release_id)
  const progress = (state: WorkItemState, released: boolean): WorkProgress => ({
    state,
    released,
    declineReason: patch.decline_reason ?? item.decline_reason,
  })
  const followed = await followWorkItem(
    tx,
    context,
    item,
    progress(item.state, wasReleased),
    progress(to, releaseId === item.release_id ? wasReleased : await isReleased(tx, releaseId)),
  )
  return ok({ version, ...together(own, followed) })
}

const recordOf = (item: WorkItem) => ({ kind: 'work item', id: item.id }) as const

const movedEvent = (item: WorkItem, to: WorkItemState, reason: string | null): NewEvent => ({
  kind: MOVED_AS[to] ?? 'work-item.moved',
  record: recordOf(item),
  data: { from: item.state, to, ...(to === 'declined' ? { reason } : {}) },
})
