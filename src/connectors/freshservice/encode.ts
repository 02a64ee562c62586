import { RemoteFault } from '../../sync/fault.ts'
import type { Snapshot, ToolField, ToolFields, ToolValue } from '../../sync/snapshot.ts'
import { NO_DESCRIPTION } from './body-html.ts'
import type { Names } from './catalog.ts'
import type { Params } from './client.ts'
import { timeOf } from './convert.ts'
import { INFO, type Kind } from './kinds.ts'
import {
  DATES,
  DEPARTMENT,
  type Field,
  type Form,
  GROUP,
  type Labels,
  type Numbered,
  TEXTS,
} from './words.ts'

/** Neutral fields as Freshservice's parameters, and the check that what was written is what is shown. Pure. */

export const notTaken = (field: ToolField, why: string): RemoteFault =>
  new RemoteFault('invalid', why, { field })

export const entriesOf = (fields: ToolFields): readonly (readonly [ToolField, ToolValue])[] =>
  Object.entries(fields).flatMap(([field, value]) =>
    value === undefined ? [] : [[field as ToolField, value] as const],
  )

const isList = (value: ToolValue): value is readonly string[] => Array.isArray(value)

const textOf = (field: ToolField, value: ToolValue): string => {
  if (isList(value)) throw notTaken(field, `Freshservice takes one value for ${field}`)
  return value === null ? '' : String(value)
}

const listOf = (value: ToolValue): readonly string[] =>
  value === null ? [] : isList(value) ? value : [String(value)]

const personId = (field: ToolField, value: ToolValue): number | null => {
  const text = textOf(field, value)
  if (text === '') return null
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text)
  throw notTaken(field, `"${text}" is nobody in Freshservice`)
}

const labelId = (field: ToolField, value: ToolValue, labels: Labels): number | null => {
  const text = textOf(field, value)
  if (text === '') return null
  const id = labels.byLabel.get(text)
  if (id !== undefined) return id
  throw notTaken(field, `"${text}" is no ${field.replace(/^cf:/, '')} in Freshservice`)
}

const dateOf = (field: ToolField, value: ToolValue): string | null => {
  const text = textOf(field, value)
  if (text === '') return null
  if (Number.isNaN(Date.parse(text))) throw notTaken(field, `"${text}" is no date`)
  return timeOf(text)
}

const option = (field: Field, text: string): string => {
  if (field.options === null || field.options.includes(text)) return text
  throw notTaken(`cf:${field.label}`, `"${text}" is no option of "${field.label}" in Freshservice`)
}

const numberOf = (name: ToolField, text: string): number => {
  const number = Number(text)
  if (Number.isFinite(number)) return number
  throw notTaken(name, `"${text}" is no number`)
}

const customParam = (field: Field, value: ToolValue): unknown => {
  const name: ToolField = `cf:${field.label}`
  if (/checkbox/.test(field.type)) return value === true || value === 'true' || value === '1'
  if (/multi_select/.test(field.type)) return listOf(value).map((each) => option(field, each))
  const text = textOf(name, value)
  if (text === '') return null
  if (/number|decimal/.test(field.type)) return numberOf(name, text)
  return option(field, field.type === 'custom_date' ? text.slice(0, 10) : text)
}

/** What a field is written with: words of the form only where it needs them. */
export interface Encoding {
  readonly kind: Kind
  readonly form: Form | null
  readonly names: Names | null
}

/** Fields written as they are, without a look at the form. */
const PLAIN: readonly ToolField[] = ['title', 'description', 'owner', 'requester', 'due', 'labels']
export const needsWords = (fields: ToolFields): boolean =>
  entriesOf(fields).some(([field]) => !PLAIN.includes(field))

const REQUIRED: readonly ToolField[] = ['title', 'status', 'priority', 'requester']

const ofKind = (kind: Kind, field: ToolField): boolean => {
  switch (field) {
    case 'labels':
    case 'cf:urgency':
    case 'cf:source':
      return kind === 'ticket'
    case 'cf:risk':
    case 'cf:change_type':
    case 'cf:planned_start_date':
    case 'cf:planned_end_date':
      return kind === 'change'
    case 'due':
      return kind !== 'change'
    default:
      return true
  }
}

