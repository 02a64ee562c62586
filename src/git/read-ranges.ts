import { planReleases } from './plan-releases.ts'
import type { Mark } from './read-checkout.ts'
import { readGraph } from './read-graph.ts'
import { type Git, linesOf } from './run-git.ts'
import { walkBack } from './walk-back.ts'

/** A release with what it has beyond its basis. */
export interface ReleaseRange {
  readonly mark: Mark
  readonly basis: string | null
  /** Ids, oldest first. */
  readonly commits: readonly string[]
}

export interface Ranges {
  /** In the order in which they can be told: a basis before what stands on it. */
  readonly releases: readonly ReleaseRange[]
  /** Null where it was not read. */
  readonly isMerge: (id: string) => boolean | null
}

export interface Wanted {
  /** Tags to be told. */
  readonly fresh: readonly Mark[]
  /** Tags that the server has. */
  readonly known: readonly Mark[]
  /** Of planned releases, each at a commit that no tag has. */
  readonly heads: readonly Mark[]
  /** Only what touches it counts. */
  readonly path: string | null
}

/** From so many on, reading all of the history once is quicker than asking git for each. */
const WHOLE_FROM = 30

const listIds = async (git: Git, revs: readonly string[]): Promise<readonly string[]> => {
  const args = ['rev-list', '--topo-order', '--reverse', '--stdin', '--']
  const ids: string[] = []
  for await (const lines of git.ask({ args, input: linesOf(revs) })) for (const id of lines) ids.push(id)
  return ids
}

/**
 * Which of these commits change something at a path. A merge does where it brings something there, even if nobody changed
 * it while merging. Each commit is asked for itself: in a walk, git leaves some merges out, and which depends on where it
 * ends.
 */
const changing = async (git: Git, ids: readonly string[], path: string): Promise<ReadonlySet<string>> => {
  const args = ['diff-tree', '--stdin', '--root', '-r', '--raw', '--no-renames', '--no-ext-diff']
  const found = new Set<string>()
  const asked = { args: [...args, '--diff-merges=first-parent', '--', path], input: linesOf(ids) }
  for await (const lines of git.ask(asked))
    for (const line of lines) if (!line.startsWith(':')) found.add(line)
  return found
}

const narrowed = async (
  git: Git,
  releases: readonly ReleaseRange[],
  path: string,
): Promise<readonly ReleaseRange[]> => {
  const ids = [...new Set(releases.flatMap(({ commits }) => commits))]
  const found = await changing(git, ids, path)
  return releases.map((range) => ({ ...range, commits: range.commits.filter((id) => found.has(id)) }))
}

const inOrder = (marks: readonly Mark[], order: (commit: string) => number): readonly Mark[] =>
  [...marks].sort(
    (a, b) =>
      order(a.commit) - order(b.commit) || (a.at < b.at ? -1 : a.at > b.at ? 1 : a.name < b.name ? -1 : 1),
  )

/** The second name of a commit: 4.3 after 4.3-rc2, with nothing in between. */
const onItself = (mark: Mark): ReleaseRange => ({ mark, basis: mark.commit, commits: [] })

const readWhole = async (git: Git, wanted: Wanted, onRead: (commits: number) => void): Promise<Ranges> => {
  const tips = [...wanted.fresh, ...wanted.heads].map(({ commit }) => commit)
  const graph = await readGraph(git, tips, onRead)
  const number = (commit: string): number => graph.numberOf.get(commit) ?? -1
  const numbers = (marks: readonly Mark[]): ReadonlySet<number> =>
    new Set(marks.map(({ commit }) => number(commit)).filter((n) => n !== -1))
  const plans = new Map(
    planReleases(graph, numbers([...wanted.fresh, ...wanted.known]), numbers(wanted.heads)).map(
      (plan) => [plan.commit, plan] as const,
    ),
  )
  const released = new Set(wanted.known.map(({ commit }) => commit))
  const rangeOf = (mark: Mark): ReleaseRange => {
    if (released.has(mark.commit)) return onItself(mark)
    released.add(mark.commit)
    const { basis = null, range = [] } = plans.get(number(mark.commit)) ?? {}
    return {
      mark,
      basis: basis === null ? null : (graph.ids[basis] ?? null),
      commits: Array.from(range, (n) => graph.ids[n] ?? ''),
    }
  }
  return {
    releases: [...inOrder(wanted.fresh, number), ...wanted.heads].map(rangeOf),
    isMerge: (id) => {
      const n = graph.numberOf.get(id)
      return n === undefined ? null : (graph.from[n + 1] ?? 0) - (graph.from[n] ?? 0) > 1
    },
  }
}

