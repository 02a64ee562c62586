import { RemoteFault } from '../../sync/fault.ts'
import type { Snapshot, ToolField, ToolFields, ToolValue } from '../../sync/snapshot.ts'
import type { Catalog } from './catalog.ts'
import type { ProjectKey } from './client.ts'
import { furtherAssignees, MILESTONE_STATUSES } from './convert.ts'
import { type LabelFields, plainLabels, scopeOf, scopeOfField } from './labels.ts'
import { markersIn, withMarkers } from './marker.ts'
import { guarded } from './quick-actions.ts'
import type { WireIssue } from './schema.ts'

/** Neutral fields as GitLab's parameters. */

export type Parameters = Readonly<Record<string, unknown>>

export const TYPES = ['issue', 'incident', 'test_case', 'task'] as const
const HEALTH = ['on_track', 'needs_attention', 'at_risk']

export const entriesOf = (fields: ToolFields): readonly (readonly [ToolField, ToolValue])[] =>
  Object.entries(fields).flatMap(([field, value]) =>
    value === undefined ? [] : [[field as ToolField, value] as const],
  )

const invalid = (field: ToolField, why: string): RemoteFault => new RemoteFault('invalid', why, { field })

const text = (value: ToolValue): string => (value === null ? '' : String(value))

const dateOf = (value: ToolValue): string => {
  const date = text(value).slice(0, 10)
  if (date === '' || /^\d{4}-\d{2}-\d{2}$/.test(date)) return date
  throw invalid('due', `"${date}" is no date`)
}

const numberOf = (field: ToolField, value: ToolValue): number | null => {
  if (value === null || value === '') return null
  if (/^\d{1,9}$/.test(text(value))) return Number(value)
  throw invalid(field, `"${text(value).slice(0, 50)}" is no whole number`)
}

/** GitLab leaves out, without a word, whoever may not be assigned there. */
const personOf = async (
  field: ToolField,
  id: string,
  project: ProjectKey,
  catalog: Catalog,
): Promise<number> => {
  if (/^[1-9]\d{0,14}$/.test(id) && (await catalog.isMember(project, Number(id)))) return Number(id)
  throw invalid(field, `person ${id.slice(0, 50)} is no member of project ${project}`)
}

const listOf = (value: ToolValue): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter((each) => each !== null && each !== '').map(String)

/** `current`: the issue as it stands, where a part of a value must be kept; null: it is being made. */
export const needsCurrent = (fields: ToolFields): boolean =>
  ['description', 'labels', 'owner', 'cf:assignees'].some((field) => field in fields)

interface Labels {
  readonly add: string[]
  readonly remove: string[]
}

/**
 * One label of a scope at a time. GitLab makes a label that it does not know, so that a typing mistake would become one:
 * the value of a field must be a label already. Paid editions take the others of the scope away by themselves.
 */
const scopedLabel = async (
  field: ToolField,
  scope: string,
  value: string,
  into: Labels,
  context: Encoding,
): Promise<void> => {
  const wanted = value === '' ? null : `${scope}::${value}`
  const { catalog, project, current } = context
  if (wanted !== null && !(await catalog.hasLabel(project, wanted)))
    throw invalid(field, `there is no label "${wanted}" in project ${project}`)
  const present = current?.labels ?? (await catalog.labels(project))
  into.remove.push(...present.filter((each) => scopeOf(each)?.scope === scope && each !== wanted))
  if (wanted !== null) into.add.push(wanted)
}

const plainLabelsInto = (value: ToolValue, into: Labels, { current, labelFields }: Encoding): void => {
  const wanted = listOf(value)
  const bad = wanted.find((each) => each.includes(','))
  if (bad !== undefined) throw invalid('labels', `GitLab has no labels with a comma in them: "${bad}"`)
  const present = plainLabels(current?.labels ?? [], labelFields)
  into.add.push(...wanted.filter((each) => !present.includes(each)))
  into.remove.push(...present.filter((each) => !wanted.includes(each)))
}

export interface Encoding {
  readonly catalog: Catalog
  readonly project: ProjectKey
  readonly labelFields: LabelFields
  readonly current: WireIssue | null
  /** Of a new item. */
  readonly marker: string | null
}

const assigneesOf = async (fields: ToolFields, context: Encoding): Promise<readonly number[] | null> => {
  if (fields.owner === undefined && fields['cf:assignees'] === undefined) return null
  const { current, project, catalog } = context
  const shown = current?.assignees?.[0]
  const owner =
    fields.owner === undefined ? text(shown?.id === undefined ? null : String(shown.id)) : text(fields.owner)
  const further =
    fields['cf:assignees'] === undefined
      ? current === null
        ? []
        : furtherAssignees(current)
      : listOf(fields['cf:assignees'])
  const ids: number[] = []
  const standing = new Set((current?.assignees ?? []).map(({ id }) => String(id)))
  for (const [field, id] of [
    ...(owner === '' ? [] : [['owner', owner] as const]),
    ...further.map((id) => ['cf:assignees', id] as const),
  ])
    ids.push(standing.has(id) ? Number(id) : await personOf(field, id, project, catalog))
  return [...new Set(ids)]
}

