import type {
  RemotePerson,
  Snapshot,
  SnapshotAttachment,
  SnapshotComment,
  SnapshotLink,
  StatusCategory,
  ToolField,
  ToolFields,
  ToolValue,
  Visibility,
} from '../../sync/snapshot.ts'
import {
  type KnownFields,
  knownFields,
  type WireAttachment,
  type WireComment,
  type WireIssue,
  type WirePerson,
  type WireRemoteLink,
  type WireStatus,
  type WireVersion,
} from './answers.ts'
import type { FieldIndex } from './field-index.ts'
import { isMembers, isoOf, normalLines, shownText, shownValue } from './values.ts'

/** Jira's issues and versions as snapshots. Pure. */

export interface ConvertContext {
  /** Where people open it, without a slash at its end. */
  readonly site: string
  readonly cloud: boolean
  /** Id of the account we work under. */
  readonly accountId: string
  readonly fields: FieldIndex
  /** What is shown of an issue's files; null: everybody who sees the issue sees them. */
  readonly audience:
    | ((attachment: WireAttachment) => Pick<SnapshotAttachment, 'visibility' | 'commentId'>)
    | null
  /** A desk's comments say themselves whether customers read them; one that does not is of unknown visibility. */
  readonly desk: boolean
}

const VERSION_PREFIX = 'version:'

export type Target = { readonly kind: 'issue' | 'version'; readonly id: string }

/** What a ref means here, or null when it is none of ours. */
export const targetOf = (id: string): Target | null => {
  const kind = id.startsWith(VERSION_PREFIX) ? 'version' : 'issue'
  const digits = kind === 'version' ? id.slice(VERSION_PREFIX.length) : id
  return /^[1-9]\d{0,17}$/.test(digits) ? { kind, id: digits } : null
}

export const issueRef = (id: string | number) => ({ id: String(id) })
export const versionRef = (id: string | number) => ({ id: `${VERSION_PREFIX}${id}` })

/** On Data Center the key of a user never changes, the name does. */
export const personId = (person: WirePerson, cloud: boolean): string | null =>
  (cloud ? person.accountId : person.key || person.name) || null

export const personOf = (person: WirePerson | null | undefined, cloud: boolean): RemotePerson | null => {
  const id = person === null || person === undefined ? null : personId(person, cloud)
  if (id === null || !person) return null
  const email = person.emailAddress ?? ''
  const address = cloud ? `accountid:${id}` : person.name ? `jira-user:${person.name}` : undefined
  return {
    id,
    name: person.displayName || person.name || id,
    email: email.includes('@') ? email : null,
    ...(address === undefined ? {} : { address }),
  }
}

const CATEGORIES: Readonly<Record<string, StatusCategory>> = {
  new: 'new',
  indeterminate: 'open',
  done: 'done',
}

export const categoryOf = (status: WireStatus): StatusCategory => {
  const key = status.statusCategory?.key ?? ''
  return Object.hasOwn(CATEGORIES, key) ? (CATEGORIES[key] ?? null) : null
}

/** One name is a text, several are a list: most teams give one, and a text is what a mapping of words fits. */
const namesOf = (rows: readonly { readonly name: string }[] | null | undefined): ToolValue => {
  const names = [...new Set((rows ?? []).map((each) => each.name))].sort()
  return names.length > 1 ? names : (names[0] ?? null)
}

const customFields = (issue: WireIssue, context: ConvertContext): ToolFields => {
  const found: Partial<Record<ToolField, ToolValue>> = {}
  for (const known of context.fields.custom) {
    if (!Object.hasOwn(issue.fields, known.id)) continue
    const value = shownValue(known, issue.fields[known.id], context.cloud)
    if (value !== undefined) found[known.field] = value
  }
  return found
}

/** What customers chose; a request of theirs is called by it rather than by the type of issue behind it. */
const requestTypeOf = (issue: WireIssue, context: ConvertContext): ToolValue => {
  const field = context.fields.custom.find((each) => each.schema.custom?.endsWith(':vp-origin'))
  const value = field === undefined ? null : shownValue(field, issue.fields[field.id], context.cloud)
  return context.cloud && typeof value === 'string' ? value : null
}

const fieldsOf = (issue: WireIssue, known: KnownFields, context: ConvertContext): ToolFields => ({
  title: known.summary ?? '',
  description: shownText(known.description),
  status: known.status.name,
  type: (context.desk ? requestTypeOf(issue, context) : null) ?? known.issuetype?.name ?? null,
  container: known.project.key,
  priority: known.priority?.name ?? null,
  owner: personOf(known.assignee, context.cloud)?.id ?? null,
  requester: personOf(known.reporter, context.cloud)?.id ?? null,
  component: namesOf(known.components),
  release: namesOf(known.fixVersions),
  labels: [...new Set(known.labels ?? [])].sort(),
  due: known.duedate ?? null,
  ...customFields(issue, context),
})

// ---- comments, files, links --------------------------------------------------------------------------------

/** Set by Jira Service Management on its internal comments. */
const PUBLIC_PROPERTY = 'sd.public.comment'

export const visibilityOf = (comment: WireComment, desk: boolean): Visibility => {
  if (comment.visibility) return 'internal'
  const property = comment.properties?.find((each) => each.key === PUBLIC_PROPERTY)
  if (isMembers(property?.value)) return property.value['internal'] === false ? 'public' : 'internal'
  if (typeof comment.jsdPublic === 'boolean') return comment.jsdPublic ? 'public' : 'internal'
  return desk ? 'unknown' : 'public'
}

