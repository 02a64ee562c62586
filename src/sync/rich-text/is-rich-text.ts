import { isSafeImage, isSafeLink } from './safe-url.ts'
import { LIMITS, type RichText } from './tree.ts'

/**
 * Checks a value from outside (a request body, a stored row of another version) before it is taken for rich text.
 * Iterative, so that nesting cannot exhaust the stack, and it stops at the first limit reached.
 */

type Place = 'block' | 'inline' | 'item' | 'row' | 'cell' | 'none'
type Check = (value: unknown) => boolean

const string: Check = (value) => typeof value === 'string' && value.isWellFormed() && !value.includes('\0')
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || value === null || check(value)
const flag: Check = (value) => typeof value === 'boolean'
const count: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0
const link: Check = (value) => typeof value === 'string' && isSafeLink(value)
const image: Check = (value) => typeof value === 'string' && isSafeImage(value)
const headingDepth: Check = (value) => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 6
const alignment: Check = (value) =>
  Array.isArray(value) &&
  value.length <= 1_000 &&
  value.every((one) => one === null || one === 'left' || one === 'right' || one === 'center')

interface Shape {
  readonly places: readonly Place[]
  /** What its children must be; null: it has none. */
  readonly holds: Place | null
  readonly attributes: Readonly<Record<string, Check>>
}

const shape = (
  places: readonly Place[],
  holds: Place | null,
  attributes: Readonly<Record<string, Check>> = {},
): Shape => ({
  places,
  holds,
  attributes,
})

/** Everything that may stand in a tree: the kind, where it may stand, what it holds, what it says. */
const SHAPES: ReadonlyMap<string, Shape> = new Map(
  Object.entries({
    paragraph: shape(['block'], 'inline'),
    heading: shape(['block'], 'inline', { depth: headingDepth }),
    blockquote: shape(['block'], 'block'),
    panel: shape(['block'], 'block', { kind: string }),
    list: shape(['block'], 'item', {
      ordered: optional(flag),
      start: optional(count),
      spread: optional(flag),
    }),
    listItem: shape(['item'], 'block', { checked: optional(flag), spread: optional(flag) }),
    code: shape(['block'], null, { value: string, lang: optional(string), meta: optional(string) }),
    table: shape(['block'], 'row', { align: optional(alignment) }),
    tableRow: shape(['row'], 'cell'),
    tableCell: shape(['cell'], 'inline'),
    thematicBreak: shape(['block'], null),
    footnoteDefinition: shape(['block'], 'block', { identifier: string, label: optional(string) }),
    text: shape(['inline'], null, { value: string }),
    emphasis: shape(['inline'], 'inline'),
    strong: shape(['inline'], 'inline'),
    delete: shape(['inline'], 'inline'),
    insert: shape(['inline'], 'inline'),
    inlineCode: shape(['inline'], null, { value: string }),
    break: shape(['inline'], null),
    link: shape(['inline'], 'inline', { url: link, title: optional(string) }),
    image: shape(['inline'], null, { url: image, title: optional(string), alt: optional(string) }),
    footnoteReference: shape(['inline'], null, { identifier: string, label: optional(string) }),
    mention: shape(['inline'], null, { name: string, id: optional(string) }),
    emoji: shape(['inline'], null, { shortcode: string }),
    opaque: shape(['block', 'inline'], null, { source: string, label: string }),
  }),
)

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

/** Characters of a node that holds only what its shape names, or null where something is wrong with it. */
const sizeOf = (node: Readonly<Record<string, unknown>>, known: Shape): number | null => {
  let size = 0
  for (const [name, value] of Object.entries(node)) {
    if (name === 'type' || (name === 'children' && known.holds !== null)) continue
    if (!Object.hasOwn(known.attributes, name)) return null
    if (typeof value === 'string') size += value.length
  }
  return Object.entries(known.attributes).every(([name, check]) => check(node[name])) ? size : null
}

export const isRichText = (value: unknown): value is RichText => {
  if (!isObject(value) || value['type'] !== 'root' || !Array.isArray(value['children'])) return false
  if (Object.keys(value).length !== 2) return false
  let nodes = 0
  let text = 0
  const open: { readonly nodes: readonly unknown[]; readonly place: Place; readonly depth: number }[] = [
    { nodes: value['children'], place: 'block', depth: 1 },
  ]
  for (let level = open.pop(); level !== undefined; level = open.pop()) {
    nodes += level.nodes.length
    if (nodes > LIMITS.nodes || level.depth > LIMITS.depth) return false
    for (const node of level.nodes) {
      if (!isObject(node) || typeof node['type'] !== 'string') return false
      const known = SHAPES.get(node['type'])
      if (known === undefined || !known.places.includes(level.place)) return false
      const size = sizeOf(node, known)
      if (size === null) return false
      text += size
      if (text > LIMITS.text) return false
      if (known.holds === null) continue
      if (!Array.isArray(node['children'])) return false
      open.push({ nodes: node['children'], place: known.holds, depth: level.depth + 1 })
    }
  }
  return true
}
