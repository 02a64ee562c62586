import type { ToldHold } from '../domain/hold-words.ts'
import { type HubFields, type HubValue, type HubView, isEmptyHub } from './hub-view.ts'
import type { Mapping } from './mapping.ts'
import { type MergeInput, merge } from './merge.ts'
import { EMPTY_BASE, pairName, STATUS_PAIR } from './mirror-base.ts'
import { isEmptyValue } from './normalisation.ts'
import type { Plan } from './plan.ts'
import type { ToolField, ToolValue } from './snapshot.ts'

/**
 * What a mapping would do with one real item, field by field: the merge is pure, so it is asked and nothing happens.
 */
export interface PreviewLine {
  /** Our field; `state` for the status. */
  readonly field: string
  readonly toolField: string
  readonly here: HubValue
  readonly there: ToolValue
  readonly does: 'nothing' | 'to hub' | 'to tool' | 'waits' | 'asks'
  /** With `to hub` and `to tool`: what would stand on the side that is written. */
  readonly becomes: unknown
  readonly rule: string | null
  /** With `waits`. */
  readonly reason: string | null
  readonly nextStep: string | null
  readonly told: ToldHold | null
}

/** An item that no record stands for yet looks as if it were met for the first time: the tool's values count. */
export const emptyView = (record: Mapping['record']): HubView => ({
  kind: record,
  ...{ id: '', key: '', version: 0, fields: {} },
  state: record === 'ticket' ? 'new' : 'triage',
  ...{ comments: [], attachments: [], links: [] },
})

const lineOf = (
  plan: Plan,
  field: { readonly pair: string; readonly hub: string; readonly tool: string },
  here: HubValue,
  there: ToolValue,
): PreviewLine => {
  const line = { field: field.hub, toolField: field.tool, here, there, becomes: null, rule: null }
  const hold = plan.holds.find((one) => one.field === field.pair)
  if (hold !== undefined) {
    const { reason, nextStep, told } = hold
    return { ...line, does: 'waits', reason, nextStep, told }
  }
  const calm = { ...line, reason: null, nextStep: null, told: null }
  if (plan.conflicts.some((one) => one.field === field.pair)) return { ...calm, does: 'asks' }
  const why = plan.why.find(
    (one) => one.field === field.hub && (one.toolField === null || one.toolField === field.tool),
  )
  return why === undefined
    ? { ...calm, does: 'nothing' }
    : { ...calm, does: why.to === 'hub' ? 'to hub' : 'to tool', becomes: why.value, rule: why.rule }
}

/** Fields that are empty on both sides are left out: there is nothing to see. */
export const preview = (input: Omit<MergeInput, 'elements' | 'remap'>): readonly PreviewLine[] => {
  const { mapping, tool } = input
  const hub: HubFields = input.hub.fields
  const plan = merge({
    ...input,
    elements: [],
    remap: true,
    // words and files are previewed by their audiences, not one by one
    mapping: { ...mapping, comments: null, attachments: null },
  })
  const fields = mapping.fields
    .map((rule) => ({ pair: pairName(rule), hub: rule.hub, tool: rule.tool }))
    .filter((field) => !(isEmptyHub(hub[field.hub]) && isEmptyValue(tool.fields[field.tool])))
    .map((field) => lineOf(plan, field, hub[field.hub] ?? null, tool.fields[field.tool] ?? null))
  const status: ToolField = 'status'
  return mapping.status === null
    ? fields
    : [
        ...fields,
        lineOf(
          plan,
          { pair: STATUS_PAIR, hub: 'state', tool: status },
          input.hub.state,
          tool.fields[status] ?? null,
        ),
      ]
}

export const FIRST_MEETING = { base: EMPTY_BASE, first: 'tool' } as const
