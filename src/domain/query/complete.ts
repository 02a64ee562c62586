import { type FilterName, filterNamed, filterRule, filtersOf, type QueryList, wordsOf } from './filters.ts'
import { quote, type Token, tokensOf } from './tokens.ts'

/** What can stand where the cursor is: the text as it would be then, and where the cursor would be. */
export interface Completion {
  readonly label: string
  readonly text: string
  readonly cursor: number
}

/** What is being written at the cursor: a filter's name (or a word), or one of its values. */
export type Writing =
  | { readonly of: 'name'; readonly typed: string; readonly from: number; readonly to: number }
  | {
      readonly of: 'value'
      readonly name: FilterName
      readonly typed: string
      readonly from: number
      readonly to: number
    }

const AGES = ['today', '<7d', '<30d', '>30d'] as const

export const writingAt = (text: string, cursor: number): Writing | null => {
  const token = tokensOf(text).find(({ from, to }) => from < cursor && cursor <= to)
  if (token === undefined) return { of: 'name', typed: '', from: cursor, to: cursor }
  if (token.isExact) return null
  const from = token.from + (token.isNot ? 1 : 0)
  if (token.name === null) return { of: 'name', typed: text.slice(from, cursor), from, to: token.to }
  const name = filterNamed(token.name)
  return name === null ? null : valueAt(text, cursor, token, name)
}

const valueAt = (text: string, cursor: number, token: Token, name: FilterName): Writing => {
  const written = text.slice(0, cursor)
  const from = Math.max(written.lastIndexOf(':'), written.lastIndexOf(',')) + 1
  const comma = text.indexOf(',', cursor)
  const to = comma < 0 || comma > token.to ? token.to : comma
  return { of: 'value', name, typed: text.slice(from, cursor).replaceAll('"', ''), from, to }
}

/** `known`: names the server has found for a filter that takes names, such as customers. */
export const completionsFor = (
  text: string,
  cursor: number,
  list: QueryList,
  known: readonly string[] = [],
): readonly Completion[] => {
  const writing = writingAt(text, cursor)
  if (writing === null) return []
  const put = (label: string, written: string): Completion => ({
    label,
    text: `${text.slice(0, writing.from)}${written}${text.slice(writing.to)}`,
    cursor: writing.from + written.length,
  })
  const begins = (word: string): boolean => word.toLowerCase().startsWith(writing.typed.toLowerCase())
  if (writing.of === 'name')
    return filtersOf(list)
      .filter(begins)
      .map((name) => put(`${name}:`, `${name}:`))
  const rule = filterRule(writing.name)
  if (rule.kind === 'ref') {
    // the server has looked for the names already, in the middle of them too
    const special = (rule.special ?? []).filter(begins)
    return [...special, ...known].map((value) => put(value, `${quote(value)} `))
  }
  const words = rule.kind === 'time' ? AGES : wordsOf(writing.name, list)
  return words.filter(begins).map((value) => put(value, `${quote(value)} `))
}
