import {
  columnsOf,
  type FakeState,
  insert,
  type LedgerEntry,
  rowsOf,
  timeOf,
  userOf,
  type Values,
} from './state.ts'

/** What writes do: rules of the table, what is computed, journals, audit. */

export type Via = LedgerEntry['via']

export interface Refused {
  readonly status: 403 | 404
  readonly message: string
  readonly detail: string
}

export type Outcome =
  | { readonly ok: true; readonly row: Values }
  | { readonly ok: false; readonly refused: Refused }

const NUMBERS: Readonly<Record<string, string>> = { incident: 'INC', problem: 'PRB', change_request: 'CHG' }
const FIRST_STATES: Readonly<Record<string, string>> = { incident: '1', problem: '101', change_request: '-5' }
const NOT_WRITTEN = new Set(['sys_id', 'number', 'priority', 'active', 'sys_mod_count'])
const MAX_TITLE = 160

const forbid = (message: string, detail: string): Outcome => ({
  ok: false,
  refused: { status: 403, message, detail },
})

const priorityOf = ({ impact = '3', urgency = '3' }: Values): string =>
  String(Math.min(5, Math.max(1, Number(impact) + Number(urgency) - 1)))

const activeOf = (table: string, { state = '' }: Values): string =>
  String(!(table === 'incident' ? ['7', '8'] : ['3', '4', '107']).includes(state))

const note = (state: FakeState, entry: Omit<LedgerEntry, 'at'>): void => {
  state.ledger.push({ at: timeOf(state), ...entry })
}

/** Columns that are not there, that the account may not write or nobody may, are left out. */
const acceptedOf = (state: FakeState, table: string, body: Values, via: Via): Values => {
  const columns = columnsOf(table) ?? {}
  return Object.fromEntries(
    Object.entries(body)
      .filter(([name]) => name in columns && !NOT_WRITTEN.has(name) && !name.startsWith('sys_'))
      .filter(([name]) => via === 'hand' || !state.account.readOnlyColumns.has(`${table}.${name}`))
      .map(([name, value]) => [name, name === 'short_description' ? value.slice(0, MAX_TITLE) : value]),
  )
}

/** Rules and policies of the table, in the order ServiceNow runs them. */
const refusalOf = (table: string, before: Values | null, after: Values): Outcome | null => {
  if (table === 'incident' && before?.['state'] === '7')
    return forbid('Operation Failed', 'ACL Exception Update Failed due to security constraints')
  if (table === 'incident' && before?.['state'] === '1' && after['state'] === '7')
    return forbid(
      'Operation Failed',
      "Operation against file 'incident' was aborted by Business Rule 'Check State Transition^5230b9179735ca504546f027f053af79'. Business Rule Stack:Check State Transition",
    )
  const resolves = ['6', '7'].includes(after['state'] ?? '') && table === 'incident'
  const missing = [
    ...((after['close_code'] ?? '') === '' ? ['Resolution code'] : []),
    ...((after['close_notes'] ?? '') === '' ? ['Resolution notes'] : []),
  ]
  if (resolves && missing.length > 0)
    return forbid(
      'Operation Failed',
      `Data Policy Exception: The following fields are mandatory: ${missing.join(', ')}`,
    )
  return null
}

const isAborted = (state: FakeState, after: Values): boolean =>
  state.abortsSilently !== null && (after['short_description'] ?? '').includes(state.abortsSilently)

const audit = (
  state: FakeState,
  table: string,
  before: Values,
  row: Values,
  name: string,
  by: string,
): void => {
  insert(
    state,
    'sys_audit',
    {
      tablename: table,
      documentkey: row['sys_id'] ?? '',
      fieldname: name,
      oldvalue: before[name] ?? '',
      newvalue: row[name] ?? '',
      user: by,
      record_checkpoint: row['sys_mod_count'] ?? '0',
    },
    by,
  )
}

const writeJournals = (state: FakeState, table: string, id: string, body: Values, by: string): boolean => {
  let wrote = false
  for (const element of ['comments', 'work_notes']) {
    const value = body[element] ?? ''
    if (value === '') continue
    insert(state, 'sys_journal_field', { name: table, element, element_id: id, value }, by)
    wrote = true
  }
  return wrote
}

