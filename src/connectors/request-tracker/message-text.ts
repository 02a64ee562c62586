/**
 * Between plain text and HTML, for messages that exist in the other format only (a mail sent as HTML alone). Keeps the
 * words and the line breaks, drops the rest; the result is text, so nothing in it can run.
 */

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
}

const decoded = (whole: string, name: string): string => {
  const known = NAMED[name.toLowerCase()]
  if (known !== undefined) return known
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10)
  const isCharacter =
    name.startsWith('#') && code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
  return isCharacter ? String.fromCodePoint(code) : whole
}

const BREAKS = new Set(['br', 'p', 'div', 'tr', 'li', 'ul', 'ol', 'table', 'pre', 'hr', 'blockquote'])
const HEADING = /^h[1-6]$/
const UNSEEN = new Set(['script', 'style', 'head', 'title'])

/** Goes through the text once (no backtracking: mails can be megabytes long). */
export const htmlToPlain = (html: string): string => {
  let text = ''
  /** The element whose words are not shown, while inside it. */
  let unseen: string | null = null
  let at = 0
  while (at < html.length) {
    const open = html.indexOf('<', at)
    const words = html.slice(at, open < 0 ? undefined : open)
    if (unseen === null) text += words.replace(/\s+/g, ' ')
    if (open < 0) break
    if (html.startsWith('<!--', open)) {
      const end = html.indexOf('-->', open + 4)
      at = end < 0 ? html.length : end + 3
      continue
    }
    const tag = /^<(\/?)([a-z][a-z0-9]*)/i.exec(html.slice(open, open + 24))
    if (tag === null) {
      if (unseen === null) text += '<'
      at = open + 1
      continue
    }
    // A tag that never ends swallows the rest, as it does in a browser.
    const close = html.indexOf('>', open)
    if (close < 0) break
    const name = (tag[2] ?? '').toLowerCase()
    if (unseen !== null) unseen = tag[1] === '/' && name === unseen ? null : unseen
    else if (UNSEEN.has(name)) unseen = tag[1] === '/' ? null : name
    else if (BREAKS.has(name) || HEADING.test(name)) text += '\n'
    at = close + 1
  }
  return text
    .replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,6});/gi, decoded)
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

export const plainToHtml = (plain: string): string =>
  plain.replace(/[&<>"]/g, (each) => ESCAPES[each] ?? each).replace(/\n/g, '<br />\n')
