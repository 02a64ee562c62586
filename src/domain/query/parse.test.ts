import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseQuery } from './parse.ts'

const terms = (text: string) => parseQuery(text, 'tickets').terms
const filters = (text: string) => parseQuery(text, 'tickets').filters

describe('a query', () => {
  it('is words, words in quotes, and words that must not be there', () => {
    expect(terms('printer "does not start" -vienna')).toEqual([
      { text: 'printer', isExact: false, isNot: false },
      { text: 'does not start', isExact: true, isNot: false },
      { text: 'vienna', isExact: false, isNot: true },
    ])
  })

  it('takes filters with one value or several, and the beginning of a word for the word', () => {
    expect(filters('status:open severity:critical,high -kind:serv customer:"Nordwind AG" owner:me')).toEqual([
      { name: 'status', values: ['open'], isNot: false },
      { name: 'severity', values: ['critical', 'high'], isNot: false },
      { name: 'kind', values: ['service request'], isNot: true },
      { name: 'customer', values: ['Nordwind AG'], isNot: false },
      { name: 'owner', values: ['me'], isNot: false },
    ])
    expect(filters('state:waiting assignee:nobody')).toMatchObject([{ name: 'status' }, { name: 'owner' }])
  })

  it('leaves a mistyped filter out and says which was meant; what is like no filter is words', () => {
    const { hints, terms: words } = parseQuery('statsu:open error:42', 'tickets')
    expect(hints[0]).toEqual({ code: 'unknown filter', name: 'statsu', value: null, choices: ['status'] })
    expect(words.map(({ text }) => text)).toEqual(['error 42'])
  })

  it('says what a filter can be when it is something else, and keeps the values that are right', () => {
    const { hints, filters: read } = parseQuery('severity:high,terrible status: created:soon', 'tickets')
    expect(read).toEqual([{ name: 'severity', values: ['high'], isNot: false }])
    expect(hints.map(({ code, name }) => [code, name])).toEqual([
      ['unknown value', 'severity'],
      ['no value', 'status'],
      ['unknown value', 'created'],
    ])
  })

  it('says so when a filter means nothing in the list, and leaves it out', () => {
    const { hints, filters: read } = parseQuery('escalated:yes needs:close status:ready', 'work-items')
    expect(read).toEqual([{ name: 'status', values: ['ready'], isNot: false }])
    expect(hints.map(({ code, name }) => [code, name])).toEqual([
      ['not here', 'escalated'],
      ['not here', 'needs'],
    ])
  })

  it('leaves times, addresses and drives the words they are', () => {
    expect(terms('12:30 https://hub.example C:\\temp').map(({ text }) => text)).toEqual([
      '12:30',
      'https://hub.example',
      'C:\\temp',
    ])
    expect(parseQuery('12:30 https://hub.example C:\\temp', 'tickets').hints).toEqual([])
  })

  it('is never an error, whatever is typed', () => {
    const anything = fc.oneof(
      fc.string(),
      fc.string({
        unit: fc.constantFrom('"', ':', ',', '-', ' ', 'a', 'status', 'created', '<', '7d', '..'),
      }),
    )
    fc.assert(
      fc.property(anything, fc.constantFrom('tickets', 'work-items'), (text, list) => {
        const query = parseQuery(text, list)
        expect(query.filters.every(({ values }) => values.length > 0)).toBe(true)
        expect(query.terms.every((term) => term.text.trim() !== '')).toBe(true)
      }),
    )
  })
})
