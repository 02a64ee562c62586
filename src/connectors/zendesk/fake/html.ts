/** What Zendesk does to the HTML of a comment: it drops what it does not know and marks the direction of each block. */

const BLOCKS = /^(?:p|h[1-6]|ul|ol|li|blockquote|pre|table|thead|tbody|tr|td|th|div|dl|dt|dd)$/
const KNOWN =
  /^(?:p|h[1-6]|ul|ol|li|blockquote|pre|table|thead|tbody|tr|td|th|div|dl|dt|dd|a|b|strong|i|em|u|s|code|br|hr|img|span|sub|sup)$/
const ATTRIBUTES = /\s(?:href|src|alt|title|target|rel|width|height|align|start)="[^"]*"/g

const TAG = /<(\/?)([a-z][a-z0-9]*)((?:\s[^<>]*)?)>/gi

export const kept = (html: string): string => {
  const clean = html
    .replace(/<(script|style|iframe)\b[\s\S]*?<\/\1>/gi, '')
    .replace(TAG, (_whole, close: string, tag: string, rest: string) => {
      const name = tag.toLowerCase()
      if (!KNOWN.test(name)) return ''
      if (close !== '') return `</${name}>`
      const attributes = (rest.match(ATTRIBUTES) ?? []).filter((each) => !/javascript:/i.test(each)).join('')
      return `<${name}${attributes}${BLOCKS.test(name) ? ' dir="auto"' : ''}>`
    })
  return `<div class="zd-comment" dir="auto">${clean}</div>`
}

/** As `plain_body`. */
export const plainOf = (html: string): string =>
  html
    .replace(/<(?:br|\/p|\/li|\/h[1-6])[^>]*>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .trim()
