import { toPlainText } from './plain.ts'
import type { RichText } from './tree.ts'

/**
 * Makes writing repeatable. A writer can meet combinations where its own text reads back as something slightly
 * different (`**a**` beside `*b*`); writing that once more usually gives a text that stays. `settled` goes on until it
 * does, so that a tool shown our text and read again never causes another write. Where the text has not settled after
 * a few rounds, it goes out as preformatted plain text: poorer, but it stays, and no character is lost.
 */
const MAX_ROUNDS = 5

interface Rough {
  readonly read: (text: string) => RichText
  readonly write: (tree: RichText) => string
  /** Preformatted text; reading and writing it again must give the same. */
  readonly preformatted: (text: string) => string
}

export const settled = (rough: Rough, tree: RichText): string => {
  let text = rough.write(tree)
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const again = rough.write(rough.read(text))
    if (again === text) return text
    text = again
  }
  return rough.preformatted(toPlainText(tree))
}
