import type {
  FakeComment,
  FakeDelivery,
  FakeHook,
  FakeIssue,
  FakeMilestone,
  FakeRelease,
  FakeRepository,
  FakeState,
  FakeUser,
} from './state.ts'

/** A pretended GitHub's records as its API shows them. */

export const seconds = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`

export interface Origins {
  /** `http://host/api/v3` */
  readonly api: string
  /** Where people look. */
  readonly web: string
}

export const shownUser = ({ id, login, type }: FakeUser, { api, web }: Origins) => {
  const url = `${api}/users/${login}`
  return {
    login,
    id,
    node_id: `U_${id}`,
    avatar_url: `${web}/avatars/${id}`,
    gravatar_id: '',
    url,
    html_url: `${web}/${login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type,
    site_admin: false,
  }
}

export const shownAccount = (user: FakeUser, origins: Origins) => ({
  ...shownUser(user, origins),
  user_view_type: 'public',
  name: null,
  company: null,
  blog: null,
  location: null,
  email: null,
  hireable: null,
  bio: null,
  public_repos: 0,
  public_gists: 0,
  followers: 0,
  following: 0,
  created_at: '2020-01-01T00:00:00Z',
  updated_at: '2020-01-01T00:00:00Z',
})

const userOf = (state: FakeState, id: number, origins: Origins) => {
  const found = state.users.find((each) => each.id === id)
  return found === undefined ? null : shownUser(found, origins)
}

export const fullName = ({ owner, name }: FakeRepository): string => `${owner}/${name}`

export const apiPath = (at: FakeRepository, { api }: Origins): string => `${api}/repos/${fullName(at)}`

export const shownLabel = (name: string, index: number, url: string) => ({
  id: index + 1,
  node_id: `L_${index}`,
  url: `${url}/labels/${encodeURIComponent(name)}`,
  name,
  description: null,
  color: 'ededed',
  default: false,
})

export const shownMilestone = (
  state: FakeState,
  at: FakeRepository,
  milestone: FakeMilestone,
  origins: Origins,
) => {
  const url = `${apiPath(at, origins)}/milestones/${milestone.number}`
  const inIt = [...at.issues.values()].filter((each) => each.milestone === milestone.number)
  return {
    url,
    html_url: `${origins.web}/${fullName(at)}/milestone/${milestone.number}`,
    labels_url: `${url}/labels`,
    id: milestone.id,
    node_id: `M_${milestone.id}`,
    number: milestone.number,
    title: milestone.title,
    description: milestone.description,
    creator: userOf(state, 901, origins),
    open_issues: inIt.filter((each) => each.state === 'open').length,
    closed_issues: inIt.filter((each) => each.state === 'closed').length,
    state: milestone.state,
    created_at: seconds(milestone.createdMs),
    updated_at: seconds(milestone.updatedMs),
    due_on: milestone.dueOn,
    closed_at: milestone.state === 'closed' ? seconds(milestone.updatedMs) : null,
  }
}

export const shownIssue = (state: FakeState, at: FakeRepository, issue: FakeIssue, origins: Origins) => {
  const url = `${apiPath(at, origins)}/issues/${issue.number}`
  const milestone = at.milestones.find((each) => each.number === issue.milestone)
  const assignees = issue.assignees.flatMap((id) => userOf(state, id, origins) ?? [])
  const what = issue.isPull ? 'pull' : 'issues'
  const web = `${origins.web}/${fullName(at)}/${what}/${issue.number}`
  return {
    url,
    repository_url: apiPath(at, origins),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: web,
    id: issue.id,
    node_id: `I_${issue.id}`,
    number: issue.number,
    title: issue.title,
    user: userOf(state, issue.userId, origins),
    labels: issue.labels.map((name) => shownLabel(name, at.labels.indexOf(name), apiPath(at, origins))),
    state: issue.state,
    state_reason: issue.stateReason,
    locked: issue.isLocked,
    assignee: assignees[0] ?? null,
    assignees,
    milestone: milestone === undefined ? null : shownMilestone(state, at, milestone, origins),
    comments: issue.comments.length,
    created_at: seconds(issue.createdMs),
    updated_at: seconds(issue.updatedMs),
    closed_at: issue.state === 'closed' ? seconds(issue.updatedMs) : null,
    closed_by: null,
    author_association: 'MEMBER',
    type:
      issue.type === null
        ? null
        : {
            id: state.types.indexOf(issue.type) + 1,
            node_id: `IT_${issue.type}`,
            name: issue.type,
            description: null,
          },
    body: issue.body,
    performed_via_github_app: null,
    ...(issue.parent === null ? {} : { parent_issue_url: issue.parent }),
    ...(issue.isPull
      ? { pull_request: { url, html_url: web, diff_url: `${web}.diff`, patch_url: `${web}.patch` } }
      : {}),
  }
}

export const shownComment = (
  state: FakeState,
  at: FakeRepository,
  issue: FakeIssue,
  comment: FakeComment,
  origins: Origins,
) => ({
  url: `${apiPath(at, origins)}/issues/comments/${comment.id}`,
  html_url: `${origins.web}/${fullName(at)}/issues/${issue.number}#issuecomment-${comment.id}`,
  issue_url: `${apiPath(at, origins)}/issues/${issue.number}`,
  id: comment.id,
  node_id: `IC_${comment.id}`,
  user: userOf(state, comment.userId, origins),
  created_at: seconds(comment.createdMs),
  updated_at: seconds(comment.updatedMs),
  author_association: 'MEMBER',
  body: comment.body,
  performed_via_github_app: null,
})

