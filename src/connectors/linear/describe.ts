import type { Description } from '../../sync/connector.ts'
import type { StatusCategory, ToolField } from '../../sync/snapshot.ts'
import type { Catalog } from './catalog.ts'
import type { LinearClient } from './client.ts'
import { categoryOf, cycleName, PRIORITIES } from './convert.ts'
import { customersOf, type Settings, typeGroupOf } from './settings.ts'

/** What can be chosen in a mapping for this workspace. */

type Field = Description['fields'][number]

const field = (
  name: ToolField,
  title: string,
  kind: Field['kind'],
  options: readonly string[] | null = null,
  writable = true,
): Field => ({ field: name, title, kind, options, writable })

const unique = (values: readonly string[]): readonly string[] => [...new Set(values)]

type Status = Description['statuses'][number]

/** The same word in two teams counts once; where they mean it differently, nothing is said of its meaning. */
const statusesOf = (
  states: readonly { readonly name: string; readonly type: string }[],
): readonly Status[] => {
  const found = new Map<string, StatusCategory>()
  for (const { name, type } of states) {
    const category = categoryOf(type)
    found.set(name, found.has(name) && found.get(name) !== category ? null : category)
  }
  return [...found].map(([word, category]) => ({ word, category }))
}

export const describeTool = async (
  client: LinearClient,
  catalog: Catalog,
  settings: Settings,
): Promise<Description> => {
  const { teams } = await catalog.workspace()
  const extent = await catalog.extent()
  const labels = [...(await catalog.labels()).values()].filter(
    ({ team }) => team === null || settings.teams.includes(team),
  )
  const group = typeGroupOf(settings)
  const types = labels.flatMap((one) =>
    group !== null && one.group === group ? [one.name.slice(group.length + 1)] : [],
  )
  const { projects, cycles } = await client.ask('places', { teams: settings.teams })
  const releases = extent.releases ? (await client.ask('releaseNames', {})).releases.nodes : []
  const states = teams.nodes.flatMap((team) => [...team.states.nodes].sort((a, b) => a.position - b.position))
  const statuses = statusesOf([...states, ...releases.map(({ stage }) => stage)])
  const ofReleases = extent.releases
    ? [
        field('release', 'Release', 'choice', unique(releases.map(({ name }) => name))),
        field('cf:Version', 'Version (of a release)', 'text'),
      ]
    : []
  const ofTypes = group === null ? [] : [field('type', group, 'choice', unique(types))]
  const ofCustomers =
    extent.customers && customersOf(settings) !== null ? [field('cf:Customers', 'Customers', 'set')] : []
  return {
    containers: teams.nodes.map(({ key, name }) => ({ id: key, title: name, types: unique(types) })),
    fields: [
      field('title', 'Title', 'text'),
      field('description', 'Description', 'rich'),
      field(
        'status',
        'Status',
        'choice',
        statuses.map(({ word }) => word),
      ),
      ...ofTypes,
      field(
        'container',
        'Team',
        'choice',
        teams.nodes.map(({ key }) => key),
      ),
      field(
        'priority',
        'Priority',
        'choice',
        PRIORITIES.flatMap((one) => one ?? []),
      ),
      field('owner', 'Assignee', 'person'),
      field('requester', 'Creator', 'person', null, false),
      field('component', 'Project', 'choice', unique(projects.nodes.map(({ name }) => name))),
      ...ofReleases,
      field(
        'labels',
        'Labels',
        'set',
        unique(labels.filter((one) => group === null || one.group !== group).map(({ name }) => name)),
      ),
      field('due', 'Due date', 'date'),
      field('cf:Estimate', 'Estimate', 'number'),
      field(
        'cf:Milestone',
        'Project milestone',
        'choice',
        unique(
          projects.nodes.flatMap(({ projectMilestones }) => projectMilestones.nodes.map(({ name }) => name)),
        ),
      ),
      field('cf:Cycle', 'Cycle', 'choice', unique(cycles.nodes.map(cycleName))),
      field('cf:CausewayKey', 'Key in Causeway', 'text', null, false),
      ...ofCustomers,
    ],
    statuses,
    // every status of the team may be set
    transitions: null,
    people: (await catalog.people()).map(({ id, name, email }) => ({ id, name, email })),
  }
}
