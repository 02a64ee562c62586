import type { Description } from '../../sync/connector.ts'
import type { ToolField } from '../../sync/snapshot.ts'
import type { WireProject } from './answers.ts'
import type { Catalog } from './catalog.ts'
import type { JiraClient } from './client.ts'
import { categoryOf, personOf } from './convert.ts'
import type { Desk } from './desk.ts'
import type { KnownField } from './field-index.ts'
import { STANDARD } from './field-index.ts'
import type { JiraSettings } from './settings.ts'
import { shownValue } from './values.ts'

/** What can be chosen in a mapping for this Jira. */

/** Of these the steps of the workflow are learnt: Jira tells the workflow itself to administrators only. */
const SAMPLE = 100
/** Screens of new issues that are read for options: a project and a type each. */
const MAX_SCREENS = 30

type Field = Description['fields'][number]
type Options = ReadonlyMap<string, readonly string[]>

const unique = (names: readonly string[]): readonly string[] => [...new Set(names)]

const KINDS: Readonly<Record<string, Field['kind']>> = {
  option: 'choice',
  'option-with-child': 'choice',
  priority: 'choice',
  resolution: 'choice',
  version: 'choice',
  user: 'person',
  number: 'number',
  date: 'date',
  datetime: 'date',
  array: 'set',
}
/** Shown only: they are computed, or kept by apps. */
const READ_ONLY =
  /:(sd-sla-field|sd-customer-organizations|sd-request-feedback|sd-request-feedback-date|sd-approvals|gh-sprint|gh-epic-link|readonlyfield|importid)$/
const WRITABLE = new Set([
  ...['string', 'number', 'date', 'datetime', 'option', 'option-with-child', 'user', 'version', 'group'],
  ...['priority', 'resolution', 'project'],
])

const isWritable = ({ schema }: KnownField): boolean =>
  !READ_ONLY.test(schema.custom ?? '') &&
  (schema.type === 'array'
    ? WRITABLE.has(schema.items ?? '') || schema.items === 'component'
    : WRITABLE.has(schema.type))

const customField = (known: KnownField, options: Options): Field => {
  const isRich = known.schema.custom?.endsWith(':textarea') || known.id === 'environment'
  return {
    field: known.field,
    title: known.title,
    kind: isRich ? 'rich' : (KINDS[known.schema.type] ?? 'text'),
    options: options.get(known.id) ?? null,
    writable: isWritable(known),
  }
}

/** By the screens of new issues, which name what each field allows there. */
const optionsOf = async (
  client: JiraClient,
  projects: readonly WireProject[],
  custom: readonly KnownField[],
): Promise<Options> => {
  const screens = projects
    .flatMap((project) =>
      (project.issueTypes ?? []).map((type) => ({ key: project.key, type: String(type.id) })),
    )
    .slice(0, MAX_SCREENS)
  const known = new Map(custom.map((each) => [each.id, each]))
  const priority: KnownField = { id: 'priority', title: '', field: 'priority', schema: { type: 'priority' } }
  const found = new Map<string, readonly string[]>()
  for (const { key, type } of screens) {
    for (const { fieldId, allowedValues } of await client.metaFields(key, type)) {
      const field = fieldId === 'priority' ? priority : known.get(fieldId)
      if (field === undefined || !allowedValues) continue
      const words = allowedValues.map((each) => shownValue(field, each, client.cloud))
      const texts = words.filter((each) => typeof each === 'string')
      found.set(fieldId, unique([...(found.get(fieldId) ?? []), ...texts]))
    }
  }
  return found
}

/** Moves that Jira offers from some issues. Not all there are: what is missing is held, not tried. */
const movesOf = async (client: JiraClient, settings: JiraSettings): Promise<Description['transitions']> => {
  const projects = settings.projects.map((key) => `"${key}"`).join(', ')
  const issues = await client.steps(`project in (${projects}) ORDER BY updated DESC`, SAMPLE)
  const moves = new Map<string, { from: string; to: string }>()
  for (const { fields, transitions } of issues) {
    const status = fields['status']
    if (status === null || typeof status !== 'object' || !('name' in status)) continue
    const from = String(status.name)
    for (const { to } of transitions ?? [])
      if (to.name !== from) moves.set(`${from}\u0000${to.name}`, { from, to: to.name })
  }
  return [...moves.values()]
}

const LABELS: readonly (readonly [ToolField, string, Field['kind']])[] = [
  ['title', 'Summary', 'text'],
  ['description', 'Description', 'rich'],
  ['status', 'Status', 'choice'],
  ['type', 'Type', 'choice'],
  ['container', 'Project', 'choice'],
  ['priority', 'Priority', 'choice'],
  ['owner', 'Assignee', 'person'],
  ['requester', 'Reporter', 'person'],
  ['component', 'Components', 'choice'],
  ['release', 'Fix versions', 'choice'],
  ['labels', 'Labels', 'set'],
  ['due', 'Due date', 'date'],
]

export const describeTool = async (
  client: JiraClient,
  catalog: Catalog,
  settings: JiraSettings,
  desk: Desk,
): Promise<Description> => {
  const found = await Promise.all(settings.projects.map((key) => catalog.project(key)))
  const projects = found.filter((each) => each !== null)
  const typeNames = (project: WireProject) =>
    unique((project.issueTypes ?? []).filter((each) => each.subtask !== true).map((each) => each.name))
  const statuses = new Map<string, Description['statuses'][number]>()
  for (const { key } of projects)
    for (const status of await client.typeStatuses(key))
      statuses.set(status.name, { word: status.name, category: categoryOf(status) })
  const { custom } = await catalog.fieldsAgain()
  const options = await optionsOf(client, projects, custom)
  const moves = (await movesOf(client, settings))?.filter(
    ({ from, to }) => statuses.has(from) && statuses.has(to),
  )
  const choices: Readonly<Partial<Record<ToolField, readonly string[]>>> = {
    status: [...statuses.keys()],
    type: unique(projects.flatMap(typeNames)),
    container: projects.map((each) => each.key),
    component: unique(projects.flatMap((each) => (each.components ?? []).map(({ name }) => name))),
    release: unique(projects.flatMap((each) => (each.versions ?? []).map(({ name }) => name))),
    ...(options.has(STANDARD.priority ?? '') ? { priority: options.get('priority') ?? [] } : {}),
  }
  const people = (await client.assignable(projects.map((each) => each.key)))
    .filter((each) => each.accountType !== 'app')
    .map((each) => personOf(each, client.cloud))
    .filter((each) => each !== null)
  return desk.describe(client, {
    containers: projects.map((each) => ({ id: each.key, title: each.name, types: typeNames(each) })),
    fields: [
      ...LABELS.map(([field, title, kind]) => ({
        field,
        title,
        kind,
        options: choices[field] ?? null,
        writable: field !== 'container',
      })),
      ...custom.map((each) => customField(each, options)),
    ],
    statuses: [...statuses.values()],
    transitions: moves ?? null,
    people: [...new Map(people.map((each) => [each.id, each])).values()],
  })
}
