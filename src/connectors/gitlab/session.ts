import type { Http, PullPage, Session } from '../../sync/connector.ts'
import { RemoteFault } from '../../sync/fault.ts'
import type { RemoteRef, Snapshot } from '../../sync/snapshot.ts'
import { catalogOf } from './catalog.ts'
import { checkAccount } from './check.ts'
import { gitLabClient } from './client.ts'
import {
  type ConvertContext,
  containerOf,
  issueRef,
  issueSnapshot,
  milestoneSnapshot,
  refOfIssue,
  releaseSnapshot,
  targetOf,
} from './convert.ts'
import {
  afterChanges,
  afterEvery,
  allCursor,
  allStart,
  changesCursor,
  EPOCH,
  latest,
  startPlace,
} from './cursor.ts'
import { describeTool } from './describe.ts'
import { dropHook, keepHookOf } from './hooks.ts'
import { labelFieldsOf } from './labels.ts'
import { markersIn } from './marker.ts'
import { originsIn, placesOf } from './moved.ts'
import { type PushContext, push } from './push.ts'
import type { WireIssue, WireNote, WireProject } from './schema.ts'
import { type Settings, webOf } from './settings.ts'
import { placeOf } from './uploads.ts'

/** One session with one GitLab: reading. Writing is in `push.ts`. */

export const PAGE_SIZE = 50
const FIND_PAGE = 100
const MAX_FIND_PAGES = 50
const CLOCK_SLACK_MS = 60 * 60_000

const SUPPORT_BOT = /^support-bot\d*$/

