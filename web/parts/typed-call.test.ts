import { describe, expect, it } from 'vitest'
import { readCall, stillNamed } from './typed-call.ts'

const BOTH = { people: true, macros: true }

describe('what is typed', () => {
  it.each([
    ['@', 'person', '', 1],
    ['ask @an', 'person', 'an', 3],
    ['ask @Anna B', 'person', 'Anna B', 7],
    ['(@jö', 'person', 'jö', 3],
    ['/', 'macro', '', 1],
    ['/thank you', 'macro', 'thank you', 10],
    ['Hello\n/re', 'macro', 're', 3],
  ] as const)('%j calls', (text, kind, query, length) => {
    expect(readCall(text, BOTH)).toEqual({ kind, query, length })
  })

  it.each(['mail anna@example.com', 'a/b', 'see /etc/passwd', '1/2', '@Anna Berg and so', 'x'.repeat(50)])(
    '%j calls nobody, because people write such things',
    (text) => expect(readCall(text, BOTH)).toBeNull(),
  )

  it('calls no colleague where a customer reads', () => {
    expect(readCall('@an', { people: false, macros: true })).toBeNull()
  })
})

it('calls only those whose names were left in the words', () => {
  const people = [{ name: 'Anna Berg' }, { name: 'Ben_2' }, { name: 'Eva' }]
  expect(stillNamed('@Anna Berg and @Ben\\_2, look', people)).toEqual([people[0], people[1]])
})
