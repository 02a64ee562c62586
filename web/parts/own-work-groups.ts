import type { OwnWork } from '../api/board.ts'

/** Why something of mine is my move, most pressing first; the last two wait for others. */
export const OWN_WORK_GROUPS = [
  'broken',
  'answered',
  'started',
  'ready',
  'triage',
  'blocked',
  'asked',
] as const
export type OwnWorkGroup = (typeof OWN_WORK_GROUPS)[number]

type Standing = Pick<OwnWork, 'state' | 'brokenSince' | 'answeredAt' | 'asked' | 'blockedBy'>

/** An answer that came is more pressing than one that is still owed by somebody else behind the same work. */
const groupOf = (item: Standing): OwnWorkGroup => {
  if (item.brokenSince !== null) return 'broken'
  if (item.answeredAt !== null) return 'answered'
  if (item.asked) return 'asked'
  if (item.blockedBy.length > 0) return 'blocked'
  switch (item.state) {
    case 'triage':
      return 'triage'
    case 'backlog':
    case 'ready':
      return 'ready'
    default:
      return 'started'
  }
}

/** In the order they came in: the server puts the nearest promise first. */
export const groupOwnWork = <T extends Standing>(
  items: readonly T[],
): readonly { readonly group: OwnWorkGroup; readonly items: readonly T[] }[] =>
  OWN_WORK_GROUPS.map((group) => ({ group, items: items.filter((item) => groupOf(item) === group) })).filter(
    (one) => one.items.length > 0,
  )
