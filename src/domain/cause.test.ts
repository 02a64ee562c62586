import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CAUSE_STATES, type CauseFacts, minutesLost, ranked, suspect } from './cause.ts'

const IMPACT = new Date('2026-03-03T12:00:00Z')
const ago = (minutes: number): Date => new Date(IMPACT.getTime() - minutes * 60_000)
const PLAIN: CauseFacts = {
  ...{ kind: 'change', at: ago(30), isSameComponent: null, isTheirRelease: false, isTheirPlace: false },
  ...{ wentWrong: false, level: null, isEmergency: false },
}
const points = (more: Partial<CauseFacts>): number => suspect({ ...PLAIN, ...more }, IMPACT).points

describe('what is suspected', () => {
  it.each<[string, Partial<CauseFacts>]>([
    ['it touched the same component', { isSameComponent: true }],
    ['it is the release they run', { isTheirRelease: true }],
    ['it happened at their place', { isTheirPlace: true }],
    ['it went wrong', { wentWrong: true }],
    ['its risk was high', { level: 'high' }],
    ['it was an emergency', { isEmergency: true }],
  ])('is so the more when %s', (_, more) => expect(points(more)).toBeGreaterThan(points({})))

  it('is so the less when it touched something else, or lies further back', () => {
    expect(points({ isSameComponent: false })).toBeLessThan(points({}))
    expect(points({ at: ago(61) })).toBeLessThan(points({}))
    expect(points({ at: ago(25 * 60) })).toBeLessThan(points({ at: ago(61) }))
  })

  it('has a reason for every point', () =>
    fc.assert(
      fc.property(fc.nat(10_000), fc.boolean(), fc.boolean(), (minutes, wentWrong, isTheirPlace) => {
        const {
          points: sum,
          reasons,
          minutesBefore,
        } = suspect({ ...PLAIN, at: ago(minutes), wentWrong, isTheirPlace }, IMPACT)
        expect(reasons.reduce((all, one) => all + one.points, 0)).toBe(sum)
        expect(minutesBefore).toBe(minutes)
      }),
    ))

  it('is ranked between what was confirmed and what was cleared', () => {
    const all = CAUSE_STATES.flatMap((state) =>
      [10, 100].map((minutes) => ({ state, suspicion: suspect({ ...PLAIN, at: ago(minutes) }, IMPACT) })),
    )
    expect(ranked(all.toReversed()).map(({ state, suspicion }) => [state, suspicion.minutesBefore])).toEqual([
      ...[
        ['confirmed', 10],
        ['confirmed', 100],
        ['suspected', 10],
      ],
      ...[
        ['suspected', 100],
        ['cleared', 10],
        ['cleared', 100],
      ],
    ])
  })
})

it('costs from when the impact began until it was resolved, or until now', () => {
  expect(minutesLost(ago(90), IMPACT, ago(0))).toBe(90)
  expect(minutesLost(ago(90), null, ago(60))).toBe(30)
  expect(minutesLost(IMPACT, ago(5), IMPACT)).toBe(0)
})
