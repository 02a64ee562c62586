/**
 * A sentence of ours that a screen may show. It reads as it is written; the tag lets a test find it, so that every other
 * language has words for it (web/texts/de-sentences.ts).
 */
export const said = (parts: TemplateStringsArray, ...gaps: readonly (string | number)[]): string =>
  parts.reduce((text, part, index) => `${text}${gaps[index - 1]}${part}`)
