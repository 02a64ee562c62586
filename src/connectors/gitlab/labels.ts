import type { ToolField, ToolFields, ToolValue } from '../../sync/snapshot.ts'
import type { Settings } from './settings.ts'

/**
 * Scoped labels as fields: `priority::1` is the value `1` of the field that the settings give to the scope `priority`.
 * A scope is all before the last `::`, as GitLab has it.
 */

export type LabelFields = ReadonlyMap<string, ToolField>

/** A field that is no label's business is left alone: `check` names it. */
export const labelFieldsOf = (settings: Settings): LabelFields =>
  new Map(
    Object.entries(settings.labelFields ?? {}).flatMap(([scope, field]): [string, ToolField][] => {
      const known = asField(field)
      return known === null ? [] : [[scope, known]]
    }),
  )

/** `type` is GitLab's own (issue, incident, task), so a scope cannot be one. */
const OWN: readonly string[] = [
  'cf:confidential',
  'cf:assignees',
  'cf:weight',
  'cf:health_status',
  'cf:severity',
]

export const asField = (word: string): ToolField | null => {
  if (word === 'status' || word === 'priority' || word === 'component') return word
  return /^cf:\S/.test(word) && !OWN.includes(word) ? `cf:${word.slice(3)}` : null
}

export const scopeOf = (label: string): { readonly scope: string; readonly value: string } | null => {
  const at = label.lastIndexOf('::')
  return at <= 0 || at + 2 >= label.length ? null : { scope: label.slice(0, at), value: label.slice(at + 2) }
}

export const scopeOfField = (field: ToolField, fields: LabelFields): string | null =>
  [...fields].find(([, each]) => each === field)?.[0] ?? null

/** Labels of a scope that is a field. Only the Free edition lets an issue have several: the first one counts. */
export const valueOfScope = (labels: readonly string[], scope: string): string | null =>
  [...labels]
    .sort()
    .map(scopeOf)
    .find((each) => each?.scope === scope)?.value ?? null

export const plainLabels = (labels: readonly string[], fields: LabelFields): readonly string[] =>
  labels.filter((label) => !fields.has(scopeOf(label)?.scope ?? '')).sort()

/** Every field that scopes stand for, but the status, which the state has a part in. */
export const labelValues = (labels: readonly string[], fields: LabelFields): ToolFields =>
  Object.fromEntries(
    [...fields]
      .filter(([, field]) => field !== 'status')
      .map(([scope, field]): [ToolField, ToolValue] => [field, valueOfScope(labels, scope)]),
  )
