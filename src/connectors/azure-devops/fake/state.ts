import { randomUUID } from 'node:crypto'

/** What a pretended Azure DevOps holds: an organisation with two projects of the Agile process. */

export interface FakeUser {
  readonly id: string
  readonly displayName: string
  readonly uniqueName: string
}

export interface FakeNode {
  readonly id: number
  readonly identifier: string
  name: string
  attributes: { startDate: string | null; finishDate: string | null } | null
  readonly children: FakeNode[]
}

export interface FakeProject {
  readonly id: string
  readonly name: string
  readonly areas: FakeNode
  readonly iterations: FakeNode
}

export interface FakeField {
  readonly referenceName: string
  readonly name: string
  readonly type:
    | 'string'
    | 'html'
    | 'integer'
    | 'dateTime'
    | 'identity'
    | 'treePath'
    | 'plainText'
    | 'boolean'
  readonly readOnly: boolean
  readonly allowed: readonly (string | number)[]
}

export interface FakeType {
  readonly name: string
  readonly fields: readonly string[]
  readonly states: readonly { readonly name: string; readonly category: string }[]
  readonly transitions: Readonly<Record<string, readonly string[]>>
}

export interface FakeRelation {
  readonly rel: string
  readonly url: string
  readonly attributes: Readonly<Record<string, unknown>>
}

export interface FakeComment {
  readonly id: number
  text: string
  readonly format: 'html' | 'markdown'
  readonly by: FakeUser
  readonly atMs: number
  editedMs: number
  isDeleted: boolean
}

export interface FakeUpdate {
  readonly rev: number
  readonly by: FakeUser
  readonly atMs: number
  readonly fields: Readonly<Record<string, { readonly oldValue?: unknown; readonly newValue?: unknown }>>
  readonly added: readonly FakeRelation[]
  readonly removed: readonly FakeRelation[]
}

export interface FakeItem {
  readonly id: number
  rev: number
  watermark: number
  fields: Record<string, unknown>
  formats: Record<string, string>
  relations: readonly FakeRelation[]
  readonly comments: FakeComment[]
  readonly updates: FakeUpdate[]
  isDeleted: boolean
}

export interface FakeUpload {
  readonly name: string
  readonly expected: number | null
  bytes: Uint8Array
  readonly by: FakeUser
  readonly atMs: number
}

export interface FakeState {
  readonly users: readonly FakeUser[]
  readonly projects: FakeProject[]
  readonly fields: readonly FakeField[]
  readonly types: readonly FakeType[]
  readonly items: Map<number, FakeItem>
  readonly uploads: Map<string, FakeUpload>
  readonly subscriptions: Map<string, Record<string, unknown>>
  /** Names of projects that the account may not see. */
  readonly hidden: Set<string>
  readonly last: { item: number; comment: number; watermark: number; relation: number }
}

let nodes = 3_560
const nextNode = (): number => {
  nodes += 1
  return nodes
}
const node = (name: string, children: FakeNode[] = [], days: FakeNode['attributes'] = null): FakeNode => ({
  id: nextNode(),
  identifier: randomUUID(),
  name,
  attributes: days,
  children,
})

const days = (startDate: string, finishDate: string) => ({
  startDate: `${startDate}T00:00:00Z`,
  finishDate: `${finishDate}T00:00:00Z`,
})

const project = (id: string, name: string): FakeProject => ({
  id,
  name,
  areas: node(name, [node('Website', [node('Login')]), node('Service')]),
  iterations: node(name, [
    node(
      'Release 1',
      [node('Sprint 1', [], days('2026-01-05', '2026-01-16'))],
      days('2026-01-05', '2026-01-30'),
    ),
    node('Release 2', [], days('2026-02-02', '2026-02-27')),
  ]),
})

const field = (
  referenceName: string,
  name: string,
  type: FakeField['type'] = 'string',
  more: Partial<Pick<FakeField, 'readOnly' | 'allowed'>> = {},
): FakeField => ({ referenceName, name, type, readOnly: false, allowed: [], ...more })

const READ = { readOnly: true }

