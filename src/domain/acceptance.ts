import { wordsOf } from './similar.ts'

/** What came of trying a case. Blocked: it could not be tried. */
export const CASE_RESULTS = ['passed', 'failed', 'blocked'] as const
export type CaseResult = (typeof CASE_RESULTS)[number]
/** Of a case now. One that was changed since it was run has to be run again. */
export type CaseStanding = CaseResult | 'not run'

export const standingOf = (
  version: number,
  last: { readonly result: CaseResult; readonly caseVersion: number } | null,
): CaseStanding => (last === null || last.caseVersion !== version ? 'not run' : last.result)

/** A ticket, as far as it says what customers come back with. */
export interface TicketTitle {
  readonly id: string
  readonly componentId: string | null
  readonly title: string
}

/** Tickets of one component that tell of much the same. */
export interface CommonTicket {
  readonly componentId: string | null
  /** The first of them: it speaks for all. */
  readonly id: string
  readonly title: string
  readonly tickets: number
}

/** So much of the shorter of two titles must be in the other. */
const ALIKE = 0.6
const MOST_KINDS = 400

interface Kind {
  readonly first: TicketTitle
  readonly words: ReadonlySet<string>
  tickets: number
  isTaken: boolean
}

const areAlike = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => {
  const both = [...a].filter((word) => b.has(word)).length
  const least = Math.min(a.size, b.size)
  // one word in common is chance, unless it is all that a title says
  return least > 0 && both / least >= ALIKE && (both > 1 || (a.size === 1 && b.size === 1))
}

/**
 * What customers of each component come with most, commonest first: tickets join the first kind that their title is alike
 * (so the order in which they are given matters only among near equals). A kind of one ticket is no habit and is left out,
 * and so is one that a ticket of `taken` is of, whichever of its tickets speaks for it now.
 */
export const commonest = (
  tickets: readonly TicketTitle[],
  most: number,
  taken: readonly TicketTitle[] = [],
): readonly CommonTicket[] => {
  const byComponent = new Map<string | null, Kind[]>()
  const kindOf = (componentId: string | null, words: ReadonlySet<string>): Kind | undefined =>
    byComponent.get(componentId)?.find((one) => areAlike(one.words, words))
  for (const ticket of tickets) {
    const words = wordsOf(ticket.title)
    const kinds = byComponent.get(ticket.componentId) ?? []
    byComponent.set(ticket.componentId, kinds)
    const kind = kindOf(ticket.componentId, words)
    if (kind !== undefined) kind.tickets += 1
    else if (kinds.length < MOST_KINDS) kinds.push({ first: ticket, words, tickets: 1, isTaken: false })
  }
  for (const { componentId, title } of taken) {
    const kind = kindOf(componentId, wordsOf(title))
    if (kind !== undefined) kind.isTaken = true
  }
  return [...byComponent.values()]
    .flat()
    .filter(({ tickets: count, isTaken }) => count > 1 && !isTaken)
    .toSorted((a, b) => b.tickets - a.tickets || (a.first.id < b.first.id ? -1 : 1))
    .slice(0, most)
    .map(({ first, tickets: count }) => ({ ...first, tickets: count }))
}
