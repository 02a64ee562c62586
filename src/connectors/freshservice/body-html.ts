import { codecs } from '../../sync/rich-text/codecs.ts'
import type { WireNote } from './schema.ts'

/**
 * Words as HTML. Freshservice puts what was sent, and what its editor makes, into one `<div>`, often with the editor's font:
 * it is taken off again, so that words come back as they were sent.
 */

const OPEN = /^<div(?: style="font-(?:family|size):[^"<>]*")?(?: dir="ltr")?>/
const LONGEST = 2_000_000
const MAX_WRAPPERS = 3

/** Whether the first `<div>` is closed by the very end, and by nothing before. */
const isWrapper = (html: string): boolean => {
  if (!OPEN.test(html) || !html.endsWith('</div>')) return false
  let depth = 0
  for (const { 0: tag, index } of html.matchAll(/<(\/?)div\b[^<>]*>/g)) {
    depth += tag.startsWith('</') ? -1 : 1
    if (depth === 0) return index + tag.length === html.length
  }
  return false
}

export const unwrapped = (html: string): string => {
  let inner = html.replace(/\r\n?/g, '\n').trim()
  if (inner.length > LONGEST) return inner
  for (let each = 0; each < MAX_WRAPPERS && isWrapper(inner); each += 1)
    inner = inner
      .replace(OPEN, '')
      .replace(/<\/div>$/, '')
      .trim()
  return inner
}

const plainOf = (html: string): string => codecs.plain.write(codecs.html.read(html)).trim()

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** A file of ours hangs on a note, and a note needs words: these, which are no comment of anybody's. */
const FILE_PREFIX = 'Attached: '
export const fileNote = (name: string): string => `<p>${FILE_PREFIX}${escaped(name)}</p>`
export const isFileNote = (note: WireNote): boolean =>
  (note.attachments ?? []).length === 1 && plainOf(unwrapped(note.body ?? '')).startsWith(FILE_PREFIX)

/** A record needs words too. This stands for an empty description. */
export const NO_DESCRIPTION = '<p>–</p>'
export const isNoDescription = (html: string): boolean => html.length < 200 && plainOf(html) === '–'
