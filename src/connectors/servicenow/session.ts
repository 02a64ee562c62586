import type { Http, Session } from '../../sync/connector.ts'
import { RemoteFault } from '../../sync/fault.ts'
import type { RemoteRef, Snapshot } from '../../sync/snapshot.ts'
import { checkTool } from './check.ts'
import { fieldsRead } from './columns.ts'
import { authorsIn, type Reading, targetOf, toSnapshot } from './convert.ts'
import { describeTool } from './describe.ts'
import { openDirectory } from './directory.ts'
import { openPull } from './pull.ts'
import { openPush } from './push.ts'
import { all, equals, isSysId } from './query.ts'
import { openRest } from './rest.ts'
import { type Row, valueIn } from './schema.ts'
import { markerColumnOf, PAGE_SIZE, type Settings, tablesOf } from './settings.ts'
import { databaseTime } from './times.ts'

/** Found markers may be this much older than asked for, to bear clocks that differ. */
const FIND_SLACK_MS = 15 * 60_000
const JOURNAL_PAGE = 500
const MAX_JOURNAL_PAGES = 40

const hidden = (what: string): RemoteFault =>
  new RemoteFault('auth', `${what} is there, but hidden from the account by an ACL`)

/** One session with one instance; see README.md for what is read and written how. */
export const connect = (settings: Settings, http: Http, now: () => Date): Session => {
  const rest = openRest(http)
  const directory = openDirectory(rest, settings, now)
  const marker = markerColumnOf(settings)

  const reading = async (): Promise<Reading> => {
    const [choices, { userName }] = [await directory.choices(), await directory.account()]
    return { settings, choices, userName }
  }

  /**
   * Asked for by a list, not by its address: to that, "it does not exist" and "an ACL hides it" are one answer (404).
   * The total of a list counts what is hidden too.
   */
  const row = async (table: string, id: string, fields: readonly string[]): Promise<Row | null> => {
    const { rows, total } = await rest.list(table, { query: equals('sys_id', id), fields, limit: 1 })
    const found = rows.find((each) => valueIn(each, 'sys_id') === id)
    if (found !== undefined) return found
    if (rows.length === 0 && (total ?? 0) > 0) throw hidden(`${table}:${id}`)
    return null
  }

  /** Comments and work notes, oldest first; null: some are hidden, so the list would not be the whole of it. */
  const journal = async (id: string): Promise<readonly Row[] | null> => {
    const query = all(
      equals('element_id', id),
      'elementINcomments,work_notes',
      'ORDERBYsys_created_on^ORDERBYsys_id',
    )
    const fields = ['sys_id', 'element', 'element_id', 'value', 'sys_created_on', 'sys_created_by']
    const found: Row[] = []
    for (let page = 0; page < MAX_JOURNAL_PAGES; page += 1) {
      const offset = page * JOURNAL_PAGE
      const listed = await rest.list('sys_journal_field', { query, fields, limit: JOURNAL_PAGE, offset })
      found.push(...listed.rows.filter((each) => valueIn(each, 'element_id') === id))
      const total = listed.total ?? offset + listed.rows.length
      if (listed.rows.length < Math.min(JOURNAL_PAGE, total - offset)) return null
      if (total <= offset + JOURNAL_PAGE) return found
    }
    return null
  }

  const fetch = async (ref: RemoteRef): Promise<Snapshot | 'gone'> => {
    const target = targetOf(ref.id)
    if (target === null) return 'gone'
    const { table, id } = target
    if (!tablesOf(settings).includes(table)) return 'gone'
    const found = await row(table, id, fieldsRead(table, settings, marker))
    if (found === null) return 'gone'
    const [notes, files, nextStates] = await Promise.all([
      journal(id),
      rest.attachments(table, id),
      table === 'change_request' ? rest.nextStates(id) : null,
    ])
    // What ServiceNow could not understand of a query matches everything.
    const own = files.filter((file) => valueIn(file, 'table_sys_id') === id)
    const authors = await directory.authors(authorsIn(notes ?? [], own))
    const thread = { journal: notes, attachments: own, authors, nextStates }
    return toSnapshot(table, found, thread, await reading()) ?? 'gone'
  }

  const holding = async (table: string, value: string, since: string): Promise<readonly Row[]> => {
    const query = all(
      equals(marker, value),
      since === '' ? '' : `sys_created_on>=${since}`,
      'ORDERBYDESCsys_created_on',
    )
    const { rows } = await rest.list(table, {
      query,
      fields: fieldsRead(table, settings, marker),
      limit: PAGE_SIZE,
    })
    // Case counts for us, perhaps not for the database.
    const isLike = (each: Row): boolean => valueIn(each, marker)?.toLowerCase() === value.toLowerCase()
    if (rows.every(isLike)) return rows.filter((each) => valueIn(each, marker) === value)
    // Answering "none" here would make a second record.
    throw new RemoteFault(
      'invalid',
      `${table} cannot be searched by ${marker}: the column does not exist, or the account may not read it`,
      { field: `cf:${marker}` },
    )
  }

  /** No search index lies between: a list reads the database. Copies of a record hold the marker too. */
  const find = async (value: string, since: Date): Promise<readonly Snapshot[]> => {
    const how = await reading()
    const from = since.getTime() - FIND_SLACK_MS
    const found: Snapshot[] = []
    for (const table of tablesOf(settings)) {
      // A day of slack in the query, whatever zone it is read in; the answer is compared in UTC.
      const rows = await holding(table, value, databaseTime(from - 24 * 3_600_000))
      found.push(...rows.flatMap((each) => toSnapshot(table, each, null, how) ?? []))
    }
    return found.filter(({ createdAt }) => createdAt === null || Date.parse(createdAt) >= from)
  }

  const marked = async (table: string, value: string): Promise<string | null> => {
    const id = (await holding(table, value, '')).map((each) => valueIn(each, 'sys_id') ?? '')[0]
    return id !== undefined && isSysId(id) ? id : null
  }

  const pull = openPull({ rest, settings, now, reading })
  const { push, overwritten } = openPush({ rest, settings, directory, marked, row })

  return Object.freeze({
    check: () => checkTool(rest, directory, settings, now),
    describe: () => describeTool(rest, directory, settings),
    pull,
    fetch,
    find,
    push: (operation, _key, content) => push(operation, content),
    ...(settings.audit === true ? { overwritten } : {}),
    download: async (_ref, attachmentId) => {
      const { size, stream } = await rest.download(attachmentId)
      return { size, stream }
    },
  } satisfies Session)
}
