import type { Description } from '../../sync/connector.ts'
import type { RemotePerson, ToolField } from '../../sync/snapshot.ts'
import type { Catalog } from './catalog.ts'
import type { GitLabClient } from './client.ts'
import { personOf } from './convert.ts'
import { TYPES } from './encode.ts'
import { labelFieldsOf, plainLabels, scopeOf, scopeOfField } from './labels.ts'
import type { WireMember, WireProject } from './schema.ts'
import type { Settings } from './settings.ts'

/** What can be chosen in a mapping for this GitLab. */

type Field = Description['fields'][number]

const READ_ONLY: readonly ToolField[] = ['requester', 'cf:severity']

const field = (
  name: ToolField,
  title: string,
  kind: Field['kind'],
  options: readonly string[] | null = null,
): Field => ({ field: name, title, kind, options, writable: !READ_ONLY.includes(name) })

const unique = (values: readonly string[]): readonly string[] => [...new Set(values)].sort()

const projectsOf = async (settings: Settings, catalog: Catalog): Promise<readonly WireProject[]> => {
  const found = new Map<number, WireProject>()
  for (const path of settings.projects) {
    const project = await catalog.project(path)
    if (project !== null) found.set(project.id, project)
  }
  return [...found.values()]
}

const peopleOf = async (
  projects: readonly WireProject[],
  client: GitLabClient,
  catalog: Catalog,
): Promise<readonly RemotePerson[]> => {
  const members = new Map<number, WireMember>()
  for (const project of projects)
    for (const each of (await client.members(project.id)) ?? [])
      if ((each.state ?? 'active') === 'active') members.set(each.id, each)
  const emailOf = await catalog.emails([...members.keys()])
  return [...members.values()].map((each) => personOf(each, emailOf))
}

const STANDARD_TITLES: Readonly<Record<string, string>> = {
  priority: 'Priority',
  component: 'Component',
}

export const describeTool = async (
  client: GitLabClient,
  catalog: Catalog,
  settings: Settings,
): Promise<Description> => {
  const labelFields = labelFieldsOf(settings)
  const projects = await projectsOf(settings, catalog)
  const labels: string[] = []
  const milestones: string[] = []
  for (const project of projects) {
    labels.push(...(await catalog.labels(project.id)))
    milestones.push(...(await catalog.milestones(project.id)).map(({ title }) => title))
  }
  const valuesOf = (scope: string): readonly string[] =>
    unique(labels.map(scopeOf).flatMap((each) => (each?.scope === scope ? [each.value] : [])))
  const statusScope = scopeOfField('status', labelFields)
  const words = unique(['opened', ...(statusScope === null ? [] : valuesOf(statusScope))]).filter(
    (word) => word !== 'closed',
  )
  const scoped = [...labelFields]
    .filter(([, name]) => name !== 'status')
    .map(([scope, name]) => field(name, STANDARD_TITLES[name] ?? name.slice(3), 'choice', valuesOf(scope)))
  return {
    containers: projects.map((each) => ({
      id: each.path_with_namespace,
      title: each.name,
      types: TYPES,
    })),
    fields: [
      field('title', 'Title', 'text'),
      field('description', 'Description', 'rich'),
      field('status', 'Status', 'choice', [...words, 'closed']),
      field('type', 'Type', 'choice', TYPES),
      field(
        'container',
        'Project',
        'choice',
        projects.map((each) => each.path_with_namespace),
      ),
      field('owner', 'Assignee', 'person'),
      field('requester', 'Author', 'person'),
      field('release', 'Milestone', 'choice', unique(milestones)),
      field('labels', 'Labels', 'set', plainLabels(unique(labels), labelFields)),
      field('due', 'Due date', 'date'),
      field('cf:confidential', 'Confidential', 'choice', ['true', 'false']),
      field('cf:assignees', 'Further assignees', 'set'),
      field('cf:weight', 'Weight', 'number'),
      field('cf:health_status', 'Health', 'choice', ['on_track', 'needs_attention', 'at_risk']),
      field('cf:severity', 'Severity', 'choice'),
      ...scoped.filter((each, at) => scoped.findIndex((one) => one.field === each.field) === at),
    ],
    statuses: [
      ...words.map((word) => ({ word, category: 'open' as const })),
      { word: 'closed', category: 'done' as const },
    ],
    // Any status can be set from any other.
    transitions: null,
    people: await peopleOf(projects, client, catalog),
  }
}
