/** The memory of a pretended Jira, and what stands in it from the start. */

export interface FakeUser {
  /** Account id on Cloud, user key on Data Center. */
  readonly id: string
  readonly name: string
  readonly displayName: string
  readonly email: string
  readonly isCustomer: boolean
}

export interface FakeComment {
  readonly id: number
  readonly authorId: string
  body: unknown
  readonly createdMs: number
  updatedMs: number
  visibility: { readonly type: string; readonly value: string } | null
  /** The desk's: whether customers are kept out. */
  readonly isInternal: boolean
  readonly attachmentIds: readonly number[]
}

export interface FakeAttachment {
  readonly id: number
  readonly filename: string
  readonly mimeType: string
  readonly authorId: string
  readonly bytes: Uint8Array
  readonly createdMs: number
}

export interface FakeChange {
  readonly field: string
  readonly fieldId: string
  readonly from: string | null
  readonly fromString: string | null
  readonly to: string | null
  readonly toString: string | null
}

export interface FakeHistory {
  readonly id: number
  readonly authorId: string
  readonly createdMs: number
  readonly items: readonly FakeChange[]
}

export interface FakeIssue {
  readonly id: number
  number: number
  projectKey: string
  readonly creatorId: string
  readonly createdMs: number
  updatedMs: number
  /** Name of the status. */
  status: string
  /** By ids of fields, in the form of a write's answer: names, ids, plain values. */
  readonly values: Map<string, unknown>
  comments: FakeComment[]
  attachments: FakeAttachment[]
  readonly histories: FakeHistory[]
  remoteLinks: { id: number; globalId: string | null; url: string; title: string }[]
  readonly properties: Map<string, unknown>
  isDeleted: boolean
  /** What the search index will hold, and from when on. */
  readonly index: { fromMs: number; updatedMs: number; projectKey: string; isDeleted: boolean }[]
}

export interface FakeField {
  readonly id: string
  readonly name: string
  readonly custom: boolean
  readonly schema: { readonly type: string; readonly items?: string; readonly custom?: string }
  readonly options?: readonly string[]
}

export interface FakeVersion {
  readonly id: number
  readonly projectKey: string
  name: string
  description: string
  released: boolean
  archived: boolean
  releaseDate: string | null
}

export interface FakeHook {
  readonly id: number
  readonly by: 'admin' | 'app'
  url: string
  events: readonly string[]
  jql: string
  secret: string
  enabled: boolean
  expiresMs: number
}

export interface FakeState {
  readonly cloud: boolean
  /** A service project, whose requests customers read. */
  readonly desk: boolean
  readonly lagMs: number
  readonly users: readonly FakeUser[]
  readonly projects: readonly { readonly id: number; readonly key: string; readonly name: string }[]
  readonly types: readonly { readonly id: number; readonly name: string }[]
  readonly statuses: readonly { readonly id: number; readonly name: string; readonly category: string }[]
  readonly priorities: readonly string[]
  readonly components: readonly { readonly id: number; readonly name: string }[]
  readonly versions: FakeVersion[]
  readonly fields: readonly FakeField[]
  /** Status → words reachable in one step. */
  readonly workflow: Readonly<Record<string, readonly string[]>>
  /** Ids of fields that the step to a status demands. */
  readonly demands: Readonly<Record<string, readonly string[]>>
  readonly issues: Map<number, FakeIssue>
  hooks: FakeHook[]
  readonly temporary: Map<string, FakeAttachment>
  readonly requestTypes: readonly { readonly id: number; readonly name: string; readonly type: string }[]
  /** Whether the account administers Jira, and so may register webhooks. */
  isAdmin: boolean
  last: { issue: number; element: number; history: number; number: number }
}

export const US = 'account-of-integration'

const text = (
  id: number,
  name: string,
  kind: string,
  more: Partial<FakeField['schema']> = {},
): FakeField => ({
  id: `customfield_${id}`,
  name,
  custom: true,
  schema: { type: 'string', custom: `com.atlassian.jira.plugin.system.customfieldtypes:${kind}`, ...more },
})

const SYSTEM_FIELDS: readonly FakeField[] = [
  ['summary', 'Summary', 'string'],
  ['description', 'Description', 'string'],
  ['status', 'Status', 'status'],
  ['issuetype', 'Issue Type', 'issuetype'],
  ['project', 'Project', 'project'],
  ['priority', 'Priority', 'priority'],
  ['assignee', 'Assignee', 'user'],
  ['reporter', 'Reporter', 'user'],
  ['resolution', 'Resolution', 'resolution'],
  ['duedate', 'Due date', 'date'],
].map(([id = '', name = '', type = '']) => ({ id, name, custom: false, schema: { type } }))

