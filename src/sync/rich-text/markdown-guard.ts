/**
 * Text that no person wrote. The Markdown parser is quadratic in some nestings and runs (measured: 4,000 `*` in a row
 * take 1.5 s, twice as many four times that). One linear pass finds them; such text is kept as preformatted text.
 */

/** GitHub takes 65,536 characters, Jira 32,767; what is longer is a pasted log. */
const MAX_PARSED_CHARS = 200_000
const MAX_RUN = 200
const MAX_CONTAINERS_IN_A_LINE = 40
/** Before a list's or quote's marker: 50 levels. */
const MAX_INDENT = 100
/** In one paragraph. */
const MAX_DELIMITERS = 2_000
const MAX_BRACKETS = 1_000
const MAX_LINES = 10_000

const DELIMITERS = '*_~'
const RUNS = '*_~[]><!(`'
const CONTAINERS = '>-+*'
/** What may stand between the markers of nested containers. */
const BETWEEN = ' \t0123456789.)'

export const isWild = (text: string): boolean => {
  if (text.length > MAX_PARSED_CHARS) return true
  let run = 0
  let last = ''
  let lines = 0
  let delimiters = 0
  let brackets = 0
  let containers = 0
  let atLineStart = true
  let lineStart = 0
  let at = -1
  for (const char of text) {
    at += 1
    if (char === '\n') {
      lines += 1
      if (last === '\n') delimiters = brackets = 0
      containers = 0
      atLineStart = true
      lineStart = at
      last = char
      continue
    }
    run = char === last ? run + 1 : 1
    if (run > MAX_RUN && RUNS.includes(char)) return true
    if (atLineStart) {
      if (at - lineStart > MAX_INDENT && /[-+*>\d]/.test(char) && (last === ' ' || last === '\t')) return true
      if (CONTAINERS.includes(char)) containers += 1
      else if (!BETWEEN.includes(char)) atLineStart = false
      if (containers > MAX_CONTAINERS_IN_A_LINE && char !== '-' && char !== '*') return true
      if (containers > MAX_CONTAINERS_IN_A_LINE && run === 1) return true
    }
    last = char
    if (DELIMITERS.includes(char)) delimiters += 1
    else if (char === '[' || char === '<') brackets += 1
    if (delimiters > MAX_DELIMITERS || brackets > MAX_BRACKETS) return true
  }
  return lines > MAX_LINES
}
