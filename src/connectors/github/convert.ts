import { loginAddress } from '../../sync/rich-text/index.ts'
import type {
  RemotePerson,
  RemoteRef,
  Snapshot,
  SnapshotAttachment,
  SnapshotComment,
  StatusCategory,
  ToolFields,
} from '../../sync/snapshot.ts'
import { filesIn, mediaTypeOf } from './files.ts'
import { type LabelField, labelValues, plainLabels, valueIn } from './labels.ts'
import { normalLines, withoutMarker } from './marker.ts'
import type { WireComment, WireIssue, WireMilestone, WireRelease, WireUser } from './schema.ts'

/** GitHub's issues, comments, milestones and releases as snapshots. Pure. */

export interface ConvertContext {
  readonly accountId: number
  /** Where people look at it. */
  readonly origin: string
  readonly labelFields: readonly LabelField[]
}

// ---- ids --------------------------------------------------------------------------------------------------

/**
 * The number of the repository and of the issue in it: what neither a new name nor a new owner of the repository
 * changes. (An issue's own `id` cannot be asked for over REST, and a transfer changes it.)
 */
export type Target =
  | { readonly kind: 'issue'; readonly repository: number; readonly number: number }
  | { readonly kind: 'milestone'; readonly repository: number; readonly number: number }
  | { readonly kind: 'release'; readonly repository: number; readonly number: number }

const KINDS = { '': 'issue', m: 'milestone', r: 'release' } as const

export const targetOf = (id: string): Target | null => {
  const [, repository, letter = '', number] = /^([1-9]\d{0,14})-([mr]?)([1-9]\d{0,14})$/.exec(id) ?? []
  if (repository === undefined || number === undefined) return null
  const kind = letter === 'm' || letter === 'r' ? KINDS[letter] : KINDS['']
  return { kind, repository: Number(repository), number: Number(number) }
}

export const issueRef = (repository: number, number: number): RemoteRef => ({ id: `${repository}-${number}` })
export const milestoneRef = (repository: number, number: number): RemoteRef => ({
  id: `${repository}-m${number}`,
})
export const releaseRef = (repository: number, id: number): RemoteRef => ({ id: `${repository}-r${id}` })

// ---- statuses ---------------------------------------------------------------------------------------------

export const OPEN = 'open'
/** GitHub's reasons for closing, in the words its own screens use. */
export const CLOSED: Readonly<Record<string, string>> = {
  completed: 'completed',
  'not planned': 'not_planned',
  duplicate: 'duplicate',
}

const CATEGORIES: Readonly<Record<string, StatusCategory>> = {
  completed: 'done',
  'not planned': 'declined',
  duplicate: 'declined',
}

export const categoryOf = (status: string): StatusCategory => CATEGORIES[status] ?? 'open'

const namesOf = (issue: WireIssue): readonly string[] =>
  issue.labels.map((each) => (typeof each === 'string' ? each : each.name))

export const labelsOf = namesOf

/** A closed issue shows why it was closed; an open one its label, where a field is kept for that. */
const statusOf = (issue: WireIssue, labelFields: readonly LabelField[]): string => {
  if (issue.state !== 'open') {
    const word = Object.keys(CLOSED).find((each) => CLOSED[each] === issue.state_reason)
    return word ?? 'completed'
  }
  const prefix = labelFields.find(({ field }) => field === 'status')?.prefix
  return (prefix === undefined ? null : valueIn(namesOf(issue), prefix)) ?? OPEN
}

// ---- people -----------------------------------------------------------------------------------------------

export const personOf = (user: WireUser): RemotePerson => ({
  id: String(user.id),
  name: user.name || user.login,
  // GitHub shows an address only of who made it public; it is not verified for us.
  email: user.email?.includes('@') ? user.email : null,
  address: loginAddress(user.login),
})

const orNull = (user: WireUser | null | undefined): RemotePerson | null => (user ? personOf(user) : null)

const peopleIn = (issue: WireIssue): readonly RemotePerson[] => {
  const users = [...(issue.assignees ?? []), issue.user].filter((each) => each !== null && each !== undefined)
  return [...new Map(users.map((each) => [each.id, personOf(each)])).values()]
}

// ---- issues -----------------------------------------------------------------------------------------------

const textOrNull = (text: string): string | null => (text === '' ? null : text)

const fieldsOf = (issue: WireIssue, container: string, { labelFields }: ConvertContext): ToolFields => {
  const labels = namesOf(issue)
  return {
    title: issue.title,
    description: textOrNull(withoutMarker(issue.body)),
    container,
    owner: issue.assignees?.[0] === undefined ? null : String(issue.assignees[0].id),
    requester: issue.user ? String(issue.user.id) : null,
    release: issue.milestone?.title ?? null,
    labels: plainLabels(labels, labelFields),
    type: issue.type?.name ?? null,
    ...labelValues(labels, labelFields),
    status: statusOf(issue, labelFields),
  }
}

