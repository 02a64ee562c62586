import type { LoggedCommit } from './read-log.ts'
import type { ReleaseRange } from './read-ranges.ts'

export interface KnownRelease {
  readonly name: string
  readonly commit: string
  /** Others were: it stays the commit that it is. */
  readonly isBuiltOn: boolean
}

export interface CommitToTell extends LoggedCommit {
  readonly undoes?: readonly string[]
}

export interface ReleaseToTell {
  readonly name: string
  readonly commit: string
  readonly basis: string | null
  readonly at: string
  /** Commits since the basis, those that do not matter too. */
  readonly counted: number
  /** Ids of those that matter, parents before children. */
  readonly commits: readonly string[]
}

/** Who is told of one repository's history: a server over HTTP, or the hub itself. */
export interface Listener<Answer> {
  /** Releases it was told of before. */
  known(): Promise<readonly KnownRelease[]>
  /** Answers the ids of those that matter. */
  takeIn(commits: readonly CommitToTell[]): Promise<readonly string[]>
  trace(release: ReleaseToTell): Promise<Answer>
}

export interface Told<Answer> {
  readonly range: ReleaseRange
  readonly answer: Answer
  /** Commits that matter and are too many to be told of one release: the oldest are left out. */
  readonly leftOut: number
}

const MAX_BATCH = 500
const MAX_BATCH_BYTES = 700_000
const MAX_COMMITS = 20_000

/**
 * Tells commits in full batches, and each release as soon as all of its commits are there: when the connection breaks,
 * what is left to do is little.
 */
export const tellReleases = async <Answer>(
  listener: Listener<Answer>,
  ranges: readonly ReleaseRange[],
  /** The commits with these ids, in this order. */
  read: (ids: readonly string[]) => AsyncIterable<CommitToTell>,
  onTold: (commits: number, all: number) => void,
): Promise<readonly Told<Answer>[]> => {
  const ids = new Set<string>()
  /** For each release, how many commits must have been told before it. */
  const needed = ranges.map(({ commits }) => {
    for (const id of commits) ids.add(id)
    return ids.size
  })
  const kept = new Set<string>()
  const told: Told<Answer>[] = []
  let batch: CommitToTell[] = []
  let bytes = 0
  let sent = 0
  const tellOne = async (range: ReleaseRange): Promise<Told<Answer>> => {
    const { mark, basis, commits } = range
    const mattering = commits.filter((id) => kept.has(id))
    const answer = await listener.trace({
      ...{ name: mark.name, commit: mark.commit, basis, at: mark.at },
      ...{ counted: commits.length, commits: mattering.slice(-MAX_COMMITS) },
    })
    return { range, answer, leftOut: Math.max(0, mattering.length - MAX_COMMITS) }
  }
  const flush = async (): Promise<void> => {
    if (batch.length > 0) for (const id of await listener.takeIn(batch)) kept.add(id)
    sent += batch.length
    batch = []
    bytes = 0
    onTold(sent, ids.size)
    for (let next = ranges[told.length]; next !== undefined; next = ranges[told.length]) {
      if ((needed[told.length] ?? 0) > sent) break
      told.push(await tellOne(next))
    }
  }
  for await (const commit of read([...ids])) {
    const size = Buffer.byteLength(JSON.stringify(commit))
    if (batch.length >= MAX_BATCH || bytes + size > MAX_BATCH_BYTES) await flush()
    batch.push(commit)
    bytes += size
  }
  await flush()
  return told
}
