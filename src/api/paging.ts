/**
 * Cursor paging: a cursor holds the sort values of the last item shown, so that a page never skips or repeats an item
 * because others were added meanwhile. It is opaque to clients and checked like any other input.
 */
export type CursorValues = readonly (string | number | null)[]

export const DEFAULT_LIMIT = 50

export const encodeCursor = (values: CursorValues): string =>
  Buffer.from(JSON.stringify(values)).toString('base64url')

/** Null when it is not a cursor of ours with `length` values. */
export const decodeCursor = (cursor: string, length: number): CursorValues | null => {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    return Array.isArray(values) && values.length === length && values.every(isCursorValue) ? values : null
  } catch {
    return null
  }
}

const isCursorValue = (value: unknown): value is string | number | null =>
  value === null || typeof value === 'string' || typeof value === 'number'

export interface Page<T> {
  readonly items: readonly T[]
  readonly next: string | null
}

/** Makes a page of rows that were read with `limit + 1`: the extra one only says that there are more. */
export const toPage = <R, T>(
  rows: readonly R[],
  limit: number,
  present: (row: R) => T,
  cursorOf: (row: R) => CursorValues,
): Page<T> => {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map(present),
    next: rows.length > limit && last !== undefined ? encodeCursor(cursorOf(last)) : null,
  }
}
