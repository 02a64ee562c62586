import { randomBytes } from 'node:crypto'
import type { FakeIssue, FakeNote, FakeProject, FakeState, FakeUser } from './state.ts'
import { newId, userOf } from './state.ts'

/**
 * GitLab's rules for writing, as far as they surprise: a line of a text that begins with `/close` is done and taken out;
 * an unknown label is made; who is no member is not assigned, without a word; a paid edition lets one label of a scope
 * stand; a move makes a new issue.
 */

export type Params = Readonly<Record<string, unknown>>

/** A refusal: status 400 with this body. */
export class Refused extends Error {
  readonly body: unknown
  constructor(body: unknown) {
    super('refused')
    this.body = body
  }
}

const text = (value: unknown): string => (value === null || value === undefined ? '' : String(value))

// ---- quick actions ----------------------------------------------------------------------------------------

const ACTIONS = [
  'close',
  'reopen',
  'confidential',
  'assign',
  'unassign',
  'label',
  'title',
  'due',
  'delete',
  'shrug',
]
const PROTECTED_OR_ACTION = new RegExp(
  `(^\`\`\`[\\s\\S]+?\\n\`\`\`$)|^\\/(${ACTIONS.join('|')})(?: ([^\\n]*))?(?:\\s*\\n|$)`,
  'gim',
)

interface Obeyed {
  readonly rest: string
  readonly actions: readonly (readonly [string, string])[]
}

const obeyed = (given: string): Obeyed => {
  const actions: [string, string][] = []
  const rest = given.replaceAll('\r', '').replace(PROTECTED_OR_ACTION, (whole, code, name, arg) => {
    if (code !== undefined) return whole
    actions.push([String(name).toLowerCase(), text(arg)])
    return ''
  })
  return { rest: actions.length === 0 ? given : rest.trimEnd(), actions }
}

const doActions = (issue: FakeIssue, actions: Obeyed['actions']): void => {
  for (const [name, arg] of actions) {
    if (name === 'close') issue.state = 'closed'
    if (name === 'reopen') issue.state = 'opened'
    if (name === 'confidential') issue.confidential = true
    if (name === 'unassign') issue.assigneeIds = []
    if (name === 'title') issue.title = arg
  }
}

// ---- issues -----------------------------------------------------------------------------------------------

const labelsIn = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value.map(String) : text(value).split(','))
    .map((each) => each.trim())
    .filter((each) => each !== '')

const scope = (label: string): string | null =>
  label.includes('::') ? label.slice(0, label.lastIndexOf('::')) : null

const withLabels = (
  state: FakeState,
  project: FakeProject,
  labels: readonly string[],
  added: readonly string[],
): readonly string[] => {
  for (const label of added) if (!project.labels.includes(label)) project.labels.push(label)
  const scopes = new Set(added.map(scope))
  const kept = state.licensed
    ? labels.filter((label) => scope(label) === null || !scopes.has(scope(label)) || added.includes(label))
    : labels
  return [...new Set([...kept, ...added])]
}

const isDate = (value: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value))

const checkTexts = (issue: FakeIssue): void => {
  if (issue.title.trim() === '') throw new Refused({ message: { title: ["can't be blank"] } })
  if (issue.title.length > 255)
    throw new Refused({ message: { title: ['is too long (maximum is 255 characters)'] } })
}

const apply = (state: FakeState, project: FakeProject, issue: FakeIssue, params: Params): void => {
  if ('title' in params) issue.title = text(params['title'])
  if ('description' in params) {
    const { rest, actions } = obeyed(text(params['description']))
    issue.description = rest
    doActions(issue, actions)
  }
  if ('labels' in params) issue.labels = withLabels(state, project, [], labelsIn(params['labels']))
  const removed = labelsIn(params['remove_labels'])
  issue.labels = issue.labels.filter((label) => !removed.includes(label))
  issue.labels = withLabels(state, project, issue.labels, labelsIn(params['add_labels']))
  if ('milestone_id' in params) {
    const id = Number(params['milestone_id'] ?? 0)
    issue.milestoneId = state.milestones.some((each) => each.id === id) ? id : null
  }
  if (Array.isArray(params['assignee_ids'])) {
    const members = params['assignee_ids']
      .map(Number)
      .filter((id) => (userOf(state, id)?.accessLevel ?? 0) > 0)
    issue.assigneeIds = state.licensed ? members : members.slice(0, 1)
  }
  if ('due_date' in params) {
    const due = text(params['due_date'])
    if (due !== '' && !isDate(due)) throw new Refused({ error: 'due_date is invalid' })
    issue.dueDate = due === '' ? null : due
  }
  if ('confidential' in params) issue.confidential = params['confidential'] === true
  if ('issue_type' in params) {
    const type = text(params['issue_type'])
    if (!['issue', 'incident', 'test_case', 'task'].includes(type))
      throw new Refused({ error: 'issue_type does not have a valid value' })
    issue.type = type
  }
  if ('weight' in params && state.licensed)
    issue.weight = params['weight'] === null ? null : Number(params['weight'])
  if (params['state_event'] === 'close') issue.state = 'closed'
  if (params['state_event'] === 'reopen') issue.state = 'opened'
  checkTexts(issue)
}

