import type { Description } from '../../sync/connector.ts'
import type { ToolField } from '../../sync/snapshot.ts'
import type { Catalog } from './catalog.ts'
import { personOf } from './convert.ts'
import { BRAND, type Field, FORM, NO_GROUP, nextWords, ORGANIZATION, type Words } from './words.ts'

/** What can be chosen in a mapping for this Zendesk. */

type Described = Description['fields'][number]

const field = (
  name: ToolField,
  title: string,
  kind: Described['kind'],
  options: readonly string[] | null = null,
): Described => ({ field: name, title, kind, options, writable: name !== 'url' })

const KINDS: Readonly<Record<string, Described['kind']>> = {
  tagger: 'choice',
  checkbox: 'choice',
  multiselect: 'set',
  integer: 'number',
  decimal: 'number',
  date: 'date',
}

const TYPES = ['question', 'incident', 'problem', 'task']
const PRIORITIES = ['low', 'normal', 'high', 'urgent']

const customField = (own: Field): Described =>
  field(
    `cf:${own.label}`,
    own.label,
    KINDS[own.type] ?? 'text',
    own.options.size > 0 ? [...new Set(own.options.values())] : null,
  )

const labelsOf = (labels: Words['groups']): readonly string[] => [...labels.byLabel.keys()]

export const describeTool = async (catalog: Catalog): Promise<Description> => {
  const words = await catalog.words()
  const agents = await catalog.agents()
  const statuses = words.statuses.filter(({ active }) => active)
  const containers = [...labelsOf(words.groups), NO_GROUP]
  return {
    containers: containers.map((id) => ({
      id,
      title: id === NO_GROUP ? 'Without a group' : id,
      types: TYPES,
    })),
    fields: [
      field('title', 'Subject', 'text'),
      field('description', 'First comment', 'rich'),
      field(
        'status',
        'Status',
        'choice',
        statuses.map(({ word }) => word),
      ),
      field('type', 'Type', 'choice', TYPES),
      field('container', 'Group', 'choice', containers),
      field('priority', 'Priority', 'choice', PRIORITIES),
      field('owner', 'Assignee', 'person'),
      field('requester', 'Requester', 'person'),
      field('labels', 'Tags', 'set'),
      field('due', 'Due date of a task', 'date'),
      field('url', 'Address', 'text'),
      field(`cf:${ORGANIZATION}`, 'Organisation', 'text'),
      field(`cf:${BRAND}`, 'Brand', 'choice', labelsOf(words.brands)),
      field(`cf:${FORM}`, 'Ticket form', 'choice', labelsOf(words.forms)),
      ...[...words.fieldsByLabel.values()].map(customField),
    ],
    // One that was switched off still stands on tickets.
    statuses: words.statuses.map(({ word, category }) => ({ word, category })),
    transitions: statuses.flatMap((from) => nextWords(words, from).map((to) => ({ from: from.word, to }))),
    people: agents.flatMap((each) => (each.id === null ? [] : [personOf(each.id, [each])])),
  }
}
