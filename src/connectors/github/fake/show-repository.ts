import { apiPath, fullName, type Origins, seconds, shownUser } from './show.ts'
import type { FakeRepository, FakeState } from './state.ts'

/** A repository as it is shown by itself: most of it addresses that nobody here asks. */

const ADDRESSES: readonly string[] =
  'archive assignees blobs branches collaborators comments commits compare contents contributors deployments downloads events forks git_commits git_refs git_tags hooks issue_comment issue_events issues keys labels languages merges milestones notifications pulls releases stargazers statuses subscribers subscription tags teams trees clone git mirror ssh svn'.split(
    ' ',
  )

export const shownRepository = (state: FakeState, at: FakeRepository, origins: Origins) => {
  const url = apiPath(at, origins)
  const open = [...at.issues.values()].filter((each) => each.state === 'open').length
  const [first] = state.users
  return {
    ...Object.fromEntries(ADDRESSES.map((name) => [`${name}_url`, `${url}/${name}`])),
    id: at.id,
    node_id: `R_${at.id}`,
    name: at.name,
    full_name: fullName(at),
    private: false,
    owner: {
      ...(first === undefined ? {} : shownUser({ ...first, login: at.owner }, origins)),
      id: 1,
      type: 'Organization',
    },
    html_url: `${origins.web}/${fullName(at)}`,
    url,
    description: null,
    fork: false,
    homepage: null,
    language: null,
    default_branch: 'main',
    forks: 0,
    forks_count: 0,
    archived: at.isArchived,
    disabled: false,
    has_issues: true,
    has_projects: true,
    has_wiki: false,
    has_pages: false,
    has_discussions: false,
    open_issues: open,
    open_issues_count: open,
    license: null,
    size: 0,
    stargazers_count: 0,
    watchers: 0,
    watchers_count: 0,
    network_count: 0,
    subscribers_count: 0,
    pushed_at: '2020-01-01T00:00:00Z',
    created_at: '2020-01-01T00:00:00Z',
    updated_at: seconds(Date.parse('2020-01-01T00:00:00Z')),
    permissions: {
      admin: false,
      maintain: false,
      push: state.mayPush,
      triage: state.mayPush,
      pull: true,
    },
  }
}
