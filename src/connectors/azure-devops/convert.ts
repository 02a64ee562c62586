import { codecs } from '../../sync/rich-text/index.ts'
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
} from '../../sync/snapshot.ts'
import { fieldsOf } from './catalog.ts'
import { STANDARD } from './refusal.ts'
import {
  isIdentity,
  type WireComment,
  type WireField,
  type WireIdentity,
  type WireItem,
  type WireRelation,
  type WireType,
} from './schema.ts'

/** Azure DevOps’ work items as snapshots. Pure. */

export interface ConvertContext {
  /** Without a slash at its end. */
  readonly baseUrl: string
  /** Id of the account we work under. */
  readonly accountId: string
  readonly typesOf: (project: string) => readonly WireType[]
  /** By reference name. */
  readonly fields: ReadonlyMap<string, WireField>
  readonly iterationsAsReleases: boolean
  /** Who attached what, by the attachment's id; an item that shows none has nobody. */
  readonly attachedBy: ReadonlyMap<string, WireIdentity>
}

export const REPRO_STEPS = 'Microsoft.VSTS.TCM.ReproSteps'
export const DUE = 'Microsoft.VSTS.Scheduling.DueDate'
export const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

const ITERATION = 'iteration:'
export type Target =
  | { readonly kind: 'item'; readonly id: number }
  | { readonly kind: 'iteration'; readonly id: string }

const MAX_ID = 2_147_483_647

/** What a ref means here, or null when it is none of ours. */
export const targetOf = (id: string): Target | null => {
  if (id.startsWith(ITERATION)) {
    const guid = id.slice(ITERATION.length)
    return GUID.test(guid) ? { kind: 'iteration', id: guid } : null
  }
  return /^[1-9]\d{0,9}$/.test(id) && Number(id) <= MAX_ID ? { kind: 'item', id: Number(id) } : null
}
export const itemRef = (id: number) => ({ id: String(id) })
export const iterationRef = (guid: string) => ({ id: `${ITERATION}${guid.toLowerCase()}` })

export const normalLines = (text: string): string => text.replaceAll('\r\n', '\n')

/** Old versions of the API show a person as `Name <sign-in name>`. */
export const personOf = (value: unknown): RemotePerson | null => {
  if (typeof value === 'string') {
    const found = /^(.*)<([^<>]+)>\s*$/.exec(value)
    const id = (found?.[2] ?? value).trim()
    return id === '' ? null : person(id, found?.[1]?.trim() ?? id)
  }
  if (!isIdentity(value)) return null
  const id = value.uniqueName || value.id
  if (id === undefined) return null
  const address = value.id !== undefined && GUID.test(value.id) ? { address: `vss:${value.id}` } : {}
  return { ...person(id, value.displayName ?? id), ...address }
}
const person = (id: string, name: string): RemotePerson => ({
  id,
  name: name === '' ? id : name,
  email: /^[^\s@]+@[^\s@]+$/.test(id) ? id : null,
})

const textIn = (item: WireItem, reference: string): string => {
  const value = item.fields[reference]
  return typeof value === 'string' ? value : ''
}
export const projectOf = (item: WireItem): string => textIn(item, 'System.TeamProject')
export const typeOf = (item: WireItem): string => textIn(item, 'System.WorkItemType')

/** `Project\Website\Login` is the component `Website\Login`; the project alone is none. */
export const belowProject = (path: string): string | null => {
  const at = path.indexOf('\\')
  return at === -1 || at === path.length - 1 ? null : path.slice(at + 1)
}

/** Midnight in UTC is a day without a time. */
const dayOrTime = (text: string): string => text.replace(/T00:00:00(\.0+)?Z$/, '')

export const tagsIn = (text: string): readonly string[] =>
  [...new Set(text.split(';').map((tag) => tag.trim()))].filter((tag) => tag !== '').sort()

export const isMarkdown = (item: WireItem, reference: string): boolean =>
  item.multilineFieldsFormat?.[reference]?.toLowerCase() === 'markdown'

const asHtml = (text: string, markdown: boolean): string =>
  normalLines(markdown ? codecs.html.write(codecs.markdown.read(text)) : text)

