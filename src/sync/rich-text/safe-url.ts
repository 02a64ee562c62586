/**
 * Addresses that may stand in rich text. An allow-list: a scheme nobody thought of is a scheme that runs code
 * somewhere (`javascript:`, `vbscript:`, `data:`, `blob:`, `jar:` …).
 */
const LINK_SCHEMES: ReadonlySet<string> = new Set([
  'http',
  'https',
  'mailto',
  'tel',
  'ftp',
  'sftp',
  'irc',
  'xmpp',
])
const IMAGE_SCHEMES: ReadonlySet<string> = new Set(['http', 'https', 'cid'])

/** Browsers drop spaces and control characters inside a scheme (`java\nscript:`), so they cannot be allowed either. */
const BLANK = /[\p{Cc}\p{Cf}\s]/u
/** `javascript&colon;…` becomes a scheme in the next tool that decodes references. */
const REFERENCE = /&(?:#|[a-z]+;)/i

const MAX_URL_CHARS = 8_192

const schemeOf = (url: string): string | null => {
  const colon = url.indexOf(':')
  if (colon < 0) return null
  const slash = url.search(/[/?#]/)
  return slash >= 0 && slash < colon ? null : url.slice(0, colon).toLowerCase()
}

const isSafe = (url: string, schemes: ReadonlySet<string>): boolean => {
  if (url.length > MAX_URL_CHARS || BLANK.test(url)) return false
  const scheme = schemeOf(url)
  if (scheme === null) return !REFERENCE.test(/^[^/?#]*/.exec(url)?.[0] ?? '')
  return schemes.has(scheme)
}

export const isSafeLink = (url: string): boolean => isSafe(url, LINK_SCHEMES)
export const isSafeImage = (url: string): boolean => url !== '' && isSafe(url, IMAGE_SCHEMES)
