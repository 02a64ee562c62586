import { INFO, type Kind } from '../kinds.ts'
import { kept } from './html.ts'
import type { FakeField, FakeRecord, FakeState } from './state.ts'

/** Making and changing records as Freshservice does it: what it checks, and how it refuses. */

export type Params = Readonly<Record<string, unknown>>

export interface Flaw {
  readonly field: string
  readonly message: string
  readonly code: string
}

export type Written =
  | { readonly ok: true; readonly record: FakeRecord }
  | { readonly ok: false; readonly errors: readonly Flaw[] }

const SHARED = ['subject', 'description', 'status', 'priority', 'impact', 'requester_id', 'group_id']
const MORE = ['department_id', 'category', 'sub_category', 'item_category', 'custom_fields', 'workspace_id']

const TAKEN: Readonly<Record<Kind, readonly string[]>> = {
  ticket: [...SHARED, ...MORE, 'responder_id', 'urgency', 'source', 'due_by', 'tags'],
  problem: [...SHARED, ...MORE, 'agent_id', 'due_by'],
  change: [...SHARED, ...MORE, 'agent_id', 'risk', 'change_type', 'planned_start_date', 'planned_end_date'],
}

const NEEDED: Readonly<Record<Kind, readonly string[]>> = {
  ticket: ['subject', 'description', 'status', 'priority', 'requester_id'],
  problem: ['subject', 'description', 'status', 'priority', 'impact', 'requester_id', 'due_by'],
  change: [
    ...['subject', 'description', 'status', 'priority', 'impact', 'risk', 'change_type', 'requester_id'],
    ...['planned_start_date', 'planned_end_date'],
  ],
}

const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === ''

const wrong = (field: string, message: string, code = 'invalid_value'): Flaw => ({ field, message, code })
const oneOf = (field: string, values: readonly unknown[]): Flaw =>
  wrong(field, `It should be one of these values: '${values.join(',')}'`)
const missing = (field: string): Flaw => wrong(field, 'It should be a/an String', 'missing_field')
const mistyped = (field: string, type: string): Flaw =>
  wrong(field, `It should be a/an ${type}`, 'datatype_mismatch')

const NUMBERED = ['status', 'priority', 'urgency', 'impact', 'source', 'risk', 'change_type']

const numberFlaws = (form: readonly FakeField[], params: Params): readonly Flaw[] =>
  NUMBERED.flatMap((name) => {
    const value = params[name]
    const ids = form.find((each) => each.name === name)?.choices.map(({ id }) => id)
    return value === undefined || value === null || ids?.some((id) => id === value)
      ? []
      : [oneOf(name, ids ?? [])]
  })

const referenceFlaws = (state: FakeState, params: Params): readonly Flaw[] => {
  const known: Readonly<Record<string, readonly number[]>> = {
    responder_id: state.people.filter(({ isAgent }) => isAgent).map(({ id }) => id),
    agent_id: state.people.filter(({ isAgent }) => isAgent).map(({ id }) => id),
    requester_id: state.people.map(({ id }) => id),
    group_id: state.groups.map(({ id }) => id),
    department_id: state.departments.map(({ id }) => id),
    workspace_id: state.workspaces.map(({ id }) => id),
  }
  return Object.entries(known).flatMap(([name, ids]) =>
    isEmpty(params[name]) || ids.some((id) => id === params[name])
      ? []
      : [wrong(name, `There is no ${name.replace(/_id$/, '')} matching the given ${name}`)],
  )
}

const customFlaws = (form: readonly FakeField[], custom: Params): readonly Flaw[] =>
  Object.entries(custom).flatMap(([name, value]): readonly Flaw[] => {
    const field = form.find((each) => each.name === name && !each.default_field)
    if (field === undefined) return [wrong(name, 'Unexpected/invalid field in request', 'invalid_field')]
    if (value === null) return []
    const given = [value].flat()
    const options = field.choices.map((each) => each.value)
    if (options.length > 0 && given.some((each) => !options.some((option) => option === each)))
      return [oneOf(name, options)]
    if (field.field_type === 'custom_number' && typeof value !== 'number') return [mistyped(name, 'Number')]
    if (field.field_type === 'custom_checkbox' && typeof value !== 'boolean')
      return [mistyped(name, 'Boolean')]
    if (/text|dropdown$/.test(field.field_type) && Array.isArray(value) !== /multi/.test(field.field_type))
      return [mistyped(name, 'String')]
    return []
  })

