/**
 * Comma-separated values (RFC 4180) that a spreadsheet does not run. A cell that begins like a formula gets an apostrophe
 * before it, as OWASP advises: a customer writes the title that a colleague opens in their spreadsheet.
 */
const FORMULA = /^[=+\-@\t\r]/

/** Null is an empty cell. Every cell is quoted, so that a line end inside it stays inside. */
export const csvCell = (value: string | number | null): string => {
  const text = value === null ? '' : String(value)
  const safe = typeof value === 'string' && FORMULA.test(text) ? `'${text}` : text
  return `"${safe.replaceAll('"', '""')}"`
}

export const csvLine = (cells: readonly (string | number | null)[]): string =>
  `${cells.map(csvCell).join(',')}\r\n`

/** Tells spreadsheets that the bytes are UTF-8. */
export const CSV_START = '\u{feff}'
