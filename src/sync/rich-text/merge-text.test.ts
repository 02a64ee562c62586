import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codecs, mergeText, plainText, type RichText, sameText } from './index.ts'

const blocks = (...texts: readonly string[]): RichText => plainText(texts.join('\n\n'))

describe('mergeText', () => {
  it('keeps edits of different blocks', () => {
    expect(mergeText(blocks('A', 'B', 'C'), blocks('A', 'B2', 'C'), blocks('A', 'B', 'C', 'D'))).toEqual({
      merged: blocks('A', 'B2', 'C', 'D'),
    })
  })

  it('keeps edits of neighbouring blocks, which do not touch each other', () => {
    expect(mergeText(blocks('A', 'B'), blocks('A2', 'B'), blocks('A', 'B2'))).toEqual({
      merged: blocks('A2', 'B2'),
    })
  })

  it('asks a person when both edited one block, because half of each sentence is nobody’s', () => {
    expect(mergeText(blocks('A'), blocks('A2'), blocks('A3'))).toEqual({ conflict: true })
  })

  it('asks a person when one side edits what the other removed', () => {
    expect(mergeText(blocks('A', 'B'), blocks('A'), blocks('A', 'B2'))).toEqual({ conflict: true })
  })

  it('asks a person when both added something else at one place', () => {
    expect(mergeText(blocks('A'), blocks('A', 'X'), blocks('A', 'Y'))).toEqual({ conflict: true })
  })

  it('takes the same edit of both once', () => {
    expect(mergeText(blocks('A', 'B'), blocks('A2', 'B'), blocks('A2', 'B', 'C'))).toEqual({
      merged: blocks('A2', 'B', 'C'),
    })
  })

  const text = fc
    .array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { maxLength: 8 })
    .map((parts) => blocks(...parts))

  it('takes the side that changed when the other did not', () => {
    fc.assert(
      fc.property(text, text, (base, side) => {
        expect(mergeText(base, side, base)).toEqual({ merged: side })
        expect(mergeText(base, base, side)).toEqual({ merged: side })
        expect(mergeText(base, side, side)).toEqual({ merged: side })
      }),
    )
  })

  it('gives the same answer whichever side is called ours', () => {
    fc.assert(
      fc.property(text, text, text, (base, ours, theirs) => {
        expect(mergeText(base, ours, theirs)).toEqual(mergeText(base, theirs, ours))
      }),
    )
  })
})

describe('sameText', () => {
  it('does not mind how a text is cut into nodes, or how loose its lists are', () => {
    expect(sameText(codecs.markdown.read('- a\n\n- b'), codecs.markdown.read('- a\n- b'))).toBe(true)
    const cut: RichText = {
      type: 'root',
      children: [
        {
          type: 'paragraph',
          children: [
            { type: 'text', value: 'a ' },
            { type: 'text', value: ' b ' },
          ],
        },
      ],
    }
    expect(sameText(cut, plainText('a b'))).toBe(true)
  })

  it('minds words, marks and addresses', () => {
    expect(sameText(plainText('a'), plainText('b'))).toBe(false)
    expect(sameText(codecs.markdown.read('**a**'), plainText('a'))).toBe(false)
    expect(sameText(codecs.markdown.read('[a](b)'), codecs.markdown.read('[a](c)'))).toBe(false)
  })
})