const CLOSED: Readonly<Record<Kind, readonly number[]>> = { ticket: [4, 5], problem: [3], change: [6] }

const applied = (params: Params): Params => {
  const { custom_fields: _, workspace_id: __, description, subject, ...others } = params
  return {
    ...others,
    ...(typeof subject === 'string' ? { subject: subject.trim() } : {}),
    ...(typeof description === 'string' ? { description: kept(description) } : {}),
  }
}

/** What is wrong with these members for this record. */
const flawsOf = (state: FakeState, draft: FakeRecord, params: Params): readonly Flaw[] => {
  const form = state.forms[draft.kind]
  const unknown = Object.keys(params).filter((name) => !TAKEN[draft.kind].includes(name))
  const emptied = NEEDED[draft.kind].filter((name) => isEmpty(draft.members[name]))
  const isClosing = CLOSED[draft.kind].some((id) => id === draft.members['status'])
  const unfilled = form.filter(
    (each) => isClosing && each.required_for_closure && isEmpty(draft.custom[each.name]),
  )
  return [
    ...unknown.map((name) => wrong(name, 'Unexpected/invalid field in request', 'invalid_field')),
    ...emptied.map(missing),
    ...numberFlaws(form, params),
    ...referenceFlaws(state, params),
    ...customFlaws(form, draft.custom),
    ...unfilled.map(({ name }) => missing(name)),
  ]
}

const customOf = (params: Params): Params => {
  const given = params['custom_fields']
  return given !== null && typeof given === 'object' && !Array.isArray(given) ? { ...given } : {}
}

export const createRecord = (state: FakeState, kind: Kind, params: Params, nowMs: number): Written => {
  // Each kind is counted for itself.
  const id = Math.max(0, ...state.records.filter((each) => each.kind === kind).map((each) => each.id)) + 1
  const workspace = params['workspace_id'] ?? state.workspaces.find(({ primary }) => primary)?.id
  const empty = Object.fromEntries(
    state.forms[kind].filter((each) => !each.default_field).map(({ name }) => [name, null]),
  )
  const record: FakeRecord = {
    kind,
    id,
    workspaceId: Number(workspace),
    members: {
      ...{ [INFO[kind].agent]: null, group_id: null, department_id: null },
      ...{ category: null, sub_category: null, item_category: null, impact: 1 },
      ...(kind === 'ticket' ? { type: 'Incident', urgency: 1, source: 2, due_by: null, tags: [] } : {}),
      ...applied(params),
    },
    custom: { ...empty, ...customOf(params) },
    files: [],
    notes: [],
    createdMs: nowMs,
    updatedMs: nowMs,
    isDeleted: false,
  }
  const errors = flawsOf(state, record, params)
  if (errors.length > 0) return { ok: false, errors }
  state.records.push(record)
  return { ok: true, record }
}

export interface Habits {
  /** Impact and urgency decide the priority, whatever is asked for. */
  readonly hasPriorityMatrix: boolean
}

export const updateRecord = (
  state: FakeState,
  record: FakeRecord,
  params: Params,
  nowMs: number,
  habits: Habits = { hasPriorityMatrix: false },
): Written => {
  const members = { ...record.members, ...applied(params) }
  const draft: FakeRecord = { ...record, members, custom: { ...record.custom, ...customOf(params) } }
  const errors = flawsOf(state, draft, params)
  if (errors.length > 0) return { ok: false, errors }
  record.members = habits.hasPriorityMatrix ? { ...members, priority: record.members['priority'] } : members
  record.custom = draft.custom
  record.updatedMs = nowMs
  return { ok: true, record }
}
