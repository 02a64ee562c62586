import type { StandardToolField, ToolField } from '../../sync/snapshot.ts'
import type { WireField, WireFieldSchema } from './answers.ts'

/**
 * Jira's fields by our names and by its ids. A custom field is `cf:` and its name; where two have one name, which Jira
 * allows, both are `cf:` and their ids, so that no value ever goes into the other one.
 */
export interface KnownField {
  readonly id: string
  readonly title: string
  readonly field: ToolField
  readonly schema: WireFieldSchema
}

export interface FieldIndex {
  readonly custom: readonly KnownField[]
  readonly byId: (id: string) => KnownField | null
  readonly byField: (field: ToolField) => KnownField | null
  /** Our word for the field that a refusal or a history names. */
  readonly toolField: (id: string) => ToolField | null
}

export const STANDARD: Readonly<Partial<Record<StandardToolField, string>>> = {
  title: 'summary',
  description: 'description',
  status: 'status',
  type: 'issuetype',
  container: 'project',
  priority: 'priority',
  owner: 'assignee',
  requester: 'reporter',
  component: 'components',
  release: 'fixVersions',
  labels: 'labels',
  due: 'duedate',
}

/** Of the system's own fields those that people fill in and that have no name of ours. */
const SYSTEM: readonly string[] = ['resolution', 'environment']
/** Shown by Jira, but never a value: computed by apps, kept for boards. */
const SILENT = /:gh-lexo-rank$/

const isCustomShown = (field: WireField): boolean =>
  (field.custom && !SILENT.test(field.schema?.custom ?? '')) || SYSTEM.includes(field.id)

export const fieldIndex = (fields: readonly WireField[]): FieldIndex => {
  const shown = fields.filter(isCustomShown)
  const times = new Map<string, number>()
  for (const { name } of shown) times.set(name, (times.get(name) ?? 0) + 1)
  const custom = shown.map(
    ({ id, name, schema }): KnownField => ({
      id,
      title: name,
      field: `cf:${(times.get(name) ?? 0) > 1 ? id : name}`,
      schema: schema ?? { type: 'any' },
    }),
  )
  const ids = new Map(custom.map((each) => [each.id, each]))
  const names = new Map<string, KnownField>([
    ...custom.map((each): [string, KnownField] => [`cf:${each.id}`, each]),
    ...custom.map((each): [string, KnownField] => [each.field, each]),
  ])
  const standard = new Map<string, ToolField>(
    Object.entries(STANDARD).map(([field, id]) => [id, field as StandardToolField]),
  )
  return {
    custom,
    byId: (id) => ids.get(id) ?? null,
    byField: (field) => names.get(field) ?? null,
    toolField: (id) => standard.get(id) ?? ids.get(id)?.field ?? null,
  }
}