/** A bug is described by its steps; whoever opens one sees no other description. */
export const descriptionField = (type: WireType | undefined): string =>
  fieldsOf(type).some(({ referenceName }) => referenceName === REPRO_STEPS)
    ? REPRO_STEPS
    : 'System.Description'

/** A value as the field shows it. Also used for what its history holds. */
export const shownValue = (reference: string, raw: unknown, markdown = false): ToolValue => {
  if (reference === 'System.Tags') return tagsIn(typeof raw === 'string' ? raw : '')
  if (raw === null || raw === undefined || raw === '') return null
  if (typeof raw === 'boolean') return raw
  if (typeof raw === 'number') return reference === 'Microsoft.VSTS.Common.Priority' ? String(raw) : raw
  if (typeof raw !== 'string') return personOf(raw)?.id ?? null
  if (reference === 'System.AssignedTo' || reference === 'System.CreatedBy') return personOf(raw)?.id ?? null
  if (reference === 'System.AreaPath' || reference === 'System.IterationPath') return belowProject(raw)
  if (/^\d{4}-\d\d-\d\dT/.test(raw)) return dayOrTime(raw)
  return asHtml(raw, markdown)
}

/** Bookkeeping of the tool's own, and what boards add to every item. */
const HIDDEN =
  /^(?:System\.(?!Reason$|IterationPath$)|WEF_|Microsoft\.VSTS\.Common\.(?:StateChangeDate|(?:Activated|Resolved|Closed)(?:Date|By)|StackRank|BacklogPriority)$)/

export const ownName = (
  reference: string,
  context: Pick<ConvertContext, 'fields' | 'iterationsAsReleases'>,
): ToolField | null => {
  const isRelease = reference === 'System.IterationPath' && !context.iterationsAsReleases
  const field = context.fields.get(reference)
  if (field === undefined || HIDDEN.test(reference)) return null
  return STANDARD[reference] === undefined || isRelease ? `cf:${field.name}` : null
}

/** Its iteration where it is no release keeps its whole path, as people write it. */
const ownValue = (item: WireItem, reference: string): ToolValue =>
  reference === 'System.IterationPath'
    ? textIn(item, reference) || null
    : shownValue(reference, item.fields[reference], isMarkdown(item, reference))

const itemFields = (item: WireItem, type: WireType | undefined, context: ConvertContext): ToolFields => {
  const described = descriptionField(type)
  const own = new Set([
    ...fieldsOf(type).map(({ referenceName }) => referenceName),
    ...Object.keys(item.fields),
  ])
  const has = (reference: string): boolean => own.has(reference)
  const shown = (reference: string): ToolValue => shownValue(reference, item.fields[reference])
  return {
    title: textIn(item, 'System.Title'),
    description: asHtml(textIn(item, described), isMarkdown(item, described)),
    status: shown('System.State'),
    type: shown('System.WorkItemType'),
    container: projectOf(item),
    owner: shown('System.AssignedTo'),
    requester: shown('System.CreatedBy'),
    component: shown('System.AreaPath'),
    labels: shown('System.Tags'),
    ...(has('Microsoft.VSTS.Common.Priority') ? { priority: shown('Microsoft.VSTS.Common.Priority') } : {}),
    ...(has(DUE) ? { due: shown(DUE) } : {}),
    ...(context.iterationsAsReleases ? { release: shown('System.IterationPath') } : {}),
    ...Object.fromEntries(
      [...own].flatMap((reference): [ToolField, ToolValue][] => {
        const name = ownName(reference, context)
        return name === null || reference === described ? [] : [[name, ownValue(item, reference)]]
      }),
    ),
  }
}

const CATEGORIES: Readonly<Record<string, StatusCategory>> = {
  proposed: 'new',
  inprogress: 'open',
  // solved, and waiting for somebody to verify it
  resolved: 'open',
  completed: 'done',
  removed: 'declined',
}
export const categoryOf = (word: string | null | undefined): StatusCategory =>
  CATEGORIES[(word ?? '').toLowerCase()] ?? null

export const attachmentIdOf = (url: string): string | null =>
  /\/attachments\/([0-9a-f-]{36})(?:[?/]|$)/i.exec(url)?.[1]?.toLowerCase() ?? null

export const isFile = (relation: WireRelation): boolean =>
  relation.rel === 'AttachedFile' && attachmentIdOf(relation.url) !== null

