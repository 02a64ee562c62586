import { INFO, type Kind } from '../kinds.ts'

/** What a pretended Freshservice holds: an account with two workspaces, its forms, agents, requesters and records. */

export interface FakePerson {
  readonly id: number
  readonly first: string
  readonly last: string
  readonly email: string
  readonly isAgent: boolean
}

export interface FakeField {
  readonly name: string
  readonly label: string
  readonly field_type: string
  readonly default_field: boolean
  readonly required_for_closure: boolean
  readonly choices: readonly { readonly id: number; readonly value: string }[]
}

export interface FakeFile {
  readonly id: number
  readonly name: string
  readonly mediaType: string
  readonly bytes: Uint8Array
  readonly atMs: number
}

export interface FakeNote {
  readonly id: number
  readonly userId: number
  html: string
  /** Of a ticket; notes of problems and changes have none. */
  readonly isPrivate: boolean
  /** 0: a reply, 2: a note. */
  readonly source: 0 | 2
  readonly atMs: number
  updatedMs: number
  files: FakeFile[]
}

export interface FakeRecord {
  readonly kind: Kind
  readonly id: number
  workspaceId: number
  /** Under the names of the API, but for what is named here. */
  members: Readonly<Record<string, unknown>>
  custom: Readonly<Record<string, unknown>>
  files: FakeFile[]
  notes: FakeNote[]
  readonly createdMs: number
  updatedMs: number
  isDeleted: boolean
}

export interface FakeState {
  readonly people: FakePerson[]
  readonly groups: readonly { readonly id: number; readonly name: string }[]
  readonly departments: readonly { readonly id: number; readonly name: string }[]
  readonly workspaces: readonly { readonly id: number; readonly name: string; readonly primary: boolean }[]
  readonly forms: Record<Kind, FakeField[]>
  readonly records: FakeRecord[]
  /** Files by number, for their own addresses. */
  readonly files: Map<number, FakeFile>
  lastId: number
}

/** As large as true numbers are. */
export const nextId = (state: FakeState): number => {
  state.lastId += 1
  return state.lastId
}

export const recordOf = (state: FakeState, kind: Kind, id: number): FakeRecord | null =>
  state.records.find((each) => each.kind === kind && each.id === id) ?? null

const field = (
  name: string,
  type: string,
  more: Partial<Pick<FakeField, 'label' | 'default_field' | 'required_for_closure' | 'choices'>> = {},
): FakeField => ({
  name,
  label: name.replaceAll('_', ' ').replace(/^./, (letter) => letter.toUpperCase()),
  field_type: type,
  default_field: type.startsWith('default_'),
  required_for_closure: false,
  choices: [],
  ...more,
})

const choices = (words: Iterable<readonly [number, string]>) =>
  [...words].map(([id, value]) => ({ id, value }))
const options = (first: number, ...words: readonly string[]) =>
  words.map((value, at) => ({ id: first + at, value }))

const LEVELS = choices([
  [1, 'Low'],
  [2, 'Medium'],
  [3, 'High'],
])

const COMMON = (kind: Kind, more: readonly (readonly [number, string])[] = []): readonly FakeField[] => [
  field('subject', 'default_subject'),
  field('status', 'default_status', { choices: choices([...INFO[kind].statuses, ...more]) }),
  field('priority', 'default_priority', { choices: [...LEVELS, { id: 4, value: 'Urgent' }] }),
  field('impact', 'default_impact', { choices: LEVELS }),
  field('group', 'default_group'),
  field('department', 'default_department'),
  field('category', 'default_category', { choices: options(30, 'Hardware', 'Software') }),
  field('description', 'default_description'),
  field('causeway_key', 'custom_text', { label: 'Causeway' }),
]

export const US = 21_000_000_001
export const AGENT = 21_000_000_002
export const REQUESTER = 21_000_000_013
export const WORKSPACE = 2

const person = (id: number, first: string, last: string, email: string, isAgent: boolean): FakePerson => ({
  id,
  first,
  last,
  email,
  isAgent,
})

export const initialState = (): FakeState => ({
  people: [
    person(US, 'Causeway', 'Integration', 'integration@example.com', true),
    person(AGENT, 'Agent', 'One', 'one@example.com', true),
    person(21_000_000_003, 'Agent', 'Two', 'two@example.com', true),
    person(REQUESTER, 'Requester', 'First', 'first@example.org', false),
    person(21_000_000_014, 'Requester', 'Second', 'second@example.org', false),
  ],
  groups: [
    { id: 21_000_000_101, name: 'Service Desk' },
    { id: 21_000_000_102, name: 'Network' },
  ],
  departments: [{ id: 21_000_000_201, name: 'Finance & Control' }],
  workspaces: [
    { id: WORKSPACE, name: 'IT', primary: true },
    { id: 3, name: 'Facilities', primary: false },
  ],
  forms: {
    ticket: [
      ...COMMON('ticket', [[6, 'Waiting on vendor']]),
      field('urgency', 'default_urgency', { choices: LEVELS }),
      field('source', 'default_source', { choices: options(1, 'Email', 'Portal', 'Phone') }),
      field('ticket_type', 'default_ticket_type'),
      field('severity', 'custom_dropdown', { choices: options(500, 'Severity low', 'Severity high') }),
      field('areas', 'custom_multi_select_dropdown', {
        choices: options(510, 'Export', 'Import', 'Invoices & more'),
      }),
      field('version', 'custom_text'),
      field('customers_affected', 'custom_number'),
      field('regression', 'custom_checkbox'),
      field('wanted_by', 'custom_date'),
      field('root_cause', 'custom_dropdown', {
        required_for_closure: true,
        choices: options(520, 'Configuration', 'Code'),
      }),
    ],
    problem: [...COMMON('problem')],
    change: [
      ...COMMON('change'),
      field('risk', 'default_risk', { choices: [...LEVELS, { id: 4, value: 'Very High' }] }),
      field('change_type', 'default_change_type', {
        choices: options(1, 'Minor', 'Standard', 'Major', 'Emergency'),
      }),
    ],
  },
  records: [],
  files: new Map(),
  lastId: 21_000_100_000,
})
