import type { Texts } from '../texts/en.ts'

/** Our name of a field as the mapping writes it (`root cause`, `custom.plan`), in the reader's words. */
export const fieldName = (field: string, texts: Texts): string => {
  if (field.startsWith('comment:')) return texts.why.comment
  if (field.startsWith('attachment:')) return texts.why.file
  const known: Readonly<Partial<Record<string, string>>> = texts.why.fields
  return known[field] ?? (field.startsWith('custom.') ? field.slice('custom.'.length) : field)
}

/** `severity~cf:Severity`, as holds and conflicts name a pair of fields, by our end of it. */
export const pairName = (pair: string, texts: Texts): string => fieldName(pair.split('~')[0] ?? pair, texts)

/** `both, hub wins`: direction and what happens when both sides changed. */
export const ruleWords = (rule: string, texts: Texts): string => {
  const [direction = '', conflict = ''] = rule.split(', ')
  const directions: Readonly<Partial<Record<string, string>>> = texts.why.directions
  const conflicts: Readonly<Partial<Record<string, string>>> = texts.why.conflicts
  const way = directions[direction] ?? direction
  // a field that goes one way has nothing to ask about
  return direction === 'both' ? `${way}, ${conflicts[conflict] ?? conflict}` : way
}
