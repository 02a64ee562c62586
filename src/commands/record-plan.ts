import type { NewEvent } from '../domain/event.ts'
import { sayHold } from '../domain/hold-words.ts'
import type { Refusal } from '../domain/refusal.ts'
import type { NewId } from '../lib/ids.ts'
import type { Result } from '../lib/result.ts'
import {
  type AttemptEnd,
  countMisses,
  endAttempts,
  insertAttempts,
  type NewAttempt,
} from '../store/attempts.ts'
import type { Tx } from '../store/database.ts'
import { type ChangedRecord, markDirty } from '../store/dirty.ts'
import { appendEvents } from '../store/events.ts'
import {
  type ClaimedMirror,
  finishMirror,
  holdWithQuestions,
  type StoredElement,
  saveElements,
} from '../store/mirrors.ts'
import { openCallHolds, openRuleHolds, replaceConflicts, replaceHolds } from '../store/questions.ts'
import type { Capabilities } from '../sync/connector.ts'
import type { HubView } from '../sync/hub-view.ts'
import type { HubField, Mapping } from '../sync/mapping.ts'
import { type MirrorBase, STATUS_PAIR } from '../sync/mirror-base.ts'
import type { Overwritten } from '../sync/overwritten.ts'
import type { People } from '../sync/people.ts'
import type { Hold, Plan } from '../sync/plan.ts'
import type { Snapshot } from '../sync/snapshot.ts'
import { triedFields } from '../sync/tried-fields.ts'
import { applyToolFields } from './apply-tool-fields.ts'
import { confirmSent } from './confirm-sent.ts'
import { holdEvents, STUCK_FIELD } from './hold-events.ts'
import { recordOverwritten } from './record-overwritten.ts'
import { type PendingFile, recordWords } from './record-words.ts'
import { applyCommand, type CommandContext } from './run-command.ts'
import { runRules } from './run-rules.ts'

/**
 * The first half of a reconcile, in one transaction: what the tool changed is written here, what waits is noted, and
 * each call that will be made is written down before it is made. If nothing is to be called, the mirror is clean.
 */
export interface PlanRecord {
  readonly mirror: ClaimedMirror
  readonly view: HubView
  readonly plan: Plan
  readonly snapshot: Snapshot
  readonly mapping: Mapping
  readonly people: People
  readonly mappingVersion: number
  readonly capabilities: Capabilities
  readonly elements: readonly StoredElement[]
  /** The plan's calls that will be made, with their intents. */
  readonly attempts: readonly NewAttempt[]
  /** Lost calls that were found out. */
  readonly ends: readonly AttemptEnd[]
  readonly missed: readonly string[]
  /** Must be looked at again, though nothing is to be called now. */
  readonly again: Date | null
  /** Files noted earlier whose bytes are still to be fetched. */
  readonly filesPending: boolean
  /** Elements that lost calls turned out to have made. */
  readonly settled: readonly Omit<StoredElement, 'mirrorId'>[]
  /** Edits that lost calls turned out to have replaced. */
  readonly overwritten: Overwritten
}

export type PlanRecorded =
  /** Another worker has the mirror. */
  | { readonly recorded: 'lost' }
  /** The record changed between reading and writing: merge again from the start. */
  | { readonly recorded: 'changed' }
  | {
      readonly recorded: 'yes'
      readonly clean: boolean
      readonly base: MirrorBase
      readonly holds: readonly Hold[]
      readonly pending: readonly PendingFile[]
    }

