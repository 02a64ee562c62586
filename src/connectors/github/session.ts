import type { Http, Session } from '../../sync/connector.ts'
import type { RemoteRef, Snapshot } from '../../sync/snapshot.ts'
import { checkAccount } from './check.ts'
import { githubClient } from './client.ts'
import {
  type ConvertContext,
  issueSnapshot,
  milestoneSnapshot,
  releaseSnapshot,
  type Target,
  targetOf,
} from './convert.ts'
import { describeTool } from './describe.ts'
import { download } from './download.ts'
import { dropHook, keepHook } from './hooks.ts'
import { labelFieldsOf } from './labels.ts'
import { type Place, placesOf } from './places.ts'
import { projectsOf } from './projects.ts'
import { find, type PullContext, pullAll, pullChanges } from './pull.ts'
import { overwritten, type PushContext, push } from './push.ts'
import { notFollowed, repositoriesOf } from './repositories.ts'
import { answers, readAs, type WireComment, type WireIssue } from './schema.ts'
import { type Settings, trimmedUrl, webOrigin } from './settings.ts'

/** One session with one GitHub: what belongs together is put together here. */
export const sessionOf = (settings: Settings, http: Http, now: () => Date): Session => {
  const client = githubClient(http, trimmedUrl(settings.url), now)
  const repositories = repositoriesOf(client, settings, now)
  const places = placesOf(client, repositories)
  const projects = projectsOf(client, settings, now)
  const labelFields = labelFieldsOf(settings)
  const origin = webOrigin(settings.url)

  const convert = async (): Promise<ConvertContext> => {
    const { id } = await repositories.account()
    return { accountId: id, origin, labelFields }
  }

  /** As a list shows it. */
  const readListed = async (ref: RemoteRef): Promise<Snapshot | null> => {
    const found = await places.read(ref)
    if (found === 'gone' || found.issue.pull_request != null) return null
    const { issue, at } = found
    const snapshot = issueSnapshot(issue, ref, at.repository.name, null, await convert())
    return (await projects.shown([{ issue, snapshot }]))[0] ?? null
  }

  const pulling: PullContext = {
    client,
    repositories,
    settings,
    projects,
    convert,
    now,
    read: readListed,
  }
  const writing: PushContext = { client, repositories, places, settings, labelFields, projects, convert }

  /** An issue counts its comments: none of them, no call. */
  const commentsOf = async (issue: WireIssue, at: Place): Promise<readonly WireComment[]> => {
    if (issue.comments === 0) return []
    const what = `comments of ${at.repository.name}#${issue.number}`
    return client.everyPage(`${at.path}/comments`, what, (body) => readAs(answers.comments, body, what))
  }

  const fetchIssue = async (ref: RemoteRef): Promise<Snapshot | 'gone'> => {
    const found = await places.read(ref)
    if (found === 'gone') return 'gone'
    const { issue, at } = found
    const comments = await commentsOf(issue, at)
    const snapshot = issueSnapshot(issue, ref, at.repository.name, comments, await convert())
    return (await projects.shown([{ issue, snapshot }]))[0] ?? snapshot
  }

  const fetchRelease = async (target: Target): Promise<Snapshot | 'gone'> => {
    const at = await places.repositoryOf(target)
    const what = `${target.kind} ${target.number} of ${at.name}`
    const found = await client.look(`${at.path}/${target.kind}s/${target.number}`, what)
    if (found.outcome !== 'found') {
      const isVisible = (await client.look(at.path, `repository ${at.name}`)).outcome === 'found'
      if (isVisible) return 'gone'
      throw notFollowed(what)
    }
    const context = await convert()
    return target.kind === 'milestone'
      ? milestoneSnapshot(readAs(answers.milestone, found.value, what), at.id, at.name, context)
      : releaseSnapshot(readAs(answers.release, found.value, what), at.id, at.name, context)
  }

  return Object.freeze({
    check: () => checkAccount(repositories, projects, settings, labelFields),
    describe: () => describeTool(repositories, projects, labelFields),
    pull: (cursor: string | null, scope: 'changes' | 'all') =>
      scope === 'all' ? pullAll(pulling, cursor) : pullChanges(pulling, cursor),
    fetch: async (ref: RemoteRef) => {
      const target = targetOf(ref.id)
      if (target === null) return 'gone'
      return target.kind === 'issue' ? fetchIssue(ref) : fetchRelease(target)
    },
    find: (marker: string, since: Date) => find(pulling, marker, since),
    push: (operation) => push(writing, operation),
    overwritten: (write) => overwritten(writing, write),
    keepHook: (address: string) => keepHook({ client, repositories, settings, now }, address),
    dropHook: (address: string) => dropHook({ client, repositories, settings, now }, address),
    download: async (ref: RemoteRef, attachmentId: string) => {
      const { size, stream } = await download({ client, places, origin }, ref, attachmentId)
      return { size, stream }
    },
  } satisfies Session)
}
