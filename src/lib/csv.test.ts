import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvCell, csvLine, readCsv } from './csv.ts'

/** A reader of RFC 4180, written for this test alone. */
const cellsOf = (line: string): readonly string[] =>
  [...line.matchAll(/"((?:[^"]|"")*)"(?:,|\r\n$)/g)].map(([, cell]) => (cell ?? '').replaceAll('""', '"'))

describe('a cell', () => {
  it('never begins like a formula, so that a spreadsheet does not run what a customer wrote', () => {
    for (const text of ['=HYPERLINK("x")', '+1', '-1', '@SUM', '\tx', '\rx'])
      expect(csvCell(text)).toBe(`"'${text.replaceAll('"', '""')}"`)
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(cellsOf(csvLine([text]))[0]).not.toMatch(/^[=+\-@\t\r]/)
      }),
    )
  })

  it('is read back as it was, with an apostrophe at most', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), (cells) => {
        const read = cellsOf(csvLine(cells))
        expect(read.map((cell, at) => (cell === `'${cells[at]}` ? cells[at] : cell))).toEqual(cells)
      }),
    )
  })

  it('keeps a number a number', () => {
    expect(csvLine([-3, null, 'x'])).toBe('"-3","","x"\r\n')
  })
})

describe('reading', () => {
  it('gives back what was written', () => {
    const cell = fc.string().map((text) => `x${text.trim()}`)
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 3 }), { minLength: 1, maxLength: 5 }),
        (rows) => {
          expect(readCsv(rows.map(csvLine).join(''))).toEqual(rows)
        },
      ),
    )
  })

  it('finds the separator outside of quotes, because words hold semicolons and line ends too', () => {
    const rows = [
      ['one; two; three', 'x\r\ny'],
      ['a', 'b'],
    ]
    expect(readCsv(rows.map(csvLine).join(''))).toEqual(rows)
  })

  it.each([
    ['Excel in many countries', '\u{feff}Ticket;Issue\r\nT-1;"ENG; 1"\r\n'],
    ['a table of tabs', 'Ticket\tIssue\nT-1\tENG; 1\n\n'],
    ['no line end at the end', '"Ticket","Issue"\n"T-1","ENG; 1"'],
  ])('understands %s', (_what, text) => {
    expect(readCsv(text)).toEqual([
      ['Ticket', 'Issue'],
      ['T-1', 'ENG; 1'],
    ])
  })
})
