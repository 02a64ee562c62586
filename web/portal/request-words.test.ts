import { expect, it } from 'vitest'
import { standingInWords } from '../../src/domain/ticket-words.ts'
import { TICKET_STATES } from '../../src/domain/words.ts'
import { de } from '../texts/de.ts'
import { en } from '../texts/en.ts'
import { standingTone, standingWords, tellingWord } from './request-words.ts'

it('says in English what the server says, but for the word for a request', () => {
  for (const state of TICKET_STATES) {
    const standing = standingInWords(state, null)
    expect(standingWords({ state, standing }, en).replace('request', 'ticket')).toBe(standing)
  }
})

it('knows that we wait for them, and shows it as their move', () => {
  const request = { state: 'waiting', standing: standingInWords('waiting', 'customer') } as const
  expect(standingWords(request, de)).toBe(de.portal.standing['waiting for you'])
  expect(standingTone(request)).toBe('move')
  const other = { state: 'waiting', standing: standingInWords('waiting', 'release') } as const
  expect(standingWords(other, de)).toBe(de.portal.standing.waiting)
})

it('looks for the longest word, and for none when all are short', () => {
  expect(tellingWord('The harbour stops at night')).toBe('harbour')
  expect(tellingWord('Größenänderung geht nicht')).toBe('Größenänderung')
  expect(tellingWord('it is so')).toBeNull()
})