const commentOf = (comment: WireComment, accountId: number): SnapshotComment => ({
  id: String(comment.id),
  author: orNull(comment.user),
  byUs: comment.user?.id === accountId,
  // GitHub has no internal comments: who reads the issue reads them all.
  visibility: 'public',
  text: normalLines(comment.body ?? ''),
  at: comment.created_at,
  editedAt: comment.updated_at === comment.created_at ? null : comment.updated_at,
})

const attachmentsOf = (
  holder: Pick<WireComment, 'body' | 'user' | 'created_at'>,
  commentId: string | null,
  { origin, accountId }: ConvertContext,
): readonly SnapshotAttachment[] =>
  filesIn(holder.body, origin, commentId).map(({ id, name }) => ({
    id,
    name,
    mediaType: mediaTypeOf(name),
    size: null,
    author: orNull(holder.user),
    byUs: holder.user?.id === accountId,
    visibility: 'public',
    commentId,
    at: holder.created_at,
  }))

/** `https://api.github.com/repos/octo/tea/issues/7` → `https://github.com/octo/tea/issues/7`. */
const parentLink = (issue: WireIssue, origin: string): Snapshot['links'] => {
  const path = /\/repos(\/[\w.-]+\/[\w.-]+\/issues\/\d+)$/.exec(issue.parent_issue_url ?? '')?.[1]
  return path === undefined ? [] : [{ kind: 'parent', url: `${origin}${path}` }]
}

const nameIn = (repositoryUrl: string): string | null =>
  /\/repos\/([\w.-]+\/[\w.-]+)$/.exec(repositoryUrl)?.[1] ?? null

/** Owner and name of the repository an issue is in now. */
export const repositoryNameOf = (issue: WireIssue, otherwise: string): string =>
  nameIn(issue.repository_url) ?? otherwise

/** `comments` null: not listed. `ref`: as it was first seen; a transfer gives the issue another number. */
export const issueSnapshot = (
  issue: WireIssue,
  ref: RemoteRef,
  container: string,
  comments: readonly WireComment[] | null,
  context: ConvertContext,
): Snapshot => {
  const fields = fieldsOf(issue, container, context)
  const status = String(fields.status)
  return {
    ref,
    kind: 'item',
    key: `${container}#${issue.number}`,
    url: issue.html_url,
    container,
    fields,
    statusCategory: categoryOf(status),
    // Any status can be set from any other.
    nextStatuses: null,
    comments: comments?.map((each) => commentOf(each, context.accountId)) ?? null,
    attachments:
      comments === null
        ? null
        : [
            ...attachmentsOf(issue, null, context),
            ...comments.flatMap((each) => attachmentsOf(each, String(each.id), context)),
          ],
    links: parentLink(issue, context.origin),
    people: peopleIn(issue),
    createdAt: issue.created_at,
    updatedAt: issue.updated_at,
    // No condition, for GitHub compares nothing on a write: it says from when on the history is read.
    version: issue.updated_at,
    createdByUs: issue.user?.id === context.accountId,
  }
}

// ---- milestones and releases ------------------------------------------------------------------------------

const releaseBase = {
  kind: 'release',
  comments: [],
  attachments: null,
  links: [],
  people: [],
  version: null,
} as const

export const milestoneSnapshot = (
  milestone: WireMilestone,
  repository: number,
  container: string,
  { accountId }: ConvertContext,
): Snapshot => ({
  ...releaseBase,
  ref: milestoneRef(repository, milestone.number),
  key: milestone.title,
  url: milestone.html_url,
  container,
  fields: {
    title: milestone.title,
    description: textOrNull(normalLines(milestone.description ?? '')),
    status: milestone.state,
    due: milestone.due_on?.slice(0, 10) ?? null,
    container,
  },
  statusCategory: milestone.state === 'closed' ? 'done' : 'open',
  nextStatuses: ['open', 'closed'].filter((word) => word !== milestone.state),
  createdAt: milestone.created_at,
  updatedAt: milestone.updated_at,
  createdByUs: milestone.creator?.id === accountId,
})

const updatedAtOf = (release: WireRelease): string =>
  release.updated_at ?? release.published_at ?? release.created_at

export const releaseSnapshot = (
  release: WireRelease,
  repository: number,
  container: string,
  { accountId }: ConvertContext,
): Snapshot => {
  const status = release.draft ? 'draft' : release.prerelease ? 'pre-release' : 'published'
  return {
    ...releaseBase,
    ref: releaseRef(repository, release.id),
    key: release.tag_name,
    url: release.html_url,
    container,
    fields: {
      title: release.name || release.tag_name,
      description: textOrNull(normalLines(release.body ?? '')),
      status,
      container,
    },
    statusCategory: status === 'published' ? 'done' : 'open',
    nextStatuses: [],
    createdAt: release.created_at,
    updatedAt: updatedAtOf(release),
    createdByUs: release.author?.id === accountId,
  }
}
