import { RemoteFault } from '../../sync/fault.ts'
import type { RemoteRef } from '../../sync/snapshot.ts'
import type { GitLabClient } from './client.ts'
import { issueRef, targetOf } from './convert.ts'
import type { WireIssue, WireNote } from './schema.ts'

/**
 * Issues that were moved. GitLab makes a new issue with a new number in the other project and closes the old one, which
 * names the new one by its number across GitLab. Here an item keeps its id: the one of its first place. What was found
 * out is remembered for the session, both ways: writes go to the new place, and what is listed there counts as the item.
 */

export interface Where {
  readonly project: number
  readonly iid: number
}

const MAX_HOPS = 10
/** Writes that follow a read need not ask again whether the issue is still there. */
const FRESH_MS = 60_000
const MAX_FRESH = 10_000

export type Places = ReturnType<typeof placesOf>

export const placesOf = (client: GitLabClient, now: () => Date) => {
  const moved = new Map<string, Where>()
  const origins = new Map<string, string>()
  const fresh = new Map<string, number>()

  const issueAt = (ref: RemoteRef): Where => {
    const target = targetOf(ref.id)
    if (target === null) throw new RemoteFault('gone', `"${ref.id}" is no id of GitLab`)
    if (target.kind !== 'issue') throw new RemoteFault('invalid', 'only an issue of GitLab has that')
    return moved.get(ref.id) ?? { project: target.project, iid: target.iid }
  }

  const remember = (ref: RemoteRef, where: Where): void => {
    const there = issueRef(where.project, where.iid).id
    if (there === ref.id) return
    moved.set(ref.id, where)
    origins.set(there, ref.id)
  }

  /** The issue where it is now; the same one if it was not moved. */
  const followed = async (issue: WireIssue): Promise<WireIssue> => {
    let at = issue
    for (let hop = 0; at.moved_to_id != null; hop += 1) {
      const where = hop < MAX_HOPS ? (await client.whereAre([at.moved_to_id])).get(at.moved_to_id) : undefined
      const next = where === undefined ? null : await client.issue(where.project, where.iid)
      if (next === null)
        throw new RemoteFault('invalid', `issue ${issue.iid} was moved to where this account sees nothing`)
      at = next
    }
    return at
  }

  return {
    issueAt,

    /** As shown now, wherever it is; null: not there, or hidden. */
    find: async (ref: RemoteRef): Promise<WireIssue | null> => {
      const where = issueAt(ref)
      const shown = await client.issue(where.project, where.iid)
      if (shown === null) return null
      const issue = await followed(shown)
      remember(ref, { project: issue.project_id, iid: issue.iid })
      if (fresh.size > MAX_FRESH) fresh.clear()
      fresh.set(ref.id, now().getTime() + FRESH_MS)
      return issue
    },

    /** After a write that shows the old place was written to: the issue there is closed, and nobody looks at it. */
    follow: async (ref: RemoteRef, issue: WireIssue): Promise<WireIssue> => {
      const there = await followed(issue)
      remember(ref, { project: there.project_id, iid: there.iid })
      return there
    },

    /**
     * Of a list, each issue that was moved away, as it is now: one call for where they are, one for each project they
     * are in. What is out of sight is left out: its `fetch` says so for that one item.
     */
    followAll: async (issues: readonly WireIssue[]): Promise<ReadonlyMap<WireIssue, WireIssue>> => {
      const away = issues.filter((issue) => issue.moved_to_id != null)
      if (away.length === 0) return new Map()
      const where = await client.whereAre(away.flatMap((issue) => issue.moved_to_id ?? []))
      const byProject = Map.groupBy(where.values(), ({ project }) => project)
      const shown: WireIssue[] = []
      for (const [project, spots] of byProject)
        shown.push(
          ...(await client.issuesByNumber(
            project,
            spots.map(({ iid }) => iid),
          )),
        )
      const found = new Map<WireIssue, WireIssue>()
      for (const issue of away) {
        const first = shown.find(({ id }) => id === issue.moved_to_id)
        if (first === undefined) continue
        const there = await followed(first)
        remember(issueRef(issue.project_id, issue.iid), { project: there.project_id, iid: there.iid })
        found.set(issue, there)
      }
      return found
    },

    remember,

    isFresh: (ref: RemoteRef): boolean => (fresh.get(ref.id) ?? 0) > now().getTime(),

    /** The item that what is listed here counts as. */
    originOf: (issue: WireIssue): RemoteRef => {
      const ref = issueRef(issue.project_id, issue.iid)
      return { id: origins.get(ref.id) ?? ref.id }
    },
  }
}

const MOVED_FROM = /^moved from (?:([\w./-]{1,500}))?#([1-9]\d{0,14})$/

/**
 * Where an issue came from, oldest place first, by GitLab's own notes: they are copied along with the rest. A path
 * without a slash is of the same group.
 */
export const originsIn = (
  notes: readonly WireNote[],
  container: string,
): readonly { readonly path: string; readonly iid: number }[] =>
  notes
    .filter((note) => note.system === true)
    .toSorted((a, b) => Date.parse(a.created_at) - Date.parse(b.created_at) || a.id - b.id)
    .flatMap((note) => {
      const [, path = '', iid] = MOVED_FROM.exec((note.body ?? '').trim()) ?? []
      if (iid === undefined || path === '') return []
      const group = container.replace(/\/[^/]*$/, '')
      return [{ path: path.includes('/') ? path : `${group}/${path}`, iid: Number(iid) }]
    })
