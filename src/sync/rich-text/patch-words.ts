import { align, type Hunk, hunks } from './align.ts'
import { isSafeLink } from './safe-url.ts'
import { childrenOf, type TreeNode, textNode } from './tree.ts'
import { BLOCK_END, barePrefix, leafOf, type Word, type Words, wordsOf } from './words.ts'

/**
 * Carries an edit of words from a poor form of a text into the rich one.
 *
 *   rich  Ask **@jane** :smile: about the *acces* log
 *   was   Ask @jane :smile: about the acces log      (what the tool showed)
 *   now   Ask @jane :smile: about the access log     (what it shows now)
 *   →     Ask **@jane** :smile: about the *access* log
 *
 * Answers null where the edit is more than words (new formatting, a new block): then the caller takes the new block.
 */

interface Edit {
  readonly from: number
  readonly to: number
  readonly text: string
}

/** The rich word for each word of the poor form; stretches of equal length between matches are matched in order. */
const counterparts = (was: readonly Word[], rich: readonly Word[]): readonly (Word | undefined)[] => {
  const found: (Word | undefined)[] = new Array(was.length).fill(undefined)
  const richTexts = rich.map((word) => word.text)
  const wasTexts = was.map((word) => word.text)
  for (const [left, right] of align(wasTexts, richTexts)) found[left] = rich[right]
  for (const { left, right } of hunks(wasTexts, richTexts)) {
    if (left[1] - left[0] !== right[1] - right[0]) continue
    for (let step = 0; step < left[1] - left[0]; step += 1) found[left[0] + step] = rich[right[0] + step]
  }
  return found
}

/** As many words before as after: word by word, so that each stays in its own leaf. */
const split = (hunk: Hunk): readonly Hunk[] => {
  const size = hunk.left[1] - hunk.left[0]
  if (size !== hunk.right[1] - hunk.right[0]) return [hunk]
  return Array.from({ length: size }, (_, index) => ({
    left: [hunk.left[0] + index, hunk.left[0] + index + 1],
    right: [hunk.right[0] + index, hunk.right[0] + index + 1],
  }))
}

interface Patching {
  readonly rich: Words
  readonly was: Words
  readonly now: Words
  readonly inRich: readonly (Word | undefined)[]
  /** A hard break may be put into the text (not in a table cell, not between list items). */
  readonly mayBreak: boolean
  readonly edits: Map<number, Edit[]>
}

const isWritable = (patching: Patching, word: Word | undefined): word is Word & { leaf: number } =>
  word !== undefined && word.leaf !== null && patching.rich.leaves[word.leaf]?.kind !== 'thing'

const add = (patching: Patching, leaf: number, edit: Edit): true => {
  patching.edits.set(leaf, [...(patching.edits.get(leaf) ?? []), edit])
  return true
}

/** New words, fit to stand in a text: no images, no other blocks, no marks that were not there. */
const areWords = (patching: Patching, words: readonly Word[], marks: ReadonlySet<string>): boolean =>
  words.every(
    (word) =>
      word.text !== BLOCK_END &&
      !word.text.startsWith('\ufffc') &&
      marks.has(word.marks) &&
      (patching.mayBreak || word.text !== '\n'),
  )

const insert = (patching: Patching, hunk: Hunk): boolean => {
  const { was, now, inRich, rich } = patching
  const [at] = hunk.left
  const [from, to] = hunk.right
  const first = now.words[from]
  const last = now.words[to - 1]
  if (first === undefined || last === undefined) return false
  const before = was.words[at - 1]
  const after = was.words[at]
  const richBefore = inRich[at - 1]
  const richAfter = inRich[at]
  const words = now.words.slice(from, to)
  const gapBefore = now.source.slice(now.words[from - 1]?.end ?? 0, first.start)
  const gapAfter = now.source.slice(last.end, now.words[to]?.start ?? now.source.length)
  const gapWas = was.source.slice(before?.end ?? 0, after?.start ?? was.source.length)
  const text = now.source.slice(first.start, last.end)
  const fits = (neighbour: Word | undefined, inTree: Word | undefined): inTree is Word & { leaf: number } =>
    neighbour !== undefined &&
    isWritable(patching, inTree) &&
    rich.leaves[inTree.leaf]?.kind !== 'name' &&
    areWords(patching, words, new Set([neighbour.marks]))
  // The blanks that were there stay on the side where they still are; those of the new words come with them.
  if (fits(before, richBefore) && !(gapBefore === '' && gapWas !== '' && fits(after, richAfter)))
    return add(patching, richBefore.leaf, {
      from: richBefore.to,
      to: richBefore.to,
      text: gapBefore + text + (gapWas === '' && after !== undefined ? gapAfter : ''),
    })
  if (fits(after, richAfter))
    return add(patching, richAfter.leaf, {
      from: richAfter.from,
      to: richAfter.from,
      text: (gapWas === '' && before !== undefined ? gapBefore : '') + text + gapAfter,
    })
  return false
}

/** Words that follow each other in one leaf, with nothing but blanks between them. */
const runsOf = (
  patching: Patching,
  words: readonly Word[],
): readonly { leaf: number; from: number; to: number }[] => {
  const runs: { leaf: number; from: number; to: number }[] = []
  for (const { leaf, from, to } of words) {
    const last = runs.at(-1)
    if (leaf === null) continue
    const between = patching.rich.leaves[leaf]?.text.slice(last?.to ?? 0, from) ?? ''
    if (last?.leaf === leaf && from >= last.to && between.trim() === '') last.to = to
    else runs.push({ leaf, from, to })
  }
  return runs
}

