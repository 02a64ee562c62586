import { RemoteFault } from '../../sync/fault.ts'
import type { Snapshot, ToolField, ToolFields, ToolValue } from '../../sync/snapshot.ts'
import { CLOSED, labelsOf, OPEN } from './convert.ts'
import { type LabelField, labelsWith, plainLabels, sameLabel } from './labels.ts'
import { markersIn, withMarkers } from './marker.ts'
import type { Repositories, Repository } from './repositories.ts'
import type { WireIssue } from './schema.ts'

/** Neutral fields as GitHub's parameters. What cannot be is refused here, with the field, before anything is sent. */

const MAX_TITLE = 256
const MAX_BODY = 65_536

export type Parameters = Readonly<Record<string, unknown>>

interface EncodeContext {
  readonly repositories: Repositories
  readonly labelFields: readonly LabelField[]
}

const invalid = (field: ToolField, detail: string): RemoteFault =>
  new RemoteFault('invalid', detail, { field })

const textOf = (value: ToolValue | undefined): string => (typeof value === 'string' ? value : '')

const titleOf = (value: ToolValue | undefined): string => {
  const title = textOf(value)
  if (title.trim() === '') throw invalid('title', 'an issue in GitHub needs a title')
  if (title.length > MAX_TITLE)
    throw invalid('title', `a title in GitHub has at most ${MAX_TITLE} characters, this one ${title.length}`)
  return title
}

const bodyOf = (value: ToolValue | undefined, markers: readonly string[]): string => {
  const body = withMarkers(textOf(value), markers)
  if (body.length > MAX_BODY)
    throw invalid('description', `an issue in GitHub holds ${MAX_BODY} characters, this text ${body.length}`)
  return body
}

export const refuseLongComment = (text: string): void => {
  if (text.trim() === '') throw new RemoteFault('invalid', 'GitHub keeps no empty comments')
  if (text.length > MAX_BODY)
    throw new RemoteFault('invalid', `a comment in GitHub holds ${MAX_BODY} characters, not ${text.length}`)
}

const WRITABLE: readonly ToolField[] = [
  'title',
  'description',
  'status',
  'type',
  'owner',
  'release',
  'labels',
]

const refuseUnknown = (fields: ToolFields, labelFields: readonly LabelField[]): void => {
  for (const field of Object.keys(fields)) {
    const isKnown =
      WRITABLE.some((each) => each === field) || labelFields.some((each) => each.field === field)
    if (!isKnown) throw new RemoteFault('invalid', `GitHub cannot be given the field ${field}`, { field })
  }
}

const touchesLabels = (fields: ToolFields, labelFields: readonly LabelField[]): boolean =>
  fields.labels !== undefined || labelFields.some(({ field }) => fields[field] !== undefined)

/** Only labels there are: GitHub makes a new one of any word it is given, and a mistake would stay for ever. */
const labelsOfFields = async (
  fields: ToolFields,
  current: readonly string[],
  at: Repository,
  { repositories, labelFields }: EncodeContext,
): Promise<readonly string[]> => {
  const wanted = labelsWith(current, labelFields, fields)
  const spelled: string[] = []
  for (const name of wanted) {
    const known = current.find((each) => sameLabel(each, name)) ?? (await repositories.label(at, name))
    if (known !== undefined) spelled.push(known)
    else throw invalid(fieldOfLabel(name, labelFields), `there is no label "${name}" in ${at.name}`)
  }
  return [...new Set(spelled)]
}

const fieldOfLabel = (name: string, labelFields: readonly LabelField[]): ToolField =>
  plainLabels([name], labelFields).length > 0
    ? 'labels'
    : (labelFields.find(({ prefix }) => name.toLowerCase().startsWith(prefix.toLowerCase()))?.field ??
      'labels')

const stateOf = (status: ToolValue | undefined, labelFields: readonly LabelField[]): Parameters => {
  const word = textOf(status)
  const reason = CLOSED[word]
  if (reason !== undefined) return { state: 'closed', state_reason: reason }
  const hasLabels = labelFields.some(({ field }) => field === 'status')
  if (word === OPEN || (hasLabels && word !== '')) return { state: 'open' }
  throw invalid('status', `an issue in GitHub cannot be "${word}"`)
}

