import type { Capabilities, Operation } from './connector.ts'
import { type Conversion, toToolValue } from './field-conversion.ts'
import type { HubValue, HubView } from './hub-view.ts'
import type { Mapping } from './mapping.ts'
import { canWrite } from './merge.ts'
import { pairName } from './mirror-base.ts'
import { isEmptyValue } from './normalisation.ts'
import type { Hold, PlannedOperation } from './plan.ts'
import type { ToolField, ToolValue } from './snapshot.ts'

/**
 * Our marker: what a create puts into the tool's marker field, so that an item whose answer was lost is found again
 * and a clone is told from the original. The record's id makes it unique even after an old backup gave keys anew.
 */
export const markerOf = (record: { readonly id: string; readonly key: string }): string =>
  `${record.key}/${record.id.replaceAll('-', '').slice(-8)}`

export interface CreatePlan {
  readonly operation: PlannedOperation
  readonly holds: readonly Hold[]
}

/** The first write of a record into a tool. A field that cannot go waits with its reason; the rest goes. */
export const planCreate = (input: {
  readonly mapping: Mapping
  readonly capabilities: Capabilities
  readonly conversion: Conversion
  readonly hub: HubView
  readonly container: string
  /** From the route: type, component there. */
  readonly defaults: Readonly<Partial<Record<ToolField, string>>>
  /** Fields the tool refused in an earlier attempt: they wait, the item does not. */
  readonly without: readonly string[]
}): CreatePlan => {
  const fields: Partial<Record<ToolField, ToolValue>> = {
    ...(input.mapping.onCreate as Record<ToolField, string>),
    ...input.defaults,
  }
  const writes: { pair: string; tool: string; hub: HubValue; sent: ToolValue; before: ToolValue }[] = []
  const holds: Hold[] = []
  for (const rule of input.mapping.fields) {
    const value = input.hub.fields[rule.hub] ?? null
    const pair = pairName(rule)
    if (
      rule.direction === 'to hub' ||
      !canWrite(input.capabilities, rule.tool) ||
      input.without.includes(rule.tool)
    )
      continue
    const sent = toToolValue(rule, value, input.conversion)
    if (!sent.ok) {
      holds.push({ field: pair, ...sent.error, value })
      continue
    }
    if (isEmptyValue(sent.value)) continue
    fields[rule.tool] = sent.value
    writes.push({ pair, tool: rule.tool, hub: value, sent: sent.value, before: null })
  }
  const operation: Operation = {
    op: 'create',
    container: input.container,
    fields,
    marker: markerOf(input.hub),
  }
  return { operation: { operation, fields: writes, status: null, element: null, link: null }, holds }
}

const MARKER = /^[A-Z]+-\d{1,18}\/[0-9a-f]{8}$/

/** Our marker on an item, whatever field it stands in; null when it has none. */
export const findMarker = (fields: Readonly<Record<string, unknown>>): string | null =>
  (Object.values(fields).find((value) => typeof value === 'string' && MARKER.test(value)) as
    | string
    | undefined) ?? null
