import { derivedId } from '../derived-id.ts'

/** The fake's data, in Linear's own terms. Times are ISO 8601 to the millisecond. */

export interface FakeUser {
  readonly id: string
  readonly name: string
  readonly email: string
  active: boolean
}
export interface FakeState {
  readonly id: string
  readonly teamId: string
  readonly name: string
  readonly type: string
  readonly position: number
}
export interface FakeTeam {
  readonly id: string
  readonly key: string
  readonly name: string
  nextNumber: number
}
export interface FakeLabel {
  readonly id: string
  readonly name: string
  readonly teamId: string | null
  readonly parentId: string | null
  readonly isGroup: boolean
}
export interface FakeNamed {
  readonly id: string
  readonly name: string
}
export interface FakeCycle {
  readonly id: string
  readonly teamId: string
  readonly number: number
  readonly name: string | null
}
export interface FakeRelease {
  readonly id: string
  name: string
  version: string | null
  description: string | null
  targetDate: string | null
  stageId: string
  readonly createdAt: string
  updatedAt: string
  trashed: boolean
}
export interface FakeIssue {
  readonly id: string
  teamId: string
  number: number
  title: string
  description: string | null
  priority: number
  estimate: number | null
  dueDate: string | null
  readonly createdAt: string
  updatedAt: string
  trashed: boolean
  labelIds: string[]
  stateId: string
  assigneeId: string | null
  readonly creatorId: string
  projectId: string | null
  projectMilestoneId: string | null
  cycleId: string | null
  releaseIds: string[]
}
export interface FakeComment {
  readonly id: string
  readonly issueId: string
  body: string
  readonly createdAt: string
  updatedAt: string
  editedAt: string | null
  readonly userId: string | null
}
export interface FakeAttachment {
  readonly id: string
  readonly issueId: string
  title: string
  readonly url: string
  metadata: Readonly<Record<string, unknown>>
  readonly createdAt: string
  updatedAt: string
  readonly creatorId: string
}
export interface FakeHistory {
  readonly id: string
  readonly issueId: string
  readonly actorId: string
  readonly createdAt: string
  updatedAt: string
  /** `fromTitle`, `toTitle` … */
  readonly changes: Record<string, unknown>
}
export interface FakeNeed {
  readonly id: string
  readonly issueId: string
  readonly customerId: string
}
export interface FakeRelation {
  readonly id: string
  readonly issueId: string
  readonly relatedIssueId: string
  readonly type: string
}
export interface FakeWebhook {
  readonly id: string
  url: string
  readonly teamId: string | null
  enabled: boolean
  secret: string
  resourceTypes: readonly string[]
}
export interface FakeFile {
  readonly bytes: Uint8Array
  readonly mediaType: string
}

export interface FakeWorld {
  readonly now: () => string
  readonly users: FakeUser[]
  readonly teams: FakeTeam[]
  readonly states: FakeState[]
  readonly labels: FakeLabel[]
  readonly projects: (FakeNamed & { readonly milestones: readonly FakeNamed[] })[]
  readonly cycles: FakeCycle[]
  readonly stages: (FakeNamed & { readonly type: string })[]
  readonly releases: FakeRelease[]
  readonly customers: (FakeNamed & {
    readonly domains: readonly string[]
    readonly externalIds: readonly string[]
  })[]
  readonly issues: FakeIssue[]
  readonly comments: FakeComment[]
  readonly attachments: FakeAttachment[]
  readonly history: FakeHistory[]
  readonly needs: FakeNeed[]
  readonly relations: FakeRelation[]
  readonly webhooks: FakeWebhook[]
  /** By path below the place where files lie. */
  readonly files: Map<string, FakeFile>
  /** Accepted changes through the API, in order. What people do is not in it. */
  readonly ledger: { readonly op: string; readonly id: string }[]
  readonly newId: () => string
}

const STATES: readonly (readonly [string, string])[] = [
  ['Triage', 'triage'],
  ['Backlog', 'backlog'],
  ['Todo', 'unstarted'],
  ['In Progress', 'started'],
  ['In Review', 'started'],
  ['Done', 'completed'],
  ['Canceled', 'canceled'],
  ['Duplicate', 'duplicate'],
]

export const fixedId = (name: string): string => derivedId('fake', name)

export const FAKE_ACCOUNT = fixedId('user integration')

export const newWorld = (now: () => Date): FakeWorld => {
  let made = 0
  const at = now().toISOString()
  const team = (key: string, name: string): FakeTeam => ({
    id: fixedId(`team ${key}`),
    key,
    name,
    nextNumber: 1,
  })
  const user = (name: string, email: string): FakeUser => ({
    id: fixedId(`user ${name}`),
    name,
    email,
    active: true,
  })
  const label = (
    name: string,
    parent: string | null,
    team_: string | null = null,
    isGroup = false,
  ): FakeLabel => ({
    id: fixedId(`label ${parent ?? ''} ${name}`),
    name,
    teamId: team_ === null ? null : fixedId(`team ${team_}`),
    parentId: parent === null ? null : fixedId(`label  ${parent}`),
    isGroup,
  })
  const named = (kind: string, name: string): FakeNamed => ({ id: fixedId(`${kind} ${name}`), name })
  const release = (name: string, stage: string): FakeRelease => ({
    ...{ id: fixedId(`release ${name}`), name, version: name, description: null, targetDate: '2026-03-01' },
    ...{ stageId: fixedId(`stage ${stage}`), createdAt: at, updatedAt: at, trashed: false },
  })
  const teams = [team('ATL', 'Atlas'), team('BOR', 'Borealis')]
  return {
    now: () => now().toISOString(),
    newId: () => {
      made += 1
      return fixedId(`made ${made}`)
    },
    users: [
      user('integration', 'integration@example.com'),
      user('developer', 'developer@example.com'),
      user('reporter', 'reporter@example.com'),
    ],
    teams,
    states: teams.flatMap(({ id, key }) =>
      STATES.map(([name, type], position) => ({
        id: fixedId(`state ${key} ${name}`),
        teamId: id,
        name,
        type,
        position,
      })),
    ),
    labels: [
      label('Type', null, null, true),
      label('Bug', 'Type'),
      label('Feature', 'Type'),
      label('Area', null, null, true),
      label('Login', 'Area'),
      label('Export', 'Area'),
      label('regression', null),
      label('nightly', null, 'ATL'),
    ],
    projects: [
      { ...named('project', 'Sign-in'), milestones: [named('milestone', 'Beta'), named('milestone', 'GA')] },
      { ...named('project', 'Exports'), milestones: [] },
    ],
    cycles: [7, 8].map((number) => ({
      ...{ id: fixedId(`cycle ${number}`), teamId: fixedId('team ATL'), number },
      name: number === 8 ? 'Autumn' : null,
    })),
    stages: (
      [
        ['Planned', 'planned'],
        ['In Rollout', 'started'],
        ['Released', 'completed'],
        ['Withdrawn', 'canceled'],
      ] as const
    ).map(([name, type]) => ({ ...named('stage', name), type })),
    releases: [release('2.1.0', 'In Rollout'), release('2.2.0', 'Planned')],
    customers: [
      { ...named('customer', 'Acme'), domains: ['acme.example'], externalIds: ['crm-1'] },
      { ...named('customer', 'Globex'), domains: ['globex.example'], externalIds: ['crm-2'] },
    ],
    ...{ issues: [], comments: [], attachments: [], history: [], needs: [], relations: [], webhooks: [] },
    ...{ files: new Map(), ledger: [] },
  }
}
