import { describe, expect, it } from 'vitest'
import { checkPassword, hashPassword, passwordFault } from './password.ts'

describe('a kept password', () => {
  it('lets in who knows it, and nobody else', async () => {
    const kept = await hashPassword('correct horse battery')
    expect(await checkPassword('correct horse battery', kept)).toBe(true)
    expect(await checkPassword('correct horse batterY', kept)).toBe(false)
  })

  it('looks different each time, and holds nothing of the password', async () => {
    const [one, two] = await Promise.all([hashPassword('correct horse'), hashPassword('correct horse')])
    expect(one).not.toBe(two)
    expect(one).not.toContain('horse')
  })

  it('is the same however its letters were typed', async () => {
    const kept = await hashPassword('gr\u00fc\u00dfe aus k\u00f6ln')
    expect(await checkPassword('gru\u0308\u00dfe aus ko\u0308ln', kept)).toBe(true)
  })

  it('is never right where there is none, or where what is kept was damaged', async () => {
    expect(await checkPassword('anything at all', null)).toBe(false)
    expect(await checkPassword('anything at all', 'scrypt$1$1')).toBe(false)
  })
})

describe('passwordFault', () => {
  it.each([
    ['too short', 'only eleven', /at least 12/],
    ['one letter over and over', 'aaaaaaaaaaaaaaa', /too few different/],
    ['a name and a year', 'anna.berger2026', /too near/],
    ['the product and a number', 'Causeway-1234', /too near/],
  ])('refuses one that is %s', (_, text, why) => {
    expect(passwordFault(text, ['Anna Berger', 'causeway'])?.detail).toMatch(why)
  })

  it.each(['correct horse battery', 'anna berger likes walking on ice', '密码密码正确马电池订书钉很好'])(
    'takes “%s”',
    (text) => {
      expect(passwordFault(text, ['Anna Berger', 'causeway'])).toBeNull()
    },
  )
})
