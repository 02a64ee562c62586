import type { Texts } from '../texts/en.ts'

/** `open, needs first response`, `waiting customer`, `backlog`: as the log writes a standing, in the reader's language. */
const standingWords = (standing: string, { words }: Texts): string => {
  const known: Readonly<Partial<Record<string, string>>> = {
    ...words.workItemState,
    ...words.ticketState,
    ...words.needs,
    ...Object.fromEntries(Object.entries(words.waitingFor).map(([word, text]) => [`waiting ${word}`, text])),
  }
  const [state = '', needs] = standing.split(', ')
  // what it needs says that it is open
  return known[needs ?? state] ?? standing
}

/** `: Open → Resolved`, where an event of the log tells both ends; else nothing. */
export const changeWords = (data: Readonly<Record<string, unknown>> | undefined, texts: Texts): string => {
  const { from, to } = data ?? {}
  if (typeof from !== 'string' || typeof to !== 'string') return ''
  const [before, after] = [standingWords(from, texts), standingWords(to, texts)]
  return before === after ? '' : `: ${before} → ${after}`
}
