/**
 * The records of a pretended Redmine and what it holds at the start: the same projects, people, versions and custom
 * fields (with the same ids) as the real one in `test/servers/real/redmine-seed.rb`.
 */

export interface FakeNamed {
  readonly id: number
  readonly name: string
}
export interface FakeUser {
  readonly id: number
  readonly login: string
  readonly firstname: string
  readonly lastname: string
  readonly mail: string
  readonly apiKey: string
  readonly isAdmin: boolean
  /** The role in every project. */
  role: FakeRole | null
}
export interface FakeRole extends FakeNamed {
  readonly permissions: readonly string[]
}
export interface FakeStatus extends FakeNamed {
  readonly isClosed: boolean
}
export interface FakeCustomField extends FakeNamed {
  readonly format: 'list' | 'string' | 'link' | 'int' | 'date' | 'bool'
  readonly multiple: boolean
  readonly options: readonly string[]
  isFilter: boolean
}
export interface FakeProject extends FakeNamed {
  readonly identifier: string
  readonly categories: FakeNamed[]
}
export interface FakeVersion {
  readonly id: number
  readonly projectId: number
  name: string
  description: string
  status: string
  dueDate: string | null
  createdMs: number
  updatedMs: number
}
export interface FakeDetail {
  readonly property: 'attr' | 'cf' | 'attachment'
  readonly name: string
  readonly old_value: string | null
  readonly new_value: string | null
}
export interface FakeJournal {
  readonly id: number
  readonly userId: number
  notes: string
  readonly isPrivate: boolean
  readonly atMs: number
  readonly details: readonly FakeDetail[]
}
export interface FakeAttachment {
  readonly id: number
  readonly filename: string
  readonly contentType: string
  readonly description: string
  readonly authorId: number
  readonly bytes: Uint8Array
  readonly atMs: number
}
export interface FakeRelation {
  readonly id: number
  readonly fromId: number
  readonly toId: number
  readonly type: string
}
export interface FakeIssue {
  readonly id: number
  projectId: number
  trackerId: number
  statusId: number
  priorityId: number
  readonly authorId: number
  assignedToId: number | null
  categoryId: number | null
  versionId: number | null
  subject: string
  description: string | null
  dueDate: string | null
  custom: ReadonlyMap<number, string | readonly string[]>
  readonly createdMs: number
  updatedMs: number
  journals: FakeJournal[]
  attachments: FakeAttachment[]
}

export interface FakeState {
  readonly users: FakeUser[]
  readonly roles: readonly FakeRole[]
  readonly trackers: readonly FakeNamed[]
  readonly statuses: readonly FakeStatus[]
  readonly priorities: readonly FakeNamed[]
  readonly projects: FakeProject[]
  readonly customFields: FakeCustomField[]
  readonly versions: Map<number, FakeVersion>
  readonly issues: Map<number, FakeIssue>
  readonly relations: FakeRelation[]
  /** Uploads nobody has taken yet, by token. */
  readonly uploads: Map<string, FakeAttachment>
  /** Status word → words reachable in one step, for who is no administrator; null: all of them. */
  workflow: Readonly<Record<string, readonly string[]>> | null
  maxAttachmentBytes: number
  /** Issues the API answers with 403: private, or in a project that was closed. */
  readonly hiddenIssues: Set<number>
  /** The highest id given, for each kind. */
  readonly lastId: { issue: number; journal: number; attachment: number; version: number }
}

const MANAGER: FakeRole = {
  id: 3,
  name: 'Manager',
  permissions: [
    'view_issues',
    'add_issues',
    'edit_issues',
    'add_issue_notes',
    'edit_issue_notes',
    'edit_own_issue_notes',
    'view_private_notes',
    'set_notes_private',
    'delete_issues',
    'manage_versions',
  ],
}
const DEVELOPER: FakeRole = {
  id: 4,
  name: 'Developer',
  permissions: [
    'view_issues',
    'add_issues',
    'edit_issues',
    'add_issue_notes',
    'view_private_notes',
    'set_notes_private',
  ],
}
const REPORTER: FakeRole = {
  id: 5,
  name: 'Reporter',
  permissions: ['view_issues', 'add_issues', 'add_issue_notes'],
}

const user = (
  id: number,
  login: string,
  firstname: string,
  lastname: string,
  role: FakeRole | null,
): FakeUser => ({
  id,
  login,
  firstname,
  lastname,
  mail: `${login}@eng.example`,
  apiKey: `key-of-${login}`,
  isAdmin: role === null,
  role,
})

const field = (
  id: number,
  name: string,
  format: FakeCustomField['format'],
  options: readonly string[] = [],
) => ({
  id,
  name,
  format,
  options,
  multiple: name === 'Browsers',
  isFilter: true,
})

const named = (names: readonly string[]): FakeNamed[] => names.map((name, index) => ({ id: index + 1, name }))

export const initialState = (nowMs: number): FakeState => {
  const version = (id: number, name: string, status: string, dueDate: string): [number, FakeVersion] => [
    id,
    { id, projectId: 1, name, description: '', status, dueDate, createdMs: nowMs, updatedMs: nowMs },
  ]
  return {
    users: [
      user(1, 'admin', 'Redmine', 'Admin', null),
      user(5, 'integration', 'Integration', 'Bot', MANAGER),
      user(6, 'dora', 'Dora', 'Developer', DEVELOPER),
      user(7, 'rolf', 'Rolf', 'Reporter', REPORTER),
    ],
    roles: [MANAGER, DEVELOPER, REPORTER],
    trackers: named(['Bug', 'Feature']),
    statuses: named(['New', 'In Progress', 'Resolved', 'Feedback', 'Closed', 'Rejected']).map((each) => ({
      ...each,
      // "Resolved" still counts as open there.
      isClosed: each.id >= 5,
    })),
    priorities: named(['Low', 'Normal', 'High', 'Urgent', 'Immediate']),
    projects: [
      { id: 1, name: 'Atlas', identifier: 'atlas', categories: named(['Export', 'Login', 'Billing']) },
      { id: 2, name: 'Borealis', identifier: 'borealis', categories: [] },
    ],
    customFields: [
      field(1, 'Severity', 'list', ['Critical', 'High', 'Medium', 'Low']),
      field(2, 'TicketKey', 'string'),
      field(3, 'TicketURL', 'link'),
      field(4, 'CustomersAffected', 'int'),
      field(5, 'CausewayKey', 'string'),
      field(6, 'Browsers', 'list', ['Chrome', 'Firefox', 'Safari']),
      field(7, 'FoundOn', 'date'),
      field(8, 'Regression', 'bool'),
    ],
    versions: new Map([
      version(1, '2.0.0', 'closed', '2026-10-23'),
      version(2, '2.1.0', 'open', '2026-12-06'),
      version(3, '2.2.0', 'open', '2027-01-21'),
    ]),
    issues: new Map(),
    relations: [],
    uploads: new Map(),
    workflow: null,
    hiddenIssues: new Set(),
    maxAttachmentBytes: 50 * 1024 * 1024,
    lastId: { issue: 0, journal: 0, attachment: 0, version: 3 },
  }
}

export const may = (who: FakeUser, permission: string): boolean =>
  who.isAdmin || (who.role?.permissions.includes(permission) ?? false)

export const nameOf = (state: FakeState, userId: number): FakeNamed => {
  const found = state.users.find((each) => each.id === userId)
  return { id: userId, name: found === undefined ? 'Anonymous' : `${found.firstname} ${found.lastname}` }
}
