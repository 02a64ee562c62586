import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { areAllGiven, askedKeys, checkKey, FREEZE_KEY, type GivenKey, keyNameOf } from './change-approval.ts'
import { type ApprovalRule, DEFAULT_CHANGE_RULES } from './change-rules.ts'
import { changeRulesFrom } from './read-change-rules.ts'
import { RISK_LEVELS } from './words.ts'

const RULES = DEFAULT_CHANGE_RULES.approvals
const normal = { kind: 'normal', level: 'low', productId: 'shop', environmentIds: ['prod'] } as const
const named = (change: Parameters<typeof askedKeys>[0], rules: readonly ApprovalRule[] = RULES) =>
  askedKeys(change, rules).map(keyNameOf)

describe('who is asked', () => {
  it('depends on the risk', () => {
    expect(RISK_LEVELS.map((level) => named({ ...normal, level }))).toEqual([
      ['product lead'],
      ['change manager'],
      ['change manager', 'product lead'],
    ])
  })

  it('are always two for an emergency, whatever the rules say', () => {
    expect(named({ ...normal, kind: 'emergency' }, [])).toEqual(['change manager', 'product lead'])
  })

  it('is nobody for a standard change: its model was approved', () => {
    expect(named({ ...normal, kind: 'standard' })).toEqual([])
  })

  it('is the change manager where no rule matches, so that no door stands open', () => {
    expect(named(normal, [])).toEqual(['change manager'])
  })

  it.each<[string, Partial<ApprovalRule>, boolean]>([
    ['matches its environment', { environmentId: 'prod' }, true],
    ['is for another environment', { environmentId: 'test' }, false],
    ['is for another product', { productId: 'bank' }, false],
    ['is for another risk', { level: 'high' }, false],
    ['is for emergencies', { kind: 'emergency' }, false],
  ])('follows a rule that %s', (_, more, isAsked) => {
    const any = { kind: null, level: null, productId: null, environmentId: null }
    const rule = { ...any, asks: { what: 'team', id: 'ops' }, ...more } as const
    expect(named(normal, [...RULES, rule, rule])).toEqual(
      isAsked ? ['product lead', 'team:ops'] : ['product lead'],
    )
  })
})

const key = (more: Partial<GivenKey> = {}): GivenKey => ({
  ...{ name: 'change manager', personId: 'olga', decision: 'approved', scope: 1 },
  ...more,
})
const giving = { name: 'product lead', personId: 'lena', holders: ['lena', 'olga'], own: ['erik'] }
const refusal = (more: Partial<typeof giving>, keys: readonly GivenKey[] = []) => {
  const checked = checkKey({ ...giving, ...more }, keys, 1)
  return checked.ok ? null : checked.error.detail
}

describe('a key', () => {
  it('is given by whoever holds it', () => expect(refusal({})).toBeNull())
  it('is not given by others', () =>
    expect(refusal({ personId: 'ada' })).toBe(
      'This key is not yours to give. The change shows who holds it.',
    ))
  it('is not given for one’s own change, though one holds it', () =>
    expect(refusal({ own: ['lena'] })).toContain('Nobody approves their own change'))
  it('is one of two that two people give', () => {
    expect(refusal({ personId: 'olga' }, [key()])).toContain('two keys are two people')
    expect(refusal({ personId: 'olga' }, [key({ name: FREEZE_KEY })])).toBeNull()
  })
  it('is given once', () => expect(refusal({ name: 'change manager' }, [key()])).toContain('already'))
  it('of an earlier plan is void', () => {
    expect(refusal({ name: 'change manager', personId: 'olga' }, [key({ scope: 0 })])).toBeNull()
    expect(areAllGiven(['change manager'], [key({ scope: 0 })], 1)).toBe(false)
    expect(areAllGiven(['change manager'], [key()], 1)).toBe(true)
  })
})

describe('rules that were stored', () => {
  it('are read as they were written', () => {
    expect(changeRulesFrom(JSON.parse(JSON.stringify(DEFAULT_CHANGE_RULES)))).toEqual(DEFAULT_CHANGE_RULES)
  })
  it('never fail to be read, whatever is there', () =>
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const rules = changeRulesFrom(value)
        expect(rules.retroApprovalHours).toBeGreaterThan(0)
        expect(changeRulesFrom(rules)).toEqual(rules)
      }),
    ))
})
