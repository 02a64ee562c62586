import { fingerprint } from '../../lib/stable.ts'
import { loginAddress } from '../../sync/rich-text/index.ts'
import type {
  RemotePerson,
  RemoteRef,
  Snapshot,
  SnapshotAttachment,
  SnapshotComment,
  SnapshotLink,
  ToolFields,
  Visibility,
} from '../../sync/snapshot.ts'
import { type LabelFields, labelValues, plainLabels, scopeOfField, valueOfScope } from './labels.ts'
import { withoutMarker } from './marker.ts'
import { unguarded } from './quick-actions.ts'
import type { WireIssue, WireIssueLink, WireMilestone, WireNote, WireRelease, WireUser } from './schema.ts'
import { isOnlyUploads, mediaTypeOf, uploadsIn } from './uploads.ts'

/** GitLab's issues, milestones and releases as snapshots. Pure. */

export interface ConvertContext {
  /** Without a slash at its end. */
  readonly baseUrl: string
  readonly accountId: number
  readonly labelFields: LabelFields
  /** null: not known, or not shown to others by the person. */
  readonly emailOf: (userId: number) => string | null
  /** Of a note by the support bot: the address of who wrote to the Service Desk. */
  readonly externalAuthorOf: (noteId: number) => string | null
}

/** What an issue shows only when asked for itself. */
export interface Whole {
  readonly notes: readonly WireNote[]
  readonly links: readonly WireIssueLink[]
}

export type Target =
  | { readonly kind: 'issue'; readonly project: number; readonly iid: number }
  | { readonly kind: 'milestone'; readonly parent: string; readonly id: number }
  | { readonly kind: 'release'; readonly project: number; readonly tag: string }

