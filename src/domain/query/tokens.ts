/**
 * What somebody typed into a search field, cut into pieces. Nothing that can be typed is an error: a quote that is not
 * closed ends where the text ends, and a colon in the middle of a word belongs to the word.
 */
export interface Token {
  /** `status` of `status:open`; null: words. In small letters. */
  readonly name: string | null
  /** What was written after the name, or the words themselves, without quotes. */
  readonly values: readonly string[]
  /** Words in quotes: meant as they are written. */
  readonly isExact: boolean
  /** Has a minus before it. */
  readonly isNot: boolean
  /** Where it stands in the text, for hints and completions. */
  readonly from: number
  readonly to: number
}

/** More than this says nothing more; the rest is not read. */
export const MAX_QUERY = 500

// a name is letters, so that 12:30 and C:\temp are words; `//` after it makes it an address
const NAME = /^([a-z][a-z-]{1,20}):(?!\/\/)/i
const BLANK = /\s/

export const tokensOf = (text: string): readonly Token[] => {
  const typed = text.slice(0, MAX_QUERY)
  const tokens: Token[] = []
  let at = 0
  while (at < typed.length) {
    if (BLANK.test(typed[at] ?? '')) at += 1
    else {
      const token = tokenAt(typed, at)
      tokens.push(token)
      at = token.to
    }
  }
  return tokens
}

const tokenAt = (text: string, from: number): Token => {
  const next = text[from + 1]
  const isNot = text[from] === '-' && next !== undefined && !BLANK.test(next)
  const start = isNot ? from + 1 : from
  const name = NAME.exec(text.slice(start))?.[1]?.toLowerCase() ?? null
  const first = name === null ? start : start + name.length + 1
  if (name === null && text[first] === '"') {
    const { value, to } = quoted(text, first)
    return { name, values: [value], isExact: true, isNot, from, to }
  }
  const { values, to } = valuesAt(text, first, name !== null)
  return { name, values, isExact: false, isNot, from, to }
}

/** Values stand between commas, each with or without quotes. Words without a name are one value, commas and all. */
const valuesAt = (text: string, first: number, isList: boolean): { values: string[]; to: number } => {
  const values: string[] = []
  let value = ''
  let at = first
  for (; at < text.length && !BLANK.test(text[at] ?? ''); at += 1) {
    const letter = text[at] ?? ''
    if (isList && letter === ',') {
      values.push(value)
      value = ''
    } else if (isList && letter === '"') {
      const part = quoted(text, at)
      value += part.value
      at = part.to - 1
    } else value += letter
  }
  return { values: [...values, value].filter((one) => one !== '' || !isList), to: at }
}

const quoted = (text: string, from: number): { readonly value: string; readonly to: number } => {
  const end = text.indexOf('"', from + 1)
  return end < 0
    ? { value: text.slice(from + 1), to: text.length }
    : { value: text.slice(from + 1, end), to: end + 1 }
}

/** As it must be written so that it is read as one value. */
export const quote = (value: string): string =>
  /[\s,"]/.test(value) ? `"${value.replaceAll('"', '')}"` : value
