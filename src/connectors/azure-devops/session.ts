import type { Http, PullPage, Session } from '../../sync/connector.ts'
import { isFault, RemoteFault } from '../../sync/fault.ts'
import type { RemoteRef, Snapshot } from '../../sync/snapshot.ts'
import { catalogOf } from './catalog.ts'
import { checkAccount } from './check.ts'
import { azureClient, BATCH } from './client.ts'
import { type ConvertContext, GUID, isFile, itemSnapshot, projectOf, targetOf } from './convert.ts'
import { allCursor, type ChangesCursor, changesCursor, startAt } from './cursor.ts'
import { describeTool } from './describe.ts'
import { attachersIn } from './history.ts'
import { dropHooks, keepHooks } from './hooks.ts'
import { allIterations, iterationSnapshot, treeMark } from './iterations.ts'
import { overwritten, type PushContext, push } from './push.ts'
import type { WireIdentity, WireItem } from './schema.ts'
import { apiVersionOf, markerFieldOf, type Settings, trimmedUrl } from './settings.ts'

/** One session with one organisation: reading. Writing is in `push.ts`. */

/** How much older than asked an item with our marker may look: a clone or a twin missed costs more than a look. */
const CLOCK_SLACK_MS = 24 * 60 * 60 * 1000
const MAX_FOUND = 50

