import type { Http, PullPage, Session } from '../../sync/connector.ts'
import { RemoteFault } from '../../sync/fault.ts'
import type { RemoteRef, Snapshot } from '../../sync/snapshot.ts'
import { catalogOf } from './catalog.ts'
import { checkAccount } from './check.ts'
import { type Filter, redmineClient } from './client.ts'
import { type ConvertContext, issueSnapshot, targetOf, versionSnapshot } from './convert.ts'
import { afterFullPage, afterLastPage, allCursor, changesCursor, EPOCH, latest, startAt } from './cursor.ts'
import { describeTool } from './describe.ts'
import { overwritten, type PushContext, push } from './push.ts'
import type { Named, Settings, WireIssue, WireVersion } from './schema.ts'

/** One session with one Redmine: reading. Writing is in `push.ts`. */

/** A list of 100 issues takes Redmine a second of its only interpreter lock; smaller ones let people through. */
export const PAGE_SIZE = 50
/** How much older than asked an item with our marker may look: a clone or a twin missed costs more than a look. */
const CLOCK_SLACK_MS = 24 * 60 * 60 * 1000

interface ProjectVersion {
  readonly version: WireVersion
  readonly identifier: string
}

export const trimmedUrl = (url: string): string => url.replace(/\/+$/, '')

