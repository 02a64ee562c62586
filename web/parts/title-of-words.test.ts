import { expect, it } from 'vitest'
import { titleOfWords } from './title-of-words.ts'

it('calls a ticket by the first sentence, since the rest stands in its description', () => {
  expect(titleOfWords(' Labels print twice. Since Monday, on 4.2.')).toBe('Labels print twice')
  expect(titleOfWords('Labels print twice\nSince Monday')).toBe('Labels print twice')
})

it('does not take the point of a version for an end', () => {
  expect(titleOfWords('Since 4.2 labels print twice!')).toBe('Since 4.2 labels print twice')
})

it('ends a long one at a word, and one word without an end somewhere', () => {
  expect(titleOfWords('labels '.repeat(40))).toMatch(/^(labels ){17}…$/)
  expect(titleOfWords('x'.repeat(400)).length).toBeLessThan(130)
})
