import { type DeepItem, listsOf } from './line-markup.ts'
import { readInline } from './textile-inline.ts'
import { childrenOf, paragraph, type TreeNode, textNode } from './tree.ts'

/**
 * Textile blocks as Redmine reads them, line by line: headings, `bq.` and `>` quotes, lists, tables, `<pre>`, rules,
 * paragraphs. A block ends at a blank line or where another kind begins. Nesting is bounded, lines are read once.
 */

const MAX_QUOTES = 20

const HEADING = /^h([1-6])(?:\([^)\n]{0,100}\)|\{[^}\n]{0,100}\}|[<>=]){0,3}\. +(\S.*)$/
const QUOTE = /^bq(?:\([^)\n]{0,100}\)|[<>=]){0,3}\. +(\S.*)$/
const PARAGRAPH = /^p(?:\([^)\n]{0,100}\)|\{[^}\n]{0,100}\}|[<>=]|\(+|\)+){0,3}\. +(\S.*)$/
const RULE = /^(?:-{3,}|\*{3,}|_{3,})$/
const ITEM = /^([*#]{1,12}) +(\S.*)$/
const ROW = /^\|.*\|$/
const PRE = '<pre>'
const PRE_END = '</pre>'
/** `</pre>` inside preformatted text, as our writer guards it (Redmine has no escape there). */
const GUARDED = /<\u200b\/pre>/g
const LANGUAGE = /^\s*<code(?: class="([\w+#.-]{1,40})")?>/
const CELL = /^(?:[\\/]\d{1,3}|_|[<>=~^-]|\{[^}\n]{0,100}\}|\([^)\n]{0,100}\)){1,6}\. ?/
const TASK = /^\[([ x])\] +(?=\S)/i

/** What is still to be read: lines, and where. */
interface Lines {
  readonly lines: readonly string[]
  at: number
}

const peek = (source: Lines): string | undefined => source.lines[source.at]

const isBlockStart = (line: string): boolean =>
  line.startsWith('>') || line.startsWith(PRE) || ITEM.test(line) || ROW.test(line)

const preformatted = (source: Lines): readonly TreeNode[] => {
  const first = (peek(source) ?? '').slice(PRE.length)
  const lines: string[] = []
  let rest = ''
  for (let line: string | undefined = first; line !== undefined; line = peek(source)) {
    source.at += 1
    const end = line.indexOf(PRE_END)
    lines.push(end < 0 ? line : line.slice(0, end))
    if (end < 0) continue
    rest = line.slice(end + PRE_END.length).trim()
    break
  }
  let value = lines.join('\n')
  const opened = LANGUAGE.exec(value)
  if (opened !== null) {
    value = value.slice(opened[0].length)
    const close = value.lastIndexOf('</code>')
    if (close >= 0 && value.slice(close + 7).trim() === '') value = value.slice(0, close)
  }
  value = value.replace(GUARDED, PRE_END).replace(/^\n/, '').replace(/\n$/, '')
  const block: TreeNode = { type: 'code', value, ...(opened?.[1] ? { lang: opened[1] } : {}) }
  return rest === '' ? [block] : [block, paragraph(readInline(rest))]
}

const quoted = (source: Lines, depth: number): TreeNode => {
  const lines: string[] = []
  for (let line = peek(source); line?.startsWith('>'); line = peek(source)) {
    lines.push(line.slice(line.charAt(1) === ' ' ? 2 : 1).trim())
    source.at += 1
  }
  return { type: 'blockquote', children: readBlocks(lines, depth + 1) }
}

/** Where `|` parts cells: not inside `<notextile>` or `<code>`. */
const cellsOf = (line: string): readonly string[] => {
  const inside = line.slice(1, -1)
  const cells: string[] = []
  let from = 0
  const guarded = /<(notextile|code)>|\|/g
  for (let found = guarded.exec(inside); found !== null; found = guarded.exec(inside)) {
    if (found[1] === undefined) {
      cells.push(inside.slice(from, found.index))
      from = found.index + 1
      continue
    }
    const end = inside.indexOf(`</${found[1]}>`, found.index)
    if (end < 0) break
    guarded.lastIndex = end
  }
  return [...cells, inside.slice(from)]
}

interface Cell {
  readonly isHeader: boolean
  readonly align: 'left' | 'right' | 'center' | null
  readonly content: readonly TreeNode[]
}

const cellOf = (text: string): Cell => {
  const style = CELL.exec(text)?.[0] ?? ''
  const align = style.includes('=')
    ? 'center'
    : style.includes('>')
      ? 'right'
      : style.includes('<')
        ? 'left'
        : null
  return { isHeader: style.includes('_'), align, content: readInline(text.slice(style.length).trim()) }
}

const tableCell = (children: readonly TreeNode[]): TreeNode => ({ type: 'tableCell', children })

