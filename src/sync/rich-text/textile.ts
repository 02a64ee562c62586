import { cleanText } from './clean-text.ts'
import { settled } from './settle.ts'
import { readTextile } from './textile-read.ts'
import { writeBlocks } from './textile-write.ts'
import { noRules, tidy } from './tidy.ts'
import { asRichText, childrenOf, paragraph, type RichText, textNode } from './tree.ts'

/** Textile in Redmine's dialect. */

const MARKUP = /[&<"!@*_+|>=^~{#-]|https?:|user:|^(?:h[1-6]|bq|p)\b|^\s|\s$/m

const readPlain = (text: string): RichText => {
  const blocks = text.split(/\n\n+/).filter((block) => block !== '')
  return asRichText(
    blocks.map((block) =>
      paragraph(
        block
          .split('\n')
          .flatMap((line, index) => (index === 0 ? [textNode(line)] : [{ type: 'break' }, textNode(line)])),
      ),
    ),
  )
}

const OPEN = '<pre>\n'
const CLOSE = '\n</pre>'

const fenced = (value: string): string => `${OPEN}${value.replaceAll('</pre>', '<\u200b/pre>')}${CLOSE}`

/** What holds more than a tree may is kept as preformatted text; our own block of it is read back exactly. */
const preformatted = (text: string): RichText => {
  const isOurs = text.startsWith(OPEN) && text.endsWith(CLOSE) && text.indexOf('</pre>') === text.length - 6
  const value = isOurs ? text.slice(OPEN.length, -CLOSE.length).replaceAll('<\u200b/pre>', '</pre>') : text
  return asRichText([{ type: 'code', value }])
}

const read = (text: string): RichText => {
  const clean = cleanText(text)
  if (clean.trim() === '') return asRichText([])
  if (clean.length < 10_000 && !MARKUP.test(clean)) return readPlain(clean)
  const blocks = tidy({ type: 'root', children: readTextile(clean) }, noRules)
  return blocks === null ? preformatted(clean) : asRichText(blocks)
}

const writeOnce = (tree: RichText): string => writeBlocks(childrenOf(tree))

const write = (tree: RichText): string => {
  const once = writeOnce(tree)
  const isPlain = childrenOf(tree).every(
    (block) =>
      block.type === 'paragraph' &&
      childrenOf(block).every((node) => node.type === 'text' || node.type === 'break'),
  )
  if (isPlain && !MARKUP.test(once)) return once
  return settled({ read, write: writeOnce, preformatted: fenced }, tree)
}

export const textile = { read, write }
