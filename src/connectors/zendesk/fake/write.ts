import { kept, plainOf } from './html.ts'
import {
  type FakeAttachment,
  type FakeChange,
  type FakeComment,
  type FakeField,
  type FakeState,
  type FakeTicket,
  type FakeUser,
  nextId,
} from './state.ts'

/** Creating and updating tickets as Zendesk does it: its checks, its tag clean-up, its audits. */

export type Params = Readonly<Record<string, unknown>>

/** As in an answer of 422. */
export type Problems = Readonly<Record<string, readonly Params[]>>

export type Written =
  | { readonly ok: true; readonly ticket: FakeTicket; readonly comment: FakeComment | null }
  | { readonly ok: false; readonly problems: Problems }

type Draft = { -readonly [K in keyof FakeTicket]: FakeTicket[K] }

const text = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : ''

const flaw = (description: string, error = 'InvalidValue', fieldId?: number): Params =>
  fieldId === undefined ? { description, error } : { description, error, ticket_field_id: fieldId }

/** Lower case, `_` for blanks. */
const tagForm = (tag: string): string => tag.trim().toLowerCase().replace(/\s+/g, '_')

const optionTags = (field: FakeField): readonly string[] => field.options.map(({ value }) => value)

const tagsOfValue = (field: FakeField, value: unknown): readonly string[] => {
  if (field.type === 'checkbox') return value === true && field.tag !== null ? [field.tag] : []
  return field.options.length === 0
    ? []
    : [value]
        .flat()
        .map(text)
        .filter((each) => each !== '')
}

/** A dropdown's tag comes and goes with its value. */
const setValue = (draft: Draft, field: FakeField, value: unknown, problems: Params[]): void => {
  const tags = optionTags(field)
  const given = [value].flat().map(text)
  if (tags.length > 0 && given.some((each) => each !== '' && !tags.includes(each)))
    problems.push(flaw(`${field.title}: ${text(value)} is invalid`, 'InvalidValue', field.id))
  if (field.type === 'integer' && text(value) !== '' && !/^-?\d+$/.test(text(value)))
    problems.push(flaw(`${field.title}: must be an integer`, 'InvalidValue', field.id))
  const before = tagsOfValue(field, draft.values.get(field.id))
  const after = tagsOfValue(field, value)
  draft.values = new Map(draft.values).set(field.id, value === '' ? null : value)
  draft.tags = [...new Set([...draft.tags.filter((tag) => !before.includes(tag)), ...after])]
}

/** And its value with its tag: whoever writes tags writes dropdowns too. */
const setTags = (state: FakeState, draft: Draft, given: unknown): void => {
  const tags = [given]
    .flat()
    .map(text)
    .map(tagForm)
    .filter((each) => each !== '')
  draft.tags = [...new Set(tags)]
  const values = new Map(draft.values)
  for (const field of state.fields) {
    const present = optionTags(field).filter((tag) => draft.tags.includes(tag))
    if (field.type === 'tagger') values.set(field.id, present[0] ?? null)
    if (field.type === 'multiselect') values.set(field.id, present)
    if (field.type === 'checkbox' && field.tag !== null) values.set(field.id, draft.tags.includes(field.tag))
  }
  draft.values = values
}

const idOrNull = (value: unknown): number | null => (text(value) === '' ? null : Number(value))

const setStatus = (
  state: FakeState,
  draft: Draft,
  params: Params,
  problems: Problems & Record<string, Params[]>,
) => {
  const wanted =
    'custom_status_id' in params
      ? state.statuses.find(({ id }) => id === params['custom_status_id'])
      : state.statuses.find(({ category }) => category === params['status'])
  if (params['status'] === 'closed') {
    draft.status = 'closed'
    return
  }
  if (wanted === undefined) {
    problems['status'] = [flaw('Status: is invalid')]
    return
  }
  if (wanted.category === 'new' && draft.status !== 'new')
    problems['status'] = [flaw('Status: new is only for tickets nobody has worked on')]
  draft.status = wanted.category
  draft.customStatusId = wanted.id
}

