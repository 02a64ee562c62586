import { sayHold } from '../domain/hold-words.ts'
import { sameValue } from '../lib/stable.ts'
import { type Conversion, type NoCounterpart, toHubValue, toToolValue } from './field-conversion.ts'
import { type HubFields, type HubValue, isEmptyHub, isTree } from './hub-view.ts'
import { type FieldRule, type HubField, isDerived } from './mapping.ts'
import { type FieldBase, pairName } from './mirror-base.ts'
import { isEmptyValue, sameToolValue } from './normalisation.ts'
import type { Conflict, Hold, Why } from './plan.ts'
import { mergeText, patch, type RichText, writeText } from './rich-text/index.ts'
import type { ToolField, ToolFields, ToolValue } from './snapshot.ts'

/**
 * The three-way merge of single fields. For each rule: what changed on our side since the base, what changed there
 * since the base (each side against what *it* showed), and what follows:
 *
 *   neither       nothing
 *   ours          write there, unless the field only comes in: then the tool's value is put back here
 *   theirs        set here, unless the field only goes out: then our value is put back there
 *   both, alike   agree
 *   both          the field's rule: hub wins, tool wins, or ask a person (a text whose edits do not touch is merged)
 *
 * Fields do not know of each other: one that waits holds up nothing else.
 */
export interface FieldsInput {
  readonly rules: readonly FieldRule[]
  readonly base: Readonly<Record<string, FieldBase>>
  readonly hub: HubFields
  readonly tool: ToolFields
  /** Values the tool is about to be given back, by its fields. */
  readonly givenBack?: ToolFields
  readonly conversion: Conversion
  /** Fields the tool lets us write. */
  readonly canWrite: (field: ToolField) => boolean
  /** With no base yet (adopted or joined): whose value counts. `ask`: a difference is a conflict. */
  readonly first: 'hub' | 'tool' | 'ask'
  /** The mapping changed since the base was written: values are read anew. */
  readonly remap: boolean
  /** The pair was joined without writing: what differs already is no reason to write. */
  readonly quiet: boolean
  readonly now: string
}

export interface FieldsPlan {
  readonly toHub: Partial<Record<HubField, HubValue>>
  readonly toTool: Partial<Record<ToolField, ToolValue>>
  readonly writes: { pair: string; tool: ToolField; hub: HubValue; sent: ToolValue; before: ToolValue }[]
  readonly base: Record<string, FieldBase>
  readonly holds: Hold[]
  readonly conflicts: Conflict[]
  readonly why: Why[]
}

export type Verdict =
  | { readonly do: 'agree' }
  | { readonly do: 'wait' }
  | { readonly do: 'to tool'; readonly rule: string; readonly overwrites?: unknown }
  | { readonly do: 'to hub'; readonly value: HubValue; readonly rule: string; readonly overwrites?: unknown }
  | { readonly do: 'both'; readonly value: RichText; readonly rule: string }
  | { readonly do: 'conflict' }
  | { readonly do: 'hold'; readonly hold: NoCounterpart; readonly value: unknown }

export const sameHubValue = (a: HubValue | undefined, b: HubValue | undefined): boolean =>
  sameValue(a ?? null, b ?? null) || (isEmptyHub(a) && isEmptyHub(b))

/** The tool's value as ours: an edit there of a text we keep richer changes only what was edited. */
const readFromTool = (
  rule: FieldRule,
  base: FieldBase | undefined,
  tool: ToolValue,
  conversion: Conversion,
): ReturnType<typeof toHubValue> => {
  if (base !== undefined && isTree(base.hub) && typeof base.tool === 'string') {
    return {
      ok: true,
      value: patch(
        { tree: base.hub, shown: base.tool },
        typeof tool === 'string' ? tool : '',
        conversion.format,
        conversion.people.inTexts,
      ),
    }
  }
  return toHubValue(rule, tool, conversion)
}

const judgeFirst = (rule: FieldRule, hub: HubValue, tool: ToolValue, input: FieldsInput): Verdict => {
  const ours = toToolValue(rule, hub, input.conversion, tool)
  if (ours.ok && sameToolValue(ours.value, tool)) return { do: 'agree' }
  const theirs = toHubValue(rule, tool, input.conversion)
  if (theirs.ok && !isTree(theirs.value) && sameHubValue(theirs.value, hub)) return { do: 'agree' }
  const nothingHere = isEmptyHub(hub)
  // an empty value of ours is no wish to empty theirs
  if (rule.direction === 'to tool')
    return nothingHere ? { do: 'agree' } : { do: 'to tool', rule: 'first meeting' }
  const goesOut = rule.direction === 'both' && !nothingHere && (input.first === 'hub' || isEmptyValue(tool))
  if (goesOut) return { do: 'to tool', rule: 'first meeting' }
  const comesIn = rule.direction === 'to hub' || input.first === 'tool' || nothingHere
  if (!comesIn) return { do: 'conflict' }
  return theirs.ok
    ? { do: 'to hub', value: theirs.value, rule: 'first meeting' }
    : { do: 'hold', hold: theirs.error, value: tool }
}

