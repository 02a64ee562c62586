import { invalid, type Members, notFound } from './execute.ts'
import { byId } from './show.ts'
import type { FakeAttachment, FakeComment, FakeIssue, FakeWorld } from './state.ts'

/** What becomes of writes, of the API's as of people's. */

/** A change within this time by the same person is added to the entry of history that is there. */
const GROUPED_MS = 3 * 60_000

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)
const number = (value: unknown): number | null => (typeof value === 'number' ? value : null)
const list = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []

/** Linear keeps a document and writes it anew as Markdown. */
export const normalised = (markdown: string): string =>
  markdown
    .replaceAll('\r\n', '\n')
    .replace(/^(\s*)[-+] /gm, '$1* ')
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()

const stamp = (
  world: FakeWorld,
  issue: FakeIssue,
  actorId: string,
  changes: Record<string, unknown>,
): void => {
  const at = world.now()
  issue.updatedAt = at
  const last = world.history.filter(({ issueId }) => issueId === issue.id).at(-1)
  const isGrouped = last?.actorId === actorId && Date.parse(at) - Date.parse(last.updatedAt) <= GROUPED_MS
  if (last !== undefined && isGrouped) {
    for (const [name, value] of Object.entries(changes)) {
      // the first value it came from stays, the last one it went to counts
      if (name.startsWith('to') || !(name in last.changes)) last.changes[name] = value
    }
    last.updatedAt = at
    return
  }
  world.history.push({
    ...{ id: world.newId(), issueId: issue.id, actorId, createdAt: at, updatedAt: at, changes },
  })
}

export const issueToWrite = (world: FakeWorld, id: unknown): FakeIssue => {
  const found = byId(world.issues, id, 'Issue')
  // in the trash it can be read, and is not found by any write
  if (found.trashed) throw notFound('Issue')
  return found
}

const freeId = (
  world: FakeWorld,
  all: readonly { readonly id: string }[],
  id: unknown,
  kind: string,
): string => {
  if (typeof id !== 'string') return world.newId()
  if (all.some((one) => one.id === id))
    throw invalid(`Conflict on insert of ${kind}`, `${kind} with this id already exists.`)
  return id
}

const labelIds = (world: FakeWorld, ids: readonly string[], teamId: string): string[] => {
  const found = ids.map((id) => byId(world.labels, id, 'IssueLabel'))
  for (const label of found) {
    if (label.isGroup) throw invalid('Argument Validation Error', 'The label is a group.')
    if (label.teamId !== null && label.teamId !== teamId)
      throw invalid('Argument Validation Error', 'The label belongs to another team.')
  }
  const groups = found.flatMap(({ parentId }) => parentId ?? [])
  if (new Set(groups).size < groups.length)
    throw invalid('Argument Validation Error', 'Labels of one group exclude each other.')
  return [...ids]
}

const referenced = (all: readonly { readonly id: string }[], value: unknown, kind: string): string | null =>
  value === null || value === undefined ? null : byId(all, value, kind).id

const stateId = (world: FakeWorld, value: unknown, teamId: string): string => {
  const state = byId(world.states, value, 'WorkflowState')
  if (state.teamId !== teamId)
    throw invalid('Argument Validation Error', 'The state belongs to another team.')
  return state.id
}

const releaseIds = (world: FakeWorld, ids: readonly string[]): string[] =>
  ids.map((id) => byId(world.releases, id, 'Release').id)

const validated = (input: Members): void => {
  const title = input['title']
  if (title !== undefined && (typeof title !== 'string' || title.trim() === ''))
    throw invalid('Argument Validation Error', 'title must be longer than or equal to 1 characters.')
  const priority = number(input['priority'])
  if (priority !== null && (priority < 0 || priority > 4))
    throw invalid('Argument Validation Error', 'priority must not be greater than 4')
}

export const createIssue = (world: FakeWorld, input: Members, actorId: string): FakeIssue => {
  const team = byId(world.teams, input['teamId'], 'Team')
  const id = freeId(world, world.issues, input['id'], 'Issue')
  if (input['title'] === undefined) throw invalid('Argument Validation Error', 'title must be set.')
  validated(input)
  const at = world.now()
  const first = world.states.find((one) => one.teamId === team.id && one.name === 'Todo')
  const milestones = world.projects.flatMap((one) => one.milestones)
  const issue: FakeIssue = {
    id,
    teamId: team.id,
    number: team.nextNumber,
    title: String(input['title']),
    description: normalised(text(input['description']) ?? '') || null,
    priority: number(input['priority']) ?? 0,
    estimate: number(input['estimate']),
    dueDate: text(input['dueDate']),
    createdAt: at,
    updatedAt: at,
    trashed: false,
    labelIds: labelIds(world, list(input['labelIds']), team.id),
    stateId: input['stateId'] === undefined ? (first?.id ?? '') : stateId(world, input['stateId'], team.id),
    assigneeId: referenced(world.users, input['assigneeId'], 'User'),
    creatorId: actorId,
    projectId: referenced(world.projects, input['projectId'], 'Project'),
    projectMilestoneId: referenced(milestones, input['projectMilestoneId'], 'ProjectMilestone'),
    cycleId: referenced(world.cycles, input['cycleId'], 'Cycle'),
    releaseIds: releaseIds(world, list(input['releaseIds'])),
  }
  team.nextNumber += 1
  world.issues.push(issue)
  return issue
}

