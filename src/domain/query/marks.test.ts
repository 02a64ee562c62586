import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { excerptOf, markedPieces } from './marks.ts'
import { parseQuery } from './parse.ts'

const terms = (text: string) => parseQuery(text, 'tickets').terms
const hits = (text: string, query: string) =>
  markedPieces(text, terms(query)).flatMap(({ text: piece, isHit }) => (isHit ? [piece] : []))

describe('what is marked', () => {
  it('is whole words by their beginning, in any case, and codes whatever stands between their parts', () => {
    expect(hits('The Printers print; a blueprint does not', 'print')).toEqual(['Printers', 'print'])
    expect(hits('Fehler ERR-42 und err.42', 'err-42')).toEqual(['ERR-42', 'err.42'])
  })

  it('is exact words only as they are, and never what must not be there', () => {
    expect(hits('does not start, does not starting', '"does not start"')).toEqual(['does not start'])
    expect(hits('one two', 'one -two')).toEqual(['one'])
  })

  it('is the same text when the pieces are put together', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, query) => {
        expect(
          markedPieces(text, terms(query))
            .map((piece) => piece.text)
            .join(''),
        ).toBe(text)
      }),
    )
  })
})

describe('an excerpt', () => {
  it('is the part around the first hit, cut between words', () => {
    const text = `${'before '.repeat(40)}the badge printer${' after'.repeat(80)}`
    const found = excerptOf(text, terms('printer')) ?? ''
    expect(found).toContain('badge printer after')
    expect(found.startsWith('… before')).toBe(true)
    expect(found.endsWith('after …')).toBe(true)
    expect(found.length).toBeLessThan(220)
  })

  it('is nothing when the words are not there', () => {
    expect(excerptOf('something else', terms('printer'))).toBeNull()
  })
})
