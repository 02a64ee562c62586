import { storedName } from '../file-name.ts'
import { allowedStatuses } from './show.ts'
import type {
  FakeAttachment,
  FakeCustomField,
  FakeDetail,
  FakeIssue,
  FakeState,
  FakeUser,
  FakeVersion,
} from './state.ts'
import { may } from './state.ts'

/**
 * Redmine's rules for writing, as far as the connector meets them: what is checked (sentences of a 422), what is
 * ignored without a word (an unreachable status, an unknown project or custom field, everything a role may not do),
 * and which journals come of it.
 */

export type Params = Readonly<Record<string, unknown>>
export type Written<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly errors: readonly string[] }

const MAX_SUBJECT = 255
const text = (value: unknown): string => (value === null || value === undefined ? '' : String(value))
const idOf = (value: unknown): number | null => (text(value) === '' ? null : Number(value))
const isDate = (value: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value))
/** "CustomersAffected" is "Customersaffected" in a sentence. */
const humanised = (name: string): string =>
  name.charAt(0).toUpperCase() + name.slice(1).replaceAll('_', ' ').toLowerCase()

const customProblem = (field: FakeCustomField, values: readonly string[]): string | null => {
  const bad = (fits: (value: string) => boolean): boolean =>
    values.some((value) => value !== '' && !fits(value))
  const label = humanised(field.name)
  if (field.format === 'list' && bad((value) => field.options.includes(value)))
    return `${label} is not included in the list`
  if (field.format === 'int' && bad((value) => /^[+-]?\d+$/.test(value))) return `${label} is not a number`
  if (field.format === 'date' && bad(isDate)) return `${label} is not a valid date`
  return null
}

type Draft = { -readonly [K in keyof FakeIssue]: FakeIssue[K] }

const applyCustom = (state: FakeState, draft: Draft, given: unknown, errors: string[]): void => {
  const custom = new Map(draft.custom)
  for (const each of Array.isArray(given) ? (given as Params[]) : []) {
    const field = state.customFields.find((one) => one.id === each['id'])
    if (field === undefined) continue
    const values = (Array.isArray(each['value']) ? each['value'] : [each['value']])
      .map(text)
      .filter((value) => value !== '')
    const problem = customProblem(field, values)
    if (problem !== null) errors.push(problem)
    custom.set(field.id, field.multiple ? values : (values[0] ?? ''))
  }
  draft.custom = custom
}

/** A category goes along when the other project has one of its name; a version does not. */
const applyMove = (state: FakeState, draft: Draft, given: unknown): void => {
  const project = state.projects.find((each) => each.id === Number(given) || each.identifier === given)
  if (project === undefined || project.id === draft.projectId) return
  const category = state.projects
    .flatMap((each) => each.categories)
    .find((each) => each.id === draft.categoryId)
  draft.projectId = project.id
  draft.categoryId = project.categories.find((each) => each.name === category?.name)?.id ?? null
  draft.versionId = null
}

const applyChoices = (
  state: FakeState,
  draft: Draft,
  params: Params,
  who: FakeUser,
  errors: string[],
): void => {
  const tracker = state.trackers.find((each) => each.id === Number(params['tracker_id']))
  if (tracker !== undefined) draft.trackerId = tracker.id
  if ('status_id' in params && allowedStatuses(state, draft, who).includes(Number(params['status_id']))) {
    draft.statusId = Number(params['status_id'])
  }
  if ('priority_id' in params) {
    draft.priorityId = Number(params['priority_id'])
    if (!state.priorities.some((each) => each.id === draft.priorityId))
      errors.push('Priority cannot be blank')
  }
  if ('category_id' in params) {
    draft.categoryId = idOf(params['category_id'])
    const categories = state.projects.find((each) => each.id === draft.projectId)?.categories ?? []
    if (draft.categoryId !== null && !categories.some((each) => each.id === draft.categoryId))
      errors.push('Category is not included in the list')
  }
  if ('fixed_version_id' in params && idOf(params['fixed_version_id']) !== draft.versionId) {
    draft.versionId = idOf(params['fixed_version_id'])
    const version = state.versions.get(draft.versionId ?? 0)
    const isOpen = version?.status === 'open' && version.projectId === draft.projectId
    if (draft.versionId !== null && !isOpen) errors.push('Target version is not included in the list')
  }
  if ('assigned_to_id' in params) {
    draft.assignedToId = idOf(params['assigned_to_id'])
    if (draft.assignedToId !== null && !state.users.some((each) => each.id === draft.assignedToId))
      errors.push('Assignee is invalid')
  }
}

