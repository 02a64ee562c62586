import { RemoteFault } from '../../sync/fault.ts'
import { columnsOf } from './columns.ts'
import { all, isOneOf } from './query.ts'
import type { Rest } from './rest.ts'
import { type Row, valueIn } from './schema.ts'
import { type Settings, tablesOf } from './settings.ts'

/**
 * Choice lists. A record holds a value (`2`); people know its label ("In Progress"), which an administrator words and
 * every language words anew. So labels are looked up in `sys_choice` in one language that the settings name, never
 * taken from display values, whose language is the account's.
 */

export interface Choice {
  readonly value: string
  readonly word: string
  readonly active: boolean
}

export interface Choices {
  /** What a value is called here; a value that is in no list is called by itself. */
  word(table: string, column: string, value: string): string
  /** null: no such option. */
  value(table: string, column: string, word: string): string | null
  /** In their order; null: the column has no list. */
  options(table: string, column: string): readonly Choice[] | null
}

interface Listed {
  readonly table: string
  readonly column: string
  readonly value: string
  readonly label: string
  readonly active: boolean
  readonly isWanted: boolean
}

const PAGE = 1_000
const MAX_PAGES = 10
const FALLBACK = 'en'
/** Tables of work extend this one: its lists count where a table has none of its own. */
const PARENT = 'task'

const keyOf = (table: string, column: string): string => `${table}.${column}`

const listedOf = (row: Row, language: string): Listed => ({
  table: valueIn(row, 'name') ?? '',
  column: valueIn(row, 'element') ?? '',
  value: valueIn(row, 'value') ?? '',
  label: (valueIn(row, 'label') ?? '').trim(),
  active: valueIn(row, 'inactive') !== 'true',
  isWanted: valueIn(row, 'language') === language,
})

/** One label for each value (of two languages the wanted one), and no label for two values. */
const named = (rows: readonly Listed[]): readonly Choice[] => {
  const byValue = new Map<string, Listed>()
  for (const row of rows) {
    const before = byValue.get(row.value)
    if (row.value !== '' && (before === undefined || (row.isWanted && !before.isWanted)))
      byValue.set(row.value, row)
  }
  const chosen = [...byValue.values()]
  const clashes = (row: Listed): boolean =>
    chosen.some((other) => other !== row && other.label === row.label && (other.active || !row.active))
  return chosen.map((row) => ({
    value: row.value,
    active: row.active,
    word: row.label === '' ? row.value : clashes(row) ? `${row.label} (${row.value})` : row.label,
  }))
}

const choicesOf = (rows: readonly Listed[], byLabel: boolean): Choices => {
  const lists = new Map(
    [...Map.groupBy(rows, ({ table, column }) => keyOf(table, column))].map(([key, own]) => [
      key,
      byLabel ? named(own) : named(own).map((choice) => ({ ...choice, word: choice.value })),
    ]),
  )
  const list = (table: string, column: string) =>
    lists.get(keyOf(table, column)) ?? lists.get(keyOf(PARENT, column)) ?? null
  return {
    options: list,
    word: (table, column, value) =>
      list(table, column)?.find((choice) => choice.value === value)?.word ?? value,
    value: (table, column, word) => {
      const known = list(table, column)
      if (known === null) return word
      // A value in place of its label is understood too, unless it is the label of another.
      const found =
        known.find((choice) => choice.word === word) ?? known.find((choice) => choice.value === word)
      return found?.value ?? null
    },
  }
}

const FIELDS = ['name', 'element', 'value', 'label', 'language', 'inactive', 'sequence']

const cannotSee = (): RemoteFault =>
  new RemoteFault(
    'auth',
    'the account may not read the choice lists (sys_choice): grant it, or set "Choices by" to values',
  )

export const loadChoices = async (rest: Rest, settings: Settings): Promise<Choices> => {
  const byLabel = settings.choices !== 'values'
  const language = settings.language || FALLBACK
  const columns = columnsOf(settings).filter(({ kind }) => kind === 'choice')
  const query = all(
    isOneOf('name', [...tablesOf(settings), PARENT]),
    isOneOf('element', ['state', 'priority', ...columns.map(({ name }) => name)]),
    isOneOf('language', [...new Set([language, FALLBACK])]),
    'ORDERBYsequence^ORDERBYsys_id',
  )
  const rows: Row[] = []
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const offset = page * PAGE
    const listed = await rest.list('sys_choice', { query, fields: FIELDS, limit: PAGE, offset })
    rows.push(...listed.rows)
    if (listed.rows.length === 0 && (listed.total ?? 0) > offset && byLabel) throw cannotSee()
    if ((listed.total ?? 0) <= offset + PAGE) break
  }
  return choicesOf(
    rows.map((row) => listedOf(row, language)),
    byLabel,
  )
}
