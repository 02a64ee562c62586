import { contentOf, parseAdf } from './adf-node.ts'
import { writeAdfOver } from './adf-over.ts'
import { readAdf } from './adf-read.ts'
import { writeAdf } from './adf-write.ts'
import { plainText } from './plain.ts'
import { sameText } from './same-text.ts'
import { settled } from './settle.ts'
import { noRules, tidy } from './tidy.ts'
import { asRichText, childrenOf, type RichText } from './tree.ts'

/**
 * Atlassian Document Format, as the JSON text of a document: what Jira Cloud shows and takes. A text that is no
 * document (a field of a project that keeps plain text) is read as plain text.
 */

const codeDocument = (value: string): string =>
  JSON.stringify(writeAdf(value === '' ? [] : [{ type: 'code', value }]))

const read = (text: string): RichText => {
  const doc = parseAdf(text)
  if (doc === null || doc.type !== 'doc') return plainText(text)
  const blocks = tidy({ type: 'root', children: readAdf(doc) }, noRules)
  return blocks === null ? asRichText([{ type: 'code', value: text }]) : asRichText(blocks)
}

const writeOnce = (tree: RichText): string => JSON.stringify(writeAdf(childrenOf(tree)))

const write = (tree: RichText, shown?: string): string => {
  const text = settled({ read, write: writeOnce, preformatted: codeDocument }, tree)
  const old = shown === undefined ? null : parseAdf(shown)
  const fresh = old === null ? null : parseAdf(text)
  if (old?.type !== 'doc' || fresh === null) return text
  const content = writeAdfOver(contentOf(fresh), contentOf(old))
  const whole = JSON.stringify({ version: 1, type: 'doc', content })
  // what is put together from two texts must still say what the one says
  return sameText(read(whole), read(text)) ? whole : text
}

export const adf = { read, write }