const applyTexts = (draft: Draft, params: Params, errors: string[]): void => {
  if ('subject' in params) draft.subject = text(params['subject'])
  if (draft.subject.trim() === '') errors.push('Subject cannot be blank')
  if (draft.subject.length > MAX_SUBJECT)
    errors.push(`Subject is too long (maximum is ${MAX_SUBJECT} characters)`)
  if ('description' in params) draft.description = text(params['description'])
  if ('due_date' in params) {
    const due = text(params['due_date'])
    draft.dueDate = due === '' ? null : due
    if (due !== '' && !isDate(due)) errors.push('Due date is not a valid date')
  }
}

/** Takes the uploads by their tokens; a token is good for one time. */
const takeUploads = (state: FakeState, given: unknown, errors: string[]): readonly FakeAttachment[] => {
  const rows = Array.isArray(given) ? (given as Params[]) : []
  const found = rows.flatMap((each) => {
    const upload = state.uploads.get(text(each['token']))
    if (upload === undefined) return []
    return [
      {
        ...upload,
        contentType: text(each['content_type']) || upload.contentType,
        description: text(each['description']),
      },
    ]
  })
  if (found.length < rows.length) errors.push(`${rows.length - found.length} file(s) could not be saved.`)
  return found
}

const forget = (state: FakeState, taken: readonly FakeAttachment[]): void => {
  for (const [token, upload] of state.uploads)
    if (taken.some((each) => each.id === upload.id)) state.uploads.delete(token)
}

const ATTRIBUTES = {
  project_id: 'projectId',
  tracker_id: 'trackerId',
  status_id: 'statusId',
  priority_id: 'priorityId',
  category_id: 'categoryId',
  fixed_version_id: 'versionId',
  assigned_to_id: 'assignedToId',
  subject: 'subject',
  description: 'description',
  due_date: 'dueDate',
} as const satisfies Readonly<Record<string, keyof FakeIssue>>

const shown = (value: unknown): string | null =>
  value === null || value === undefined || value === '' ? null : String(value)

const listOf = (value: string | readonly string[] | undefined): readonly string[] =>
  [value ?? []].flat().filter((each) => each !== '')

/** Of several values, each that went and each that came is a detail of its own. */
const valuesOf = (id: number, was: readonly string[], is: readonly string[]) => [
  ...was.filter((each) => !is.includes(each)).map((each) => ['cf', String(id), each, null] as const),
  ...is.filter((each) => !was.includes(each)).map((each) => ['cf', String(id), null, each] as const),
]

const detailsOf = (
  state: FakeState,
  before: FakeIssue,
  after: FakeIssue,
  added: readonly FakeAttachment[],
): readonly FakeDetail[] => {
  const attributes = Object.entries(ATTRIBUTES).map(
    ([name, key]) => ['attr', name, shown(before[key]), shown(after[key])] as const,
  )
  const custom = state.customFields.flatMap(({ id, multiple }) => {
    const [was, is] = [before.custom.get(id), after.custom.get(id)]
    return multiple
      ? valuesOf(id, listOf(was), listOf(is))
      : [['cf', String(id), shown(was), shown(is)] as const]
  })
  const changed = [...attributes, ...custom]
    .filter(([, , old_value, new_value]) => old_value !== new_value)
    .map(([property, name, old_value, new_value]): FakeDetail => ({ property, name, old_value, new_value }))
  const files = added.map(
    (each): FakeDetail => ({
      property: 'attachment',
      name: String(each.id),
      old_value: null,
      new_value: each.filename,
    }),
  )
  return [...changed, ...files]
}

export const createIssue = (
  state: FakeState,
  params: Params,
  who: FakeUser,
  nowMs: number,
): Written<FakeIssue> => {
  const project = state.projects.find(
    (each) => each.id === Number(params['project_id']) || each.identifier === params['project_id'],
  )
  if (project === undefined)
    return {
      ok: false,
      errors: ['Project cannot be blank', 'Tracker cannot be blank', 'Status cannot be blank'],
    }
  const errors: string[] = []
  const draft: Draft = {
    id: state.lastId.issue + 1,
    projectId: project.id,
    trackerId: 1,
    statusId: 1,
    priorityId: 2,
    authorId: who.id,
    assignedToId: null,
    categoryId: null,
    versionId: null,
    subject: '',
    description: null,
    dueDate: null,
    custom: new Map(),
    createdMs: nowMs,
    updatedMs: nowMs,
    journals: [],
    attachments: [],
  }
  applyChoices(state, draft, params, who, errors)
  applyTexts(draft, params, errors)
  applyCustom(state, draft, params['custom_fields'], errors)
  const files = takeUploads(state, params['uploads'], errors)
  if (errors.length > 0) return { ok: false, errors }
  forget(state, files)
  state.lastId.issue += 1
  const issue: FakeIssue = { ...draft, attachments: [...files] }
  state.issues.set(issue.id, issue)
  return { ok: true, value: issue }
}

