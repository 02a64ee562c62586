/**
 * Tags as Zendesk keeps them: in lower case, `_` for blanks, and without characters that it drops. What is written is put
 * into that form first, so that what comes back is what was sent.
 */
export const tagOf = (label: string): string =>
  label
    .trim()
    .toLowerCase()
    .replace(/\s+/g, '_')
    // Letters and digits of any script, and the four signs the documentation names.
    .replace(/[^\p{L}\p{M}\p{N}_\-:/]/gu, '')

export const tagsOf = (labels: readonly string[]): readonly string[] =>
  [...new Set(labels.map(tagOf))].filter((tag) => tag !== '').sort()
