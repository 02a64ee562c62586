import { readdirSync, readFileSync } from 'node:fs'
import type { codecs } from '../../src/sync/rich-text/index.ts'
import { ADF_DOCUMENTS } from './corpus/adf.ts'

/**
 * The corpus: documents as people and machines write them in each tool. In `corpus/*.txt` one follows the other, each
 * below a line `%%% its name`; a file's name begins with the format, then says whose dialect it is. Below
 * `%%% its name (escaped)`, `\u{…}` is the character of that number: what is invisible, or turns lines around, is told
 * by its number, so that whoever reads the file sees it.
 */

export const FORMATS = ['markdown', 'textile', 'html', 'adf', 'wiki', 'plain'] as const
export type Format = (typeof FORMATS)[number] & keyof typeof codecs

export interface Document {
  readonly name: string
  /** The file it stands in: format and dialect. */
  readonly from: string
  readonly format: Format
  readonly text: string
}

const FOLDER = new URL('corpus/', import.meta.url)
const ESCAPE = /\\u\{([0-9a-f]{1,6})\}/gi
const ESCAPED = ' (escaped)'

const formatOf = (file: string): Format => {
  const found = FORMATS.find((format) => file.startsWith(`${format}-`))
  if (found === undefined) throw new Error(`${file} does not begin with the name of a format`)
  return found
}

const documentsIn = (file: string): readonly Document[] =>
  readFileSync(new URL(file, FOLDER), 'utf8')
    .split(/^%%% /m)
    .slice(1)
    .map((part) => {
      const lineEnd = part.indexOf('\n')
      const title = part.slice(0, lineEnd)
      const raw = part.slice(lineEnd + 1).replace(/\n+$/, '')
      const text = title.endsWith(ESCAPED)
        ? raw.replace(ESCAPE, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
        : raw
      const name = title.replace(ESCAPED, '')
      return { name, from: file.replace('.txt', ''), format: formatOf(file), text }
    })

const fromAdf: readonly Document[] = Object.entries(ADF_DOCUMENTS).map(([name, content]) => ({
  name,
  from: 'adf-jira-cloud',
  format: 'adf',
  text: JSON.stringify({ version: 1, type: 'doc', content }),
}))

export const CORPUS: readonly Document[] = [
  ...readdirSync(FOLDER)
    .filter((file) => file.endsWith('.txt'))
    .sort()
    .flatMap(documentsIn),
  ...fromAdf,
]

export const documentsOf = (format: Format): readonly Document[] =>
  CORPUS.filter((document) => document.format === format)