const LISTS: readonly FakeField[] = [
  { id: 'components', name: 'Components', custom: false, schema: { type: 'array', items: 'component' } },
  { id: 'fixVersions', name: 'Fix versions', custom: false, schema: { type: 'array', items: 'version' } },
  { id: 'labels', name: 'Labels', custom: false, schema: { type: 'array', items: 'string' } },
]

const CUSTOM: readonly FakeField[] = [
  { ...text(10010, 'Severity', 'select', { type: 'option' }), options: ['High', 'Medium', 'Low'] },
  text(10011, 'Customers affected', 'float', { type: 'number' }),
  {
    ...text(10012, 'Browsers', 'multiselect', { type: 'array', items: 'option' }),
    options: ['Chrome', 'Firefox', 'Safari'],
  },
  text(10013, 'Found in', 'textfield'),
  text(10014, 'Analysis', 'textarea'),
  // two of one name, which Jira allows
  text(10016, 'Team', 'textfield'),
  text(10017, 'Team', 'textfield'),
]

const DESK_FIELDS: readonly FakeField[] = [
  {
    id: 'customfield_10020',
    name: 'Request Type',
    custom: true,
    schema: { type: 'sd-customerrequesttype', custom: 'com.atlassian.servicedesk:vp-origin' },
  },
  {
    id: 'customfield_10021',
    name: 'Time to resolution',
    custom: true,
    schema: { type: 'sd-servicelevelagreement', custom: 'com.atlassian.servicedesk:sd-sla-field' },
  },
  {
    id: 'customfield_10022',
    name: 'Organizations',
    custom: true,
    schema: {
      type: 'array',
      items: 'sd-customerorganization',
      custom: 'com.atlassian.servicedesk:sd-customer-organizations',
    },
  },
]

const version = (id: number, name: string, projectKey = 'ATLAS'): FakeVersion => ({
  id,
  projectKey,
  name,
  description: '',
  released: false,
  archived: false,
  releaseDate: null,
})

export interface FakeOptions {
  readonly cloud: boolean
  readonly desk: boolean
  readonly lagMs: number
}

export const initialState = ({ cloud, desk, lagMs }: FakeOptions): FakeState => ({
  cloud,
  desk,
  lagMs,
  users: [
    [US, 'integration', 'Integration', false],
    ['account-of-dora', 'dora', 'Dora Example', false],
    ['account-of-lee', 'lee', 'Lee Example', false],
    ['account-of-casey', 'casey', 'Casey Customer', true],
  ].map(([id, name, displayName, isCustomer]) => ({
    id: String(id),
    name: String(name),
    displayName: String(displayName),
    email: `${name}@example.com`,
    isCustomer: isCustomer === true,
  })),
  projects: [
    { id: 10000, key: 'ATLAS', name: 'Atlas' },
    { id: 10001, key: 'BOREALIS', name: 'Borealis' },
  ],
  types: [
    { id: 10001, name: 'Bug' },
    { id: 10002, name: 'Task' },
  ],
  statuses: [
    { id: 1, name: 'To Do', category: 'new' },
    { id: 3, name: 'In Progress', category: 'indeterminate' },
    { id: 4, name: 'In Review', category: 'indeterminate' },
    { id: 5, name: 'Done', category: 'done' },
  ],
  priorities: ['High', 'Medium', 'Low'],
  components: [
    { id: 10100, name: 'Login' },
    { id: 10101, name: 'Export' },
  ],
  versions: [version(10200, '2.1.0'), version(10201, '2.2.0'), version(10202, '1.0', 'BOREALIS')],
  fields: [...SYSTEM_FIELDS, ...LISTS, ...CUSTOM, ...(desk ? DESK_FIELDS : [])],
  workflow: {
    'To Do': ['In Progress'],
    'In Progress': ['To Do', 'In Review'],
    'In Review': ['In Progress', 'Done'],
    Done: ['In Progress'],
  },
  demands: { Done: ['resolution'] },
  issues: new Map(),
  hooks: [],
  temporary: new Map(),
  requestTypes: [
    { id: 11, name: 'Report a problem', type: 'Bug' },
    { id: 12, name: 'Ask a question', type: 'Task' },
  ],
  isAdmin: true,
  last: { issue: 10300, element: 20000, history: 30000, number: 0 },
})

/** Takes a change into the index, which shows it later. */
export const index = (state: FakeState, issue: FakeIssue, nowMs: number): void => {
  const { updatedMs, projectKey, isDeleted } = issue
  issue.index.push({ fromMs: nowMs + state.lagMs, updatedMs, projectKey, isDeleted })
}

export const live = (state: FakeState, idOrKey: string): FakeIssue | null => {
  const found =
    state.issues.get(Number(idOrKey)) ??
    [...state.issues.values()].find((each) => `${each.projectKey}-${each.number}` === idOrKey)
  return found === undefined || found.isDeleted ? null : found
}