/** Takes words out, and blanks with them so that one remains where `keepsBlank`, else none. */
const remove = (patching: Patching, words: readonly Word[], keepsBlank: boolean): void => {
  for (const { leaf, from, to } of runsOf(patching, words)) {
    const text = patching.rich.leaves[leaf]?.text ?? ''
    const before = from - text.slice(0, from).trimEnd().length
    const after = text.length - to - text.slice(to).trimStart().length
    const dropsBefore = !keepsBlank || after > 0
    add(patching, leaf, {
      from: from - (dropsBefore ? before : 0),
      to: to + (keepsBlank ? 0 : after),
      text: '',
    })
  }
}

const replace = (patching: Patching, hunk: Hunk): boolean => {
  const { was, now, inRich } = patching
  const before = was.words.slice(...hunk.left)
  const after = now.words.slice(...hunk.right)
  const rich = before.flatMap((_, index) => inRich[hunk.left[0] + index] ?? [])
  const first = after[0]
  const last = after.at(-1)
  if (first === undefined || last === undefined) {
    const left = now.words[hunk.right[0] - 1]
    const right = now.words[hunk.right[0]]
    const gap = left === undefined || right === undefined ? '' : now.source.slice(left.end, right.start)
    remove(patching, rich, gap !== '')
    return true
  }
  const target = rich.find((word) => isWritable(patching, word))
  if (rich.length < before.length || target === undefined || target.leaf === null) return false
  if (!areWords(patching, after, new Set(before.map((word) => word.marks)))) return false
  const { leaf } = target
  const together = rich.filter((word) => word.leaf === leaf)
  remove(
    patching,
    rich.filter((word) => word.leaf !== leaf),
    true,
  )
  return add(patching, leaf, {
    from: target.from,
    to: together.at(-1)?.to ?? target.to,
    text: now.source.slice(first.start, last.end),
  })
}

const edited = (text: string, edits: readonly Edit[]): string => {
  let out = ''
  let at = 0
  for (const edit of [...edits].sort((a, b) => a.from - b.from || a.to - b.to)) {
    out += text.slice(at, Math.max(at, edit.from)) + edit.text
    at = Math.max(at, edit.to)
  }
  return out + text.slice(at)
}

/** Inserted line ends travel as this, so that the text's own soft ones stay what they are. */
const HARD = BLOCK_END

const withBreaks = (text: string): readonly TreeNode[] =>
  text
    .split(HARD)
    .flatMap((line, index) => [
      ...(index > 0 ? [{ type: 'break' }] : []),
      ...(line === '' ? [] : [textNode(line)]),
    ])

const rebuiltLeaf = (node: TreeNode, edits: readonly Edit[]): readonly TreeNode[] => {
  const leaf = leafOf(node)
  if (leaf === null) return [node]
  const own = node.type === 'text' ? (node.value ?? '') : leaf.text
  const hard = edits.map((edit) => ({ ...edit, text: edit.text.replaceAll('\n', HARD) }))
  const text = edited(own, leaf.kind === 'code' ? edits : hard)
  if (leaf.kind === 'thing') return text === '' ? [] : [node]
  if (node.type === 'inlineCode' || node.type === 'code')
    return text === '' && node.type === 'inlineCode' ? [] : [{ ...node, value: text }]
  return withBreaks(text)
}

/** Emptied by the edit, and of no use without content. A table keeps its empty cells. */
const isHollow = (node: TreeNode): boolean =>
  node.children?.length === 0 && node.type !== 'tableCell' && node.type !== 'panel'

const rebuilt = (
  nodes: readonly TreeNode[],
  edits: ReadonlyMap<number, readonly Edit[]>,
): readonly TreeNode[] => {
  let leaf = -1
  const visit = (node: TreeNode): readonly TreeNode[] => {
    if (leafOf(node) !== null) {
      leaf += 1
      const own = edits.get(leaf)
      return own === undefined ? [node] : rebuiltLeaf(node, own)
    }
    const children = childrenOf(node).flatMap(visit)
    const isChanged =
      children.length !== childrenOf(node).length ||
      children.some((child, index) => child !== node.children?.[index])
    if (!isChanged) return [node]
    const prefix = barePrefix(node)
    const url =
      prefix === null ? undefined : `${prefix}${children.map((child) => child.value ?? '').join('')}`
    if (url !== undefined && !isSafeLink(url)) return children
    const next = { ...node, children, ...(url === undefined ? {} : { url }) }
    return isHollow(next) ? [] : [next]
  }
  return nodes.flatMap(visit)
}

/**
 * `rich` as it stands after the words of `was` became those of `now`, or null. The nodes that hold no changed word are
 * the very same objects.
 */
export const patchWords = (
  rich: readonly TreeNode[],
  was: readonly TreeNode[],
  now: readonly TreeNode[],
  mayBreak: boolean,
): readonly TreeNode[] | null => {
  const richWords = wordsOf(rich)
  const wasWords = wordsOf(was)
  const nowWords = wordsOf(now)
  const patching: Patching = {
    rich: richWords,
    was: wasWords,
    now: nowWords,
    inRich: counterparts(wasWords.words, richWords.words),
    mayBreak,
    edits: new Map(),
  }
  const keys = (words: Words): readonly string[] => words.words.map((word) => `${word.text} ${word.marks}`)
  for (const hunk of hunks(keys(wasWords), keys(nowWords)).flatMap(split)) {
    const isInsert = hunk.left[0] === hunk.left[1]
    if (!(isInsert ? insert(patching, hunk) : replace(patching, hunk))) return null
  }
  return rebuilt(rich, patching.edits)
}
