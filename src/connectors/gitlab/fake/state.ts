/** What a pretended GitLab holds. A small company: group `northwind` with `atlas` and `borealis`, and a bot of ours. */

export interface FakeUser {
  readonly id: number
  readonly username: string
  readonly name: string
  /** What they show to everybody. */
  readonly publicEmail: string | null
  readonly token: string
  /** GitLab's number of the role in every project; 0: no member. */
  accessLevel: number
}

export interface FakeProject {
  readonly id: number
  readonly name: string
  readonly path: string
  /** Grow by themselves when an issue is given an unknown one. */
  readonly labels: string[]
  archived: boolean
  hidden: boolean
  lastIid: number
}

export interface FakeNote {
  readonly id: number
  body: string
  readonly authorId: number
  readonly atMs: number
  updatedMs: number
  readonly system: boolean
  readonly internal: boolean
  /** Address of who wrote it to the Service Desk. */
  readonly external: string | null
}

export interface FakeIssue {
  readonly id: number
  readonly iid: number
  readonly projectId: number
  title: string
  description: string
  state: 'opened' | 'closed'
  labels: readonly string[]
  milestoneId: number | null
  assigneeIds: readonly number[]
  readonly authorId: number
  dueDate: string | null
  confidential: boolean
  type: string
  weight: number | null
  readonly createdMs: number
  updatedMs: number
  movedToId: number | null
  readonly serviceDeskReplyTo: string | null
  notes: FakeNote[]
}

export interface FakeMilestone {
  readonly id: number
  readonly projectId: number
  title: string
  description: string
  state: 'active' | 'closed'
  dueDate: string | null
  updatedMs: number
}

export interface FakeRelease {
  readonly projectId: number
  readonly tag: string
  readonly name: string
  readonly releasedMs: number
}

export interface FakeUpload {
  readonly projectId: number
  readonly secret: string
  readonly filename: string
  readonly bytes: Uint8Array
}

export interface FakeHook {
  readonly id: number
  readonly projectId: number
  settings: Readonly<Record<string, unknown>>
  /** In a row. */
  failures: number
  /** Whether its address answers well when it is tried. */
  answersWell: boolean
}

export interface FakeLink {
  readonly id: number
  readonly fromId: number
  readonly toId: number
  readonly type: string
}

export interface FakeState {
  readonly users: FakeUser[]
  readonly projects: FakeProject[]
  readonly issues: Map<number, FakeIssue>
  readonly milestones: FakeMilestone[]
  readonly releases: FakeRelease[]
  readonly uploads: FakeUpload[]
  readonly hooks: FakeHook[]
  readonly links: FakeLink[]
  /** A paid edition: several assignees, one label of a scope, weight. */
  licensed: boolean
  /** Whether webhooks can be signed: newest versions only. */
  signs: boolean
  lastId: number
}

export const SUPPORT_BOT_ID = 99

const user = (
  id: number,
  username: string,
  name: string,
  accessLevel: number,
  publicEmail: string | null,
) => ({
  id,
  username,
  name,
  publicEmail,
  token: `token-of-${username}`,
  accessLevel,
})

const LABELS = [
  'backend',
  'customer',
  'urgent',
  'priority::1',
  'priority::2',
  'priority::3',
  'workflow::doing',
  'workflow::review',
  'team::export',
  'team::login',
]

const project = (id: number, path: string, name: string): FakeProject => ({
  id,
  name,
  path,
  labels: [...LABELS],
  archived: false,
  hidden: false,
  lastIid: 0,
})

const milestone = (id: number, title: string, dueDate: string | null, updatedMs: number): FakeMilestone => ({
  id,
  projectId: 4,
  title,
  description: '',
  state: 'active',
  dueDate,
  updatedMs,
})

export const initialState = (nowMs: number): FakeState => ({
  users: [
    user(1, 'root', 'Administrator', 50, null),
    user(5, 'causeway', 'Causeway', 40, null),
    user(6, 'dora', 'Dora Developer', 30, 'dora@northwind.example'),
    user(7, 'rolf', 'Rolf Reporter', 20, null),
    user(8, 'otto', 'Otto Outside', 0, null),
    user(SUPPORT_BOT_ID, 'support-bot', 'GitLab Support Bot', 0, null),
  ],
  projects: [project(4, 'northwind/atlas', 'Atlas'), project(5, 'northwind/borealis', 'Borealis')],
  issues: new Map(),
  milestones: [milestone(31, '2.1', '2026-03-01', nowMs), milestone(32, '2.2', '2026-06-01', nowMs)],
  releases: [],
  uploads: [],
  hooks: [],
  links: [],
  licensed: true,
  signs: true,
  lastId: 1_000,
})

export const newId = (state: FakeState): number => {
  state.lastId += 1
  return state.lastId
}

export const userOf = (state: FakeState, id: number): FakeUser | undefined =>
  state.users.find((each) => each.id === id)

export const issueAt = (state: FakeState, projectId: number, iid: number): FakeIssue | undefined =>
  [...state.issues.values()].find((each) => each.projectId === projectId && each.iid === iid)

export const mayRead = (who: FakeUser, issue: FakeIssue): boolean =>
  !issue.confidential || who.accessLevel >= 15 || issue.authorId === who.id
