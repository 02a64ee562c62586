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
const REFERENCE_BEFORE_SCHEME_ENDS = /&(?:#|[a-z]+;)/i

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
  if (scheme === null) return !REFERENCE_BEFORE_SCHEME_ENDS.test(url.slice(0, 40)) || url.includes('?')
  return schemes.has(scheme)
}

export const isSafeLink = (url: string): boolean => isSafe(url, LINK_SCHEMES)
export const isSafeImage = (url: string): boolean => url !== '' && isSafe(url, IMAGE_SCHEMES)
