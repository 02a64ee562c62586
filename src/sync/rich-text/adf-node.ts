import { parseBoundedJson } from '../../lib/bounded-json.ts'
import { LIMITS } from './tree.ts'

/**
 * Atlassian Document Format, version 1, as far as we look into it: nodes with `attrs`, `content`, `marks`, `text`.
 * https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/
 */
export interface AdfNode {
  readonly type: string
  readonly attrs?: Readonly<Record<string, unknown>>
  readonly content?: readonly AdfNode[]
  readonly marks?: readonly AdfMark[]
  readonly text?: string
}

export interface AdfMark {
  readonly type: string
  readonly attrs?: Readonly<Record<string, unknown>>
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

const isMark = (value: unknown): value is AdfMark =>
  isObject(value) &&
  typeof value['type'] === 'string' &&
  (value['attrs'] === undefined || isObject(value['attrs']))

const isNodeHead = (value: unknown): value is AdfNode =>
  isObject(value) &&
  typeof value['type'] === 'string' &&
  (value['text'] === undefined || typeof value['text'] === 'string') &&
  (value['attrs'] === undefined || isObject(value['attrs'])) &&
  (value['marks'] === undefined || (Array.isArray(value['marks']) && value['marks'].every(isMark))) &&
  (value['content'] === undefined || Array.isArray(value['content']))

/** Members of one node cost five values and two levels at most, without what `attrs` hold. */
const BOUNDS = { depth: LIMITS.depth * 4, values: LIMITS.nodes * 12 }

/** Whole and well-formed down to the last node: what comes after may rely on the shape. */
export const isAdfNode = (value: unknown): value is AdfNode => {
  const open: unknown[] = [value]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (!isNodeHead(node)) return false
    for (const child of node.content ?? []) open.push(child ?? null)
  }
  return isNodeHead(value)
}

const encoder = new TextEncoder()

/** The node that a JSON text holds; null when it holds none, or more than we look at. */
export const parseAdf = (text: string): AdfNode | null => {
  if (!/^\s*\{/.test(text)) return null
  const parsed = parseBoundedJson(encoder.encode(text), BOUNDS)
  return parsed.ok && isAdfNode(parsed.value) ? parsed.value : null
}

export const contentOf = (node: AdfNode): readonly AdfNode[] => node.content ?? []

export const stringAttr = (node: AdfNode | AdfMark, name: string): string => {
  const value = node.attrs?.[name]
  return typeof value === 'string' ? value : ''
}

export const numberAttr = (node: AdfNode, name: string): number | null => {
  const value = node.attrs?.[name]
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

/** Kinds that have a form in our tree whatever they say. */
const READ: ReadonlySet<string> = new Set(
  (
    'doc text paragraph heading hardBreak mention emoji bulletList orderedList listItem taskList taskItem decisionList ' +
    'decisionItem blockquote codeBlock rule panel expand nestedExpand table tableRow tableHeader tableCell'
  ).split(' '),
)

export const isRead = (type: string): boolean => READ.has(type)
