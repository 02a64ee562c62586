import { RemoteFault } from '../../sync/fault.ts'
import type { ToolField, ToolFields, ToolValue } from '../../sync/snapshot.ts'
import { type Column, columnsOf, requesterColumn } from './columns.ts'
import type { Directory } from './directory.ts'
import { htmlToText, textToHtml } from './journal.ts'
import type { Body } from './rest.ts'
import { type Row, valueIn } from './schema.ts'
import type { Settings } from './settings.ts'
import { fromIso } from './times.ts'

/**
 * Neutral values → what is sent, always values and never display values. ServiceNow stores whatever it is given: an
 * option that is in no list, a reference to nobody. So what cannot be is refused here, before anything is written.
 */

export interface Written {
  readonly field: ToolField
  readonly column: Column
  readonly value: string
}

export const entriesOf = (fields: ToolFields): readonly (readonly [ToolField, ToolValue])[] =>
  Object.entries(fields).flatMap(([field, value]) =>
    value === undefined ? [] : [[field as ToolField, value] as const],
  )

const invalid = (field: ToolField, detail: string): RemoteFault =>
  new RemoteFault('invalid', detail, { field })

const shown = (value: ToolValue): string => JSON.stringify(value).slice(0, 80)

const text = (field: ToolField, value: ToolValue): string => {
  if (value === null) return ''
  if (Array.isArray(value)) throw invalid(field, `${field} holds one value in ServiceNow`)
  return String(value)
}

const STANDARD: Readonly<Record<string, Column>> = {
  title: { name: 'short_description', kind: 'text', table: null },
  description: { name: 'description', kind: 'text', table: null },
  status: { name: 'state', kind: 'choice', table: null },
  due: { name: 'due_date', kind: 'date', table: null },
}

/** null: a field that is not written, because it says nothing (`url`, the container it is in). */
const columnFor = (
  field: ToolField,
  value: ToolValue,
  table: string,
  columns: readonly Column[],
): Column | null => {
  const standard = STANDARD[field]
  if (standard !== undefined) return standard
  if (field === 'owner') return { name: 'assigned_to', kind: 'reference', table: 'sys_user' }
  if (field === 'requester') return { name: requesterColumn(table), kind: 'reference', table: 'sys_user' }
  if (field === 'container' && value === table) return null
  if (field === 'container') throw invalid(field, 'a record of ServiceNow cannot move to another table')
  if (field === 'priority')
    throw invalid(field, 'ServiceNow computes the priority: write cf:impact and cf:urgency')
  const column = field.startsWith('cf:')
    ? columns.find(({ name }) => name === field.slice('cf:'.length))
    : undefined
  if (column !== undefined) return column
  throw invalid(field, `${field} is not among the columns of this connection`)
}

export const openEncoder = (directory: Directory, settings: Settings) => {
  const columns = columnsOf(settings)

  const choice = async (field: ToolField, column: Column, table: string, word: string): Promise<string> => {
    const value = (await directory.choices()).value(table, column.name, word)
    if (value !== null) return value
    throw invalid(field, `"${word.slice(0, 80)}" is no option of ${column.name} in ServiceNow`)
  }

  const reference = async (field: ToolField, { table }: Column, word: string): Promise<string> => {
    if (table === 'sys_user') {
      if (await directory.isPerson(word)) return word
      throw invalid(field, `nobody in ServiceNow has the id "${word.slice(0, 80)}"`)
    }
    const id = table === null ? null : await directory.target(table, word)
    if (id !== null) return id
    throw invalid(field, `"${word.slice(0, 80)}" is nothing, or several things, in ${table}`)
  }

  const encode = async (
    field: ToolField,
    value: ToolValue,
    column: Column,
    table: string,
  ): Promise<string> => {
    const plain = text(field, value)
    if (plain === '') return ''
    switch (column.kind) {
      case 'choice':
        return choice(field, column, table, plain)
      case 'reference':
        return reference(field, column, plain)
      case 'date': {
        const time = fromIso(plain)
        if (time === null) throw invalid(field, `${shown(value)} is no date`)
        return time
      }
      case 'number':
        if (!Number.isFinite(Number(plain))) throw invalid(field, `${shown(value)} is no number`)
        return plain
      case 'flag':
        return plain === 'true' || plain === '1' ? 'true' : 'false'
      case 'html':
        return textToHtml(plain)
      case 'text':
        return plain
    }
  }

  return async (table: string, fields: ToolFields): Promise<readonly Written[]> => {
    const written: Written[] = []
    for (const [field, value] of entriesOf(fields)) {
      if (field === 'url') continue
      const column = columnFor(field, value, table, columns)
      if (column !== null) written.push({ field, column, value: await encode(field, value, column, table) })
    }
    return written
  }
}

export const bodyOf = (written: readonly Written[]): Body =>
  Object.fromEntries(written.map(({ column, value }) => [column.name, value]))

const same = (column: Column, sent: string, got: string): boolean => {
  const plain = (value: string): string => value.replace(/\r\n?/g, '\n').trimEnd()
  switch (column.kind) {
    case 'html':
      return htmlToText(sent) === htmlToText(got)
    case 'number':
      return Number(sent) === Number(got) && (sent === '') === (got === '')
    case 'flag':
      return sent === got || (sent === 'true') === (got === 'true' || got === '1')
    case 'date':
      // A column of days keeps the day of a time, and a column of times begins a day at midnight.
      return sent === got || (sent !== '' && got !== '' && (sent.startsWith(got) || got.startsWith(sent)))
    default:
      return plain(sent) === plain(got)
  }
}

/** What was sent and is not there: a column the account may not write is left out with 200. */
export const notTaken = (written: readonly Written[], row: Row): Written | null =>
  written.find(({ column, value }) => {
    const got = valueIn(row, column.name)
    return got === undefined ? value !== '' : !same(column, value, got)
  }) ?? null
