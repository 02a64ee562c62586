import { RemoteFault } from '../../sync/fault.ts'
import type { RemotePerson, Snapshot, ToolField, ToolFields, ToolValue } from '../../sync/snapshot.ts'

/** From neutral fields to the body of a write, and whether the write took. Pure. */

/** Tickets.Subject is that long; RT cuts off the rest without a word. */
const MAX_SUBJECT_CHARS = 200
const UNSET_DATE = '1970-01-01T00:00:00Z'

type Body = Readonly<Record<string, unknown>>
type CustomValue = null | string | readonly string[]

const refuse = (field: ToolField, detail: string): RemoteFault =>
  new RemoteFault('invalid', detail, { field })

const isSet = (value: ToolValue): value is readonly string[] => Array.isArray(value)

const single = (field: ToolField, value: ToolValue): string => {
  if (value === null) return ''
  if (isSet(value)) throw refuse(field, `Request Tracker keeps one value in ${field}, not several`)
  return String(value)
}

const titleOf = (value: ToolValue): string => {
  // RT drops line breaks without putting a space there.
  const title = single('title', value).replace(/\s*[\r\n]+\s*/g, ' ')
  if (title.trim() === '') throw refuse('title', 'Request Tracker needs a subject')
  if (title.length <= MAX_SUBJECT_CHARS) return title
  throw refuse(
    'title',
    `Request Tracker keeps ${MAX_SUBJECT_CHARS} characters of a subject, this one has ${title.length}`,
  )
}

/** Writes want `Z`; an offset such as `+00:00` is answered with 200 and unsets the date (RT 5.0.3). */
const dueOf = (value: ToolValue): string => {
  const text = single('due', value)
  if (text === '') return UNSET_DATE
  const time = Date.parse(text)
  if (Number.isNaN(time)) throw refuse('due', `"${text.slice(0, 40)}" is not a date`)
  return `${new Date(time).toISOString().slice(0, 19)}Z`
}

const priorityOf = (value: ToolValue): string => {
  const text = single('priority', value) || '0'
  if (/^\d{1,9}$/.test(text)) return text
  throw refuse('priority', `Request Tracker wants a number as priority, not "${text.slice(0, 40)}"`)
}

const named = (field: ToolField, value: ToolValue): string => {
  const text = single(field, value)
  if (text !== '') return text
  throw refuse(field, `a ticket in Request Tracker cannot be without ${field}`)
}

const standard = (field: ToolField, value: ToolValue): Body => {
  switch (field) {
    case 'title':
      return { Subject: titleOf(value) }
    case 'status':
      return { Status: named(field, value) }
    case 'container':
      return { Queue: named(field, value) }
    case 'priority':
      return { Priority: priorityOf(value) }
    case 'owner':
      return { Owner: single(field, value) || 'Nobody' }
    case 'requester':
      return { Requestor: value === null || value === '' ? [] : [single(field, value)] }
    case 'due':
      return { Due: dueOf(value) }
    default:
      throw refuse(field, `Request Tracker has no field for ${field}`)
  }
}

/**
 * A single field is emptied by null, one of several values by an empty list; each in place of the other would store an
 * empty value.
 */
const customValue = (name: string, value: ToolValue, multiple: ReadonlySet<string> | null): CustomValue => {
  const isEmpty = value === null || value === '' || (isSet(value) && value.length === 0)
  if (multiple?.has(name) ?? isSet(value)) return isEmpty ? [] : isSet(value) ? value : [String(value)]
  if (isEmpty) return null
  return single(`cf:${name}`, value)
}

const customName = (field: string): string | null => (field.startsWith('cf:') ? field.slice(3) : null)

/** The members for `fields`. Throws an `invalid` fault that names the field RT has no place for. */
export const ticketBody = (fields: ToolFields, multiple: ReadonlySet<string> | null): Body => {
  const custom: [string, CustomValue][] = []
  let body: Body = {}
  for (const [field, value] of entriesOf(fields)) {
    const name = customName(field)
    if (name === null) body = { ...body, ...standard(field, value) }
    else custom.push([name, customValue(name, value, multiple)])
  }
  return custom.length === 0 ? body : { ...body, CustomFields: Object.fromEntries(custom) }
}

export const entriesOf = (fields: ToolFields): readonly (readonly [ToolField, ToolValue])[] =>
  Object.entries(fields).flatMap(([field, value]) =>
    value === undefined ? [] : [[field as ToolField, value] as const],
  )

const loose = (value: ToolValue | undefined): string => {
  if (value === null || value === undefined) return ''
  const list = isSet(value) ? [...value].sort() : [String(value)]
  return list.map((each) => each.replace(/\s+/g, ' ').trim().toLowerCase()).join('\n')
}

const ISO = /^\d{4}-\d{2}-\d{2}T/

const sameInstant = (a: ToolValue | undefined, b: ToolValue | undefined): boolean =>
  typeof a === 'string' &&
  typeof b === 'string' &&
  ISO.test(a) &&
  ISO.test(b) &&
  Math.floor(Date.parse(a) / 1000) === Math.floor(Date.parse(b) / 1000)

const isPerson = (asked: ToolValue, shown: ToolValue | undefined, people: readonly RemotePerson[]): boolean =>
  people.some((person) => person.id === shown && loose(person.email) === loose(asked) && asked !== null)

/**
 * Fields that do not show what was asked. RT answers 200 to writes it refuses, so this is the only way to know.
 * Differences of spacing and case do not count: RT's checks and field types make them.
 */
export const notTaken = (asked: ToolFields, shown: Snapshot): readonly ToolField[] =>
  entriesOf(asked).flatMap(([field, value]) => {
    const now = shown.fields[field]
    if (loose(value) === loose(now) || sameInstant(value, now)) return []
    if (field === 'priority' && Number(value ?? 0) === Number(now ?? 0)) return []
    if ((field === 'owner' || field === 'requester') && isPerson(value, now, shown.people)) return []
    return [field]
  })
