import { expect, it } from 'vitest'
import { de } from '../texts/de.ts'
import { en } from '../texts/en.ts'
import { changeWords } from './change-words.ts'

it('says what changed in the words of the reader', () => {
  const data = { from: 'open, needs first response', to: 'waiting customer' }
  expect(changeWords(data, en)).toBe(': Needs first reply → Waits for customer')
  expect(changeWords(data, de)).toBe(': Braucht erste Antwort → Wartet auf Kunden')
})

it('shows a word it does not know as it is, and nothing where nothing changed', () => {
  expect(changeWords({ from: 'triage', to: 'elsewhere' }, en)).toBe(': Triage → elsewhere')
  expect(changeWords({ from: 'open', to: 'open' }, en)).toBe('')
  expect(changeWords({ title: 'x' }, en)).toBe('')
  expect(changeWords(undefined, en)).toBe('')
})
