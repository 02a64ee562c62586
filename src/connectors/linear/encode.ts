import { RemoteFault } from '../../sync/fault.ts'
import type { ToolField, ToolFields, ToolValue } from '../../sync/snapshot.ts'
import type { Catalog } from './catalog.ts'
import { isUuid, PRIORITIES } from './convert.ts'
import type { WireBrief } from './schema.ts'
import { type Settings, typeGroupOf } from './settings.ts'

/** Fields as Linear's inputs have them. */

export type Input = Readonly<Record<string, unknown>>

export interface Encoding {
  readonly catalog: Catalog
  readonly settings: Settings
  /** Key of the team that the issue is in, or that this very write moves it to. */
  readonly team: string
  /** How it stands; null: it is made by this write. */
  readonly now: WireBrief | null
}

export const entriesOf = (fields: ToolFields): readonly (readonly [ToolField, ToolValue])[] =>
  Object.entries(fields).flatMap(([field, value]) =>
    value === undefined ? [] : [[field as ToolField, value] as const],
  )

/** What cannot be written without knowing how the issue stands. */
const RELATIVE: readonly ToolField[] = [
  'status',
  'labels',
  'type',
  'release',
  'cf:Cycle',
  'cf:Milestone',
  'cf:Customers',
]
export const needsBrief = (fields: ToolFields): boolean =>
  entriesOf(fields).some(([field]) => RELATIVE.includes(field))

export const refused = (field: ToolField, sentence: string): RemoteFault =>
  new RemoteFault('invalid', sentence, { field })

const textOf = (field: ToolField, value: ToolValue): string => {
  if (value === null) return ''
  if (typeof value === 'object') throw refused(field, `Linear takes one value for ${field}, not several`)
  return String(value)
}

const listOf = (value: ToolValue): readonly string[] => {
  if (value === null || value === '') return []
  return typeof value === 'object' ? value : [String(value)]
}

const priorityOf = (value: ToolValue): number => {
  const at = PRIORITIES.indexOf(value === null ? null : String(value))
  if (at >= 0) return at
  if (value === '') return 0
  throw refused(
    'priority',
    `Linear has no priority “${String(value)}”: it has ${PRIORITIES.slice(1).join(', ')}`,
  )
}

const personId = (value: ToolValue): string | null => {
  if (value === null || value === '') return null
  if (typeof value === 'string' && isUuid(value)) return value
  throw refused('owner', `“${String(value)}” is no id of a person in Linear`)
}

const dayOf = (value: ToolValue): string | null => {
  if (value === null || value === '') return null
  const day = /^\d{4}-\d{2}-\d{2}/.exec(String(value))?.[0]
  if (day === undefined) throw refused('due', `“${String(value)}” is no date`)
  return day
}

const estimateOf = (value: ToolValue): number | null => {
  if (value === null || value === '') return null
  const number = Number(value)
  if (Number.isInteger(number) && number >= 0 && number <= 1_000) return number
  throw refused('cf:Estimate', `“${String(value)}” is no estimate: Linear takes whole points`)
}

/** Of several labels only what comes and goes is written, so that a label somebody adds meanwhile stays. */
const labelsInput = async (
  fields: ToolFields,
  { catalog, settings, team, now }: Encoding,
): Promise<Input> => {
  if (fields.labels === undefined && fields.type === undefined) return {}
  const group = typeGroupOf(settings)
  if (fields.type !== undefined && group === null)
    throw refused('type', 'No label group for types is named in the settings of this connection')
  const current = now?.labelIds ?? []
  const known = await catalog.labelsOf(current)
  const isType = (id: string): boolean => group !== null && known.get(id)?.group === group
  const wanted = new Set<string>()
  if (fields.labels === undefined) for (const id of current.filter((one) => !isType(one))) wanted.add(id)
  else for (const name of listOf(fields.labels)) wanted.add(await catalog.labelId(team, name, 'labels'))
  if (fields.type === undefined) for (const id of current.filter(isType)) wanted.add(id)
  else
    for (const name of listOf(fields.type))
      wanted.add(await catalog.labelId(team, `${group}/${name}`, 'type'))
  if (now === null) return { labelIds: [...wanted] }
  return {
    addedLabelIds: [...wanted].filter((id) => !current.includes(id)),
    removedLabelIds: current.filter((id) => !wanted.has(id)),
  }
}