const FIELDS: readonly FakeField[] = [
  field('System.Id', 'ID', 'integer', READ),
  field('System.Rev', 'Rev', 'integer', READ),
  field('System.Title', 'Title'),
  field('System.Description', 'Description', 'html'),
  field('System.State', 'State'),
  field('System.Reason', 'Reason'),
  field('System.WorkItemType', 'Work Item Type'),
  field('System.TeamProject', 'Team Project'),
  field('System.AreaPath', 'Area Path', 'treePath'),
  field('System.IterationPath', 'Iteration Path', 'treePath'),
  field('System.AssignedTo', 'Assigned To', 'identity'),
  field('System.CreatedBy', 'Created By', 'identity', READ),
  field('System.CreatedDate', 'Created Date', 'dateTime', READ),
  field('System.ChangedBy', 'Changed By', 'identity', READ),
  field('System.ChangedDate', 'Changed Date', 'dateTime', READ),
  field('System.CommentCount', 'Comment Count', 'integer', READ),
  field('System.Tags', 'Tags', 'plainText'),
  field('Microsoft.VSTS.TCM.ReproSteps', 'Repro Steps', 'html'),
  field('Microsoft.VSTS.Common.Priority', 'Priority', 'integer', { allowed: [1, 2, 3, 4] }),
  field('Microsoft.VSTS.Common.Severity', 'Severity', 'string', {
    allowed: ['1 - Critical', '2 - High', '3 - Medium', '4 - Low'],
  }),
  field('Microsoft.VSTS.Common.StateChangeDate', 'State Change Date', 'dateTime', READ),
  field('Microsoft.VSTS.Scheduling.DueDate', 'Due Date', 'dateTime'),
  field('Custom.CausewayKey', 'Causeway Key'),
  field('Custom.CustomersAffected', 'Customers Affected', 'integer'),
  field('Custom.Regression', 'Regression', 'boolean'),
]

const COMMON = [
  'System.Title',
  'System.State',
  'System.Reason',
  'System.AreaPath',
  'System.IterationPath',
  'System.AssignedTo',
  'System.Tags',
  'System.Description',
  'Microsoft.VSTS.Common.Priority',
  'Microsoft.VSTS.Common.StateChangeDate',
  'Microsoft.VSTS.Scheduling.DueDate',
  'Custom.CausewayKey',
]

const STATES = [
  { name: 'New', category: 'Proposed' },
  { name: 'Active', category: 'InProgress' },
  { name: 'Resolved', category: 'Resolved' },
  { name: 'Closed', category: 'Completed' },
]
const MOVES = {
  '': ['New'],
  New: ['New', 'Active'],
  Active: ['Active', 'New', 'Resolved'],
  Resolved: ['Resolved', 'Active', 'Closed'],
  Closed: ['Closed', 'Active'],
}

const TYPES: readonly FakeType[] = [
  {
    name: 'Bug',
    fields: [
      ...COMMON,
      'Microsoft.VSTS.TCM.ReproSteps',
      'Microsoft.VSTS.Common.Severity',
      'Custom.CustomersAffected',
      'Custom.Regression',
    ],
    states: STATES,
    transitions: MOVES,
  },
  { name: 'User Story', fields: COMMON, states: STATES, transitions: MOVES },
]

export const INTEGRATION: FakeUser = {
  id: '5f6c1e0a-0d6e-4b53-9d58-4c4a5a1c0001',
  displayName: 'Causeway',
  uniqueName: 'causeway@fabrikam.example',
}
export const DEVELOPER: FakeUser = {
  id: '5f6c1e0a-0d6e-4b53-9d58-4c4a5a1c0002',
  displayName: 'Dora Developer',
  uniqueName: 'dora@fabrikam.example',
}

export const initialState = (): FakeState => ({
  users: [INTEGRATION, DEVELOPER],
  projects: [
    project('6ce954b1-ce1f-45d1-b94d-e6bf2464ba2c', 'Fabrikam Fiber'),
    project('7d0a65c2-df20-46e2-8a5e-f7c03575cb3d', 'Tailspin'),
  ],
  fields: FIELDS,
  types: TYPES,
  items: new Map(),
  uploads: new Map(),
  subscriptions: new Map(),
  hidden: new Set(),
  last: { item: 0, comment: 0, watermark: 0, relation: 65_000 },
})

export const iso = (ms: number): string => new Date(ms).toISOString()

export const identity = (user: FakeUser) => ({
  displayName: user.displayName,
  id: user.id,
  uniqueName: user.uniqueName,
  descriptor: `aad.${Buffer.from(user.id).toString('base64url')}`,
})
