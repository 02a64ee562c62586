/**
 * Commits and their parents, as numbers: a commit's number is greater than those of its parents. The parents of commit
 * `n` are `parents[from[n]]` up to, and without, `parents[from[n + 1]]`.
 */
export interface Graph {
  readonly ids: readonly string[]
  readonly from: Int32Array
  readonly parents: Int32Array
}

export interface Plan {
  readonly commit: number
  /** The release it is told against: of those before it, the one that leaves the fewest commits. */
  readonly basis: number | null
  /** What can be reached from it and not from its basis, oldest first. */
  readonly range: Int32Array
}

/** A set of commits, one bit each. */
const has = (bits: Uint32Array, n: number): boolean => ((bits[n >>> 5] ?? 0) & (1 << (n & 31))) !== 0
const add = (bits: Uint32Array, n: number): void => {
  bits[n >>> 5] = (bits[n >>> 5] ?? 0) | (1 << (n & 31))
}

const pushParents = (graph: Graph, commit: number, onto: number[]): void => {
  for (let at = graph.from[commit] ?? 0; at < (graph.from[commit + 1] ?? 0); at++)
    onto.push(graph.parents[at] ?? 0)
}

/** The releases met on every way back from a commit; nobody goes on behind one. */
const releasesBefore = (
  graph: Graph,
  commit: number,
  isRelease: (commit: number) => boolean,
  seen: Int32Array,
  mark: number,
): readonly number[] => {
  const found: number[] = []
  const open: number[] = []
  pushParents(graph, commit, open)
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen[next] === mark) continue
    seen[next] = mark
    if (isRelease(next)) found.push(next)
    else pushParents(graph, next, open)
  }
  return found
}

const addReach = (graph: Graph, commit: number, reach: Uint32Array): Int32Array => {
  const range: number[] = []
  const open = [commit]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (has(reach, next)) continue
    add(reach, next)
    range.push(next)
    pushParents(graph, next, open)
  }
  return Int32Array.from(range).sort()
}

/**
 * What each release has beyond the one before it, the oldest first. `heads` are other commits, looked at like releases
 * and never a basis: nothing is out there yet.
 */
export const planReleases = (
  graph: Graph,
  releases: ReadonlySet<number>,
  heads: ReadonlySet<number> = new Set(),
): readonly Plan[] => {
  const seen = new Int32Array(graph.ids.length).fill(-1)
  const steps = [
    ...[...releases].map((commit) => ({ commit, isHead: false })),
    ...[...heads].map((commit) => ({ commit, isHead: true })),
  ]
    .sort((a, b) => a.commit - b.commit)
    .map(({ commit, isHead }, step) => ({
      commit,
      isHead,
      before: releasesBefore(graph, commit, (n) => releases.has(n), seen, step),
    }))
  /** Who is asked for again: the sets of the others are given on or let go, so that a straight line needs only one. */
  const lastAsked = new Map(
    steps.flatMap(({ before }, step) => before.map((commit) => [commit, step] as const)),
  )
  const reaches = new Map<number, Uint32Array>()
  const sizes = new Map<number, number>()
  const size = (commit: number): number => sizes.get(commit) ?? 0
  const isBetter = (a: number, b: number): boolean =>
    size(a) > size(b) || (size(a) === size(b) && (graph.ids[a] ?? '') < (graph.ids[b] ?? ''))
  return steps.map(({ commit, isHead, before }, step) => {
    const [first, ...others] = before
    const basis =
      first === undefined ? null : others.reduce((best, n) => (isBetter(n, best) ? n : best), first)
    const below = basis === null ? undefined : reaches.get(basis)
    const isLast = basis !== null && lastAsked.get(basis) === step
    const reach =
      below === undefined ? new Uint32Array((graph.ids.length + 31) >>> 5) : isLast ? below : below.slice()
    const range = addReach(graph, commit, reach)
    for (const n of before) if (lastAsked.get(n) === step) reaches.delete(n)
    if (!isHead) {
      sizes.set(commit, range.length + (basis === null ? 0 : size(basis)))
      if ((lastAsked.get(commit) ?? -1) > step) reaches.set(commit, reach)
    }
    return { commit, basis, range }
  })
}