const assertSolvable = (state: FakeState, draft: Draft, base: Params[]): void => {
  if (draft.status !== 'solved' && draft.status !== 'closed') return
  if (draft.assigneeId === null)
    base.push(flaw('Assignee: is required when solving a ticket', 'BlankValue', 600_008))
  for (const field of state.fields)
    if (field.required && !draft.values.get(field.id))
      base.push(flaw(`${field.title}: is required when solving a ticket`, 'BlankValue', field.id))
}

const applyPeople = (
  state: FakeState,
  draft: Draft,
  params: Params,
  problems: Record<string, Params[]>,
): void => {
  const isAgent = (id: number): boolean =>
    state.users.some((each) => each.id === id && each.role !== 'end-user')
  if ('assignee_id' in params) {
    draft.assigneeId = idOrNull(params['assignee_id'])
    if (draft.assigneeId !== null && !isAgent(draft.assigneeId))
      problems['assignee'] = [flaw('Assignee: is invalid')]
  }
  if ('requester_id' in params) {
    draft.requesterId = Number(params['requester_id'])
    if (!state.users.some((each) => each.id === draft.requesterId))
      problems['requester'] = [flaw('Requester: is invalid')]
  }
  if ('group_id' in params) {
    draft.groupId = idOrNull(params['group_id'])
    if (draft.groupId !== null && !state.groups.some((each) => each.id === draft.groupId))
      problems['group'] = [flaw('Group: is invalid')]
  }
  if ('organization_id' in params) draft.organizationId = idOrNull(params['organization_id'])
}

const apply = (state: FakeState, draft: Draft, params: Params): Problems => {
  const problems: Record<string, Params[]> = {}
  const base: Params[] = []
  if ('subject' in params) draft.subject = text(params['subject']).replace(/\s+/g, ' ').trim()
  if (draft.subject === '') problems['subject'] = [flaw('Subject: cannot be blank', 'BlankValue')]
  if ('type' in params) draft.type = text(params['type']) || null
  if ('priority' in params) draft.priority = text(params['priority']) || null
  if (draft.priority !== null && !['low', 'normal', 'high', 'urgent'].includes(draft.priority))
    problems['priority'] = [flaw(`Priority: ${draft.priority} is invalid`)]
  if ('due_at' in params) draft.dueAt = text(params['due_at']) || null
  // Only tasks are due.
  if (draft.type !== 'task') draft.dueAt = null
  if ('external_id' in params) draft.externalId = text(params['external_id']) || null
  applyPeople(state, draft, params, problems)
  if ('tags' in params) setTags(state, draft, params['tags'])
  for (const each of Array.isArray(params['custom_fields']) ? (params['custom_fields'] as Params[]) : []) {
    const field = state.fields.find(({ id }) => id === each['id'])
    if (field !== undefined) setValue(draft, field, each['value'], base)
  }
  if ('status' in params || 'custom_status_id' in params) setStatus(state, draft, params, problems)
  // Who is given a new ticket has opened it.
  if (draft.status === 'new' && draft.assigneeId !== null) {
    const open = state.statuses.find(({ category }) => category === 'open')
    draft.status = 'open'
    draft.customStatusId = open?.id ?? draft.customStatusId
  }
  assertSolvable(state, draft, base)
  return base.length > 0 ? { ...problems, base } : problems
}

/** Takes the uploads by their tokens; each token is good for one time. */
const takeUploads = (state: FakeState, given: unknown): FakeAttachment[] =>
  [given ?? []]
    .flat()
    .map(text)
    .flatMap((token) => {
      const upload = state.uploads.get(token)
      state.uploads.delete(token)
      return upload === undefined ? [] : [upload]
    })

/** Public unless it is called private; a light agent's is never public. */
const commentFrom = (state: FakeState, params: Params, who: FakeUser, nowMs: number): FakeComment | null => {
  const given = params['comment'] as Params | undefined
  if (given === undefined) return null
  const html = text(given['html_body'])
  return {
    id: nextId(state),
    authorId: typeof given['author_id'] === 'number' ? given['author_id'] : who.id,
    html: html === '' ? kept(`<p>${text(given['body'])}</p>`) : kept(html),
    isPublic: given['public'] !== false && !who.onlyPrivate,
    atMs: nowMs,
    attachments: takeUploads(state, given['uploads']),
  }
}

