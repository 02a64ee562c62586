import type { RichFormat } from '../connector.ts'
import { adf } from './adf.ts'
import { html } from './html.ts'
import { markdown } from './markdown.ts'
import { plainText, toPlainText } from './plain.ts'
import { textile } from './textile.ts'
import type { RichText } from './tree.ts'
import { wiki } from './wiki.ts'
import { type TextFormat, writeOver } from './write-over.ts'

/**
 * One reader and one writer a format. Neither throws, whatever it is given. Writing what was read is repeatable: with
 * `norm = write(read(x))`, `write(read(norm)) === norm`, so a tool shown our text gives no reason to write again.
 */
export interface Codec {
  readonly read: (text: string) => RichText
  /**
   * `shown`: the text that stands there now. Of it stays, to the letter, whatever the tree says just the same; with
   * nothing else to say it is the answer itself.
   */
  readonly write: (tree: RichText, shown?: string) => string
}

const ofText = (format: TextFormat): Codec => ({
  read: format.read,
  write: (tree, shown) => (shown === undefined ? format.write(tree) : writeOver(format, tree, shown)),
})

export const codecs: Readonly<Record<RichFormat, Codec>> = {
  markdown: ofText(markdown),
  textile: ofText(textile),
  html: ofText({ ...html, hasTags: true }),
  adf,
  wiki: ofText(wiki),
  plain: ofText({ read: plainText, write: toPlainText }),
}
