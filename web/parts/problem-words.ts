import type { GrantFault } from '../../src/domain/grants.ts'
import type { ProblemFacts } from '../api/problem.ts'
import type { EveryonesTexts } from '../texts/en-everyone.ts'

type Told = Readonly<Record<string, ((values: Readonly<Record<string, string>>) => string) | undefined>>

/** A reason in the reader's language; null: an unknown one, of a newer server. */
const reasonWords = (
  { code, values }: NonNullable<ProblemFacts['reason']>,
  texts: EveryonesTexts,
): string | null => {
  const words = Object.hasOwn(texts.told, code) ? (texts.told as Told)[code] : undefined
  const roles: Readonly<Record<string, string>> = texts.words.role
  const role = values['role'] ?? ''
  return words?.({ ...values, role: roles[role] ?? role }) ?? null
}

/**
 * Title and next step of a problem. The most exact words first: of the reason, then ours for the code, then what the
 * server says.
 */
export const problemWords = (
  { code, title, detail, retryAfterS, reason }: ProblemFacts,
  texts: EveryonesTexts,
): { readonly title: string; readonly detail: string } => {
  const own = Object.hasOwn(texts.problems, code) ? texts.problems[code] : undefined
  const because = reason === null ? null : reasonWords(reason, texts)
  if (because !== null) return { title: own?.title ?? title, detail: because }
  if (own === undefined) return { title, detail }
  const wait = retryAfterS === null ? '' : ` ${texts.states.retryIn(retryAfterS)}`
  const theirs = own.exact === true && detail !== '' ? detail : null
  const inWords = theirs === null ? null : texts.sentence(theirs)
  if (inWords !== null) return { title: own.title, detail: `${inWords}${wait}` }
  const exactly = theirs === null ? '' : ` ${texts.states.exactly(theirs)}`
  return { title: own.title, detail: `${own.detail ?? detail}${exactly}${wait}` }
}

/** Why somebody may not give a role; null: they may. */
export const grantWords = (fault: GrantFault | null, texts: EveryonesTexts): string | null =>
  fault === null
    ? null
    : reasonWords({ code: fault.code, values: fault.role === undefined ? {} : { role: fault.role } }, texts)
