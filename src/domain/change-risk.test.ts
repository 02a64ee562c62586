import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isOutsideHours, levelOf, RISK_PARTS, type RiskFacts, riskOf } from './change-risk.ts'

const WINDOW = { from: new Date('2026-03-03T10:00:00Z'), to: new Date('2026-03-03T11:00:00Z') }
const CALM: RiskFacts = {
  ...{ components: 1, workItems: 1, blockedItems: 0, customers: 0, hasBackOut: true, isBackOutTested: true },
  ...{
    hasTestEvidence: true,
    ended: 3,
    wentWrong: 0,
    window: WINDOW,
    isOutsideHours: false,
    isInFreeze: false,
  },
}
const some = fc.record({
  ...{ components: fc.nat(20), workItems: fc.nat(50), blockedItems: fc.nat(5), customers: fc.nat(50) },
  ...{ hasBackOut: fc.boolean(), isBackOutTested: fc.boolean(), hasTestEvidence: fc.boolean() },
  ...{ ended: fc.nat(9), wentWrong: fc.nat(9), window: fc.constantFrom(WINDOW, null) },
  ...{ isOutsideHours: fc.boolean(), isInFreeze: fc.boolean() },
})

describe('the risk of a change', () => {
  it('is the sum of parts that are all shown, and nothing else', () =>
    fc.assert(
      fc.property(some, (facts) => {
        const risk = riskOf(facts)
        expect(risk.parts.map(({ part }) => part)).toEqual(RISK_PARTS)
        expect(risk.points).toBe(risk.parts.reduce((sum, { points }) => sum + points, 0))
        expect(risk.level).toBe(levelOf(risk.points))
        for (const { points, most } of risk.parts) expect(points >= 0 && points <= most).toBe(true)
      }),
    ))

  it.each<[string, Partial<RiskFacts>]>([
    ['more is touched', { components: 4 }],
    ['more customers run it', { customers: 12 }],
    ['what it needs is not done', { blockedItems: 1 }],
    ['taking it back was not tried', { isBackOutTested: false }],
    ['nothing was tested', { hasTestEvidence: false }],
    ['the last one went wrong', { wentWrong: 1 }],
    ['nobody is there', { isOutsideHours: true }],
    ['it lies in a freeze', { isInFreeze: true }],
  ])('grows when %s', (_, more) => {
    expect(riskOf({ ...CALM, ...more }).points).toBeGreaterThan(riskOf(CALM).points)
  })

  it('is low, medium and high', () => {
    expect(riskOf(CALM).level).toBe('low')
    expect(riskOf({ ...CALM, isBackOutTested: false, hasTestEvidence: false }).level).toBe('medium')
    const worst = { hasBackOut: false, hasTestEvidence: false, wentWrong: 2 }
    expect(riskOf({ ...CALM, ...worst }).level).toBe('high')
  })
})

describe('working hours', () => {
  const outside = (from: string, to: string, zone = 'UTC') =>
    isOutsideHours({ from: new Date(from), to: new Date(to) }, { from: 8, to: 18 }, zone)
  it.each([
    ['within a day', '2026-03-03T08:00Z', '2026-03-03T18:00Z', 'UTC', false],
    ['a minute longer', '2026-03-03T08:00Z', '2026-03-03T18:01Z', 'UTC', true],
    ['over night', '2026-03-03T17:00Z', '2026-03-04T09:00Z', 'UTC', true],
    ['on a Saturday', '2026-03-07T10:00Z', '2026-03-07T11:00Z', 'UTC', true],
    [
      'at seven in London is eight in Berlin',
      '2026-03-03T07:00Z',
      '2026-03-03T08:00Z',
      'Europe/Berlin',
      false,
    ],
  ])('%s', (_, from, to, zone, expected) => expect(outside(from, to, zone)).toBe(expected))
})
