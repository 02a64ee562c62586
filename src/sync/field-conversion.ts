import { sayHold, type ToldHold } from '../domain/hold-words.ts'
import { err, ok, type Result } from '../lib/result.ts'
import type { RichFormat } from './connector.ts'
import { type HubValue, isTree } from './hub-view.ts'
import type { FieldRule, HubField, Mapping } from './mapping.ts'
import type { People, Standing } from './people.ts'
import type { HoldCode } from './plan.ts'
import { readText, writeText } from './rich-text/index.ts'
import type { ToolValue } from './snapshot.ts'

/** A value that has no counterpart on the other side: the field waits, with this reason. */
export interface NoCounterpart {
  readonly code: HoldCode
  readonly reason: string
  readonly nextStep: string
  readonly told: ToldHold
}

export interface Conversion {
  readonly mapping: Mapping
  readonly format: RichFormat
  readonly people: People
}

/** Whom a field of ours can name. */
const WHO: Readonly<Partial<Record<HubField, Standing>>> = {
  owner: 'colleague',
  assignee: 'colleague',
  requester: 'anyone',
}

/** Whether a field that goes out names people: then we must know who is there. */
export const sendsPeople = (mapping: Pick<Mapping, 'fields'>): boolean =>
  mapping.fields.some(({ hub, direction }) => direction !== 'to hub' && WHO[hub] !== undefined)

const reversed = (values: Readonly<Record<string, string>>, wanted: string): string | null =>
  Object.entries(values).find(([, ours]) => ours === wanted)?.[0] ?? null

const lookUp = (values: Readonly<Record<string, string>>, word: string): string | null =>
  values[word] ??
  Object.entries(values).find(([there]) => there.toLowerCase() === word.toLowerCase())?.[1] ??
  null

const noValue = (rule: FieldRule, value: string, side: 'here' | 'there'): NoCounterpart => ({
  code: 'unknown-value',
  ...sayHold(side === 'here' ? 'value-unknown-here' : 'value-unknown-there', {
    toolField: rule.tool,
    field: rule.hub,
    value,
  }),
})

const isEmpty = (value: unknown): boolean =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** What the tool shows, in our words. */
export const toHubValue = (
  rule: FieldRule,
  value: ToolValue,
  conversion: Conversion,
): Result<HubValue, NoCounterpart> => {
  if (rule.hub === 'description')
    return ok(readText(typeof value === 'string' ? value : '', conversion.format, conversion.people.inTexts))
  if (isEmpty(value) || value === null) return ok(null)
  // a title here is one line: in the same form as the record keeps it, or we would correct the tool for its spaces
  if (rule.hub === 'title') return ok(String(value).replace(/\s+/gu, ' ').trim())
  const who = WHO[rule.hub]
  if (who !== undefined) {
    const email = conversion.people.emailOf(String(value), who)
    if (email !== null) return ok(email)
    return err({
      code: 'unknown-person',
      ...sayHold('person-unknown-here', { toolField: rule.tool, value: String(value) }),
    })
  }
  const map = rule.values ?? (rule.hub === 'component' ? conversion.mapping.components : undefined)
  if (map !== undefined && !Array.isArray(value)) {
    const ours = lookUp(map, String(value))
    if (ours !== null) return ok(ours)
    return rule.values === undefined ? ok(String(value)) : err(noValue(rule, String(value), 'here'))
  }
  return ok(value)
}

/** What we show, in the tool's words. `shown`: what stands there, where this will be written over it. */
export const toToolValue = (
  rule: FieldRule,
  value: HubValue,
  conversion: Conversion,
  shown?: ToolValue,
): Result<ToolValue, NoCounterpart> => {
  if (isTree(value))
    return ok(
      writeText(
        value,
        conversion.format,
        typeof shown === 'string' ? shown : undefined,
        conversion.people.inTexts,
      ),
    )
  if (isEmpty(value) || value === null) return ok(null)
  const who = WHO[rule.hub]
  if (who !== undefined) {
    const id = conversion.people.idOf(String(value), who)
    if (id !== null) return ok(id)
    return err({
      code: 'unknown-person',
      ...sayHold('person-unknown-there', { value: String(value) }),
    })
  }
  const map = rule.values ?? (rule.hub === 'component' ? conversion.mapping.components : undefined)
  if (map !== undefined && !Array.isArray(value)) {
    const theirs = reversed(map, String(value))
    if (theirs !== null) return ok(theirs)
    return rule.values === undefined ? ok(String(value)) : err(noValue(rule, String(value), 'there'))
  }
  return ok(value as ToolValue)
}
