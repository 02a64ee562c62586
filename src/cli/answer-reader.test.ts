import { expect, it } from 'vitest'
import { readAnswer } from './answer-reader.ts'

const word = (value: string) => ({ type: 'text', value })
const strong = (value: string) => ({ type: 'strong', children: [word(value)] })
const paragraph = (...children: readonly unknown[]) => ({ type: 'paragraph', children })

it('shows the words of a rich text, because nobody reads a tree', () => {
  const text = {
    type: 'root',
    children: [paragraph(word('It '), strong('always'), word(' fails.')), paragraph(word('Help'))],
  }
  expect(readAnswer({ text }).shown('text')).toBe('It always fails. Help')
})

it('shows whatever else there is in one line, without control characters', () => {
  const answer = readAnswer({ list: ['a', 1], title: 'a\u001b[31mb\nc', nothing: null })
  expect(['list', 'title', 'nothing', 'missing'].map(answer.shown)).toEqual(['["a",1]', 'a [31mb c', '', ''])
})
