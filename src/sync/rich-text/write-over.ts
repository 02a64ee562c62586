import { overlay, SIDES, type Tokens } from './overlay.ts'
import { sameText } from './same-text.ts'
import type { RichText } from './tree.ts'

/**
 * Writes a text over the one that stands there: only what says something else is changed, and the rest stays to the
 * letter as people typed it, with bullets, colours, classes and line ends that our tree does not know. Without it, one
 * word corrected elsewhere would rewrite their whole text in our own hand.
 *
 *   shown   - one\n- tow {color:red}now{color}
 *   was     * one\n* tow now                       the same in our hand
 *   next    * one\n* two now
 *   →       - one\n- two {color:red}now{color}
 */

export interface TextFormat {
  readonly read: (text: string) => RichText
  readonly write: (tree: RichText) => string
  /** A tag is one word of it. */
  readonly hasTags?: boolean
}

/** Longer texts are written anew: pasted logs, in which nobody styled a word. */
const MAX_CHARS = 100_000

const TOKEN = /\r?\n|[^\S\r\n]+|[\p{L}\p{N}\p{M}]+|[\s\S]/gu
const TOKEN_OR_TAG = new RegExp(`</?[a-z][^<>\\n]{0,400}>|${TOKEN.source}`, 'giu')
const TAG_NAME = /^<\/?[a-z0-9]+/i

const BULLET = /^[ \t]*([-*+]) /m

/** Line ends and, where `bullet` is given, bullets are made as they are made there. */
const tokensWith = (lineEnd: string, bullet?: string): Tokens<string> => ({
  key: (token) => token,
  // a tag is the same whatever its attributes, a line's end however it is made
  looseKey: (token) =>
    token === '\r\n'
      ? '\n'
      : token.length > 2 && token.startsWith('<')
        ? (TAG_NAME.exec(token)?.[0] ?? token)
        : token,
  fit: (fresh) =>
    fresh === '\n' ? lineEnd : bullet !== undefined && (fresh === '-' || fresh === '*') ? bullet : fresh,
})

export const writeOver = (format: TextFormat, tree: RichText, shown: string): string => {
  const token = format.hasTags === true ? TOKEN_OR_TAG : TOKEN
  const stands = format.read(shown)
  if (sameText(stands, tree)) return shown
  const next = format.write(tree)
  if (shown.length > MAX_CHARS || next.length > MAX_CHARS) return next
  const wanted = format.read(next)
  if (sameText(stands, wanted)) return shown
  const [was, will, there] = [format.write(stands), next, shown].map((text) => text.match(token) ?? [])
  const lineEnd = shown.includes('\r\n') ? '\r\n' : '\n'
  const bullet = BULLET.exec(shown)?.[1]
  const hands = [tokensWith(lineEnd), ...(bullet === undefined ? [] : [tokensWith(lineEnd, bullet)])]
  for (const hand of hands)
    for (const side of SIDES) {
      const text = overlay(hand, was ?? [], will ?? [], there ?? [], side).join('')
      const says = format.read(text)
      // what is put together from two texts must still say what the one says
      if (sameText(says, wanted) || sameText(says, tree)) return text
    }
  return next
}
