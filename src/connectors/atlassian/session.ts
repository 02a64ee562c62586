import { createHash } from 'node:crypto'
import type { Http, PullPage, Session } from '../../sync/connector.ts'
import { isFault, RemoteFault } from '../../sync/fault.ts'
import type { RemoteRef, Snapshot } from '../../sync/snapshot.ts'
import { knownFields, type WireComment, type WireIssue, type WireListed } from './answers.ts'
import { catalogOf } from './catalog.ts'
import { checkAccount } from './check.ts'
import { BULK, jiraClient, MARKER_PROPERTY, type Page } from './client.ts'
import { type ConvertContext, issueSnapshot, personId, targetOf, versionSnapshot } from './convert.ts'
import {
  type AllCursor,
  afterAllPage,
  afterFullPage,
  afterLastPage,
  allCursor,
  changesCursor,
  START_OF_ALL,
  second,
} from './cursor.ts'
import { describeTool } from './describe.ts'
import { type Desk, NO_DESK } from './desk.ts'
import { dropHook, keepHook } from './hooks.ts'
import { overwritten, push } from './push.ts'
import type { PushContext } from './push-context.ts'
import { isCloud, type JiraSettings, siteOf } from './settings.ts'
import { isMembers, isoOf } from './values.ts'

/** One session with one Jira: reading. Writing is in `push.ts`. */

export const PAGE_SIZE = BULK
/** As long a change may stay out of the index: "seconds", says Atlassian, "to minutes". */
export const LAG_SECONDS = { cloud: 120, dataCenter: 30 } as const
/** How much older than asked an item with our marker may look. */
const CLOCK_SLACK_MS = 60 * 60_000
/** Issues of ours looked at for a marker. */
const MAX_CANDIDATES = 2_000
/** Jira tells no changes of versions, so all of them are listed, and not at every poll. */
const VERSIONS_EVERY_MS = 5 * 60_000

const msOf = (time: string | undefined): number => (time === undefined ? 0 : Date.parse(isoOf(time)))

const markerOf = (properties: WireIssue['properties']): string | null => {
  const value = properties?.[MARKER_PROPERTY]
  return isMembers(value) && typeof value['key'] === 'string' ? value['key'] : null
}

