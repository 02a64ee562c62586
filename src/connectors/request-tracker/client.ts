import type { Http, PullPage, Session } from '../../sync/connector.ts'
import { isFault } from '../../sync/fault.ts'
import type { Snapshot } from '../../sync/snapshot.ts'
import { attachmentContent } from './attachment-content.ts'
import { holdsWords, type Reading, strangersOf, type Thread, toSnapshot } from './convert.ts'
import {
  advance,
  type ChangesCursor,
  OVERLAP_S,
  readCursor,
  startingAt,
  windowOf,
  writeCursor,
} from './cursor.ts'
import { checkTool, describeTool } from './describe.ts'
import { openDirectory } from './directory.ts'
import { openPush } from './push.ts'
import { clockOf, LIST_SIZE, type Listed, openRest, type Shown } from './rest.ts'
import { pathId, type RtPerson } from './schema.ts'
import { markerFieldOf, type RequestTrackerSettings, webOf } from './settings.ts'
import { ticketsAfter, ticketsChanged, ticketsMarked } from './ticket-sql.ts'

/** Found markers may be this much older than asked for, to bear clocks that differ. */
const FIND_SLACK_MS = 15 * 60_000

/** One session with one Request Tracker; see README.md for what is read and written how. */
export const connect = (settings: RequestTrackerSettings, http: Http, now: () => Date): Session => {
  const rest = openRest(http)
  const directory = openDirectory(rest, settings, now)
  const queues = settings.queues ?? []

  const reading = async (): Promise<Reading> => ({
    web: webOf(settings),
    account: (await directory.account())?.login ?? null,
    format: settings.format ?? 'plain',
    multiple: await directory.multiple(),
  })

  /** null: deleted, or merged into another ticket (RT then answers with that one, under its own number). */
  const shown = async (id: string): Promise<Shown | null> => {
    try {
      const answer = await rest.ticket(id)
      return answer.ticket.id === id && answer.ticket.status !== 'deleted' ? answer : null
    } catch (fault) {
      if (isFault(fault) && fault.kind === 'gone') return null
      throw fault
    }
  }

  const readThread = async (id: string, version: string | null): Promise<Thread> => {
    const transactions = (await rest.history(id, version)).filter(holdsWords)
    const ids = transactions.map((each) => each.id)
    const [rows, texts] = await Promise.all([
      rest.attachments(id, ids, false),
      rest.attachments(id, ids, true),
    ])
    const contents = new Map(texts.map((text) => [text.id, text.content]))
    return {
      transactions,
      attachments: rows.map((row) => ({ ...row, content: contents.get(row.id) ?? null })),
    }
  }

  const fetch = async (ref: { readonly id: string }): Promise<Snapshot | 'gone'> => {
    const answer = await shown(ref.id)
    if (answer === null) return 'gone'
    const { ticket, version } = answer
    const thread = await readThread(ticket.id, version)
    const strangers: readonly RtPerson[] = await directory.people(strangersOf(ticket, thread))
    return toSnapshot(ticket, thread, version, await reading(), strangers)
  }

  const snapshotsOf = async (tickets: Listed['items']): Promise<readonly Snapshot[]> => {
    if (tickets.length === 0) return []
    const how = await reading()
    return tickets.map((ticket) => toSnapshot(ticket, null, null, how))
  }

  const hasMore = ({ items, total }: Listed): boolean =>
    items.length > 0 && (total === null ? items.length === LIST_SIZE : total > items.length)

  const pullAll = async (afterId: number): Promise<PullPage> => {
    const page = await rest.tickets(ticketsAfter(queues, afterId), [{ by: 'id' }])
    const last = page.items.at(-1)
    return {
      snapshots: await snapshotsOf(page.items),
      cursor: writeCursor({ scope: 'all', afterId: last === undefined ? afterId : Number(last.id) }),
      more: hasMore(page),
    }
  }

  const ourNow = (): number => Math.floor(now().getTime() / 1000)

  /** "Now" is RT's now, of which only the difference from ours matters afterwards. */
  const pullFromNow = async (): Promise<PullPage> => {
    const toolNow = clockOf(await rest.send({ method: 'GET', path: '/rt' })) ?? ourNow()
    return { snapshots: [], cursor: writeCursor(startingAt(toolNow, toolNow - ourNow())), more: false }
  }

  const pullChanges = async (cursor: ChangesCursor): Promise<PullPage> => {
    const list = (seconds: number): Promise<Listed> =>
      rest.tickets(ticketsChanged(queues, seconds, cursor.afterId), [{ by: 'id' }])
    const asked = windowOf(cursor, ourNow() + cursor.skew)
    let page = await list(asked)
    const toolNow = page.toolNow ?? ourNow() + cursor.skew
    // One of the clocks was set: what was asked for did not reach back far enough.
    if (windowOf(cursor, toolNow) > asked + 1) page = await list(windowOf(cursor, toolNow) + OVERLAP_S)
    const more = hasMore(page)
    const { fresh, next } = advance(cursor, page.items, more, toolNow, toolNow - ourNow())
    return { snapshots: await snapshotsOf(fresh), cursor: writeCursor(next), more }
  }

  return {
    check: () => checkTool(rest, directory, settings, now),
    describe: () => describeTool(rest, directory, settings),
    pull: async (cursor, scope) => {
      const from = cursor === null ? null : readCursor(cursor, scope)
      if (scope === 'all') return pullAll(from?.scope === 'all' ? from.afterId : 0)
      return from?.scope === 'changes' ? pullChanges(from) : pullFromNow()
    },
    fetch,
    find: async (marker, since) => {
      const page = await rest.tickets(ticketsMarked(markerFieldOf(settings), marker), [{ by: 'id' }])
      const isMeant = ({ fields, createdAt }: Snapshot): boolean =>
        // RT compares without regard to case.
        fields[`cf:${markerFieldOf(settings)}`] === marker &&
        (createdAt === null || Date.parse(createdAt) >= since.getTime() - FIND_SLACK_MS)
      return (await snapshotsOf(page.items)).filter(isMeant)
    },
    push: openPush({ rest, settings, directory, reading, shown }),
    download: async (_ref, attachmentId) => {
      const { stream } = await http.download({ method: 'GET', path: `/attachment/${pathId(attachmentId)}` })
      return { size: null, stream: attachmentContent(stream) }
    },
  }
}
