import { expect, it } from 'vitest'
import { standingInWords } from '../../src/domain/ticket-words.ts'
import { TICKET_STATES } from '../../src/domain/words.ts'
import { de } from '../texts/de.ts'
import { en } from '../texts/en.ts'
import { standingTone, standingWords } from './request-words.ts'

it('says in English what the server says, but for the word for a request', () => {
  for (const state of TICKET_STATES)
    expect(standingWords({ state, waitsForYou: false }, en).replace('request', 'ticket')).toBe(
      standingInWords(state, null),
    )
})

it('shows that we wait for them as their move, and waiting for anything else as ours', () => {
  const theirs = { state: 'waiting', waitsForYou: true } as const
  expect(standingWords(theirs, de)).toBe(de.portal.standing['waiting for you'])
  expect(standingTone(theirs)).toBe('move')
  expect(standingWords({ ...theirs, waitsForYou: false }, de)).toBe(de.portal.standing.waiting)
})
