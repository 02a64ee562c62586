import type { Options } from 'remark-stringify'
import { isHarmlessHtml } from './markdown-html.ts'
import { opaqueText, panelTitle } from './plain.ts'
import type { TreeNode } from './tree.ts'

/** How the nodes that Markdown does not know are written, and the few where we write otherwise than remark does. */

type Handlers = NonNullable<Options['handlers']>
type Handle = NonNullable<Handlers['paragraph']>

const ALERTS: ReadonlySet<string> = new Set(['note', 'tip', 'important', 'warning', 'caution'])

const quoted: Handle = (node: TreeNode & { children: never[] }, _parent, state, info) => {
  const exit = state.enter('blockquote')
  const tracker = state.createTracker(info)
  tracker.move('> ')
  tracker.shift(2)
  const kind = node.kind ?? 'note'
  const isAlert = ALERTS.has(kind)
  const flow = state.containerFlow({ type: 'blockquote', children: node.children }, tracker.current())
  const title = isAlert
    ? `[!${kind.toUpperCase()}]`
    : `**${state.safe(panelTitle(node), { before: '*', after: '*', ...tracker.current() })}**`
  const [first] = node.children as readonly TreeNode[]
  const gap = isAlert && first?.type === 'paragraph' ? '\n' : '\n\n'
  const lines = flow === '' ? title : `${title}${gap}${flow}`
  exit()
  return state.indentLines(lines, (line, _index, blank) => `>${blank ? '' : ' '}${line}`)
}

const inserted: Handle = (node, _parent, state, info) => {
  const tracker = state.createTracker(info)
  const open = tracker.move('<ins>')
  return `${open}${state.containerPhrasing(node, { ...tracker.current(), before: '>', after: '<' })}</ins>`
}

/** A name that the reader would not take whole is only text, so it is made safe like text. */
const mention: Handle = (node: TreeNode, _parent, state, info) =>
  `@${state.safe(node.name ?? '', { ...info, before: '@' })}`

const emoji: Handle = (node: TreeNode, _parent, state, info) => {
  const shortcode = node.shortcode ?? ''
  return /^[a-z0-9_+-]+$/i.test(shortcode) ? `:${shortcode}:` : state.safe(`:${shortcode}:`, info)
}

/** As text in a paragraph is written: a block of its own is no phrasing, and its `<` would stay a tag. */
const safeText = (text: string, state: Parameters<Handle>[2], info: Parameters<Handle>[3]): string => {
  const exit = state.enter('phrasing')
  const written = state.safe(text, info)
  exit()
  return written
}

const opaque: Handle = (node: TreeNode, _parent, state, info) => {
  const source = node.source ?? ''
  if (node.label === 'url') return source
  const isOurs = node.label === 'html' || node.label === 'html comment'
  return isOurs && isHarmlessHtml(source) ? source : safeText(opaqueText(node), state, info)
}

const ENDS_WITH_ADDRESS = /(?:https?:\/\/|www\.)\S*$/i

/** A cell cannot hold a line end; `<br>` is what GitHub, GitLab and Jira show as one. */
const hardBreak: Handle = (node, parent, state, info) => {
  if (state.stack.includes('tableCell')) return '<br>'
  if (state.stack.includes('headingAtx')) return /\s/.test(info.before) ? '' : ' '
  const siblings: readonly TreeNode[] = parent?.children ?? []
  const before = siblings[siblings.indexOf(node) - 1]
  // GFM takes a `\` right behind a bare address for a part of it
  return ENDS_WITH_ADDRESS.test(before?.value ?? before?.source ?? '') ? ' \\\n' : '\\\n'
}

export const handlers: Handlers = {
  panel: quoted,
  insert: inserted,
  mention,
  emoji,
  opaque,
  break: hardBreak,
}

const BARE_URL = /^https?:\/\/[a-z0-9][a-z0-9.-]*\.[a-z]{2,}(?:[/?#][^\s<>*~`|\\[\]()"']*)?$/i

const endsWithBlank = (node: TreeNode | undefined): boolean =>
  node === undefined || node.type === 'break' || (node.type === 'text' && /[\s(]$/.test(node.value ?? ''))
const startsWithBlank = (node: TreeNode | undefined): boolean =>
  node === undefined ||
  node.type === 'break' ||
  (node.type === 'text' && /^[),.:!?]{0,9}(?:\s|$)/.test(node.value ?? ''))

/** A link whose text is its address, standing free, that GFM recognises without brackets. */
export const isBareUrl = (
  node: TreeNode,
  before: TreeNode | undefined,
  after: TreeNode | undefined,
): boolean => {
  const url = node.url ?? ''
  const [only, ...others] = node.children ?? []
  return (
    node.type === 'link' &&
    !node.title &&
    others.length === 0 &&
    only?.type === 'text' &&
    only.value === url &&
    BARE_URL.test(url) &&
    /[a-z0-9/]$/i.test(url) &&
    endsWithBlank(before) &&
    startsWithBlank(after)
  )
}
