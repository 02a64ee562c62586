import { childrenOf, type TreeNode } from './tree.ts'

/**
 * A stretch of tree as a row of words, each knowing the leaf it stands in. Two forms of one text (the hub's rich one
 * and a tool's poor one) meet here, because words are what they have in common.
 */

/** `text` and `code` take edits; a `name` (mention, emoji) becomes text when edited; a `thing` only goes as a whole. */
export type LeafKind = 'text' | 'code' | 'name' | 'thing'

export interface Leaf {
  readonly kind: LeafKind
  readonly text: string
}

export interface Word {
  readonly text: string
  /** The marks and links around it, as one string. */
  readonly marks: string
  /** Index into `leaves`, and where in that leaf's text; null for what parts blocks. */
  readonly leaf: number | null
  readonly from: number
  readonly to: number
  /** The same place in `source`. */
  readonly start: number
  readonly end: number
}

export interface Words {
  readonly source: string
  readonly words: readonly Word[]
  readonly leaves: readonly Leaf[]
}

/** Stands between blocks: a character that Unicode keeps from ever being one, so that hardly a leaf holds it. */
export const BLOCK_END = '\ufdd2'
/** Stands for something without words (an image). */
const THING = '\ufffc'

const WORD = /[\n\ufdd2]|[\p{L}\p{N}\p{M}_]+|[^\p{L}\p{N}\p{M}_\s]/gu

const MARKS: ReadonlySet<string> = new Set(['strong', 'emphasis', 'delete', 'insert'])

/** What a leaf shows; null: the node is not a leaf. Soft line ends are blanks, hard ones `\n`. */
export const leafOf = (node: TreeNode): Leaf | null => {
  switch (node.type) {
    case 'text':
      return { kind: 'text', text: (node.value ?? '').replaceAll('\n', ' ') }
    case 'inlineCode':
    case 'code':
      return { kind: 'code', text: node.value ?? '' }
    case 'mention':
      return { kind: 'name', text: `@${node.name ?? ''}` }
    case 'emoji':
      return { kind: 'name', text: `:${node.shortcode ?? ''}:` }
    case 'break':
      return { kind: 'thing', text: '\n' }
    default:
      return node.children === undefined ? { kind: 'thing', text: THING } : null
  }
}

const INLINE: ReadonlySet<string> = new Set(
  'text inlineCode break link image mention emoji footnoteReference strong emphasis delete insert'.split(' '),
)

const PREFIXES: ReadonlySet<string> = new Set(['', 'mailto:', 'http://', 'https://'])

/** What stands before the text of a link in its address, where that is all the difference; null: it is another kind. */
export const barePrefix = (link: TreeNode): string | null => {
  const [only, ...others] = childrenOf(link)
  const [url, text] = [link.url ?? '', only?.value ?? '']
  if (link.type !== 'link' || only?.type !== 'text' || others.length > 0 || text === '') return null
  const prefix = url.slice(0, -text.length)
  return url === prefix + text && PREFIXES.has(prefix) ? prefix : null
}

const marksWith = (marks: string, node: TreeNode): string => {
  if (MARKS.has(node.type))
    return marks.includes(node.type) ? marks : [...marks.split(' '), node.type].sort().join(' ')
  // where the text is the address, the words say it all: one tool makes links of them, and another does not
  if (node.type === 'link') return barePrefix(node) === null ? `${marks} <${node.url ?? ''}>` : marks
  return node.type === 'inlineCode' || node.type === 'code' ? `${marks} code` : marks
}

/** What tells one thing from another: images by their address and words. */
const thingText = (node: TreeNode): string =>
  node.type === 'image' ? `${THING}${node.url ?? ''} ${node.alt ?? ''}` : `${THING}${node.type}`

export const wordsOf = (nodes: readonly TreeNode[]): Words => {
  const words: Word[] = []
  const leaves: Leaf[] = []
  let source = ''
  const addLeaf = (node: TreeNode, leaf: Leaf, marks: string): void => {
    for (const found of leaf.text.matchAll(WORD)) {
      const [text] = found
      const from = found.index
      const to = from + text.length
      const shown = text === THING && leaf.kind === 'thing' ? thingText(node) : text
      words.push({
        text: shown,
        marks,
        leaf: leaves.length,
        from,
        to,
        start: source.length + from,
        end: source.length + to,
      })
    }
    leaves.push(leaf)
    source += leaf.text
  }
  const visit = (children: readonly TreeNode[], marks: string): void => {
    children.forEach((node, index) => {
      if (index > 0 && !INLINE.has(node.type) && node.type !== 'opaque') {
        words.push({
          text: BLOCK_END,
          marks: '',
          leaf: null,
          from: 0,
          to: 0,
          start: source.length,
          end: source.length + 1,
        })
        source += BLOCK_END
      }
      const leaf = leafOf(node)
      if (leaf === null) visit(childrenOf(node), marksWith(marks, node))
      else addLeaf(node, leaf, marksWith(marks, node))
    })
  }
  visit(nodes, '')
  return { source, words, leaves }
}

/** All words of a block in one string: equal for two forms of one text. */
export const wordKey = (nodes: readonly TreeNode[]): string =>
  wordsOf(nodes)
    .words.filter((word) => word.leaf !== null && word.text !== '\n')
    .map((word) => word.text)
    .join(' ')

/** Share of words that two texts have in common, 0 … 1. */
export const likeness = (a: readonly TreeNode[], b: readonly TreeNode[]): number => {
  const left = wordKey(a).split(' ')
  const right = wordKey(b).split(' ')
  const counts = new Map<string, number>()
  for (const word of left) counts.set(word, (counts.get(word) ?? 0) + 1)
  let common = 0
  for (const word of right) {
    const count = counts.get(word) ?? 0
    if (count === 0) continue
    counts.set(word, count - 1)
    common += 1
  }
  return (2 * common) / (left.length + right.length)
}
