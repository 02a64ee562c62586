/**
 * GitLab lists no files of an issue: a file is uploaded to the project, and is there for whoever sees a text that names
 * it. So the files of an issue are those that its description and comments link to.
 */

export interface Upload {
  /** `<secret>/<file name>`; before it `<project>:` when the link names the project. */
  readonly id: string
  readonly name: string
}

export interface UploadPlace {
  /** null: the issue's own. */
  readonly project: number | null
  readonly secret: string
  readonly filename: string
}

const FILE = /(?:\/-\/project\/(\d{1,15}))?\/uploads\/([0-9a-f]{32})\/([^\s()<>"'/?#]{1,500})/g
const AFTER_LINK = />?(?:[ \t]{1,10}"[^"\n]{0,300}")?\)(?:\{[^}\n]{0,200}\})?/y
const AFTER_TAG = /"[^<>]{0,500}>/y
const MAX_BEFORE = 500

/** From the first to the last character of what stands for a file. */
interface Span {
  readonly start: number
  readonly end: number
  readonly words: string
}

/** Linear in the text, whatever it holds: each file looks a bounded way back and ahead. */
const linkAround = (text: string, from: number, to: number): Span | null => {
  const opens = text[from - 1] === '<' ? from - 1 : from
  if (text.slice(opens - 2, opens) !== '](') return null
  AFTER_LINK.lastIndex = to
  const after = AFTER_LINK.exec(text)
  if (after === null) return null
  for (let at = opens - 3; at >= 0 && at > opens - MAX_BEFORE; at -= 1) {
    const char = text[at]
    if (char === '\n') return null
    if (isEscaped(text, at)) continue
    if (char === ']') return null
    if (char === '[') {
      const start = text[at - 1] === '!' ? at - 1 : at
      return { start, end: to + after[0].length, words: text.slice(at + 1, opens - 2) }
    }
  }
  return null
}

const isEscaped = (text: string, at: number): boolean => {
  let slashes = 0
  while (slashes < MAX_BEFORE && text[at - 1 - slashes] === '\\') slashes += 1
  return slashes % 2 === 1
}

const tagAround = (text: string, from: number, to: number): Span | null => {
  const before = text.slice(Math.max(0, from - MAX_BEFORE), from)
  if (!before.endsWith('src="') && !before.endsWith('href="')) return null
  const opens = before.lastIndexOf('<')
  AFTER_TAG.lastIndex = to
  const after = AFTER_TAG.exec(text)
  if (opens < 0 || after === null || before.includes('>', opens)) return null
  return { start: from - before.length + opens, end: to + after[0].length, words: '' }
}

interface Found extends Span {
  readonly project: string | undefined
  readonly secret: string
  readonly filename: string
}

/** Links to another host name no file of this GitLab. */
const foundIn = (text: string, baseUrl: string): readonly Found[] =>
  [...text.matchAll(FILE)].flatMap((match): Found[] => {
    const [whole, project, secret = '', filename = ''] = match
    const to = match.index + whole.length
    const isAbsolute = text.slice(Math.max(0, match.index - baseUrl.length), match.index) === baseUrl
    const from = isAbsolute ? match.index - baseUrl.length : match.index
    const span = linkAround(text, from, to) ?? tagAround(text, from, to)
    return span === null ? [] : [{ ...span, project, secret, filename }]
  })

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** As GitLab stores a name (CarrierWave's `sanitize_regexp`): letters, digits, `_`, `.`, `-` and `+`. */
export const storedName = (name: string): string => {
  const plain = name.replace(/^.*[\\/]/s, '').replace(/[^\p{L}\p{M}\p{N}\p{Pc}.+-]/gu, '_')
  if (plain === '') return 'unnamed'
  return /^\.+$/.test(plain) ? `_${plain}` : plain
}

const unescapedText = (text: string): string => text.replace(/\\([\\[\]])/g, '$1')

/** The words of a link may as well be a person's own: only what stands for the stored name is taken for a name. */
const nameOf = (filename: string, words: string): string => {
  const text = unescapedText(words)
  return text !== '' && storedName(text) === filename ? text : filename
}

export const uploadsIn = (text: string, baseUrl: string): readonly Upload[] => {
  const found = new Map<string, Upload>()
  for (const { project, secret, filename, words } of foundIn(text, baseUrl)) {
    const name = decoded(filename)
    const id = `${project === undefined ? '' : `${project}:`}${secret}/${name}`
    if (!found.has(id)) found.set(id, { id, name: nameOf(name, words) })
  }
  return [...found.values()]
}

/** A comment that says nothing but a file is that file, and no comment. */
export const isOnlyUploads = (text: string, baseUrl: string): boolean => {
  const found = foundIn(text, baseUrl)
  const between = found.map(({ start }, at) => text.slice(found[at - 1]?.end ?? 0, start))
  return found.length > 0 && [...between, text.slice(found.at(-1)?.end ?? 0)].join('').trim() === ''
}

export const uploadLink = (name: string, url: string): string =>
  `[${name.replace(/[\r\n]+/g, ' ').replace(/[\\[\]]/g, '\\$&')}](${url})`

export const placeOf = (id: string): UploadPlace | null => {
  const [, project, secret, filename] = /^(?:([1-9]\d{0,14}):)?([0-9a-f]{32})\/([^/]{1,500})$/.exec(id) ?? []
  if (secret === undefined || filename === undefined) return null
  return { project: project === undefined ? null : Number(project), secret, filename }
}

const TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  svg: 'image/svg+xml',
  pdf: 'application/pdf',
  txt: 'text/plain',
  log: 'text/plain',
  csv: 'text/csv',
  md: 'text/markdown',
  json: 'application/json',
  xml: 'application/xml',
  html: 'text/html',
  zip: 'application/zip',
  gz: 'application/gzip',
  mp4: 'video/mp4',
}

/** GitLab does not say it; the name's ending is all there is. */
export const mediaTypeOf = (name: string): string => {
  const ending = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toLowerCase() ?? ''
  return Object.hasOwn(TYPES, ending) ? (TYPES[ending] ?? '') : 'application/octet-stream'
}
