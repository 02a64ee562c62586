import { type FakeProject, newProject } from './projects.ts'

/** The records of a pretended GitHub and what it holds at the start. Times are milliseconds here and seconds outside. */

export interface FakeUser {
  readonly id: number
  readonly login: string
  readonly type: 'User' | 'Bot'
}

export interface FakeComment {
  readonly id: number
  readonly userId: number
  body: string
  readonly createdMs: number
  updatedMs: number
}

/** As the timeline tells it; REST events are not asked for. */
export interface FakeEvent {
  readonly type: string
  readonly atMs: number
  readonly actorId: number
  readonly more: Readonly<Record<string, unknown>>
}

export interface FakeEdit {
  readonly atMs: number
  readonly editorId: number
  readonly text: string
}

export interface FakeIssue {
  readonly id: number
  readonly number: number
  title: string
  body: string | null
  state: 'open' | 'closed'
  stateReason: string | null
  readonly userId: number
  labels: readonly string[]
  assignees: readonly number[]
  milestone: number | null
  type: string | null
  comments: FakeComment[]
  readonly createdMs: number
  updatedMs: number
  readonly isPull: boolean
  isLocked: boolean
  parent: string | null
  readonly events: FakeEvent[]
  readonly edits: FakeEdit[]
}

export interface FakeMilestone {
  readonly id: number
  readonly number: number
  title: string
  description: string | null
  state: 'open' | 'closed'
  dueOn: string | null
  readonly createdMs: number
  updatedMs: number
}

export interface FakeRelease {
  readonly id: number
  readonly tag: string
  name: string
  body: string
  readonly draft: boolean
  readonly prerelease: boolean
  readonly createdMs: number
  updatedMs: number
}

export interface FakeDelivery {
  readonly id: number
  readonly guid: string
  readonly event: string
  readonly action: string
  readonly body: string
  readonly atMs: number
  readonly isAgain: boolean
  /** 0 until it was answered, or for ever where nobody did. */
  status: number
}

export interface FakeHook {
  readonly id: number
  active: boolean
  events: readonly string[]
  config: { url: string; contentType: string; secret: string }
  readonly deliveries: FakeDelivery[]
  readonly createdMs: number
}

export interface FakeRepository {
  readonly id: number
  readonly owner: string
  name: string
  /** Names it had: they are redirected. */
  readonly oldNames: string[]
  readonly labels: string[]
  readonly milestones: FakeMilestone[]
  readonly releases: FakeRelease[]
  readonly hooks: FakeHook[]
  readonly issues: Map<number, FakeIssue>
  /** Numbers of issues that were transferred, and where they are. */
  readonly moved: Map<number, { readonly repositoryId: number; readonly number: number }>
  readonly deleted: Set<number>
  lastNumber: number
  isArchived: boolean
  isHidden: boolean
}

export interface FakeState {
  readonly users: readonly FakeUser[]
  readonly accountId: number
  readonly repositories: FakeRepository[]
  /** By path below the address where people look. */
  readonly files: Map<string, Uint8Array>
  readonly types: readonly string[]
  /** Without it labels, people, milestones and types are dropped in silence. */
  mayPush: boolean
  mayKeepHooks: boolean
  hasGraphql: boolean
  readonly projects: FakeProject[]
  /** As of a classic token, whose scopes each answer names. */
  scopes: string
  lastId: number
}

export const CAUSEWAY = 900
export const DORA = 901
export const EVE = 902

export const nextId = (state: FakeState): number => {
  state.lastId += 1
  return state.lastId
}

const repository = (id: number, name: string, nowMs: number): FakeRepository => ({
  id,
  owner: 'acme',
  name,
  oldNames: [],
  labels: [
    'bug',
    'portal',
    'login',
    'priority: high',
    'priority: low',
    'area/Login',
    'area/Export',
    'severity: 1',
    'severity: 2',
  ],
  milestones: ['2.1.0', '2.2.0'].map((title, index) => ({
    id: id * 100 + index,
    number: index + 1,
    title,
    description: 'What we plan',
    state: 'open' as const,
    dueOn: '2026-02-01T08:00:00Z',
    createdMs: nowMs,
    updatedMs: nowMs,
  })),
  releases: [
    {
      id: id * 100 + 50,
      tag: 'v2.0.0',
      name: '2.0.0',
      body: '- one\n- two',
      draft: false,
      prerelease: false,
      createdMs: nowMs,
      updatedMs: nowMs,
    },
  ],
  hooks: [],
  issues: new Map(),
  moved: new Map(),
  deleted: new Set(),
  lastNumber: 0,
  isArchived: false,
  isHidden: false,
})

export const initialState = (nowMs: number): FakeState => ({
  users: [
    { id: CAUSEWAY, login: 'causeway-account', type: 'User' },
    { id: DORA, login: 'dora-dev', type: 'User' },
    { id: EVE, login: 'eve-dev', type: 'User' },
  ],
  accountId: CAUSEWAY,
  repositories: [repository(11, 'road', nowMs), repository(12, 'bridge', nowMs)],
  files: new Map(),
  types: ['Bug', 'Feature'],
  mayPush: true,
  mayKeepHooks: true,
  hasGraphql: true,
  projects: [newProject('acme', 7)],
  scopes: 'admin:repo_hook, project, repo',
  lastId: 5_000,
})
