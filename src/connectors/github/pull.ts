import type { PullPage } from '../../sync/connector.ts'
import { RemoteFault } from '../../sync/fault.ts'
import type { RemoteRef, Snapshot } from '../../sync/snapshot.ts'
import { type GithubClient, PAGE_SIZE } from './client.ts'
import {
  type ConvertContext,
  issueRef,
  issueSnapshot,
  milestoneSnapshot,
  releaseSnapshot,
} from './convert.ts'
import {
  type AllCursor,
  afterFullPage,
  afterLastPage,
  allCursor,
  type ChangesCursor,
  changesCursor,
  EPOCH,
  latest,
  OVERLAP_TAIL,
  type Place,
  pageAfter,
} from './cursor.ts'
import { markersIn } from './marker.ts'
import { lookAtProject } from './project-changes.ts'
import type { Projects } from './projects.ts'
import type { Repositories, Repository } from './repositories.ts'
import { answers, readAs, type WireIssue } from './schema.ts'
import type { Settings } from './settings.ts'

/**
 * Lists. A list of GitHub's holds pull requests too, which are left out here: a page may hold no issue and yet not be
 * the last one.
 */

export interface PullContext {
  readonly client: GithubClient
  readonly repositories: Repositories
  readonly settings: Settings
  readonly projects: Projects
  /** The whole of one issue; null: it is gone, or elsewhere. */
  readonly read: (ref: RemoteRef) => Promise<Snapshot | null>
  readonly now: () => Date
  readonly convert: () => Promise<ConvertContext>
}

interface Listed {
  readonly rows: readonly WireIssue[]
  readonly isFull: boolean
}

const isIssue = (row: WireIssue): boolean => row.pull_request === undefined || row.pull_request === null

type Query = Readonly<Record<string, string | number>>

const list = async ({ client }: PullContext, at: Repository, query: Query): Promise<Listed> => {
  const what = `issues of ${at.name}`
  const answer = await client.get(`${at.path}/issues`, what, { state: 'all', ...query })
  const rows = readAs(answers.issues, answer, what)
  return { rows, isFull: rows.length >= Number(query['per_page']) }
}

const shownOf = async (
  { convert, projects }: PullContext,
  rows: readonly WireIssue[],
  at: Repository,
): Promise<readonly Snapshot[]> => {
  const issues = rows.filter(isIssue).map((issue) => ({ issue, ref: issueRef(at.id, issue.number) }))
  const context = await convert()
  return projects.shown(
    issues.map(({ issue, ref }) => ({
      issue,
      snapshot: issueSnapshot(issue, ref, at.name, null, context),
    })),
  )
}

/** Milestones and releases, one call each: GitHub lists neither by time of change. */
const releasesOf = async (context: PullContext, at: Repository): Promise<readonly Snapshot[]> => {
  const { client, settings } = context
  const wanted = settings.releases ?? 'both'
  const convert = await context.convert()
  const milestones =
    wanted === 'releases'
      ? []
      : await client.everyPage(
          `${at.path}/milestones`,
          `milestones of ${at.name}`,
          (body) => readAs(answers.milestones, body, `milestones of ${at.name}`),
          { state: 'all' },
        )
  const releases =
    wanted === 'milestones'
      ? []
      : await client.everyPage(`${at.path}/releases`, `releases of ${at.name}`, (body) =>
          readAs(answers.releases, body, `releases of ${at.name}`),
        )
  return [
    ...milestones.map((each) => milestoneSnapshot(each, at.id, at.name, convert)),
    ...releases.map((each) => releaseSnapshot(each, at.id, at.name, convert)),
  ]
}

const timesOf = (releases: readonly Snapshot[]): readonly string[] =>
  releases.flatMap((each) => each.updatedAt ?? [])

/** "Now" by GitHub's own clock: the time of the last change there, whatever our clock says. */
const startPlace = async (context: PullContext, at: Repository): Promise<Place> => {
  const { rows } = await list(context, at, { sort: 'updated', direction: 'desc', per_page: 1 })
  const from = latest(
    rows.map((each) => each.updated_at),
    EPOCH,
  )
  return { from, seen: 0, releasesFrom: latest(timesOf(await releasesOf(context, at)), EPOCH) }
}

const followed = async ({ repositories }: PullContext): Promise<readonly Repository[]> => {
  const found = await repositories.followed()
  if (found.length === 0)
    throw new RemoteFault('auth', 'GitHub shows none of the repositories to this account')
  return found
}

const started = async (context: PullContext): Promise<PullPage> => {
  const places: Record<string, Place> = {}
  for (const at of await followed(context)) places[at.id] = await startPlace(context, at)
  const cursor: ChangesCursor = { scope: 'changes', todo: [], places }
  return { snapshots: [], cursor: JSON.stringify(cursor), more: false }
}

const changesIn = async (context: PullContext, at: Repository, place: Place) => {
  const page = pageAfter(place.seen, PAGE_SIZE)
  const query = { since: place.from, sort: 'updated', direction: 'asc', per_page: page.size, page: page.page }
  const { rows, isFull } = await list(context, at, query)
  const snapshots = await shownOf(context, rows, at)
  const lastAt = rows.at(-1)?.updated_at ?? null
  if (isFull && lastAt !== null)
    return { snapshots, place: afterFullPage(place, lastAt, page), isLast: false }
  const changed = (await releasesOf(context, at)).filter(
    (each) => latest([each.updatedAt ?? EPOCH], EPOCH) >= place.releasesFrom,
  )
  const next = afterLastPage(place, lastAt, timesOf(changed))
  return { snapshots: [...snapshots, ...changed], place: next, isLast: true }
}

