import { describe, expect, it } from 'vitest'
import { spanOf } from './times.ts'

const now = new Date('2026-05-10T12:00:00.000Z')
const span = (text: string) => {
  const found = spanOf(text, now)
  return found && [found.from?.toISOString() ?? null, found.until?.toISOString() ?? null]
}

describe('a time', () => {
  it('is an age: younger or older than so long', () => {
    expect(span('<7d')).toEqual(['2026-05-03T12:00:00.000Z', null])
    expect(span('7d')).toEqual(span('<7d'))
    expect(span('>2h')).toEqual([null, '2026-05-10T10:00:00.000Z'])
  })

  it('is a day, before or after one, or between two of which both count', () => {
    expect(span('2026-05-01')).toEqual(['2026-05-01T00:00:00.000Z', '2026-05-02T00:00:00.000Z'])
    expect(span('today')).toEqual(['2026-05-10T00:00:00.000Z', '2026-05-11T00:00:00.000Z'])
    expect(span('>2026-05-01')).toEqual(['2026-05-02T00:00:00.000Z', null])
    expect(span('<=2026-05-01')).toEqual([null, '2026-05-02T00:00:00.000Z'])
    expect(span('2026-05-01..2026-05-03')).toEqual(['2026-05-01T00:00:00.000Z', '2026-05-04T00:00:00.000Z'])
    expect(span('2026-05-01..')).toEqual(['2026-05-01T00:00:00.000Z', null])
  })

  it('is not a day that no month has, nor half a sentence', () => {
    expect(span('2026-02-31')).toBeNull()
    expect(span('..')).toBeNull()
    expect(span('soon')).toBeNull()
  })
})
