import { describe, expect, it } from 'vitest'
import { grantFault, tokenFault } from './grants.ts'

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
    else expect(found).toMatch(fault)
  })
})

describe('making tokens', () => {
  it.each([
    ['for a program, by an owner', ['owner'], ['integrator'], null, false, null],
    ['for a program, with what an admin has', ['admin'], ['admin'], null, false, null],
    ['for a program, with what an admin has not', ['admin'], ['agent'], null, false, /not the role agent/],
    ['for a colleague, as they are', ['admin'], ['agent'], ['agent', 'lead'], false, null],
    ['for a colleague, wider than they are', ['owner'], ['lead'], ['agent'], false, /stands for/],
    ['for an owner, by an admin', ['admin'], ['owner'], ['owner'], false, /Only an owner/],
    ['for an admin themselves', ['admin', 'agent'], ['agent'], ['admin', 'agent'], true, null],
  ] as const)('%s', (_, by, roles, holder, isSelf, fault) => {
    const found = tokenFault(by, { roles, holder, isSelf })
    if (fault === null) expect(found).toBeNull()
    else expect(found).toMatch(fault)
  })
})
