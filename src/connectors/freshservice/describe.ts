import type { Description } from '../../sync/connector.ts'
import type { StatusCategory, ToolField } from '../../sync/snapshot.ts'
import { type Catalog, personOf } from './catalog.ts'
import { categoryOf, containerOf, INFO, type Scope } from './kinds.ts'
import { DATES, DEPARTMENT, type Field, type Form, GROUP, type Labels, TEXTS } from './words.ts'

/** What can be chosen in a mapping for this Freshservice: of all its forms together, each word once. */

type Described = Description['fields'][number]

const READ_ONLY: readonly ToolField[] = ['url', 'type', 'container']

const field = (
  name: ToolField,
  title: string,
  kind: Described['kind'],
  options: readonly string[] | null = null,
): Described => ({ field: name, title, kind, options, writable: !READ_ONLY.includes(name) })

const kindOf = ({ type }: Field): Described['kind'] => {
  if (/multi_select/.test(type)) return 'set'
  if (/number|decimal/.test(type)) return 'number'
  if (/date/.test(type)) return 'date'
  return /dropdown|radio|checkbox/.test(type) ? 'choice' : 'text'
}

const wordsOf = (labels: readonly Labels[]): readonly string[] => [
  ...new Set(labels.flatMap(({ byLabel }) => [...byLabel.keys()])),
]

const TITLES: Readonly<Record<string, string>> = {
  category: 'Category',
  sub_category: 'Sub-category',
  item_category: 'Item',
  planned_start_date: 'Planned start',
  planned_end_date: 'Planned end',
}

const statusesIn = (forms: readonly { readonly scope: Scope; readonly form: Form }[]) => {
  const found = new Map<string, StatusCategory>()
  for (const { scope, form } of forms)
    for (const [id, word] of form.choices.status.byId)
      if (!found.has(word)) found.set(word, categoryOf(scope.kind, id, word))
  return [...found].map(([word, category]) => ({ word, category }))
}

export const describeTool = async (catalog: Catalog, scopes: readonly Scope[]): Promise<Description> => {
  const forms: { readonly scope: Scope; readonly form: Form }[] = []
  for (const scope of scopes) forms.push({ scope, form: await catalog.form(scope) })
  const names = await catalog.names()
  const titles = new Map((await catalog.workspaces()).map(({ id, name }) => [id, name]))
  const agents = await catalog.agents()
  const statuses = statusesIn(forms)
  const choices = (name: keyof Form['choices']) => wordsOf(forms.map(({ form }) => form.choices[name]))
  const has = (kind: Scope['kind']): boolean => scopes.some((each) => each.kind === kind)
  const categories = [...new Set(forms.flatMap(({ form }) => form.categories ?? []))]
  const own = new Map(forms.flatMap(({ form }) => [...form.byLabel]))
  const titleOf = ({ kind, workspace }: Scope): string => {
    const plural = INFO[kind].plural.replace(/^./, (letter) => letter.toUpperCase())
    return workspace === null ? plural : `${plural} of ${titles.get(workspace) ?? `workspace ${workspace}`}`
  }
  return {
    containers: scopes.map((scope) => ({
      id: containerOf(scope),
      title: titleOf(scope),
      types: scope.kind === 'ticket' ? ['Incident', 'Service Request'] : [],
    })),
    fields: [
      field('title', 'Subject', 'text'),
      field('description', 'Description', 'rich'),
      field(
        'status',
        'Status',
        'choice',
        statuses.map(({ word }) => word),
      ),
      field('type', 'Type', 'choice', ['Incident', 'Service Request']),
      field('container', 'Kind and workspace', 'choice', scopes.map(containerOf)),
      field('priority', 'Priority', 'choice', choices('priority')),
      field('owner', 'Agent', 'person'),
      field('requester', 'Requester', 'person'),
      field('due', 'Due by', 'date'),
      field('url', 'Address', 'text'),
      field('cf:impact', 'Impact', 'choice', choices('impact')),
      field(`cf:${GROUP}`, 'Group', 'choice', wordsOf([names.groups])),
      field(`cf:${DEPARTMENT}`, 'Department', 'choice', wordsOf([names.departments])),
      ...TEXTS.map((name) =>
        field(`cf:${name}`, TITLES[name] ?? name, 'choice', name === 'category' ? categories : null),
      ),
      ...(has('ticket')
        ? [
            field('labels', 'Tags', 'set'),
            field('cf:urgency', 'Urgency', 'choice', choices('urgency')),
            field('cf:source', 'Source', 'choice', choices('source')),
          ]
        : []),
      ...(has('change')
        ? [
            field('cf:risk', 'Risk', 'choice', choices('risk')),
            field('cf:change_type', 'Change type', 'choice', choices('change_type')),
            ...DATES.map((name) => field(`cf:${name}`, TITLES[name] ?? name, 'date')),
          ]
        : []),
      ...[...own.values()].map((each) => field(`cf:${each.label}`, each.label, kindOf(each), each.options)),
    ],
    statuses,
    // Any status can follow any other; what a closing form or a change's own flow forbids, Freshservice says then.
    transitions: null,
    people: agents.filter(({ active }) => active !== false).map(personOf),
  }
}
