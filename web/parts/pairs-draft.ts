import { readCsv } from '../../src/lib/csv.ts'
import type { Match } from '../api/pairs.ts'

/** How pairs are to be found, as it stands in the form. */
export interface PairsDraft {
  readonly by: Match['by']
  readonly field: string
  readonly hours: number
  /** Per cent. */
  readonly least: number
  readonly list: PairList | null
  /** Key of the connection on the other side; null: the first there is. */
  readonly other: string | null
}

/** A file of keys: its rows, and which columns count. */
export interface PairList {
  readonly name: string
  readonly rows: readonly (readonly string[])[]
  readonly hasNames: boolean
  readonly desk: number
  readonly tracker: number
}

export const MAX_PAIRS = 20_000
const HOURS = { title: 24, text: 336 } as const

export const newDraft: PairsDraft = {
  by: 'key',
  field: '',
  hours: HOURS.title,
  least: 60,
  list: null,
  other: null,
}

/** Another way, with its own usual distance in time. */
export const withWay = (draft: PairsDraft, by: Match['by']): PairsDraft => ({
  ...draft,
  by,
  ...(by === 'title' || by === 'text' ? { hours: HOURS[by] } : {}),
})

/** The first line is taken for names where it holds no digit: keys do. */
export const readPairList = (name: string, text: string): PairList => {
  const rows = readCsv(text)
  const hasNames = rows.length > 1 && !(rows[0] ?? []).some((cell) => /\d/.test(cell))
  return { name, rows, hasNames, desk: 0, tracker: 1 }
}

export const columnsOf = ({ rows }: PairList): number =>
  Math.max(0, ...rows.slice(0, 100).map((row) => row.length))

export const pairsOf = (list: PairList): NonNullable<Match['pairs']> =>
  (list.hasNames ? list.rows.slice(1) : list.rows).flatMap((row) => {
    const [desk, tracker] = [row[list.desk] ?? '', row[list.tracker] ?? '']
    return desk === '' || tracker === '' ? [] : [{ desk, tracker }]
  })

/** Which connection it is with, where there are several. */
export const otherOf = (
  { other }: PairsDraft,
  others: readonly { readonly key: string }[],
): Pick<Match, 'with'> => {
  const [first] = others
  if (first === undefined || others.length === 1) return {}
  return { with: (others.find(({ key }) => key === other) ?? first).key }
}

/** What is asked of the server; null while something is missing. */
export const matchOf = (draft: PairsDraft): Omit<Match, 'apply'> | null => {
  const { by, field, hours, least, list } = draft
  switch (by) {
    case 'key':
      return field.trim() === '' ? null : { by, field: field.trim() }
    case 'link':
      return { by }
    case 'title':
      return { by, withinHours: hours }
    case 'text':
      return { by, withinHours: hours, least: least / 100 }
    case 'list': {
      const pairs = list === null ? [] : pairsOf(list)
      return pairs.length === 0 || pairs.length > MAX_PAIRS ? null : { by, pairs }
    }
  }
}
