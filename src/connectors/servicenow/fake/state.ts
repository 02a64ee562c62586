import { createHash } from 'node:crypto'

/** What the pretended instance holds: tables of rows of strings, as the database does. */

export type Values = Record<string, string>

export interface LedgerEntry {
  readonly at: string
  readonly via: 'api' | 'hand'
  readonly by: string
  readonly op: 'create' | 'update' | 'comment' | 'attach' | 'detach' | 'delete'
  readonly table: string
  readonly id: string
}

/** How this account sees and may do things; all can be changed while it runs. */
export interface Account {
  userName: string
  /** Minutes east of UTC. */
  offsetMinutes: number
  dateFormat: 'iso' | 'german'
  /** Times in queries are read in the account's zone: some say so, the documentation does not. */
  readsQueriesInZone: boolean
  language: 'en' | 'de'
  /** `incident.description`: left out of answers. */
  readonly hiddenColumns: Set<string>
  /** `incident.due_date`: left out of writes, with 200. */
  readonly readOnlyColumns: Set<string>
  /** By `sys_id`: taken out of a page after it was cut. */
  readonly hiddenRows: Set<string>
  /** Every row of it is taken out. */
  readonly hiddenTables: Set<string>
  /** 403. */
  readonly deniedTables: Set<string>
}

export interface FakeState {
  readonly now: () => Date
  readonly tables: Map<string, Map<string, Values>>
  readonly files: Map<string, Buffer>
  readonly ledger: LedgerEntry[]
  readonly account: Account
  /** Records that a business rule refuses to write without a word: by a part of the short description. */
  abortsSilently: string | null
  counter: number
}

export const timeOf = (state: FakeState): string => state.now().toISOString().slice(0, 19).replace('T', ' ')

/** In no order that time could be read from, as there. */
export const newId = (state: FakeState): string => {
  state.counter += 1
  return createHash('md5').update(`record ${state.counter}`).digest('hex')
}

export const rowsOf = (state: FakeState, table: string): Map<string, Values> => {
  const known = state.tables.get(table)
  if (known !== undefined) return known
  const made = new Map<string, Values>()
  state.tables.set(table, made)
  return made
}

export const insert = (state: FakeState, table: string, values: Values, by: string): Values => {
  const at = timeOf(state)
  const row: Values = {
    sys_id: newId(state),
    sys_created_on: at,
    sys_created_by: by,
    sys_updated_on: at,
    sys_updated_by: by,
    sys_mod_count: '0',
    ...values,
  }
  rowsOf(state, table).set(row['sys_id'] ?? '', row)
  return row
}

export const userOf = (state: FakeState, userName: string): Values | undefined =>
  [...rowsOf(state, 'sys_user').values()].find((user) => user['user_name'] === userName)

const CHOICES: readonly (readonly [string, string, string, string, string])[] = [
  ['incident', 'state', '1', 'New', 'Neu'],
  ['incident', 'state', '2', 'In Progress', 'In Bearbeitung'],
  ['incident', 'state', '3', 'On Hold', 'Wartestellung'],
  ['incident', 'state', '6', 'Resolved', 'Gelöst'],
  ['incident', 'state', '7', 'Closed', 'Geschlossen'],
  ['incident', 'state', '8', 'Canceled', 'Abgebrochen'],
  ['change_request', 'state', '-5', 'New', 'Neu'],
  ['change_request', 'state', '-4', 'Assess', 'Beurteilen'],
  ['change_request', 'state', '-3', 'Authorize', 'Autorisieren'],
  ['change_request', 'state', '3', 'Closed', 'Geschlossen'],
  ['change_request', 'state', '4', 'Canceled', 'Abgebrochen'],
  ['task', 'impact', '1', '1 - High', '1 - Hoch'],
  ['task', 'impact', '2', '2 - Medium', '2 - Mittel'],
  ['task', 'impact', '3', '3 - Low', '3 - Niedrig'],
  ['task', 'urgency', '1', '1 - High', '1 - Hoch'],
  ['task', 'urgency', '2', '2 - Medium', '2 - Mittel'],
  ['task', 'urgency', '3', '3 - Low', '3 - Niedrig'],
  ['task', 'priority', '1', '1 - Critical', '1 - Kritisch'],
  ['task', 'priority', '2', '2 - High', '2 - Hoch'],
  ['task', 'priority', '3', '3 - Moderate', '3 - Mittel'],
  ['task', 'priority', '4', '4 - Low', '4 - Niedrig'],
  ['task', 'priority', '5', '5 - Planning', '5 - Planung'],
  ['incident', 'category', 'inquiry', 'Inquiry / Help', 'Anfrage / Hilfe'],
  ['incident', 'category', 'software', 'Software', 'Software'],
  ['incident', 'category', 'network', 'Network', 'Netzwerk'],
  ['incident', 'subcategory', 'email', 'Email', 'E-Mail'],
  ['incident', 'close_code', 'Solution provided', 'Solution provided', 'Lösung bereitgestellt'],
  ['incident', 'close_code', 'Known error', 'Known error', 'Bekannter Fehler'],
]

