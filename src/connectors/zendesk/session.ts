import type { Http, PullPage, Session } from '../../sync/connector.ts'
import { RemoteFault } from '../../sync/fault.ts'
import type { RemoteRef, Snapshot } from '../../sync/snapshot.ts'
import { catalogOf } from './catalog.ts'
import { checkAccount } from './check.ts'
import { clockOf, type TicketPage, zendeskClient } from './client.ts'
import { type Beside, NOTHING_BESIDE, numberOf, type Reading, ticketSnapshot } from './convert.ts'
import { type Cursor, readCursor, startingAt, writeCursor } from './cursor.ts'
import { describeTool } from './describe.ts'
import { dropHook, keepHook } from './hook.ts'
import { overwritten, type PushContext, push } from './push.ts'
import type { WireTicket } from './schema.ts'
import { type Settings, trimmedUrl } from './settings.ts'

/** One session with one Zendesk: reading here, writing in `push.ts`. */

/** How much older than asked a ticket with our marker may look: a twin missed costs more than a look. */
const CLOCK_SLACK_MS = 24 * 60 * 60 * 1000

/**
 * The export takes ten calls a minute from everybody together, and an eleventh would make the whole connection wait, a
 * person's escalation too. So what is left after these comes with the next poll.
 */
const MAX_EXPORTS_A_MINUTE = 8
const MINUTE_MS = 60_000

export const sessionOf = (settings: Settings, http: Http, now: () => Date): Session => {
  const client = zendeskClient(http)
  const catalog = catalogOf(client, now)
  const followed = new Set(settings.groups ?? [])
  let exportsAtMs: readonly number[] = []

  /** Notes one more export, and says whether there may be another now. */
  const mayExportMore = (): boolean => {
    const nowMs = now().getTime()
    exportsAtMs = [...exportsAtMs.filter((at) => at > nowMs - MINUTE_MS), nowMs]
    return exportsAtMs.length < MAX_EXPORTS_A_MINUTE
  }

  const readingFor = async (tickets: readonly WireTicket[]): Promise<Reading> => ({
    web: trimmedUrl(settings),
    accountId: (await catalog.account()).id,
    words: await catalog.wordsFor(tickets),
  })

  const listed = async (tickets: readonly WireTicket[], beside: Beside): Promise<readonly Snapshot[]> => {
    const there = tickets.filter(({ status }) => status !== 'deleted')
    if (there.length === 0) return []
    const reading = await readingFor(there)
    return there.map((ticket) => ticketSnapshot(ticket, null, beside, reading))
  }

  const inScope = async (page: Pick<TicketPage, 'tickets' | 'beside'>): Promise<readonly Snapshot[]> => {
    const snapshots = await listed(page.tickets, page.beside)
    return followed.size === 0 ? snapshots : snapshots.filter(({ container }) => followed.has(container))
  }

  const fetch = async (ref: RemoteRef): Promise<Snapshot | 'gone'> => {
    const id = numberOf(ref.id)
    if (id === null) return 'gone'
    const found = await client.ticket(id)
    if (found === null) return 'gone'
    const told = await client.comments(id)
    if (told === null) return 'gone'
    const beside = { ...found.beside, users: [...found.beside.users, ...told.users] }
    return ticketSnapshot(found.ticket, told.comments, beside, await readingFor([found.ticket]))
  }

  const pullAll = async (from: Cursor | null): Promise<PullPage> => {
    const place = from?.scope === 'all' ? from.after : null
    const page = await client.tickets(place)
    return {
      snapshots: await inScope(page),
      cursor: writeCursor({ scope: 'all', after: page.after ?? place }),
      more: page.after !== null,
    }
  }

  /** "Now" by Zendesk's clock: ours may differ. */
  const pullFromNow = async (): Promise<PullPage> => {
    const clock = clockOf(await client.send({ method: 'GET', path: '/api/v2/users/me' }))
    return { snapshots: [], cursor: writeCursor(startingAt(clock ?? now())), more: false }
  }

  const pullChanges = async (from: Extract<Cursor, { scope: 'changes' }>): Promise<PullPage> => {
    const mayGoOn = mayExportMore()
    const page = await client.changed(from)
    // Without a cursor in the answer the same place is asked again: nothing is lost.
    const next: Cursor = page.after === null ? from : { scope: 'changes', cursor: page.after }
    return {
      snapshots: await inScope(page),
      cursor: writeCursor(next),
      more: !page.isEnd && page.after !== null && mayGoOn,
    }
  }

  /** In every group: a ticket of ours may have been moved. */
  const find = async (marker: string, since: Date): Promise<readonly Snapshot[]> => {
    const { tickets, beside } = await client.ticketsMarked(marker)
    const oldest = since.getTime() - CLOCK_SLACK_MS
    const meant = tickets.filter(
      (each) => each.external_id === marker && Date.parse(each.created_at) >= oldest,
    )
    return listed(meant, beside)
  }

  const writing: PushContext = {
    client,
    catalog,
    settings,
    snapshot: async (ticket, organizations) => {
      const beside = { ...NOTHING_BESIDE, organizations }
      return ticketSnapshot(ticket, null, beside, await readingFor([ticket]))
    },
  }

  return Object.freeze({
    check: () => checkAccount(client, catalog, settings, now),
    describe: () => describeTool(catalog),
    pull: async (text: string | null, scope: 'changes' | 'all') => {
      const from = text === null ? null : readCursor(text, scope)
      if (scope === 'all') return pullAll(from)
      return from?.scope === 'changes' ? pullChanges(from) : pullFromNow()
    },
    fetch,
    find,
    push: (operation, key, content) => push(writing, operation, key, content),
    overwritten: (write) => overwritten(writing, write),
    keepHook: (address) => keepHook(client, settings, address),
    dropHook: (address) => dropHook(client, address),
    download: async (_ref, attachmentId) => {
      const id = numberOf(attachmentId)
      if (id === null) throw new RemoteFault('gone', `"${attachmentId}" is no attachment of Zendesk`)
      const attachment = await client.attachment(id)
      if (attachment.malware_scan_result === 'malware_found' && attachment.malware_access_override !== true)
        throw new RemoteFault(
          'invalid',
          `Zendesk found malware in "${attachment.file_name ?? id}" and holds it`,
        )
      const { size, stream } = await client.download(id, contentPath(attachment.content_url ?? ''))
      return { size, stream }
    },
  } satisfies Session)
}

/**
 * A brand's or a mapped host in the address of a file is the same Zendesk, so files are asked of the host of the
 * connection: no other one gets the credentials. What lies elsewhere altogether is left to the list of file hosts.
 */
const contentPath = (url: string): string => {
  const parsed = URL.canParse(url) ? new URL(url) : null
  if (parsed === null) throw new RemoteFault('gone', 'Zendesk names no address for this file')
  return parsed.pathname.startsWith('/attachments/') ? parsed.pathname + parsed.search : parsed.href
}
