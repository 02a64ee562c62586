import { expect, it } from 'vitest'
import { standingInWords } from './ticket-words.ts'
import { TICKET_STATES, WAITING_FOR } from './words.ts'

it('tells a customer whose move it is, and nothing of how we work inside', () => {
  expect(standingInWords('waiting', 'customer')).toBe('We wait for your answer.')
  const inside = WAITING_FOR.filter((one) => one !== 'customer')
  expect(new Set(inside.map((one) => standingInWords('waiting', one))).size).toBe(1)
  for (const state of TICKET_STATES)
    expect(standingInWords(state, null)).not.toMatch(/release|change|supplier|engineer|escalat|loop/i)
})
