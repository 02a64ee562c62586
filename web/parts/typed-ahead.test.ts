import { describe, expect, it } from 'vitest'
import { addTyped, isForPalette } from './typed-ahead.ts'

const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey', boolean>> = {}) => ({
  ...{ key, ctrlKey: false, metaKey: false, altKey: false },
  ...held,
})

describe('what is typed before the palette is there', () => {
  it('keeps letters, also those of several code units, because they would be keys of the screen otherwise', () => {
    for (const key of ['t', 'Ü', ' ', '😀', 'Backspace', 'Enter'])
      expect(isForPalette(press(key)), key).toBe(true)
  })

  it('leaves what moves, closes or commands to who it belongs to', () => {
    for (const key of ['Escape', 'Tab', 'ArrowDown', 'F5', 'Shift'])
      expect(isForPalette(press(key)), key).toBe(false)
    expect(isForPalette(press('r', { ctrlKey: true }))).toBe(false)
    expect(isForPalette(press('v', { metaKey: true }))).toBe(false)
    expect(isForPalette(press('d', { altKey: true }))).toBe(false)
  })

  it('takes back whole letters, and chooses nothing that nobody has seen', () => {
    expect(['i', 'n', 'x', 'Backspace', 'v', 'Enter'].reduce(addTyped, '')).toBe('inv')
    expect(addTyped('a😀', 'Backspace')).toBe('a')
    expect(addTyped('', 'Backspace')).toBe('')
  })
})
