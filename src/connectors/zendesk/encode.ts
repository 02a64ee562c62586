import { RemoteFault } from '../../sync/fault.ts'
import type { Snapshot, ToolField, ToolFields, ToolValue } from '../../sync/snapshot.ts'
import type { Catalog } from './catalog.ts'
import type { Params } from './client.ts'
import { numberOf } from './convert.ts'
import { tagsOf } from './tags.ts'
import { BRAND, type Field, FORM, NO_GROUP, ORGANIZATION, type Words } from './words.ts'

/** Neutral fields as Zendesk's parameters, and the check that what was written is what is shown. */

export const notTaken = (field: ToolField, why: string): RemoteFault =>
  new RemoteFault('invalid', why, { field })

export const entriesOf = (fields: ToolFields): readonly (readonly [ToolField, ToolValue])[] =>
  Object.entries(fields).flatMap(([field, value]) =>
    value === undefined ? [] : [[field as ToolField, value] as const],
  )

const isList = (value: ToolValue): value is readonly string[] => Array.isArray(value)

const textOf = (field: ToolField, value: ToolValue): string => {
  if (isList(value)) throw notTaken(field, `Zendesk takes one value for ${field}`)
  return value === null ? '' : String(value)
}

const listOf = (value: ToolValue): readonly string[] =>
  value === null ? [] : isList(value) ? value : [String(value)]

const required = (field: ToolField, value: ToolValue): string => {
  const text = textOf(field, value)
  if (text.trim() === '') throw notTaken(field, `Zendesk needs a ${field}`)
  return text
}

const personId = (field: ToolField, value: ToolValue): number | null => {
  const text = textOf(field, value)
  if (text === '') return null
  const id = numberOf(text)
  if (id === null) throw notTaken(field, `"${text}" is no user of Zendesk`)
  return id
}

const PRIORITIES = ['low', 'normal', 'high', 'urgent']
const TYPES = ['problem', 'incident', 'question', 'task']

const oneOf = (field: ToolField, value: ToolValue, options: readonly string[]): string | null => {
  const text = textOf(field, value)
  if (text === '') return null
  if (options.includes(text)) return text
  throw notTaken(field, `"${text}" is no ${field} of Zendesk; there are ${options.join(', ')}`)
}

