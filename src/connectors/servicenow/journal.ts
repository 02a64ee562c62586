import { codecs } from '../../sync/rich-text/codecs.ts'
import type { Visibility } from '../../sync/snapshot.ts'

/**
 * Comments and work notes. They are plain text in which `[code]…[/code]` is shown as HTML: such islands are read as
 * the words they hold. What we write is text and nothing else, so brackets of that kind in it are broken by a blank of
 * no width, or a customer could put HTML onto an agent's screen by way of the other tool; it is mended on reading.
 */

/** Who a journal column is shown to. Others (approval history …) are no conversation and are left out. */
export const JOURNALS: Readonly<Record<string, Exclude<Visibility, 'unknown'>>> = {
  comments: 'public',
  work_notes: 'internal',
}

export const columnFor = (visibility: Exclude<Visibility, 'unknown'>): string =>
  visibility === 'public' ? 'comments' : 'work_notes'

const NO_WIDTH = '\u200b'
const BREAKABLE = /\[(?=\/?code\])/gi
const MENDED = /\[\u200b(?=\/?code\])/gi
const ISLAND = /\[code\]([\s\S]*?)\[\/code\]/gi

const wordsOf = (island: string): string => codecs.plain.write(codecs.html.read(island)).trim()

export const journalText = (stored: string): string =>
  stored
    .replace(/\r\n?/g, '\n')
    .replace(ISLAND, (_, island: string) => wordsOf(island))
    .replace(MENDED, '[')

export const toJournal = (text: string): string => text.replace(BREAKABLE, `[${NO_WIDTH}`)

export const htmlToText = (html: string): string => codecs.plain.write(codecs.html.read(html))
export const textToHtml = (text: string): string => codecs.html.write(codecs.plain.read(text))
