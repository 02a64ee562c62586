import { readAnswer } from './answer-reader.ts'
import type { Api } from './api-client.ts'
import { CliStop, EXIT } from './exit-codes.ts'
import type { LoggedCommit } from './git/read-log.ts'
import type { ReleaseRange } from './git/read-ranges.ts'

/** Whose history it is. */
export interface Repository {
  readonly product: string
  readonly repository: string
}

export interface KnownRelease {
  readonly name: string
  readonly commit: string
}

export interface CommitToTell extends LoggedCommit {
  readonly undoes?: readonly string[]
}

export interface Told {
  readonly range: ReleaseRange
  readonly answer: unknown
  /** Commits that matter and are too many to be told of one release: the oldest are left out. */
  readonly leftOut: number
}

const RELEASES = '/api/v1/trace/releases'

export const knownReleases = async (
  api: Api,
  { product, repository }: Repository,
): Promise<readonly KnownRelease[]> => {
  const found: KnownRelease[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const query = { product, repository, limit: '200', cursor: cursor ?? null }
    const page = readAnswer(await api.get(RELEASES, query))
    for (const row of page.list('items'))
      found.push({ name: row.exact('name') ?? '', commit: row.exact('commit') ?? '' })
    cursor = page.text('next')
  }
  return found
}

const MAX_BATCH = 500
const MAX_BATCH_BYTES = 700_000
const MAX_COMMITS = 20_000

/** What was told stays told, so that no pipeline begins anew. */
const goingOn = (error: unknown, release: string | null): unknown => {
  if (!(error instanceof CliStop)) return error
  if (error.exit === EXIT.unreachable)
    return new CliStop(
      error.exit,
      error.message,
      'What was told so far is kept. Run the same line again: it goes on from there.',
      error.lines,
    )
  return release === null
    ? error
    : new CliStop(
        error.exit,
        error.message.includes(release) ? error.message : `Release ${release}: ${error.message}`,
        error.todo || 'What was told before it is kept. `--except TAG` leaves a tag out.',
        error.lines,
      )
}

/**
 * Tells commits in full batches, and each release as soon as all of its commits are there: when the connection breaks,
 * what is left to do is little.
 */
export const tellReleases = async (
  api: Api,
  of: Repository,
  ranges: readonly ReleaseRange[],
  /** The commits with these ids, in this order. */
  read: (ids: readonly string[]) => AsyncIterable<CommitToTell>,
  onTold: (commits: number, all: number) => void,
): Promise<readonly Told[]> => {
  const ids = new Set<string>()
  /** For each release, how many commits must have been told before it. */
  const needed = ranges.map(({ commits }) => {
    for (const id of commits) ids.add(id)
    return ids.size
  })
  const kept = new Set<string>()
  const told: Told[] = []
  let batch: CommitToTell[] = []
  let bytes = 0
  let sent = 0
  const tellOne = async (range: ReleaseRange): Promise<Told> => {
    const { mark, basis, commits } = range
    const mattering = commits.filter((id) => kept.has(id))
    const body = {
      ...of,
      name: mark.name,
      commit: mark.commit,
      basis,
      at: mark.at,
      counted: commits.length,
      commits: mattering.slice(-MAX_COMMITS),
    }
    const answer = await api.post(RELEASES, body).catch((error: unknown) => {
      throw goingOn(error, mark.name)
    })
    return { range, answer, leftOut: Math.max(0, mattering.length - MAX_COMMITS) }
  }
  const flush = async (): Promise<void> => {
    if (batch.length > 0) {
      const answer = await api
        .post('/api/v1/trace/commits', { ...of, commits: batch })
        .catch((error: unknown) => {
          throw goingOn(error, null)
        })
      for (const id of readAnswer(answer).texts('kept')) kept.add(id)
    }
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
