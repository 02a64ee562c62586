import type { ToolField, ToolFields } from '../../sync/snapshot.ts'
import type { Settings } from './settings.ts'

/** Fields that are kept as labels with a beginning of their own: `priority: high`. Pure. */

export interface LabelField {
  readonly field: ToolField
  readonly prefix: string
}

const STANDARD: readonly ToolField[] = ['priority', 'component', 'status', 'type']

export const labelFieldsOf = (settings: Settings): readonly LabelField[] =>
  Object.entries(settings.labelFields ?? {}).map(([name, prefix]) => ({
    field: STANDARD.find((each) => each === name) ?? `cf:${name}`,
    prefix,
  }))

/** GitHub takes two labels that differ only in case for the same. */
const starts = (label: string, prefix: string): boolean =>
  label.toLowerCase().startsWith(prefix.toLowerCase()) && label.length > prefix.length

export const sameLabel = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

export const valueIn = (labels: readonly string[], prefix: string): string | null =>
  labels
    .filter((each) => starts(each, prefix))
    .sort()[0]
    ?.slice(prefix.length) ?? null

export const valuesIn = (labels: readonly string[], prefix: string): readonly string[] =>
  labels.filter((each) => starts(each, prefix)).map((each) => each.slice(prefix.length))

/** Labels that are no field. */
export const plainLabels = (labels: readonly string[], fields: readonly LabelField[]): readonly string[] =>
  labels.filter((each) => !fields.some(({ prefix }) => starts(each, prefix))).sort()

/** What each field kept as a label shows; `null` where there is none. */
export const labelValues = (labels: readonly string[], fields: readonly LabelField[]): ToolFields =>
  Object.fromEntries(fields.map(({ field, prefix }) => [field, valueIn(labels, prefix)]))

/** The labels as they must stand so that these fields show these values; others stay. */
export const labelsWith = (
  labels: readonly string[],
  fields: readonly LabelField[],
  written: ToolFields,
): readonly string[] => {
  const plain = Array.isArray(written.labels)
    ? written.labels.map(String)
    : written.labels === null
      ? []
      : plainLabels(labels, fields)
  const kept = fields.flatMap(({ field, prefix }) => {
    const value = written[field]
    if (value === undefined) return labels.filter((each) => starts(each, prefix))
    return typeof value === 'string' && value !== '' ? [`${prefix}${value}`] : []
  })
  return [...plain, ...kept]
}
