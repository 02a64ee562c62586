import { describe, expect, it } from 'vitest'
import { grantFault, grantSentence, rolesNow, tokenFault } from './grants.ts'

describe('giving roles', () => {
  it.each([
    ['an owner makes another', ['owner'], [], ['owner'], false, null],
    ['an admin makes an agent', ['admin'], [], ['agent'], false, null],
    ['an admin makes an owner', ['admin'], [], ['owner'], false, /Only an owner/],
    ['an admin takes an owner’s role away', ['admin'], ['owner'], ['agent'], false, /Only an owner/],
    ['an admin makes themselves an agent', ['admin'], ['admin'], ['admin', 'agent'], true, /themselves/],
    ['an admin gives a role up', ['admin'], ['admin', 'agent'], ['admin'], true, null],
    ['a lead makes an agent', ['lead'], [], ['agent'], false, /Owners and admins/],
    ['an integrator makes an owner', ['integrator'], [], ['owner'], false, /Owners and admins/],
  ] as const)('%s', (_, by, before, after, isSelf, fault) => {
    const found = grantFault(by, { before, after, isSelf })
    if (fault === null) expect(found).toBeNull()
    else expect(found === null ? null : grantSentence(found)).toMatch(fault)
  })
})

describe('making tokens', () => {
  it.each([
    ['for a program, by an owner', ['owner'], ['integrator'], null, false, null],
    ['for a program, with what an admin has', ['admin'], ['admin'], null, false, null],
    ['for a program, with what an admin has not', ['admin'], ['agent'], null, false, /not the role agent/],
    ['for a colleague, as they are', ['admin'], ['agent'], ['agent', 'lead'], false, null],
    ['for a colleague, wider than they are', ['owner'], ['lead'], ['agent'], false, /stands for/],
    ['for an owner themselves, narrower than they are', ['owner'], ['agent'], ['owner'], true, null],
    ['for an owner, by an admin', ['admin'], ['owner'], ['owner'], false, /Only an owner/],
    ['for an admin themselves', ['admin', 'agent'], ['agent'], ['admin', 'agent'], true, null],
  ] as const)('%s', (_, by, roles, holder, isSelf, fault) => {
    const found = tokenFault(by, { roles, holder, isSelf })
    if (fault === null) expect(found).toBeNull()
    else expect(found === null ? null : grantSentence(found)).toMatch(fault)
  })
})

describe('what a token may now', () => {
  it.each([
    ['all it was made for, while its maker may too', ['agent'], ['agent', 'lead'], ['agent']],
    ['less, when its maker lost a role', ['agent', 'lead'], ['lead'], ['lead']],
    ['nothing, when its maker lost them all', ['agent'], ['auditor'], []],
    ['nothing, when its maker is gone', ['agent'], [], []],
    ['all, made by an owner, who may everything', ['integrator'], ['owner'], ['integrator']],
    ['all, when nobody made it who could lose a role', ['owner'], null, ['owner']],
    [
      'one’s own requests, when the organisation’s were taken away',
      ['customer admin'],
      ['customer'],
      ['customer'],
    ],
    ['one’s own requests, if it was made for no more', ['customer'], ['customer admin'], ['customer']],
  ] as const)('%s', (_, roles, limit, expected) => {
    expect(rolesNow(roles, limit)).toEqual(expected)
  })
})
