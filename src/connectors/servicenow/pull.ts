import type { PullPage } from '../../sync/connector.ts'
import { RemoteFault } from '../../sync/fault.ts'
import type { Snapshot } from '../../sync/snapshot.ts'
import { fieldsRead } from './columns.ts'
import { type Reading, toSnapshot } from './convert.ts'
import {
  advance,
  type Cursor,
  LOOK_BACK_MS,
  lookBack,
  type Mark,
  readCursor,
  START,
  writeCursor,
} from './cursor.ts'
import { all, either } from './query.ts'
import type { Listed, Rest } from './rest.ts'
import { type Row, valueIn } from './schema.ts'
import { filterOf, markerColumnOf, PAGE_SIZE, type Settings, tablesOf } from './settings.ts'
import { databaseTime, EPOCH, isDatabaseTime } from './times.ts'

/** Lists of what changed, and of everything: one page of one table in each call. */

export interface PullParts {
  readonly rest: Rest
  readonly settings: Settings
  readonly now: () => Date
  readonly reading: () => Promise<Reading>
}

const ORDER = ['ORDERBYsys_updated_on', 'ORDERBYsys_id'] as const

const changedAfter = ({ at, id }: Mark, filter: string): string =>
  id === ''
    ? all(filter, `sys_updated_on>=${at}`, ...ORDER)
    : either(
        all(filter, `sys_updated_on>${at}`),
        all(filter, `sys_updated_on=${at}`, `sys_id>${id}`),
        ...ORDER,
      )

export const openPull = ({ rest, settings, now, reading }: PullParts) => {
  const tables = tablesOf(settings)
  const filter = filterOf(settings)
  const marker = markerColumnOf(settings)

  const list = (table: string, query: string, skip: number): Promise<Listed> =>
    rest.list(table, {
      query,
      fields: fieldsRead(table, settings, marker),
      limit: PAGE_SIZE,
      offset: skip,
    })

  const snapshotsOf = async (table: string, rows: readonly Row[]): Promise<readonly Snapshot[]> => {
    if (rows.length === 0) return []
    const how = await reading()
    return rows.flatMap((row) => toSnapshot(table, row, null, how) ?? [])
  }

  const newest = async (table: string): Promise<string | null> => {
    const query = all(filter, 'ORDERBYDESCsys_updated_on')
    const { rows } = await rest.list(table, { query, fields: ['sys_id', 'sys_updated_on'], limit: 1 })
    const at = rows[0] === undefined ? undefined : valueIn(rows[0], 'sys_updated_on')
    return at !== undefined && isDatabaseTime(at) ? at : null
  }

  /** "Now" by ServiceNow's own clock: the time of the last change, whatever our clock says. */
  const fromNow = async (): Promise<PullPage> => {
    const marks: Record<string, Mark> = {}
    for (const table of tables) {
      const at = (await newest(table)) ?? databaseTime(now().getTime() - 10 * LOOK_BACK_MS)
      marks[table] = lookBack({ ...START, at })
    }
    return { snapshots: [], cursor: writeCursor({ scope: 'changes', table: 0, marks }), more: false }
  }

  /**
   * Documentation and users disagree about the zone in which a time in a query is read. The look back always reaches
   * the last change seen, so a page without it is suspicious: then the newest record is asked for without any time.
   */
  const changes = async (table: string, mark: Mark): Promise<Listed> => {
    const query = changedAfter(mark, filter)
    const listed = await list(table, query, mark.skip)
    const isSuspicious = listed.rows.length === 0 && (listed.total ?? 0) === 0 && mark.id === ''
    if (!isSuspicious || mark.at === EPOCH) return listed
    const at = await newest(table)
    if (at === null || at < mark.at) return listed
    // It may have come just now.
    const again = await list(table, query, mark.skip)
    if (again.rows.length > 0 || (again.total ?? 0) > 0) return again
    throw new RemoteFault(
      'invalid',
      `${table} has a record of ${at} (UTC) that is not found after ${mark.at}: set the time zone of the account to GMT`,
    )
  }

  const lastOf = (rows: readonly Row[]): { readonly at: string; readonly id: string } | null => {
    const row = rows.at(-1)
    if (row === undefined) return null
    const at = valueIn(row, 'sys_updated_on') ?? ''
    const id = valueIn(row, 'sys_id') ?? ''
    if (isDatabaseTime(at) && id !== '') return { at, id }
    throw new RemoteFault('auth', 'the account may not read sys_id and sys_updated_on, which a list needs')
  }

  /** The page of the cursor's table, and a cursor behind it. */
  const page = async (cursor: Cursor): Promise<PullPage> => {
    const isChanges = cursor.scope === 'changes'
    const table = tables[cursor.table] ?? tables[0] ?? 'incident'
    // A table that was added to the settings is read from its beginning.
    const mark = cursor.marks[table] ?? START
    const { rows, total } = isChanges
      ? await changes(table, mark)
      : await list(table, all(filter, mark.id === '' ? '' : `sys_id>${mark.id}`, 'ORDERBYsys_id'), mark.skip)
    const next = advance(mark, { last: lastOf(rows), limit: PAGE_SIZE, total, rows: rows.length })
    const isLastTable = cursor.table + 1 >= tables.length
    const hasMoved = rows.length > 0 || mark.id !== ''
    const settled = isChanges && !next.more && hasMoved ? lookBack(next.mark) : next.mark
    const following = isLastTable && isChanges ? 0 : cursor.table + 1
    return {
      snapshots: await snapshotsOf(table, rows),
      cursor: writeCursor({
        scope: cursor.scope,
        table: next.more ? cursor.table : following,
        marks: { ...cursor.marks, [table]: settled },
      }),
      more: next.more || !isLastTable,
    }
  }

  return async (text: string | null, scope: 'changes' | 'all'): Promise<PullPage> => {
    if (text !== null) {
      const cursor = readCursor(text, scope)
      if (cursor.table < tables.length) return page(cursor)
      return { snapshots: [], cursor: text, more: false }
    }
    return scope === 'all' ? page({ scope, table: 0, marks: {} }) : fromNow()
  }
}
