import { describe, expect, it } from 'vitest'
import { allows, RULES, type RuleName } from '../../src/api/access.ts'
import type { Role } from '../../src/domain/words.ts'
import type { Self } from '../api/session.ts'
import { en } from '../texts/en.ts'
import { isCustomer, roleReason, roleWords, sidesOf } from './roles.ts'

const somebody = (...roles: Role[]): Self => ({
  ...{ roles, name: 'Ada', email: null, personId: 'p-1', contactId: null, customerId: null },
  ...{ timeZone: null, language: null, takesNotices: null, mustAddFactor: false },
  defaults: { organisation: null, timeZone: null, language: null },
  may: (Object.keys(RULES) as RuleName[]).filter((rule) => allows(rule, roles)),
})

describe('of somebody with several roles', () => {
  it('all are named', () => {
    expect(roleWords(['agent', 'engineer'], en)).toBe('agent, engineer')
    expect(roleReason({ roles: ['auditor'] }, en)).toContain('role auditor')
    expect(roleReason({ roles: ['admin', 'auditor'] }, en)).toContain('roles admin, auditor')
  })

  it('the sides are those whose own words they read', () => {
    expect(sidesOf(somebody('agent'))).toEqual({ support: true, engineering: false })
    expect(sidesOf(somebody('engineer'))).toEqual({ support: false, engineering: true })
    expect(sidesOf(somebody('agent', 'engineer'))).toEqual({ support: true, engineering: true })
    expect(sidesOf(somebody('lead'))).toEqual({ support: true, engineering: true })
    expect(sidesOf(somebody('admin', 'integrator'))).toEqual({ support: false, engineering: false })
  })
})

it('shows the portal to customers of both kinds and to nobody else', () => {
  expect(isCustomer(somebody('customer'))).toBe(true)
  expect(isCustomer(somebody('customer admin'))).toBe(true)
  expect(isCustomer(somebody('owner', 'agent'))).toBe(false)
})
