import { columnsOf, type FakeState, rowsOf, type Values } from './state.ts'

/** Answers in the shapes of the Table API. */

type Cell = string | Readonly<Record<string, string>>

const inZone = (state: FakeState, time: string): string => {
  const { offsetMinutes, dateFormat } = state.account
  const ms = Date.parse(`${time.replace(' ', 'T')}Z`)
  if (Number.isNaN(ms)) return time
  const iso = new Date(ms + offsetMinutes * 60_000).toISOString().slice(0, 19).replace('T', ' ')
  const [date = '', clock = ''] = iso.split(' ')
  return dateFormat === 'iso' ? iso : `${date.split('-').reverse().join('.')} ${clock}`
}

const labelOf = (state: FakeState, table: string, column: string, value: string): string => {
  const { language } = state.account
  const found = [...rowsOf(state, 'sys_choice').values()].find(
    (row) =>
      (row['name'] === table || row['name'] === 'task') &&
      row['element'] === column &&
      row['value'] === value &&
      row['language'] === language,
  )
  return found?.['label'] ?? value
}

/** What a journal shows in the record itself: all entries in one text, newest first, and only as a display value. */
const streamOf = (state: FakeState, id: string, column: string): string =>
  [...rowsOf(state, 'sys_journal_field').values()]
    .filter((row) => row['element_id'] === id && row['element'] === column)
    .reverse()
    .map(
      (row) =>
        `${inZone(state, row['sys_created_on'] ?? '')} - ${row['sys_created_by']} (${column})\n${row['value']}\n`,
    )
    .join('\n')

interface Shown {
  readonly value: string
  readonly display: string
  readonly link: string | null
}

const shownOf = (
  state: FakeState,
  base: string,
  table: string,
  row: Values,
  column: string,
): Shown | null => {
  const [own = '', dotted] = column.split('.', 2)
  const kind = columnsOf(table)?.[own]
  if (kind === undefined || state.account.hiddenColumns.has(`${table}.${own}`)) return null
  const value = row[own] ?? ''
  if (kind.startsWith('reference:')) {
    const target = kind.slice('reference:'.length)
    const there = rowsOf(state, target).get(value)
    if (dotted !== undefined)
      return there === undefined
        ? { value: '', display: '', link: null }
        : shownOf(state, base, target, there, dotted)
    const link = value === '' ? null : `${base}/api/now/table/${target}/${value}`
    return { value, display: there?.['name'] ?? '', link }
  }
  if (dotted !== undefined) return null
  if (kind === 'journal') return { value: '', display: streamOf(state, row['sys_id'] ?? '', own), link: null }
  if (kind === 'choice') return { value, display: labelOf(state, table, own, value), link: null }
  return { value, display: kind === 'time' ? inZone(state, value) : value, link: null }
}

export interface Form {
  readonly display: string
  readonly withoutLinks: boolean
  readonly fields: readonly string[]
}

export const formOf = (query: URLSearchParams): Form => ({
  display: query.get('sysparm_display_value') ?? 'false',
  withoutLinks: query.get('sysparm_exclude_reference_link') === 'true',
  fields: (query.get('sysparm_fields') ?? '').split(',').filter((name) => name !== ''),
})

const cellOf = ({ value, display, link }: Shown, form: Form): Cell => {
  const linked: Readonly<Record<string, string>> = link === null || form.withoutLinks ? {} : { link }
  if (form.display === 'all') return { display_value: display, value, ...linked }
  if (form.display === 'true') return 'link' in linked ? { display_value: display, ...linked } : display
  return 'link' in linked ? { ...linked, value } : value
}

/** Columns that are not there, or hidden, are left out without a word. */
export const present = (
  state: FakeState,
  base: string,
  table: string,
  row: Values,
  form: Form,
): Readonly<Record<string, Cell>> => {
  const columns = form.fields.length === 0 ? Object.keys(columnsOf(table) ?? {}) : form.fields
  return Object.fromEntries(
    columns.flatMap((column) => {
      const shown = shownOf(state, base, table, row, column)
      return shown === null ? [] : [[column, cellOf(shown, form)]]
    }),
  )
}

/** Of the Attachment API, which knows no display values. */
export const presentFile = (base: string, row: Values): Values => ({
  ...row,
  download_link: `${base}/api/now/attachment/${row['sys_id']}/file`,
})
