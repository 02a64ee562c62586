import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fitsPattern, releaseNames } from './find-home.ts'

it('a star stands for any text, and upper and lower case are one', () => {
  expect(fitsPattern('Production', 'production')).toBe(true)
  expect(fitsPattern('prod-*', 'prod-eu')).toBe(true)
  expect(fitsPattern('prod-*', 'prod')).toBe(false)
  expect(fitsPattern('*-eu-*', 'prod-eu-1')).toBe(true)
  expect(fitsPattern('a*a', 'a')).toBe(false)
  expect(fitsPattern('*ab*b', 'xab')).toBe(false)
  expect(fitsPattern('review.1', 'reviewx1')).toBe(false)
})

it('fits what its stars are replaced in, and takes no time over any of it', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '-'), maxLength: 20 })
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 6 }), text, (pieces, between) => {
      expect(fitsPattern(pieces.join('*'), pieces.join(between))).toBe(true)
    }),
  )
  expect(fitsPattern('*a'.repeat(90), 'a'.repeat(89))).toBe(false)
})

it('a ref may be a release by its tag, without the prefix, and without the v', () => {
  expect(releaseNames('refs/tags/v4.2', null)).toEqual(['refs/tags/v4.2', 'v4.2', '4.2'])
  expect(releaseNames('billing/v4.2', 'billing/')).toEqual(['billing/v4.2', 'v4.2', '4.2'])
  expect(releaseNames('main', '')).toEqual(['main'])
  expect(releaseNames('version', null)).toEqual(['version'])
})
