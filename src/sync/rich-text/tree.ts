import type { BlockContent, DefinitionContent, Literal, Parent, PhrasingContent, Root } from 'mdast'

/**
 * The hub's rich text: an mdast tree (CommonMark + GFM) as plain JSON without positions, plus the nodes below for what
 * other tools know and Markdown does not. It never holds `html`, `definition` or reference nodes: every block can be
 * read alone, which is what lets `patch` and `mergeText` exchange blocks.
 */
export type RichText = Root

/** A coloured box: note, warning, success … `kind` is the tool's word in lower case. */
export interface Panel extends Parent {
  type: 'panel'
  kind: string
  children: (BlockContent | DefinitionContent)[]
}

/**
 * A person named in the text. `name` is what a reader sees after `@`; `id` is `person:` and the id of one of ours, or
 * the tool's own address of somebody we do not know, which no other tool is ever given.
 */
export interface Mention {
  type: 'mention'
  name: string
  id?: string
}

/** `shortcode` without the colons. */
export interface Emoji {
  type: 'emoji'
  shortcode: string
}

/** Underlined or inserted text (`<ins>`, Textile's `+x+`), which Markdown has no mark for. */
export interface Insert extends Parent {
  type: 'insert'
  children: PhrasingContent[]
}

/** Something of a tool we cannot read; comes back there untouched. Elsewhere it is shown as its `label`. */
export interface Opaque {
  type: 'opaque'
  source: string
  label: string
}

declare module 'mdast' {
  interface DeleteData {
    /** Only between the HTML reader and `tidy`. */
    inserted?: boolean
  }
  interface LinkData {
    /** Only between the HTML reader and `tidy`: whom the link calls. */
    mention?: string
  }
  interface BlockContentMap {
    panel: Panel
    opaque: Opaque
  }
  interface PhrasingContentMap {
    mention: Mention
    emoji: Emoji
    insert: Insert
    opaque: Opaque
  }
  interface RootContentMap {
    panel: Panel
    mention: Mention
    emoji: Emoji
    insert: Insert
    opaque: Opaque
  }
}

/**
 * Any node of the tree, seen loosely: what readers make and writers walk. Every mdast node is one. Readers build only
 * shapes that `isRichText` accepts, so `asRichText` is the one place where the loose view becomes the strict one.
 */
export interface TreeNode {
  readonly type: string
  readonly children?: readonly TreeNode[]
  readonly value?: string
  readonly url?: string
  readonly title?: string | null | undefined
  readonly alt?: string | null | undefined
  readonly lang?: string | null | undefined
  readonly meta?: string | null | undefined
  readonly depth?: number
  readonly ordered?: boolean | null | undefined
  readonly start?: number | null | undefined
  readonly spread?: boolean | null | undefined
  readonly checked?: boolean | null | undefined
  readonly align?: readonly ('left' | 'right' | 'center' | null)[] | null | undefined
  readonly identifier?: string
  readonly label?: string | null | undefined
  readonly kind?: string
  readonly name?: string
  readonly id?: string
  readonly shortcode?: string
  readonly source?: string
}

export const asRichText = (blocks: readonly TreeNode[]): RichText =>
  ({ type: 'root', children: blocks }) as unknown as RichText

export const childrenOf = (node: TreeNode): readonly TreeNode[] => node.children ?? []

export const withChildren = (node: TreeNode, children: readonly TreeNode[]): TreeNode => ({
  ...node,
  children,
})

export const textNode = (value: string): TreeNode => ({ type: 'text', value })

export const paragraph = (children: readonly TreeNode[]): TreeNode => ({ type: 'paragraph', children })

/** What a tree may hold at most; a larger one is not taken in (the field is held), never cut. */
export const LIMITS = {
  /** Levels below the root. */
  depth: 50,
  nodes: 20_000,
  /** Characters in all values together. */
  text: 1_000_000,
} as const

const isLiteral = (node: TreeNode): node is TreeNode & Literal => typeof node.value === 'string'

/** Characters of all string attributes of one node, what the limit on text counts. */
export const weightOf = (node: TreeNode): number =>
  (isLiteral(node) ? node.value.length : 0) +
  (node.url?.length ?? 0) +
  (node.title?.length ?? 0) +
  (node.alt?.length ?? 0) +
  (node.source?.length ?? 0)
