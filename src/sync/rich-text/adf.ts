import { parseAdf } from './adf-node.ts'
import { writeAdfOver } from './adf-over.ts'
import { readAdf } from './adf-read.ts'
import { writeAdf } from './adf-write.ts'
import type { Side } from './overlay.ts'
import { plainText } from './plain.ts'
import { sameText } from './same-text.ts'
import { settled } from './settle.ts'
import { noRules, tidy } from './tidy.ts'
import { asRichText, childrenOf, type RichText } from './tree.ts'

/**
 * Atlassian Document Format, as the JSON text of a document: what Jira Cloud shows and takes. A text that is no
 * document (a field of a project that keeps plain text) is read as plain text.
 */

/** Longer ones are written anew. */
const MAX_CHARS = 200_000

/** What is added below a column or a panel that we do not know comes to stand outside of it. */
const SIDES: readonly Side[] = ['before', 'after', 'between']

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
  const there = shown === undefined ? null : parseAdf(shown)
  const next = there === null ? null : parseAdf(text)
  if (shown === undefined || there?.type !== 'doc' || next === null) return text
  const [stands, wanted] = [read(shown), read(text)]
  if (sameText(stands, tree) || sameText(stands, wanted)) return shown
  const was = parseAdf(settled({ read, write: writeOnce, preformatted: codeDocument }, stands))
  if (was === null || shown.length > MAX_CHARS || text.length > MAX_CHARS) return text
  for (const side of SIDES) {
    const over = writeAdfOver(was, next, there, side)
    const whole = over === null ? null : JSON.stringify(over)
    const says = whole === null ? null : read(whole)
    // what is put together from two texts must still say what the one says
    if (whole !== null && says !== null && (sameText(says, wanted) || sameText(says, tree))) return whole
  }
  return text
}

export const adf = { read, write }
