import { said } from '../../lib/said.ts'
import type { PullPage, Session } from '../../sync/connector.ts'
import { RemoteFault } from '../../sync/fault.ts'
import type { DemoClient } from './client.ts'
import { descriptionOf, snapshotOf } from './convert.ts'
import type { WireItem } from './schema.ts'

/**
 * Where a pull stands. `changes`: from `since` (the tool's clock) on; `after` is the last item taken of those stamped
 * exactly `since`, while paging, and null at the start of a round. `all`: after the item made `after`th.
 */
type Cursor = { readonly since: string; readonly after: number | null } | { readonly after: number }

// A round starts a little before the end of the last one: the tool's clock may be coarse, so that a later change
// carries a time we have already passed.
const OVERLAP_MS = 2_000
// Our clock and the tool's may differ; an older item with our marker does no harm.
const FIND_SLACK_MS = 15 * 60_000
// A clock further off is worth telling a person.
const CLOCK_OFF_MS = 2 * 60_000

export const createDemoSession = (client: DemoClient, baseUrl: string, now: () => Date): Session => {
  const shown = (items: readonly WireItem[]) => items.map((item) => snapshotOf(item, baseUrl))

  const pullAll = async (cursor: Cursor | null): Promise<PullPage> => {
    const from = cursor?.after ?? undefined
    const { items, more } = await client.list({ order: 'made', after: from })
    const last = items.at(-1)?.seq ?? from ?? -1
    return { snapshots: shown(items), cursor: JSON.stringify({ after: last } satisfies Cursor), more }
  }

  const pullChanges = async (cursor: Cursor | null): Promise<PullPage> => {
    if (cursor === null || !('since' in cursor)) {
      const { time } = await client.about()
      return {
        snapshots: [],
        cursor: JSON.stringify({ since: back(time), after: null } satisfies Cursor),
        more: false,
      }
    }
    const { items, more } = await client.list({
      order: 'updated',
      since: cursor.since,
      after: cursor.after ?? undefined,
    })
    const last = items.at(-1)
    const next: Cursor =
      more && last !== undefined ? { since: last.updatedAt, after: last.seq } : roundEnd(cursor, last)
    return { snapshots: shown(items), cursor: JSON.stringify(next), more }
  }

  return {
    check: async () => {
      const about = await client.about()
      const offMs = Math.abs(Date.parse(about.time) - now().getTime())
      const problems =
        offMs > CLOCK_OFF_MS ? [said`The tool's clock is ${Math.round(offMs / 60_000)} minutes off.`] : []
      return { tool: `${about.tool} ${about.version}`, account: about.account, problems }
    },
    describe: async () => descriptionOf(await client.description()),
    pull: (cursor, scope) =>
      scope === 'all' ? pullAll(readCursor(cursor)) : pullChanges(readCursor(cursor)),
    fetch: async (ref) => {
      const item = await client.get(ref.id)
      return item === 'gone' ? 'gone' : snapshotOf(item, baseUrl)
    },
    find: async (marker, since) => {
      const earliest = new Date(since.getTime() - FIND_SLACK_MS).toISOString()
      return shown((await client.list({ marker, since: earliest })).items)
    },
    push: client.write,
    overwritten: client.overwritten,
    download: (ref, attachmentId) => client.download(ref.id, attachmentId),
  }
}

/** The next round starts at the last change seen, less the overlap; never before where this one started. */
const roundEnd = (cursor: { readonly since: string }, last: WireItem | undefined): Cursor => {
  const since = last === undefined ? cursor.since : back(last.updatedAt)
  return { since: since > cursor.since ? since : cursor.since, after: null }
}

const back = (time: string): string => {
  const ms = Date.parse(time)
  if (Number.isNaN(ms)) throw new RemoteFault('down', 'The tool answered a time that is none.')
  return new Date(ms - OVERLAP_MS).toISOString()
}

const readCursor = (text: string | null): Cursor | null => {
  if (text === null) return null
  try {
    const value: unknown = JSON.parse(text)
    if (value === null || typeof value !== 'object') return null
    const after = 'after' in value && typeof value.after === 'number' ? value.after : null
    if ('since' in value && typeof value.since === 'string') return { since: value.since, after }
    return after === null ? null : { after }
  } catch {
    return null
  }
}
