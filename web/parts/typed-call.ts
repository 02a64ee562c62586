/**
 * What somebody calls for while writing: `@an` a colleague, `/refund` a macro. Read from the words before the cursor,
 * so that the editor and the plain field understand the same.
 */
export interface TypedCall {
  readonly kind: 'person' | 'macro'
  /** What was typed after the sign. */
  readonly query: string
  /** Characters before the cursor that belong to it, the sign included. */
  readonly length: number
}

const LONGEST = 40

/** An `@` after a blank, so that an e-mail address calls nobody. A name may have one blank. */
const PERSON = /(?:^|[\s(])@([\p{L}\p{M}\p{N}._'-]*(?: [\p{L}\p{M}\p{N}._'-]*)?)$/u
/** A slash that begins a line, so that a path or a date is no call. */
const MACRO = /(?:^|\n)\/([^\n/]*)$/u

export const readCall = (
  before: string,
  offered: { readonly people: boolean; readonly macros: boolean },
): TypedCall | null => {
  const end = before.slice(-LONGEST - 2)
  const person = offered.people ? PERSON.exec(end)?.[1] : undefined
  if (person !== undefined) return { kind: 'person', query: person, length: person.length + 1 }
  const macro = offered.macros ? MACRO.exec(before.length > end.length ? `x${end}` : end)?.[1] : undefined
  return macro === undefined ? null : { kind: 'macro', query: macro, length: macro.length + 1 }
}

/** Of those that were chosen, whose names still stand in the words: who is taken out of them is not called. */
export const stillNamed = <P extends { readonly name: string }>(
  text: string,
  chosen: readonly P[],
): readonly P[] => {
  // Markdown writes some letters of a name with a backslash
  const plain = text.replace(/\\(?=\W|_)/g, '')
  return chosen.filter(({ name }) => plain.includes(`@${name}`))
}
