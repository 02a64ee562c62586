import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareVersions } from './version-order.ts'

const number = fc.oneof(fc.nat(3), fc.constantFrom(9, 10, 99, 2026))
const numbers = fc
  .tuple(fc.array(number, { minLength: 1, maxLength: 4 }), fc.constantFrom('.', '-', '_'))
  .map(([parts, between]) => parts.join(between))
const word = fc.constantFrom('rc', 'alpha', 'b', 'beta', 'hotfix', 'final', 'k', 'SNAPSHOT', 'acme')
const suffix = fc.tuple(fc.constantFrom('', '-', '.', '_', ' '), word, fc.constantFrom('', '.', '-'), number)
const version = fc
  .tuple(
    fc.constantFrom('', 'v', 'Shop ', 'release-', 'log4j-', 'REL_'),
    numbers,
    fc.option(suffix, { nil: [] }),
    fc.constantFrom('', '+17'),
  )
  .map(([name, digits, more, built]) => `${name}${digits}${more.join('')}${built}`)

describe('versions', () => {
  it('stand in one order, whatever their names: each pair is told the same way round, and no three in a ring', () => {
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        const [ab, bc, ac] = [compareVersions(a, b), compareVersions(b, c), compareVersions(a, c)]
        expect(ab).toBe(-(compareVersions(b, a) ?? 0) + 0)
        expect(compareVersions(a, a)).toBe(0)
        if (ab !== null && bc !== null && ab <= 0 && bc <= 0) expect(ac).toBe(ab === 0 ? bc : -1)
      }),
      { numRuns: 3_000 },
    )
  })

  it.each([
    ['1.9', '1.10'],
    ['Shop 2.9.3', 'v2.10'],
    ['2.0-rc.9', '2.0-rc.10'],
    ['2.0-rc.1', '2.0'],
    ['2.0rc1', '2.0'],
    ['2.0 RC 1', '2.0'],
    ['2.0-alpha.3', '2.0-beta.2'],
    ['2.0b9', '2.0rc1'],
    ['1.0.1-0', '1.0.1'],
    ['4.3-SNAPSHOT', '4.3'],
    ['4.3', '4.3-hotfix.1'],
    ['1.0.2', '1.0.2k'],
    ['1.0.2j', '1.0.2k'],
    ['2026-01-15', '2026-02-01'],
    ['release-2026-01-15', 'release-2026-01-16'],
    ['REL_16_1', 'REL_16_2'],
    ['REL_16_BETA2', 'REL_16_RC1'],
    ['log4j-2.9', 'log4j-2.17'],
    ['shop2-1.4', 'shop2-1.5'],
    ['20260101123456789012', '20260101123456789013'],
  ])('%s is before %s', (earlier, later) => {
    expect(compareVersions(earlier, later)).toBe(-1)
    expect(compareVersions(later, earlier)).toBe(1)
  })

  it.each([
    ['2.0', '2'],
    ['v4.3', '4.3'],
    ['4.3.0.Final', '4.3'],
    ['4.3+build.5', '4.3+build.6'],
    ['4.3 (for banks)', '4.3'],
  ])('%s is %s', (one, other) => expect(compareVersions(one, other)).toBe(0))

  it('without a number are in no order, since nobody can say', () => {
    expect(compareVersions('Spring', '2.0')).toBeNull()
    expect(compareVersions('2.0', '')).toBeNull()
  })
})
