import { nearest } from '../../lib/nearest.ts'
import { type FilterName, filterNamed, filterRule, filtersOf, type QueryList, wordsOf } from './filters.ts'
import { spanOf } from './times.ts'
import { type Token, tokensOf } from './tokens.ts'

/** Words that must be there, or with `isNot` must not. `isExact`: one after the other, as they are written. */
export interface Term {
  readonly text: string
  readonly isExact: boolean
  readonly isNot: boolean
}

/** Any of the values; with `isNot` none of them. */
export interface QueryFilter {
  readonly name: FilterName
  readonly values: readonly string[]
  readonly isNot: boolean
}

/** Something that was typed and counts for nothing, or not as it was meant. */
export interface Hint {
  readonly code: 'unknown filter' | 'not here' | 'no value' | 'unknown value'
  readonly name: string
  readonly value: string | null
  /** What was perhaps meant, or what can be chosen from. */
  readonly choices: readonly string[]
}

export interface Query {
  readonly terms: readonly Term[]
  readonly filters: readonly QueryFilter[]
  readonly hints: readonly Hint[]
}

const MAX_TERMS = 12
const MAX_VALUES = 20

/** Reads a query for one list. Never fails: what cannot be read becomes a hint, and what is left still counts. */
export const parseQuery = (text: string, list: QueryList): Query => {
  const terms: Term[] = []
  const filters: QueryFilter[] = []
  const hints: Hint[] = []
  for (const token of tokensOf(text)) {
    if (token.name === null) terms.push(...termsOf(token))
    else {
      const name = filterNamed(token.name)
      if (name === null) {
        const hint = unknownFilter(token.name, list)
        hints.push(hint)
        // far from every filter it was perhaps meant as words: `error:42`
        if (hint.choices.length > 1)
          terms.push(...termsOf({ ...token, values: [`${token.name} ${token.values.join(' ')}`] }))
      } else {
        const read = filterOf(token, name, list)
        hints.push(...read.hints)
        if (read.filter !== null) filters.push(read.filter)
      }
    }
  }
  return { terms: terms.slice(0, MAX_TERMS), filters, hints }
}

const termsOf = ({ values, isExact, isNot }: Pick<Token, 'values' | 'isExact' | 'isNot'>): readonly Term[] =>
  values.flatMap((value) => (wordsIn(value).length === 0 ? [] : [{ text: value.trim(), isExact, isNot }]))

/** The words in a text as the index has them: letters and digits, whatever stands between. */
export const wordsIn = (text: string): readonly string[] => text.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []

const unknownFilter = (name: string, list: QueryList): Hint => {
  const meant = nearest(name, filtersOf(list))
  return {
    code: 'unknown filter',
    name,
    value: null,
    choices: meant === null ? filtersOf(list) : [meant],
  }
}

const filterOf = (
  token: Token,
  name: FilterName,
  list: QueryList,
): { readonly filter: QueryFilter | null; readonly hints: readonly Hint[] } => {
  const hint = (code: Hint['code'], value: string | null, choices: readonly string[]): Hint => ({
    ...{ code, name, value, choices },
  })
  if (!filterRule(name).lists.includes(list))
    return { filter: null, hints: [hint('not here', null, filtersOf(list))] }
  if (token.values.length === 0) return { filter: null, hints: [hint('no value', null, wordsOf(name, list))] }
  const read = token.values
    .slice(0, MAX_VALUES)
    .map((typed) => ({ typed, value: knownValue(name, list, typed) }))
  const values = read.flatMap(({ value }) => (value === null ? [] : [value]))
  const hints = read
    .filter(({ value }) => value === null)
    .map(({ typed }) => hint('unknown value', typed, wordsOf(name, list)))
  return { filter: values.length === 0 ? null : { name, values, isNot: token.isNot }, hints }
}

/** As the list knows it: `service-request` and the beginning `serv` are `service request`. Null: nothing of that. */
const knownValue = (name: FilterName, list: QueryList, typed: string): string | null => {
  const rule = filterRule(name)
  if (rule.kind === 'time') return spanOf(typed, new Date(0)) === null ? null : typed.toLowerCase()
  if (rule.kind === 'ref') return typed.trim() === '' ? null : typed.trim()
  const words = wordsOf(name, list)
  const plain = typed.toLowerCase().replaceAll(/[-_]/g, ' ').trim()
  const begins = words.filter((word) => plain !== '' && word.startsWith(plain))
  return words.find((word) => word === plain) ?? (begins.length === 1 ? (begins[0] ?? null) : null)
}
