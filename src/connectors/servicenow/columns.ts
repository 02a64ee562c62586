import type { StatusCategory } from '../../sync/snapshot.ts'
import { DEFAULT_COLUMNS, type Settings } from './settings.ts'

/** Which columns of a record are read, what each holds, and what the standard tables call things. Pure. */

export type ColumnKind = 'text' | 'choice' | 'number' | 'flag' | 'date' | 'html' | 'reference'

export interface Column {
  readonly name: string
  readonly kind: ColumnKind
  /** Of a reference: the table it points into. */
  readonly table: string | null
}

const REFERENCES: Readonly<Record<string, string>> = {
  assignment_group: 'sys_user_group',
  business_service: 'cmdb_ci_service',
  service_offering: 'service_offering',
  cmdb_ci: 'cmdb_ci',
  company: 'core_company',
  location: 'cmn_location',
  parent: 'task',
  parent_incident: 'incident',
  problem_id: 'problem',
  rfc: 'change_request',
  caused_by: 'change_request',
}

const KINDS: Readonly<Record<string, ColumnKind>> = {
  category: 'choice',
  subcategory: 'choice',
  impact: 'choice',
  urgency: 'choice',
  severity: 'choice',
  contact_type: 'choice',
  hold_reason: 'choice',
  close_code: 'choice',
  resolution_code: 'choice',
  risk: 'choice',
  type: 'choice',
  start_date: 'date',
  end_date: 'date',
  work_start: 'date',
  work_end: 'date',
  expected_start: 'date',
  follow_up: 'date',
  made_sla: 'flag',
  knowledge: 'flag',
  known_error: 'flag',
  workaround: 'html',
  cause_notes: 'html',
  fix_notes: 'html',
}

const KNOWN_KINDS: readonly string[] = ['text', 'choice', 'number', 'flag', 'date', 'html']

/** `u_product:reference=cmdb_model`; a column of the standard tables needs no kind. */
export const columnOf = (spec: string): Column => {
  const [name = '', given = ''] = spec.split(':', 2)
  const [word = '', table = ''] = given.split('=', 2)
  if (word === 'reference') return { name, kind: 'reference', table }
  const kind = KNOWN_KINDS.find((known): known is ColumnKind => known === word)
  if (kind !== undefined) return { name, kind, table: null }
  const target = REFERENCES[name]
  if (target !== undefined) return { name, kind: 'reference', table: target }
  return { name, kind: KINDS[name] ?? 'text', table: null }
}

/** Columns that have a neutral name, or that ServiceNow keeps itself: they are never `cf:`. */
const TAKEN = new Set([
  'short_description',
  'description',
  'state',
  'priority',
  'assigned_to',
  'due_date',
  'comments',
  'work_notes',
  'number',
  'correlation_display',
])

export const columnsOf = (settings: Settings): readonly Column[] => {
  const specs = settings.columns ?? []
  const columns = (specs.length === 0 ? DEFAULT_COLUMNS : specs).map(columnOf)
  const wanted = columns.filter(({ name }) => !TAKEN.has(name) && !name.startsWith('sys_'))
  return [...new Map(wanted.map((column) => [column.name, column])).values()]
}

const REQUESTERS: Readonly<Record<string, string>> = {
  incident: 'caller_id',
  change_request: 'requested_by',
  sc_req_item: 'requested_for',
  sc_request: 'requested_for',
}

/** Who asked: incidents have a caller, changes a requester, other tasks only the one who opened them. */
export const requesterColumn = (table: string): string => REQUESTERS[table] ?? 'opened_by'

const PEOPLE = (table: string): readonly string[] => ['assigned_to', requesterColumn(table)]

/** For `sysparm_fields`. People are dot-walked, so that names and addresses come with the record. */
export const fieldsRead = (table: string, settings: Settings, marker: string): readonly string[] => [
  ...new Set([
    'sys_id',
    'number',
    'short_description',
    'description',
    'state',
    'active',
    'priority',
    'due_date',
    'sys_created_on',
    'sys_created_by',
    'sys_updated_on',
    'sys_mod_count',
    marker,
    ...PEOPLE(table).flatMap((name) => [name, `${name}.name`, `${name}.email`]),
    ...columnsOf(settings).map(({ name }) => name),
  ]),
]

type Categories = Readonly<Record<string, StatusCategory>>

/** What the numbers mean in an instance as delivered. The labels are looked up, these are not: no table tells them. */
const CATEGORIES: Readonly<Record<string, Categories>> = {
  incident: { '1': 'new', '2': 'open', '3': 'waiting', '6': 'done', '7': 'done', '8': 'declined' },
  problem: { '101': 'new', '102': 'open', '103': 'open', '104': 'open', '106': 'done', '107': 'done' },
  change_request: {
    '-5': 'new',
    '-4': 'open',
    '-3': 'open',
    '-2': 'open',
    '-1': 'open',
    '0': 'open',
    '3': 'done',
    '4': 'declined',
  },
  task: { '-5': 'waiting', '1': 'new', '2': 'open', '3': 'done', '4': 'declined', '7': 'declined' },
}

export const categoryOf = (table: string, state: string, active: boolean | null): StatusCategory => {
  const known = (CATEGORIES[table] ?? CATEGORIES['task'])?.[state]
  if (known !== undefined) return known
  return active === false ? 'done' : null
}
