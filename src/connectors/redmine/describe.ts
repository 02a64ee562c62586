import type { Description } from '../../sync/connector.ts'
import type { RemotePerson, ToolField } from '../../sync/snapshot.ts'
import { type Catalog, MAX_PEOPLE_AT_ONCE } from './catalog.ts'
import type { RedmineClient } from './client.ts'
import { type KnownUser, personOf } from './convert.ts'
import type { Named, Settings, WireAdminCustomField } from './schema.ts'

/** What can be chosen in a mapping for this Redmine. */

/** People whose e-mail address is asked for; the rest is known by id and name. */
const MAX_PEOPLE = 200

type Field = Description['fields'][number]

const field = (
  name: ToolField,
  title: string,
  kind: Field['kind'],
  options: readonly string[] | null = null,
): Field => ({
  field: name,
  title,
  kind,
  options,
  writable: name !== 'requester',
})

const KINDS: Readonly<Record<string, Field['kind']>> = {
  list: 'choice',
  enumeration: 'choice',
  version: 'choice',
  bool: 'choice',
  user: 'person',
  int: 'number',
  float: 'number',
  date: 'date',
}

const customField = (defined: WireAdminCustomField): Field => {
  const kind = defined.multiple ? 'set' : (KINDS[defined.field_format] ?? 'text')
  const options = defined.possible_values?.map((each) => each.value) ?? null
  return field(`cf:${defined.name}`, defined.name, kind, defined.field_format === 'list' ? options : null)
}

/** Only an administrator learns formats and options; others the names alone. */
const customFields = async (
  client: RedmineClient,
  catalog: Catalog,
  settings: Settings,
): Promise<readonly Field[]> => {
  const defined = await client.customFields()
  if (defined !== null) return defined.map(customField)
  const names = new Set([
    ...(await catalog.customFields()).map((each) => each.name),
    ...Object.keys(settings.customFieldIds ?? {}),
  ])
  return [...names].map((name) => field(`cf:${name}`, name, 'text'))
}

const namesOf = (rows: readonly Named[]): readonly string[] => [...new Set(rows.map((each) => each.name))]

const peopleIn = async (
  client: RedmineClient,
  catalog: Catalog,
  settings: Settings,
): Promise<readonly RemotePerson[]> => {
  const members = new Map<number, Named>()
  for (const identifier of settings.projects) {
    // A project that is gone or hidden is named by `check`; it has nobody to offer.
    if ((await catalog.projectDetails(identifier)) === null) continue
    for (const each of await client.members(identifier)) members.set(each.id, each)
  }
  // The catalog asks for a few people at a time.
  const ids = [...members.keys()].slice(0, MAX_PEOPLE)
  const known = new Map<number, KnownUser>()
  for (let at = 0; at < ids.length; at += MAX_PEOPLE_AT_ONCE) {
    for (const [id, user] of await catalog.users(ids.slice(at, at + MAX_PEOPLE_AT_ONCE))) known.set(id, user)
  }
  return [...members.values()].map((each) => personOf(each, known.get(each.id)))
}

export const describeTool = async (
  client: RedmineClient,
  catalog: Catalog,
  settings: Settings,
): Promise<Description> => {
  const projects = await catalog.projects()
  const statuses = await catalog.statuses()
  const categories: Named[] = []
  const versions: Named[] = []
  for (const identifier of settings.projects) {
    categories.push(...((await catalog.projectDetails(identifier))?.issue_categories ?? []))
    versions.push(...((await catalog.versionsOf(identifier)) ?? []))
  }
  return {
    containers: projects.map((each) => ({
      id: each.identifier,
      title: each.name,
      types: namesOf(each.trackers ?? []),
    })),
    fields: [
      field('title', 'Subject', 'text'),
      field('description', 'Description', 'rich'),
      field(
        'status',
        'Status',
        'choice',
        statuses.map((each) => each.name),
      ),
      field('type', 'Tracker', 'choice', namesOf(await catalog.trackers())),
      field(
        'container',
        'Project',
        'choice',
        projects.map((each) => each.identifier),
      ),
      field('priority', 'Priority', 'choice', namesOf(await catalog.priorities())),
      field('owner', 'Assignee', 'person'),
      field('requester', 'Author', 'person'),
      field('component', 'Category', 'choice', namesOf(categories)),
      field('release', 'Target version', 'choice', namesOf(versions)),
      field('due', 'Due date', 'date'),
      ...(await customFields(client, catalog, settings)),
    ],
    statuses: statuses.map((each) => ({
      word: each.name,
      category: each.is_closed === undefined ? null : each.is_closed ? 'done' : 'open',
    })),
    // The workflow depends on role, tracker and author, and is not told; each issue tells its `nextStatuses`.
    transitions: null,
    people: await peopleIn(client, catalog, settings),
  }
}