/** After the repositories, one page of each project. */
const projectChangesIn = async (
  context: PullContext,
  cursor: ChangesCursor,
  [id = '', ...others]: readonly string[],
  all: readonly Repository[],
): Promise<PullPage> => {
  const project = (await context.projects.visible()).find((each) => each.id === id)
  const isFollowed = (repositoryId: number): boolean => all.some((each) => each.id === repositoryId)
  const look =
    project === undefined ? null : await lookAtProject({ ...context, isFollowed }, project, cursor.laps?.[id])
  const projects = look?.isLast === false ? [id, ...others] : others
  const laps = look === null ? cursor.laps : { ...cursor.laps, [id]: look.lap }
  const next: ChangesCursor = { ...cursor, projects, ...(laps === undefined ? {} : { laps }) }
  return {
    snapshots: look?.snapshots ?? [],
    cursor: JSON.stringify(next),
    more: projects.length > 0,
  }
}

export const pullChanges = async (context: PullContext, text: string | null): Promise<PullPage> => {
  if (text === null) return started(context)
  const cursor = changesCursor(text)
  const all = await followed(context)
  if (cursor.projects !== undefined && cursor.projects.length > 0)
    return projectChangesIn(context, cursor, cursor.projects, all)
  const todo = cursor.todo.filter((id) => all.some((each) => each.id === id))
  const round = todo.length > 0 ? todo : all.map((each) => each.id)
  const at = all.find((each) => each.id === round[0])
  if (at === undefined) throw new RemoteFault('auth', 'GitHub shows none of the repositories to this account')
  const known = cursor.places[at.id]
  const { snapshots, place, isLast } =
    known === undefined
      ? // Followed since a moment ago: what was before is the sweep's.
        { snapshots: [], place: await startPlace(context, at), isLast: true }
      : await changesIn(context, at, known)
  const left = isLast ? round.slice(1) : round
  const projects = left.length > 0 ? [] : (await context.projects.visible()).map(({ id }) => id)
  const next: ChangesCursor = {
    ...cursor,
    todo: left,
    places: { ...cursor.places, [at.id]: place },
    projects,
  }
  return { snapshots, cursor: JSON.stringify(next), more: left.length > 0 || projects.length > 0 }
}

export const pullAll = async (context: PullContext, text: string | null): Promise<PullPage> => {
  const all = await followed(context)
  const start: AllCursor = { scope: 'all', todo: all.map((each) => each.id), seen: 0, tail: [] }
  const cursor = text === null ? start : allCursor(text)
  const todo = cursor.todo.filter((id) => all.some((each) => each.id === id))
  const at = all.find((each) => each.id === todo[0])
  if (at === undefined) return { snapshots: [], cursor: JSON.stringify({ ...start, todo: [] }), more: false }
  const page = pageAfter(cursor.seen, PAGE_SIZE)
  const query = { sort: 'created', direction: 'asc', per_page: page.size, page: page.page }
  const { rows, isFull } = await list(context, at, query)
  const fresh = rows.filter((each) => !cursor.tail.includes(each.number))
  const snapshots = await shownOf(context, fresh, at)
  if (isFull) {
    const tail = rows.slice(-OVERLAP_TAIL).map((each) => each.number)
    const next: AllCursor = { scope: 'all', todo, seen: page.page * page.size, tail }
    return { snapshots, cursor: JSON.stringify(next), more: true }
  }
  const left = todo.slice(1)
  const next: AllCursor = { scope: 'all', todo: left, seen: 0, tail: [] }
  return {
    snapshots: [...snapshots, ...(await releasesOf(context, at))],
    cursor: JSON.stringify(next),
    more: left.length > 0,
  }
}

/** How much older than asked an item with our marker may look: a clone or a twin missed costs more than a look. */
const CLOCK_SLACK_MS = 10 * 60_000
const MAX_PAGES = 20

/** Listed, not searched: GitHub's search takes minutes to see what is new, and finds no comment in HTML. */
export const find = async (
  context: PullContext,
  marker: string,
  since: Date,
): Promise<readonly Snapshot[]> => {
  const from = latest([new Date(since.getTime() - CLOCK_SLACK_MS).toISOString()], EPOCH)
  const found: Snapshot[] = []
  for (const at of await followed(context)) {
    for (let page = 1; page <= MAX_PAGES; page += 1) {
      // The newest first: what comes meanwhile moves the rest on, so it is seen twice and never missed.
      const query = { since: from, sort: 'created', direction: 'desc', per_page: PAGE_SIZE, page }
      const { rows, isFull } = await list(context, at, query)
      const holding = rows.filter((each) => markersIn(each.body).includes(marker))
      found.push(...(await shownOf(context, holding, at)))
      if (!isFull) break
      if (page === MAX_PAGES)
        throw new RemoteFault('down', `too much changed in ${at.name} to look for an item of ours`)
    }
  }
  return [...new Map(found.map((each) => [each.ref.id, each])).values()]
}
