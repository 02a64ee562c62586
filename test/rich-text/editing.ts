import type { RichText } from '../../src/sync/rich-text/index.ts'
import { codecs } from '../../src/sync/rich-text/index.ts'
import { childrenOf, type TreeNode } from '../../src/sync/rich-text/tree.ts'
import type { Format } from './corpus.ts'

/** What a person does to a text in a tool: corrects a word, adds a paragraph. */

const WORD = /[\p{L}\p{N}\p{M}_]+/gu

const countsOf = (text: string): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const [word] of text.matchAll(WORD)) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}

const addressesIn = (node: TreeNode): readonly string[] => [
  node.url ?? '',
  ...childrenOf(node).flatMap(addressesIn),
]

const textsIn = (node: TreeNode): readonly string[] =>
  node.type === 'text' ? [node.value ?? ''] : childrenOf(node).flatMap(textsIn)

/** Words of the text's own that stand exactly once in each of the forms: which one is meant is beyond doubt. */
export const plainWords = (tree: RichText, ...forms: readonly string[]): readonly string[] => {
  const counts = forms.map(countsOf)
  const inAddresses = new Set(addressesIn(tree as TreeNode).flatMap((url) => url.match(WORD) ?? []))
  return [...new Set(textsIn(tree as TreeNode).flatMap((text) => text.match(WORD) ?? []))].filter(
    (word) =>
      /^\p{L}{3,}$/u.test(word) && !inAddresses.has(word) && counts.every((count) => count.get(word) === 1),
  )
}

/** `text` with its one `word` corrected. */
export const corrected = (text: string, word: string): string =>
  text.replace(WORD, (found) => (found === word ? `${word}x` : found))

const ADDED = 'One more thing was seen today'

export const addedTree: RichText = codecs.plain.read(ADDED)

/** A paragraph below the text, as a person adds it in that tool. */
export const extended = (text: string, format: Format): string => {
  switch (format) {
    case 'adf': {
      const doc = JSON.parse(text) as { content: object[] }
      const added = JSON.parse(codecs.adf.write(addedTree)) as { content: object[] }
      return JSON.stringify({ ...doc, content: [...doc.content, ...added.content] })
    }
    case 'html': {
      const end = text.lastIndexOf('</div>')
      return `${text.slice(0, end)}<p>${ADDED}</p>${text.slice(end)}`
    }
    default:
      return `${text.trimEnd()}\r\n\r\n${ADDED}\r\n`
  }
}

export const ADDED_WORDS = ADDED