export const PEOPLE = ['integration', 'agent', 'lead', 'customer'] as const

const seed = (state: FakeState): void => {
  for (const name of PEOPLE)
    insert(
      state,
      'sys_user',
      {
        user_name: name,
        name: `${name.charAt(0).toUpperCase()}${name.slice(1)} Example`,
        email: `${name}@example.com`,
        active: 'true',
      },
      'system',
    )
  for (const name of ['Service Desk', 'Network'])
    insert(state, 'sys_user_group', { name, active: 'true' }, 'system')
  for (const name of ['Email', 'Billing']) insert(state, 'cmdb_ci_service', { name }, 'system')
  for (const name of ['mail-01', 'twin', 'twin']) insert(state, 'cmdb_ci', { name }, 'system')
  for (const [name, label] of [
    ['incident', 'Incident'],
    ['problem', 'Problem'],
    ['change_request', 'Change Request'],
  ] as const)
    insert(state, 'sys_db_object', { name, label }, 'system')
  CHOICES.forEach(([name, element, value, english, german], index) => {
    for (const [language, label] of [
      ['en', english],
      ['de', german],
    ] as const)
      insert(
        state,
        'sys_choice',
        { name, element, value, label, language, inactive: 'false', sequence: String(index) },
        'system',
      )
  })
}

export const newState = (now: () => Date): FakeState => {
  const state: FakeState = {
    now,
    tables: new Map(),
    files: new Map(),
    ledger: [],
    account: {
      userName: 'integration',
      offsetMinutes: 0,
      dateFormat: 'iso',
      readsQueriesInZone: false,
      language: 'en',
      hiddenColumns: new Set(),
      readOnlyColumns: new Set(),
      hiddenRows: new Set(),
      hiddenTables: new Set(),
      deniedTables: new Set(),
    },
    abortsSilently: null,
    counter: 0,
  }
  for (const table of ['incident', 'problem', 'change_request', ...Object.keys(COLUMNS)]) rowsOf(state, table)
  seed(state)
  return state
}

export type Kind = 'text' | 'choice' | 'time' | 'journal' | 'number' | `reference:${string}`

const SYSTEM: Readonly<Record<string, Kind>> = {
  sys_id: 'text',
  sys_created_on: 'time',
  sys_created_by: 'text',
  sys_updated_on: 'time',
  sys_updated_by: 'text',
  sys_mod_count: 'number',
}

const TASK: Readonly<Record<string, Kind>> = {
  number: 'text',
  short_description: 'text',
  description: 'text',
  state: 'choice',
  active: 'text',
  priority: 'choice',
  impact: 'choice',
  urgency: 'choice',
  assigned_to: 'reference:sys_user',
  opened_by: 'reference:sys_user',
  assignment_group: 'reference:sys_user_group',
  business_service: 'reference:cmdb_ci_service',
  cmdb_ci: 'reference:cmdb_ci',
  due_date: 'time',
  correlation_id: 'text',
  correlation_display: 'text',
  close_notes: 'text',
  comments: 'journal',
  work_notes: 'journal',
}

const COLUMNS: Readonly<Record<string, Readonly<Record<string, Kind>>>> = {
  incident: {
    ...TASK,
    caller_id: 'reference:sys_user',
    category: 'choice',
    subcategory: 'choice',
    close_code: 'choice',
  },
  problem: { ...TASK, workaround: 'text' },
  change_request: { ...TASK, requested_by: 'reference:sys_user', close_code: 'choice' },
  sys_user: { user_name: 'text', name: 'text', email: 'text', active: 'text' },
  sys_user_group: { name: 'text', active: 'text' },
  cmdb_ci_service: { name: 'text' },
  cmdb_ci: { name: 'text' },
  sys_db_object: { name: 'text', label: 'text' },
  sys_choice: {
    name: 'text',
    element: 'text',
    value: 'text',
    label: 'text',
    language: 'text',
    inactive: 'text',
    sequence: 'number',
  },
  sys_journal_field: { name: 'text', element: 'text', element_id: 'text', value: 'text' },
  sys_audit: {
    tablename: 'text',
    documentkey: 'text',
    fieldname: 'text',
    oldvalue: 'text',
    newvalue: 'text',
    user: 'text',
    record_checkpoint: 'number',
  },
  sys_audit_delete: { tablename: 'text', documentkey: 'text' },
  sys_attachment: {
    table_name: 'text',
    table_sys_id: 'text',
    file_name: 'text',
    content_type: 'text',
    size_bytes: 'text',
  },
}

/** null: there is no such table. */
export const columnsOf = (table: string): Readonly<Record<string, Kind>> | null => {
  const own = Object.hasOwn(COLUMNS, table) ? COLUMNS[table] : undefined
  return own === undefined ? null : { ...SYSTEM, ...own }
}
