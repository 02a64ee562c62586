import { parseAdf } from './adf-node.ts'
import { readAdf } from './adf-read.ts'
import { writeAdf } from './adf-write.ts'
import { plainText } from './plain.ts'
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

const write = (tree: RichText): string =>
  settled({ read, write: writeOnce, preformatted: codeDocument }, tree)

export const adf = { read, write }