/** Another team means another number, and the status of the same name there. */
const move = (world: FakeWorld, issue: FakeIssue, teamId: string): void => {
  const team = byId(world.teams, teamId, 'Team')
  const name = world.states.find(({ id }) => id === issue.stateId)?.name
  const state = world.states.find((one) => one.teamId === team.id && one.name === name)
  issue.teamId = team.id
  issue.number = team.nextNumber
  issue.stateId = state?.id ?? issue.stateId
  issue.cycleId = null
  issue.labelIds = issue.labelIds.filter((id) => {
    const label = world.labels.find((one) => one.id === id)
    return label?.teamId === null || label?.teamId === team.id
  })
  team.nextNumber += 1
}

type Simple =
  | 'title'
  | 'priority'
  | 'estimate'
  | 'dueDate'
  | 'assigneeId'
  | 'stateId'
  | 'projectId'
  | 'cycleId'
const CAPITAL = (name: string): string => `${name[0]?.toUpperCase()}${name.slice(1)}`

export const updateIssue = (world: FakeWorld, issue: FakeIssue, input: Members, actorId: string): void => {
  validated(input)
  const changes: Record<string, unknown> = {}
  const milestones = world.projects.flatMap((one) => one.milestones)
  const teamId = text(input['teamId']) ?? issue.teamId
  byId(world.teams, teamId, 'Team')
  const next: Partial<Record<Simple, string | number | null>> = {
    ...('title' in input ? { title: String(input['title']) } : {}),
    ...('priority' in input ? { priority: number(input['priority']) ?? 0 } : {}),
    ...('estimate' in input ? { estimate: number(input['estimate']) } : {}),
    ...('dueDate' in input ? { dueDate: text(input['dueDate']) } : {}),
    ...('assigneeId' in input ? { assigneeId: referenced(world.users, input['assigneeId'], 'User') } : {}),
    ...('stateId' in input ? { stateId: stateId(world, input['stateId'], teamId) } : {}),
    ...('projectId' in input ? { projectId: referenced(world.projects, input['projectId'], 'Project') } : {}),
    ...('cycleId' in input ? { cycleId: referenced(world.cycles, input['cycleId'], 'Cycle') } : {}),
  }
  const milestone =
    'projectMilestoneId' in input
      ? referenced(milestones, input['projectMilestoneId'], 'ProjectMilestone')
      : issue.projectMilestoneId
  const removed = list(input['removedLabelIds'])
  const labels = labelIds(
    world,
    [...issue.labelIds.filter((id) => !removed.includes(id)), ...list(input['addedLabelIds'])],
    teamId,
  )
  const gone = list(input['removedReleaseIds'])
  const releases = releaseIds(world, [
    ...issue.releaseIds.filter((id) => !gone.includes(id)),
    ...list(input['addedReleaseIds']),
  ])
  // all of it is sound: from here on it is done
  if (teamId !== issue.teamId) {
    Object.assign(changes, { fromTeamId: issue.teamId, toTeamId: teamId })
    move(world, issue, teamId)
  }
  for (const [name, value] of Object.entries(next)) {
    const before = issue[name as Simple]
    if (before === value) continue
    Object.assign(changes, { [`from${CAPITAL(name)}`]: before, [`to${CAPITAL(name)}`]: value })
  }
  if ('description' in input) issue.description = normalised(text(input['description']) ?? '') || null
  Object.assign(issue, next, { projectMilestoneId: milestone, labelIds: labels, releaseIds: releases })
  if ('projectId' in next && !milestones.some(({ id }) => id === milestone)) issue.projectMilestoneId = null
  stamp(world, issue, actorId, changes)
}

/** A comment does not move the issue's own time. */
export const createComment = (world: FakeWorld, input: Members, userId: string | null): FakeComment => {
  const id = freeId(world, world.comments, input['id'], 'Comment')
  const issue = issueToWrite(world, input['issueId'])
  const body = normalised(text(input['body']) ?? '')
  if (body === '') throw invalid('Argument Validation Error', 'body must be set.')
  const at = world.now()
  const comment = { id, issueId: issue.id, body, createdAt: at, updatedAt: at, editedAt: null, userId }
  world.comments.push(comment)
  return comment
}

export const updateComment = (world: FakeWorld, comment: FakeComment, body: string): void => {
  comment.body = normalised(body)
  comment.updatedAt = world.now()
  comment.editedAt = comment.updatedAt
}

/** One address is attached to an issue once: again, it is changed. */
export const createAttachment = (world: FakeWorld, input: Members, creatorId: string): FakeAttachment => {
  const issue = issueToWrite(world, input['issueId'])
  const url = text(input['url']) ?? ''
  const metadata = input['metadata']
  const known = world.attachments.find((one) => one.issueId === issue.id && one.url === url)
  const at = world.now()
  if (known !== undefined) {
    known.title = text(input['title']) ?? known.title
    known.updatedAt = at
    return known
  }
  const attachment: FakeAttachment = {
    id: freeId(world, world.attachments, input['id'], 'Attachment'),
    issueId: issue.id,
    title: text(input['title']) ?? '',
    url,
    metadata: metadata !== null && typeof metadata === 'object' ? { ...metadata } : {},
    ...{ createdAt: at, updatedAt: at, creatorId },
  }
  world.attachments.push(attachment)
  return attachment
}

export const removeFrom = (all: { readonly id: string }[], id: unknown, kind: string): string => {
  const found = byId(all, id, kind)
  all.splice(all.indexOf(found), 1)
  return found.id
}
