import { NAMELESS, type Naming } from '../../domain/naming.ts'
import type { Directory } from './directory.ts'
import { imageText } from './plain.ts'
import { isSafeLink } from './safe-url.ts'
import { asRichText, childrenOf, type RichText, type TreeNode, textNode, withChildren } from './tree.ts'

/**
 * Words as customers read them. Who is told by an address is one of us or somebody in one of our tools: customers read
 * that it is our team, unless they may read names. A picture that lies elsewhere (a face, mostly) becomes a link: to
 * fetch it would tell its server who reads this, and show them the face. What somebody typed as plain words is theirs.
 */
export const forCustomers = (tree: RichText, naming: Naming): RichText =>
  naming.isShown ? tree : asRichText(childrenOf(tree).map((node) => told(node, naming, false)))

const told = (node: TreeNode, naming: Naming, isLinked: boolean): TreeNode => {
  if (node.type === 'mention' && node.id !== undefined) return textNode(naming.instead)
  return node.children === undefined
    ? node
    : withChildren(
        node,
        node.children.map((child) => told(child, naming, isLinked || node.type === 'link')),
      )
}

/** Pictures from elsewhere are links: nothing is fetched while somebody reads. */
export const withoutPictures = (tree: RichText): RichText =>
  asRichText(childrenOf(tree).map((node) => linked(node, false)))

const linked = (node: TreeNode, isLinked: boolean): TreeNode => {
  const url = node.url ?? ''
  if (node.type === 'image' && /^https?:/i.test(url)) {
    const words = textNode(node.alt || url)
    return isLinked || !isSafeLink(url) ? textNode(imageText(node)) : { type: 'link', url, children: [words] }
  }
  return node.children === undefined
    ? node
    : withChildren(
        node,
        node.children.map((child) => linked(child, isLinked || node.type === 'link')),
      )
}

/** How texts that customers read call people: nobody, but whom somebody there called already. */
export const customersDirectory = (people: Directory, naming: Naming = NAMELESS): Directory =>
  naming.isShown ? people : { ours: people.ours, theirs: () => null, instead: naming.instead }
