import { loginAddress } from '../../sync/rich-text/index.ts'
import type {
  RemotePerson,
  Snapshot,
  SnapshotAttachment,
  SnapshotComment,
  SnapshotLink,
  StatusCategory,
  ToolFields,
  ToolValue,
  Visibility,
} from '../../sync/snapshot.ts'
import { audienceOfAttachment, hasNote } from './attachment-audience.ts'
import { nameOf } from './file-name.ts'
import type { Named, WireAttachment, WireIssue, WireJournal, WireRelation, WireVersion } from './schema.ts'

/** Redmine's issues and versions as snapshots. Pure. */

/** What is told of a user beside their name. */
export interface KnownUser {
  /** null: hidden by the person. */
  readonly email: string | null
  /** null: hidden from our account. */
  readonly login: string | null
}

export interface ConvertContext {
  /** Without a slash at its end. */
  readonly baseUrl: string
  /** User id of the account we work under. */
  readonly accountId: number
  /** A project's identifier by its id: issues name projects by id and title, settings by identifier. */
  readonly identifierOf: (project: Named) => string
  readonly knownOf: (userId: number) => KnownUser | undefined
  /** Whether the account is shown the private notes of others; asked for whole issues only. */
  readonly seesPrivateNotes: boolean
}

const VERSION_PREFIX = 'version:'

export type Target = { readonly kind: 'issue' | 'version'; readonly id: number }

/** What a ref means here, or null when it is none of ours. */
export const targetOf = (id: string): Target | null => {
  const kind = id.startsWith(VERSION_PREFIX) ? 'version' : 'issue'
  const digits = kind === 'version' ? id.slice(VERSION_PREFIX.length) : id
  return /^[1-9]\d{0,14}$/.test(digits) ? { kind, id: Number(digits) } : null
}

export const issueRef = (id: number) => ({ id: String(id) })
export const versionRef = (id: number) => ({ id: `${VERSION_PREFIX}${id}` })

/** The web form sends CRLF, the API what it was given: without this each edit in a browser changes every line. */
export const normalLines = (text: string): string => text.replaceAll('\r\n', '\n')

export const personOf = (named: Named, known?: KnownUser): RemotePerson => ({
  id: String(named.id),
  name: named.name,
  email: known?.email ?? null,
  ...(known?.login ? { address: loginAddress(known.login) } : {}),
})

const category = (isClosed: boolean | undefined): StatusCategory =>
  isClosed === undefined ? null : isClosed ? 'done' : 'open'

/** Empty text and "no value" are the same to Redmine. */
export const customValue = (value: string | readonly string[] | null | undefined): ToolValue => {
  if (value === null || value === undefined || value === '') return null
  if (typeof value === 'string') return normalLines(value)
  const kept = value.filter((each) => each !== '')
  return kept.length === 0 ? null : [...kept].sort()
}

const fieldsOf = (issue: WireIssue, context: ConvertContext): ToolFields => ({
  title: issue.subject ?? '',
  description: normalLines(issue.description ?? ''),
  status: issue.status?.name ?? null,
  type: issue.tracker?.name ?? null,
  container: context.identifierOf(issue.project),
  priority: issue.priority?.name ?? null,
  owner: issue.assigned_to === undefined ? null : String(issue.assigned_to.id),
  requester: issue.author === undefined ? null : String(issue.author.id),
  component: issue.category?.name ?? null,
  release: issue.fixed_version?.name ?? null,
  due: issue.due_date ?? null,
  ...Object.fromEntries(
    (issue.custom_fields ?? []).map((each) => [`cf:${each.name}`, customValue(each.value)]),
  ),
})

const visibilityOf = (journal: WireJournal): Visibility =>
  journal.private_notes === undefined ? 'unknown' : journal.private_notes ? 'internal' : 'public'

const commentOf = (journal: WireJournal, context: ConvertContext): SnapshotComment => ({
  id: String(journal.id),
  author: journal.user === undefined ? null : personOf(journal.user, context.knownOf(journal.user.id)),
  byUs: journal.user?.id === context.accountId,
  visibility: visibilityOf(journal),
  text: normalLines(journal.notes ?? ''),
  at: journal.created_on,
  editedAt: journal.updated_on && journal.updated_on > journal.created_on ? journal.updated_on : null,
})

