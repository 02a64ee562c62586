import type {
  RemotePerson,
  Snapshot,
  SnapshotAttachment,
  SnapshotComment,
  ToolField,
  ToolValue,
} from '../../sync/snapshot.ts'
import type { Choices } from './choices.ts'
import { type Column, categoryOf, columnsOf, requesterColumn } from './columns.ts'
import { emailOf } from './directory.ts'
import { htmlToText, JOURNALS, journalText } from './journal.ts'
import { isSysId } from './query.ts'
import { displayIn, type Row, valueIn } from './schema.ts'
import { type Settings, webOf } from './settings.ts'
import { isoOf } from './times.ts'

/** A record's values ↔ neutral ones. Pure. Display values are used for the names of references and people alone. */

export interface Reading {
  readonly settings: Settings
  readonly choices: Choices
  /** As in `sys_created_by`. */
  readonly userName: string
}

export interface Thread {
  /** null: some of it is hidden from the account, so what is missing is not known. */
  readonly journal: readonly Row[] | null
  readonly attachments: readonly Row[]
  readonly authors: ReadonlyMap<string, RemotePerson>
  readonly nextStates: readonly string[] | null
}

export const refId = (table: string, id: string): string => `${table}:${id}`

/** null: no id of ours. */
export const targetOf = (ref: string): { readonly table: string; readonly id: string } | null => {
  const found = /^([a-z][a-z0-9_]{0,79}):([0-9a-f]{32})$/.exec(ref)
  return found?.[1] === undefined || found[2] === undefined ? null : { table: found[1], id: found[2] }
}

export const recordUrl = (settings: Settings, table: string, id: string): string =>
  `${webOf(settings)}/${table}.do?sys_id=${id}`

const lines = (text: string): string => text.replace(/\r\n?/g, '\n')

/** `display`: of a reference, what it is called. */
export const toolValue = (
  column: Column,
  value: string,
  display: string,
  table: string,
  choices: Choices,
): ToolValue => {
  if (value === '') return null
  switch (column.kind) {
    case 'choice':
      return choices.word(table, column.name, value)
    case 'reference':
      return display === '' ? value : display
    case 'date':
      return isoOf(value) ?? value
    case 'number':
      return Number.isFinite(Number(value)) ? Number(value) : value
    case 'flag':
      return value === 'true' || value === '1'
    case 'html':
      return htmlToText(value)
    case 'text':
      return lines(value)
  }
}

const personIn = (row: Row, column: string): RemotePerson | null => {
  const id = valueIn(row, column) ?? ''
  if (!isSysId(id)) return null
  const name = valueIn(row, `${column}.name`) || displayIn(row, column) || id
  return { id, name, email: emailOf(valueIn(row, `${column}.email`)) }
}

const commentOf = (row: Row, authors: Thread['authors'], userName: string): readonly SnapshotComment[] => {
  const id = valueIn(row, 'sys_id') ?? ''
  const visibility = JOURNALS[valueIn(row, 'element') ?? '']
  const text = journalText(valueIn(row, 'value') ?? '')
  const at = isoOf(valueIn(row, 'sys_created_on') ?? '')
  if (!isSysId(id) || visibility === undefined || at === null || text.trim() === '') return []
  const by = valueIn(row, 'sys_created_by') ?? ''
  const author = by === '' ? null : (authors.get(by) ?? { id: by, name: by, email: null })
  return [{ id, author, byUs: by !== '' && by === userName, visibility, text, at, editedAt: null }]
}

/** Everybody who sees the record sees its files: ServiceNow knows no internal ones. */
const attachmentOf = (
  row: Row,
  authors: Thread['authors'],
  userName: string,
): readonly SnapshotAttachment[] => {
  const id = valueIn(row, 'sys_id') ?? ''
  const at = isoOf(valueIn(row, 'sys_created_on') ?? '')
  if (!isSysId(id) || at === null) return []
  const size = valueIn(row, 'size_bytes') ?? ''
  const by = valueIn(row, 'sys_created_by') ?? ''
  return [
    {
      id,
      name: valueIn(row, 'file_name') || `attachment-${id}`,
      mediaType: valueIn(row, 'content_type') || 'application/octet-stream',
      size: /^\d{1,15}$/.test(size) ? Number(size) : null,
      author: by === '' ? null : (authors.get(by) ?? { id: by, name: by, email: null }),
      byUs: by !== '' && by === userName,
      visibility: 'public',
      commentId: null,
      at,
    },
  ]
}

const byTime = (
  a: { readonly at: string; readonly id: string },
  b: { readonly at: string; readonly id: string },
) => (a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? -1 : 1)

/** Whose names a thread needs. */
export const authorsIn = (journal: readonly Row[], attachments: readonly Row[]): readonly string[] =>
  [...journal, ...attachments].flatMap((row) => valueIn(row, 'sys_created_by') || [])

/** null: a row without a number of its own, which is none of ours. */
export const toSnapshot = (
  table: string,
  row: Row,
  thread: Thread | null,
  { settings, choices, userName }: Reading,
): Snapshot | null => {
  const id = valueIn(row, 'sys_id') ?? ''
  if (!isSysId(id)) return null
  const fields: Partial<Record<ToolField, ToolValue>> = {}
  // A column that the answer leaves out is hidden from the account: nothing is said of it.
  const tell = (field: ToolField, column: string, of: (value: string) => ToolValue): void => {
    const value = valueIn(row, column)
    if (value !== undefined) fields[field] = of(value)
  }
  const requester = requesterColumn(table)
  tell('title', 'short_description', (value) => lines(value))
  tell('description', 'description', (value) => (value === '' ? null : lines(value)))
  tell('status', 'state', (value) => (value === '' ? null : choices.word(table, 'state', value)))
  tell('priority', 'priority', (value) => (value === '' ? null : choices.word(table, 'priority', value)))
  tell('owner', 'assigned_to', (value) => (isSysId(value) ? value : null))
  tell('requester', requester, (value) => (isSysId(value) ? value : null))
  tell('due', 'due_date', isoOf)
  fields.container = table
  fields.url = recordUrl(settings, table, id)
  for (const column of columnsOf(settings))
    tell(`cf:${column.name}`, column.name, (value) =>
      toolValue(column, value, displayIn(row, column.name), table, choices),
    )
  const people = ['assigned_to', requester].flatMap((column) => personIn(row, column) ?? [])
  const state = valueIn(row, 'state')
  const active = valueIn(row, 'active')
  const author = valueIn(row, 'sys_created_by') ?? ''
  return {
    ref: { id: refId(table, id) },
    kind: 'item',
    key: valueIn(row, 'number') || id,
    url: recordUrl(settings, table, id),
    container: table,
    fields,
    statusCategory:
      state === undefined ? null : categoryOf(table, state, active === undefined ? null : active === 'true'),
    nextStatuses:
      thread?.nextStates
        ?.filter((each) => each !== state)
        .map((each) => choices.word(table, 'state', each))
        .sort() ?? null,
    comments:
      thread?.journal?.flatMap((each) => commentOf(each, thread.authors, userName)).sort(byTime) ?? null,
    attachments:
      thread?.attachments.flatMap((each) => attachmentOf(each, thread.authors, userName)).sort(byTime) ??
      null,
    links: null,
    people: [...new Map(people.map((person) => [person.id, person])).values()],
    createdAt: isoOf(valueIn(row, 'sys_created_on') ?? ''),
    updatedAt: isoOf(valueIn(row, 'sys_updated_on') ?? ''),
    version: valueIn(row, 'sys_mod_count') || null,
    createdByUs: author !== '' && author === userName,
  }
}
