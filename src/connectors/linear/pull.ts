import type { PullPage } from '../../sync/connector.ts'
import type { Snapshot } from '../../sync/snapshot.ts'
import type { Catalog } from './catalog.ts'
import type { LinearClient } from './client.ts'
import {
  allCursor,
  changesCursor,
  EPOCH,
  filterOf,
  type Mark,
  type Step,
  startAt,
  stepAfter,
} from './cursor.ts'
import type { WireListed, WireRelease } from './schema.ts'
import { markPrefixOf, type Settings } from './settings.ts'

/**
 * Listing: issues by their time, then issues by their comments' time (a comment need not move the issue's own), then
 * releases. What is in the trash is listed too, so that it is looked at and found gone.
 */

export const PAGE_SIZE = 50

export interface Pulling {
  readonly client: LinearClient
  readonly catalog: Catalog
  readonly settings: Settings
  readonly listed: (issues: readonly WireListed[]) => Promise<readonly Snapshot[]>
  readonly released: (releases: readonly WireRelease[]) => Promise<readonly Snapshot[]>
}

type Order = 'createdAt' | 'updatedAt'

interface Taken {
  readonly snapshots: readonly Snapshot[]
  readonly step: Step
}

const teamsOf = ({ settings }: Pulling) => ({ team: { key: { in: settings.teams } } })

const issuesFrom = async (pulling: Pulling, mark: Mark, order: Order): Promise<Taken> => {
  const { client, catalog, settings } = pulling
  const { releases } = await catalog.extent()
  const { issues } = await client.ask('issuesBy', {
    count: PAGE_SIZE,
    before: mark.before,
    order,
    filter: { ...teamsOf(pulling), ...filterOf(mark, order) },
    marks: markPrefixOf(settings),
    releases,
  })
  const rows = issues.nodes.map((one) => ({ id: one.id, at: one[order] }))
  const { hasPreviousPage: hasPrevious, startCursor } = issues.pageInfo
  const step = stepAfter(mark, { rows, hasPrevious, startCursor })
  return { snapshots: await pulling.listed(issues.nodes.toReversed()), step }
}

type Said = NonNullable<PullPage['said']>

const commentedFrom = async (pulling: Pulling, mark: Mark): Promise<Taken & { readonly said: Said }> => {
  const { client, catalog, settings } = pulling
  const { releases } = await catalog.extent()
  const { comments } = await client.ask('commentsBy', {
    count: PAGE_SIZE,
    before: mark.before,
    filter: { issue: teamsOf(pulling), ...filterOf(mark, 'updatedAt') },
    marks: markPrefixOf(settings),
    releases,
  })
  const rows = comments.nodes.map(({ id, updatedAt }) => ({ id, at: updatedAt }))
  const { hasPreviousPage: hasPrevious, startCursor } = comments.pageInfo
  const step = stepAfter(mark, { rows, hasPrevious, startCursor })
  const issues = new Map<string, WireListed>()
  for (const { issue } of comments.nodes.toReversed()) if (issue !== null) issues.set(issue.id, issue)
  const said = comments.nodes.flatMap(({ issue, updatedAt }) =>
    issue === null ? [] : [{ ref: { id: issue.id }, at: updatedAt }],
  )
  return { snapshots: await pulling.listed([...issues.values()]), step, said }
}

const isFollowed = ({ pipeline }: WireRelease, { teams }: Settings): boolean => {
  const keys = pipeline.teams.nodes.map(({ key }) => key)
  return keys.length === 0 || keys.some((key) => teams.includes(key))
}

const NO_MORE: Taken['snapshots'] = []

const releasesFrom = async (pulling: Pulling, mark: Mark, order: Order): Promise<Taken> => {
  const { client, catalog, settings } = pulling
  if (!(await catalog.extent()).releases) return { snapshots: NO_MORE, step: { next: mark, more: false } }
  const { releases } = await client.ask('releasesBy', {
    count: PAGE_SIZE,
    before: mark.before,
    order,
    filter: filterOf(mark, order),
  })
  const rows = releases.nodes.map((one) => ({ id: one.id, at: one[order] }))
  const { hasPreviousPage: hasPrevious, startCursor } = releases.pageInfo
  const step = stepAfter(mark, { rows, hasPrevious, startCursor })
  const followed = releases.nodes.toReversed().filter((one) => isFollowed(one, settings))
  return { snapshots: await pulling.released(followed), step }
}

/** "Now" by Linear's own clock: the time of its last change, whatever our clock says. */
const startOfChanges = async (pulling: Pulling): Promise<PullPage> => {
  const { client, catalog } = pulling
  const { releases } = await catalog.extent()
  const newest = await client.ask('newest', {
    filter: teamsOf(pulling),
    said: { issue: teamsOf(pulling) },
    releases,
  })
  const at = (list: { readonly nodes: readonly { readonly updatedAt: string }[] } | undefined): Mark =>
    startAt(list?.nodes[0]?.updatedAt ?? EPOCH)
  const cursor = {
    scope: 'changes',
    issues: at(newest.issues),
    comments: at(newest.comments),
    releases: at(newest.releases),
  }
  return { snapshots: [], cursor: JSON.stringify(cursor), more: false }
}

export const pullChanges = async (pulling: Pulling, text: string | null): Promise<PullPage> => {
  if (text === null) return startOfChanges(pulling)
  const cursor = changesCursor(text)
  const changed = await issuesFrom(pulling, cursor.issues, 'updatedAt')
  if (changed.step.more) {
    const next = { ...cursor, issues: changed.step.next }
    return { snapshots: changed.snapshots, cursor: JSON.stringify(next), more: true }
  }
  const commented = await commentedFrom(pulling, cursor.comments)
  const released = await releasesFrom(pulling, cursor.releases, 'updatedAt')
  const known = new Set(changed.snapshots.map(({ ref }) => ref.id))
  const next = {
    scope: 'changes',
    issues: changed.step.next,
    comments: commented.step.next,
    releases: released.step.next,
  }
  return {
    snapshots: [
      ...changed.snapshots,
      ...commented.snapshots.filter(({ ref }) => !known.has(ref.id)),
      ...released.snapshots,
    ],
    said: commented.said,
    cursor: JSON.stringify(next),
    more: commented.step.more || released.step.more,
  }
}

export const pullAll = async (pulling: Pulling, text: string | null): Promise<PullPage> => {
  const cursor =
    text === null ? { scope: 'all', issues: startAt(EPOCH), releases: startAt(EPOCH) } : allCursor(text)
  if (cursor.issues !== null) {
    const { snapshots, step } = await issuesFrom(pulling, cursor.issues, 'createdAt')
    const { releases } = await pulling.catalog.extent()
    const next = { ...cursor, issues: step.more ? step.next : null }
    return { snapshots, cursor: JSON.stringify(next), more: step.more || releases }
  }
  const { snapshots, step } = await releasesFrom(pulling, cursor.releases, 'createdAt')
  return { snapshots, cursor: JSON.stringify({ ...cursor, releases: step.next }), more: step.more }
}
