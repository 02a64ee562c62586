import { RemoteFault } from '../../sync/fault.ts'
import type { Snapshot, ToolField, ToolFields, ToolValue } from '../../sync/snapshot.ts'
import type { Catalog } from './catalog.ts'
import { VERSION_STATUSES } from './convert.ts'

/** Neutral fields as Redmine's write parameters, and the check that what was written is what is shown. */

type Wire = Readonly<Record<string, unknown>>

const refuse = (field: ToolField, why: string): RemoteFault => new RemoteFault('invalid', why, { field })

const textOf = (field: ToolField, value: ToolValue): string => {
  if (value === null) return ''
  if (typeof value === 'boolean') return value ? '1' : '0'
  if (typeof value === 'object') throw refuse(field, `Redmine takes one value for ${field}`)
  return String(value)
}

/** Redmine clears a field by the empty text; `id` is asked only for a name. */
const idOrEmpty = async (field: ToolField, value: ToolValue, id: (name: string) => Promise<number>) => {
  const name = textOf(field, value)
  return name === '' ? '' : id(name)
}

const personId = (field: ToolField, value: ToolValue): number | '' => {
  const text = textOf(field, value)
  if (text === '') return ''
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text)
  throw refuse(field, `"${text}" is no user id of Redmine`)
}

const required = (field: ToolField, value: ToolValue): string => {
  const text = textOf(field, value)
  if (text.trim() === '') throw refuse(field, `Redmine needs a ${field}`)
  return text
}

const customName = (field: ToolField): string | null => (field.startsWith('cf:') ? field.slice(3) : null)

const customField = async (field: ToolField, name: string, value: ToolValue, catalog: Catalog) => ({
  id: await catalog.customFieldId(name),
  value: Array.isArray(value) ? value : textOf(field, value),
})

export const projectIdOf = async (identifier: string, catalog: Catalog): Promise<number> => {
  const project = await catalog.projectDetails(identifier)
  if (project === null) throw refuse('container', `Redmine shows no project "${identifier}" to this account`)
  return project.id
}

/** `container`: the project whose categories and versions count: where the issue is, or where it moves to. */
const standardParameter = async (
  field: ToolField,
  value: ToolValue,
  container: string,
  catalog: Catalog,
): Promise<readonly [string, unknown]> => {
  switch (field) {
    case 'title':
      return ['subject', required(field, value)]
    case 'description':
      return ['description', textOf(field, value)]
    case 'status':
      return ['status_id', await catalog.statusId(required(field, value))]
    case 'type':
      return ['tracker_id', await catalog.trackerId(required(field, value))]
    case 'priority':
      return ['priority_id', await catalog.priorityId(required(field, value))]
    case 'container':
      return ['project_id', await projectIdOf(required(field, value), catalog)]
    case 'owner':
      return ['assigned_to_id', personId(field, value)]
    case 'component':
      return ['category_id', await idOrEmpty(field, value, (name) => catalog.categoryId(container, name))]
    case 'release':
      return ['fixed_version_id', await idOrEmpty(field, value, (name) => catalog.versionId(container, name))]
    case 'due':
      // A date there: the day of a time, as written.
      return ['due_date', textOf(field, value).slice(0, 10)]
    default:
      throw refuse(field, `${field} of an issue cannot be written in Redmine`)
  }
}

/** Throws `invalid` with the field for a name Redmine does not know, before anything is sent. */
export const issueParameters = async (
  fields: ToolFields,
  container: string,
  catalog: Catalog,
): Promise<Wire> => {
  const standard: [string, unknown][] = []
  const custom: unknown[] = []
  for (const [field, value] of entriesOf(fields)) {
    const name = customName(field)
    if (name !== null) custom.push(await customField(field, name, value, catalog))
    else standard.push([...(await standardParameter(field, value, container, catalog))] as [string, unknown])
  }
  return { ...Object.fromEntries(standard), ...(custom.length === 0 ? {} : { custom_fields: custom }) }
}

export const versionParameters = (fields: ToolFields): Wire => {
  const parameter = (field: ToolField, value: ToolValue): [string, unknown] => {
    if (field === 'title') return ['name', required(field, value)]
    if (field === 'description') return ['description', textOf(field, value)]
    if (field === 'due') return ['due_date', textOf(field, value).slice(0, 10)]
    if (field !== 'status') throw refuse(field, `${field} of a version cannot be written in Redmine`)
    const status = VERSION_STATUSES.find((word) => word === value)
    if (status === undefined) throw refuse(field, `a version in Redmine is ${VERSION_STATUSES.join(', ')}`)
    return ['status', status]
  }
  return Object.fromEntries(entriesOf(fields).map(([field, value]) => parameter(field, value)))
}

export const entriesOf = (fields: ToolFields): readonly (readonly [ToolField, ToolValue])[] =>
  Object.entries(fields).flatMap(([field, value]) =>
    value === undefined ? [] : [[field as ToolField, value] as const],
  )

/** Equal but for what Redmine does to white space and for how it writes numbers and truth values. */
const isShownAs = (field: ToolField, written: ToolValue, shown: ToolValue): boolean => {
  if (Array.isArray(written) || Array.isArray(shown)) {
    const list = (value: ToolValue) => JSON.stringify([value ?? []].flat().map(String).sort())
    return list(written) === list(shown)
  }
  const plain = (value: ToolValue): string => textOf(field, value).replace(/\s+/g, ' ').trim()
  const wanted = field === 'due' ? plain(written).slice(0, 10) : plain(written)
  return wanted === plain(shown)
}

/**
 * The first written field that the item does not show. Redmine answers success (204) and ignores a status the
 * workflow forbids, a field that is read-only for the role, a project or custom field that is out of reach.
 */
export const ignoredField = (written: ToolFields, shown: Snapshot): ToolField | null =>
  entriesOf(written).find(([field, value]) => !isShownAs(field, value, shown.fields[field] ?? null))?.[0] ??
  null