const rowNode = (cells: readonly Cell[], isHead: boolean): TreeNode => ({
  type: 'tableRow',
  children: cells.map((cell) =>
    tableCell(
      cell.isHeader && !isHead && cell.content.length > 0
        ? [{ type: 'strong', children: cell.content }]
        : cell.content,
    ),
  ),
})

/** A table without header cells gets an empty header row, which GFM needs; the writer leaves it out again. */
const table = (source: Lines): TreeNode => {
  const rows: (readonly Cell[])[] = []
  for (let line = peek(source); line !== undefined && ROW.test(line); line = peek(source)) {
    rows.push(cellsOf(line).map(cellOf))
    source.at += 1
  }
  const [first = []] = rows
  const hasHead = first.some((cell) => cell.isHeader)
  const align = first.map((cell) => cell.align)
  const body = rows.slice(hasHead ? 1 : 0).map((cells) => rowNode(cells, false))
  const head = hasHead ? rowNode(first, true) : { type: 'tableRow', children: first.map(() => tableCell([])) }
  return { type: 'table', align, children: [head, ...body] }
}

interface OpenItem extends DeepItem {
  readonly lines: string[]
  readonly blocks: TreeNode[]
}

const itemsOf = (source: Lines): readonly OpenItem[] => {
  const items: OpenItem[] = []
  for (let line = peek(source); line !== undefined && line !== ''; line = peek(source)) {
    const found = ITEM.exec(line)
    const last = items.at(-1)
    if (found !== null) {
      const marker = found[1] ?? '*'
      items.push({ depth: marker.length, ordered: marker.endsWith('#'), lines: [found[2] ?? ''], blocks: [] })
      source.at += 1
    } else if (last !== undefined && line.startsWith(PRE)) {
      last.blocks.push(...preformatted(source))
    } else if (last !== undefined && last.blocks.length === 0 && !isBlockStart(line)) {
      last.lines.push(line)
      source.at += 1
    } else break
  }
  return items
}

const itemNode = (item: OpenItem, nested: readonly TreeNode[]): TreeNode => {
  const text = item.lines.join('\n')
  const task = TASK.exec(text)
  const inline = readInline(task === null ? text : text.slice(task[0].length))
  return {
    type: 'listItem',
    spread: false,
    ...(task === null ? {} : { checked: task[1] !== ' ' }),
    children: [paragraph(inline.length === 0 ? [textNode(text)] : inline), ...item.blocks, ...nested],
  }
}

const lists = (source: Lines): readonly TreeNode[] => listsOf(itemsOf(source), itemNode)

const plainParagraph = (source: Lines, first: string): TreeNode => {
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
  return paragraph(readInline(lines.join('\n')))
}

const onlyInline = (node: TreeNode): boolean => childrenOf(node).length > 0

/** Blocks that begin at the current line, which is not blank. */
const nextBlocks = (source: Lines, line: string, depth: number): readonly TreeNode[] => {
  if (line.startsWith(PRE)) return preformatted(source)
  if (line.startsWith('>') && depth < MAX_QUOTES) return [quoted(source, depth)]
  if (ITEM.test(line)) return lists(source)
  if (ROW.test(line) && line.length > 2) return [table(source)]
  const heading = HEADING.exec(line)
  if (heading !== null) {
    source.at += 1
    return [{ type: 'heading', depth: Number(heading[1]), children: readInline(heading[2] ?? '') }].filter(
      onlyInline,
    )
  }
  if (RULE.test(line) && (source.lines[source.at + 1] ?? '') === '') {
    source.at += 1
    return [{ type: 'thematicBreak' }]
  }
  const quote = QUOTE.exec(line)
  if (quote !== null) return [{ type: 'blockquote', children: [plainParagraph(source, quote[1] ?? '')] }]
  return [plainParagraph(source, PARAGRAPH.exec(line)?.[1] ?? line)].filter(onlyInline)
}

/** Inside `<pre>` blanks count; everywhere else those at a line's ends do not. */
const trimmed = (lines: readonly string[]): readonly string[] => {
  let inside = false
  return lines.map((line) => {
    const kept = inside ? line : line.trim()
    if (!inside && kept.startsWith(PRE)) inside = !kept.includes(PRE_END)
    else if (inside && kept.includes(PRE_END)) inside = false
    return inside || kept === line ? kept : kept.startsWith(PRE) ? line.trimStart() : kept
  })
}

const readBlocks = (lines: readonly string[], depth: number): readonly TreeNode[] => {
  const source: Lines = { lines, at: 0 }
  const out: TreeNode[] = []
  for (let line = peek(source); line !== undefined; line = peek(source)) {
    if (line === '') source.at += 1
    else out.push(...nextBlocks(source, line, depth))
  }
  return out
}

export const readTextile = (text: string): readonly TreeNode[] => readBlocks(trimmed(text.split('\n')), 0)