export const commentOf = (comment: WireComment, context: ConvertContext): SnapshotComment => {
  const author = personOf(comment.author, context.cloud)
  const at = isoOf(comment.created)
  const editedAt = comment.updated ? isoOf(comment.updated) : at
  return {
    id: String(comment.id),
    author,
    byUs: author?.id === context.accountId,
    visibility: visibilityOf(comment, context.desk),
    text: shownText(comment.body),
    at,
    editedAt: editedAt > at ? editedAt : null,
  }
}

const byTime = (a: SnapshotComment, b: SnapshotComment): number =>
  a.at === b.at ? Number(a.id) - Number(b.id) : a.at < b.at ? -1 : 1

const attachmentOf = (attachment: WireAttachment, context: ConvertContext): SnapshotAttachment => {
  const author = personOf(attachment.author, context.cloud)
  return {
    id: String(attachment.id),
    name: attachment.filename || `attachment ${attachment.id}`,
    mediaType: attachment.mimeType || 'application/octet-stream',
    size: attachment.size,
    author,
    byUs: author?.id === context.accountId,
    ...(context.audience?.(attachment) ?? { visibility: 'public', commentId: null }),
    at: isoOf(attachment.created),
  }
}

const linksOf = (
  known: KnownFields,
  remote: readonly WireRemoteLink[],
  context: ConvertContext,
): readonly SnapshotLink[] => {
  const issues = (known.issuelinks ?? []).flatMap(({ type, inwardIssue, outwardIssue }): SnapshotLink[] => {
    const key = (outwardIssue ?? inwardIssue)?.key
    const kind = (outwardIssue ? type.outward : type.inward) || 'relates to'
    return key === undefined ? [] : [{ kind, url: `${context.site}/browse/${encodeURIComponent(key)}` }]
  })
  const others = remote.flatMap(({ relationship, object }): SnapshotLink[] =>
    /^https?:/i.test(object.url) && URL.canParse(object.url)
      ? [{ kind: relationship || 'link', url: object.url }]
      : [],
  )
  return [...issues, ...others]
}

// ---- whole items -------------------------------------------------------------------------------------------

export interface WholeParts {
  readonly comments: readonly WireComment[]
  readonly remoteLinks: readonly WireRemoteLink[] | null
}

/** Words that one step leads to, but for the present one. */
const nextStatuses = (issue: WireIssue, status: string): readonly string[] | null => {
  const steps = issue.transitions?.filter((each) => each.isAvailable !== false)
  if (steps === undefined) return null
  return [...new Set(steps.map((each) => each.to.name))].filter((name) => name !== status)
}

/** `parts`: null of a list, which shows no comments, files or links. */
export const issueSnapshot = (
  issue: WireIssue,
  context: ConvertContext,
  parts: WholeParts | null,
): Snapshot => {
  const known = knownFields(issue)
  const people = [known.assignee, known.reporter, known.creator]
    .map((each) => personOf(each, context.cloud))
    .filter((each) => each !== null)
  return {
    ref: issueRef(issue.id),
    kind: 'item',
    key: issue.key,
    url: `${context.site}/browse/${encodeURIComponent(issue.key)}`,
    container: known.project.key,
    fields: fieldsOf(issue, known, context),
    statusCategory: categoryOf(known.status),
    nextStatuses: parts === null ? null : nextStatuses(issue, known.status.name),
    comments: parts === null ? null : parts.comments.map((each) => commentOf(each, context)).sort(byTime),
    attachments: parts === null ? null : (known.attachment ?? []).map((each) => attachmentOf(each, context)),
    links: parts?.remoteLinks ? linksOf(known, parts.remoteLinks, context) : null,
    people: [...new Map(people.map((each) => [each.id, each])).values()],
    createdAt: isoOf(known.created),
    updatedAt: isoOf(known.updated),
    // No condition, for Jira compares nothing: it says from when on the history is read.
    version: isoOf(known.updated),
    createdByUs: personOf(known.creator, context.cloud)?.id === context.accountId,
  }
}

export const VERSION_STATUSES = ['unreleased', 'released', 'archived'] as const

const versionStatus = (version: WireVersion): (typeof VERSION_STATUSES)[number] =>
  version.archived ? 'archived' : version.released ? 'released' : 'unreleased'

export const versionSnapshot = (version: WireVersion, projectKey: string, site: string): Snapshot => ({
  ref: versionRef(version.id),
  kind: 'release',
  key: version.name,
  url: `${site}/projects/${encodeURIComponent(projectKey)}/versions/${version.id}`,
  container: projectKey,
  fields: {
    title: version.name,
    description: normalLines(version.description ?? ''),
    status: versionStatus(version),
    due: version.releaseDate ?? null,
    container: projectKey,
  },
  statusCategory: versionStatus(version) === 'unreleased' ? 'open' : 'done',
  nextStatuses: VERSION_STATUSES.filter((word) => word !== versionStatus(version)),
  comments: [],
  attachments: null,
  links: [],
  people: [],
  // Jira tells neither when a version was made or changed, nor by whom.
  createdAt: null,
  updatedAt: null,
  version: null,
  createdByUs: false,
})