const releaseInput = async (value: ToolValue, { catalog, now }: Encoding): Promise<Input> => {
  const name = textOf('release', value)
  const wanted = name === '' ? [] : [await catalog.releaseId(name)]
  if (now === null) return { releaseIds: wanted }
  const current = (now.releases?.nodes ?? []).map(({ id }) => id)
  return {
    addedReleaseIds: wanted.filter((id) => !current.includes(id)),
    removedReleaseIds: current.filter((id) => !wanted.includes(id)),
  }
}

const fieldInput = async (
  field: ToolField,
  value: ToolValue,
  fields: ToolFields,
  encoding: Encoding,
): Promise<Input> => {
  const { catalog, team, now } = encoding
  const text = (): string => textOf(field, value)
  switch (field) {
    case 'title':
      if (text().trim() === '') throw refused('title', 'Linear keeps no issue without a title')
      return { title: text() }
    case 'description':
      return { description: text() }
    case 'status':
      return { stateId: await catalog.stateId(team, text()) }
    case 'container':
      return now === null ? {} : { teamId: (await catalog.team(team)).id }
    case 'priority':
      return { priority: priorityOf(value) }
    case 'owner':
      return { assigneeId: personId(value) }
    case 'component':
      return { projectId: text() === '' ? null : await catalog.projectId(text()) }
    case 'release':
      return releaseInput(value, encoding)
    case 'due':
      return { dueDate: dayOf(value) }
    case 'cf:Estimate':
      return { estimate: estimateOf(value) }
    case 'cf:Cycle':
      return { cycleId: text() === '' ? null : await catalog.cycleId(team, text()) }
    case 'cf:Milestone': {
      const project =
        fields.component === undefined ? now?.project?.name : textOf('component', fields.component)
      return { projectMilestoneId: text() === '' ? null : await catalog.milestoneId(text(), project || null) }
    }
    case 'labels':
    case 'type':
    case 'cf:Customers':
      return {}
    default:
      throw refused(field, `Linear does not let ${field} be written`)
  }
}

/** The input of a create or an update, without customers. */
export const issueInput = async (fields: ToolFields, encoding: Encoding): Promise<Input> => {
  const input: Record<string, unknown> = {}
  for (const [field, value] of entriesOf(fields))
    Object.assign(input, await fieldInput(field, value, fields, encoding))
  return { ...input, ...(await labelsInput(fields, encoding)) }
}

export const customersIn = (fields: ToolFields): readonly string[] | null => {
  const value = fields['cf:Customers']
  return value === undefined ? null : listOf(value)
}

/** `stageId`: asked only when the status is written. */
export const releaseInputOf = async (
  fields: ToolFields,
  stageId: (name: string) => Promise<string>,
): Promise<Input> => {
  const input: Record<string, unknown> = {}
  for (const [field, value] of entriesOf(fields)) {
    if (field === 'title') input['name'] = textOf(field, value)
    else if (field === 'description') input['description'] = textOf(field, value)
    else if (field === 'due') input['targetDate'] = dayOf(value)
    else if (field === 'cf:Version') input['version'] = textOf(field, value) || null
    else if (field === 'status') input['stageId'] = await stageId(textOf(field, value))
    else throw refused(field, `a release in Linear has no ${field} to write`)
  }
  return input
}

/** Linear takes or refuses; what it should show and does not was taken back by a rule of the team. */
const TOLD: readonly ToolField[] = [
  'status',
  'container',
  'priority',
  'owner',
  'component',
  'due',
  'cf:Estimate',
]

export const ignoredField = (fields: ToolFields, shown: ToolFields): ToolField | null =>
  TOLD.find((field) => {
    const sent = fields[field]
    if (sent === undefined) return false
    const plain = (value: ToolValue | undefined): string => (value == null ? '' : String(value))
    const is = plain(shown[field])
    return field === 'due' ? is !== plain(sent).slice(0, 10) : is !== plain(sent)
  }) ?? null
