import { INFO, type Kind } from './kinds.ts'
import { isChoices, type Named, type WireFormField } from './schema.ts'

/**
 * Numbers and labels of one form: people read and map labels, the API speaks in numbers. Pure. Of two things with one
 * name each is called by its name and number.
 */

/** Fields of ours with numbered choices, by their member there and the type of field that tells the choices. */
export const NUMBERED = ['status', 'priority', 'urgency', 'impact', 'source', 'risk', 'change_type'] as const
export type Numbered = (typeof NUMBERED)[number]

export interface Labels {
  readonly byId: ReadonlyMap<number, string>
  readonly byLabel: ReadonlyMap<string, number>
}

export interface Field {
  /** Its member among `custom_fields`. */
  readonly name: string
  readonly label: string
  readonly type: string
  /** null: anything can stand in it. */
  readonly options: readonly string[] | null
}

export interface Form {
  readonly choices: Readonly<Record<Numbered, Labels>>
  readonly byName: ReadonlyMap<string, Field>
  readonly byLabel: ReadonlyMap<string, Field>
  readonly categories: readonly string[] | null
}

/** What stands beside the standard fields of a record and is worth mapping, as `cf:<name>`. */
export const TEXTS = ['category', 'sub_category', 'item_category'] as const
export const DATES = ['planned_start_date', 'planned_end_date'] as const
export const GROUP = 'group'
export const DEPARTMENT = 'department'
const TAKEN: readonly string[] = [
  ...['urgency', 'impact', 'source', 'risk', 'change_type', GROUP, DEPARTMENT],
  ...TEXTS,
  ...DATES,
]

const THREE = new Map([
  [1, 'Low'],
  [2, 'Medium'],
  [3, 'High'],
])
const FOUR = new Map([...THREE, [4, 'Urgent'] as const])

/** As documented, for forms that do not tell them. */
const STANDARD: Readonly<Record<Exclude<Numbered, 'status'>, ReadonlyMap<number, string>>> = {
  priority: FOUR,
  urgency: THREE,
  impact: THREE,
  source: new Map([
    [1, 'Email'],
    [2, 'Portal'],
    [3, 'Phone'],
    [4, 'Chat'],
    [5, 'Feedback widget'],
    [6, 'Yammer'],
    [7, 'AWS Cloudwatch'],
    [8, 'Pagerduty'],
    [9, 'Walkup'],
    [10, 'Slack'],
  ]),
  risk: new Map([
    [1, 'Low'],
    [2, 'Medium'],
    [3, 'High'],
    [4, 'Very High'],
  ]),
  change_type: new Map([
    [1, 'Minor'],
    [2, 'Standard'],
    [3, 'Major'],
    [4, 'Emergency'],
  ]),
}

export const labelled = (rows: readonly Named[]): Labels => {
  const count = Map.groupBy(rows, ({ name }) => name)
  const byId = new Map(
    rows.map(({ id, name }) => [id, (count.get(name)?.length ?? 0) > 1 ? `${name} (#${id})` : name]),
  )
  return { byId, byLabel: new Map([...byId].map(([id, label]) => [label, id])) }
}

const choicesIn = (field: WireFormField): readonly { id: unknown; value: unknown }[] =>
  isChoices.Check(field.choices) ? field.choices.slice(0, 5_000).map(({ id, value }) => ({ id, value })) : []

const namedChoices = (field: WireFormField): readonly Named[] =>
  choicesIn(field).flatMap(({ id, value }) =>
    typeof id === 'number' && Number.isSafeInteger(id) && typeof value === 'string' && value !== ''
      ? [{ id, name: value }]
      : [],
  )

const textChoices = (field: WireFormField): readonly string[] =>
  choicesIn(field).flatMap(({ value }) => (typeof value === 'string' && value !== '' ? [value] : []))

/** Fields of the form itself, whatever their labels were changed to. */
const isOf = (name: string) => (field: WireFormField) =>
  field.field_type === `default_${name}` || (field.default_field === true && field.name === name)

const WITH_OPTIONS = /dropdown|radio/

const customField = (row: WireFormField, label: string): Field => {
  const type = row.field_type ?? 'custom_text'
  const options = textChoices(row)
  return {
    name: row.name,
    label,
    type,
    options: WITH_OPTIONS.test(type) && options.length > 0 ? options : null,
  }
}

const customFields = (rows: readonly WireFormField[], marker: string): readonly Field[] => {
  const own = rows.filter(
    (row) =>
      row.default_field !== true &&
      !(row.field_type ?? '').startsWith('default_') &&
      !/static|content/.test(row.field_type ?? '') &&
      row.name !== marker,
  )
  const labelOf = (row: WireFormField): string => row.label?.trim() || row.name
  const count = Map.groupBy(own, labelOf)
  return own.map((row) => {
    const label = labelOf(row)
    const isTaken = TAKEN.includes(label) || (count.get(label)?.length ?? 0) > 1
    return customField(row, isTaken ? `${label} (${row.name})` : label)
  })
}

export const formOf = (kind: Kind, rows: readonly WireFormField[], marker: string): Form => {
  const numbered = (name: Numbered): Labels => {
    const field = rows.find(isOf(name))
    const told = field === undefined ? [] : namedChoices(field)
    const fixed = name === 'status' ? INFO[kind].statuses : STANDARD[name]
    return labelled(told.length > 0 ? told : [...fixed].map(([id, label]) => ({ id, name: label })))
  }
  const category = rows.find(isOf('category'))
  const categories = category === undefined ? [] : textChoices(category)
  const fields = customFields(rows, marker)
  return {
    choices: {
      status: numbered('status'),
      priority: numbered('priority'),
      urgency: numbered('urgency'),
      impact: numbered('impact'),
      source: numbered('source'),
      risk: numbered('risk'),
      change_type: numbered('change_type'),
    },
    byName: new Map(fields.map((each) => [each.name, each])),
    byLabel: new Map(fields.map((each) => [each.label, each])),
    categories: categories.length === 0 ? null : categories,
  }
}

/** By its number where the form has no word for it. */
export const wordOf = (labels: Labels, id: number): string => labels.byId.get(id) ?? `#${id}`
