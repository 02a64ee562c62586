import type { Args, Members } from './execute.ts'

/** Linear's filters and pages, over what it shows. */

const isMembers = (value: unknown): value is Members =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

const COMPARE: Readonly<Record<string, (value: unknown, wanted: unknown) => boolean>> = {
  eq: (value, wanted) => value === wanted,
  neq: (value, wanted) => value !== wanted,
  in: (value, wanted) => Array.isArray(wanted) && wanted.includes(value),
  nin: (value, wanted) => Array.isArray(wanted) && !wanted.includes(value),
  gt: (value, wanted) => String(value) > String(wanted),
  gte: (value, wanted) => String(value) >= String(wanted),
  lt: (value, wanted) => String(value) < String(wanted),
  startsWith: (value, wanted) => String(value).startsWith(String(wanted)),
  some: (value, wanted) =>
    Array.isArray(value) &&
    value.some((one) => (isMembers(one) ? matches(one, wanted) : compares(one, wanted))),
}

const compares = (value: unknown, wanted: unknown): boolean =>
  isMembers(wanted) && Object.entries(wanted).every(([how, with_]) => COMPARE[how]?.(value, with_) ?? false)

/** `filter` as in a question; undefined: everything fits. */
export const matches = (shown: Members, filter: unknown): boolean => {
  if (!isMembers(filter)) return true
  return Object.entries(filter).every(([name, wanted]) => {
    const value = shown[name]
    const isComparison = isMembers(wanted) && Object.keys(wanted).every((how) => how in COMPARE)
    if (isComparison) return compares(value, wanted)
    return isMembers(value) && matches(value, wanted)
  })
}

const isInTrash = (one: Members): boolean => (one['archivedAt'] ?? null) !== null

/** What a list is made of: ordered and found again as it is held, shown only where a page comes to it. */
export interface Listed {
  readonly id?: unknown
  readonly createdAt?: unknown
  readonly updatedAt?: unknown
}

const isBefore = (a: unknown, b: unknown): number => {
  const [one, other] = [String(a), String(b)]
  return one === other ? 0 : one < other ? 1 : -1
}

/** What is held is mostly in order of time, so that sorting it backwards costs one look. */
const newestFirst = <T extends Listed>(all: readonly T[], order: 'createdAt' | 'updatedAt'): readonly T[] =>
  all.toReversed().sort((a, b) => isBefore(a[order], b[order]) || isBefore(a.id, b.id))

/** Newest first, as Linear lists. Its cursors are opaque: here an item's id. */
export const pageOf = <T extends Listed>(
  all: readonly T[],
  args: Args,
  show: (one: T) => Members = (one) => one as Members,
): Members => {
  const order = args['orderBy'] === 'updatedAt' ? 'updatedAt' : 'createdAt'
  const sorted = newestFirst(all, order)
  const fits = (one: Members): boolean =>
    (args['includeArchived'] === true || !isInTrash(one)) && matches(one, args['filter'])
  const at = (cursor: unknown): number => sorted.findIndex((one) => one.id === cursor)
  const isBackwards = typeof args['last'] === 'number'
  const from = typeof args['after'] === 'string' ? at(args['after']) + 1 : 0
  const to = typeof args['before'] === 'string' ? at(args['before']) : sorted.length
  const most = Number(args['last'] ?? args['first'] ?? 50)
  const nodes: Members[] = []
  let isMore = false
  for (let step = 0; step < to - from && !isMore; step += 1) {
    const one = sorted[isBackwards ? to - 1 - step : from + step]
    if (one === undefined) break
    const shown = show(one)
    if (!fits(shown)) continue
    if (nodes.length === most) isMore = true
    else nodes.push(shown)
  }
  if (isBackwards) nodes.reverse()
  return {
    nodes,
    pageInfo: {
      hasNextPage: isBackwards ? to < sorted.length : isMore,
      hasPreviousPage: isBackwards ? isMore : from > 0,
      startCursor: nodes[0]?.['id'] ?? null,
      endCursor: nodes.at(-1)?.['id'] ?? null,
    },
  }
}
