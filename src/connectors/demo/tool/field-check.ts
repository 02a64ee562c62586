import { err, ok, type Result } from '../../../lib/result.ts'
import type { ToolField, ToolFields, ToolValue } from '../../../sync/snapshot.ts'
import type { DemoItem, Refusal } from './model.ts'
import { normaliseValue } from './normalise.ts'
import type { ToolState } from './state.ts'

/** What the tool accepts as a field's value, and what it makes of it. */

export const refuse = (status: Refusal['status'], error: string, field: ToolField | null = null) =>
  err<Refusal>({ status, error, field })

export type FieldKind = 'text' | 'rich' | 'choice' | 'person' | 'number' | 'date' | 'set'

const STANDARD: Readonly<Partial<Record<string, FieldKind>>> = {
  title: 'text',
  description: 'rich',
  status: 'choice',
  type: 'choice',
  container: 'choice',
  priority: 'choice',
  component: 'choice',
  release: 'choice',
  owner: 'person',
  requester: 'person',
  labels: 'set',
  due: 'date',
}

/** The fields of one setup, standard ones first. */
export const fieldsOf = (state: ToolState): readonly { field: ToolField; kind: FieldKind }[] => {
  const skipped: readonly string[] = state.kind === 'desk' ? ['component', 'release'] : ['requester']
  const standard = Object.entries(STANDARD).flatMap(([name, kind]) =>
    kind === undefined || skipped.includes(name) ? [] : [{ field: name as ToolField, kind }],
  )
  const custom = state.setup.customFields.map(({ name, kind }) => ({ field: `cf:${name}` as const, kind }))
  return [...standard, ...custom]
}

/** Words a choice may be; null: anything. */
export const optionsOf = (state: ToolState, field: ToolField): readonly string[] | null => {
  const { setup } = state
  if (field === 'status') return setup.statuses.map((status) => status.word)
  if (field === 'type') return [...new Set(setup.containers.flatMap((container) => container.types))]
  if (field === 'container') return setup.containers.map((container) => container.id)
  if (field === 'priority') return setup.priorities
  if (field === 'component') return setup.components
  if (field === 'release') return releaseNames(state)
  return setup.customFields.find(({ name }) => field === `cf:${name}`)?.options ?? null
}

const releaseNames = (state: ToolState): readonly string[] =>
  [...state.items.values()].flatMap((item) =>
    item.kind === 'release' && !item.deleted && typeof item.fields.title === 'string'
      ? [item.fields.title]
      : [],
  )

/** Every field checked and normalised, or the first refusal, which names its field. */
export const checkedFields = (
  state: ToolState,
  fields: Readonly<Record<string, unknown>>,
): Result<ToolFields, Refusal> => {
  const known = new Map(fieldsOf(state).map(({ field, kind }) => [field as string, { field, kind }]))
  const checked: Partial<Record<ToolField, ToolValue>> = {}
  for (const [name, raw] of Object.entries(fields)) {
    const entry = known.get(name)
    if (entry === undefined) return refuse(422, `There is no field ${name.slice(0, 80)}.`, name as ToolField)
    const value = checkedValue(state, entry.field, entry.kind, raw)
    if (!value.ok) return value
    checked[entry.field] = value.value
  }
  return ok(checked)
}

const checkedValue = (
  state: ToolState,
  field: ToolField,
  kind: FieldKind,
  raw: unknown,
): Result<ToolValue, Refusal> => {
  const wrong = (why: string) => refuse(422, `${field}: ${why}`, field)
  if (raw === null) return field === 'title' ? wrong('must not be empty') : ok(null)
  if (kind === 'number')
    return typeof raw === 'number' ? kept(state, field, kind, raw) : wrong('must be a number')
  if (kind === 'set') return isTexts(raw) ? ok([...new Set(raw)].sort()) : wrong('must be a list of texts')
  if (typeof raw !== 'string') return wrong('must be a text')
  if (field === 'title' && raw.trim() === '') return wrong('must not be empty')
  if (kind === 'date' && Number.isNaN(Date.parse(raw))) return wrong('must be a date')
  if (kind === 'person' && !isPerson(state, raw)) return wrong(`nobody here is ${raw.slice(0, 80)}`)
  if (kind === 'choice' && optionsOf(state, field)?.includes(raw) === false)
    return wrong(`${raw.slice(0, 80)} is not an option`)
  return kept(state, field, kind, raw)
}

const kept = (
  state: ToolState,
  field: ToolField,
  kind: FieldKind,
  raw: string | number,
): Result<ToolValue, Refusal> => {
  const value = normaliseValue(state.setup.normalise, field, kind === 'rich', raw)
  return value === undefined ? refuse(422, `${field}: is too long`, field) : ok(value)
}

const isTexts = (raw: unknown): raw is string[] =>
  Array.isArray(raw) && raw.every((entry) => typeof entry === 'string')

const isPerson = (state: ToolState, id: string): boolean =>
  id === state.account.id || state.setup.users.some((user) => user.id === id)

/** Is the move from the item's status to `to` allowed, and does it leave the required fields filled? */
export const checkedMove = (
  state: ToolState,
  item: DemoItem,
  to: string,
  after: ToolFields,
): Refusal | null => {
  const { transitions } = state.setup
  const from = item.fields.status ?? null
  if (transitions === null || from === to) return null
  const move = transitions.find((entry) => entry.from === from && entry.to === to)
  if (move === undefined)
    return { status: 422, error: `${String(from)} cannot go to ${to} in one step.`, field: 'status' }
  const missing = move.requires?.find(
    (field) => after[field] === undefined || after[field] === null || after[field] === '',
  )
  return missing === undefined
    ? null
    : { status: 422, error: `${missing} is required to go to ${to}.`, field: missing }
}

/** Statuses reachable in one step; null where any is. */
export const nextStatuses = (state: ToolState, item: DemoItem): readonly string[] | null =>
  item.kind === 'release' || state.setup.transitions === null
    ? null
    : state.setup.transitions.filter((entry) => entry.from === item.fields.status).map((entry) => entry.to)
