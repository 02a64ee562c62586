import { RemoteFault } from '../../sync/fault.ts'
import type {
  RemotePerson,
  Snapshot,
  SnapshotAttachment,
  SnapshotComment,
  ToolField,
  ToolFields,
  ToolValue,
  Visibility,
} from '../../sync/snapshot.ts'
import type { Declaration, Element, Field, PersonReader, Read } from './declaration.ts'
import { type JsonObject, readPath, writePath } from './field-path.ts'
import type { VisibilityRule } from './schema.ts'

/** From the tool's JSON to our words and back, as the declaration says. Pure. */

const MAX_TEXT = 1_000_000
const MAX_ELEMENTS = 5_000

/** Text of a word, a number or a truth value; null for everything else. */
export const textOf = (value: unknown): string | null => {
  if (typeof value === 'string') return value.length <= MAX_TEXT ? value : null
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null
}

/** ISO 8601 of a text, or of a number of seconds or milliseconds since 1970. */
export const timeOf = (value: unknown): string | null => {
  // Seconds reach 100,000,000,000 in the year 5138.
  const ms =
    typeof value === 'number'
      ? value < 1e11
        ? value * 1000
        : value
      : typeof value === 'string'
        ? Date.parse(value)
        : Number.NaN
  return Number.isFinite(ms) && Math.abs(ms) < 8.64e15 ? new Date(ms).toISOString() : null
}

const setOf = (value: unknown): readonly string[] | undefined => {
  if (value === null) return []
  if (!Array.isArray(value) || value.length > MAX_ELEMENTS) return undefined
  const texts = value.map(textOf)
  return texts.every((each) => each !== null) ? [...new Set(texts)].sort() : undefined
}

/** undefined: it has a shape this kind of field cannot take, so nothing is claimed about it. */
const shownValue = (kind: Field['kind'], value: unknown): ToolValue | undefined => {
  if (kind === 'set') return setOf(value)
  if (value === null) return null
  if (kind === 'number') return typeof value === 'number' ? value : undefined
  if (typeof value === 'boolean') return value
  return textOf(value) ?? undefined
}

const fieldsOf = (declaration: Declaration, item: unknown): ToolFields => {
  const absent = declaration.shape.item.absentIsEmpty ? null : undefined
  const fields: Partial<Record<ToolField, ToolValue>> = {}
  for (const field of declaration.fields) {
    if (field.read === null) continue
    const raw = field.read(item)
    const value = raw === undefined ? absent : raw
    if (value === undefined) continue
    const shown = shownValue(field.kind, value)
    if (shown !== undefined) fields[field.field] = shown
  }
  return fields
}

export const personOf = (reader: PersonReader, from: unknown): RemotePerson | null => {
  const id = textOf(reader.id(from))
  if (id === null || id === '') return null
  return { id, name: textOf(reader.name(from)) ?? id, email: textOf(reader.email(from)) }
}

const visibilityOf = (rule: VisibilityRule, read: Read | null, from: unknown): Visibility => {
  if (read === null) return rule.public !== undefined ? 'public' : 'internal'
  const value = read(from)
  // Equal to neither declared value: unknown, which is held and never shown.
  if (value !== undefined && rule.public !== undefined && value === rule.public) return 'public'
  return value !== undefined && rule.internal !== undefined && value === rule.internal
    ? 'internal'
    : 'unknown'
}

const required = (value: unknown, what: string): string => {
  const text = textOf(value)
  if (text !== null && text !== '') return text
  throw new RemoteFault('invalid', `the tool's answer holds no ${what} where the declaration says`)
}

const elementOf = (
  element: Element,
  rule: VisibilityRule,
  from: unknown,
  what: string,
  accountId: string | null,
) => {
  const author = element.author === null ? null : personOf(element.author, from)
  const at = timeOf(element.at(from))
  if (at === null)
    throw new RemoteFault('invalid', `the tool's answer holds no time of ${what} where the declaration says`)
  return {
    id: required(element.id(from), `id of ${what}`),
    author,
    byUs: author !== null && author.id === accountId,
    visibility: visibilityOf(rule, element.visibility, from),
    at,
  }
}

export const commentOf = (
  declaration: Declaration,
  from: unknown,
  accountId: string | null,
): SnapshotComment => {
  const { comments, shape } = declaration
  if (comments === null || shape.comments === undefined)
    throw new RemoteFault('invalid', 'no comments are declared')
  return {
    ...elementOf(comments, shape.comments.visibility, from, 'a comment', accountId),
    text: textOf(comments.text(from)) ?? '',
    editedAt: timeOf(comments.editedAt?.(from)),
  }
}

