const MOST = 120

/** The first sentence of what somebody says, to call a ticket by; a long one ends at a word. */
export const titleOfWords = (text: string): string => {
  const first = /^.+?(?=[.!?](\s|$)|\n|$)/.exec(text.trim())?.[0] ?? ''
  if (first.length <= MOST) return first
  const cut = first.slice(0, MOST)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), 1)).trimEnd()} …`
}