/** The label of a status: none while it is closed, or simply open. */
const statusLabel = (fields: ToolFields, labelFields: readonly LabelField[]): ToolFields => {
  if (fields.status === undefined || !labelFields.some(({ field }) => field === 'status')) return fields
  const word = textOf(fields.status)
  return { ...fields, status: word === OPEN || CLOSED[word] !== undefined ? null : word }
}

/** The issue as it stands, where what is written depends on it (`needsReading`). */
export type Current = WireIssue | 'new' | 'unread'

/** The text must keep our marker, and labels are written all at once. */
export const needsReading = (fields: ToolFields, labelFields: readonly LabelField[]): boolean =>
  fields.description !== undefined || touchesLabels(fields, labelFields)

const markersOf = (current: Current, marker: readonly string[]): readonly string[] =>
  typeof current === 'string' ? marker : markersIn(current.body)

export const issueParameters = async (
  fields: ToolFields,
  at: Repository,
  current: Current,
  context: EncodeContext & { readonly markers: readonly string[] },
): Promise<Parameters> => {
  const { repositories, labelFields } = context
  refuseUnknown(fields, labelFields)
  const parameters: Record<string, unknown> = {}
  if (fields.title !== undefined) parameters['title'] = titleOf(fields.title)
  if (fields.description !== undefined || current === 'new')
    parameters['body'] = bodyOf(fields.description, markersOf(current, context.markers))
  if (fields.type !== undefined && !labelFields.some(({ field }) => field === 'type'))
    parameters['type'] = fields.type === null ? null : textOf(fields.type)
  if (fields.owner !== undefined) {
    const owner = textOf(fields.owner)
    const login = owner === '' ? undefined : await repositories.login(at, owner)
    if (owner !== '' && login === undefined)
      throw invalid('owner', `nobody with the number ${owner} can be assigned in ${at.name}`)
    parameters['assignees'] = login === undefined ? [] : [login]
  }
  if (fields.release !== undefined) {
    const title = textOf(fields.release)
    const number = title === '' ? null : await repositories.milestoneNumber(at, title)
    if (number === undefined) throw invalid('release', `there is no milestone "${title}" in ${at.name}`)
    parameters['milestone'] = number
  }
  // A new issue is open; what else it should be comes as a change of its own.
  if (fields.status !== undefined && current !== 'new')
    Object.assign(parameters, stateOf(fields.status, labelFields))
  if (touchesLabels(fields, labelFields)) {
    const names = typeof current === 'string' ? [] : labelsOf(current)
    parameters['labels'] = await labelsOfFields(statusLabel(fields, labelFields), names, at, context)
  }
  return parameters
}

// ---- milestones and releases ------------------------------------------------------------------------------

export const milestoneParameters = (fields: ToolFields): Parameters => {
  const parameters: Record<string, unknown> = {}
  for (const [field, value] of Object.entries(fields)) {
    if (field === 'title') parameters['title'] = titleOf(value)
    else if (field === 'description') parameters['description'] = textOf(value)
    else if (field === 'status' && (value === 'open' || value === 'closed')) parameters['state'] = value
    else if (field === 'due')
      parameters['due_on'] = value === null ? null : `${textOf(value).slice(0, 10)}T12:00:00Z`
    else throw new RemoteFault('invalid', `a milestone in GitHub takes no such ${field}`, { field })
  }
  return parameters
}

export const releaseParameters = (fields: ToolFields): Parameters => {
  const parameters: Record<string, unknown> = {}
  for (const [field, value] of Object.entries(fields)) {
    if (field === 'title') parameters['name'] = titleOf(value)
    else if (field === 'description') parameters['body'] = textOf(value)
    // Publishing makes a tag and starts what is built by it: that stays with people.
    else throw new RemoteFault('invalid', `a release in GitHub is not given a ${field} from here`, { field })
  }
  return parameters
}

// ---- what was not taken -----------------------------------------------------------------------------------

const plain = (value: ToolValue | undefined): string =>
  JSON.stringify(Array.isArray(value) ? value.map((each) => each.toLowerCase()).sort() : (value ?? null))

/** Without the right to push, GitHub drops labels, people, milestones and types without a word. */
export const ignoredField = (fields: ToolFields, shown: Snapshot): ToolField | null => {
  for (const [field, value] of Object.entries(fields)) {
    if (field === 'title' || field === 'description') continue
    const now = Object.entries(shown.fields).find(([name]) => name === field)?.[1]
    if (plain(now) !== plain(value === '' ? null : value)) return field as ToolField
  }
  return null
}
