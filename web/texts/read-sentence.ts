/**
 * Finds a sentence that the server said in English among templates of it (`{0}` is a gap), and says it in another
 * language. A gap is filled with the same value, or with the reader's word for it where it is a word of ours.
 */
export const sentenceReader = (
  catalogue: Readonly<Record<string, string>>,
  words: Readonly<Record<string, string>>,
): ((sentence: string) => string | null) => {
  let templates: readonly (readonly [RegExp, string])[] | null = null
  const read = (): readonly (readonly [RegExp, string])[] =>
    Object.entries(catalogue)
      // of two that fit, the one that says more
      .sort(([a], [b]) => literal(b).length - literal(a).length)
      .map(([english, theirs]) => [patternOf(english), theirs] as const)
  return (sentence) => {
    const exactly = Object.hasOwn(catalogue, sentence) ? catalogue[sentence] : undefined
    if (exactly !== undefined) return exactly
    templates ??= read()
    for (const [pattern, theirs] of templates) {
      const found = pattern.exec(sentence)
      if (found === null) continue
      return theirs.replaceAll(/\{(\d)\}/g, (_gap, index: string) => {
        const value = found[Number(index) + 1] ?? ''
        return Object.hasOwn(words, value) ? (words[value] ?? value) : value
      })
    }
    return null
  }
}

const GAP = /\{\d\}/g
const literal = (english: string): string => english.replaceAll(GAP, '')
const patternOf = (english: string): RegExp =>
  new RegExp(
    `^${english
      .split(GAP)
      .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('([\\s\\S]*?)')}$`,
    'u',
  )