/** All or nothing, but for what is ignored. Any accepted update moves `updated_on`, also one that changes nothing. */
export const updateIssue = (
  state: FakeState,
  issue: FakeIssue,
  params: Params,
  who: FakeUser,
  nowMs: number,
): Written<null> => {
  const errors: string[] = []
  const draft: Draft = { ...issue }
  if (may(who, 'edit_issues')) {
    if ('project_id' in params) applyMove(state, draft, params['project_id'])
    applyChoices(state, draft, params, who, errors)
    applyTexts(draft, params, errors)
    applyCustom(state, draft, params['custom_fields'], errors)
  }
  const files = takeUploads(state, params['uploads'], errors)
  if (errors.length > 0) return { ok: false, errors }
  forget(state, files)
  const details = detailsOf(state, issue, draft, files)
  const notes = may(who, 'add_issue_notes') ? text(params['notes']) : ''
  const isPrivate = params['private_notes'] === true && may(who, 'set_notes_private') && notes !== ''
  Object.assign(issue, {
    ...draft,
    journals: issue.journals,
    attachments: [...issue.attachments, ...files],
    updatedMs: nowMs,
  })
  const add = (journalNotes: string, asPrivate: boolean, journalDetails: readonly FakeDetail[]): void => {
    state.lastId.journal += 1
    issue.journals.push({
      id: state.lastId.journal,
      userId: who.id,
      notes: journalNotes,
      isPrivate: asPrivate,
      atMs: nowMs,
      details: journalDetails,
    })
  }
  // A private note never hides a change: it gets a journal of its own.
  if (isPrivate && details.length > 0) add('', false, details)
  if (notes !== '' || (details.length > 0 && !isPrivate)) add(notes, isPrivate, isPrivate ? [] : details)
  return { ok: true, value: null }
}

/** Neither an edited nor a deleted note moves `updated_on`. */
export const editNote = (issue: FakeIssue, journalId: number, notes: string): void => {
  const journal = issue.journals.find((each) => each.id === journalId)
  if (journal === undefined) return
  journal.notes = notes
  if (notes.trim() === '' && journal.details.length === 0)
    issue.journals = issue.journals.filter((each) => each !== journal)
}

export const removeAttachment = (
  state: FakeState,
  issue: FakeIssue,
  attachmentId: number,
  who: FakeUser,
  nowMs: number,
): void => {
  const gone = issue.attachments.find((each) => each.id === attachmentId)
  if (gone === undefined) return
  issue.attachments = issue.attachments.filter((each) => each !== gone)
  state.lastId.journal += 1
  const detail: FakeDetail = {
    property: 'attachment',
    name: String(gone.id),
    old_value: gone.filename,
    new_value: null,
  }
  issue.journals.push({
    id: state.lastId.journal,
    userId: who.id,
    notes: '',
    isPrivate: false,
    atMs: nowMs,
    details: [detail],
  })
}

export const addUpload = (
  state: FakeState,
  filename: string,
  bytes: Uint8Array,
  who: FakeUser,
  nowMs: number,
) => {
  state.lastId.attachment += 1
  const id = state.lastId.attachment
  const upload: FakeAttachment = {
    id,
    filename: storedName(filename),
    contentType: 'application/octet-stream',
    description: '',
    authorId: who.id,
    bytes,
    atMs: nowMs,
  }
  const token = `${id}.upload`
  state.uploads.set(token, upload)
  return { id, token }
}

export const updateVersion = (version: FakeVersion, params: Params, nowMs: number): Written<null> => {
  const errors: string[] = []
  const next = { ...version }
  if ('name' in params) next.name = text(params['name'])
  if ('description' in params) next.description = text(params['description'])
  if ('status' in params) next.status = text(params['status'])
  if ('due_date' in params) next.dueDate = text(params['due_date']) === '' ? null : text(params['due_date'])
  if (next.name.trim() === '') errors.push('Name cannot be blank')
  if (next.dueDate !== null && !isDate(next.dueDate)) errors.push('Due date is not a valid date')
  if (!['open', 'locked', 'closed'].includes(next.status)) errors.push('Status is not included in the list')
  if (errors.length > 0) return { ok: false, errors }
  Object.assign(version, { ...next, updatedMs: nowMs })
  return { ok: true, value: null }
}
