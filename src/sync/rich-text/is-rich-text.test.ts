import { describe, expect, it } from 'vitest'
import { emptyText, isRichText, plainText } from './index.ts'

const root = (...children: readonly unknown[]): unknown => ({ type: 'root', children })
const paragraph = (...children: readonly unknown[]): unknown => ({ type: 'paragraph', children })

const nested = (depth: number): unknown => {
  let block = paragraph({ type: 'text', value: 'x' })
  for (let level = 0; level < depth; level += 1) block = { type: 'blockquote', children: [block] }
  return root(block)
}

describe('isRichText', () => {
  it('takes what our readers make', () => {
    expect(isRichText(emptyText)).toBe(true)
    expect(isRichText(plainText('a\nb\n\nc'))).toBe(true)
    expect(
      isRichText(
        root(
          { type: 'opaque', source: '<x>', label: 'macro' },
          paragraph({ type: 'mention', name: 'jane', id: '1' }),
        ),
      ),
    ).toBe(true)
  })

  it.each([
    ['nothing', null],
    ['a text', 'x'],
    ['another node', paragraph()],
    ['positions, which say nothing', root({ type: 'paragraph', children: [], position: {} })],
    ['html', root({ type: 'html', value: '<b>' })],
    ['an unknown node', root({ type: 'macro', children: [] })],
    ['text outside a block', root({ type: 'text', value: 'x' })],
    ['a block inside a line', root(paragraph(paragraph()))],
    ['a link that runs code', root(paragraph({ type: 'link', url: 'javascript:alert(1)', children: [] }))],
    ['a hidden one', root(paragraph({ type: 'link', url: 'java\nscript:alert(1)', children: [] }))],
    ['an image with its bytes', root(paragraph({ type: 'image', url: 'data:image/png;base64,x' }))],
    ['a seventh heading', root({ type: 'heading', depth: 7, children: [] })],
    ['text that is none', root(paragraph({ type: 'text', value: 1 }))],
    ['a NUL, which jsonb cannot hold', root(paragraph({ type: 'text', value: 'a\0' }))],
    ['half a character', root(paragraph({ type: 'text', value: '\ud800' }))],
    ['children that are none', root({ type: 'paragraph', children: 'x' })],
    ['an inherited name', root({ type: 'paragraph', children: [], constructor: 'x' })],
  ])('refuses %s', (_what, value) => {
    expect(isRichText(value)).toBe(false)
  })

  it('refuses what goes beyond its limits, without exhausting the stack', () => {
    expect(isRichText(nested(40))).toBe(true)
    expect(isRichText(nested(60))).toBe(false)
    expect(isRichText(nested(100_000))).toBe(false)
    expect(isRichText(root(...Array.from({ length: 20_001 }, () => paragraph())))).toBe(false)
    expect(isRichText(root(paragraph({ type: 'text', value: 'x'.repeat(1_000_001) })))).toBe(false)
  })
})
