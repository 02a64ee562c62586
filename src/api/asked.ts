import type { QueryList } from '../domain/query/filters.ts'
import { parseQuery } from '../domain/query/parse.ts'
import type { Tx } from '../store/database.ts'
import { type Asked, withRecordsFound } from '../store/views/query-conditions.ts'
import type { Caller } from './caller.ts'

/** What was written into a search field, with who wrote it; empty when nothing was, or when they read nobody's words. */
export const askedBy = (
  caller: Caller,
  text: string | undefined,
  list: QueryList,
  now: Date,
): { readonly asked?: Asked } => {
  const { party, personId } = caller
  if (text === undefined || text.trim() === '' || party === null || party === 'customer') return {}
  return {
    asked: {
      query: parseQuery(text, list),
      reader: { party, personId },
      now,
    },
  }
}

/** Reads a list in the way that suits words, when it is asked for by some. */
export const listedByWords = async <F extends { readonly asked?: Asked }, T>(
  tx: Tx,
  of: 'ticket' | 'work item',
  filter: F,
  list: (filter: F) => Promise<T>,
): Promise<T> =>
  list(
    filter.asked === undefined ? filter : { ...filter, asked: await withRecordsFound(tx, of, filter.asked) },
  )
