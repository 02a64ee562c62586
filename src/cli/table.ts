/** A table with aligned columns; numbers stand at the right. Empty columns are left out. */
export interface Column<R> {
  readonly title: string
  readonly of: (row: R) => string | number | null | undefined
}

const cell = (value: string | number | null | undefined): string =>
  // a tool's text may hold escape codes: they must not reach the terminal
  value === null || value === undefined ? '' : String(value).replace(/\p{Cc}+/gu, ' ')

const MAX_CELL = 80

const cut = (text: string): string => (text.length > MAX_CELL ? `${text.slice(0, MAX_CELL - 1)}…` : text)

export const table = <R>(rows: readonly R[], columns: readonly Column<R>[]): string => {
  const filled = columns
    .map((column) => ({
      title: column.title,
      cells: rows.map((row) => cut(cell(column.of(row)))),
      right: rows.length > 0 && rows.every((row) => typeof column.of(row) === 'number'),
    }))
    .filter(({ cells }) => cells.some((text) => text !== ''))
  const widths = filled.map(({ title, cells }) => Math.max(title.length, ...cells.map((text) => text.length)))
  const line = (texts: readonly string[]): string =>
    texts
      .map((text, at) => (filled[at]?.right ? text.padStart(widths[at] ?? 0) : text.padEnd(widths[at] ?? 0)))
      .join('  ')
      .trimEnd()
  return [
    line(filled.map(({ title }) => title)),
    ...rows.map((_, index) => line(filled.map(({ cells }) => cells[index] ?? ''))),
  ]
    .map((text) => `${text}\n`)
    .join('')
}

const UNITS = [
  ['day', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
] as const

/** `3 min`, `2 days`: a span as a person says it. */
export const span = (seconds: number | null | undefined): string => {
  if (seconds === null || seconds === undefined) return ''
  const [unit, size] = UNITS.find(([, at]) => seconds >= at) ?? UNITS[3]
  const count = Math.floor(seconds / size)
  return `${count} ${unit}${unit === 'day' && count > 1 ? 's' : ''}`
}

/** A count with its noun: `1 hold`, `2 holds`. */
export const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`
