import { stableJson } from '../../lib/stable.ts'
import { type AdfMark, type AdfNode, stringAttr } from './adf-node.ts'
import { isKnownMark } from './adf-read-inline.ts'
import { overlay, type Side, type Tokens } from './overlay.ts'

/**
 * Writes a document over the one that stands there: what says something else is changed, word by word, and the rest
 * stays as Jira's editor made it, with its colours, cards, widths, cells full of lists and ids. Without it, one word
 * corrected in a tool that knows no colours would take the colours from the whole text.
 */

type Token =
  | { readonly is: 'open'; readonly node: AdfNode }
  | { readonly is: 'leaf'; readonly node: AdfNode }
  | { readonly is: 'close'; readonly type: string }
  | {
      readonly is: 'word'
      readonly text: string
      readonly marks: readonly AdfMark[] | undefined
      /** It begins a text node of its own, though the one before has the same marks. */
      readonly starts: boolean
    }

const WORD = /[^\S\n]+|[\p{L}\p{N}\p{M}]+|[\s\S]/gu

const tokensOf = (node: AdfNode, out: Token[] = []): readonly Token[] => {
  if (node.type === 'text') {
    for (const [text] of (node.text ?? '').matchAll(WORD))
      out.push({ is: 'word', text, marks: node.marks, starts: out.at(-1)?.is !== 'word' })
    return out
  }
  const { content, ...head } = node
  if (content === undefined) {
    out.push({ is: 'leaf', node })
    return out
  }
  out.push({ is: 'open', node: head })
  for (const child of content) {
    const from = out.length
    tokensOf(child, out)
    const first = out[from]
    if (first?.is === 'word') out[from] = { ...first, starts: true }
  }
  out.push({ is: 'close', type: node.type })
  return out
}

const knownMarks = (marks: readonly AdfMark[] | undefined): string =>
  stableJson((marks ?? []).filter(isKnownMark).sort((a, b) => a.type.localeCompare(b.type)))

/** What tells one leaf from another of its type. */
const NAMES = ['id', 'shortName', 'url', 'text', 'timestamp', 'extensionKey']

const leafKey = (node: AdfNode): string => {
  const name = NAMES.find((one) => stringAttr(node, one) !== '')
  return `${node.type} ${name === undefined ? '' : stringAttr(node, name)}`
}

const fit = (fresh: Token, near: Token | undefined, isReplaced: boolean): Token => {
  if (fresh.is === 'word') {
    if (near?.is !== 'word' || knownMarks(fresh.marks) !== knownMarks(near.marks))
      return { ...fresh, starts: false }
    return { ...fresh, marks: near.marks, starts: isReplaced && near.starts }
  }
  // a box that was ticked, a heading of another depth: the same block, whatever else it knows of itself
  if (fresh.is !== 'open' || near?.is !== 'open' || near.node.type !== fresh.node.type) return fresh
  const attrs = {
    ...near.node.attrs,
    ...fresh.node.attrs,
    ...(near.node.attrs?.['localId'] === undefined ? {} : { localId: near.node.attrs['localId'] }),
  }
  return { is: 'open', node: { ...near.node, attrs } }
}

const TOKENS: Tokens<Token> = {
  key: (token) =>
    token.is === 'word'
      ? `${token.text} ${knownMarks(token.marks)}`
      : token.is === 'close'
        ? `/${token.type}`
        : `${token.is} ${stableJson(token.node)}`,
  looseKey: (token) =>
    token.is === 'word'
      ? token.text
      : token.is === 'close'
        ? `/${token.type}`
        : `${token.is} ${token.is === 'leaf' ? leafKey(token.node) : token.node.type}`,
  fit,
}

/** The node that a row of tokens makes, or null where what opens does not close. */
const nodeOf = (tokens: readonly Token[]): AdfNode | null => {
  const root: AdfNode[] = []
  const open: { readonly head: AdfNode; readonly content: AdfNode[] }[] = []
  for (const token of tokens) {
    const content = open.at(-1)?.content ?? root
    const last = content.at(-1)
    if (token.is === 'open') open.push({ head: token.node, content: [] })
    else if (token.is === 'leaf') content.push(token.node)
    else if (token.is === 'close') {
      const closed = open.pop()
      if (closed === undefined || closed.head.type !== token.type) return null
      const parent = open.at(-1)?.content ?? root
      parent.push({ ...closed.head, content: closed.content })
    } else {
      const isSame =
        last?.type === 'text' && stableJson(last.marks ?? null) === stableJson(token.marks ?? null)
      if (isSame && !token.starts)
        content[content.length - 1] = { ...last, text: `${last.text ?? ''}${token.text}` }
      else
        content.push({
          type: 'text',
          text: token.text,
          ...(token.marks === undefined ? {} : { marks: token.marks }),
        })
    }
  }
  const [only, ...others] = root
  return open.length === 0 && others.length === 0 ? (only ?? null) : null
}

/** `shown` made to say what `next` says; `was` is what it says now, as we would write it. */
export const writeAdfOver = (was: AdfNode, next: AdfNode, shown: AdfNode, side: Side): AdfNode | null =>
  nodeOf(overlay(TOKENS, tokensOf(was), tokensOf(next), tokensOf(shown), side))
