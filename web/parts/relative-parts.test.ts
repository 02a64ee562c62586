import { expect, it } from 'vitest'
import { relativeParts } from './relative-parts.ts'

it('takes the largest unit that fits, towards now', () => {
  const minute = 60_000
  expect(relativeParts(-20_000)).toEqual({ value: 0, unit: 'second' })
  expect(relativeParts(-90 * minute)).toEqual({ value: -1, unit: 'hour' })
  expect(relativeParts(-26 * 60 * minute)).toEqual({ value: -1, unit: 'day' })
  expect(relativeParts(3 * 24 * 60 * minute)).toEqual({ value: 3, unit: 'day' })
  expect(relativeParts(-400 * 24 * 60 * minute)).toEqual({ value: -1, unit: 'year' })
})
