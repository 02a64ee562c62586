import { expect, it } from 'vitest'
import { shownValue } from './shown-value.ts'

it('shows the words of a rich text, since nobody reads its tree', () => {
  const tree = {
    type: 'root',
    children: [
      {
        type: 'paragraph',
        children: [
          { type: 'text', value: 'Export' },
          { type: 'strong', children: [{ type: 'text', value: ' fails' }] },
        ],
      },
      { type: 'paragraph', children: [{ type: 'text', value: 'over 1 MB' }] },
    ],
  }
  expect(shownValue(tree)).toBe('Export fails over 1 MB')
})

it('tells nothing from a value, however the nothing is written', () => {
  for (const empty of [null, undefined, '', '  ', [], { type: 'root', children: [] }])
    expect(shownValue(empty)).toBeNull()
  expect(shownValue(0)).toBe('0')
  expect(shownValue(false)).toBe('false')
})

it('sets several values in a line', () => {
  expect(shownValue(['a', 'b'])).toBe('a, b')
})