export const judgeBothChanged = (
  rule: FieldRule,
  base: FieldBase,
  hub: HubValue,
  tool: ToolValue,
  conversion: Conversion,
): Exclude<Verdict, { do: 'wait' }> => {
  const ours = toToolValue(rule, hub, conversion, tool)
  if (ours.ok && sameToolValue(ours.value, tool)) return { do: 'agree' }
  const theirs = readFromTool(rule, base, tool, conversion)
  if (!theirs.ok) return { do: 'hold', hold: theirs.error, value: tool }
  if (sameHubValue(theirs.value, hub)) return { do: 'agree' }
  if (isTree(hub) && isTree(theirs.value) && isTree(base.hub)) {
    const merged = mergeText(base.hub, hub, theirs.value)
    if ('merged' in merged) return { do: 'both', value: merged.merged, rule: 'edits of different paragraphs' }
  }
  if (rule.conflict === 'hub wins') return { do: 'to tool', rule: 'hub wins', overwrites: tool }
  if (rule.conflict === 'tool wins')
    return { do: 'to hub', value: theirs.value, rule: 'tool wins', overwrites: hub }
  return { do: 'conflict' }
}

/** Nothing changed but the mapping: where it now reads the same value differently, that is carried over. */
const judgeRemapped = (rule: FieldRule, hub: HubValue, tool: ToolValue, input: FieldsInput): Verdict => {
  if (isTree(hub)) return { do: 'agree' }
  if (rule.direction === 'to tool' || (rule.direction === 'both' && rule.conflict === 'hub wins')) {
    const ours = toToolValue(rule, hub, input.conversion, tool)
    return ours.ok && sameToolValue(ours.value, tool)
      ? { do: 'agree' }
      : { do: 'to tool', rule: 'the mapping changed' }
  }
  const theirs = toHubValue(rule, tool, input.conversion)
  if (!theirs.ok) return { do: 'hold', hold: theirs.error, value: tool }
  return sameHubValue(theirs.value, hub)
    ? { do: 'agree' }
    : { do: 'to hub', value: theirs.value, rule: 'the mapping changed' }
}

/**
 * The sides differ because a person took a crossing back: the rule of the field does not close that gap by itself, or
 * the next look would write again what was just taken back.
 */
const judgeApart = (
  rule: FieldRule,
  base: FieldBase,
  hub: HubValue,
  tool: ToolValue,
  input: FieldsInput,
): Verdict => {
  // what the tool shows is still to be replaced by what it gets back
  if (input.givenBack !== undefined && rule.tool in input.givenBack)
    return base.apart === 'ask' ? { do: 'conflict' } : { do: 'wait' }
  const ours = toToolValue(rule, hub, input.conversion, tool)
  if (ours.ok && sameToolValue(ours.value, tool)) return { do: 'agree' }
  if (base.apart === 'ask') return { do: 'conflict' }
  if (base.apart === 'hub') return { do: 'to tool', rule: 'settled', overwrites: tool }
  const theirs = readFromTool(rule, base, tool, input.conversion)
  return theirs.ok
    ? { do: 'to hub', value: theirs.value, rule: 'settled', overwrites: hub }
    : { do: 'hold', hold: theirs.error, value: tool }
}

const judge = (rule: FieldRule, hub: HubValue, tool: ToolValue, input: FieldsInput): Verdict => {
  const base = input.base[pairName(rule)]
  if (base === undefined) return judgeFirst(rule, hub, tool, input)
  if (base.apart !== undefined) return judgeApart(rule, base, hub, tool, input)
  const oursChanged = !sameHubValue(hub, base.hub)
  const theirsChanged = !sameToolValue(tool, base.tool)
  if (!oursChanged && !theirsChanged)
    return input.remap && base.kept !== true ? judgeRemapped(rule, hub, tool, input) : { do: 'agree' }
  if (rule.direction === 'to tool') {
    return theirsChanged && !oursChanged
      ? { do: 'to tool', rule: 'only goes out', overwrites: tool }
      : { do: 'to tool', rule: 'only goes out' }
  }
  if (rule.direction === 'both' && oursChanged && theirsChanged)
    return judgeBothChanged(rule, base, hub, tool, input.conversion)
  if (rule.direction === 'both' && oursChanged) return { do: 'to tool', rule: 'changed here' }
  const theirs = readFromTool(rule, base, tool, input.conversion)
  if (!theirs.ok) return { do: 'hold', hold: theirs.error, value: tool }
  if (sameHubValue(theirs.value, hub)) return { do: 'agree' }
  return oursChanged
    ? { do: 'to hub', value: theirs.value, rule: 'only comes in', overwrites: hub }
    : { do: 'to hub', value: theirs.value, rule: 'changed there' }
}

