import type {
  RemotePerson,
  Snapshot,
  SnapshotAttachment,
  SnapshotComment,
  SnapshotLink,
  StatusCategory,
  ToolFields,
} from '../../sync/snapshot.ts'
import type { LabelName } from './catalog.ts'
import { inlineFiles, mediaTypeOf, pathOf } from './files.ts'
import type {
  WireAttachment,
  WireComment,
  WireCustomer,
  WireCycle,
  WireListed,
  WirePerson,
  WireRelease,
  WireWhole,
} from './schema.ts'
import { normalLines, readSaid } from './text.ts'

/** Linear's issues and releases as snapshots. Pure. */

export interface ConvertContext {
  readonly accountId: string
  readonly labels: ReadonlyMap<string, LabelName>
  /** Attachments whose address begins so hold our marker. */
  readonly markPrefix: string
  readonly filesUrl: string
  readonly publicWord: string | null
  readonly typeGroup: string | null
  readonly customersBy: 'name' | 'domain' | 'external id' | null
  /** Keys of the teams that are followed, in the order of the settings. */
  readonly teams: readonly string[]
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const RELEASE_PREFIX = 'release:'

export type Target = { readonly kind: 'issue' | 'release'; readonly id: string }

export const isUuid = (text: string): boolean => UUID.test(text)

/** What a ref means here, or null when it is none of ours. Linear would take `ENG-123` too, which a move changes. */
export const targetOf = (id: string): Target | null => {
  const kind = id.startsWith(RELEASE_PREFIX) ? 'release' : 'issue'
  const uuid = kind === 'release' ? id.slice(RELEASE_PREFIX.length) : id
  return isUuid(uuid) ? { kind, id: uuid } : null
}

export const releaseRef = (id: string) => ({ id: `${RELEASE_PREFIX}${id}` })

/** 0 is none. */
export const PRIORITIES: readonly (string | null)[] = [null, 'Urgent', 'High', 'Medium', 'Low']

const CATEGORIES: Readonly<Record<string, StatusCategory>> = {
  triage: 'new',
  backlog: 'new',
  unstarted: 'new',
  started: 'open',
  completed: 'done',
  canceled: 'declined',
  duplicate: 'declined',
  planned: 'new',
}
export const categoryOf = (type: string): StatusCategory => CATEGORIES[type] ?? null

export const cycleName = ({ name, number }: WireCycle): string => name ?? `Cycle ${number}`

const MARK = /[?&]marker=([^&#]{1,200})/

export const markUrl = (prefix: string, marker: string): string =>
  `${prefix}${encodeURIComponent(marker.split('/')[0] ?? '')}?marker=${encodeURIComponent(marker)}`

const markIn = (url: string, prefix: string): string | null => {
  const found = url.startsWith(prefix) ? MARK.exec(url)?.[1] : undefined
  try {
    return found === undefined ? null : decodeURIComponent(found)
  } catch {
    return null
  }
}

export const personOf = ({ id, name, email }: WirePerson): RemotePerson => ({ id, name, email })

const customerName = (customer: WireCustomer, by: ConvertContext['customersBy']): readonly string[] =>
  by === 'domain'
    ? customer.domains.slice(0, 1)
    : by === 'external id'
      ? customer.externalIds.slice(0, 1)
      : [customer.name]

const sorted = (values: Iterable<string>): readonly string[] => [...new Set(values)].sort()

const fieldsOf = (issue: WireListed, context: ConvertContext): ToolFields => {
  const labels = issue.labelIds.flatMap((id) => context.labels.get(id) ?? [])
  const isType = ({ group }: LabelName): boolean => group !== null && group === context.typeGroup
  const ofType = labels.find(isType)
  const [mark] = issue.marks.nodes.flatMap(({ url }) => markIn(url, context.markPrefix) ?? [])
  const [release] = sorted((issue.releases?.nodes ?? []).map(({ name }) => name))
  return {
    title: issue.title,
    description: normalLines(issue.description ?? ''),
    status: issue.state.name,
    ...(context.typeGroup === null ? {} : { type: ofType?.name.slice(context.typeGroup.length + 1) ?? null }),
    container: issue.team.key,
    priority: PRIORITIES[issue.priority] ?? null,
    owner: issue.assignee?.id ?? null,
    requester: issue.creator?.id ?? null,
    component: issue.project?.name ?? null,
    ...(issue.releases === undefined ? {} : { release: release ?? null }),
    labels: sorted(labels.filter((one) => !isType(one)).map(({ name }) => name)),
    due: issue.dueDate,
    'cf:Estimate': issue.estimate,
    'cf:Milestone': issue.projectMilestone?.name ?? null,
    'cf:Cycle': issue.cycle === null ? null : cycleName(issue.cycle),
    'cf:CausewayKey': mark ?? null,
  }
}

export const listedSnapshot = (issue: WireListed, context: ConvertContext): Snapshot => ({
  ref: { id: issue.id },
  kind: 'item',
  key: issue.identifier,
  url: issue.url,
  container: issue.team.key,
  fields: fieldsOf(issue, context),
  statusCategory: categoryOf(issue.state.type),
  nextStatuses: null,
  comments: null,
  attachments: null,
  links: null,
  people: [issue.assignee, issue.creator].flatMap((one, index, all) =>
    one === null || all.findIndex((other) => other?.id === one.id) < index ? [] : [personOf(one)],
  ),
  createdAt: issue.createdAt,
  updatedAt: issue.updatedAt,
  version: issue.updatedAt,
  createdByUs: issue.creator?.id === context.accountId,
})

/** Members first; then people of other tools that a thread is kept in step with; then integrations. */
const authorOf = ({ user, externalUser, botActor }: WireComment): RemotePerson | null => {
  if (user !== null) return personOf(user)
  if (externalUser !== null)
    return { id: `external:${externalUser.id}`, name: externalUser.name, email: null }
  if (botActor?.name == null) return null
  return { id: `bot:${botActor.id ?? botActor.name}`, name: botActor.name, email: null }
}

export const commentOf = (comment: WireComment, context: ConvertContext): SnapshotComment => {
  const { text, isPublic } = readSaid(comment.body, context.publicWord)
  return {
    id: comment.id,
    author: authorOf(comment),
    byUs: comment.user?.id === context.accountId,
    visibility: isPublic ? 'public' : 'internal',
    text,
    at: comment.createdAt,
    editedAt: comment.editedAt,
  }
}

const attachmentOf = (attachment: WireAttachment, context: ConvertContext): SnapshotAttachment => {
  const { metadata } = attachment
  const { causewaySize: size, causewayType: type } = metadata
  const isPublic = context.publicWord !== null && metadata['causewayAudience'] === 'public'
  return {
    id: attachment.id,
    name: attachment.title,
    mediaType:
      typeof type === 'string' && /^[\w.+-]{1,60}\/[\w.+-]{1,100}$/.test(type)
        ? type
        : mediaTypeOf(attachment.title),
    size: typeof size === 'number' && Number.isSafeInteger(size) && size >= 0 ? size : null,
    author: attachment.creator === null ? null : personOf(attachment.creator),
    byUs: attachment.creator?.id === context.accountId,
    // the whole workspace sees it, and no customer: only a file that we sent as public is one
    visibility: isPublic ? 'public' : 'internal',
    commentId: null,
    at: attachment.createdAt,
  }
}

const isFile = ({ url }: WireAttachment, { filesUrl }: ConvertContext): boolean =>
  pathOf(url, filesUrl) !== null

const attachmentsOf = (
  issue: WireWhole,
  attachments: readonly WireAttachment[],
  comments: readonly SnapshotComment[],
  context: ConvertContext,
): readonly SnapshotAttachment[] => {
  const { filesUrl } = context
  const attached = attachments.filter((one) => isFile(one, context))
  const creator = issue.creator === null ? null : personOf(issue.creator)
  const inText = inlineFiles(issue.description ?? '', filesUrl, {
    author: creator,
    byUs: false,
    visibility: 'internal',
    commentId: null,
    at: issue.createdAt,
  })
  const inComments = comments.flatMap(({ id, text, author, byUs, visibility, at }) =>
    inlineFiles(text, filesUrl, { author, byUs, visibility, commentId: id, at }),
  )
  const known = new Set(attached.map(({ url }) => pathOf(url, filesUrl)))
  const found = new Map<string, SnapshotAttachment>()
  // of a file that is named twice the narrower audience counts: the description's
  for (const one of [...inText, ...inComments])
    if (!found.has(one.id) && !known.has(one.id.slice('file:'.length))) found.set(one.id, one)
  return [...attached.map((one) => attachmentOf(one, context)), ...found.values()]
}

const RELATED: Readonly<Record<string, readonly [string, string]>> = {
  duplicate: ['duplicate of', 'duplicated by'],
  blocks: ['blocks', 'blocked by'],
}

const linksOf = (
  issue: WireWhole,
  attachments: readonly WireAttachment[],
  context: ConvertContext,
): readonly SnapshotLink[] => [
  ...attachments
    .filter((one) => !isFile(one, context) && markIn(one.url, context.markPrefix) === null)
    .map(({ url, sourceType }) => ({ kind: sourceType ?? 'attachment', url })),
  ...issue.relations.nodes.map(({ type, relatedIssue: { url } }) => ({
    kind: RELATED[type]?.[0] ?? type,
    url,
  })),
  ...issue.inverseRelations.nodes.map(({ type, issue: { url } }) => ({
    kind: RELATED[type]?.[1] ?? type,
    url,
  })),
]

/** `comments` and `attachments`: all of them, those of later pages too. */
export const wholeSnapshot = (
  issue: WireWhole,
  comments: readonly WireComment[],
  attachments: readonly WireAttachment[],
  context: ConvertContext,
): Snapshot => {
  const listed = listedSnapshot(issue, context)
  const said = comments
    .map((one) => commentOf(one, context))
    .sort((a, b) => a.at.localeCompare(b.at) || a.id.localeCompare(b.id))
  const customers = issue.needs?.nodes.flatMap(({ customer }) =>
    customer === null ? [] : customerName(customer, context.customersBy),
  )
  return {
    ...listed,
    fields: customers === undefined ? listed.fields : { ...listed.fields, 'cf:Customers': sorted(customers) },
    comments: said,
    attachments: attachmentsOf(issue, attachments, said, context),
    links: linksOf(issue, attachments, context),
  }
}

/** Of the team that is followed; a pipeline without one goes by its own name. */
const containerOf = ({ pipeline }: WireRelease, teams: readonly string[]): string => {
  const keys = pipeline.teams.nodes.map(({ key }) => key)
  return teams.find((key) => keys.includes(key)) ?? pipeline.name
}

export const releaseSnapshot = (release: WireRelease, context: ConvertContext): Snapshot => {
  const container = containerOf(release, context.teams)
  return {
    ref: releaseRef(release.id),
    kind: 'release',
    key: release.version ?? release.name,
    url: release.url,
    container,
    fields: {
      title: release.name,
      description: normalLines(release.description ?? ''),
      status: release.stage.name,
      container,
      due: release.targetDate,
      'cf:Version': release.version,
    },
    statusCategory: categoryOf(release.stage.type),
    nextStatuses: null,
    comments: null,
    attachments: null,
    links: null,
    people: [],
    createdAt: release.createdAt,
    updatedAt: release.updatedAt,
    version: release.updatedAt,
    createdByUs: release.creator?.id === context.accountId,
  }
}