export const recordPlan = async (
  tx: Tx,
  context: CommandContext,
  input: PlanRecord,
): Promise<PlanRecorded> => {
  const { mirror, plan, view } = input
  const open = await holdWithQuestions(tx, mirror.id, mirror.fence)
  if (open === null) return { recorded: 'lost' }
  const applied = await applyFields(tx, context, input)
  if (!applied.ok) return { recorded: 'changed' }
  const words = await recordWords(tx, context, {
    mirrorId: mirror.id,
    connectionId: mirror.connection_id,
    view,
    plan,
    mapping: input.mapping,
    people: input.people,
    capabilities: input.capabilities,
    elements: input.elements,
  })
  const base = withoutRefused(plan.base, mirror.base, applied.refused)
  const holds = [...plan.holds, ...applied.holds]
  await saveElements(tx, mirror.id, input.settled)
  await insertAttempts(tx, mirror, input.attempts, context.now)
  await endAttempts(tx, input.ends, context.now)
  await countMisses(tx, input.missed)
  const sent =
    view.kind === 'work item' && mirror.remote_key === null
      ? await applyCommand(tx, context, confirmSent, { workItem: view.id })
      : null
  if (sent?.ok === false) throw new Error(`an escalation could not be confirmed: ${sent.error.detail}`)
  const moved = applied.changed.length > 0
  const ruled = moved
    ? await runRules(tx, context, {
        ...view,
        state: plan.hub.state ?? view.state,
        fields: { ...view.fields, ...plan.hub.fields },
      })
    : open.hasHolds
      ? await openRuleHolds(tx, mirror.id)
      : []
  // what a call brought to light stands until the call, which follows, says something else
  const trying = new Set(input.attempts.flatMap((attempt) => triedFields(attempt.planned)))
  const busy = input.attempts.length > 0 || words.pending.length > 0 || input.filesPending
  if (busy) trying.add(STUCK_FIELD)
  const told = open.hasHolds
    ? (await openCallHolds(tx, mirror.id)).filter((hold) => trying.has(hold.field))
    : []
  const asked = await noteQuestions(tx, context, input, open, [...told, ...holds, ...ruled])
  const clean = !busy && input.again === null
  await finishMirror(tx, {
    id: mirror.id,
    fence: mirror.fence,
    cleanSeq: clean ? mirror.dirty_seq : null,
    base,
    mappingVersion: input.mappingVersion,
    snapshot: withoutWords(input.snapshot),
    remote: { id: input.snapshot.ref.id, key: input.snapshot.key, url: input.snapshot.url },
    retryAt: busy ? null : input.again,
    failures: 0,
    fault: null,
    keepLease: busy,
    ...(clean && holds.length === 0 ? { agreedAt: context.now } : {}),
  })
  await recordOverwritten(tx, context, mirror, input.overwritten)
  const synced = syncedEvent(input, applied.refused)
  await appendEvents(tx, context, [
    ...applied.events,
    ...words.events,
    ...asked,
    ...(synced === null ? [] : [synced]),
  ])
  await markDirty(tx, words.moved, context.lane, 'moved by a reply', context.now)
  const changed = [...applied.changed, ...words.changed]
  await markDirty(
    tx,
    changed,
    context.lane,
    'changed there',
    context.now,
    isSelfContained(plan) ? mirror.id : null,
  )
  return { recorded: 'yes', clean, base, holds, pending: words.pending }
}

/** What is stored of a snapshot: all but the words, which are in the hub. */
export const withoutWords = (snapshot: Snapshot): Snapshot => ({
  ...snapshot,
  comments: null,
  attachments: null,
})

/** Fields that change nothing else we show on the same mirror: our own change needs no second look. */
const PLAIN: readonly string[] = [
  'title',
  'description',
  'workaround',
  'version',
  'environment',
  'release',
  'root cause',
]

export const isSelfContained = (plan: Plan): boolean =>
  plan.hub.state === null &&
  Object.keys(plan.hub.fields).every((field) => PLAIN.includes(field) || field.startsWith('custom.'))

interface Applied {
  readonly ok: true
  readonly events: readonly NewEvent[]
  readonly changed: readonly ChangedRecord[]
  readonly refused: readonly string[]
  readonly holds: readonly Hold[]
}