const isJournal = (name: string): boolean => name === 'comments' || name === 'work_notes'

export const createRecord = (
  state: FakeState,
  table: string,
  body: Values,
  by: string,
  via: Via,
): Outcome | 'aborted' => {
  const accepted = acceptedOf(state, table, body, via)
  const user = userOf(state, by)?.['sys_id'] ?? ''
  const fields: Values = {
    state: FIRST_STATES[table] ?? '1',
    impact: '3',
    urgency: '3',
    opened_by: user,
    ...Object.fromEntries(Object.entries(accepted).filter(([name]) => !isJournal(name))),
  }
  const refused = refusalOf(table, null, fields)
  if (refused !== null) return refused
  if (isAborted(state, fields)) return 'aborted'
  const number = `${NUMBERS[table] ?? 'TASK'}${String(10_000 + rowsOf(state, table).size + 1).padStart(7, '0')}`
  const row = insert(state, table, { ...fields, number, priority: priorityOf(fields) }, by)
  row['active'] = activeOf(table, row)
  note(state, { via, by, op: 'create', table, id: row['sys_id'] ?? '' })
  writeJournals(state, table, row['sys_id'] ?? '', accepted, by)
  return { ok: true, row }
}

export const updateRecord = (
  state: FakeState,
  table: string,
  row: Values,
  body: Values,
  by: string,
  via: Via,
): Outcome => {
  const id = row['sys_id'] ?? ''
  const before = { ...row }
  const accepted = acceptedOf(state, table, body, via)
  const fields = Object.entries(accepted).filter(
    ([name, value]) => !isJournal(name) && (row[name] ?? '') !== value,
  )
  const after = { ...row, ...Object.fromEntries(fields) }
  const refused = via === 'hand' ? null : refusalOf(table, before, after)
  if (refused !== null) return refused
  // Well answered, and nothing done.
  if (isAborted(state, after)) return { ok: true, row }
  Object.assign(row, Object.fromEntries(fields))
  const wroteWords = writeJournals(state, table, id, accepted, by)
  if (fields.length === 0 && !wroteWords) return { ok: true, row }
  row['priority'] = priorityOf(row)
  row['active'] = activeOf(table, row)
  row['sys_mod_count'] = String(Number(row['sys_mod_count']) + 1)
  row['sys_updated_on'] = timeOf(state)
  row['sys_updated_by'] = by
  for (const [name] of fields) audit(state, table, before, row, name, by)
  note(state, { via, by, op: fields.length > 0 ? 'update' : 'comment', table, id })
  return { ok: true, row }
}

export interface FakeFile {
  readonly name: string
  readonly mediaType: string
  readonly content: Buffer
}

/** A new file leaves the record's time and count as they were. */
export const attachFile = (
  state: FakeState,
  table: string,
  id: string,
  file: FakeFile,
  by: string,
  via: Via,
): Values => {
  const row = insert(
    state,
    'sys_attachment',
    {
      table_name: table,
      table_sys_id: id,
      file_name: file.name,
      content_type: file.mediaType,
      size_bytes: String(file.content.length),
    },
    by,
  )
  state.files.set(row['sys_id'] ?? '', file.content)
  note(state, { via, by, op: 'attach', table, id })
  return row
}

export const removeFile = (state: FakeState, id: string, by: string, via: Via): void => {
  const row = rowsOf(state, 'sys_attachment').get(id)
  rowsOf(state, 'sys_attachment').delete(id)
  state.files.delete(id)
  note(state, { via, by, op: 'detach', table: row?.['table_name'] ?? '', id: row?.['table_sys_id'] ?? '' })
}

export const removeRecord = (state: FakeState, table: string, id: string, by: string, via: Via): void => {
  rowsOf(state, table).delete(id)
  insert(state, 'sys_audit_delete', { tablename: table, documentkey: id }, by)
  note(state, { via, by, op: 'delete', table, id })
}
