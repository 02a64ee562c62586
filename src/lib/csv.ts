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

/**
 * Rows of a table as spreadsheets and other products write it: comma, semicolon or tab (whichever the first line has most
 * of), cells quoted or not, any line ends, a byte order mark. Empty lines are left out; a quote that is never closed ends
 * with the text.
 */
export const readCsv = (text: string): readonly (readonly string[])[] => {
  const source = text.startsWith(CSV_START) ? text.slice(CSV_START.length) : text
  const separator = separatorOf(source)
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let isQuoted = false
  const endRow = (): void => {
    row.push(cell)
    if (row.some((each) => each.trim() !== '')) rows.push(row.map((each) => each.trim()))
    row = []
    cell = ''
  }
  for (let at = 0; at < source.length; at += 1) {
    const char = source.charAt(at)
    if (isQuoted) {
      if (char !== '"') cell += char
      else if (source.charAt(at + 1) !== '"') isQuoted = false
      else {
        cell += '"'
        at += 1
      }
    } else if (char === '"' && cell.trim() === '') {
      cell = ''
      isQuoted = true
    } else if (char === separator) {
      row.push(cell)
      cell = ''
    } else if (char === '\n' || char === '\r') endRow()
    else cell += char
  }
  endRow()
  return rows
}

/** Counted outside of quotes alone: what stands in a quoted cell is a person's words. */
const separatorOf = (source: string): string => {
  const [first = ''] = source.replace(/"[^"]*(?:"|$)/g, '').split(/[\r\n]/, 1)
  const count = (separator: string): number => first.split(separator).length
  return [';', '\t'].reduce((best, one) => (count(one) > count(best) ? one : best), ',')
}