export const applyFields = async (
  tx: Tx,
  context: CommandContext,
  input: PlanRecord,
): Promise<Applied | { readonly ok: false }> => {
  const { plan, view } = input
  const nothing = Object.keys(plan.hub.fields).length === 0 && plan.hub.state === null
  if (nothing) return { ok: true, events: [], changed: [], refused: [], holds: [] }
  const result: Result<
    {
      value: { refused: readonly { field: string; detail: string }[] }
      events: readonly NewEvent[]
      changed: readonly ChangedRecord[]
    },
    Refusal
  > = await applyToolFields(tx, context, view, plan.hub.fields, plan.hub.state, input.snapshot.people)
  if (!result.ok) {
    if (result.error.code === 'changed-meanwhile') return { ok: false }
    throw new Error(`a tool's fields were refused as a whole: ${result.error.detail}`)
  }
  const { refused } = result.value.value
  return {
    ok: true,
    events: result.value.events,
    changed: result.value.changed,
    refused: refused.map((one) => one.field),
    holds: refused.map((one) => ({
      field: one.field === 'state' ? STATUS_PAIR : pairOf(input.mapping, one.field),
      code: 'refused-here',
      ...sayHold('refused-here', { detail: one.detail }),
      value: one.field === 'state' ? plan.hub.state : (plan.hub.fields[one.field as HubField] ?? null),
    })),
  }
}

const pairOf = (mapping: Mapping, field: string): string => {
  const rule = mapping.fields.find((one) => one.hub === field)
  return rule === undefined ? field : `${rule.hub}~${rule.tool}`
}

/** A value we did not take is not agreed on: its base stays as it was. */
const withoutRefused = (
  base: MirrorBase,
  before: Partial<MirrorBase>,
  refused: readonly string[],
): MirrorBase => {
  if (refused.length === 0) return base
  const kept = Object.entries(base.fields).flatMap(([pair, value]) => {
    const field = pair.split('~')[0] ?? ''
    // own fields are checked together: none is taken when they do not fit
    if (!refused.includes(field) && !(field.startsWith('custom.') && refused.includes('custom')))
      return [[pair, value] as const]
    const old = before.fields?.[pair]
    return old === undefined ? [] : [[pair, old] as const]
  })
  return {
    ...base,
    fields: Object.fromEntries(kept),
    status: refused.includes('state') ? (before.status ?? null) : base.status,
  }
}

const noteQuestions = async (
  tx: Tx,
  context: CommandContext,
  input: PlanRecord,
  open: { readonly hasHolds: boolean; readonly hasConflicts: boolean },
  holds: readonly Hold[],
): Promise<readonly NewEvent[]> => {
  const { mirror, view } = input
  const newId: NewId = context.newId
  const held =
    open.hasHolds || holds.length > 0
      ? await replaceHolds(tx, mirror.id, holds, context.now)
      : { opened: [], closed: [] }
  const { conflicts } = input.plan
  const asked =
    open.hasConflicts || conflicts.length > 0
      ? await replaceConflicts(tx, mirror.id, conflicts, newId, context.now)
      : { opened: [], settled: [] }
  const event = (kind: NewEvent['kind'], field: string): NewEvent => ({
    kind,
    record: { kind: view.kind, id: view.id },
    data: { field, mirror: mirror.id },
    connectionId: mirror.connection_id,
  })
  return [
    ...holdEvents(mirror, held, holds),
    ...asked.opened.map((field) => event('conflict.opened', field)),
    ...asked.settled.map((field) => event('conflict.settled', field)),
  ]
}

/** One line of the log for what crossed, with what stood there before: `why` reads it, `undo` takes it back. */
export const syncedEvent = (input: PlanRecord, refused: readonly string[]): NewEvent | null => {
  const why = input.plan.why.filter((line) => line.to === 'tool' || !refused.includes(line.field))
  const calls = input.attempts.map((attempt) => attempt.planned.operation.op)
  if (why.length === 0 && calls.length === 0) return null
  return {
    kind: 'mirror.synced',
    record: { kind: input.view.kind, id: input.view.id },
    data: { mirror: input.mirror.id, key: input.snapshot.key, why, calls, because: input.mirror.dirty_why },
    connectionId: input.mirror.connection_id,
  }
}
