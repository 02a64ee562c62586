import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isNormalisationOf, sameToolValue, wasTaken } from './normalisation.ts'
import type { ToolValue } from './snapshot.ts'

describe('a value as a tool stores it', () => {
  it.each<[ToolValue, ToolValue]>([
    ['  Export fails ', 'Export fails'],
    ['Login Fails', 'login fails'],
    ['* one\n* two', '- one\n- two'],
    ['say <script>x</script>hello to all of us', 'say hello to all of us'],
    ['ab'.repeat(400), 'ab'.repeat(120)],
    ['7.3', 7.5],
    [7.26, 7.3],
    ['👍 ', '👍'],
  ])('%.40j shown as %.40j is still ours', (sent: ToolValue, shown: ToolValue) => {
    expect(isNormalisationOf(shown, sent)).toBe(true)
  })

  it.each<[ToolValue, ToolValue, string]>([
    ['Export fails', 'Import fails', 'a word was replaced'],
    ['Export fails', 'Export fails again', 'a word was added'],
    ['2.1.0', '2.10', 'another version'],
    ['-5', '5', 'another number'],
    [4, 3, 'somebody counted anew'],
    [4, null, 'somebody emptied it'],
    ['Since this morning nobody can log in', 'so long', 'letters that merely occur in it'],
    ['👍', '👎', 'signs have no letters'],
    [null, 'x', 'somebody filled it'],
  ])('%j shown as %j is an edit: %s', (sent: ToolValue, shown: ToolValue) => {
    expect(isNormalisationOf(shown, sent)).toBe(false)
  })

  it('is never more than was sent: what has another letter in it is an edit', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.nat(40), (text, at) => {
        const edited = `${text.slice(0, at)}Q${text.slice(at)}`
        fc.pre(!/q/iu.test(text.normalize('NFKC')))
        expect(isNormalisationOf(edited, text)).toBe(false)
      }),
    )
  })

  it('is itself, and itself in capitals, with blanks around', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (text) => {
        expect(isNormalisationOf(text, text)).toBe(true)
        expect(isNormalisationOf(`  ${text}\r\n`.trim(), `  ${text}\r\n`)).toBe(true)
      }),
    )
  })
})

describe('a write that a tool took', () => {
  it('was not taken where the old value still stands, though the old is part of the new', () => {
    expect(wasTaken('Login fails', 'Login fails since noon', 'Login fails')).toBe(false)
    expect(wasTaken('Login', 'Login fails', 'Login')).toBe(false)
    expect(wasTaken(1, 2, 1)).toBe(false)
    expect(wasTaken('2.1', '2.1.0', '2.1')).toBe(false)
  })

  it('was taken where the value changed to a form of ours, or only its form could change', () => {
    expect(wasTaken('login fails', 'Login fails', 'login fails')).toBe(true)
    expect(wasTaken('Login fails', 'Login fails since noon', 'Export')).toBe(true)
    expect(wasTaken('x', 'x', 'x')).toBe(true)
  })
})

describe('equality of what a tool shows', () => {
  it('does not count ways of being empty, line ends, the order of a set, or a number written as text', () => {
    expect(sameToolValue(null, '')).toBe(true)
    expect(sameToolValue([], undefined)).toBe(true)
    expect(sameToolValue('a\r\nb', 'a\nb')).toBe(true)
    expect(sameToolValue(['b', 'a'], ['a', 'b'])).toBe(true)
    expect(sameToolValue('4', 4)).toBe(true)
    expect(sameToolValue(0, null)).toBe(false)
    expect(sameToolValue(false, null)).toBe(false)
  })
})
