import type { Description } from '../../sync/connector.ts'
import { isFault } from '../../sync/fault.ts'
import type { StatusCategory } from '../../sync/snapshot.ts'
import type { Choices } from './choices.ts'
import { type Column, categoryOf, columnsOf } from './columns.ts'
import type { Directory } from './directory.ts'
import { isOneOf } from './query.ts'
import type { Rest } from './rest.ts'
import { valueIn } from './schema.ts'
import { type Settings, tablesOf } from './settings.ts'

/** What the settings screen needs to know about this instance. */

type Field = Description['fields'][number]

const KINDS: Readonly<Record<Column['kind'], Field['kind']>> = {
  text: 'text',
  choice: 'choice',
  number: 'number',
  flag: 'choice',
  date: 'date',
  html: 'rich',
  reference: 'text',
}

/** `assignment_group` → `Assignment group`: the labels of columns are in tables that few accounts may read. */
const titleOf = (name: string): string => {
  const words = name.replace(/^u_/, '').replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Of all tables together, each word once. */
const optionsOf = (choices: Choices, tables: readonly string[], column: string): readonly string[] | null => {
  const lists = tables.flatMap((table) => choices.options(table, column) ?? [])
  const words = lists.filter(({ active }) => active).map(({ word }) => word)
  return words.length === 0 ? null : [...new Set(words)]
}

const statusesOf = (choices: Choices, tables: readonly string[]): Description['statuses'] => {
  const categories = new Map<string, StatusCategory>()
  for (const table of tables)
    for (const { word, value } of choices.options(table, 'state') ?? [])
      if (!categories.has(word)) categories.set(word, categoryOf(table, value, null))
  return [...categories].map(([word, category]) => ({ word, category }))
}

const labelsOf = async (rest: Rest, tables: readonly string[]): Promise<ReadonlyMap<string, string>> => {
  try {
    const query = isOneOf('name', tables)
    const { rows } = await rest.list('sys_db_object', { query, fields: ['name', 'label'], limit: 100 })
    return new Map(rows.map((row) => [valueIn(row, 'name') ?? '', valueIn(row, 'label') ?? '']))
  } catch (fault) {
    // Few accounts may read it, and it holds nothing but titles.
    if (isFault(fault) && (fault.kind === 'auth' || fault.kind === 'invalid' || fault.kind === 'gone'))
      return new Map()
    throw fault
  }
}

export const describeTool = async (
  rest: Rest,
  directory: Directory,
  settings: Settings,
): Promise<Description> => {
  const tables = tablesOf(settings)
  const choices = await directory.choices()
  const labels = await labelsOf(rest, tables)
  const statuses = statusesOf(choices, tables)
  const words = statuses.map(({ word }) => word)
  const standard: readonly Field[] = [
    { field: 'title', title: 'Short description', kind: 'text', options: null, writable: true },
    { field: 'description', title: 'Description', kind: 'rich', options: null, writable: true },
    {
      field: 'status',
      title: 'State',
      kind: 'choice',
      options: words.length === 0 ? null : words,
      writable: true,
    },
    {
      field: 'priority',
      title: 'Priority (computed from impact and urgency)',
      kind: 'choice',
      options: optionsOf(choices, tables, 'priority'),
      writable: false,
    },
    { field: 'owner', title: 'Assigned to', kind: 'person', options: null, writable: true },
    { field: 'requester', title: 'Caller', kind: 'person', options: null, writable: true },
    { field: 'due', title: 'Due date', kind: 'date', options: null, writable: true },
    { field: 'container', title: 'Table', kind: 'choice', options: [...tables], writable: false },
    { field: 'url', title: 'Address', kind: 'text', options: null, writable: false },
  ]
  const own = columnsOf(settings).map(
    (column): Field => ({
      field: `cf:${column.name}`,
      title: titleOf(column.name),
      kind: KINDS[column.kind],
      options:
        column.kind === 'choice'
          ? optionsOf(choices, tables, column.name)
          : column.kind === 'flag'
            ? ['true', 'false']
            : null,
      writable: true,
    }),
  )
  return {
    containers: tables.map((table) => ({ id: table, title: labels.get(table) || titleOf(table), types: [] })),
    fields: [...standard, ...own],
    statuses,
    transitions: null,
    people: await directory.people(),
  }
}