export const sessionOf = (settings: Settings, http: Http, now: () => Date): Session => {
  const client = gitLabClient(http)
  const catalog = catalogOf(client, now)
  const places = placesOf(client, now)
  const labelFields = labelFieldsOf(settings)
  const baseUrl = webOf(settings)

  const contextFor = async (people: readonly number[]): Promise<ConvertContext> => {
    const { id } = await catalog.account()
    const emailOf = people.length === 0 ? () => null : await catalog.emails(people)
    return { baseUrl, accountId: id, labelFields, emailOf, externalAuthorOf: () => null }
  }

  /** Projects that are gone or hidden are named by `check`. */
  const followed = async (): Promise<readonly WireProject[]> => {
    const found: WireProject[] = []
    for (const path of settings.projects) {
      const project = await catalog.project(path)
      if (project !== null && !found.some(({ id }) => id === project.id)) found.push(project)
    }
    if (found.length === 0) throw new RemoteFault('auth', 'GitLab shows none of the projects to this account')
    return found
  }

  // ---- one item -----------------------------------------------------------------------------------------

  const peopleIn = (issue: WireIssue, notes: readonly WireNote[]): readonly number[] =>
    [issue.author, ...(issue.assignees ?? []), ...notes.filter(isSaid).map((each) => each.author)].flatMap(
      (each) => each?.id ?? [],
    )

  const externalAuthors = async (issue: WireIssue, notes: readonly WireNote[]) =>
    notes.some((note) => isSaid(note) && SUPPORT_BOT.test(note.author?.username ?? ''))
      ? await client.externalAuthors(issue.id)
      : new Map<number, string>()

  /** An issue that came here from a followed project is the item it was there. */
  const firstPlace = async (issue: WireIssue, notes: readonly WireNote[]): Promise<RemoteRef> => {
    for (const { path, iid } of originsIn(notes, containerOf(issue))) {
      const project = await catalog.project(path)
      if (project !== null && settings.projects.some((each) => isSame(each, project)))
        return issueRef(project.id, iid)
    }
    return refOfIssue(issue)
  }

  const wholeIssue = async (issue: WireIssue, asked: RemoteRef): Promise<Snapshot> => {
    const notes = await client.notes(issue.project_id, issue.iid)
    const links = await client.links(issue.project_id, issue.iid)
    const external = await externalAuthors(issue, notes)
    const context = await contextFor(peopleIn(issue, notes))
    const isHere = asked.id === refOfIssue(issue).id
    const ref = isHere ? await firstPlace(issue, notes) : asked
    places.remember(ref, { project: issue.project_id, iid: issue.iid })
    const authors = { ...context, externalAuthorOf: (id: number) => external.get(id) ?? null }
    return issueSnapshot(issue, authors, { notes, links }, ref)
  }

  /** 404 is also what GitLab says of what it hides: only in a project that is open to us it means gone. */
  const goneOrHidden = async (project: number): Promise<'gone'> => {
    if ((await catalog.project(project)) !== null) return 'gone'
    throw new RemoteFault('invalid', `project ${project} is not visible to this account (any more)`)
  }

  const fetch = async (ref: RemoteRef): Promise<Snapshot | 'gone'> => {
    const target = targetOf(ref.id)
    if (target === null) return 'gone'
    if (target.kind === 'issue') {
      const issue = await places.find(ref)
      return issue === null ? goneOrHidden(places.issueAt(ref).project) : wholeIssue(issue, ref)
    }
    const projects = await followed()
    if (target.kind === 'milestone') {
      const milestone = await client.milestone(target.parent, target.id)
      if (milestone === null) return 'gone'
      const owner = projects.find(({ id }) => id === milestone.project_id) ?? projects[0]
      return owner === undefined ? 'gone' : milestoneSnapshot(milestone, placeIn(owner), baseUrl)
    }
    const project = projects.find(({ id }) => id === target.project)
    const release = project === undefined ? null : await client.release(target.project, target.tag)
    if (project === undefined || release === null) return 'gone'
    return releaseSnapshot(release, placeIn(project), await contextFor([]))
  }

  // ---- lists --------------------------------------------------------------------------------------------

  const listed = async (issues: readonly WireIssue[]): Promise<readonly Snapshot[]> => {
    const context = await contextFor([])
    const moved = await places.followAll(issues)
    const shown = new Map<string, Snapshot>()
    for (const issue of issues) {
      const there = issue.moved_to_id == null ? issue : moved.get(issue)
      if (there === undefined) continue
      const ref = there === issue ? places.originOf(issue) : refOfIssue(issue)
      shown.set(ref.id, issueSnapshot(there, context, null, ref))
    }
    return [...shown.values()]
  }

  const releasesOf = async (projects: readonly WireProject[]): Promise<readonly Snapshot[]> => {
    const kinds = settings.releases ?? 'milestones'
    if (kinds === 'none') return []
    const found = new Map<string, Snapshot>()
    const context = await contextFor([])
    for (const project of projects) {
      const milestones = ((await client.milestones(project.id)) ?? []).map((each) =>
        milestoneSnapshot(each, placeIn(project), baseUrl),
      )
      const releases = kinds === 'milestones' ? [] : ((await client.releases(project.id)) ?? [])
      const shown = [
        ...milestones,
        ...releases.map((each) => releaseSnapshot(each, placeIn(project), context)),
      ]
      for (const snapshot of shown) if (!found.has(snapshot.ref.id)) found.set(snapshot.ref.id, snapshot)
    }
    return [...found.values()]
  }

  const byUpdate = { order_by: 'updated_at', sort: 'asc', per_page: PAGE_SIZE } as const

  /** "Now" by GitLab's own clock: the time of its last change, whatever our clock says. */
  const startOfChanges = async (): Promise<PullPage> => {
    const projects = await followed()
    const places: Record<string, { from: string; page: number }> = {}
    for (const project of projects) {
      const newest = await client.issues(project.id, { order_by: 'updated_at', sort: 'desc', per_page: 1 })
      places[project.id] = startPlace(
        latest(
          newest.map((each) => each.updated_at),
          EPOCH,
        ),
      )
    }
    const releases = await releasesOf(projects)
    const releasesFrom = latest(
      releases.flatMap((each) => each.updatedAt ?? []),
      EPOCH,
    )
    const cursor = { scope: 'changes', at: 0, places, releasesFrom }
    return { snapshots: [], cursor: JSON.stringify(cursor), more: false }
  }

  const pullChanges = async (text: string | null): Promise<PullPage> => {
    if (text === null) return startOfChanges()
    const cursor = changesCursor(text)
    const projects = await followed()
    const project = projects[cursor.at]
    if (project !== undefined) {
      // A project that is new to the settings starts with what its neighbours saw last.
      const key = String(project.id)
      const place = cursor.places[key] ?? startPlace(newestPlace(cursor.places))
      const query = { ...byUpdate, updated_after: place.from, page: place.page }
      const issues = await client.issues(project.id, query)
      const next = afterChanges(cursor, key, place, issues, issues.length >= PAGE_SIZE)
      const isLast = next.at >= projects.length && (settings.releases ?? 'milestones') === 'none'
      const after = isLast ? { ...next, at: 0 } : next
      return { snapshots: await listed(issues), cursor: JSON.stringify(after), more: !isLast }
    }
    const releases = (await releasesOf(projects)).filter(
      (each) => latest([each.updatedAt ?? EPOCH], EPOCH) >= cursor.releasesFrom,
    )
    const releasesFrom = latest(
      releases.flatMap((each) => each.updatedAt ?? []),
      cursor.releasesFrom,
    )
    return {
      snapshots: releases,
      cursor: JSON.stringify({ ...cursor, at: 0, releasesFrom }),
      more: false,
    }
  }

  const pullAll = async (text: string | null): Promise<PullPage> => {
    const cursor = text === null ? allStart() : allCursor(text)
    const projects = await followed()
    const project = projects[cursor.at]
    if (project === undefined) {
      const releases = await releasesOf(projects)
      return { snapshots: releases, cursor: JSON.stringify(cursor), more: false }
    }
    const issues = await client.issues(project.id, {
      order_by: 'created_at',
      sort: 'asc',
      per_page: PAGE_SIZE,
      created_after: cursor.place.from,
      page: cursor.place.page,
    })
    const isFull = issues.length >= PAGE_SIZE
    const fresh = issues.filter(({ iid }) => !cursor.seen.includes(iid))
    const next = afterEvery(cursor, issues, isFull)
    return { snapshots: await listed(fresh), cursor: JSON.stringify(next), more: true }
  }

  /** Listed, for the search index lags; in the followed projects. */
  const find = async (marker: string, since: Date): Promise<readonly Snapshot[]> => {
    const created_after = new Date(since.getTime() - CLOCK_SLACK_MS).toISOString()
    const found: WireIssue[] = []
    for (const project of await followed()) {
      for (let page = 1; page <= MAX_FIND_PAGES; page += 1) {
        const query = { order_by: 'created_at', sort: 'desc', per_page: FIND_PAGE, created_after, page }
        const issues = await client.issues(project.id, query)
        found.push(...issues.filter((issue) => markersIn(issue.description ?? '').includes(marker)))
        if (issues.length < FIND_PAGE) break
      }
    }
    return listed(found)
  }

  const writing: PushContext = {
    client,
    catalog,
    places,
    labelFields,
    baseUrl,
    maxBytes: (settings.maxAttachmentMb ?? 100) * 1024 * 1024,
    snapshotOf: async (issue, ref, isNew) =>
      issueSnapshot(
        issue,
        await contextFor(isNew ? peopleIn(issue, []) : []),
        isNew ? { notes: [], links: [] } : null,
        ref,
      ),
  }

  const keepHook = keepHookOf(client, settings)

  return Object.freeze({
    check: () => checkAccount(client, catalog, settings, now),
    describe: () => describeTool(client, catalog, settings),
    pull: (cursor: string | null, scope: 'changes' | 'all') =>
      scope === 'all' ? pullAll(cursor) : pullChanges(cursor),
    fetch,
    find,
    push: (operation, _key, content) => push(writing, operation, content),
    keepHook,
    dropHook: (address: string) => dropHook(client, settings, address),
    download: async (ref: RemoteRef, attachmentId: string) => {
      const place = placeOf(attachmentId)
      if (place === null || targetOf(ref.id)?.kind !== 'issue')
        throw new RemoteFault('gone', `"${attachmentId.slice(0, 100)}" is no file of GitLab`)
      const project = place.project ?? places.issueAt(ref).project
      const { size, stream } = await client.download(project, place.secret, place.filename)
      return { size, stream }
    },
  } satisfies Session)
}

const isSaid = (note: WireNote): boolean => note.system !== true

const isSame = (given: string, project: WireProject): boolean =>
  given === String(project.id) || given.toLowerCase() === project.path_with_namespace.toLowerCase()

const placeIn = (project: WireProject) => ({ id: project.id, path: project.path_with_namespace })

const newestPlace = (places: Readonly<Record<string, { readonly from: string }>>): string =>
  latest(
    Object.values(places).map(({ from }) => from),
    EPOCH,
  )