const WATCHED = {
  subject: 'subject',
  status: 'status',
  custom_status_id: 'customStatusId',
  type: 'type',
  priority: 'priority',
  assignee_id: 'assigneeId',
  requester_id: 'requesterId',
  group_id: 'groupId',
  organization_id: 'organizationId',
  due_at: 'dueAt',
  tags: 'tags',
  external_id: 'externalId',
} as const satisfies Readonly<Record<string, keyof FakeTicket>>

/** Audits tell numbers as texts. */
const told = (value: unknown): unknown => (typeof value === 'number' ? String(value) : (value ?? null))

const changesOf = (state: FakeState, before: FakeTicket, after: FakeTicket): readonly FakeChange[] => {
  const own = Object.entries(WATCHED).map(([name, key]) => [name, before[key], after[key]] as const)
  const custom = state.fields.map(
    ({ id }) => [String(id), before.values.get(id) ?? null, after.values.get(id) ?? null] as const,
  )
  return [...own, ...custom]
    .filter(([, was, is]) => JSON.stringify(was) !== JSON.stringify(is))
    .map(([field_name, was, is]) => ({
      type: 'Change',
      field_name,
      value: told(is),
      previous_value: told(was),
    }))
}

const runTriggers = (state: FakeState, draft: Draft): readonly FakeChange[] =>
  state.triggers.flatMap((trigger): FakeChange[] => {
    if (!trigger.when(draft) || draft.priority === trigger.set.priority) return []
    const previous = draft.priority
    draft.priority = trigger.set.priority
    const via = { channel: 'rule', source: { from: { id: 1, title: trigger.title }, rel: 'trigger', to: {} } }
    return [{ type: 'Change', field_name: 'priority', value: draft.priority, previous_value: previous, via }]
  })

export const createTicket = (state: FakeState, params: Params, who: FakeUser, nowMs: number): Written => {
  const first = state.statuses[0]
  const draft: Draft = {
    id: 0,
    subject: '',
    status: 'new',
    customStatusId: first?.id ?? 0,
    type: null,
    priority: null,
    assigneeId: null,
    requesterId: who.id,
    submitterId: typeof params['submitter_id'] === 'number' ? params['submitter_id'] : who.id,
    groupId: null,
    organizationId: null,
    brandId: typeof params['brand_id'] === 'number' ? params['brand_id'] : 510_001,
    formId: 520_001,
    problemId: null,
    externalId: null,
    tags: [],
    dueAt: null,
    values: new Map(),
    comments: [],
    audits: [],
    createdMs: nowMs,
    updatedMs: nowMs,
    isDeleted: false,
  }
  const problems = apply(state, draft, params)
  const words = params['comment'] as Params | undefined
  const isBlank = plainOf(text(words?.['html_body']) || text(words?.['body'])) === ''
  if (isBlank) return { ok: false, problems: { base: [flaw('Description: cannot be blank', 'BlankValue')] } }
  if (Object.keys(problems).length > 0) return { ok: false, problems }
  draft.id = nextId(state)
  const comment = commentFrom(state, params, who, nowMs)
  const ticket: FakeTicket = { ...draft, comments: comment === null ? [] : [comment] }
  const changes: FakeChange[] = [{ type: 'Create', field_name: 'subject', value: ticket.subject }]
  ticket.audits.push({ id: nextId(state), authorId: who.id, atMs: nowMs, changes, comment })
  state.tickets.set(ticket.id, ticket)
  return { ok: true, ticket, comment }
}

export const updateTicket = (
  state: FakeState,
  ticket: FakeTicket,
  params: Params,
  who: FakeUser,
  nowMs: number,
): Written => {
  if (ticket.status === 'closed')
    return { ok: false, problems: { status: [flaw('Status: closed prevents ticket update')] } }
  const draft: Draft = { ...ticket }
  const problems = apply(state, draft, params)
  if (Object.keys(problems).length > 0) return { ok: false, problems }
  const byHand = changesOf(state, ticket, draft)
  const byRule = runTriggers(state, draft)
  const comment = commentFrom(state, params, who, nowMs)
  const { comments, audits } = ticket
  Object.assign(ticket, draft, { comments, audits, updatedMs: nowMs })
  if (comment !== null) comments.push(comment)
  const changes = [...byHand, ...byRule]
  audits.push({ id: nextId(state), authorId: who.id, atMs: nowMs, changes, comment })
  return { ok: true, ticket, comment }
}
