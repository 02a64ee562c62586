import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { descriptionFor, nameOf, storedName } from './file-name.ts'

describe('a file name', () => {
  it.each([
    ['a "b" 100%.txt', 'a _b_ 100_.txt'],
    ['C:\\logs\\x.log', 'x.log'],
    ['dump ü 日本.bin', 'dump ü 日本.bin'],
  ])('%s is stored as %s', (name, stored) => {
    expect(storedName(name)).toBe(stored)
  })

  it('comes back whole, whatever Redmine makes of it', () => {
    const names = fc
      .string({ minLength: 1, maxLength: 200 })
      .filter((name) => name.trim() === name && storedName(name) !== '')
    fc.assert(fc.property(names, (name) => nameOf(storedName(name), descriptionFor(name)) === name))
  })

  it("is not taken from a person's description", () => {
    expect(nameOf('x.log', 'the log of Monday')).toBe('x.log')
    expect(nameOf('x.log', '')).toBe('x.log')
  })
})