export const attachmentOf = (
  declaration: Declaration,
  from: unknown,
  accountId: string | null,
): SnapshotAttachment => {
  const { attachments, shape } = declaration
  if (attachments === null || shape.attachments === undefined)
    throw new RemoteFault('invalid', 'no attachments are declared')
  const size = attachments.size?.(from)
  return {
    ...elementOf(attachments, shape.attachments.visibility, from, 'an attachment', accountId),
    name: textOf(attachments.name(from)) ?? 'file',
    mediaType: textOf(attachments.mediaType?.(from)) ?? 'application/octet-stream',
    size: typeof size === 'number' && Number.isSafeInteger(size) && size >= 0 ? size : null,
    commentId: null,
  }
}

/** What hangs on an item, as far as the item's own JSON tells; null: it must be asked for. */
export const embeddedElements = (element: Element | null, item: unknown): readonly unknown[] | null => {
  if (element === null) return []
  if (element.count !== null && readPath(item, element.count) === 0) return []
  if (element.embedded === null) return null
  const found = readPath(item, element.embedded)
  return Array.isArray(found) ? found.slice(0, MAX_ELEMENTS) : null
}

export interface Elements {
  readonly comments: readonly SnapshotComment[] | null
  readonly attachments: readonly SnapshotAttachment[] | null
}

export const isDeleted = (declaration: Declaration, item: unknown): boolean =>
  declaration.item.deleted?.(item) === true

const httpUrl = (value: unknown): string => {
  const text = textOf(value) ?? ''
  return /^https?:\/\//i.test(text) && URL.canParse(text) ? text : ''
}

export const itemId = (declaration: Declaration, item: unknown): string =>
  required(declaration.item.id(item), 'id of an item')

/** An item's JSON as a snapshot. `elements` replaces what the item itself tells of comments and attachments. */
export const snapshotOf = (
  declaration: Declaration,
  item: unknown,
  accountId: string | null,
  etag: string | null,
  elements?: Elements,
): Snapshot => {
  const read = declaration.item
  const id = itemId(declaration, item)
  const fields = fieldsOf(declaration, item)
  const status = fields.status
  const comments = embeddedElements(declaration.comments, item)
  const attachments = embeddedElements(declaration.attachments, item)
  const marked = declaration.marker !== null && (textOf(readPath(item, declaration.marker)) ?? '') !== ''
  const createdBy = read.createdBy === null ? null : textOf(read.createdBy(item))
  return {
    ref: { id },
    kind: 'item',
    key: textOf(read.key?.(item)) ?? id,
    url: httpUrl(read.url?.(item)),
    container: textOf(read.container?.(item)) ?? declaration.shape.container ?? '',
    fields,
    statusCategory: typeof status === 'string' ? (categoryOf(declaration, status) ?? null) : null,
    nextStatuses: null,
    comments: elements
      ? elements.comments
      : (comments?.map((each) => commentOf(declaration, each, accountId)) ?? null),
    attachments: elements
      ? elements.attachments
      : (attachments?.map((each) => attachmentOf(declaration, each, accountId)) ?? null),
    links: null,
    people: declaration.people.map((reader) => personOf(reader, item)).filter((each) => each !== null),
    createdAt: timeOf(read.createdAt?.(item)),
    updatedAt: timeOf(read.updatedAt?.(item)),
    version: textOf(read.version?.(item)) ?? etag,
    createdByUs: createdBy !== null && accountId !== null ? createdBy === accountId : marked,
  }
}

const categoryOf = (declaration: Declaration, status: string): Snapshot['statusCategory'] | undefined => {
  const statuses = declaration.shape.statuses
  return statuses !== undefined && Object.hasOwn(statuses, status) ? statuses[status] : undefined
}

/** Puts fields into the body of a write. A field the declaration cannot write is refused by name, so that it alone is held. */
export const writeFields = (declaration: Declaration, into: JsonObject, fields: ToolFields): void => {
  for (const field of declaration.fields) {
    const value = fields[field.field]
    if (value === undefined) continue
    if (field.write === null)
      throw new RemoteFault('invalid', `the declaration does not say how to write "${field.field}"`, {
        field: field.field,
      })
    const made = value === null ? undefined : field.writeAs?.(value)
    if (made !== undefined && !made.ok) {
      throw new RemoteFault(
        'invalid',
        `"${field.field}" cannot be turned into the tool's form: ${made.error}`,
        { field: field.field },
      )
    }
    writePath(into, field.write, made === undefined ? value : made.value)
  }
  for (const name of Object.keys(fields)) {
    if (declaration.fields.some((field) => field.field === name)) continue
    throw new RemoteFault('invalid', `the declaration has no field "${name}"`, { field: name })
  }
}
