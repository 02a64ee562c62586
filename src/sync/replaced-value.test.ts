import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type FieldStep, replacedValue } from './replaced-value.ts'

/** Changes from `A` on: who, to what. */
const history = (...changes: readonly (readonly ['us' | 'eve', string])[]): readonly FieldStep<string>[] =>
  changes.map(([who, after], at) => ({ byUs: who === 'us', before: changes[at - 1]?.[1] ?? 'A', after }))
const replaced = (...changes: readonly (readonly ['us' | 'eve', string])[]): string | undefined =>
  replacedValue(history(...changes), (value) => value === 'B')

describe('what a write replaced', () => {
  it('is the edit that came between the read and the write', () => {
    expect(replaced(['eve', 'P'], ['us', 'B'])).toBe('P')
  })

  it('is the last of several edits, for that one stood there', () => {
    expect(replaced(['eve', 'P'], ['eve', 'Q'], ['us', 'B'])).toBe('Q')
  })

  it('is nothing where the write found what had been read, also by way of another value', () => {
    expect(replaced(['us', 'B'])).toBeUndefined()
    expect(replaced(['eve', 'P'], ['eve', 'A'], ['us', 'B'])).toBeUndefined()
  })

  it('is nothing where an edit came after the write: the next look finds that', () => {
    expect(replaced(['us', 'B'], ['eve', 'P'])).toBeUndefined()
  })

  it('is nothing where no change by our account is shown: a person had set the same value', () => {
    expect(replaced(['eve', 'B'])).toBeUndefined()
    expect(replaced()).toBeUndefined()
  })

  it('does not take an edit by a person under our account for our write', () => {
    expect(replaced(['us', 'P'], ['us', 'B'], ['us', 'C'])).toBe('P')
  })

  it('is our write where the tool kept it in another form', () => {
    expect(replaced(['eve', 'P'], ['us', 'B trimmed'])).toBe('P')
  })

  it('is never what had been read, and always something that stood there', () => {
    const change = fc.tuple(fc.constantFrom<'us' | 'eve'>('us', 'eve'), fc.constantFrom('A', 'B', 'P', 'Q'))
    fc.assert(
      fc.property(fc.array(change, { maxLength: 8 }), (changes) => {
        const lost = replaced(...changes)
        return lost === undefined || (lost !== 'A' && changes.some(([, value]) => value === lost))
      }),
    )
  })
})
