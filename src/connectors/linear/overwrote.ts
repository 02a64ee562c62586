import type { FieldWrite } from '../../sync/connector.ts'
import { type FieldStep, replacedValue } from '../../sync/replaced-value.ts'
import type { ToolField, ToolFields, ToolValue } from '../../sync/snapshot.ts'
import { cycleName, PRIORITIES } from './convert.ts'
import type { WireHistory } from './schema.ts'

/**
 * What a write of ours replaced, by the history. Linear takes every write, so an edit made between our read and
 * our write is gone from the issue, but not from its history. Of descriptions the history says only that they changed.
 */

type Change = readonly [before: ToolValue, after: ToolValue] | null

/** null: this entry is not about that. */
const pair = (before: ToolValue, after: ToolValue): Change =>
  before === null && after === null ? null : [before, after]

const priority = (value: number | null): ToolValue => (value === null ? null : (PRIORITIES[value] ?? null))

const CHANGES: Readonly<Partial<Record<ToolField, (entry: WireHistory) => Change>>> = {
  title: (entry) => pair(entry.fromTitle, entry.toTitle),
  status: (entry) => pair(entry.fromState?.name ?? entry.fromStateId, entry.toState?.name ?? entry.toStateId),
  container: (entry) => pair(entry.fromTeam?.key ?? entry.fromTeamId, entry.toTeam?.key ?? entry.toTeamId),
  priority: (entry) =>
    entry.fromPriority === null && entry.toPriority === null
      ? null
      : [priority(entry.fromPriority), priority(entry.toPriority)],
  owner: (entry) => pair(entry.fromAssigneeId, entry.toAssigneeId),
  component: (entry) =>
    pair(entry.fromProject?.name ?? entry.fromProjectId, entry.toProject?.name ?? entry.toProjectId),
  due: (entry) => pair(entry.fromDueDate, entry.toDueDate),
  'cf:Estimate': (entry) => pair(entry.fromEstimate, entry.toEstimate),
  'cf:Cycle': (entry) =>
    pair(
      entry.fromCycle === null ? entry.fromCycleId : cycleName(entry.fromCycle),
      entry.toCycle === null ? entry.toCycleId : cycleName(entry.toCycle),
    ),
}

const plain = (value: ToolValue | undefined): string =>
  value === null || value === undefined ? '' : String(value).replace(/\s+/g, ' ').trim()

export const fieldsOf = (write: FieldWrite): ToolFields =>
  write.op === 'update' ? write.fields : { ...write.fields, status: write.to }

/** null: not known, so nothing can be told. */
export const sinceOf = (write: FieldWrite): string | null => {
  const since = write.since ?? (write.op === 'update' ? write.version : null)
  return since !== null && !Number.isNaN(Date.parse(since)) ? new Date(since).toISOString() : null
}

/** Whether the history can tell anything of these fields. */
export const isTold = (fields: ToolFields): boolean =>
  Object.keys(fields).some((field) => CHANGES[field as ToolField] !== undefined)

/** `history`: as Linear lists it, newest first. An entry that is added to later counts by its last change. */
export const overwroteIn = (
  history: readonly WireHistory[],
  since: string,
  fields: ToolFields,
  accountId: string,
): ToolFields => {
  const newer = history
    .toReversed()
    .filter(({ updatedAt }) => new Date(updatedAt).toISOString() > since)
    .sort((a, b) => a.updatedAt.localeCompare(b.updatedAt))
  const overwrote: Partial<Record<ToolField, ToolValue>> = {}
  for (const [name, sent] of Object.entries(fields)) {
    const field = name as ToolField
    const changeOf = CHANGES[field]
    if (changeOf === undefined || sent === undefined) continue
    const steps = newer.flatMap((entry): FieldStep<ToolValue>[] => {
      const change = changeOf(entry)
      return change === null
        ? []
        : [{ byUs: entry.actorId === accountId, before: change[0], after: change[1] }]
    })
    const isSent = (value: ToolValue): boolean =>
      field === 'due' ? plain(value) === plain(sent).slice(0, 10) : plain(value) === plain(sent)
    const lost = replacedValue(steps, isSent)
    if (lost !== undefined) overwrote[field] = lost
  }
  return overwrote
}