const decoded = (text: string): string | null => {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

/**
 * What a ref means here, or null when it is none of ours. An issue has a number of its own across all of GitLab, but
 * only administrators may ask by it; everybody else by project and number there.
 */
export const targetOf = (id: string): Target | null => {
  const issue = /^([1-9]\d{0,14}):([1-9]\d{0,14})$/.exec(id)
  if (issue !== null) return { kind: 'issue', project: Number(issue[1]), iid: Number(issue[2]) }
  const milestone = /^milestone:([pg][1-9]\d{0,14}):([1-9]\d{0,14})$/.exec(id)
  if (milestone !== null) return { kind: 'milestone', parent: milestone[1] ?? '', id: Number(milestone[2]) }
  const release = /^release:([1-9]\d{0,14}):([\w.~%-]{1,600})$/.exec(id)
  const tag = release === null ? null : decoded(release[2] ?? '')
  return tag === null ? null : { kind: 'release', project: Number(release?.[1]), tag }
}

export const issueRef = (project: number, iid: number): RemoteRef => ({ id: `${project}:${iid}` })
export const refOfIssue = (issue: WireIssue): RemoteRef => issueRef(issue.project_id, issue.iid)
export const releaseRef = (project: number, tag: string): RemoteRef => ({
  id: `release:${project}:${encodeURIComponent(tag).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16)}`)}`,
})
export const milestoneRef = (milestone: WireMilestone, project: number): RemoteRef => {
  const parent = milestone.group_id == null ? `p${milestone.project_id ?? project}` : `g${milestone.group_id}`
  return { id: `milestone:${parent}:${milestone.id}` }
}

/** `group/project#6` → `group/project`. */
export const containerOf = (issue: WireIssue): string =>
  issue.references?.full.replace(/#\d+$/, '') || String(issue.project_id)

export const personOf = (
  user: Pick<WireUser, 'id' | 'name' | 'username'>,
  emailOf: ConvertContext['emailOf'],
): RemotePerson => ({
  id: String(user.id),
  name: user.name || user.username || String(user.id),
  email: emailOf(user.id),
  ...(user.username ? { address: loginAddress(user.username) } : {}),
})

/** Those who may not see an address are shown it with asterisks. */
const externalPerson = (address: string): RemotePerson => ({
  id: `email:${address}`,
  name: address,
  email: /^[^\s@*]+@[^\s@*]+$/.test(address) ? address : null,
})

/** Who wrote to the Service Desk has no account: GitLab's support bot writes in their place. */
const requesterOf = (issue: WireIssue, context: ConvertContext): RemotePerson | null => {
  if (issue.service_desk_reply_to) return externalPerson(issue.service_desk_reply_to)
  return issue.author == null ? null : personOf(issue.author, context.emailOf)
}

export const statusOf = (issue: Pick<WireIssue, 'state' | 'labels'>, fields: LabelFields): string => {
  if (issue.state === 'closed') return 'closed'
  const scope = scopeOfField('status', fields)
  return (scope === null ? null : valueOfScope(issue.labels ?? [], scope)) ?? issue.state
}

const list = (values: readonly string[]): readonly string[] | null => (values.length === 0 ? null : values)

export const shownText = (text: string | null | undefined): string => unguarded(withoutMarker(text ?? ''))

/** Who else is assigned; only paid editions let an issue have several assignees. */
export const furtherAssignees = (issue: WireIssue): readonly string[] =>
  (issue.assignees ?? [])
    .slice(1)
    .map(({ id }) => String(id))
    .sort()

const fieldsOf = (issue: WireIssue, context: ConvertContext): ToolFields => {
  const labels = issue.labels ?? []
  const [owner] = issue.assignees ?? []
  return {
    title: issue.title ?? '',
    description: shownText(issue.description),
    status: statusOf(issue, context.labelFields),
    type: issue.issue_type ?? 'issue',
    container: containerOf(issue),
    owner: owner === undefined ? null : String(owner.id),
    requester: requesterOf(issue, context)?.id ?? null,
    release: issue.milestone?.title ?? null,
    labels: list(plainLabels(labels, context.labelFields)),
    due: issue.due_date ?? null,
    'cf:confidential': issue.confidential ?? false,
    'cf:assignees': list(furtherAssignees(issue)),
    ...labelValues(labels, context.labelFields),
    // Not every edition has these: what is not told is left out.
    ...(issue.weight === undefined ? {} : { 'cf:weight': issue.weight }),
    ...(issue.health_status === undefined ? {} : { 'cf:health_status': issue.health_status }),
    ...(issue.severity === undefined ? {} : { 'cf:severity': issue.severity }),
  }
}

/**
 * What a person can edit, in one word. GitLab compares nothing; `updated_at` moves with every comment, and would make a
 * conflict of each.
 */
export const versionOf = (issue: WireIssue): string =>
  fingerprint([
    issue.title ?? '',
    issue.description ?? '',
    issue.state,
    [...(issue.labels ?? [])].sort(),
    issue.milestone?.id ?? null,
    (issue.assignees ?? []).map(({ id }) => id),
    issue.due_date ?? null,
    issue.confidential ?? false,
    issue.issue_type ?? null,
    issue.weight ?? null,
    issue.health_status ?? null,
    [issue.project_id, issue.iid],
  ])

// ---- notes ------------------------------------------------------------------------------------------------

/**
 * A confidential issue is for members only, and people write there accordingly: what they write is internal, unless the
 * issue came by the Service Desk, where a comment that is not internal is mailed to who asked. What we wrote ourselves
 * is as we wrote it.
 */
const visibilityOf = (note: WireNote, issue: WireIssue, byUs: boolean): Visibility => {
  const flag = note.internal ?? note.confidential
  if (flag === true) return 'internal'
  if (flag == null) return 'unknown'
  const isMembersOnly = issue.confidential === true && !issue.service_desk_reply_to
  return isMembersOnly && !byUs ? 'internal' : 'public'
}

/** GitLab stamps both times of a new note one after the other. */
const EDITED_AFTER_MS = 1_000

const editedAt = (note: WireNote): string | null =>
  note.updated_at != null && Date.parse(note.updated_at) - Date.parse(note.created_at) >= EDITED_AFTER_MS
    ? note.updated_at
    : null

const authorOf = (note: WireNote, context: ConvertContext): RemotePerson | null => {
  const external = context.externalAuthorOf(note.id)
  if (external !== null) return externalPerson(external)
  return note.author == null ? null : personOf(note.author, context.emailOf)
}

const byTime = (a: WireNote, b: WireNote): number =>
  Date.parse(a.created_at) - Date.parse(b.created_at) || a.id - b.id

const commentOf = (note: WireNote, issue: WireIssue, context: ConvertContext): SnapshotComment => {
  const byUs = note.author?.id === context.accountId
  return {
    id: String(note.id),
    author: authorOf(note, context),
    byUs,
    visibility: visibilityOf(note, issue, byUs),
    text: unguarded(note.body ?? ''),
    at: note.created_at,
    editedAt: editedAt(note),
  }
}

const fileOf = (
  upload: { readonly id: string; readonly name: string },
  comment: Pick<SnapshotComment, 'author' | 'byUs' | 'visibility' | 'at'>,
  commentId: string | null,
): SnapshotAttachment => ({
  id: upload.id,
  name: upload.name,
  mediaType: mediaTypeOf(upload.name),
  size: null,
  author: comment.author,
  byUs: comment.byUs,
  visibility: comment.visibility,
  commentId,
  at: comment.at,
})

/** A file that several texts name is as open as the most open of them: whoever sees that one has it already. */
const OPENNESS: Readonly<Record<Visibility, number>> = { public: 2, unknown: 1, internal: 0 }

const mostOpen = (files: readonly SnapshotAttachment[]): readonly SnapshotAttachment[] => {
  const found = new Map<string, SnapshotAttachment>()
  for (const file of files) {
    const known = found.get(file.id)
    if (known === undefined || OPENNESS[file.visibility] > OPENNESS[known.visibility])
      found.set(file.id, file)
  }
  return [...found.values()]
}

const thread = (issue: WireIssue, notes: readonly WireNote[], context: ConvertContext) => {
  const said = notes.filter((note) => note.system !== true).sort(byTime)
  const comments = said.map((note) => commentOf(note, issue, context))
  const byUs = issue.author?.id === context.accountId
  const first = {
    author: requesterOf(issue, context),
    byUs,
    visibility: visibilityOf({ id: issue.id, created_at: issue.created_at, internal: false }, issue, byUs),
    at: issue.created_at,
  }
  const isFile = ({ text }: SnapshotComment): boolean => isOnlyUploads(text, context.baseUrl)
  return {
    comments: comments.filter((comment) => !isFile(comment)),
    attachments: mostOpen([
      ...uploadsIn(issue.description ?? '', context.baseUrl).map((upload) => fileOf(upload, first, null)),
      ...comments.flatMap((comment) =>
        uploadsIn(comment.text, context.baseUrl).map((upload) =>
          fileOf(upload, comment, isFile(comment) ? null : comment.id),
        ),
      ),
    ]),
  }
}

// ---- items ------------------------------------------------------------------------------------------------

/** `ref`: of an issue that was moved here, where it was first. */
export const issueSnapshot = (
  issue: WireIssue,
  context: ConvertContext,
  whole: Whole | null,
  ref: RemoteRef = refOfIssue(issue),
): Snapshot => {
  const said = whole === null ? null : thread(issue, whole.notes, context)
  const people = [
    ...(issue.assignees ?? []).map((user) => personOf(user, context.emailOf)),
    requesterOf(issue, context),
  ].filter((person) => person !== null)
  return {
    ref,
    kind: 'item',
    key: issue.references?.full ?? `#${issue.iid}`,
    url: issue.web_url,
    container: containerOf(issue),
    fields: fieldsOf(issue, context),
    statusCategory: issue.state === 'closed' ? 'done' : 'open',
    nextStatuses: null,
    comments: said?.comments ?? null,
    attachments: said?.attachments ?? null,
    links: whole === null ? null : whole.links.flatMap(linkOf),
    people: [...new Map(people.map((person) => [person.id, person])).values()],
    createdAt: issue.created_at,
    updatedAt: issue.updated_at,
    version: versionOf(issue),
    createdByUs: issue.author?.id === context.accountId,
  }
}

const linkOf = (link: WireIssueLink): readonly SnapshotLink[] =>
  URL.canParse(link.web_url) && /^https?:/.test(link.web_url)
    ? [{ kind: link.link_type ?? 'relates_to', url: link.web_url }]
    : []

export const MILESTONE_STATUSES = ['active', 'closed'] as const

const webAddress = (given: string | undefined, fallback: string): string =>
  given !== undefined && URL.canParse(given) && /^https?:/.test(given) ? given : fallback

/** `place`: the followed project that shows it; a milestone of a group counts as the first one's. */
export const milestoneSnapshot = (
  milestone: WireMilestone,
  place: { readonly id: number; readonly path: string },
  baseUrl: string,
): Snapshot => ({
  ref: milestoneRef(milestone, place.id),
  kind: 'release',
  key: milestone.title,
  url: webAddress(milestone.web_url, `${baseUrl}/${place.path}/-/milestones`),
  container: place.path,
  fields: {
    title: milestone.title,
    description: unguarded(milestone.description ?? ''),
    status: milestone.state,
    due: milestone.due_date ?? null,
    container: place.path,
  },
  statusCategory: milestone.state === 'closed' ? 'done' : 'open',
  nextStatuses: MILESTONE_STATUSES.filter((word) => word !== milestone.state),
  comments: [],
  attachments: null,
  links: [],
  people: [],
  createdAt: milestone.created_at ?? null,
  updatedAt: milestone.updated_at,
  version: null,
  // GitLab does not say who made a milestone.
  createdByUs: false,
})

export const releaseSnapshot = (
  release: WireRelease,
  place: { readonly id: number; readonly path: string },
  context: Pick<ConvertContext, 'baseUrl' | 'accountId'>,
): Snapshot => {
  const status = release.upcoming_release === true ? 'upcoming' : 'released'
  return {
    ref: releaseRef(place.id, release.tag_name),
    kind: 'release',
    key: release.name || release.tag_name,
    url: `${context.baseUrl}/${place.path}/-/releases/${encodeURIComponent(release.tag_name)}`,
    container: place.path,
    fields: {
      title: release.name || release.tag_name,
      description: unguarded(release.description ?? ''),
      status,
      due: release.released_at?.slice(0, 10) ?? null,
      container: place.path,
    },
    statusCategory: status === 'released' ? 'done' : 'open',
    nextStatuses: [],
    comments: [],
    attachments: null,
    links: [],
    people: [],
    createdAt: release.created_at ?? null,
    updatedAt: release.released_at ?? release.created_at ?? null,
    version: null,
    createdByUs: release.author?.id === context.accountId,
  }
}
