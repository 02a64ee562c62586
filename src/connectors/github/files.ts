/**
 * Files that people dropped into an issue or a comment. GitHub lists them nowhere: they are links in the text, and the
 * API can neither upload nor delete one. Only addresses that GitHub itself hands out count; any other link is a link.
 */

export interface FileLink {
  /** `<comment's id, or 0 for the issue>:<address>`: where it stands tells who may see it, and since when. */
  readonly id: string
  readonly url: string
  readonly name: string
}

const MAX_FILES = 200
const TAIL = String.raw`[^\s()<>"'\]\\]{1,300}`

/** Paths below the address where people look at it. */
const PATHS = [
  // Since 2024.
  `/user-attachments/(?:assets|files)/${TAIL}`,
  // Before that, below the repository.
  String.raw`/[\w.-]+/[\w.-]+/(?:assets|files)/\d+/${TAIL}`,
  // Enterprise Server.
  String.raw`/storage/user/\d+/files/${TAIL}`,
]
const IMAGES = String.raw`https://user-images\.githubusercontent\.com/${TAIL}`

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')

const addresses = (origin: string): string => `(?:${escaped(origin)}(?:${PATHS.join('|')})|${IMAGES})`

const baseName = (url: string): string => {
  const last = new URL(url).pathname.split('/').at(-1) ?? ''
  try {
    return decodeURIComponent(last)
  } catch {
    return last
  }
}

const hasExtension = (name: string): boolean => /\.\w{1,8}$/.test(name)

/** `[report.pdf](…)` and `![screen](…)` name a file; the address of an image ends in a number that says nothing. */
const nameOf = (url: string, label: string): string => {
  const last = baseName(url)
  const name = hasExtension(last)
    ? last
    : hasExtension(label)
      ? label
      : label === ''
        ? last
        : `${label} ${last}`
  return (
    name
      .replace(/[\r\n/\\]+/g, ' ')
      .trim()
      .slice(0, 200) || 'file'
  )
}

export const filesIn = (
  text: string | null | undefined,
  origin: string,
  commentId: string | null,
): readonly FileLink[] => {
  const address = addresses(origin)
  const found = new RegExp(String.raw`(?:!?\[([^\[\]\n]{0,200})\]\(\s*)?(${address})`, 'g')
  const links = new Map<string, FileLink>()
  for (const [, label = '', match = ''] of (text ?? '').matchAll(found)) {
    const url = match.replace(/[.,;:!?]+$/, '')
    if (!URL.canParse(url) || links.has(url)) continue
    links.set(url, { id: `${commentId ?? '0'}:${url}`, url, name: nameOf(url, label.trim()) })
    if (links.size >= MAX_FILES) break
  }
  return [...links.values()]
}

/** The address of an attachment's id; null: none that GitHub hands out, so nothing is asked for. */
export const fileOf = (
  attachmentId: string,
  origin: string,
): { readonly commentId: string | null; readonly url: string } | null => {
  const [, commentId = '', url = ''] = /^(\d{1,15}):(\S{1,1000})$/.exec(attachmentId) ?? []
  if (!new RegExp(`^${addresses(origin)}$`).test(url) || /\/\.{1,2}(?:\/|$)|%2e/i.test(url)) return null
  return { commentId: commentId === '0' ? null : commentId, url }
}

const TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  svg: 'image/svg+xml',
  webp: 'image/webp',
  mp4: 'video/mp4',
  mov: 'video/quicktime',
  pdf: 'application/pdf',
  txt: 'text/plain',
  log: 'text/plain',
  csv: 'text/csv',
  json: 'application/json',
  zip: 'application/zip',
}

export const mediaTypeOf = (name: string): string =>
  TYPES[/\.(\w{1,8})$/.exec(name)?.[1]?.toLowerCase() ?? ''] ?? 'application/octet-stream'
