import type {
  FakeHook,
  FakeIssue,
  FakeLink,
  FakeMilestone,
  FakeNote,
  FakeProject,
  FakeRelease,
  FakeState,
  FakeUser,
} from './state.ts'
import { userOf } from './state.ts'

/** How GitLab shows what it holds. */

const iso = (ms: number): string => new Date(ms).toISOString()

const projectOf = (state: FakeState, id: number): FakeProject | undefined =>
  state.projects.find((each) => each.id === id)

export const shownUser = (base: string, user: FakeUser | undefined) =>
  user === undefined
    ? null
    : {
        id: user.id,
        username: user.username,
        name: user.name,
        state: 'active',
        locked: false,
        avatar_url: null,
        web_url: `${base}/${user.username}`,
      }

export const shownMilestone = (state: FakeState, base: string, milestone: FakeMilestone) => ({
  id: milestone.id,
  iid: milestone.id,
  project_id: milestone.projectId,
  title: milestone.title,
  description: milestone.description,
  state: milestone.state,
  created_at: iso(milestone.updatedMs),
  updated_at: iso(milestone.updatedMs),
  due_date: milestone.dueDate,
  start_date: null,
  expired: false,
  web_url: `${base}/${projectOf(state, milestone.projectId)?.path}/-/milestones/${milestone.id}`,
})

export const shownIssue = (state: FakeState, base: string, issue: FakeIssue) => {
  const path = projectOf(state, issue.projectId)?.path ?? ''
  const milestone = state.milestones.find((each) => each.id === issue.milestoneId)
  const assignees = issue.assigneeIds.map((id) => shownUser(base, userOf(state, id)))
  return {
    id: issue.id,
    iid: issue.iid,
    project_id: issue.projectId,
    title: issue.title,
    description: issue.description,
    state: issue.state,
    created_at: iso(issue.createdMs),
    updated_at: iso(issue.updatedMs),
    closed_at: issue.state === 'closed' ? iso(issue.updatedMs) : null,
    labels: [...issue.labels].sort(),
    milestone: milestone === undefined ? null : shownMilestone(state, base, milestone),
    assignees,
    assignee: assignees[0] ?? null,
    author: shownUser(base, userOf(state, issue.authorId)),
    type: issue.type.toUpperCase(),
    issue_type: issue.type,
    due_date: issue.dueDate,
    confidential: issue.confidential,
    discussion_locked: null,
    severity: 'UNKNOWN',
    ...(state.licensed ? { weight: issue.weight } : {}),
    moved_to_id: issue.movedToId,
    service_desk_reply_to: issue.serviceDeskReplyTo,
    user_notes_count: issue.notes.filter((note) => !note.system).length,
    web_url: `${base}/${path}/-/issues/${issue.iid}`,
    references: { short: `#${issue.iid}`, relative: `#${issue.iid}`, full: `${path}#${issue.iid}` },
  }
}

export const shownNote = (state: FakeState, base: string, issue: FakeIssue, note: FakeNote) => ({
  id: note.id,
  type: null,
  body: note.body,
  author: shownUser(base, userOf(state, note.authorId)),
  created_at: iso(note.atMs),
  updated_at: iso(note.updatedMs),
  system: note.system,
  noteable_id: issue.id,
  noteable_type: 'Issue',
  project_id: issue.projectId,
  resolvable: false,
  confidential: note.internal,
  internal: note.internal,
  noteable_iid: issue.iid,
  commands_changes: {},
})

export const shownLink = (state: FakeState, base: string, link: FakeLink, issue: FakeIssue) => {
  const other = state.issues.get(link.fromId === issue.id ? link.toId : link.fromId)
  return other === undefined
    ? []
    : [{ ...shownIssue(state, base, other), issue_link_id: link.id, link_type: link.type }]
}

export const shownProject = (base: string, project: FakeProject, who: FakeUser) => ({
  id: project.id,
  name: project.name,
  path_with_namespace: project.path,
  web_url: `${base}/${project.path}`,
  archived: project.archived,
  issues_access_level: 'enabled',
  permissions: { project_access: { access_level: who.accessLevel }, group_access: null },
})

export const shownRelease = (state: FakeState, base: string, release: FakeRelease) => ({
  tag_name: release.tag,
  name: release.name,
  description: '',
  created_at: iso(release.releasedMs),
  released_at: iso(release.releasedMs),
  upcoming_release: false,
  author: shownUser(base, state.users[0]),
})

/** Four failures in a row take a webhook out of use for a while, forty for good. */
export const alertStatus = (hook: FakeHook): string =>
  hook.failures >= 40 ? 'disabled' : hook.failures >= 4 ? 'temporarily_disabled' : 'executable'

export const shownHook = (state: FakeState, hook: FakeHook, nowMs: number) => {
  const { token, signing_token, ...shown } = hook.settings
  const status = alertStatus(hook)
  return {
    id: hook.id,
    project_id: hook.projectId,
    ...shown,
    alert_status: status,
    disabled_until: status === 'temporarily_disabled' ? iso(nowMs + 60_000) : null,
    created_at: iso(nowMs),
    ...(state.signs
      ? { token_present: token !== undefined, signing_token_present: signing_token !== undefined }
      : {}),
  }
}
