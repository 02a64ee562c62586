import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { completionsFor } from './complete.ts'
import { parseQuery } from './parse.ts'

const labels = (text: string, known: readonly string[] = []) =>
  completionsFor(text, text.length, 'tickets', known).map(({ label }) => label)

describe('the search field', () => {
  it('offers filters by their beginning, and then their values', () => {
    expect(labels('printer sta')).toEqual(['status:'])
    expect(labels('severity:h')).toEqual(['high'])
    expect(labels('severity:critical,h')).toEqual(['high'])
    expect(labels('owner:')).toEqual(['me', 'nobody'])
    expect(labels('created:<')).toEqual(['<7d', '<30d'])
  })

  it('offers the names that were found, in quotes where they need them', () => {
    expect(completionsFor('customer:nord', 13, 'tickets', ['Nordwind AG'])).toEqual([
      { label: 'Nordwind AG', text: 'customer:"Nordwind AG" ', cursor: 23 },
    ])
  })

  it('offers nothing inside quotes, where words are words', () => {
    expect(labels('"sta')).toEqual([])
  })

  it('offers only what reads as the filter it stands for', () => {
    fc.assert(
      fc.property(fc.constantFrom('st', '-se', 'kind:', 'status:o', 'a b ha'), (text) => {
        for (const { text: next } of completionsFor(text, text.length, 'tickets'))
          expect(parseQuery(`${next}x`, 'tickets').hints.map(({ code }) => code)).not.toContain(
            'unknown filter',
          )
      }),
    )
  })
})