const attachmentOf = (
  relation: WireRelation,
  item: WireItem,
  context: ConvertContext,
): SnapshotAttachment => {
  const id = attachmentIdOf(relation.url) ?? ''
  const author = context.attachedBy.get(id)
  const { attributes } = relation
  return {
    id,
    name: attributes?.name || id,
    mediaType: 'application/octet-stream',
    size: attributes?.resourceSize ?? null,
    author: personOf(author),
    byUs: author?.id === context.accountId,
    // whoever sees the item sees its files: there is no narrower circle
    visibility: 'public',
    commentId: null,
    at: attributes?.resourceCreatedDate ?? attributes?.authorizedDate ?? textIn(item, 'System.ChangedDate'),
  }
}

/** Only web addresses: links to commits and builds are `vstfs:` and lead nowhere outside. */
const linksOf = (item: WireItem, baseUrl: string): readonly SnapshotLink[] =>
  (item.relations ?? []).flatMap(({ rel, url }): SnapshotLink[] => {
    if (rel === 'Hyperlink') return /^https?:/i.test(url) ? [{ kind: 'hyperlink', url }] : []
    const other = /\/workItems\/(\d{1,10})$/i.exec(url)?.[1]
    if (other === undefined || !/^[\w.-]{1,100}$/.test(rel)) return []
    return [
      { kind: rel.slice(rel.lastIndexOf('.') + 1).toLowerCase(), url: `${baseUrl}/_workitems/edit/${other}` },
    ]
  })

export const commentOf = (comment: WireComment, accountId: string): SnapshotComment => {
  const { createdDate, modifiedDate } = comment
  const isEdited = modifiedDate !== undefined && Date.parse(modifiedDate) > Date.parse(createdDate)
  return {
    id: String(comment.id ?? comment.commentId),
    author: personOf(comment.createdBy),
    byUs: comment.createdBy?.id === accountId,
    // every comment is read by whoever sees the item; there are none for fewer
    visibility: 'public',
    text: asHtml(comment.text ?? '', comment.format === 'markdown'),
    at: createdDate,
    editedAt: isEdited ? modifiedDate : null,
  }
}

const peopleOf = (item: WireItem): readonly RemotePerson[] => {
  const named = Object.values(item.fields).flatMap((value) =>
    isIdentity(value) ? (personOf(value) ?? []) : [],
  )
  const standard = ['System.AssignedTo', 'System.CreatedBy'].flatMap(
    (reference) => personOf(item.fields[reference]) ?? [],
  )
  return [...new Map([...named, ...standard].map((one) => [one.id, one])).values()]
}

/** `comments`: null where they were not asked for. `whole`: the files' authors were. */
export const itemSnapshot = (
  item: WireItem,
  comments: readonly WireComment[] | null,
  context: ConvertContext,
  whole: boolean,
): Snapshot => {
  const project = projectOf(item)
  const type = context.typesOf(project).find(({ name }) => name === typeOf(item))
  const state = textIn(item, 'System.State')
  const moves = type?.transitions?.[state]
  const createdBy = item.fields['System.CreatedBy']
  return {
    ref: itemRef(item.id),
    kind: 'item',
    key: `#${item.id}`,
    url: `${context.baseUrl}/${encodeURIComponent(project)}/_workitems/edit/${item.id}`,
    container: project,
    fields: itemFields(item, type, context),
    statusCategory: categoryOf(type?.states?.find(({ name }) => name === state)?.category),
    nextStatuses: moves
      ? [...new Set(moves.map(({ to }) => to))].filter((to) => to !== state && to !== '')
      : null,
    comments:
      comments
        ?.filter(({ isDeleted }) => isDeleted !== true)
        .map((each) => commentOf(each, context.accountId))
        .sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || Number(a.id) - Number(b.id)) ?? null,
    attachments: whole
      ? (item.relations ?? []).filter(isFile).map((each) => attachmentOf(each, item, context))
      : null,
    links: linksOf(item, context.baseUrl),
    people: peopleOf(item),
    createdAt: textIn(item, 'System.CreatedDate') || null,
    updatedAt: textIn(item, 'System.ChangedDate') || null,
    version: String(item.rev),
    createdByUs: isIdentity(createdBy) && createdBy.id === context.accountId,
  }
}
