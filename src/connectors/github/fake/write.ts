import { type FakeEvent, type FakeIssue, type FakeRepository, type FakeState, nextId } from './state.ts'

/** What changes in a pretended GitHub, whoever does it: with the marks it leaves in the history. */

export interface Refusal {
  readonly field: string
  readonly code: string
  readonly value?: unknown
}

export type Given = Readonly<Record<string, unknown>>

const MAX_BODY = 65_536

const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []

/** What is wrong with it; empty: it can be taken. */
export const refusals = (state: FakeState, at: FakeRepository, given: Given): readonly Refusal[] => {
  const found: Refusal[] = []
  const { title, body, milestone, assignees, type } = given
  if (title !== undefined && (typeof title !== 'string' || title.trim() === ''))
    found.push({ field: 'title', code: 'missing_field' })
  if (typeof title === 'string' && title.length > 256) found.push({ field: 'title', code: 'custom' })
  if (typeof body === 'string' && body.length > MAX_BODY) found.push({ field: 'body', code: 'custom' })
  if (milestone != null && !at.milestones.some((each) => each.number === milestone))
    found.push({ field: 'milestone', code: 'invalid', value: milestone })
  for (const login of texts(assignees))
    if (!state.users.some((each) => each.login === login))
      found.push({ field: 'assignees', code: 'invalid', value: login })
  if (type != null && !state.types.some((each) => each === type))
    found.push({ field: 'type', code: 'invalid', value: type })
  return found
}

const note =
  (issue: FakeIssue, by: number, atMs: number) =>
  (type: string, more: FakeEvent['more']): void => {
    issue.events.push({ type, atMs, actorId: by, more })
  }

/** Labels that are not there are made: GitHub does so for who may push. */
const setLabels = (
  at: FakeRepository,
  issue: FakeIssue,
  wanted: readonly string[],
  by: number,
  atMs: number,
) => {
  const spelled = wanted.map((name) => {
    const known = at.labels.find((each) => each.toLowerCase() === name.toLowerCase())
    if (known === undefined) at.labels.push(name)
    return known ?? name
  })
  const say = note(issue, by, atMs)
  for (const name of issue.labels) if (!spelled.includes(name)) say('UnlabeledEvent', { label: { name } })
  for (const name of spelled) if (!issue.labels.includes(name)) say('LabeledEvent', { label: { name } })
  issue.labels = [...new Set(spelled)]
}

const setState = (issue: FakeIssue, given: Given, by: number, atMs: number): void => {
  const reason = typeof given['state_reason'] === 'string' ? given['state_reason'] : null
  const say = note(issue, by, atMs)
  if (given['state'] === 'closed') {
    const next = reason ?? (issue.state === 'closed' ? issue.stateReason : 'completed')
    if (issue.state !== 'closed' || next !== issue.stateReason)
      say('ClosedEvent', { stateReason: next?.toUpperCase() ?? null })
    issue.state = 'closed'
    issue.stateReason = next
  } else if (given['state'] === 'open' && issue.state === 'closed') {
    say('ReopenedEvent', {})
    issue.state = 'open'
    issue.stateReason = 'reopened'
  }
}

const setPeople = (
  state: FakeState,
  issue: FakeIssue,
  logins: readonly string[],
  by: number,
  atMs: number,
) => {
  const ids = state.users.filter((each) => logins.includes(each.login)).map((each) => each.id)
  const say = note(issue, by, atMs)
  const assignee = (databaseId: number) => ({ assignee: { __typename: 'User', databaseId } })
  for (const id of issue.assignees) if (!ids.includes(id)) say('UnassignedEvent', assignee(id))
  for (const id of ids) if (!issue.assignees.includes(id)) say('AssignedEvent', assignee(id))
  issue.assignees = ids
}