export const createIssue = (
  state: FakeState,
  project: FakeProject,
  params: Params,
  who: FakeUser,
  nowMs: number,
  more: Partial<Pick<FakeIssue, 'serviceDeskReplyTo' | 'confidential'>> = {},
): FakeIssue => {
  const issue: FakeIssue = {
    id: newId(state),
    iid: project.lastIid + 1,
    projectId: project.id,
    title: '',
    description: '',
    state: 'opened',
    labels: [],
    milestoneId: null,
    assigneeIds: [],
    authorId: who.id,
    dueDate: null,
    confidential: false,
    type: 'issue',
    weight: null,
    createdMs: nowMs,
    updatedMs: nowMs,
    movedToId: null,
    serviceDeskReplyTo: null,
    notes: [],
    ...more,
  }
  apply(state, project, issue, params)
  project.lastIid += 1
  state.issues.set(issue.id, issue)
  return issue
}

/** All or nothing. */
export const updateIssue = (
  state: FakeState,
  project: FakeProject,
  issue: FakeIssue,
  params: Params,
  nowMs: number,
): void => {
  const draft = { ...issue }
  apply(state, project, draft, params)
  Object.assign(issue, { ...draft, updatedMs: nowMs })
}

export const newNote = (
  state: FakeState,
  issue: FakeIssue,
  who: FakeUser,
  body: string,
  nowMs: number,
  more: Partial<FakeNote> = {},
): FakeNote => {
  const note: FakeNote = {
    id: newId(state),
    body,
    authorId: who.id,
    atMs: nowMs,
    updatedMs: nowMs,
    system: false,
    internal: false,
    external: null,
    ...more,
  }
  issue.notes.push(note)
  issue.updatedMs = nowMs
  return note
}

/** null: it held nothing but quick actions, so there is no note. */
export const addNote = (
  state: FakeState,
  issue: FakeIssue,
  who: FakeUser,
  params: Params,
  nowMs: number,
): FakeNote | null => {
  const body = text(params['body'])
  if (body.trim() === '') throw new Refused({ message: { note: ["can't be blank"] } })
  const { rest, actions } = obeyed(body)
  doActions(issue, actions)
  if (rest.trim() === '') return null
  const internal = params['internal'] === true && who.accessLevel >= 15
  return newNote(state, issue, who, rest, nowMs, { internal })
}

export const addUpload = (state: FakeState, project: FakeProject, name: string, bytes: Uint8Array) => {
  const filename = name.replace(/[^\p{L}\p{M}\p{N}\p{Pc}.+-]/gu, '_')
  const upload = { projectId: project.id, secret: randomBytes(16).toString('hex'), filename, bytes }
  state.uploads.push(upload)
  return upload
}

/** A new issue with the words, notes and files of the old one, which is closed. */
export const moveIssue = (
  state: FakeState,
  issue: FakeIssue,
  to: FakeProject,
  who: FakeUser,
  nowMs: number,
): FakeIssue => {
  const from = state.projects.find((each) => each.id === issue.projectId)
  if (from === undefined || to.id === issue.projectId)
    throw new Refused({ message: 'Cannot move issue to project it originates from!' })
  const copied = (body: string): string =>
    body.replace(/\/uploads\/([0-9a-f]{32})\//g, (whole, secret) => {
      const upload = state.uploads.find((each) => each.secret === secret)
      if (upload === undefined) return whole
      const copy = { ...upload, projectId: to.id, secret: randomBytes(16).toString('hex') }
      state.uploads.push(copy)
      return `/uploads/${copy.secret}/`
    })
  to.lastIid += 1
  const moved: FakeIssue = {
    ...issue,
    id: newId(state),
    iid: to.lastIid,
    projectId: to.id,
    description: copied(issue.description),
    milestoneId: null,
    updatedMs: nowMs,
    notes: issue.notes.map((note) => ({ ...note, id: newId(state), body: copied(note.body) })),
  }
  state.issues.set(moved.id, moved)
  newNote(state, moved, who, `moved from ${from.path}#${issue.iid}`, nowMs, { system: true })
  newNote(state, issue, who, `moved to ${to.path}#${moved.iid}`, nowMs, { system: true })
  issue.state = 'closed'
  issue.movedToId = moved.id
  return moved
}
