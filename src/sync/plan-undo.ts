import type { KeptBecause, UndoSides } from '../domain/undo.ts'
import { sameValue } from '../lib/stable.ts'
import type { HubFields, HubValue } from './hub-view.ts'
import type { FieldRule } from './mapping.ts'
import { sameHubValue } from './merge-fields.ts'
import { type FieldBase, type MirrorBase, pairName } from './mirror-base.ts'
import { sameToolValue } from './normalisation.ts'
import type { Why } from './plan.ts'
import type { ToolField, ToolFields, ToolValue } from './snapshot.ts'

/**
 * What taking one crossing back would do, field by field. What was set here is put back here; what was written there
 * is given back there, and with `both` its value counts here too. Where the sides differ afterwards, a person is asked.
 */
export interface UndoInput {
  readonly lines: readonly Why[]
  readonly base: MirrorBase['fields']
  readonly hub: HubFields
  readonly tool: ToolFields
  readonly rules: readonly Pick<FieldRule, 'hub' | 'tool' | 'direction'>[]
  /** Pairs that crossed again since, whichever way. */
  readonly since: ReadonlySet<string>
  readonly sides: UndoSides
}

export interface UndoneField {
  readonly field: string
  readonly toolField: ToolField
  /** Where a value is put back. `both`: the tool gets its own back, which then counts here as well. */
  readonly side: 'here' | 'there' | 'both'
  readonly hub: { readonly now: HubValue; readonly after: HubValue }
  readonly tool: { readonly now: ToolValue; readonly after: ToolValue }
}

export interface UndoPlan {
  readonly undone: readonly UndoneField[]
  readonly kept: readonly { readonly field: string; readonly reason: KeptBecause }[]
}

export const planUndo = (input: UndoInput): UndoPlan => {
  const undone: UndoneField[] = []
  const kept: { field: string; reason: KeptBecause }[] = []
  for (const line of input.lines) {
    const found = undoLine(line, input)
    if (typeof found === 'string') kept.push({ field: line.field, reason: found })
    else undone.push(found)
  }
  return { undone, kept }
}

const undoLine = (line: Why, input: UndoInput): UndoneField | KeptBecause => {
  if (line.field === 'state' || line.toolField === null) return 'is-status'
  const pair = `${line.field}~${line.toolField}`
  const rule = input.rules.find((one) => pairName(one) === pair)
  const agreed = input.base[pair]
  if (rule === undefined || agreed === undefined) return 'not-mapped'
  const toolField = line.toolField as ToolField
  const hub = input.hub[rule.hub] ?? null
  const tool = input.tool[toolField] ?? null
  const stands = sameHubValue(hub, agreed.hub) && sameToolValue(tool, agreed.tool)
  if (!stands || agreed.apart !== undefined || input.since.has(pair)) return 'changed-since'
  if (line.to === 'hub') {
    if (!sameValue(agreed.hub, line.value)) return 'changed-since'
    const then = line.before as HubValue
    return {
      field: line.field,
      toolField,
      side: 'here',
      hub: { now: hub, after: then },
      tool: { now: tool, after: tool },
    }
  }
  const then = line.before as ToolValue
  // of a field that only goes out, nothing can come back in
  const side = input.sides === 'both' && rule.direction === 'both' ? 'both' : 'there'
  return {
    field: line.field,
    toolField,
    side,
    hub: { now: hub, after: hub },
    tool: { now: tool, after: then },
  }
}

/** The base that keeps the next looks from closing the gap by themselves. */
export const basesApart = (
  fields: MirrorBase['fields'],
  undone: readonly UndoneField[],
  at: string,
): MirrorBase['fields'] => ({
  ...fields,
  ...Object.fromEntries(
    undone.flatMap(({ field, toolField, side }) => {
      const pair = `${field}~${toolField}`
      const agreed = fields[pair]
      const apart: FieldBase['apart'] = side === 'both' ? 'tool' : 'ask'
      return agreed === undefined ? [] : [[pair, { ...agreed, at, apart }] as const]
    }),
  ),
})
