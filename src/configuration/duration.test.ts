import fc from 'fast-check'
import { expect, it } from 'vitest'
import { formatDuration, parseDuration } from './duration.ts'

it('reads back any span it wrote', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 999_999 }), (seconds) => {
      expect(parseDuration(formatDuration(seconds))).toBe(seconds)
    }),
  )
})

it('reads the words people use and nothing else', () => {
  expect(['30 s', '1 min', '5 minutes', '6h', '1 day', '2 days'].map(parseDuration)).toEqual([
    30, 60, 300, 21_600, 86_400, 172_800,
  ])
  expect(['', '0 s', '-1 s', '1', '1 week', '1.5 h', 'day'].map(parseDuration)).toEqual(Array(7).fill(null))
})
