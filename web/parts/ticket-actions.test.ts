import { describe, expect, it } from 'vitest'
import { allows, RULES, type RuleName } from '../../src/api/access.ts'
import type { Role } from '../../src/domain/words.ts'
import type { Self } from '../api/session.ts'
import { en } from '../texts/en.ts'
import { reasonAgainst } from './ticket-actions.ts'

const somebody = (role: Role): Self => ({
  ...{ roles: [role], name: 'Ada', email: null, personId: 'p-1', contactId: null, customerId: null },
  ...{ timeZone: null, language: null, takesNotices: null, mustAddFactor: false },
  defaults: { organisation: null, timeZone: null, language: null },
  may: (Object.keys(RULES) as RuleName[]).filter((rule) => allows(rule, [role])),
})
const agent = somebody('agent')
const open = { state: 'open', owner: null } as const

describe('an action', () => {
  it('is refused to a role before anything else is looked at', () => {
    expect(reasonAgainst('resolve', open, somebody('engineer'), en)).toContain('engineer')
    expect(reasonAgainst('escalate', open, somebody('customer'), en)).not.toBeNull()
    expect(reasonAgainst('note', open, somebody('customer'), en)).not.toBeNull()
    // customers answer in the portal
    expect(reasonAgainst('reply', open, somebody('customer'), en)).not.toBeNull()
    expect(reasonAgainst('reply', open, agent, en)).toBeNull()
  })

  it('is refused in a state that has no place for it', () => {
    expect(reasonAgainst('reopen', open, agent, en)).toContain('open')
    expect(reasonAgainst('resolve', { ...open, state: 'closed' }, agent, en)).toContain('closed')
    expect(reasonAgainst('wake', open, agent, en)).toBe(en.reasons.notWaiting)
  })

  it('is not offered again to who has the ticket', () => {
    expect(reasonAgainst('take', open, agent, en)).toBeNull()
    expect(reasonAgainst('take', { ...open, owner: { id: 'p-1', name: 'Ada' } }, agent, en)).toBe(
      en.reasons.yours,
    )
    expect(reasonAgainst('take', open, { ...agent, personId: null }, en)).toBe(en.reasons.noPerson)
  })

  it('names the work item that a ticket is with already', () => {
    const inside = { escalation: { state: 'accepted' }, workItem: { key: 'W-7' } } as never
    expect(reasonAgainst('escalate', { ...open, inside }, agent, en)).toContain('W-7')
    const ended = { escalation: { state: 'returned' }, workItem: { key: 'W-7' } } as never
    expect(reasonAgainst('escalate', { ...open, inside: ended }, agent, en)).toBeNull()
  })
})
