import { describe, expect, it } from 'vitest'
import { type KeyPlace, type KeyPress, keyCaps, lookUp, nameOfPress } from './keys.ts'

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  ...{ key, ctrlKey: false, metaKey: false, altKey: false },
  ...more,
})
const page: KeyPlace = { isTyping: false, isInDialog: false, isOnControl: false }
const offered = ['j', 't', 'g t', 'g w', 'mod+k', 'Enter', '?']
const look = (
  key: KeyPress,
  place: Partial<KeyPlace> = {},
  pending: string | null = null,
  singleKeys = true,
) => lookUp(key, { ...page, ...place }, pending, offered, { singleKeys })

describe('a single key', () => {
  it('means something on the page', () => {
    expect(look(press('j')).found).toBe('j')
    expect(look(press('J')).found).toBe('j')
    expect(look(press('?')).found).toBe('?')
  })

  it('is only a letter while somebody types, in a dialog, or when the reader switched single keys off', () => {
    expect(look(press('j'), { isTyping: true }).found).toBeNull()
    expect(look(press('j'), { isInDialog: true }).found).toBeNull()
    expect(look(press('j'), {}, null, false).found).toBeNull()
  })

  it('means something else with Shift only where that is offered', () => {
    const shifted = press('J', { shiftKey: true })
    expect(look(shifted).found).toBe('j')
    expect(lookUp(shifted, page, null, ['j', 'shift+j'], { singleKeys: true }).found).toBe('shift+j')
    expect(keyCaps('shift+j', false)).toEqual(['Shift', 'J'])
  })

  it('leaves Enter to the button that has the focus', () => {
    expect(look(press('Enter')).found).toBe('Enter')
    expect(look(press('Enter'), { isOnControl: true }).found).toBeNull()
    expect(look(press('j'), { isOnControl: true }).found).toBe('j')
  })
})

describe('a sequence', () => {
  it('waits for its second key, which then means the sequence and not itself', () => {
    expect(look(press('g'))).toEqual({ found: null, pending: 'g' })
    expect(look(press('t'), {}, 'g')).toEqual({ found: 'g t', pending: null })
  })

  it('is forgotten by a key that does not go on with it', () => {
    expect(look(press('j'), {}, 'g')).toEqual({ found: 'j', pending: null })
    expect(look(press('x'), {}, 'g')).toEqual({ found: null, pending: null })
  })

  it('survives a modifier that is pressed on the way', () => {
    expect(look(press('Shift'), {}, 'g')).toEqual({ found: null, pending: 'g' })
  })
})

describe('a chord', () => {
  it('works while typing, with either modifier', () => {
    expect(look(press('k', { ctrlKey: true }), { isTyping: true }).found).toBe('mod+k')
    expect(look(press('k', { metaKey: true }), {}, null, false).found).toBe('mod+k')
  })

  it('does not reach through an open dialog, and is nobody else’s', () => {
    expect(look(press('k', { ctrlKey: true }), { isInDialog: true }).found).toBeNull()
    expect(look(press('j', { ctrlKey: true })).found).toBeNull()
  })

  it('never is one with Alt, nor a key of a word that is still composed', () => {
    expect(nameOfPress(press('t', { altKey: true }))).toBeNull()
    expect(nameOfPress(press('t', { isComposing: true }))).toBeNull()
  })
})

it('shows keys as they are written on the keyboard', () => {
  expect(keyCaps('mod+k', false)).toEqual(['Ctrl', 'K'])
  expect(keyCaps('mod+k', true)).toEqual(['⌘', 'K'])
  expect(keyCaps('g t', false)).toEqual(['G', 'T'])
})
