import { describe, expect, it } from 'vitest'
import { PROBLEMS } from '../../src/api/errors.ts'
import { REASON_CODES } from '../../src/domain/refusal.ts'
import { OFFLINE, type ProblemFacts } from '../api/problem.ts'
import { de } from '../texts/de.ts'
import { en } from '../texts/en.ts'
import { grantWords, problemWords } from './problem-words.ts'

const facts = (code: string, more: Partial<ProblemFacts> = {}): ProblemFacts => ({
  ...OFFLINE,
  ...{ code, title: 'Server title', detail: 'The server says so.' },
  ...more,
})

describe('what the server refuses', () => {
  it.each(Object.keys(PROBLEMS))(
    'has words in both languages for %s, since a German screen speaks German',
    (code) => {
      expect(en.problems[code]?.title).toMatch(/\S/)
      expect(de.problems[code]?.title).toMatch(/\S/)
      expect(de.problems[code]?.detail).toMatch(/\S/)
      expect(de.problems[code]?.title).not.toBe(en.problems[code]?.title)
    },
  )

  it.each(REASON_CODES)('has words in both languages for the reason %s', (code) => {
    const booked = { environment: 'UAT', by: 'Ada', purpose: 'Regression test' }
    const reason = { code, values: { role: 'agent', names: 'X', ticket: 'T-1', ...booked } }
    const [english, german] = [en, de].map(
      (texts) => problemWords(facts('invalid', { reason }), texts).detail,
    )
    expect(english).toMatch(/\S/)
    expect(german).toMatch(/\S/)
    expect(german).not.toBe(english)
    expect(german).not.toContain('undefined')
  })

  it('is told by its reason before its code, and by its code before the server’s sentence', () => {
    const reason = { code: 'wrong-password', values: {} }
    expect(problemWords(facts('invalid', { reason }), de).detail).toBe('Das ist nicht Ihr Passwort.')
    expect(problemWords(facts('unauthenticated'), de).detail).toBe('Melden Sie sich wieder an.')
    expect(problemWords(facts('invalid'), en).detail).toBe('The server says so.')
  })

  it('keeps the server’s sentence where only that says what is wrong', () => {
    expect(problemWords(facts('invalid'), de).detail).toContain('Im Wortlaut: The server says so.')
  })

  it('passes on what a newer server says with a code or reason we do not know', () => {
    expect(problemWords(facts('brand-new'), de)).toEqual({
      title: 'Server title',
      detail: 'The server says so.',
    })
    const reason = { code: 'toString', values: {} }
    expect(problemWords(facts('invalid', { reason }), en).detail).toBe('The server says so.')
  })
})

it('says why a role cannot be given, with the role in the reader’s language', () => {
  expect(grantWords({ code: 'token-beyond-maker', role: 'engineer' }, de)).toContain(de.words.role.engineer)
  expect(grantWords(null, de)).toBeNull()
})
