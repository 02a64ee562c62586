import { type Args, type Members, notFound } from './execute.ts'
import { pageOf } from './lists.ts'
import {
  FAKE_ACCOUNT,
  type FakeAttachment,
  type FakeComment,
  type FakeHistory,
  type FakeIssue,
  type FakeRelease,
  type FakeWorld,
} from './state.ts'

/** What Linear shows of its things. Members that are functions are looked up when they are asked for. */

export const WEB = 'https://linear.app/example'

/** Every kind of thing is found by its id, or the answer names the kind. */
export const byId = <T extends { readonly id: string }>(all: readonly T[], id: unknown, kind: string): T => {
  const found = all.find((one) => one.id === id)
  if (found === undefined) throw notFound(kind)
  return found
}

export const showUser = (world: FakeWorld, id: string | null): Members | null => {
  const user = world.users.find((one) => one.id === id)
  return user === undefined ? null : { ...user, isMe: user.id === FAKE_ACCOUNT }
}

export const showState = (world: FakeWorld, id: unknown): Members | null => {
  const state = world.states.find((one) => one.id === id)
  return state === undefined ? null : { ...state }
}

export const showTeam = (world: FakeWorld, id: string): Members => {
  const team = byId(world.teams, id, 'Team')
  const states = world.states.filter(({ teamId }) => teamId === id)
  return { ...team, states: () => ({ nodes: states.map((one) => ({ ...one })) }) }
}

const showProject = (world: FakeWorld, id: string | null): Members | null => {
  const project = world.projects.find((one) => one.id === id)
  if (project === undefined) return null
  return {
    ...project,
    accessibleTeams: world.teams.map((one) => ({ ...one })),
    projectMilestones: () => ({ nodes: project.milestones }),
  }
}
export const showProjects = (world: FakeWorld): readonly Members[] =>
  world.projects.map(({ id }) => showProject(world, id)).filter((one) => one !== null)

export const showMilestones = (world: FakeWorld): readonly Members[] =>
  world.projects.flatMap((project) =>
    project.milestones.map((one) => ({ ...one, project: showProject(world, project.id) })),
  )

export const showCycle = (world: FakeWorld, id: string | null): Members | null => {
  const cycle = world.cycles.find((one) => one.id === id)
  return cycle === undefined ? null : { ...cycle, isPast: false, team: showTeam(world, cycle.teamId) }
}

export const showLabels = (world: FakeWorld): readonly Members[] =>
  world.labels.map((label) => ({
    ...label,
    createdAt: '2026-01-01T00:00:00.000Z',
    team: label.teamId === null ? null : showTeam(world, label.teamId),
    parent: world.labels.find(({ id }) => id === label.parentId) ?? null,
  }))

export const showRelease = (world: FakeWorld, release: FakeRelease): Members => ({
  ...release,
  url: `${WEB}/releases/${release.id}`,
  archivedAt: release.trashed ? release.updatedAt : null,
  creator: null,
  stage: byId(world.stages, release.stageId, 'ReleaseStage'),
  pipeline: {
    name: 'Product',
    teams: () => ({ nodes: world.teams.filter(({ key }) => key === 'ATL') }),
    stages: () => ({ nodes: world.stages }),
  },
})

export const showComment = (world: FakeWorld, comment: FakeComment): Members => ({
  ...comment,
  user: showUser(world, comment.userId),
  externalUser: comment.userId === null ? { id: 'ext-1', name: 'Someone in Slack' } : null,
  botActor: null,
  issue: () => showIssueById(world, comment.issueId),
})

/** For filters, which look inside at once. */
export const showComments = (world: FakeWorld): readonly Members[] =>
  world.comments.map((comment) => {
    const issue = showIssueById(world, comment.issueId)
    return { ...showComment(world, comment), issue }
  })

export const showAttachment = (world: FakeWorld, attachment: FakeAttachment): Members => ({
  ...attachment,
  sourceType: 'unknown',
  creator: showUser(world, attachment.creatorId),
  issue: () => showIssueById(world, attachment.issueId),
})

const HISTORY = [
  ...['Title', 'Priority', 'Estimate', 'DueDate', 'AssigneeId', 'StateId', 'TeamId', 'ProjectId', 'CycleId'],
].flatMap((name) => [`from${name}`, `to${name}`])

const showHistory = (world: FakeWorld, entry: FakeHistory): Members => {
  const text = (name: string): string | null => {
    const value = entry.changes[name]
    return typeof value === 'string' ? value : null
  }
  const team = (id: string | null): Members | null => (id === null ? null : showTeam(world, id))
  const both = (way: 'from' | 'to'): Members => ({
    [`${way}State`]: showState(world, text(`${way}StateId`)),
    [`${way}Team`]: team(text(`${way}TeamId`)),
    [`${way}Project`]: showProject(world, text(`${way}ProjectId`)),
    [`${way}Cycle`]: showCycle(world, text(`${way}CycleId`)),
  })
  return {
    ...entry,
    ...Object.fromEntries(HISTORY.map((name) => [name, entry.changes[name] ?? null])),
    ...both('from'),
    ...both('to'),
  }
}

export const showIssueById = (world: FakeWorld, id: string): Members =>
  showIssue(world, byId(world.issues, id, 'Issue'))

export const showIssue = (world: FakeWorld, issue: FakeIssue): Members => {
  const team = byId(world.teams, issue.teamId, 'Team')
  const identifier = `${team.key}-${issue.number}`
  const of = <T extends { readonly issueId: string }>(all: readonly T[]): readonly T[] =>
    all.filter(({ issueId }) => issueId === issue.id)
  const milestones = world.projects.flatMap((one) => one.milestones)
  return {
    ...issue,
    identifier,
    url: `${WEB}/issue/${identifier}`,
    trashed: issue.trashed ? true : null,
    archivedAt: issue.trashed ? issue.updatedAt : null,
    state: showState(world, issue.stateId),
    team: showTeam(world, issue.teamId),
    assignee: showUser(world, issue.assigneeId),
    creator: showUser(world, issue.creatorId),
    project: showProject(world, issue.projectId),
    projectMilestone: milestones.find(({ id }) => id === issue.projectMilestoneId) ?? null,
    cycle: showCycle(world, issue.cycleId),
    releases: () => ({
      nodes: world.releases
        .filter(({ id }) => issue.releaseIds.includes(id))
        .map((one) => showRelease(world, one)),
    }),
    comments: (args: Args) =>
      pageOf(
        of(world.comments).map((one) => showComment(world, one)),
        args,
      ),
    attachments: (args: Args) =>
      pageOf(
        of(world.attachments).map((one) => showAttachment(world, one)),
        args,
      ),
    history: () => ({
      nodes: of(world.history)
        .map((one) => showHistory(world, one))
        .toReversed(),
    }),
    relations: () => ({
      nodes: of(world.relations).map((one) => ({
        ...one,
        relatedIssue: showIssueById(world, one.relatedIssueId),
      })),
    }),
    inverseRelations: () => ({
      nodes: world.relations
        .filter(({ relatedIssueId }) => relatedIssueId === issue.id)
        .map((one) => ({ ...one, issue: showIssueById(world, one.issueId) })),
    }),
    needs: () => ({
      nodes: of(world.needs).map((one) => ({
        ...one,
        customer: world.customers.find(({ id }) => id === one.customerId) ?? null,
      })),
    }),
  }
}
