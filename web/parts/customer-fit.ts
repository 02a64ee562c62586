/**
 * What makes a text unfit for customers, as far as a program sees it. It warns and stops nobody: a link may be one that
 * customers can open, and a word may only look like a key.
 */
export type Unfit =
  | { readonly because: 'short' | 'key' | 'address' | 'link' }
  | { readonly because: 'person'; readonly name: string }

const SHORT = 25

export const unfitness = (text: string, colleagues: readonly string[] = []): readonly Unfit[] => {
  const words = text.trim()
  if (words === '') return []
  const lower = words.toLowerCase()
  const named = colleagues.find((name) => name.trim() !== '' && lower.includes(name.toLowerCase()))
  return [
    ...(words.length < SHORT ? [{ because: 'short' } as const] : []),
    ...(/\b[A-Z]{1,10}-\d+\b/.test(words) ? [{ because: 'key' } as const] : []),
    ...(/[^\s@]+@[^\s@]+\.[a-z]{2,}/i.test(words) ? [{ because: 'address' } as const] : []),
    ...(/https?:\/\//i.test(words) ? [{ because: 'link' } as const] : []),
    ...(named === undefined ? [] : [{ because: 'person', name: named } as const]),
  ]
}
