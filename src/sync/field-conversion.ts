import { sayHold, type ToldHold } from '../domain/hold-words.ts'
import { err, ok, type Result } from '../lib/result.ts'
import type { RichFormat } from './connector.ts'
import { type HubValue, isTree } from './hub-view.ts'
import type { FieldRule, HubField, Mapping } from './mapping.ts'
import type { HoldCode } from './plan.ts'
import { codecs } from './rich-text/index.ts'
import type { RemotePerson, ToolValue } from './snapshot.ts'

/** A value that has no counterpart on the other side: the field waits, with this reason. */
export interface NoCounterpart {
  readonly code: HoldCode
  readonly reason: string
  readonly nextStep: string
  readonly told: ToldHold
}

/** Who is who between our people (by e-mail) and the tool's (by its immutable id). */
export interface People {
  readonly emailOf: (toolId: string) => string | null
  readonly idOf: (email: string) => string | null
}

export interface Conversion {
  readonly mapping: Mapping
  readonly format: RichFormat
  readonly people: People
}

const PERSON_FIELDS: readonly HubField[] = ['owner', 'requester', 'assignee']

/**
 * A directory from the people a tool names and the mapping's own lines. E-mails are compared in lower case; a name is
 * never enough to be somebody.
 */
export const peopleOf = (known: readonly RemotePerson[], mapped: Mapping['people']): People => {
  const emailById = new Map<string, string>()
  const idByEmail = new Map<string, string>()
  const put = (id: string, email: string): void => {
    emailById.set(id, email)
    if (!idByEmail.has(email)) idByEmail.set(email, id)
  }
  const lines = new Map(
    Object.entries(mapped).map(([there, here]) => [there.toLowerCase(), here.toLowerCase()]),
  )
  for (const person of known) {
    const line =
      lines.get(person.id.toLowerCase()) ??
      (person.email === null ? undefined : lines.get(person.email.toLowerCase()))
    const email = line ?? person.email?.toLowerCase()
    if (email) put(person.id, email)
  }
  for (const [there, here] of Object.entries(mapped))
    if (!there.includes('@') && !emailById.has(there)) put(there, here.toLowerCase())
  return {
    emailOf: (id) => emailById.get(id) ?? null,
    idOf: (email) => idByEmail.get(email.toLowerCase()) ?? null,
  }
}

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
    return ok(codecs[conversion.format].read(typeof value === 'string' ? value : ''))
  if (isEmpty(value) || value === null) return ok(null)
  // a title here is one line: in the same form as the record keeps it, or we would correct the tool for its spaces
  if (rule.hub === 'title') return ok(String(value).replace(/\s+/gu, ' ').trim())
  if (PERSON_FIELDS.includes(rule.hub)) {
    const email = conversion.people.emailOf(String(value))
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
    return ok(codecs[conversion.format].write(value, typeof shown === 'string' ? shown : undefined))
  if (isEmpty(value) || value === null) return ok(null)
  if (PERSON_FIELDS.includes(rule.hub)) {
    const id = conversion.people.idOf(String(value))
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
