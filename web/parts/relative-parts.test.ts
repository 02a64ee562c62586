import { expect, it } from 'vitest'
import { lastingParts, relativeParts } from './relative-parts.ts'

it('takes the largest unit that fits, towards now', () => {
  const minute = 60_000
  expect(relativeParts(-20_000)).toEqual({ value: 0, unit: 'second' })
  expect(relativeParts(-90 * minute)).toEqual({ value: -1, unit: 'hour' })
  expect(relativeParts(-26 * 60 * minute)).toEqual({ value: -1, unit: 'day' })
  expect(relativeParts(3 * 24 * 60 * minute)).toEqual({ value: 3, unit: 'day' })
  expect(relativeParts(-400 * 24 * 60 * minute)).toEqual({ value: -1, unit: 'year' })
})

it('says of what lasts how long, and not how long ago it began', () => {
  const minute = 60_000
  expect(lastingParts(130 * minute)).toEqual({ value: 2, unit: 'hour', isLess: false })
  expect(lastingParts(20_000)).toEqual({ value: 1, unit: 'minute', isLess: true })
  // a clock that is a little behind the server's
  expect(lastingParts(-5 * minute)).toEqual({ value: 1, unit: 'minute', isLess: true })
})