const oneField = async (
  field: ToolField,
  value: ToolValue,
  out: Record<string, unknown>,
  into: Labels,
  context: Encoding,
): Promise<void> => {
  const { catalog, project, labelFields } = context
  switch (field) {
    case 'title':
      out['title'] = text(value)
      return
    case 'description': {
      const markers =
        context.marker === null ? markersIn(context.current?.description ?? '') : [context.marker]
      out['description'] = withMarkers(guarded(text(value)), markers)
      return
    }
    case 'type':
      if (!TYPES.some((each) => each === value))
        throw invalid('type', `GitLab has no type "${text(value)}" here`)
      out['issue_type'] = value
      return
    case 'release': {
      const id = value === null || value === '' ? 0 : await catalog.milestoneId(project, text(value))
      if (id === undefined)
        throw invalid('release', `there is no milestone "${text(value)}" in project ${project}`)
      out['milestone_id'] = id
      return
    }
    case 'due':
      out['due_date'] = dateOf(value)
      return
    case 'labels':
      plainLabelsInto(value, into, context)
      return
    case 'cf:confidential':
      out['confidential'] = value === true || value === 'true' || value === '1'
      return
    case 'cf:weight':
      out['weight'] = numberOf(field, value)
      return
    case 'cf:health_status':
      if (value !== null && !HEALTH.includes(text(value)))
        throw invalid(field, `"${text(value)}" is no health status`)
      out['health_status'] = value
      return
    case 'owner':
    case 'cf:assignees':
    case 'container':
    case 'status':
      return
    default: {
      const scope = scopeOfField(field, labelFields)
      if (scope === null) throw invalid(field, `GitLab has no field "${field}" that can be written`)
      await scopedLabel(field, scope, text(value), into, context)
    }
  }
}

/** `opened` and `closed` are GitLab's own; other words are labels of an open issue. */
const statusInto = async (
  word: string,
  out: Record<string, unknown>,
  into: Labels,
  context: Encoding,
): Promise<void> => {
  const scope = scopeOfField('status', context.labelFields)
  if (word === 'closed') {
    out['state_event'] = 'close'
    return
  }
  if (word !== 'opened' && scope === null)
    throw invalid('status', `GitLab has no status "${word.slice(0, 100)}": an issue is opened or closed`)
  if (scope !== null) await scopedLabel('status', scope, word === 'opened' ? '' : word, into, context)
  if (context.marker === null) out['state_event'] = 'reopen'
}

export const issueParameters = async (fields: ToolFields, context: Encoding): Promise<Parameters> => {
  const out: Record<string, unknown> = {}
  const labels: Labels = { add: [], remove: [] }
  for (const [field, value] of entriesOf(fields)) {
    if (field === 'status') await statusInto(text(value), out, labels, context)
    else await oneField(field, value, out, labels, context)
  }
  const assignees = await assigneesOf(fields, context)
  // An empty list would be left out on the way.
  if (assignees !== null) out['assignee_ids'] = assignees.length === 0 ? [0] : assignees
  if (context.marker !== null) {
    if (labels.add.length > 0) out['labels'] = labels.add.join(',')
    // Our key, also where no description is given.
    out['description'] ??= withMarkers('', [context.marker])
    return out
  }
  if (labels.add.length > 0) out['add_labels'] = labels.add.join(',')
  if (labels.remove.length > 0) out['remove_labels'] = labels.remove.join(',')
  return out
}

export const milestoneParameters = (fields: ToolFields): Parameters => {
  const out: Record<string, unknown> = {}
  for (const [field, value] of entriesOf(fields)) {
    if (field === 'title') out['title'] = text(value)
    else if (field === 'description') out['description'] = guarded(text(value))
    else if (field === 'due') out['due_date'] = dateOf(value)
    else if (field === 'status') {
      if (!MILESTONE_STATUSES.some((each) => each === value))
        throw invalid('status', `a milestone of GitLab is active or closed, not "${text(value)}"`)
      out['state_event'] = value === 'closed' ? 'close' : 'activate'
    } else throw invalid(field, `a milestone of GitLab has no "${field}"`)
  }
  return out
}

const CHECKED: readonly ToolField[] = ['title', 'status', 'type', 'owner', 'release', 'due', 'cf:weight']

/** The first field that GitLab took without an error, and did not change: it does so without rights or licence. */
export const ignoredField = (fields: ToolFields, shown: Snapshot): ToolField | null => {
  const same = (field: ToolField): boolean => {
    const value = text(fields[field] ?? null)
    const wanted = field === 'due' ? value.slice(0, 10) : value
    // Where others are assigned too, the next one becomes the first.
    if (field === 'owner' && wanted === '') return true
    return wanted.trim() === text(shown.fields[field] ?? null).trim()
  }
  return CHECKED.find((field) => fields[field] !== undefined && !same(field)) ?? null
}
