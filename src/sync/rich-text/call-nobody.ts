import type { RichFormat } from '../connector.ts'
import { codecs } from './codecs.ts'
import { addressOf, CALLING, type Directory, mentionOf, NOBODY, oursOf, personOf } from './directory.ts'
import { asRichText, childrenOf, type RichText, type TreeNode, textNode, withChildren } from './tree.ts'

/**
 * Texts between the hub and one tool, and who is called in them. A name is never enough to be somebody, and another
 * tool's address of somebody is none here: `@name` calls whoever happens to be called so, on GitHub a stranger, who
 * then gets a mail about a customer's problem. So words from elsewhere call only whom the directory knows there. Others
 * are named: between the sign and the name stands a word joiner (U+2060) where a name alone would call, which nobody
 * sees and no tool takes for a part of a name. Who is called in the tool's text already was called by somebody there
 * and stays as they stand.
 *
 * The joiner is written by `writeText` and taken out again by `readText`: the hub never holds one.
 */
const JOINER = '\u2060'
const CALL = /(?<![\p{L}\p{N}_])@(?=([\p{L}\p{N}][\p{L}\p{N}_./-]*))/gu

const mapped = (
  nodes: readonly TreeNode[],
  change: (node: TreeNode, isLinked: boolean) => TreeNode,
  isLinked = false,
): readonly TreeNode[] =>
  nodes.map((node) =>
    node.children === undefined
      ? change(node, isLinked)
      : withChildren(node, mapped(node.children, change, isLinked || node.type === 'link')),
  )

export const readText = (text: string, format: RichFormat, people: Directory = NOBODY): RichText => {
  const tree = codecs[format].read(text)
  const mayCall = CALLING.has(format)
  if (!(mayCall ? text.includes('@') : people !== NOBODY)) return tree
  return asRichText(
    mapped(childrenOf(tree), (node) => {
      if (node.type !== 'mention')
        return mayCall && node.value?.includes(`@${JOINER}`) === true
          ? { ...node, value: node.value.replaceAll(`@${JOINER}`, '@') }
          : node
      const address = addressOf(node, format)
      const ours = address === null ? null : people.ours(address)
      return ours === null ? node : { type: 'mention', name: ours.name, id: oursOf(ours.id) }
    }),
  )
}

/** `shown`: what stands there, where this will be written over it. */
export const writeText = (
  tree: RichText,
  format: RichFormat,
  shown?: string,
  people: Directory = NOBODY,
): string => {
  const hasAddresses = callsByAddress(tree)
  const mayCall = CALLING.has(format)
  if (!hasAddresses && !mayCall) return codecs[format].write(tree, shown)
  const standing = hasAddresses ? standingIn(shown ?? '', format, people) : new Map<string, TreeNode>()
  const called = new Set(mayCall ? [...(shown ?? '').matchAll(CALL)].map(([, name]) => bare(name ?? '')) : [])
  const there = (node: TreeNode, isLinked: boolean): TreeNode => {
    // nobody is called inside a link
    const isSilent = isLinked || !mayCall
    if (node.type === 'text' && !isSilent)
      return textNode(
        (node.value ?? '').replace(CALL, (sign, name: string) =>
          called.has(bare(name)) ? sign : `@${JOINER}`,
        ),
      )
    if (node.type !== 'mention') return node
    const stands =
      node.id === undefined ? (called.has(bare(node.name ?? '')) ? node : undefined) : standing.get(node.id)
    if (stands !== undefined) return stands
    const person = isLinked ? null : personOf(node)
    const known = person === null ? null : people.theirs(person, format)
    if (known !== null) return mentionOf(known)
    return textNode(
      node.id !== undefined && people.instead !== undefined
        ? people.instead
        : `@${isSilent ? '' : JOINER}${node.name ?? ''}`,
    )
  }
  return codecs[format].write(asRichText(mapped(childrenOf(tree), there)), shown)
}

const callsByAddress = (node: TreeNode): boolean =>
  node.type === 'mention' ? node.id !== undefined : childrenOf(node).some(callsByAddress)

/** Who is called in a text of the tool, by every address under which the hub may hold them. */
const standingIn = (shown: string, format: RichFormat, people: Directory): ReadonlyMap<string, TreeNode> => {
  const found = new Map<string, TreeNode>()
  if (shown === '') return found
  mapped(childrenOf(codecs[format].read(shown)), (node) => {
    const address = addressOf(node, format)
    const ours = address === null ? null : people.ours(address)
    for (const one of [address, ours && oursOf(ours.id)])
      if (one !== null && !found.has(one)) found.set(one, node)
    return node
  })
  return found
}

/** Without what a sentence puts behind a name. */
const bare = (name: string): string => name.toLowerCase().replace(/[./-]+$/u, '')