export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`

export const sessionOf = (settings: Settings, http: Http, now: () => Date): Session => {
  const client = azureClient(http, apiVersionOf(settings))
  const catalog = catalogOf(client, now)
  const baseUrl = trimmedUrl(settings.url)
  const withReleases = settings.iterationsAsReleases ?? false

  const contextFor = async (
    items: readonly WireItem[],
    attachedBy: ReadonlyMap<string, WireIdentity> = new Map(),
  ): Promise<ConvertContext> => {
    const projects = [...new Set(items.map(projectOf))]
    const types = new Map<string, Awaited<ReturnType<typeof catalog.types>>>()
    for (const project of projects) types.set(project, await catalog.types(project))
    return {
      baseUrl,
      accountId: (await catalog.account()).id,
      typesOf: (project) => types.get(project) ?? [],
      fields: new Map((await catalog.fields()).map((one) => [one.referenceName, one])),
      iterationsAsReleases: withReleases,
      attachedBy,
    }
  }

  const listed = async (items: readonly WireItem[]): Promise<readonly Snapshot[]> => {
    const context = await contextFor(items)
    return items.map((each) => itemSnapshot(each, null, context, false))
  }

  const hasFiles = (item: WireItem): boolean => item.relations?.some(isFile) ?? false
  const hasComments = (item: WireItem): boolean => item.fields['System.CommentCount'] !== 0

  const wholeSnapshot = async (item: WireItem): Promise<Snapshot> => {
    const comments = hasComments(item) ? await client.comments(projectOf(item), item.id) : []
    const attachers = hasFiles(item) ? attachersIn(await client.updates(item.id, 0)) : new Map()
    return itemSnapshot(item, comments, await contextFor([item], attachers), true)
  }

  /** Without a further call, or not at all: a fault here would hide that the write is done. */
  const afterWrite = async (item: WireItem): Promise<Snapshot | null> => {
    if (hasComments(item) || hasFiles(item)) return null
    try {
      return itemSnapshot(item, [], await contextFor([item]), true)
    } catch (error) {
      if (isFault(error)) return null
      throw error
    }
  }

  /**
   * What is not there and what may not be seen are answered alike. So the account must still see every followed project
   * before something counts as gone: else a right that was taken away would look like many deletions.
   */
  const isReallyGone = async (): Promise<true> => {
    catalog.forget('projects')
    const seen = new Set((await catalog.projects()).map(({ name }) => name.toLowerCase()))
    const hidden = settings.projects.find((project) => !seen.has(project.toLowerCase()))
    if (hidden === undefined) return true
    throw new RemoteFault(
      'auth',
      `Azure DevOps does not show the project “${hidden}” to this account (any more)`,
    )
  }

  const fetchItem = async (id: number): Promise<Snapshot | 'gone'> => {
    const item = await client.item(id)
    if (item !== null) return wholeSnapshot(item)
    await isReallyGone()
    return 'gone'
  }

  const fetchIteration = async (guid: string): Promise<Snapshot | 'gone'> => {
    const all = await allIterations(catalog, settings)
    const found = all.find(({ node }) => node.identifier.toLowerCase() === guid.toLowerCase())
    return found === undefined ? 'gone' : iterationSnapshot(found, baseUrl)
  }

  const fetch = async (ref: RemoteRef): Promise<Snapshot | 'gone'> => {
    const target = targetOf(ref.id)
    if (target === null) return 'gone'
    return target.kind === 'item' ? fetchItem(target.id) : fetchIteration(target.id)
  }

  const inProjects = `[System.TeamProject] IN (${settings.projects.map(quoted).join(', ')})`

  const releases = async (): Promise<{
    readonly snapshots: readonly Snapshot[]
    readonly tree: string | null
  }> => {
    if (!withReleases) return { snapshots: [], tree: null }
    const all = await allIterations(catalog, settings)
    return { snapshots: all.map((each) => iterationSnapshot(each, baseUrl)), tree: treeMark(all) }
  }

  /** "Now" by the tool's own clock, which comes with any query; this one finds nothing. */
  const startOfChanges = async (): Promise<PullPage> => {
    const { asOf } = await client.query(
      `SELECT [System.Id] FROM WorkItems WHERE ${inProjects} AND [System.Id] = 0`,
      1,
    )
    const { tree } = await releases()
    const cursor = startAt(asOf ?? now().toISOString(), tree)
    return { snapshots: [], cursor: JSON.stringify(cursor), more: false }
  }

  /** The end of a round: the iterations, when they are not what they were. */
  const endOfRound = async (cursor: ChangesCursor, snapshots: readonly Snapshot[]): Promise<PullPage> => {
    const { snapshots: all, tree } = await releases()
    return {
      snapshots: tree === cursor.tree ? snapshots : [...snapshots, ...all],
      cursor: JSON.stringify({ ...cursor, at: 0, tree }),
      more: false,
    }
  }

  const pullChanges = async (text: string | null): Promise<PullPage> => {
    if (text === null) return startOfChanges()
    const cursor = changesCursor(text)
    const project = settings.projects[cursor.at]
    if (project === undefined) return endOfRound(cursor, [])
    const token = cursor.tokens[project]
    const page = await client.revisions(project, token === undefined ? { from: cursor.from } : { token })
    const snapshots = await listed(await client.items(page.ids))
    const tokens = page.token === null ? cursor.tokens : { ...cursor.tokens, [project]: page.token }
    if (!page.isLastBatch) {
      if (page.token === null || page.token === token)
        throw new RemoteFault('down', 'Azure DevOps says that more follows, but not where')
      return { snapshots, cursor: JSON.stringify({ ...cursor, tokens }), more: true }
    }
    const next = { ...cursor, tokens, at: cursor.at + 1 }
    if (next.at < settings.projects.length) return { snapshots, cursor: JSON.stringify(next), more: true }
    return endOfRound(next, snapshots)
  }

  const pullAll = async (text: string | null): Promise<PullPage> => {
    const { afterId } = text === null ? { afterId: 0 } : allCursor(text)
    const wiql = `SELECT [System.Id] FROM WorkItems WHERE ${inProjects} AND [System.Id] > ${afterId} ORDER BY [System.Id]`
    const { ids } = await client.query(wiql, BATCH)
    const items = await listed(await client.items(ids))
    const more = ids.length >= BATCH
    const rest = more ? [] : (await releases()).snapshots
    const cursor = JSON.stringify({ scope: 'all', afterId: ids.at(-1) ?? afterId })
    return { snapshots: [...items, ...rest], cursor, more }
  }

  /** In every project the account sees: an item of ours may have been moved. A text field is compared whole, at once. */
  const find = async (marker: string, since: Date): Promise<readonly Snapshot[]> => {
    const field = markerFieldOf(settings)
    const wiql = `SELECT [System.Id] FROM WorkItems WHERE [${field}] = ${quoted(marker)} ORDER BY [System.Id] DESC`
    const { ids } = await client.query(wiql, MAX_FOUND)
    const oldest = since.getTime() - CLOCK_SLACK_MS
    // WIQL compares without regard to case
    const exact = (await client.items(ids)).filter((item) => item.fields[field] === marker)
    return (await listed(exact)).filter(
      ({ createdAt }) => createdAt === null || Date.parse(createdAt) >= oldest,
    )
  }

  const writing: PushContext = { client, catalog, settings, afterWrite }

  return Object.freeze({
    check: () => checkAccount(client, catalog, settings),
    describe: () => describeTool(client, catalog, settings),
    pull: (cursor: string | null, scope: 'changes' | 'all') =>
      scope === 'all' ? pullAll(cursor) : pullChanges(cursor),
    fetch,
    find,
    push: (operation, _key, content) => push(writing, operation, content),
    overwritten: (write) => overwritten(writing, write),
    keepHook: (address) => keepHooks(client, catalog, settings, address),
    dropHook: (address) => dropHooks(client, address),
    download: async (_ref: RemoteRef, attachmentId: string) => {
      if (!GUID.test(attachmentId))
        throw new RemoteFault('gone', `"${attachmentId.slice(0, 60)}" is no attachment of Azure DevOps`)
      const { size, stream } = await client.download(attachmentId.toLowerCase())
      return { size, stream }
    },
  } satisfies Session)
}
