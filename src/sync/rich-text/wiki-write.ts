import { ACCOUNT } from './adf-write-inline.ts'
import { checkbox, isWordAt, MARK_OF, marked } from './line-markup.ts'
import { imageText, inlineText, isEnclosed, opaqueText, panelTitle } from './plain.ts'
import { isSafeImage, isSafeLink } from './safe-url.ts'
import { childrenOf, paragraph, type TreeNode } from './tree.ts'
import { escapeLine, escapeStart } from './wiki-escape.ts'
import { isWikiSource, SMILEYS } from './wiki-inline.ts'

/** Our writer of Jira's wiki markup. What it cannot say becomes text a reader understands. */

const SMILEY_OF: ReadonlyMap<string, string> = new Map(
  Object.entries(SMILEYS).map(([sign, shortcode]) => [shortcode, sign]),
)

/** Marks count in `{{ }}` too, so that everything which could be one is escaped. */
const inlineCode = (value: string): string =>
  `{{${value
    .replace(/\s+/g, ' ')
    .replace(/[\\&*_\-+!|[\]{}()^~?:;]/g, (char) =>
      char === '\\' ? '&#92;' : char === '&' ? '&#38;' : `\\${char}`,
    )}}}`

const link = (node: TreeNode): string => {
  const url = node.url ?? ''
  const text = inlineOf(childrenOf(node), true).replace(/\n/g, ' ').trim()
  if (url === '' || !isSafeLink(url) || /[|[\]\\{}\s]/.test(url))
    return text === '' ? escapeLine(url, true) : text
  const [only, ...others] = childrenOf(node)
  if (others.length === 0 && only?.type === 'text' && only.value === url && /^https?:\/\//.test(url))
    return url
  if (!/^(?:[a-z][a-z0-9+.-]*:|[/#])/i.test(url)) return `${text} (${escapeLine(url, true)})`
  return `[${text}|${url}]`
}

const image = (node: TreeNode): string => {
  const url = node.url ?? ''
  const alt = (node.alt ?? '').replace(/[|!",\\{}[\]\s]+/g, ' ').trim()
  if (isEnclosed(node) || !isSafeImage(url)) return escapeLine(imageText(node), true)
  if (/[!|\s\\{}]/.test(url) || !/[./]/.test(url))
    return escapeLine(alt === '' ? url : `${alt} (${url})`, true)
  return `!${url}${alt === '' ? '' : `|alt=${alt}`}!`
}

const mention = (node: TreeNode): string => {
  const id = node.id ?? ''
  if (id.startsWith(ACCOUNT)) return `[~${id}]`
  return id.startsWith(JIRA_USER)
    ? `[~${id.slice(JIRA_USER.length)}]`
    : escapeLine(`@${node.name ?? ''}`, true)
}

const JIRA_USER = 'jira-user:'

const inlineNode = (node: TreeNode, isGuarded: boolean, isFollowed = false): string => {
  const mark = MARK_OF[node.type]
  if (mark !== undefined) return marked(mark, inlineOf(childrenOf(node), isGuarded))
  switch (node.type) {
    case 'text':
      return (node.value ?? '')
        .split('\n')
        .map((line) => escapeLine(line, isGuarded, isFollowed))
        .join('\n')
    case 'inlineCode':
      return inlineCode(node.value ?? '')
    case 'break':
      return '\n'
    case 'link':
      return link(node)
    case 'image':
      return image(node)
    case 'mention':
      return mention(node)
    case 'emoji':
      return SMILEY_OF.get(node.shortcode ?? '') ?? escapeLine(`:${node.shortcode ?? ''}:`, isGuarded)
    case 'opaque':
      return isWikiSource(node.source ?? '') ? (node.source ?? '') : escapeLine(opaqueText(node), isGuarded)
    case 'footnoteReference':
      return escapeLine(`[^${node.identifier ?? ''}]`, true)
    default:
      return inlineOf(childrenOf(node), isGuarded)
  }
}

const NEEDS_ROOM: ReadonlySet<string> = new Set([...Object.keys(MARK_OF), 'image'])

/** `{*}bold{*}`, as Jira's own editor writes it; what holds line ends or marks of its own is left unmarked. */
const inBraces = (node: TreeNode, isGuarded: boolean): string => {
  const mark = MARK_OF[node.type] ?? ''
  const inner = inlineOf(childrenOf(node), isGuarded)
  const isSimple = childrenOf(node).every((child) => child.type === 'text') && inner.trim() === inner
  return isSimple && inner !== '' && !/[\n{}]/.test(inner) ? `{${mark}}${inner}{${mark}}` : inner
}

/** Inside a word a mark stands in braces; a picture needs a blank. */
const inlineOf = (nodes: readonly TreeNode[], isGuarded: boolean): string => {
  let out = ''
  nodes.forEach((node, index) => {
    const next = nodes[index + 1]
    const isBehind = NEEDS_ROOM.has(node.type) && isWordAt(out, -1)
    const isBefore = NEEDS_ROOM.has(node.type) && next?.type === 'text' && isWordAt(next.value ?? '', 0)
    if (node.type === 'image')
      out += `${isBehind ? ' ' : ''}${inlineNode(node, isGuarded)}${isBefore ? ' ' : ''}`
    else
      out +=
        isBehind || isBefore
          ? inBraces(node, isGuarded)
          : inlineNode(node, isGuarded, next !== undefined && next.type !== 'break')
  })
  return out
}

const lineStarts = (text: string): string =>
  text
    .split('\n')
    .map((line) => escapeStart(line.trim()))
    .filter((line) => line !== '')
    .join('\n')

/** Jira shows an error in place of the name of a language it does not know. */
const LANGUAGES: ReadonlySet<string> = new Set(
  (
    'actionscript ada applescript bash c c# c++ cpp css erlang go groovy haskell html java javascript js json lua objc ' +
    'perl php python r ruby scala sh sql swift visualbasic xml yaml'
  ).split(' '),
)

const code = (node: TreeNode): string => {
  const lang = (node.lang ?? '').toLowerCase()
  const name = LANGUAGES.has(lang) ? 'code' : 'noformat'
  const open = name === 'code' ? `{code:${lang}}` : '{noformat}'
  const value = (node.value ?? '').replace(/\{(code|noformat)\}/g, '{\u200b$1}')
  return `${open}\n${value}\n{${name}}`
}

/** An item is its line and what hangs on it: code stays in it only on the same line. */
const item = (node: TreeNode, markers: string): string => {
  let text = ''
  const nested: string[] = []
  const add = (part: string): void => {
    if (part !== '') text += text === '' ? part : `\n${part}`
  }
  for (const block of childrenOf(node)) {
    if (block.type === 'list') nested.push(list(block, markers))
    else if (block.type === 'code') text += `${text === '' ? '' : ' '}${code(block)}`
    else if (block.type === 'paragraph' || block.type === 'heading')
      add(lineStarts(inlineOf(childrenOf(block), false)))
    else
      add(
        lineStarts(
          inlineText({ ...block, type: 'span' })
            .split('\n')
            .map((line) => escapeLine(line, false))
            .join('\n'),
        ),
      )
  }
  const line = `${checkbox(node)}${text}`.trim()
  return [`${markers} ${line === '' ? '&nbsp;' : line}`, ...nested].join('\n')
}

const list = (node: TreeNode, outer = ''): string => {
  const markers = `${outer}${node.ordered === true ? '#' : '*'}`.slice(0, 12)
  return childrenOf(node)
    .map((child) => item(child, markers))
    .join('\n')
}

const isEmptyRow = (row: TreeNode): boolean => childrenOf(row).every((cell) => childrenOf(cell).length === 0)

const cellText = (cell: TreeNode): string => {
  const text = inlineOf(childrenOf(cell), true)
    .trim()
    .replace(/ *\n+ */g, ' \\\\ ')
  return text === '' ? ' ' : text
}

const table = (node: TreeNode): string => {
  const rows = childrenOf(node)
  return rows
    .filter((row, index) => index > 0 || rows.length === 1 || !isEmptyRow(row))
    .map((row) => {
      const bar = row === rows[0] ? '||' : '|'
      return `${bar}${childrenOf(row).map(cellText).join(bar)}${bar}`
    })
    .join('\n')
}

/** Macros of one name do not nest: in a quote, a quote of one paragraph is a `bq.`, and a larger one only its content. */
const instead = (node: TreeNode, inside: string): readonly TreeNode[] => {
  if (node.type !== inside) return [node]
  const [only, ...others] = childrenOf(node)
  const isLine = only?.type === 'paragraph' && others.length === 0 && inside === 'blockquote'
  if (isLine) return [node]
  const title =
    node.type === 'panel'
      ? [paragraph([{ type: 'strong', children: [{ type: 'text', value: panelTitle(node) }] }])]
      : []
  return [...title, ...childrenOf(node)].flatMap((child) => instead(child, inside))
}

const unnested = (blocks: readonly TreeNode[], inside: string): readonly TreeNode[] =>
  blocks.flatMap((node) => {
    const own = instead(node, inside)
    return own.map((one) =>
      one.children !== undefined && (one.type === 'blockquote' || one.type === 'panel') && one.type !== inside
        ? { ...one, children: unnested(childrenOf(one), inside) }
        : one,
    )
  })

const block = (node: TreeNode, isQuoted: boolean): string => {
  switch (node.type) {
    case 'heading': {
      const text = inlineOf(childrenOf(node), false).replace(/\s+/g, ' ').trim()
      return text === '' ? '' : `h${node.depth ?? 1}. ${text}`
    }
    case 'blockquote': {
      const [only] = childrenOf(node)
      if (isQuoted && only !== undefined) return `bq. ${lineStarts(inlineOf(childrenOf(only), false)).trim()}`
      return `{quote}\n${blocks(unnested(childrenOf(node), 'blockquote'), true)}\n{quote}`
    }
    case 'panel':
      return `{panel:title=${panelTitle(node).replace(/[|{}\n]/g, ' ')}}\n${blocks(unnested(childrenOf(node), 'panel'), isQuoted)}\n{panel}`
    case 'list':
      return list(node)
    case 'code':
      return code(node)
    case 'table':
      return table(node)
    case 'thematicBreak':
      return '----'
    case 'footnoteDefinition':
      return `${escapeLine(`[^${node.identifier ?? ''}]:`, true)} ${blocks(childrenOf(node), isQuoted)}`
    default:
      return lineStarts(
        node.type === 'paragraph' ? inlineOf(childrenOf(node), false) : inlineNode(node, false),
      )
  }
}

const blocks = (nodes: readonly TreeNode[], isQuoted: boolean): string =>
  nodes
    .map((node) => block(node, isQuoted))
    .filter((text) => text.trim() !== '')
    .join('\n\n')

export const writeWikiBlocks = (nodes: readonly TreeNode[]): string => blocks(nodes, false)