const attachmentOf = (
  attachment: WireAttachment,
  journals: readonly WireJournal[] | undefined,
  context: ConvertContext,
): SnapshotAttachment => ({
  id: String(attachment.id),
  name: nameOf(attachment.filename, attachment.description) || `attachment ${attachment.id}`,
  mediaType: attachment.content_type || 'application/octet-stream',
  size: attachment.filesize,
  author:
    attachment.author === undefined
      ? null
      : personOf(attachment.author, context.knownOf(attachment.author.id)),
  byUs: attachment.author?.id === context.accountId,
  ...audienceOfAttachment(attachment.id, journals, context.seesPrivateNotes),
  at: attachment.created_on,
})

/** A relation is told from its first issue; this is its name seen from the second. */
const SEEN_FROM_THERE: Readonly<Record<string, string>> = {
  duplicates: 'duplicated',
  duplicated: 'duplicates',
  blocks: 'blocked',
  blocked: 'blocks',
  precedes: 'follows',
  follows: 'precedes',
  copied_to: 'copied_from',
  copied_from: 'copied_to',
}

const linkOf = (relation: WireRelation, issueId: number, baseUrl: string): SnapshotLink => {
  const isFirst = relation.issue_id === issueId
  const kind = relation.relation_type
  return {
    kind: isFirst ? kind : Object.hasOwn(SEEN_FROM_THERE, kind) ? (SEEN_FROM_THERE[kind] ?? kind) : kind,
    url: `${baseUrl}/issues/${isFirst ? relation.issue_to_id : relation.issue_id}`,
  }
}

const peopleOf = (issue: WireIssue, context: ConvertContext): readonly RemotePerson[] => {
  const named = [issue.assigned_to, issue.author].filter((each) => each !== undefined)
  return [...new Map(named.map((each) => [each.id, personOf(each, context.knownOf(each.id))])).values()]
}

/**
 * `whole`: the answer was asked with journals, attachments, relations and allowed statuses. A list shows none of
 * them, and Redmine leaves `relations` out when there are none.
 */
export const issueSnapshot = (issue: WireIssue, context: ConvertContext, whole: boolean): Snapshot => {
  const journals = issue.journals ?? []
  return {
    ref: issueRef(issue.id),
    kind: 'item',
    key: `#${issue.id}`,
    url: `${context.baseUrl}/issues/${issue.id}`,
    container: context.identifierOf(issue.project),
    fields: fieldsOf(issue, context),
    statusCategory: category(issue.status?.is_closed),
    nextStatuses: nextStatuses(issue),
    comments:
      issue.journals === undefined ? null : journals.filter(hasNote).map((each) => commentOf(each, context)),
    attachments: issue.attachments?.map((each) => attachmentOf(each, issue.journals, context)) ?? null,
    links: whole ? (issue.relations ?? []).map((each) => linkOf(each, issue.id, context.baseUrl)) : null,
    people: peopleOf(issue, context),
    createdAt: issue.created_on,
    updatedAt: issue.updated_on,
    // Redmine has a lock_version, but never shows it over REST, and ignores If-Match: this is no condition, it only
    // says which journals are newer.
    version: newestJournal(issue.journals),
    createdByUs: issue.author?.id === context.accountId,
  }
}

/** Its number, which counts across all issues; `0` before there is one, null where a list shows none. */
const newestJournal = (journals: readonly WireJournal[] | undefined): string | null =>
  journals === undefined ? null : String(Math.max(0, ...journals.map((each) => each.id)))

/** Redmine lists the present status among the allowed ones. */
const nextStatuses = (issue: WireIssue): readonly string[] | null =>
  issue.allowed_statuses?.map((each) => each.name).filter((name) => name !== issue.status?.name) ?? null

/** Redmine's words for a version: open, locked (no new issues), closed. */
export const VERSION_STATUSES = ['open', 'locked', 'closed'] as const

export const versionSnapshot = (
  version: WireVersion,
  context: ConvertContext,
  projectIdentifier: string,
): Snapshot => ({
  ref: versionRef(version.id),
  kind: 'release',
  key: version.name,
  url: `${context.baseUrl}/versions/${version.id}`,
  container: version.project === undefined ? projectIdentifier : context.identifierOf(version.project),
  fields: {
    title: version.name,
    description: normalLines(version.description ?? ''),
    status: version.status,
    due: version.due_date ?? null,
    container: version.project === undefined ? projectIdentifier : context.identifierOf(version.project),
  },
  statusCategory: category(version.status === 'closed'),
  nextStatuses: VERSION_STATUSES.filter((word) => word !== version.status),
  comments: [],
  attachments: null,
  links: [],
  people: [],
  createdAt: version.created_on ?? null,
  updatedAt: version.updated_on,
  version: null,
  // Redmine does not say who made a version.
  createdByUs: false,
})
