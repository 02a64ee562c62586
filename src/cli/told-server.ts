import type { KnownRelease, Listener } from '../git/tell-releases.ts'
import { readAnswer } from './answer-reader.ts'
import type { Api } from './api-client.ts'
import { CliStop, EXIT } from './exit-codes.ts'

/** Whose history it is. */
export interface Repository {
  readonly product: string
  readonly repository: string
}

const RELEASES = '/api/v1/trace/releases'

const knownReleases = async (api: Api, { product, repository }: Repository): Promise<KnownRelease[]> => {
  const found: KnownRelease[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const query = { product, repository, limit: '200', cursor: cursor ?? null }
    const page = readAnswer(await api.get(RELEASES, query))
    for (const row of page.list('items'))
      found.push({
        ...{ name: row.exact('name') ?? '', commit: row.exact('commit') ?? '' },
        isBuiltOn: row.flag('isBuiltOn'),
      })
    cursor = page.text('next')
  }
  return found
}

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

/** The server, as a listener to one repository's history. */
export const toldServer = (api: Api, of: Repository): Listener<unknown> => ({
  known: () => knownReleases(api, of),
  takeIn: async (commits) => {
    const answer = await api
      .post('/api/v1/trace/commits', { ...of, commits: [...commits] })
      .catch((error: unknown) => {
        throw goingOn(error, null)
      })
    return readAnswer(answer).texts('kept')
  },
  trace: (release) =>
    api.post(RELEASES, { ...of, ...release, commits: [...release.commits] }).catch((error: unknown) => {
      throw goingOn(error, release.name)
    }),
})
