import { RemoteFault } from '../../sync/fault.ts'
import type { ToolField, ToolFields, ToolValue } from '../../sync/snapshot.ts'
import type { Catalog } from './catalog.ts'
import { VERSION_STATUSES } from './convert.ts'
import { type FieldIndex, STANDARD } from './field-index.ts'
import { listOf, type Members, textOf, writtenText, writtenValue } from './values.ts'

/** Neutral fields as the `fields` of a write, by Jira's ids. Throws `invalid` with the field before anything is sent. */

const refuse = (field: ToolField, why: string): RemoteFault => new RemoteFault('invalid', why, { field })

const required = (field: ToolField, value: ToolValue): string => {
  const text = textOf(field, value)
  if (text.trim() === '') throw refuse(field, `Jira needs a ${field}`)
  return text
}

export const entriesOf = (fields: ToolFields): readonly (readonly [ToolField, ToolValue])[] =>
  Object.entries(fields).flatMap(([field, value]) =>
    value === undefined ? [] : [[field as ToolField, value] as const],
  )

type Person = (id: string) => Members

const standardValue = (field: ToolField, value: ToolValue, cloud: boolean, person: Person): unknown => {
  switch (field) {
    case 'title':
      return required(field, value)
    case 'description':
      return writtenText(textOf(field, value), cloud)
    case 'type':
    case 'priority':
      return { name: required(field, value) }
    case 'owner':
    case 'requester': {
      const id = textOf(field, value)
      return id === '' ? null : person(id)
    }
    case 'component':
    case 'release':
      return listOf(value).map((name) => ({ name }))
    case 'labels': {
      const labels = listOf(value)
      const wrong = labels.find((each) => /\s/.test(each))
      if (wrong !== undefined) throw refuse(field, `a label in Jira has no blanks: "${wrong}"`)
      return labels
    }
    case 'due':
      // A date there: the day of a time, as written.
      return textOf(field, value).slice(0, 10) || null
    default:
      throw refuse(field, `${field} of an issue cannot be written in Jira`)
  }
}

/** People named in the fields, as a write names them. */
const peopleIn = async (fields: ToolFields, index: FieldIndex, catalog: Catalog): Promise<Person> => {
  const named = new Map<string, Members>()
  for (const [field, value] of entriesOf(fields)) {
    const schema = index.byField(field)?.schema
    const isPerson =
      field === 'owner' || field === 'requester' || schema?.type === 'user' || schema?.items === 'user'
    for (const id of isPerson ? listOf(value) : []) {
      const person = await catalog.personFor(id)
      if (person === null) throw refuse(field, `Jira has no user with the key "${id}"`)
      named.set(id, person)
    }
  }
  return (id) => named.get(id) ?? { accountId: id }
}

export const issueFields = async (
  fields: ToolFields,
  catalog: Catalog,
  cloud: boolean,
): Promise<Readonly<Record<string, unknown>>> => {
  const entries = entriesOf(fields)
  const isKnown = (index: FieldIndex) =>
    entries.every(([field]) => !field.startsWith('cf:') || index.byField(field) !== null)
  const remembered = await catalog.fields()
  const index = isKnown(remembered) ? remembered : await catalog.fieldsAgain()
  const person = await peopleIn(fields, index, catalog)
  const written: [string, unknown][] = []
  for (const [field, value] of entries) {
    const id = Object.entries(STANDARD).find(([name]) => name === field)?.[1]
    if (id !== undefined) {
      written.push([id, standardValue(field, value, cloud, person)])
      continue
    }
    const known = index.byField(field)
    if (known === null)
      throw refuse(
        field,
        `Jira shows this account no field “${field.replace(/^cf:/, '')}”. Correct its name in the mapping, or create it there and put it on the screens.`,
      )
    written.push([known.id, writtenValue(known, value, cloud, person)])
  }
  return Object.fromEntries(written)
}

export const versionParameters = (fields: ToolFields): Readonly<Record<string, unknown>> => {
  const parameters = (field: ToolField, value: ToolValue): Readonly<Record<string, unknown>> => {
    if (field === 'title') return { name: required(field, value) }
    if (field === 'description') return { description: textOf(field, value) }
    if (field === 'due') return { releaseDate: textOf(field, value).slice(0, 10) || null }
    if (field !== 'status') throw refuse(field, `${field} of a version cannot be written in Jira`)
    if (!VERSION_STATUSES.some((word) => word === value))
      throw refuse(field, `a version in Jira is ${VERSION_STATUSES.join(', ')}`)
    return value === 'archived' ? { archived: true } : { archived: false, released: value === 'released' }
  }
  return Object.assign({}, ...entriesOf(fields).map(([field, value]) => parameters(field, value)))
}
