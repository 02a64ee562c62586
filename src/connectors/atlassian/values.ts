import { RemoteFault } from '../../sync/fault.ts'
import { codecs } from '../../sync/rich-text/index.ts'
import type { ToolField, ToolValue } from '../../sync/snapshot.ts'
import type { KnownField } from './field-index.ts'

/** Values of Jira's fields ↔ neutral ones. Pure. What a value looks like follows from the field's schema. */

export type Members = Readonly<Record<string, unknown>>

export const isMembers = (value: unknown): value is Members =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

/** Browsers send CRLF, the API what it was given. */
export const normalLines = (text: string): string => text.replaceAll('\r\n', '\n')

export const isoOf = (time: string): string => {
  const ms = Date.parse(time.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'))
  if (Number.isNaN(ms)) throw new RemoteFault('down', `Jira's answer holds "${time}", which is no time`)
  return new Date(ms).toISOString()
}

// ---- rich text ---------------------------------------------------------------------------------------------

/** On Cloud a document, told as its JSON; wiki markup on Data Center. */
export const shownText = (value: unknown): string => {
  if (typeof value === 'string') return normalLines(value)
  return isMembers(value) ? JSON.stringify(value) : ''
}

const documentOf = (text: string): unknown => {
  try {
    const value: unknown = JSON.parse(text)
    return isMembers(value) && value['type'] === 'doc' ? value : null
  } catch {
    return null
  }
}

/** What stands for no text is null there. Words that are no document become one. */
export const writtenText = (text: string, cloud: boolean): unknown => {
  if (!cloud) return text === '' ? null : text
  if (text === '') return null
  return documentOf(text) ?? JSON.parse(codecs.adf.write(codecs.plain.read(text)))
}

// ---- reading -----------------------------------------------------------------------------------------------

const kindOf = (field: KnownField): string => field.schema.custom?.split(':').at(-1) ?? ''

const textIn = (value: unknown, name: string): string | null => {
  const found = isMembers(value) ? value[name] : undefined
  return typeof found === 'string' && found !== '' ? found : null
}

const personIn = (value: Members, cloud: boolean): string | null =>
  cloud ? textIn(value, 'accountId') : textIn(value, 'displayName') && textIn(value, 'key')

/** Options, versions, people, groups, request types … each told by what people call it, people by their id. */
const oneOf = (value: unknown, cloud: boolean): string | null => {
  if (typeof value === 'string') return value === '' ? null : normalLines(value)
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (!isMembers(value)) return null
  if (value['type'] === 'doc') return JSON.stringify(value)
  const person = personIn(value, cloud)
  if (person !== null) return person
  const option = textIn(value, 'value')
  const child = textIn(value['child'], 'value')
  if (option !== null) return child === null ? option : `${option} / ${child}`
  return textIn(value['requestType'], 'name') ?? textIn(value, 'name') ?? textIn(value, 'key')
}

/** An agreed time: what counts is how it stands, not how many seconds are left. */
const agreementOf = (value: Members): string | null => {
  const running = value['ongoingCycle']
  if (isMembers(running)) {
    if (running['breached'] === true) return 'breached'
    if (running['paused'] === true) return 'paused'
    const until = textIn(running['breachTime'], 'iso8601')
    return until === null ? 'running' : `running until ${isoOf(until)}`
  }
  const last = Array.isArray(value['completedCycles']) ? value['completedCycles'].at(-1) : undefined
  if (!isMembers(last)) return null
  return last['breached'] === true ? 'missed' : 'met'
}

/** undefined: nothing that has a meaning for people; then it is as if Jira had not told it. */
export const shownValue = (field: KnownField, value: unknown, cloud: boolean): ToolValue | undefined => {
  if (value === null || value === undefined) return null
  if (kindOf(field) === 'sd-sla-field') return isMembers(value) ? agreementOf(value) : null
  if (kindOf(field) === 'textarea' || field.id === 'environment') return shownText(value) || null
  if (typeof value === 'number' || typeof value === 'boolean') return value
  if (Array.isArray(value)) {
    const names = value.map((each) => oneOf(each, cloud)).filter((each) => each !== null)
    return names.length === 0 ? null : [...new Set(names)].sort()
  }
  if (field.schema.type === 'datetime' && typeof value === 'string') return isoOf(value)
  return oneOf(value, cloud) ?? undefined
}

// ---- writing -----------------------------------------------------------------------------------------------

const refuse = (field: ToolField, why: string): RemoteFault => new RemoteFault('invalid', why, { field })

export const textOf = (field: ToolField, value: ToolValue): string => {
  if (value === null) return ''
  if (typeof value === 'object') throw refuse(field, `Jira takes one value for ${field}`)
  return String(value)
}

export const listOf = (value: ToolValue): readonly string[] =>
  [value ?? []]
    .flat()
    .map(String)
    .filter((each) => each !== '')

const optionOf = (text: string): Members => {
  const [value = text, child] = text.split(' / ')
  return child === undefined ? { value: text } : { value, child: { value: child } }
}

const jiraTime = (text: string): string => new Date(text).toISOString().replace('Z', '+0000')

/** `person`: how a person is named in a write. */
export const writtenValue = (
  field: KnownField,
  value: ToolValue,
  cloud: boolean,
  person: (id: string) => Members,
): unknown => {
  const { type, items } = field.schema
  if (type === 'array') return listOf(value).map((each) => writtenItem(field, items ?? '', each, person))
  const text = textOf(field.field, value)
  if (text === '') return null
  if (kindOf(field) === 'textarea' || field.id === 'environment') return writtenText(text, cloud)
  if (type === 'number') {
    const number = Number(text)
    if (Number.isFinite(number)) return number
    throw refuse(field.field, `"${text}" is not a number`)
  }
  if (type === 'date') return text.slice(0, 10)
  if (type === 'datetime') {
    if (Number.isNaN(Date.parse(text))) throw refuse(field.field, `"${text}" is not a time`)
    return jiraTime(text)
  }
  return writtenItem(field, type, text, person)
}

const writtenItem = (
  field: KnownField,
  type: string,
  text: string,
  person: (id: string) => Members,
): unknown => {
  switch (type) {
    case 'string':
      return text
    case 'option':
      return { value: text }
    case 'option-with-child':
      return optionOf(text)
    case 'user':
      return person(text)
    case 'version':
    case 'component':
    case 'group':
    case 'priority':
    case 'resolution':
      return { name: text }
    case 'project':
      return { key: text }
    case 'sd-customerrequesttype':
      return text
    default:
      throw refuse(field.field, `${field.title} cannot be written in Jira by its interface`)
  }
}
