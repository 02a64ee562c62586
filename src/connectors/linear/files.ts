import type { SnapshotAttachment } from '../../sync/snapshot.ts'

/**
 * Files in Linear lie at addresses of their own, and are named by attachments or, far more often, by links and pictures
 * inside descriptions and comments. Both are attachments to us; the address is the id of the latter.
 */

export interface NamedFile {
  readonly url: string
  readonly name: string
}

/** A text of any length is looked at once, and no more files than these are taken from it. */
const MAX_FILES = 100
const MAX_TEXT = 200_000
const ID_PREFIX = 'file:'
/** As Linear gives them: UUIDs, one after the other. */
const PATH = /^(?:\/[A-Za-z0-9_-]{1,100}){1,6}$/

const LINK = /!?\[((?:[^\]\\\n]|\\.){0,300})\]\((https?:\/\/[^\s()<>]{1,1000})\)/g

const unescaped = (text: string): string => text.replace(/\\([!-/:-@[-`{-~])/g, '$1')

/** Files that a text names, each once. `filesUrl`: where Linear keeps them. */
export const filesIn = (text: string, filesUrl: string): readonly NamedFile[] => {
  const found = new Map<string, NamedFile>()
  for (const [, label = '', url = ''] of text.slice(0, MAX_TEXT).matchAll(LINK)) {
    if (found.size >= MAX_FILES) break
    const path = pathOf(url, filesUrl)
    if (path !== null && !found.has(path))
      found.set(path, { url: `${filesUrl}${path}`, name: unescaped(label).trim() || 'file' })
  }
  return [...found.values()]
}

/** Below the place where files lie, without a signature in the query; null: it is no file of Linear. */
export const pathOf = (url: string, filesUrl: string): string | null => {
  if (!url.startsWith(`${filesUrl}/`) || !URL.canParse(url)) return null
  const { pathname } = new URL(url)
  return PATH.test(pathname) ? pathname : null
}

export const fileId = (url: string, filesUrl: string): string => `${ID_PREFIX}${pathOf(url, filesUrl) ?? ''}`

/** null: it is the id of an attachment. `gone`: it is neither. */
export const urlOfId = (id: string, filesUrl: string): string | null | 'gone' => {
  if (!id.startsWith(ID_PREFIX)) return null
  const path = id.slice(ID_PREFIX.length)
  return PATH.test(path) ? `${filesUrl}${path}` : 'gone'
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
  json: 'application/json',
  zip: 'application/zip',
  mp4: 'video/mp4',
  mov: 'video/quicktime',
}

/** Linear does not tell the type of a file: its name does. */
export const mediaTypeOf = (name: string): string =>
  TYPES[/\.([A-Za-z0-9]{1,5})$/.exec(name)?.[1]?.toLowerCase() ?? ''] ?? 'application/octet-stream'

/** Files of one text, as its own author's. */
export const inlineFiles = (
  text: string,
  filesUrl: string,
  of: Pick<SnapshotAttachment, 'author' | 'byUs' | 'visibility' | 'commentId' | 'at'>,
): readonly SnapshotAttachment[] =>
  filesIn(text, filesUrl).map(({ url, name }) => ({
    id: fileId(url, filesUrl),
    name,
    mediaType: mediaTypeOf(name),
    size: null,
    ...of,
  }))
