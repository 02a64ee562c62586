import type { Description } from '../../sync/connector.ts'
import type { RemotePerson } from '../../sync/snapshot.ts'
import { CLOSED, categoryOf, OPEN, personOf } from './convert.ts'
import { type LabelField, plainLabels, valuesIn } from './labels.ts'
import type { Project, Projects } from './projects.ts'
import type { Repositories } from './repositories.ts'

/** What the followed repositories offer. Four lists for each repository and one for each project, each remembered for five minutes. */

type Field = Description['fields'][number]

const unique = (words: readonly string[]): readonly string[] => [...new Set(words)].sort()

const fieldsOfProject = ({ name, mayWrite, fields }: Project): readonly Field[] =>
  fields.map((each) => ({
    field: each.field,
    title: `${name} · ${each.name}`,
    kind: each.kind,
    options: each.kind === 'choice' ? [...new Set(each.options.map((option) => option.name))] : null,
    writable: mayWrite,
  }))

const MAX_PEOPLE = 2_000

export const describeTool = async (
  repositories: Repositories,
  projects: Projects,
  labelFields: readonly LabelField[],
): Promise<Description> => {
  const followed = await repositories.followed()
  const labels: string[] = []
  const milestones: string[] = []
  const types: string[] = []
  const people = new Map<string, RemotePerson>()
  const containers: Description['containers'][number][] = []
  for (const at of followed) {
    const own = await repositories.types(at)
    containers.push({ id: at.name, title: at.wire.full_name, types: own })
    types.push(...own)
    labels.push(...(await repositories.labels(at)))
    milestones.push(...(await repositories.milestones(at)).map((each) => each.title))
    for (const each of await repositories.people(at))
      if (people.size < MAX_PEOPLE) people.set(String(each.id), personOf(each))
  }
  const statusLabels = labelFields
    .filter(({ field }) => field === 'status')
    .flatMap(({ prefix }) => valuesIn(labels, prefix))
  const words = [OPEN, ...unique(statusLabels).filter((each) => each !== OPEN), ...Object.keys(CLOSED)]
  const choice = (
    field: Field['field'],
    title: string,
    options: readonly string[],
    writable = true,
  ): Field => ({
    field,
    title,
    kind: 'choice',
    options,
    writable,
  })
  const person = (field: Field['field'], title: string, writable: boolean): Field => ({
    field,
    title,
    kind: 'person',
    options: null,
    writable,
  })
  const isLabelled = (name: string): boolean => labelFields.some(({ field }) => field === name)
  const fields: readonly Field[] = [
    { field: 'title', title: 'Title', kind: 'text', options: null, writable: true },
    { field: 'description', title: 'Description', kind: 'rich', options: null, writable: true },
    choice('status', 'State', words),
    choice(
      'container',
      'Repository',
      containers.map((each) => each.id),
      false,
    ),
    ...(isLabelled('type') ? [] : [choice('type', 'Type', unique(types))]),
    ...labelFields
      .filter(({ field }) => field !== 'status')
      .map(({ field, prefix }) => choice(field, field.replace(/^cf:/, ''), unique(valuesIn(labels, prefix)))),
    person('owner', 'Assignee', true),
    person('requester', 'Author', false),
    choice('release', 'Milestone', unique(milestones)),
    {
      field: 'labels',
      title: 'Labels',
      kind: 'set',
      options: unique(plainLabels(labels, labelFields)),
      writable: true,
    },
    ...(await projects.visible()).flatMap(fieldsOfProject),
  ]
  return {
    containers,
    fields,
    statuses: [...new Set(words)].map((word) => ({ word, category: categoryOf(word) })),
    transitions: null,
    people: [...people.values()],
  }
}