const NUMBERED_FIELDS: Readonly<Partial<Record<ToolField, Numbered>>> = {
  status: 'status',
  priority: 'priority',
  'cf:urgency': 'urgency',
  'cf:impact': 'impact',
  'cf:source': 'source',
  'cf:risk': 'risk',
  'cf:change_type': 'change_type',
}

const wordParams = (field: ToolField, value: ToolValue, form: Form, names: Names): Params | null => {
  const numbered = NUMBERED_FIELDS[field]
  if (numbered !== undefined) return { [numbered]: labelId(field, value, form.choices[numbered]) }
  if (field === `cf:${GROUP}`) return { group_id: labelId(field, value, names.groups) }
  if (field === `cf:${DEPARTMENT}`) return { department_id: labelId(field, value, names.departments) }
  const text = TEXTS.find((name) => field === `cf:${name}`)
  if (
    text === 'category' &&
    form.categories !== null &&
    !form.categories.includes(textOf(field, value) || String(form.categories[0]))
  )
    throw notTaken(field, `"${textOf(field, value)}" is no category in Freshservice`)
  if (text !== undefined) return { [text]: textOf(field, value) || null }
  const date = DATES.find((name) => field === `cf:${name}`)
  return date === undefined ? null : { [date]: dateOf(field, value) }
}

const plainParams = (field: ToolField, value: ToolValue, kind: Kind): Params | null => {
  switch (field) {
    case 'title':
      return { subject: textOf(field, value) }
    case 'description':
      return { description: textOf(field, value).trim() === '' ? NO_DESCRIPTION : textOf(field, value) }
    case 'owner':
      return { [INFO[kind].agent]: personId(field, value) }
    case 'requester':
      return { requester_id: personId(field, value) }
    case 'due':
      return { due_by: dateOf(field, value) }
    case 'labels':
      return { tags: [...new Set(listOf(value))].sort() }
    default:
      return null
  }
}

export const paramsOf = (fields: ToolFields, { kind, form, names }: Encoding): Params => {
  const params: Record<string, unknown> = {}
  const custom: Record<string, unknown> = {}
  for (const [field, value] of entriesOf(fields)) {
    if (!ofKind(kind, field)) throw notTaken(field, `a ${kind} in Freshservice has no ${field}`)
    if (REQUIRED.includes(field) && textOf(field, value).trim() === '')
      throw notTaken(field, `Freshservice needs a ${field}`)
    const plain = plainParams(field, value, kind)
    if (plain !== null) {
      Object.assign(params, plain)
      continue
    }
    const worded = form === null || names === null ? null : wordParams(field, value, form, names)
    if (worded !== null) {
      Object.assign(params, worded)
      continue
    }
    const own = field.startsWith('cf:') ? form?.byLabel.get(field.slice(3)) : undefined
    if (own === undefined) throw notTaken(field, `${field} cannot be written to a ${kind} in Freshservice`)
    custom[own.name] = customParam(own, value)
  }
  return Object.keys(custom).length === 0 ? params : { ...params, custom_fields: custom }
}

const plain = (value: ToolValue): string =>
  String(value ?? '')
    .replace(/\s+/g, ' ')
    .trim()

const isShownAs = (field: ToolField, written: ToolValue, shown: ToolValue): boolean => {
  // Freshservice cleans HTML; what the words say is compared by whoever reads them next.
  if (field === 'description') return true
  if (isList(written) || isList(shown))
    return [...new Set(listOf(written))].sort().join('\n') === [...listOf(shown)].sort().join('\n')
  if (typeof shown === 'boolean') return shown === (written === true || written === 'true' || written === '1')
  if (plain(written) === plain(shown)) return true
  const times = [written, shown].map((each) => (typeof each === 'string' ? Date.parse(each) : Number.NaN))
  if (times[0] === times[1]) return true
  return written !== null && shown !== null && written !== '' && Number(written) === Number(shown)
}

/** The first written field that the record shows otherwise: what a workflow set back, or a rule of the form left out. */
export const ignoredField = (written: ToolFields, shown: Snapshot): ToolField | null =>
  entriesOf(written).find(([field, value]) => {
    const now = shown.fields[field]
    return now !== undefined && !isShownAs(field, value, now)
  })?.[0] ?? null