const setMilestone = (at: FakeRepository, issue: FakeIssue, wanted: unknown, by: number, atMs: number) => {
  const titleOf = (number: number | null) => at.milestones.find((each) => each.number === number)?.title ?? ''
  const next = typeof wanted === 'number' ? wanted : null
  if (next === issue.milestone) return
  const say = note(issue, by, atMs)
  if (issue.milestone !== null) say('DemilestonedEvent', { milestoneTitle: titleOf(issue.milestone) })
  if (next !== null) say('MilestonedEvent', { milestoneTitle: titleOf(next) })
  issue.milestone = next
}

/** `isTrusted`: may push. Of who may not, GitHub drops the rest without a word. */
export const apply = (
  state: FakeState,
  at: FakeRepository,
  issue: FakeIssue,
  given: Given,
  by: number,
  nowMs: number,
  isTrusted: boolean,
): void => {
  const { title, body } = given
  if (typeof title === 'string' && title !== issue.title) {
    note(issue, by, nowMs)('RenamedTitleEvent', { previousTitle: issue.title, currentTitle: title })
    issue.title = title
  }
  if (body !== undefined && body !== issue.body) {
    if (issue.edits.length === 0)
      issue.edits.push({ atMs: issue.createdMs, editorId: issue.userId, text: issue.body ?? '' })
    issue.body = typeof body === 'string' ? body : null
    issue.edits.push({ atMs: nowMs, editorId: by, text: issue.body ?? '' })
  }
  if (given['state'] !== undefined) setState(issue, given, by, nowMs)
  if (isTrusted) {
    if (given['labels'] !== undefined) setLabels(at, issue, texts(given['labels']), by, nowMs)
    if (given['assignees'] !== undefined) setPeople(state, issue, texts(given['assignees']), by, nowMs)
    if (given['milestone'] !== undefined) setMilestone(at, issue, given['milestone'], by, nowMs)
    if (given['type'] !== undefined) issue.type = typeof given['type'] === 'string' ? given['type'] : null
  }
  issue.updatedMs = nowMs
}

export const newIssue = (
  state: FakeState,
  at: FakeRepository,
  given: Given,
  by: number,
  nowMs: number,
  more: { readonly isTrusted?: boolean; readonly isPull?: boolean } = {},
): FakeIssue => {
  at.lastNumber += 1
  const issue: FakeIssue = {
    id: nextId(state),
    number: at.lastNumber,
    title: typeof given['title'] === 'string' ? given['title'] : '',
    body: typeof given['body'] === 'string' ? given['body'] : null,
    state: 'open',
    stateReason: null,
    userId: by,
    labels: [],
    assignees: [],
    milestone: null,
    type: null,
    comments: [],
    createdMs: nowMs,
    updatedMs: nowMs,
    isPull: more.isPull ?? false,
    isLocked: false,
    parent: null,
    events: [],
    edits: [],
  }
  const { title: _, body: __, state: ___, ...rest } = given
  apply(state, at, issue, rest, by, nowMs, more.isTrusted ?? true)
  at.issues.set(issue.number, issue)
  return issue
}

export const addComment = (
  state: FakeState,
  issue: FakeIssue,
  body: string,
  by: number,
  nowMs: number,
): number => {
  const id = nextId(state)
  issue.comments.push({ id, userId: by, body, createdMs: nowMs, updatedMs: nowMs })
  issue.updatedMs = nowMs
  return id
}

/** The issue gets another number and id; its old place leads to the new one. */
export const transfer = (
  state: FakeState,
  from: FakeRepository,
  to: FakeRepository,
  number: number,
  nowMs: number,
): FakeIssue => {
  const old = from.issues.get(number)
  if (old === undefined) throw new Error(`there is no issue ${number}`)
  from.issues.delete(number)
  to.lastNumber += 1
  const issue = { ...old, id: nextId(state), number: to.lastNumber, updatedMs: nowMs, milestone: null }
  to.issues.set(issue.number, issue)
  from.moved.set(number, { repositoryId: to.id, number: issue.number })
  return issue
}
