import { describe, expect, it } from 'vitest'
import {
  CRITERIA,
  changedSince,
  checkComingOut,
  checkDecision,
  checkRules,
  coveredHours,
  DEFAULT_RULES,
  type Facts,
  measure,
} from './go-live.ts'

const fine: Facts = {
  severe: { count: 0, behind: [] },
  notes: { approved: 2, all: 2, behind: [] },
  acceptance: { passed: 3, all: 3, behind: [] },
  rota: { hours: 48, covered: 48 },
  conflicts: { count: 0, behind: [] },
}
const standings = (facts: Partial<Facts>) =>
  measure({ ...fine, ...facts }, CRITERIA).map(({ standing }) => standing)

describe('the criteria of a go-live', () => {
  it('measure themselves: met, not met, or not applicable where nothing is asked', () => {
    expect(standings({})).toEqual(['met', 'met', 'met', 'met', 'met'])
    expect(
      standings({
        ...{ severe: { count: 1, behind: [] }, notes: { approved: 1, all: 2, behind: [] } },
        ...{ acceptance: { passed: 2, all: 3, behind: [] }, rota: { hours: 48, covered: 47 } },
        conflicts: { count: 1, behind: [] },
      }),
    ).toEqual(['not met', 'not met', 'not met', 'not met', 'not met'])
    const nothing = { approved: 0, passed: 0, all: 0, behind: [] }
    expect(
      standings({ notes: nothing, acceptance: nothing, rota: { hours: 0, covered: 0 }, conflicts: null }),
    ).toEqual(['met', 'not applicable', 'not applicable', 'not applicable', 'not applicable'])
  })
  it('are those that the product asks for', () => {
    expect(measure(fine, ['rota covered', 'no severe defects']).map(({ criterion }) => criterion)).toEqual([
      'no severe defects',
      'rota covered',
    ])
  })
  it('count an hour of the rota once, and none after its end', () => {
    const duty = (fromHour: number, toHour: number) => ({ fromHour, toHour })
    expect(coveredHours([duty(0, 8), duty(4, 12), duty(20, 60)], 24)).toBe(16)
    expect(coveredHours([], 48)).toBe(0)
  })
})

describe('what a product asks for', () => {
  it('always has support sign, once', () => {
    const rules = checkRules({ ...DEFAULT_RULES, roles: ['Security', 'support  lead'] })
    expect(rules.ok && rules.value.roles).toEqual(['Support lead', 'Security'])
    expect(checkRules({ ...DEFAULT_RULES, roles: ['QA', 'qa'] }).ok).toBe(false)
    expect(checkRules({ ...DEFAULT_RULES, roles: [' '] }).ok).toBe(false)
    expect(checkRules({ ...DEFAULT_RULES, roles: [...'abcdefgh'] }).ok).toBe(false)
  })
})

describe('a decision', () => {
  const asked = {
    ...({ decision: 'go', reason: null, measured: measure(fine, CRITERIA), isOver: false } as const),
    ...{ roles: ['Support lead'], signed: ['Support lead'] },
  }
  it('to go says why only against what is measured or signed; a no-go always does', () => {
    expect(checkDecision(asked).ok).toBe(true)
    expect(checkDecision({ ...asked, signed: [] }).ok).toBe(false)
    expect(checkDecision({ ...asked, signed: [], reason: 'She signs on Monday.' }).ok).toBe(true)
    const measured = measure({ ...fine, rota: { hours: 48, covered: 0 } }, CRITERIA)
    expect(checkDecision({ ...asked, measured }).ok).toBe(false)
    expect(checkDecision({ ...asked, decision: 'no-go' }).ok).toBe(false)
    expect(checkDecision({ ...asked, isOver: true, reason: 'x' }).ok).toBe(false)
  })
  it('is missed when a release comes out against a no-go, or without a go where one is needed', () => {
    expect(checkComingOut({ decided: 'go', needsGo: true, reason: null }).ok).toBe(true)
    expect(checkComingOut({ decided: null, needsGo: false, reason: null }).ok).toBe(true)
    expect(checkComingOut({ decided: null, needsGo: true, reason: null }).ok).toBe(false)
    expect(checkComingOut({ decided: 'no-go', needsGo: false, reason: null }).ok).toBe(false)
    expect(checkComingOut({ decided: 'no-go', needsGo: true, reason: 'A security fix.' }).ok).toBe(true)
  })
})

it('a sign-off holds for what was signed, and names what changed since', () => {
  const signed = { scope: 'a', notes: 'b', acceptance: 'c' }
  expect(changedSince(signed, signed)).toEqual([])
  expect(changedSince(signed, { ...signed, notes: 'x', scope: 'y' })).toEqual(['scope', 'notes'])
})
