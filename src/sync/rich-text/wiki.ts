import { cleanText } from './clean-text.ts'
import { settled } from './settle.ts'
import { noRules, tidy } from './tidy.ts'
import { asRichText, childrenOf, type RichText } from './tree.ts'
import { readWiki } from './wiki-read.ts'
import { writeWikiBlocks } from './wiki-write.ts'

/** Jira's wiki markup, as Data Center and the older of the Cloud's interfaces show it. */

const OPEN = '{noformat}\n'
const CLOSE = '\n{noformat}'

const verbatim = (value: string): string =>
  `${OPEN}${value.replace(/\{(code|noformat)\}/g, '{\u200b$1}')}${CLOSE}`

/** What holds more than a tree may is kept as preformatted text; our own block of it is read back exactly. */
const preformatted = (text: string): RichText => {
  const inner = text.slice(OPEN.length, -CLOSE.length)
  const isOurs = text.startsWith(OPEN) && text.endsWith(CLOSE) && !inner.includes('{noformat}')
  return asRichText([
    { type: 'code', value: isOurs ? inner.replace(/\{\u200b(code|noformat)\}/g, '{$1}') : text },
  ])
}

const read = (text: string): RichText => {
  const clean = cleanText(text)
  if (clean.trim() === '') return asRichText([])
  const blocks = tidy({ type: 'root', children: readWiki(clean) }, noRules)
  return blocks === null ? preformatted(clean) : asRichText(blocks)
}

const writeOnce = (tree: RichText): string => writeWikiBlocks(childrenOf(tree))

const write = (tree: RichText): string => settled({ read, write: writeOnce, preformatted: verbatim }, tree)

export const wiki = { read, write }
