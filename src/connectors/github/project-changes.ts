import { RemoteFault } from '../../sync/fault.ts'
import type { RemoteRef, Snapshot } from '../../sync/snapshot.ts'
import type { GithubClient, GraphqlAnswer } from './client.ts'
import { issueRef, type Target } from './convert.ts'
import { EPOCH, type Lap, latest, lookBack } from './cursor.ts'
import { ITEMS_QUERY, projectAnswers, type WireItemsPage } from './project-questions.ts'
import type { Project } from './projects.ts'
import { graphqlPath, type Settings } from './settings.ts'

/**
 * What changed in a project. A field changed there leaves the issue's own time alone, no webhook of a repository tells of
 * it, and GitHub lists a project's items neither by time nor since one. So each round of changes looks at one page of a
 * hundred, lap after lap; the times are GitHub's own, so that no clock of ours matters.
 */

/** Each is read by a call of its own, and a page must not take longer than its lease. */
const MAX_SHOWN = 20

interface LookContext {
  readonly client: GithubClient
  readonly settings: Settings
  readonly now: () => Date
  readonly isFollowed: (repositoryId: number) => boolean
  /** null: it is gone, or elsewhere. */
  readonly read: (ref: RemoteRef) => Promise<Snapshot | null>
}

interface Look {
  readonly snapshots: readonly Snapshot[]
  readonly lap: Lap
  /** This page was shown whole. */
  readonly isLast: boolean
}

/** null: its place in the list is not known any more, or the project was taken away. */
const pageIn = (answer: GraphqlAnswer | null, project: Project): WireItemsPage | null => {
  if (answer === null) return null
  const { data, errors } = answer
  if (projectAnswers.items.Check(data)) return data.node?.items ?? null
  if (errors.length > 0) return null
  throw new RemoteFault('down', `GitHub's answer for items of ${project.name} has an unexpected shape`)
}

const changedIn = (page: WireItemsPage, from: string): readonly Target[] =>
  (page.nodes ?? []).flatMap((each): Target[] => {
    const { number, repository } = each?.content ?? {}
    const repositoryId = repository?.databaseId ?? null
    if (each === null || number === undefined || repositoryId === null) return []
    return latest([each.updatedAt], EPOCH) >= from
      ? [{ kind: 'issue', repository: repositoryId, number }]
      : []
  })

/** `lap` undefined: looked at for the first time; what was before is the sweep's. */
export const lookAtProject = async (
  context: LookContext,
  project: Project,
  lap: Lap | undefined,
): Promise<Look> => {
  const variables = { project: project.id, after: lap?.after ?? null }
  const answer = await context.client.graphql(graphqlPath(context.settings.url), ITEMS_QUERY, variables)
  const date = Date.parse(answer?.headers['date'] ?? '')
  const asked = lookBack(new Date(Number.isNaN(date) ? context.now() : date).toISOString())
  const at = lap ?? { from: asked, began: asked, after: null, shown: 0 }
  const page = pageIn(answer, project)
  if (page === null) return { snapshots: [], lap: { ...at, after: null, shown: 0 }, isLast: true }
  const began = at.after === null && at.shown === 0 ? asked : at.began

  const changed = changedIn(page, at.from).filter(({ repository }) => context.isFollowed(repository))
  const shown = at.shown + MAX_SHOWN
  const snapshots: Snapshot[] = []
  for (const { repository, number } of changed.slice(at.shown, shown)) {
    const found = await context.read(issueRef(repository, number))
    if (found !== null) snapshots.push(found)
  }
  if (changed.length > shown) return { snapshots, lap: { ...at, began, shown }, isLast: false }
  const { hasNextPage, endCursor } = page.pageInfo
  const next = hasNextPage
    ? { from: at.from, began, after: endCursor, shown: 0 }
    : { from: began, began, after: null, shown: 0 }
  return { snapshots, lap: next, isLast: true }
}
