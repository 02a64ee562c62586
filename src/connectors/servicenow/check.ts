import { said } from '../../lib/said.ts'
import type { CheckResult } from '../../sync/connector.ts'
import { isFault, type RemoteFault } from '../../sync/fault.ts'
import { columnsOf, fieldsRead, requesterColumn } from './columns.ts'
import type { Directory } from './directory.ts'
import { all, equals } from './query.ts'
import type { Listed, Rest } from './rest.ts'
import { displayIn, type Row, valueIn } from './schema.ts'
import { filterOf, markerColumnOf, type Settings, tablesOf } from './settings.ts'
import { isDatabaseTime } from './times.ts'

/** Can the account do the work? Answers sentences that say what to change in ServiceNow. */

const MAX_CLOCK_DIFFERENCE_S = 60

/** null: not allowed. What is down or slow is thrown: it says nothing about the set-up. */
const allowed = async (work: Promise<Listed>): Promise<Listed | null> => {
  try {
    return await work
  } catch (fault) {
    if (isFault(fault) && ['auth', 'gone', 'invalid'].includes((fault satisfies RemoteFault).kind))
      return null
    throw fault
  }
}

const isHidden = (listed: Listed | null): boolean =>
  listed === null || (listed.rows.length === 0 && (listed.total ?? 0) > 0)

/** Of the newest record: what the account is shown of it, and how. */
const rowProblems = (table: string, row: Row, settings: Settings): readonly string[] => {
  const marker = markerColumnOf(settings)
  const basic = ['sys_updated_on', 'sys_mod_count', 'sys_created_by', 'short_description', 'state']
  const needed = [...basic, 'assigned_to', requesterColumn(table), marker]
  const wanted = columnsOf(settings).map(({ name }) => name)
  const missing = [...new Set([...needed, ...wanted])].filter((name) => valueIn(row, name) === undefined)
  const updated = valueIn(row, 'sys_updated_on') ?? ''
  const shown = displayIn(row, 'sys_updated_on')
  return [
    ...missing.map(
      (name) =>
        said`Table ${table} has no column ${name}, or the account may not read it: grant it, or take it out of the settings.`,
    ),
    ...(shown !== '' && isDatabaseTime(updated) && shown !== updated
      ? [
          said`The account sees times as ${shown} where the database holds ${updated}: set its time zone to GMT and its date format to yyyy-MM-dd, so that queries by time mean the same everywhere.`,
        ]
      : []),
  ]
}

const tableProblems = async (rest: Rest, table: string, settings: Settings): Promise<readonly string[]> => {
  const marker = markerColumnOf(settings)
  const listed = await allowed(
    rest.list(table, {
      query: all(filterOf(settings), 'ORDERBYDESCsys_updated_on'),
      fields: fieldsRead(table, settings, marker),
      limit: 1,
    }),
  )
  if (listed === null)
    return [
      said`The account may not read the table ${table}, or there is none of that name: give it the role itil.`,
    ]
  if (isHidden(listed)) return [said`ACLs hide records of ${table} from the account: give it the role itil.`]
  const [row] = listed.rows
  // A condition that ServiceNow cannot understand is left out, and everything matches.
  const nobodyHas = {
    query: equals(marker, 'causeway-check-nothing-holds-this'),
    fields: ['sys_id'],
    limit: 1,
  }
  const found = await allowed(rest.list(table, nobodyHas))
  return [
    ...(row === undefined ? [] : rowProblems(table, row, settings)),
    ...(found !== null && ((found.total ?? 0) > 0 || found.rows.length > 0)
      ? [
          said`Table ${table} cannot be searched by ${marker}: a record whose answer is lost could not be found again.`,
        ]
      : []),
  ]
}

const sharedProblems = async (rest: Rest, settings: Settings): Promise<readonly string[]> => {
  const [first = 'incident'] = tablesOf(settings)
  const journal = await allowed(
    rest.list('sys_journal_field', {
      query: 'elementINcomments,work_notes^ORDERBYDESCsys_created_on',
      fields: ['sys_id', 'value'],
      limit: 1,
    }),
  )
  const choices =
    settings.choices === 'values'
      ? null
      : await allowed(
          rest.list('sys_choice', { query: 'element=state', fields: ['sys_id', 'label'], limit: 1 }),
        )
  const audit =
    settings.audit === true
      ? await allowed(
          rest.list('sys_audit', { query: equals('tablename', first), fields: ['sys_id'], limit: 1 }),
        )
      : null
  return [
    ...(isHidden(journal)
      ? [
          said`The account may not read comments and work notes: add an ACL that lets it read sys_journal_field.`,
        ]
      : []),
    ...(settings.choices !== 'values' && isHidden(choices)
      ? [said`The account may not read choice lists: let it read sys_choice, or set "Choices by" to values.`]
      : []),
    ...(settings.audit === true && isHidden(audit)
      ? [said`The account may not read sys_audit: let it, or turn the setting off.`]
      : []),
  ]
}

export const checkTool = async (
  rest: Rest,
  directory: Directory,
  settings: Settings,
  now: () => Date,
): Promise<CheckResult> => {
  const { userName, person } = await directory.account()
  const clock = await rest.list('sys_user', {
    query: equals('user_name', userName),
    fields: ['sys_id'],
    limit: 1,
  })
  const off = clock.toolNow === null ? 0 : Math.abs(Math.round((clock.toolNow - now().getTime()) / 1_000))
  const ofTables: string[] = []
  for (const table of tablesOf(settings)) ofTables.push(...(await tableProblems(rest, table, settings)))
  return {
    tool: 'ServiceNow',
    account: person,
    problems: [
      ...(person === null
        ? [said`The account may not see users, or there is none called "${userName}": give it the role itil.`]
        : []),
      ...(off > MAX_CLOCK_DIFFERENCE_S
        ? [said`The clocks differ by ${off} seconds; webhooks need less than 5 minutes.`]
        : []),
      ...ofTables,
      ...(await sharedProblems(rest, settings)),
    ],
  }
}
