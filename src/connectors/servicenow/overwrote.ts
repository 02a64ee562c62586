import type { FieldWrite } from '../../sync/connector.ts'
import { isFault, RemoteFault } from '../../sync/fault.ts'
import { type FieldStep, replacedValue } from '../../sync/replaced-value.ts'
import type { ToolField, ToolFields, ToolValue } from '../../sync/snapshot.ts'
import { toolValue } from './convert.ts'
import type { Directory } from './directory.ts'
import type { Written } from './encode.ts'
import { all, equals, isOneOf } from './query.ts'
import type { Rest } from './rest.ts'
import { type Row, valueIn } from './schema.ts'

/**
 * What a write of ours replaced, by `sys_audit`: old and new value of each audited column, with the number of the
 * record's change (`record_checkpoint`), which is what `sys_mod_count` was then. Only for accounts that may read it,
 * and for tables that are audited (incident, problem and change_request are, as delivered).
 */

const FIELDS = ['fieldname', 'oldvalue', 'newvalue', 'user', 'record_checkpoint']
const MAX_STEPS = 1_000

/** null: not known, so nothing can be told. */
export const sinceOf = (write: FieldWrite): number | null => {
  const since = write.since ?? (write.op === 'update' ? write.version : null)
  return since !== null && /^\d{1,12}$/.test(since) ? Number(since) : null
}

const plain = (value: string): string => value.replace(/\s+/g, ' ').trim()

export interface AuditParts {
  readonly rest: Rest
  readonly directory: Directory
}

export const overwroteIn = async (
  { rest, directory }: AuditParts,
  table: string,
  id: string,
  since: number,
  written: readonly Written[],
): Promise<ToolFields> => {
  const query = all(
    equals('documentkey', id),
    equals('tablename', table),
    isOneOf(
      'fieldname',
      written.map(({ column }) => column.name),
    ),
    `record_checkpoint>${since}`,
    'ORDERBYrecord_checkpoint^ORDERBYsys_created_on',
  )
  const listed = await rest.list('sys_audit', { query, fields: FIELDS, limit: MAX_STEPS })
  if (listed.rows.length < (listed.total ?? 0) && listed.rows.length < MAX_STEPS)
    throw new RemoteFault('auth', 'the account may not read sys_audit: grant it, or turn the setting off')
  const [{ userName }, choices] = [await directory.account(), await directory.choices()]
  const told = async ({ column }: Written, value: string): Promise<ToolValue> => {
    if (column.kind !== 'reference' || column.table === null)
      return toolValue(column, value, '', table, choices)
    if (column.table === 'sys_user') return value === '' ? null : value
    return toolValue(column, value, (await directory.nameOf(column.table, value)) ?? '', table, choices)
  }
  const step = (row: Row): FieldStep<string> => ({
    byUs: valueIn(row, 'user') === userName,
    before: valueIn(row, 'oldvalue') ?? '',
    after: valueIn(row, 'newvalue') ?? '',
  })
  const overwrote: Partial<Record<ToolField, ToolValue>> = {}
  for (const each of written) {
    const rows = listed.rows.filter(
      (row) =>
        valueIn(row, 'fieldname') === each.column.name &&
        Number(valueIn(row, 'record_checkpoint') ?? 0) > since,
    )
    const lost = replacedValue(rows.map(step), (after) => plain(after) === plain(each.value))
    if (lost !== undefined) overwrote[each.field] = await told(each, lost)
  }
  return overwrote
}

/** After a write: not being able to tell now is not the same as nothing to tell. */
export const toldAfterWrite = async (work: Promise<ToolFields>): Promise<ToolFields> => {
  try {
    return await work
  } catch (fault) {
    if (!isFault(fault) || fault.kind === 'auth') return {}
    throw new RemoteFault('unknown', `written, but what it replaced is not known yet: ${fault.detail}`, {
      retryAt: fault.retryAt,
      cause: fault,
    })
  }
}