/** In a quiet pair, what was there as it was joined, and what follows from the other side, stays on the side where it is. */
const isKept = (verdict: Verdict, rule: FieldRule, input: FieldsInput): boolean =>
  input.quiet &&
  (verdict.do === 'to tool' || verdict.do === 'conflict') &&
  (input.base[pairName(rule)] === undefined || isDerived(rule.hub))

/** Merges every field for which there is a rule. Pure; the worked cases are in merge-fields.test.ts. */
export const mergeFields = (input: FieldsInput): FieldsPlan => {
  const plan: FieldsPlan = {
    toHub: {},
    toTool: {},
    writes: [],
    base: { ...input.base },
    holds: [],
    conflicts: [],
    why: [],
  }
  for (const rule of input.rules) {
    const hub = input.hub[rule.hub] ?? null
    const tool = input.tool[rule.tool]
    if (tool === undefined) {
      const wasThere = !isEmptyValue(input.base[pairName(rule)]?.tool)
      if (wasThere || !isEmptyHub(hub)) plan.holds.push(hidden(rule, hub))
      continue
    }
    const verdict = judge(rule, hub, tool, input)
    if (isKept(verdict, rule, input))
      plan.base[pairName(rule)] = { hub, tool, by: 'both', at: input.now, kept: true }
    else carryOut(verdict, rule, hub, tool, input, plan)
  }
  return plan
}

/** Neither empty there nor to be written: nothing is known, so nothing here is cleared. */
const hidden = (rule: FieldRule, value: HubValue): Hold => ({
  field: pairName(rule),
  code: 'not-shown',
  ...sayHold('not-shown', { toolField: rule.tool, field: rule.hub }),
  value,
})

const carryOut = (
  verdict: Verdict,
  rule: FieldRule,
  hub: HubValue,
  tool: ToolValue,
  input: FieldsInput,
  plan: FieldsPlan,
): void => {
  const pair = pairName(rule)
  const agree = (value: HubValue, by: FieldBase['by']): void => {
    plan.base[pair] = { hub: value, tool, by, at: input.now }
  }
  const setHere = (value: HubValue, why: string, overwrites?: unknown): void => {
    plan.toHub[rule.hub] = value
    plan.why.push({
      field: rule.hub,
      to: 'hub',
      rule: why,
      from: tool,
      value,
      before: hub,
      toolField: rule.tool,
      ...(overwrites === undefined ? {} : { overwrites }),
    })
  }
  switch (verdict.do) {
    case 'agree': {
      const before = input.base[pair]
      // an absent pair that is empty on both sides needs no base; one that is the same needs no new time
      const stands = before !== undefined && before.apart === undefined
      if (stands && sameHubValue(before.hub, hub) && sameToolValue(before.tool, tool)) return
      if (before === undefined && isEmptyHub(hub) && isEmptyValue(tool)) return
      agree(hub, 'both')
      return
    }
    case 'to hub':
      setHere(verdict.value, verdict.rule, verdict.overwrites)
      agree(verdict.value, 'tool')
      return
    case 'both':
      setHere(verdict.value, verdict.rule)
      writeThere(rule, verdict.value, tool, verdict.rule, undefined, input, plan)
      return
    case 'to tool':
      writeThere(rule, hub, tool, verdict.rule, verdict.overwrites, input, plan)
      return
    case 'conflict': {
      const back = input.givenBack ?? {}
      const there = rule.tool in back ? (back[rule.tool] ?? null) : tool
      plan.conflicts.push({ field: pair, base: input.base[pair] ?? null, hub, tool: there })
      return
    }
    case 'wait':
      return
    case 'hold':
      plan.holds.push({ field: pair, ...verdict.hold, value: verdict.value })
      return
  }
}

const writeThere = (
  rule: FieldRule,
  hub: HubValue,
  tool: ToolValue,
  why: string,
  overwrites: unknown,
  input: FieldsInput,
  plan: FieldsPlan,
): void => {
  const pair = pairName(rule)
  if (!input.canWrite(rule.tool)) {
    plan.holds.push({
      field: pair,
      code: 'cannot-write',
      ...sayHold('cannot-write', { toolField: rule.tool, field: rule.hub }),
      value: hub,
    })
    return
  }
  const sent = toToolValue(rule, hub, input.conversion, tool)
  if (!sent.ok) {
    plan.holds.push({ field: pair, ...sent.error, value: hub })
    return
  }
  if (sameToolValue(sent.value, tool)) {
    plan.base[pair] = { hub, tool, by: 'hub', at: input.now }
    return
  }
  plan.toTool[rule.tool] = sent.value
  plan.writes.push({ pair, tool: rule.tool, hub, sent: sent.value, before: tool })
  plan.why.push({
    field: rule.hub,
    to: 'tool',
    rule: why,
    from: hub,
    value: sent.value,
    before: tool,
    toolField: rule.tool,
    ...(overwrites === undefined ? {} : { overwrites }),
  })
}

/** Rich text as a tool would show it now, to compare and to send. */
export const written = (text: RichText, conversion: Conversion): string =>
  writeText(text, conversion.format, undefined, conversion.people.inTexts)