/** A day alone is taken for noon of it, as Zendesk's own form does. */
const timeOf = (field: ToolField, value: ToolValue): string | null => {
  const text = textOf(field, value)
  if (text === '') return null
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T12:00:00Z` : text
  if (Number.isNaN(Date.parse(time))) throw notTaken(field, `"${text}" is no date`)
  return new Date(time).toISOString().replace(/\.\d+Z$/, 'Z')
}

const groupId = async (value: ToolValue, catalog: Catalog): Promise<number | null> => {
  const name = textOf('container', value)
  if (name === NO_GROUP || name === '') return null
  const id = (await catalog.wordsKnowing(({ groups }) => groups.byLabel.has(name))).groups.byLabel.get(name)
  if (id === undefined) throw notTaken('container', `there is no group "${name}" in Zendesk`)
  return id
}

const statusParams = async (value: ToolValue, catalog: Catalog): Promise<Params> => {
  const word = required('status', value)
  const words = await catalog.wordsKnowing(({ statuses }) => statuses.some((each) => each.word === word))
  const status = words.statuses.find((each) => each.word === word && each.active)
  if (status === undefined) throw notTaken('status', `there is no status "${word}" in Zendesk`)
  return status.id === null ? { status: status.system } : { custom_status_id: status.id }
}

const optionTag = (field: Field, name: string): string => {
  const found = [...field.options].find(([, label]) => label === name)?.[0]
  if (found !== undefined) return found
  throw notTaken(`cf:${field.label}`, `"${name}" is no option of "${field.label}" in Zendesk`)
}

/** `null` empties every kind of field but a checkbox, which is then not checked. */
const customParam = (field: Field, value: ToolValue): unknown => {
  const name: ToolField = `cf:${field.label}`
  switch (field.type) {
    case 'checkbox':
      return value === true || value === 'true' || value === '1'
    case 'multiselect':
      return listOf(value).map((each) => optionTag(field, each))
    case 'tagger': {
      const text = textOf(name, value)
      return text === '' ? null : optionTag(field, text)
    }
    case 'date':
      return textOf(name, value).slice(0, 10) || null
    default:
      return textOf(name, value) || null
  }
}

/** A ticket's own brand and form are chosen when it is made; its organisation is one of the requester's. */
const besideParams = async (
  name: string,
  value: ToolValue,
  catalog: Catalog,
  isNew: boolean,
): Promise<Params | null> => {
  if (name !== ORGANIZATION && name !== BRAND && name !== FORM) return null
  const field: ToolField = `cf:${name}`
  const text = textOf(field, value)
  if (name === ORGANIZATION) {
    if (text === '') return { organization_id: null }
    const id = await catalog.organizationId(text)
    if (id === null) throw notTaken(field, `there is no organisation "${text}" in Zendesk`)
    return { organization_id: id }
  }
  if (text === '') return {}
  if (!isNew) throw notTaken(field, `the ${name} of a ticket in Zendesk is chosen when it is made`)
  const words = await catalog.words()
  const id = (name === BRAND ? words.brands : words.forms).byLabel.get(text)
  if (id === undefined) throw notTaken(field, `there is no ${name} "${text}" in Zendesk`)
  return name === BRAND ? { brand_id: id } : { ticket_form_id: id }
}

const standardParams = async (field: ToolField, value: ToolValue, catalog: Catalog): Promise<Params> => {
  switch (field) {
    case 'title':
      return { subject: required(field, value) }
    case 'status':
      return statusParams(value, catalog)
    case 'type':
      return { type: oneOf(field, value, TYPES) }
    case 'priority':
      return { priority: oneOf(field, value, PRIORITIES) }
    case 'owner':
      return { assignee_id: personId(field, value) }
    case 'requester':
      return { requester_id: personId(field, required(field, value)) }
    case 'container':
      return { group_id: await groupId(value, catalog) }
    case 'due':
      return { due_at: timeOf(field, value) }
    default:
      throw notTaken(field, `${field} of a ticket cannot be written in Zendesk`)
  }
}

interface CustomParam {
  readonly id: number
  readonly value: unknown
}

/**
 * `tags`: those the ticket has now, for labels are written together with the tags of its fields: whoever leaves one of
 * these out empties that field.
 */
export const paramsOf = async (
  fields: ToolFields,
  catalog: Catalog,
  { tags, isNew }: { readonly tags: readonly string[]; readonly isNew: boolean },
): Promise<Params> => {
  const params: Record<string, unknown> = {}
  const custom: CustomParam[] = []
  for (const [field, value] of entriesOf(fields)) {
    if (field === 'labels') continue
    if (!field.startsWith('cf:')) {
      Object.assign(params, await standardParams(field, value, catalog))
      continue
    }
    const label = field.slice(3)
    const beside = await besideParams(label, value, catalog, isNew)
    if (beside !== null) {
      Object.assign(params, beside)
      continue
    }
    const words = await catalog.wordsKnowing(({ fieldsByLabel }) => fieldsByLabel.has(label))
    const own = words.fieldsByLabel.get(label)
    if (own === undefined) throw notTaken(field, `there is no ticket field "${label}" in Zendesk`)
    custom.push({ id: own.id, value: customParam(own, value) })
  }
  if (custom.length > 0) params['custom_fields'] = custom
  if (fields.labels !== undefined)
    params['tags'] = wholeTags(listOf(fields.labels), tags, custom, await catalog.words())
  return params
}

const wholeTags = (
  labels: readonly string[],
  present: readonly string[],
  custom: readonly CustomParam[],
  words: Words,
): readonly string[] => {
  const written = custom.flatMap(({ id }) => [...(words.fields.get(id)?.options.keys() ?? [])])
  const kept = present.filter((tag) => words.fieldTags.has(tag) && !written.includes(tag))
  const chosen = custom
    .flatMap(({ value }) => listOf(value as ToolValue))
    .filter((tag) => written.includes(tag))
  return [
    ...new Set([...tagsOf(labels).filter((tag) => !words.fieldTags.has(tag)), ...kept, ...chosen]),
  ].sort()
}

const plain = (value: ToolValue): string =>
  String(value ?? '')
    .replace(/\s+/g, ' ')
    .trim()

/** Equal but for what Zendesk does to white space, tags and the form of times. */
const isShownAs = (field: ToolField, written: ToolValue, shown: ToolValue): boolean => {
  if (field === 'labels') return listOf(shown).join() === tagsOf(listOf(written)).join()
  if (isList(written) || isList(shown))
    return [...listOf(written)].sort().join('\n') === [...listOf(shown)].sort().join('\n')
  if (field === 'due' && written !== null && shown !== null)
    return timeOf(field, written) === timeOf(field, shown)
  if (typeof shown === 'boolean') return shown === (written === true || written === 'true' || written === '1')
  return plain(written) === plain(shown)
}

/** The first written field that the ticket does not show: a due date of what is no task, or what a trigger set back. */
export const ignoredField = (written: ToolFields, shown: Snapshot): ToolField | null =>
  entriesOf(written).find(([field, value]) => !isShownAs(field, value, shown.fields[field] ?? null))?.[0] ??
  null
