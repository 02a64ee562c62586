import type { Http, Session } from '../../sync/connector.ts'
import { RemoteFault } from '../../sync/fault.ts'
import type { RemoteRef, Snapshot } from '../../sync/snapshot.ts'
import { catalogOf } from './catalog.ts'
import { checkAccount } from './check.ts'
import { linearClient } from './client.ts'
import {
  type ConvertContext,
  listedSnapshot,
  markUrl,
  releaseSnapshot,
  targetOf,
  wholeSnapshot,
} from './convert.ts'
import { describeTool } from './describe.ts'
import { urlOfId } from './files.ts'
import { dropHook, keepHook } from './hooks.ts'
import { type Pulling, pullAll, pullChanges } from './pull.ts'
import { overwritten, push } from './push.ts'
import { elementIdOf, type Pushing } from './pushing.ts'
import type { WireAttachment, WireComment, WireListed, WireRelease, WireWhole } from './schema.ts'
import { customersOf, filesOf, markPrefixOf, publicWordOf, type Settings, typeGroupOf } from './settings.ts'

/** One session with one workspace of Linear: reading. Writing is in `push.ts`, listing in `pull.ts`. */

/** How much older than asked an item with our marker may look: a clone or a twin missed costs more than a look. */
const CLOCK_SLACK_MS = 24 * 60 * 60 * 1000
/** Of one issue, a hundred comments or attachments each. */
const MAX_MORE_PAGES = 50

export const sessionOf = (settings: Settings, http: Http, now: () => Date): Session => {
  const client = linearClient(settings, http, now)
  const catalog = catalogOf(client, settings, now)

  const contextFor = async (issues: readonly WireListed[]): Promise<ConvertContext> => ({
    accountId: await catalog.accountId(),
    labels: await catalog.labelsOf(issues.flatMap(({ labelIds }) => labelIds)),
    markPrefix: markPrefixOf(settings),
    filesUrl: filesOf(settings),
    publicWord: publicWordOf(settings),
    typeGroup: typeGroupOf(settings),
    customersBy: customersOf(settings),
    teams: settings.teams,
  })

  const listed = async (issues: readonly WireListed[]): Promise<readonly Snapshot[]> => {
    const context = await contextFor(issues)
    return issues.map((each) => listedSnapshot(each, context))
  }
  const released = async (releases: readonly WireRelease[]): Promise<readonly Snapshot[]> => {
    const context = await contextFor([])
    return releases.map((each) => releaseSnapshot(each, context))
  }

  const moreComments = async ({ id, comments }: WireWhole): Promise<readonly WireComment[]> => {
    const all = [...comments.nodes]
    let { hasNextPage, endCursor: after } = comments.pageInfo
    for (let page = 0; hasNextPage && after !== null && page < MAX_MORE_PAGES; page += 1) {
      const next = (await client.ask('comments', { id, after })).issue.comments
      all.push(...next.nodes)
      hasNextPage = next.pageInfo.hasNextPage
      after = next.pageInfo.endCursor
    }
    return all
  }
  const moreAttachments = async ({ id, attachments }: WireWhole): Promise<readonly WireAttachment[]> => {
    const all = [...attachments.nodes]
    let { hasNextPage, endCursor: after } = attachments.pageInfo
    for (let page = 0; hasNextPage && after !== null && page < MAX_MORE_PAGES; page += 1) {
      const next = (await client.ask('attachments', { id, after })).issue.attachments
      all.push(...next.nodes)
      hasNextPage = next.pageInfo.hasNextPage
      after = next.pageInfo.endCursor
    }
    return all
  }

  const whole = async (issue: WireWhole): Promise<Snapshot> =>
    wholeSnapshot(issue, await moreComments(issue), await moreAttachments(issue), await contextFor([issue]))
  const release = async (one: WireRelease): Promise<Snapshot> => releaseSnapshot(one, await contextFor([]))

  const fetch = async (ref: RemoteRef): Promise<Snapshot | 'gone'> => {
    const target = targetOf(ref.id)
    if (target === null) return 'gone'
    if (target.kind === 'release') {
      const found = await client.askIfThere('release', { id: target.id })
      return found === null || found.release.trashed === true ? 'gone' : release(found.release)
    }
    const extent = { marks: markPrefixOf(settings), ...(await catalog.extent()) }
    const found = await client.askIfThere('issue', { id: target.id, ...extent })
    return found === null || found.issue.trashed === true ? 'gone' : whole(found.issue)
  }

  /** By the address of the mark, which is asked for as it is: nothing is searched. */
  const find = async (marker: string, since: Date): Promise<readonly Snapshot[]> => {
    const { releases } = await catalog.extent()
    const marks = markPrefixOf(settings)
    const { attachmentsForURL } = await client.ask('marked', { url: markUrl(marks, marker), marks, releases })
    const oldest = since.getTime() - CLOCK_SLACK_MS
    const issues = attachmentsForURL.nodes
      .map(({ issue }) => issue)
      .filter((one) => one.trashed !== true && Date.parse(one.createdAt) >= oldest)
    return listed([...new Map(issues.map((one) => [one.id, one])).values()])
  }

  const pulling: Pulling = { client, catalog, settings, listed, released }
  const pushing: Pushing = { client, catalog, settings, whole, release, fetch }

  return Object.freeze({
    check: () => checkAccount(catalog, settings),
    describe: () => describeTool(client, catalog, settings),
    pull: (cursor: string | null, scope: 'changes' | 'all') =>
      scope === 'all' ? pullAll(pulling, cursor) : pullChanges(pulling, cursor),
    fetch,
    find,
    push: (operation, key, content) => push(pushing, operation, key, content),
    overwritten: (write) => overwritten(pushing, write),
    keepHook: (address: string) => keepHook({ client, catalog, settings }, address),
    dropHook: (address: string) => dropHook({ client, catalog, settings }, address),
    download: async (_ref: RemoteRef, attachmentId: string) => {
      const url = urlOfId(attachmentId, filesOf(settings))
      if (url === 'gone') throw new RemoteFault('gone', `“${attachmentId.slice(0, 60)}” is no file of Linear`)
      const at = url ?? (await client.ask('attachment', { id: elementIdOf(attachmentId) })).attachment.url
      const { size, stream } = await client.download(at)
      return { size, stream }
    },
  } satisfies Session)
}
