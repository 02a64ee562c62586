import { type DeepItem, listsOf } from './line-markup.ts'
import { childrenOf, paragraph, type TreeNode, textNode } from './tree.ts'
import { readWikiInline } from './wiki-inline.ts'

/**
 * Blocks of Jira's wiki markup. Code is taken out first, because nothing in it is markup; a mark of one character stands
 * where it was. Then lines are read once: headings, quotes, panels, lists, tables, rules, paragraphs.
 */

const MAX_NESTED = 20

/** Two of the characters that Unicode keeps from ever being one; `clean` has taken them out of the text. */
const CODE_FROM = '\ufdd0'
const CODE_TO = '\ufdd1'

const OPEN_CODE = /\{(code|noformat)(?::([^{}\n]*))?\}/g
/** The end of code inside code, as our writer guards it (Jira has no escape there). */
const GUARDED = /\{\u200b(code|noformat)\}/g

interface Lifted {
  readonly text: string
  readonly codes: readonly TreeNode[]
}

const languageOf = (parameters: string): string | null => {
  const [first = ''] = parameters.split('|').filter((one) => !one.includes('='))
  const named = /(?:^|\|)language=([^|]+)/.exec(parameters)?.[1] ?? first
  return /^[\w+#.-]{1,40}$/.test(named) && named !== 'none' ? named : null
}

const liftCode = (text: string): Lifted => {
  const clean = text.replaceAll(CODE_FROM, '\ufffd').replaceAll(CODE_TO, '\ufffd')
  const codes: TreeNode[] = []
  let out = ''
  let from = 0
  OPEN_CODE.lastIndex = 0
  for (let open = OPEN_CODE.exec(clean); open !== null; open = OPEN_CODE.exec(clean)) {
    if (clean.charAt(open.index - 1) === '\\') continue
    const start = open.index + open[0].length
    const end = clean.indexOf(`{${open[1]}}`, start)
    if (end < 0) break
    const lang = open[1] === 'code' ? languageOf(open[2] ?? '') : null
    const value = clean.slice(start, end).replace(GUARDED, '{$1}').replace(/^\n/, '').replace(/\n$/, '')
    codes.push({ type: 'code', value, ...(lang === null ? {} : { lang }) })
    out += `${clean.slice(from, open.index)}${CODE_FROM}${codes.length - 1}${CODE_TO}`
    from = end + `{${open[1]}}`.length
    OPEN_CODE.lastIndex = from
  }
  return { text: out + clean.slice(from), codes }
}

interface Lines {
  readonly lines: readonly string[]
  readonly codes: readonly TreeNode[]
  at: number
}

const peek = (source: Lines): string | undefined => source.lines[source.at]

const CODES = /\ufdd0(\d+)\ufdd1/g

/** Text with code in it as the blocks it makes: text, code, text … */
const split = (
  source: Lines,
  text: string,
  make: (inline: readonly TreeNode[]) => readonly TreeNode[],
): readonly TreeNode[] => {
  const out: TreeNode[] = []
  let from = 0
  const add = (part: string): void => {
    const inline = readWikiInline(part.trim())
    if (inline.length > 0) out.push(...make(inline))
  }
  for (const found of text.matchAll(CODES)) {
    add(text.slice(from, found.index))
    const code = source.codes[Number(found[1])]
    if (code !== undefined) out.push(code)
    from = found.index + found[0].length
  }
  add(text.slice(from))
  return out
}

const paragraphs = (source: Lines, text: string): readonly TreeNode[] =>
  split(source, text, (inline) => [paragraph(inline)])

const HEADING = /^h([1-6])\. +(\S.*)$/
const QUOTE = /^bq\. +(\S.*)$/
const RULE = /^-{4,}$/
const ITEM = /^([*#]{1,12}|-) +(\S.*)$/
const ROW = /^\|/
const MACRO = /^\{(quote|panel)(?::([^{}\n]*))?\}(.*)$/

const isBlockStart = (line: string): boolean =>
  ITEM.test(line) || ROW.test(line) || MACRO.test(line) || HEADING.test(line) || RULE.test(line)

interface OpenItem extends DeepItem {
  readonly lines: string[]
}

const itemsOf = (source: Lines): readonly OpenItem[] => {
  const items: OpenItem[] = []
  for (let line = peek(source); line !== undefined && line !== ''; line = peek(source)) {
    const found = ITEM.exec(line)
    if (found !== null) {
      const marker = found[1] ?? '*'
      items.push({ depth: marker.length, ordered: marker.endsWith('#'), lines: [found[2] ?? ''] })
    } else if (isBlockStart(line)) break
    else items.at(-1)?.lines.push(line)
    source.at += 1
  }
  return items
}

const TASK = /^\[([ x])\] +(?=\S)/i

const itemNode = (source: Lines, item: OpenItem, nested: readonly TreeNode[]): TreeNode => {
  const text = item.lines.join('\n')
  const task = TASK.exec(text)
  const blocks = paragraphs(source, task === null ? text : text.slice(task[0].length))
  const checked = task === null ? {} : { checked: task[1] !== ' ' }
  return { type: 'listItem', spread: false, ...checked, children: [...blocks, ...nested] }
}

interface Cell {
  readonly isHeader: boolean
  readonly text: string
}

/** Where `|` parts cells: not after a `\`, not in a link, an image or code. */
const GUARDED_BAR = /\\.|\{\{.*?\}\}|\[[^[\]\n]*\]|!\S[^!\n]*\S!|(\|\|?)/g

const cellsOf = (line: string): readonly Cell[] => {
  const bars = [...line.matchAll(GUARDED_BAR)].filter((found) => found[1] !== undefined)
  const cells: Cell[] = []
  bars.forEach((bar, index) => {
    const next = bars[index + 1]
    const text = line.slice(bar.index + bar[0].length, next?.index ?? line.length).trim()
    if (next === undefined && text === '') return
    cells.push({ isHeader: bar[1] === '||', text })
  })
  return cells
}

const cellNode = (source: Lines, cell: Cell, isHead: boolean): TreeNode => {
  const children = split(source, cell.text, (inline) => inline).flatMap((node) =>
    node.type === 'code' ? [{ type: 'inlineCode', value: (node.value ?? '').replace(/\n/g, ' ') }] : [node],
  )
  const isStrong = cell.isHeader && !isHead && children.length > 0
  return { type: 'tableCell', children: isStrong ? [{ type: 'strong', children }] : children }
}

const rowNode = (source: Lines, cells: readonly Cell[], isHead: boolean): TreeNode => ({
  type: 'tableRow',
  children: cells.map((cell) => cellNode(source, cell, isHead)),
})

const table = (source: Lines): readonly TreeNode[] => {
  const rows: (readonly Cell[])[] = []
  for (let line = peek(source); line !== undefined && ROW.test(line); line = peek(source)) {
    const cells = cellsOf(line)
    if (cells.length > 0) rows.push(cells)
    source.at += 1
  }
  const [first] = rows
  if (first === undefined) return []
  const hasHead = first.every((cell) => cell.isHeader)
  const empty = first.map((): TreeNode => ({ type: 'tableCell', children: [] }))
  const head = hasHead ? rowNode(source, first, true) : { type: 'tableRow', children: empty }
  const body = (hasHead ? rows.slice(1) : rows).map((cells) => rowNode(source, cells, false))
  return [{ type: 'table', align: first.map(() => null), children: [head, ...body] }]
}

const KINDS: ReadonlySet<string> = new Set(
  'info note tip warning error success important caution expand custom'.split(' '),
)

const panel = (parameters: string, children: readonly TreeNode[]): TreeNode => {
  const title = /(?:^|\|)title=([^|]*)/.exec(parameters)?.[1]?.trim() ?? ''
  const kind = title.toLowerCase()
  if (KINDS.has(kind)) return { type: 'panel', kind, children }
  const head = title === '' ? [] : [paragraph([{ type: 'strong', children: [textNode(title)] }])]
  return { type: 'panel', kind: 'note', children: [...head, ...children] }
}

/** A quote or panel and what follows its end on the same line; null where it has no end. */
const macro = (source: Lines, found: RegExpExecArray, depth: number): readonly TreeNode[] | null => {
  const [, name = '', parameters = '', rest = ''] = found
  const close = `{${name}}`
  const lines: string[] = []
  let at = source.at
  for (let line: string | undefined = rest; line !== undefined; at += 1, line = source.lines[at]) {
    const end = line.indexOf(close)
    if (end < 0) {
      lines.push(line)
      continue
    }
    lines.push(line.slice(0, end))
    source.at = at + 1
    const children = readLines(
      { lines: lines.map((one) => one.trim()), codes: source.codes, at: 0 },
      depth + 1,
    )
    const block = name === 'quote' ? { type: 'blockquote', children } : panel(parameters, children)
    return [block, ...paragraphs(source, line.slice(end + close.length))]
  }
  return null
}

const plainParagraph = (source: Lines, first: string): readonly TreeNode[] => {
  const lines = [first]
  source.at += 1
  for (
    let line = peek(source);
    line !== undefined && line !== '' && !isBlockStart(line);
    line = peek(source)
  ) {
    lines.push(line)
    source.at += 1
  }
  return paragraphs(source, lines.join('\n'))
}

const hasChildren = (node: TreeNode): boolean => childrenOf(node).length > 0

const nextBlocks = (source: Lines, line: string, depth: number): readonly TreeNode[] => {
  const opened = depth < MAX_NESTED ? MACRO.exec(line) : null
  if (opened !== null) {
    const block = macro(source, opened, depth)
    if (block !== null) return block
  }
  if (RULE.test(line)) {
    source.at += 1
    return [{ type: 'thematicBreak' }]
  }
  if (ITEM.test(line)) return listsOf(itemsOf(source), (item, nested) => itemNode(source, item, nested))
  if (ROW.test(line) && cellsOf(line).length > 0) return table(source)
  const heading = HEADING.exec(line)
  if (heading !== null) {
    source.at += 1
    return split(source, heading[2] ?? '', (children) => [
      { type: 'heading', depth: Number(heading[1]), children },
    ]).filter((node) => node.type === 'code' || hasChildren(node))
  }
  const quote = QUOTE.exec(line)
  if (quote !== null) return [{ type: 'blockquote', children: plainParagraph(source, quote[1] ?? '') }]
  return plainParagraph(source, line)
}

const readLines = (source: Lines, depth: number): readonly TreeNode[] => {
  const out: TreeNode[] = []
  for (let line = peek(source); line !== undefined; line = peek(source)) {
    if (line === '') source.at += 1
    else out.push(...nextBlocks(source, line, depth))
  }
  return out
}

export const readWiki = (text: string): readonly TreeNode[] => {
  const lifted = liftCode(text)
  const lines = lifted.text.split('\n').map((line) => line.trim())
  return readLines({ lines, codes: lifted.codes, at: 0 }, 0)
}