export const sessionOf = (settings: Settings, http: Http, now: () => Date): Session => {
  const client = redmineClient(http)
  const catalog = catalogOf(client, settings, now)

  /** Asked where it matters only: an issue without files needs no look at the account's roles. */
  const seesPrivateNotes = async (whole: WireIssue | null): Promise<boolean> => {
    if (whole === null || (whole.attachments ?? []).length === 0) return false
    const rights = await catalog.rights(whole.project.id)
    return rights === 'all' || rights.has('view_private_notes')
  }

  const contextFor = async (
    projects: readonly Named[],
    people: readonly number[],
    whole: WireIssue | null = null,
  ): Promise<ConvertContext> => {
    const account = await catalog.account()
    const identifiers = await catalog.identifiers(projects)
    const users = await catalog.users(people)
    return {
      baseUrl: trimmedUrl(settings.url),
      accountId: account.id,
      // Redmine takes an id wherever it takes an identifier.
      identifierOf: (project) => identifiers.get(project.id) ?? String(project.id),
      knownOf: (id) => users.get(id),
      seesPrivateNotes: await seesPrivateNotes(whole),
    }
  }

  const listed = async (issues: readonly WireIssue[]): Promise<readonly Snapshot[]> => {
    const context = await contextFor(
      issues.map((each) => each.project),
      [],
    )
    return issues.map((each) => issueSnapshot(each, context, false))
  }

  const peopleIn = (issue: WireIssue): readonly number[] =>
    [issue.assigned_to, issue.author, ...(issue.journals ?? []).map((each) => each.user)].flatMap(
      (each) => each?.id ?? [],
    )

  const fetchIssue = async (id: number): Promise<Snapshot | 'gone'> => {
    const issue = await client.issue(id)
    if (issue === 'gone') return 'gone'
    // Not `gone`: it exists, and calling it deleted would unlink it. Not `auth`: the other items are fine.
    if (issue === 'hidden')
      throw new RemoteFault('invalid', `issue ${id} is not visible to this account (any more)`)
    return wholeSnapshot(issue)
  }

  const wholeSnapshot = async (issue: WireIssue): Promise<Snapshot> =>
    issueSnapshot(issue, await contextFor([issue.project], peopleIn(issue), issue), true)

  const fetchVersion = async (id: number): Promise<Snapshot | 'gone'> => {
    const version = await client.version(id)
    if (version === 'gone') return 'gone'
    if (version === 'hidden')
      throw new RemoteFault('invalid', `version ${id} is not visible to this account (any more)`)
    return versionSnapshot(
      version,
      await contextFor(version.project === undefined ? [] : [version.project], []),
      '',
    )
  }

  const fetch = async (ref: RemoteRef): Promise<Snapshot | 'gone'> => {
    const target = targetOf(ref.id)
    if (target === null) return 'gone'
    return target.kind === 'issue' ? fetchIssue(target.id) : fetchVersion(target.id)
  }

  /** A shared version is listed with each project it is shared with: it counts once. */
  const allVersions = async (): Promise<readonly ProjectVersion[]> => {
    const found = new Map<number, ProjectVersion>()
    for (const identifier of settings.projects) {
      for (const version of (await client.versions(identifier)) ?? []) {
        if (!found.has(version.id)) found.set(version.id, { version, identifier })
      }
    }
    return [...found.values()].sort((a, b) => a.version.id - b.version.id)
  }

  const versionSnapshots = async (versions: readonly ProjectVersion[]): Promise<readonly Snapshot[]> => {
    const context = await contextFor(
      versions.flatMap((each) => each.version.project ?? []),
      [],
    )
    return versions.map((each) => versionSnapshot(each.version, context, each.identifier))
  }

  const inScope = async (more: Filter): Promise<readonly Filter[]> => {
    const projects = await Promise.all(settings.projects.map((each) => catalog.projectDetails(each)))
    const ids = projects.flatMap((each) => (each === null ? [] : [String(each.id)]))
    if (ids.length === 0) throw new RemoteFault('auth', 'Redmine shows none of the projects to this account')
    return [
      { field: 'status_id', operator: '*', values: [''] },
      { field: 'project_id', operator: '=', values: ids },
      more,
    ]
  }

  const changedSince = (from: string): Promise<readonly Filter[]> =>
    inScope({ field: 'updated_on', operator: '>=', values: [from] })

  /** "Now" by Redmine's own clock: the time of its last change, whatever our clock says. */
  const startOfChanges = async (): Promise<PullPage> => {
    const newest = await client.issues(await changedSince(EPOCH), { sort: 'updated_on:desc', limit: 1 })
    const versions = await allVersions()
    const from = latest(
      newest.map((each) => each.updated_on),
      EPOCH,
    )
    const versionsFrom = latest(
      versions.map((each) => each.version.updated_on),
      EPOCH,
    )
    return { snapshots: [], cursor: JSON.stringify(startAt(from, versionsFrom)), more: false }
  }

  const pullChanges = async (text: string | null): Promise<PullPage> => {
    if (text === null) return startOfChanges()
    const cursor = changesCursor(text)
    const page = { sort: 'updated_on,id', limit: PAGE_SIZE, offset: cursor.offset }
    const issues = await client.issues(await changedSince(cursor.from), page)
    const lastAt = issues.at(-1)?.updated_on ?? null
    if (lastAt !== null && issues.length >= PAGE_SIZE) {
      const next = afterFullPage(cursor, lastAt, issues.length)
      return { snapshots: await listed(issues), cursor: JSON.stringify(next), more: true }
    }
    const versions = (await allVersions()).filter(
      (each) => latest([each.version.updated_on], EPOCH) >= cursor.versionsFrom,
    )
    const times = versions.map((each) => each.version.updated_on)
    return {
      snapshots: [...(await listed(issues)), ...(await versionSnapshots(versions))],
      cursor: JSON.stringify(afterLastPage(cursor, lastAt, times)),
      more: false,
    }
  }

  const pullAll = async (text: string | null): Promise<PullPage> => {
    const { fromId } = text === null ? { fromId: 1 } : allCursor(text)
    const filters = await inScope({ field: 'issue_id', operator: '>=', values: [String(fromId)] })
    const issues = await client.issues(filters, { sort: 'id', limit: PAGE_SIZE })
    const more = issues.length >= PAGE_SIZE
    const versions = more ? [] : await versionSnapshots(await allVersions())
    const next = { scope: 'all', fromId: (issues.at(-1)?.id ?? fromId - 1) + 1 }
    return { snapshots: [...(await listed(issues)), ...versions], cursor: JSON.stringify(next), more }
  }

  /** In every project the account sees: an item of ours may have been moved. No index, so nothing lags. */
  const find = async (marker: string, since: Date): Promise<readonly Snapshot[]> => {
    const id = await catalog.customFieldId(settings.markerField)
    const filters: readonly Filter[] = [
      { field: 'status_id', operator: '*', values: [''] },
      { field: `cf_${id}`, operator: '=', values: [marker] },
    ]
    const issues = await client.issues(filters, { sort: 'id:desc', limit: PAGE_SIZE })
    const holdsIt = (issue: WireIssue) =>
      issue.custom_fields?.some((each) => each.id === id && each.value === marker)
    if (!issues.every(holdsIt)) {
      // Answering "none" here would make a second issue.
      const detail = `the custom field "${settings.markerField}" must be marked "used as a filter" in Redmine`
      throw new RemoteFault('invalid', detail, { field: `cf:${settings.markerField}` })
    }
    const oldest = since.getTime() - CLOCK_SLACK_MS
    return listed(issues.filter((each) => Date.parse(each.created_on) >= oldest))
  }

  const writing: PushContext = { client, catalog, settings, fetch, snapshot: wholeSnapshot }

  return Object.freeze({
    check: () => checkAccount(client, catalog, settings),
    describe: () => describeTool(client, catalog, settings),
    pull: (cursor: string | null, scope: 'changes' | 'all') =>
      scope === 'all' ? pullAll(cursor) : pullChanges(cursor),
    fetch,
    find,
    push: (operation, _key, content) => push(writing, operation, content),
    overwritten: (write) => overwritten(writing, write),
    download: async (_ref: RemoteRef, attachmentId: string) => {
      if (!/^[1-9]\d{0,14}$/.test(attachmentId))
        throw new RemoteFault('gone', `"${attachmentId}" is no attachment of Redmine`)
      const { size, stream } = await client.download(Number(attachmentId))
      return { size, stream }
    },
  } satisfies Session)
}