export const shownRelease = (
  state: FakeState,
  at: FakeRepository,
  release: FakeRelease,
  origins: Origins,
) => {
  const url = `${apiPath(at, origins)}/releases/${release.id}`
  const author = userOf(state, 901, origins)
  return {
    url,
    assets_url: `${url}/assets`,
    upload_url: `${url}/assets{?name,label}`,
    html_url: `${origins.web}/${fullName(at)}/releases/tag/${release.tag}`,
    id: release.id,
    author,
    node_id: `RE_${release.id}`,
    tag_name: release.tag,
    target_commitish: 'main',
    name: release.name,
    draft: release.draft,
    prerelease: release.prerelease,
    created_at: seconds(release.createdMs),
    updated_at: seconds(release.updatedMs),
    published_at: release.draft ? null : seconds(release.createdMs),
    assets: [],
    tarball_url: null,
    zipball_url: null,
    body: release.body,
  }
}

export const shownHook = (at: FakeRepository, hook: FakeHook, origins: Origins) => {
  const url = `${apiPath(at, origins)}/hooks/${hook.id}`
  return {
    type: 'Repository',
    id: hook.id,
    name: 'web',
    active: hook.active,
    events: hook.events,
    config: {
      content_type: hook.config.contentType,
      insecure_ssl: '0',
      url: hook.config.url,
      // Never told again.
      ...(hook.config.secret === '' ? {} : { secret: '********' }),
    },
    updated_at: seconds(hook.createdMs),
    created_at: seconds(hook.createdMs),
    url,
    test_url: `${url}/test`,
    ping_url: `${url}/pings`,
    deliveries_url: `${url}/deliveries`,
    last_response: { code: null, status: 'unused', message: null },
  }
}

export const shownDelivery = (at: FakeRepository, each: FakeDelivery) => ({
  id: each.id,
  guid: each.guid,
  delivered_at: seconds(each.atMs),
  redelivery: each.isAgain,
  duration: 0.1,
  status: each.status === 200 ? 'OK' : 'failed to connect to host',
  status_code: each.status,
  event: each.event,
  action: each.action,
  installation_id: null,
  repository_id: at.id,
  throttled_at: null,
})
