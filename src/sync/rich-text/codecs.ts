import type { RichFormat } from '../connector.ts'
import { adf } from './adf.ts'
import { html } from './html.ts'
import { markdown } from './markdown.ts'
import { plainText, toPlainText } from './plain.ts'
import { textile } from './textile.ts'
import type { RichText } from './tree.ts'
import { wiki } from './wiki.ts'

/**
 * One reader and one writer a format. Neither throws, whatever it is given. Writing what was read is repeatable: with
 * `norm = write(read(x))`, `write(read(norm)) === norm`, so a tool shown our text gives no reason to write again.
 */
export interface Codec {
  readonly read: (text: string) => RichText
  /**
   * `shown`: the text that stands there now. A format that knows more than our tree keeps what it can of it, where the
   * tree says the same.
   */
  readonly write: (tree: RichText, shown?: string) => string
}

export const codecs: Readonly<Record<RichFormat, Codec>> = {
  markdown,
  textile,
  html,
  adf,
  wiki,
  plain: { read: plainText, write: toPlainText },
}
