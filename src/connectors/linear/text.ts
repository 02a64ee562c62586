/**
 * Texts of Linear. They are Markdown of its editor, which writes anew what it is given: bullets become `*`, blank lines at
 * the ends go. What begins with the word for public comments is public, and the word itself is no part of the text.
 */

export const normalLines = (text: string): string => text.replaceAll('\r\n', '\n')

export interface Said {
  readonly text: string
  readonly isPublic: boolean
}

/** `word`: null where nothing is public. The word counts at the very beginning only, and not as a part of another. */
export const readSaid = (body: string, word: string | null): Said => {
  const text = normalLines(body)
  if (word === null || !text.startsWith(word)) return { text, isPublic: false }
  const rest = text.slice(word.length)
  if (rest !== '' && !/^\s/.test(rest)) return { text, isPublic: false }
  return { text: rest.replace(/^\s+/, ''), isPublic: true }
}

export const writeSaid = (text: string, isPublic: boolean, word: string | null): string =>
  isPublic && word !== null ? `${word}\n\n${text}` : text

/** An internal text that happens to begin with the word would be published. */
export const seemsPublic = (text: string, word: string | null): boolean => readSaid(text, word).isPublic
