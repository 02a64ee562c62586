import type { RichFormat } from '../connector.ts'
import { childrenOf, type RichText, type TreeNode } from './tree.ts'

/**
 * Who is who in texts, between our people and those of one tool. A mention of one of ours holds `person:` and the id
 * of our record, whatever tool it came from; every other one holds the tool's own address, which means something in
 * that tool alone.
 */
export interface Directory {
  /** The person of ours whom a text there calls by this address. */
  readonly ours: (address: string) => { readonly id: string; readonly name: string } | null
  /** How a text there, in this format, calls this person of ours. */
  readonly theirs: (
    personId: string,
    format: RichFormat,
  ) => { readonly address: string; readonly name: string } | null
  /** What stands for whom a text may not call; absent: their name. */
  readonly instead?: string
}

export const NOBODY: Directory = { ours: () => null, theirs: () => null }

const OURS = 'person:'
const LOGIN = 'login:'

export const oursOf = (personId: string): string => `${OURS}${personId}`

/** The person of ours whom a mention names; null: it names somebody of a tool, or is only a word. */
export const personOf = (node: TreeNode): string | null =>
  node.type === 'mention' && node.id?.startsWith(OURS) === true ? node.id.slice(OURS.length) : null

/** Everybody of ours whom a text calls, each once. */
export const oursIn = (tree: RichText): readonly string[] => {
  const found = new Set<string>()
  const visit = (node: TreeNode): void => {
    const person = personOf(node)
    if (person !== null) found.add(person)
    for (const child of childrenOf(node)) visit(child)
  }
  visit(tree)
  return [...found]
}

export const callsOurs = (tree: RichText): boolean => oursIn(tree).length > 0

/** Formats in which the name itself is the address: `@octocat`. */
export const CALLING: ReadonlySet<RichFormat> = new Set(['markdown', 'textile'])

/** How a connector gives the address of whom its texts call by their login. */
export const loginAddress = (login: string): string => `${LOGIN}${login}`

/** Whether a text in this format can call by such an address. */
export const isAddressIn = (format: RichFormat, address: string): boolean =>
  ADDRESSES[format].some((kind) => address.startsWith(kind))

const ADDRESSES: Readonly<Record<RichFormat, readonly string[]>> = {
  markdown: [LOGIN],
  textile: [LOGIN],
  adf: ['accountid:'],
  wiki: ['accountid:', 'jira-user:'],
  html: ['vss:'],
  plain: [],
}

/** Of a mention that was read in this format; null: it calls nobody. */
export const addressOf = (node: TreeNode, format: RichFormat): string | null => {
  if (node.type !== 'mention') return null
  if (node.id !== undefined) return node.id
  return CALLING.has(format) ? loginAddress(node.name ?? '') : null
}

/** The mention that calls an address in its own tool. */
export const mentionOf = ({
  address,
  name,
}: {
  readonly address: string
  readonly name: string
}): TreeNode =>
  address.startsWith(LOGIN)
    ? { type: 'mention', name: address.slice(LOGIN.length) }
    : { type: 'mention', name, id: address }
