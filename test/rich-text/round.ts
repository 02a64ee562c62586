import { describe, expect, it } from 'vitest'
import { stableJson } from '../../src/lib/stable.ts'
import { codecs, sameText } from '../../src/sync/rich-text/index.ts'
import { asRichText, childrenOf, type TreeNode } from '../../src/sync/rich-text/tree.ts'
import { type Document, documentsOf, FORMATS, type Format } from './corpus.ts'
import { carriedBack, crossed } from './crossing.ts'
import { addedTree, corrected, extended, plainWords } from './editing.ts'
import { REWRITTEN } from './rewritten.ts'

/** Every document of a format, from there to every other format and back, as the sync carries it. */

type Sides = ReturnType<typeof crossed>

const pairsOf = (
  format: Format,
): readonly { readonly document: Document; readonly to: Format; readonly sides: Sides }[] =>
  documentsOf(format).flatMap((document) =>
    FORMATS.filter((to) => to !== format).map((to) => ({
      document,
      to,
      sides: crossed(document.text, format, to),
    })),
  )

/** The same text: for ADF the same document, in whatever order its members come. */
const isSameIn = (format: Format, a: string | null, b: string): boolean =>
  a !== null && (format === 'adf' ? stableJson(JSON.parse(a)) === stableJson(JSON.parse(b)) : a === b)

const isRewritten = (document: Document, what: 'word' | 'block'): boolean =>
  REWRITTEN.some((one) => one.from === document.from && one.name === document.name && one.when.includes(what))

/** Whether `text` is `before` with something put in at one place. */
const isGrown = (format: Format, before: string, text: string): boolean => {
  if (format === 'adf') {
    const [was, now] = [before, text].map((one) => (JSON.parse(one) as { content: object[] }).content)
    return stableJson(was) === stableJson(now?.slice(0, was?.length))
  }
  let start = 0
  while (start < before.length && text[start] === before[start]) start += 1
  let end = 0
  while (end < before.length - start && text.at(-1 - end) === before.at(-1 - end)) end += 1
  return start + end >= before.length
}

export const describeRound = (format: Format): void => {
  describe(`a text born in ${format}`, () => {
    const pairs = pairsOf(format)

    it('stays to the letter while nobody edits its copy, in whatever form the other tool stores that', () => {
      const wrong = pairs.flatMap(({ document, to, sides }) => {
        const back = carriedBack(sides, sides.copy.tool)
        return back.text === null && back.trouble === 0 ? [] : [`${document.name} → ${to}`]
      })
      expect(wrong).toEqual([])
    })

    it('differs by the one word that somebody corrects in the copy, and stays to the letter around it', () => {
      let tried = 0
      const wrong = pairs.flatMap(({ document, to, sides }, index) => {
        const words = plainWords(sides.here, document.text, sides.copy.tool)
        const word = words[(index * 7) % Math.max(1, words.length)]
        if (word === undefined) return []
        tried += 1
        const back = carriedBack(sides, corrected(sides.copy.tool, word))
        const wanted = corrected(document.text, word)
        const isRight = isRewritten(document, 'word')
          ? back.text !== null && sameText(codecs[format].read(back.text), codecs[format].read(wanted))
          : isSameIn(format, back.text, wanted)
        return isRight && back.trouble === 0 ? [] : [`${document.name} → ${to}: ${word}`]
      })
      expect(wrong).toEqual([])
      expect(tried).toBeGreaterThan(pairs.length * 0.8)
    })

    it('gains the paragraph that somebody adds to the copy, and keeps everything else', () => {
      const wrong = pairs.flatMap(({ document, to, sides }) => {
        if (sides.copy.tool.trim() === '') return []
        const back = carriedBack(sides, extended(sides.copy.tool, to))
        const text = back.text ?? ''
        const wanted = asRichText([
          ...childrenOf(sides.here as TreeNode),
          ...childrenOf(addedTree as TreeNode),
        ])
        const isRight =
          back.trouble === 0 &&
          sameText(codecs[format].read(text), wanted) &&
          (isRewritten(document, 'block') || isGrown(format, document.text, text))
        return isRight ? [] : [`${document.name} → ${to}`]
      })
      expect(wrong).toEqual([])
    })
  })
}