/** More releases than this stand side by side before no commit; each costs a count. */
const MAX_CANDIDATES = 100

/** Reads back from a commit until every way has met a release. */
const basisOf = async (git: Git, commit: string, releases: ReadonlySet<string>): Promise<string | null> => {
  const walk = walkBack(commit, (id) => releases.has(id))
  const args = ['rev-list', '--parents', commit, '--']
  reading: for await (const lines of git.ask({ args })) {
    for (const line of lines) {
      const [id = '', ...parents] = line.split(' ')
      if (walk.add(id, parents)) break reading
    }
  }
  const candidates = walk.found.slice(0, MAX_CANDIDATES)
  if (candidates.length < 2) return candidates[0] ?? null
  let nearest: { readonly id: string; readonly left: number } | null = null
  for (const id of candidates) {
    const left = Number(await git.text('rev-list', '--count', commit, `^${id}`, '--'))
    if (nearest === null || left < nearest.left || (left === nearest.left && id < nearest.id))
      nearest = { id, left }
  }
  return nearest?.id ?? null
}

const readSingly = async (git: Git, wanted: Wanted, order: ReadonlyMap<string, number>): Promise<Ranges> => {
  const releases = new Set(wanted.known.map(({ commit }) => commit))
  const told: ReleaseRange[] = []
  for (const mark of [...inOrder(wanted.fresh, (commit) => order.get(commit) ?? 0), ...wanted.heads]) {
    if (releases.has(mark.commit)) told.push(onItself(mark))
    else {
      const basis = await basisOf(git, mark.commit, releases)
      const revs = [mark.commit, ...(basis === null ? [] : [`^${basis}`])]
      told.push({ mark, basis, commits: await listIds(git, revs) })
    }
    if (!wanted.heads.includes(mark)) releases.add(mark.commit)
  }
  return { releases: told, isMerge: () => null }
}

const readAll = async (git: Git, wanted: Wanted, onRead: (commits: number) => void): Promise<Ranges> => {
  if (wanted.known.length === 0 || wanted.fresh.length > WHOLE_FROM) return readWhole(git, wanted, onRead)
  const revs = [
    ...wanted.fresh.map(({ commit }) => commit),
    ...wanted.known.map(({ commit }) => `^${commit}`),
  ]
  const order = new Map(
    wanted.fresh.length === 0 ? [] : (await listIds(git, revs)).map((id, at) => [id, at] as const),
  )
  const known = new Set(wanted.known.map(({ commit }) => commit))
  // an old commit that was tagged lately stands before releases that are known: only the whole history tells where
  const isAllNew = wanted.fresh.every(({ commit }) => order.has(commit) || known.has(commit))
  return isAllNew ? readSingly(git, wanted, order) : readWhole(git, wanted, onRead)
}

/** What each release has beyond its basis. Once most are known, the work grows with what is new. */
export const readRanges = async (
  git: Git,
  wanted: Wanted,
  onRead: (commits: number) => void,
): Promise<Ranges> => {
  const ranges = await readAll(git, wanted, onRead)
  return wanted.path === null
    ? ranges
    : { ...ranges, releases: await narrowed(git, ranges.releases, wanted.path) }
}