export const sessionOf = (
  settings: JiraSettings,
  http: Http,
  now: () => Date,
  desk: Desk = NO_DESK,
): Session => {
  const client = jiraClient(http, settings)
  const catalog = catalogOf(client, settings, now)
  const site = siteOf(settings)
  const cloud = isCloud(settings)
  const lagMs = (cloud ? LAG_SECONDS.cloud : LAG_SECONDS.dataCenter) * 1000
  const inProjects = `project in (${settings.projects.map((key) => `"${key}"`).join(', ')})`

  const contextFor = async (audience: ConvertContext['audience'] = null): Promise<ConvertContext> => ({
    site,
    cloud,
    accountId: (await catalog.account()).id,
    fields: await catalog.fields(),
    audience,
    desk: desk.isDesk,
  })

  /** In the order of the list; what was deleted or hidden meanwhile is left out. */
  const wholeRows = async (rows: readonly WireListed[]): Promise<readonly Snapshot[]> => {
    const ids = rows.map((each) => String(each.id))
    const issues = new Map((await client.issues(ids)).map((each) => [String(each.id), each]))
    const context = await contextFor()
    return ids.flatMap((id) => {
      const issue = issues.get(id)
      return issue === undefined ? [] : [issueSnapshot(issue, context, null)]
    })
  }

  /** On Cloud the issue shows its comments with what the desk says of them; on Data Center only their own list does. */
  const commentsOf = async (issue: WireIssue): Promise<readonly WireComment[]> => {
    const shown = knownFields(issue).comment
    if (shown?.total === 0) return []
    const isComplete = shown !== undefined && shown !== null && shown.comments.length >= shown.total
    return cloud && isComplete ? shown.comments : client.comments(String(issue.id))
  }

  const wholeSnapshot = async (issue: WireIssue): Promise<Snapshot> => {
    const id = String(issue.id)
    const hasFiles = (knownFields(issue).attachment ?? []).length > 0
    const [comments, remoteLinks, audience] = await Promise.all([
      commentsOf(issue),
      client.remoteLinks(id),
      hasFiles ? desk.audienceOf(client, issue) : null,
    ])
    const context = await contextFor(audience)
    const isOurs = (each: WireComment): boolean =>
      each.author !== null && each.author !== undefined && personId(each.author, cloud) === context.accountId
    const words = comments.filter((each) => !(desk.isCarrier(each) && isOurs(each)))
    return issueSnapshot(issue, context, { comments: words, remoteLinks })
  }

  const fetch = async (ref: RemoteRef): Promise<Snapshot | 'gone'> => {
    const target = targetOf(ref.id)
    if (target === null) return 'gone'
    if (target.kind === 'issue') {
      const issue = await client.issue(target.id)
      if (issue !== null) return wholeSnapshot(issue)
    } else {
      const version = await client.version(target.id)
      const key = version === null ? null : await catalog.projectKeyOf(version.projectId)
      if (version !== null) return versionSnapshot(version, key ?? String(version.projectId ?? 'Jira'), site)
    }
    await catalog.requireSight()
    return 'gone'
  }

  const allVersions = async (): Promise<readonly Snapshot[]> => {
    const found = await Promise.all(
      settings.projects.map(async (key) =>
        ((await client.versions(key)) ?? []).map((each) => versionSnapshot(each, key, site)),
      ),
    )
    return found.flat()
  }

  const digestOf = (versions: readonly Snapshot[]): string =>
    createHash('sha256').update(JSON.stringify(versions)).digest('base64url')

  /** "Now" by Jira's own clock: its last change, as far as the index surely has it. */
  const startOfChanges = async (): Promise<PullPage> => {
    const page = await client.search(`${inProjects} ORDER BY updated DESC`, {
      limit: 1,
      token: null,
      startAt: 0,
    })
    if (page.rows.length === 0) await catalog.requireSight()
    const atMs = (page.at ?? now()).getTime()
    const newest = msOf(page.rows[0]?.fields.updated)
    const cursor = {
      scope: 'changes',
      from: second(Math.max(0, Math.min(newest, atMs - lagMs))),
      token: null,
      skip: 0,
      versionsAt: atMs,
      versions: digestOf(await allVersions()),
    }
    return { snapshots: [], cursor: JSON.stringify(cursor), more: false }
  }

  const pullChanges = async (text: string | null): Promise<PullPage> => {
    if (text === null) return startOfChanges()
    const cursor = changesCursor(text)
    const jql = `${inProjects} AND updated >= ${cursor.from} ORDER BY updated ASC, key ASC`
    const page = await client.search(jql, { limit: PAGE_SIZE, token: cursor.token, startAt: cursor.skip })
    const snapshots = await wholeRows(page.rows)
    const last = page.rows.at(-1)
    if (!page.isLast && last !== undefined) {
      const next = afterFullPage(cursor, msOf(last.fields.updated), page.rows.length, page.token)
      return { snapshots, cursor: JSON.stringify(next), more: true }
    }
    const atMs = (page.at ?? now()).getTime()
    const next = afterLastPage(cursor, last ? msOf(last.fields.updated) : null, atMs - lagMs)
    if (atMs < cursor.versionsAt + VERSIONS_EVERY_MS)
      return { snapshots, cursor: JSON.stringify(next), more: false }
    const versions = await allVersions()
    const digest = digestOf(versions)
    return {
      snapshots: digest === cursor.versions ? snapshots : [...snapshots, ...versions],
      cursor: JSON.stringify({ ...next, versionsAt: atMs, versions: digest }),
      more: false,
    }
  }

  /** A token may have expired since; then its page starts at its first second. */
  const pageOfAll = async (
    cursor: AllCursor,
  ): Promise<{ readonly asked: AllCursor; readonly page: Page }> => {
    const ask = (asked: AllCursor): Promise<Page> =>
      client.search(`${inProjects} AND created >= ${asked.from} ORDER BY created ASC, key ASC`, {
        limit: PAGE_SIZE,
        token: asked.token,
        startAt: asked.skip,
      })
    try {
      return { asked: cursor, page: await ask(cursor) }
    } catch (error) {
      if (cursor.token === null || !isFault(error) || error.kind !== 'invalid') throw error
      const anew = { ...cursor, from: cursor.reached, token: null, skip: 0 }
      return { asked: anew, page: await ask(anew) }
    }
  }

  const pullAll = async (text: string | null): Promise<PullPage> => {
    const cursor = text === null ? START_OF_ALL : allCursor(text)
    const { asked, page } = await pageOfAll(cursor)
    if (text === null && page.rows.length === 0) await catalog.requireSight()
    const snapshots = await wholeRows(page.rows)
    const times = page.rows.map((each) => msOf(each.fields.created))
    const next = JSON.stringify(afterAllPage(asked, times, page.isLast ? null : page.token))
    if (!page.isLast) return { snapshots, cursor: next, more: true }
    return { snapshots: [...snapshots, ...(await allVersions())], cursor: next, more: false }
  }

  /** Ids of issues that our account made since then and that hold the marker. Newest first. */
  const marked = async (marker: string, fromMs: number): Promise<readonly WireListed[]> => {
    const jql = `creator = currentUser() AND created >= ${fromMs} ORDER BY created DESC`
    const found: WireListed[] = []
    let token: string | null = null
    for (let seen = 0; seen < MAX_CANDIDATES; ) {
      const page = await client.search(jql, { limit: PAGE_SIZE, token, startAt: seen })
      for (const row of page.rows) if ((await markerFor(row)) === marker) found.push(row)
      seen += page.rows.length
      token = page.token
      if (page.isLast || page.rows.length === 0) break
    }
    return found
  }

  /** Only Cloud's search shows properties. */
  const markerFor = async (row: WireListed): Promise<string | null> => {
    if (cloud) return markerOf(row.properties)
    const more = { fields: 'created', expand: '', properties: MARKER_PROPERTY }
    return markerOf((await client.issue(String(row.id), more))?.properties)
  }

  const find = async (marker: string, since: Date): Promise<readonly Snapshot[]> =>
    wholeRows(await marked(marker, second(Math.max(0, since.getTime() - CLOCK_SLACK_MS))))

  const writing: PushContext = { client, catalog, settings, desk, fetch, snapshot: wholeSnapshot }

  return Object.freeze({
    check: () => checkAccount(client, catalog, settings, desk, now),
    describe: () => describeTool(client, catalog, settings, desk),
    pull: (cursor: string | null, scope: 'changes' | 'all') =>
      scope === 'all' ? pullAll(cursor) : pullChanges(cursor),
    fetch,
    find,
    push: (operation, _key, content) => push(writing, operation, content),
    overwritten: (write) => overwritten(writing, write),
    keepHook: (address: string) => keepHook(client, settings, address, now),
    dropHook: (address: string) => dropHook(client, settings, address),
    download: async (_ref: RemoteRef, attachmentId: string) => {
      if (!/^[1-9]\d{0,17}$/.test(attachmentId))
        throw new RemoteFault('gone', `"${attachmentId}" is no attachment of Jira`)
      const { size, stream } = await client.download(await downloadPath(attachmentId), attachmentId)
      return { size, stream }
    },
  } satisfies Session)

  /** By id and name: the address that Jira gives can carry another host than ours behind a proxy. */
  async function downloadPath(id: string): Promise<string> {
    // without the detour over the address of a file store
    if (cloud) return `${client.api}/attachment/content/${id}?redirect=false`
    const attachment = await client.attachment(id)
    if (attachment === null)
      throw new RemoteFault('gone', `attachment ${id} does not exist in Jira (any more)`)
    return `/secure/attachment/${id}/${encodeURIComponent(attachment.filename)}`
  }
}
