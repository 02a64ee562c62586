import { RemoteFault } from '../../sync/fault.ts'
import { codecs } from '../../sync/rich-text/index.ts'
import type { ToolField, ToolFields, ToolValue } from '../../sync/snapshot.ts'
import type { Catalog } from './catalog.ts'
import type { PatchOp } from './client.ts'
import { DUE, descriptionField, isMarkdown } from './convert.ts'
import type { WireItem, WireType } from './schema.ts'

/** Neutral fields as operations of a JSON Patch. */

/** One field as it is sent: `value` null empties it. */
export interface Sent {
  readonly field: ToolField
  readonly reference: string
  readonly value: string | number | boolean | null
}

export interface Place {
  readonly project: string
  readonly type: WireType | undefined
  /** The item as it stands; null: it is being made. */
  readonly item: WireItem | null
}

export const notTaken = (field: ToolField, why: string): RemoteFault =>
  new RemoteFault('invalid', why, { field })

export const entriesOf = (fields: ToolFields): readonly (readonly [ToolField, ToolValue])[] =>
  Object.entries(fields).flatMap(([field, value]) =>
    value === undefined ? [] : [[field as ToolField, value] as const],
  )

/** These mean something only where the item is, and by its type. */
const NEEDS_PLACE: readonly ToolField[] = ['description', 'component', 'release']
export const needsPlace = (fields: ToolFields): boolean => NEEDS_PLACE.some((field) => field in fields)

const textOf = (field: ToolField, value: ToolValue): string | null => {
  if (value === null || value === '') return null
  if (Array.isArray(value)) throw notTaken(field, `Azure DevOps takes one value for ${field}`)
  return String(value)
}

const required = (field: ToolField, value: ToolValue): string => {
  const text = textOf(field, value)
  if (text === null || text.trim() === '') throw notTaken(field, `Azure DevOps needs a ${field}`)
  return text
}

/** Tags are one text there: a separator inside of one would make two. */
const tagsOf = (value: ToolValue): string => {
  const tags = (Array.isArray(value) ? value : value === null ? [] : [String(value)]).map((tag) => tag.trim())
  const bad = tags.find((tag) => /[;,]/.test(tag) || tag.length > 400)
  if (bad !== undefined)
    throw notTaken('labels', `“${bad.slice(0, 80)}” cannot be a tag: a tag holds no , or ;`)
  return tags.filter((tag) => tag !== '').join('; ')
}

const pathBelow = (project: string, field: ToolField, value: ToolValue): string => {
  const below = textOf(field, value)
  return below === null ? project : `${project}\\${below}`
}

const wholeNumber = (field: ToolField, value: ToolValue): number | null => {
  const text = textOf(field, value)
  if (text === null) return null
  if (/^-?\d{1,9}$/.test(text)) return Number(text)
  throw notTaken(field, `Azure DevOps takes a whole number for ${field}, not “${text.slice(0, 80)}”`)
}

/** A field that people keep in Markdown stays so. */
const richFor = (reference: string, text: string | null, item: WireItem | null): string | null =>
  text !== null && item !== null && isMarkdown(item, reference)
    ? codecs.markdown.write(codecs.html.read(text))
    : text

const standard = (field: ToolField, value: ToolValue, place: Place): readonly [string, Sent['value']] => {
  switch (field) {
    case 'title':
      return ['System.Title', required(field, value)]
    case 'description': {
      const reference = descriptionField(place.type)
      return [reference, richFor(reference, textOf(field, value), place.item)]
    }
    case 'status':
      return ['System.State', required(field, value)]
    case 'type':
      return ['System.WorkItemType', required(field, value)]
    case 'container':
      return ['System.TeamProject', required(field, value)]
    case 'priority':
      return ['Microsoft.VSTS.Common.Priority', wholeNumber(field, value)]
    case 'owner':
      return ['System.AssignedTo', textOf(field, value)]
    case 'component':
      return ['System.AreaPath', pathBelow(place.project, field, value)]
    case 'release':
      return ['System.IterationPath', pathBelow(place.project, field, value)]
    case 'labels':
      return ['System.Tags', tagsOf(value)]
    case 'due':
      return [DUE, textOf(field, value)]
    default:
      throw notTaken(field, `${field} of a work item cannot be written in Azure DevOps`)
  }
}

const own = (field: ToolField, value: ToolValue): Sent['value'] =>
  typeof value === 'number' || typeof value === 'boolean' ? value : textOf(field, value)

/** Throws `invalid` with the field before anything is sent. */
export const sentFields = async (
  fields: ToolFields,
  place: Place,
  catalog: Catalog,
): Promise<readonly Sent[]> => {
  const sent: Sent[] = []
  for (const [field, value] of entriesOf(fields)) {
    const [reference, raw] = field.startsWith('cf:')
      ? [await catalog.referenceOf(field), own(field, value)]
      : standard(field, value, place)
    sent.push({ field, reference, value: raw })
  }
  // an area and an iteration belong to one project: what moves without them goes to the new project's own
  if ('container' in fields) {
    const has = (reference: string): boolean => sent.some((one) => one.reference === reference)
    for (const reference of ['System.AreaPath', 'System.IterationPath'])
      if (!has(reference)) sent.push({ field: 'container', reference, value: String(fields.container) })
  }
  return sent
}

/** `add` joins tags to those there are; everything else it replaces. */
export const opFor = ({ reference, value }: Sent): PatchOp => {
  const path = `/fields/${reference}`
  if (reference === 'System.Tags') return { op: 'replace', path, value: value ?? '' }
  return value === null ? { op: 'remove', path } : { op: 'add', path, value }
}
