import { codecs } from '../../sync/rich-text/codecs.ts'
import type { WireComment } from './schema.ts'

/**
 * The words of a comment as HTML. Zendesk puts what was sent into `<div class="zd-comment" dir="auto">` and marks each
 * block with `dir="auto"`: both are taken off again, so that words come back as they were sent.
 */

const WRAPPER = /^<div class="zd-comment(?: [^"<>]*)?"(?: dir="\w+")?>([\s\S]*)<\/div>$/
/** Only inside a tag: in a text the brackets are escaped. */
const DIRECTION = /(<[a-z][a-z0-9]*(?: [^<>]*?)?) dir="auto"/gi

const LONGEST = 2_000_000

export const unwrapped = (html: string): string => {
  const trimmed = html.replace(/\r\n?/g, '\n').trim()
  if (trimmed.length > LONGEST) return trimmed
  return (WRAPPER.exec(trimmed)?.[1] ?? trimmed).replace(DIRECTION, '$1').trim()
}

export const htmlOfComment = (comment: WireComment): string => {
  if (comment.html_body) return unwrapped(comment.html_body)
  const plain = comment.plain_body ?? comment.body ?? ''
  return plain === '' ? '' : codecs.html.write(codecs.plain.read(plain))
}

const plainOf = (html: string): string => codecs.plain.write(codecs.html.read(html)).trim()

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** A file needs a comment to hang on, and a comment needs words: these, which are no comment of anybody's. */
const FILE_PREFIX = 'Attached: '
export const fileComment = (name: string): string => `<p>${FILE_PREFIX}${escaped(name)}</p>`
export const isFileComment = (comment: WireComment): boolean =>
  (comment.attachments ?? []).length === 1 && plainOf(htmlOfComment(comment)).startsWith(FILE_PREFIX)

/** A ticket needs words too. This stands for an empty description. */
export const NO_DESCRIPTION = '<p>–</p>'
export const isNoDescription = (html: string): boolean => plainOf(html) === '–'
