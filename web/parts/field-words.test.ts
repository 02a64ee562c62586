import { expect, it } from 'vitest'
import { en } from '../texts/en.ts'
import { fieldName, pairName, ruleWords } from './field-words.ts'

it('names fields in the reader’s words, and a custom field by its own name', () => {
  expect(fieldName('root cause', en)).toBe('Root cause')
  expect(fieldName('custom.Plan', en)).toBe('Plan')
  expect(pairName('severity~cf:Severity', en)).toBe('Severity')
  expect(pairName('comment:0190', en)).toBe('A comment')
})

it('shows a field that a later version of the server knows by the server’s name rather than by none', () => {
  expect(fieldName('colour', en)).toBe('colour')
})

it('says nothing of conflicts where a field goes one way, since none can arise', () => {
  expect(ruleWords('both, hub wins', en)).toBe('Both ways, ours wins')
  expect(ruleWords('to tool, ask', en)).toBe('Only goes out')
})
