import type { Description } from '../../sync/connector.ts'
import type { RemotePerson, ToolField } from '../../sync/snapshot.ts'
import { type Catalog, fieldsOf } from './catalog.ts'
import { type AzureClient, segment } from './client.ts'
import { belowProject, categoryOf, DUE, ownName, personOf } from './convert.ts'
import { iterationsIn } from './iterations.ts'
import { answers, readAs, type WireField, type WireNode, type WireType } from './schema.ts'
import { defaultTypeOf, type Settings } from './settings.ts'

/** What can be chosen in a mapping for this organisation. */

type Field = Description['fields'][number]

const MAX_TEAMS = 20
const MAX_MEMBERS = 500
const MAX_OPTIONS = 1_000

const READ_ONLY: readonly ToolField[] = ['requester']

const KINDS: Readonly<Record<string, Field['kind']>> = {
  html: 'rich',
  identity: 'person',
  integer: 'number',
  double: 'number',
  dateTime: 'date',
  boolean: 'choice',
}

const kindOf = ({ type, isIdentity }: WireField): Field['kind'] =>
  isIdentity === true ? 'person' : (KINDS[type] ?? 'text')

const unique = (words: readonly string[]): readonly string[] => [...new Set(words)].slice(0, MAX_OPTIONS)

/** Options of the type that new items get, by reference name; the lists of other types can differ. */
const optionsIn = async (
  client: AzureClient,
  settings: Settings,
  types: ReadonlyMap<string, readonly WireType[]>,
): Promise<ReadonlyMap<string, readonly string[]>> => {
  const options = new Map<string, readonly string[]>()
  for (const [project, known] of types) {
    const type = known.find(({ name }) => name === defaultTypeOf(settings))
    if (type === undefined) continue
    const path = `/${segment(project)}/_apis/wit/workitemtypes/${segment(type.name)}/fields`
    const answer = readAs(
      answers.typeFields,
      await client.get(path, { $expand: 'allowedValues' }),
      'its fields',
    )
    for (const { referenceName, allowedValues } of answer.value) {
      const words = (allowedValues ?? []).flatMap((one) =>
        typeof one === 'string' || typeof one === 'number' ? [String(one)] : [],
      )
      options.set(referenceName, unique([...(options.get(referenceName) ?? []), ...words]))
    }
  }
  return options
}

const areasIn = (node: WireNode, above: string): readonly string[] =>
  (node.children ?? []).flatMap((child) => {
    const path = `${above}\\${child.name}`
    return [belowProject(path) ?? '', ...areasIn(child, path)]
  })

/** Members of the projects’ teams: whom one can choose there. */
const peopleIn = async (
  client: AzureClient,
  catalog: Catalog,
  settings: Settings,
): Promise<readonly RemotePerson[]> => {
  const people = new Map<string, RemotePerson>()
  const projects = await catalog.projects()
  for (const name of settings.projects) {
    const project = projects.find((one) => one.name.toLowerCase() === name.toLowerCase())
    if (project === undefined) continue
    const path = `/_apis/projects/${segment(project.id)}/teams`
    const teams = readAs(answers.teams, await client.get(path, { $top: MAX_TEAMS }), 'its teams').value
    for (const team of teams) {
      const members = await client.get(`${path}/${segment(team.id)}/members`, { $top: MAX_MEMBERS })
      for (const { identity } of readAs(answers.members, members, 'the members of a team').value) {
        const person = personOf(identity)
        if (person !== null) people.set(person.id, person)
      }
    }
  }
  return [...people.values()]
}

export const describeTool = async (
  client: AzureClient,
  catalog: Catalog,
  settings: Settings,
): Promise<Description> => {
  const projects = await catalog.projects()
  const followed = projects.filter(({ name }) =>
    settings.projects.some((one) => one.toLowerCase() === name.toLowerCase()),
  )
  const types = new Map<string, readonly WireType[]>()
  const areas: string[] = []
  const releases: string[] = []
  const withReleases = settings.iterationsAsReleases ?? false
  for (const { name } of followed) {
    types.set(name, await catalog.types(name))
    areas.push(...areasIn(await catalog.nodes(name, 'Areas'), name))
    if (withReleases)
      releases.push(...iterationsIn(await catalog.nodes(name, 'Iterations'), name).map(({ path }) => path))
  }
  const all = [...types.values()].flat()
  const options = await optionsIn(client, settings, types)
  const states = all.flatMap((type) => type.states ?? [])
  const words = unique(states.map(({ name }) => name))
  const known = new Map((await catalog.fields()).map((one) => [one.referenceName, one]))
  const inTypes = new Set(all.flatMap((type) => fieldsOf(type).map(({ referenceName }) => referenceName)))

  const field = (
    name: ToolField,
    title: string,
    kind: Field['kind'],
    choice: readonly string[] | null = null,
    writable = !READ_ONLY.includes(name),
  ): Field => ({ field: name, title, kind, options: choice, writable })

  const own = [...inTypes].flatMap((reference): readonly Field[] => {
    const definition = known.get(reference)
    const name = ownName(reference, { fields: known, iterationsAsReleases: withReleases })
    if (definition === undefined || name === null) return []
    const choice = options.get(reference) ?? []
    const isChoice = choice.length > 0 && kindOf(definition) === 'text'
    return [
      field(
        name,
        definition.name,
        isChoice ? 'choice' : kindOf(definition),
        isChoice ? choice : null,
        definition.readOnly !== true,
      ),
    ]
  })

  return {
    containers: projects.map(({ name }) => ({
      id: name,
      title: name,
      types: (types.get(name) ?? []).map((type) => type.name),
    })),
    fields: [
      field('title', 'Title', 'text'),
      field('description', 'Description', 'rich'),
      field('status', 'State', 'choice', words),
      field('type', 'Work item type', 'choice', unique(all.map(({ name }) => name))),
      field('container', 'Project', 'choice', unique(projects.map(({ name }) => name))),
      field('priority', 'Priority', 'choice', options.get('Microsoft.VSTS.Common.Priority') ?? null),
      field('owner', 'Assigned to', 'person'),
      field('requester', 'Created by', 'person'),
      field('component', 'Area', 'choice', unique(areas)),
      field('labels', 'Tags', 'set'),
      ...(inTypes.has(DUE) ? [field('due', 'Due date', 'date')] : []),
      ...(withReleases ? [field('release', 'Iteration', 'choice', unique(releases))] : []),
      ...own,
    ],
    statuses: words.map((word) => ({
      word,
      category: categoryOf(states.find(({ name }) => name === word)?.category),
    })),
    transitions: movesIn(all, new Set(words)),
    people: await peopleIn(client, catalog, settings),
  }
}

/** Of all types together; each item tells its own in `nextStatuses`. */
const movesIn = (types: readonly WireType[], words: ReadonlySet<string>): Description['transitions'] => {
  const moves = new Map<string, { from: string; to: string }>()
  for (const { transitions } of types)
    for (const [from, targets] of Object.entries(transitions ?? {}))
      for (const { to } of targets ?? [])
        if (from !== to && words.has(from) && words.has(to)) moves.set(`${from}\n${to}`, { from, to })
  return moves.size === 0 ? null : [...moves.values()]
}
