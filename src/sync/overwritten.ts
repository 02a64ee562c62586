import type { Conversion } from './field-conversion.ts'
import type { HubFields, HubValue } from './hub-view.ts'
import type { FieldRule, HubField, Mapping } from './mapping.ts'
import { judgeBothChanged, written } from './merge-fields.ts'
import { type FieldBase, type MirrorBase, pairName } from './mirror-base.ts'
import { sameToolValue } from './normalisation.ts'
import type { Conflict, PlannedOperation, Why } from './plan.ts'
import type { ToolField, ToolFields, ToolValue } from './snapshot.ts'

/**
 * What follows from edits that a write of ours replaced in the tool (`Receipt.overwrote`). Each is judged as the merge
 * would have judged it, had it been there when we looked:
 *
 *   hub wins, only goes out, status of ours   our value stays, the log holds the lost one
 *   tool wins, status of the tool's           the tool gets it back, and the next look takes it in as the edit it is
 *   edits of different paragraphs             the tool gets both
 *   ask                                       a question for a person; the tool shows our value until it is answered
 */
export interface Overwritten {
  /** What the tool gets back. */
  readonly restore: ToolFields
  readonly conflicts: readonly Conflict[]
  /** A line for each lost value, whatever follows from it. */
  readonly why: readonly Why[]
}

export const NOTHING_OVERWRITTEN: Overwritten = { restore: {}, conflicts: [], why: [] }

export interface ReplacedEdits {
  readonly planned: PlannedOperation
  readonly overwrote: ToolFields
}

export interface OverwrittenInput {
  readonly conversion: Conversion
  /** What both sides agreed on before the write. */
  readonly base: MirrorBase
  readonly hub: HubFields
  readonly state: string
  /** What the tool showed when the write was decided. */
  readonly shown: ToolFields
  readonly replaced: readonly ReplacedEdits[]
}

export const judgeOverwritten = (input: OverwrittenInput): Overwritten => {
  const all = input.replaced.flatMap(({ planned, overwrote }) =>
    Object.entries(overwrote).flatMap(
      ([field, lost]) => lineOf(input, planned, field as ToolField, lost ?? null) ?? [],
    ),
  )
  return joined(all)
}

/** Values the tool refused to take back: each is asked about, for it stands nowhere. */
export const judgeRefused = (
  input: Pick<OverwrittenInput, 'base' | 'hub' | 'state'> & { readonly mapping: Mapping },
  refused: ToolFields,
): Overwritten => {
  const all = Object.entries(refused).map(([field, lost]): Overwritten => {
    const rule = input.mapping.fields.find((one) => one.tool === field && one.direction !== 'to hub')
    const name = field === 'status' ? 'state' : (rule?.hub ?? null)
    const hub = name === 'state' ? input.state : ((rule && input.hub[rule.hub]) ?? null)
    const line = kept(field as ToolField, hub, null, lost ?? null, 'the tool refused to take it back', name)
    const pair = `${name ?? field}~${field}`
    return { ...line, conflicts: [{ field: pair, base: input.base.fields[pair] ?? null, hub, tool: lost }] }
  })
  return joined(all)
}

export const joined = (all: readonly Overwritten[]): Overwritten => ({
  restore: Object.assign({}, ...all.map((one) => one.restore)),
  conflicts: all.flatMap((one) => one.conflicts),
  why: all.flatMap((one) => one.why),
})

const lineOf = (
  input: OverwrittenInput,
  planned: PlannedOperation,
  field: ToolField,
  lost: ToolValue,
): Overwritten | null => {
  const sent = sentOf(planned, field)
  const { mapping } = input.conversion
  const write = planned.fields.find((one) => one.tool === field)
  const before = write?.before ?? input.shown[field] ?? null
  if (sameToolValue(lost, sent) || sameToolValue(lost, before)) return null
  if (field === 'status') return statusLine(mapping, input.state, sent, lost)
  const rule = mapping.fields.find((one) => one.tool === field && one.direction !== 'to hub')
  if (rule === undefined) return kept(field, null, sent, lost, 'replaced there')
  return fieldLine(
    input,
    rule,
    write === undefined ? (input.hub[rule.hub] ?? null) : write.hub,
    sent,
    before,
    lost,
  )
}

const sentOf = ({ operation }: PlannedOperation, field: ToolField): ToolValue => {
  if (operation.op === 'transition' && field === 'status') return operation.to
  return operation.op === 'update' || operation.op === 'transition' ? (operation.fields[field] ?? null) : null
}

const fieldLine = (
  input: OverwrittenInput,
  rule: FieldRule,
  hub: HubValue,
  sent: ToolValue,
  before: ToolValue,
  lost: ToolValue,
): Overwritten => {
  if (rule.direction !== 'both') return kept(rule.tool, hub, sent, lost, 'only goes out', rule.hub)
  const base = input.base.fields[pairName(rule)]
  const agreed: FieldBase = base ?? { hub: null, tool: before, by: 'both', at: '' }
  const verdict = judgeBothChanged(rule, agreed, hub, lost, input.conversion)
  switch (verdict.do) {
    case 'agree':
    case 'to tool':
      return kept(
        rule.tool,
        hub,
        sent,
        lost,
        verdict.do === 'agree' ? 'means the same' : verdict.rule,
        rule.hub,
      )
    case 'to hub':
      return givenBack(rule.tool, hub, sent, lost, lost, verdict.rule, rule.hub)
    case 'both':
      return givenBack(
        rule.tool,
        hub,
        sent,
        lost,
        written(verdict.value, input.conversion),
        verdict.rule,
        rule.hub,
      )
    case 'conflict':
    case 'hold': {
      const line = kept(rule.tool, hub, sent, lost, 'asks a person', rule.hub)
      return { ...line, conflicts: [{ field: pairName(rule), base: base ?? null, hub, tool: lost }] }
    }
  }
}

const statusLine = (
  mapping: Pick<Mapping, 'status'>,
  state: string,
  sent: ToolValue,
  lost: ToolValue,
): Overwritten =>
  mapping.status?.owner === 'tool'
    ? givenBack('status', state, sent, lost, lost, 'the tool owns the status', 'state')
    : kept('status', state, sent, lost, 'status rule', 'state')

/** Our value stays; an undo of this line puts the lost one back. */
const kept = (
  toolField: ToolField,
  from: HubValue,
  value: ToolValue,
  lost: ToolValue,
  rule: string,
  field: HubField | 'state' | null = null,
): Overwritten => ({
  restore: {},
  conflicts: [],
  why: [
    { field: field ?? toolField, to: 'tool', rule, from, value, before: lost, toolField, overwrites: lost },
  ],
})

const givenBack = (
  toolField: ToolField,
  hub: HubValue,
  sent: ToolValue,
  lost: ToolValue,
  value: ToolValue,
  rule: string,
  field: HubField | 'state',
): Overwritten => ({
  restore: { [toolField]: value },
  conflicts: [],
  why: [
    {
      field,
      to: 'tool',
      rule: `${rule}: given back`,
      from: lost,
      value,
      before: sent,
      toolField,
      overwrites: hub,
    },
  ],
})
