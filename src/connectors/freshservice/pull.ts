import type { PullPage } from '../../sync/connector.ts'
import type { Snapshot } from '../../sync/snapshot.ts'
import { clockOf, type FreshserviceClient } from './client.ts'
import { advance, type Cursor, type Mark, readCursor, START, startingAt, writeCursor } from './cursor.ts'
import { containerOf, INFO, type Scope } from './kinds.ts'
import type { WireRecord } from './schema.ts'

/** Lists of what changed, and of everything: one page of one list in each call. */

export interface PullParts {
  readonly client: FreshserviceClient
  readonly scopes: readonly Scope[]
  readonly now: () => Date
  readonly snapshots: (scope: Scope, records: readonly WireRecord[]) => Promise<readonly Snapshot[]>
}

const secondsOf = (time: string): number => Math.floor(Date.parse(time) / 1000)
/** Without a fraction, as in the documentation. */
export const sinceText = (seconds: number): string =>
  new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')

export const openPull = ({ client, scopes, now, snapshots }: PullParts) => {
  /** "Now" by Freshservice's clock: ours may differ. */
  const fromNow = async (): Promise<PullPage> => {
    const kind = scopes[0]?.kind ?? 'ticket'
    const query = { per_page: 1, page: 1, updated_since: sinceText(Math.floor(now().getTime() / 1000)) }
    const answer = await client.send({ method: 'GET', path: `/api/v2/${INFO[kind].plural}`, query })
    const mark = startingAt(clockOf(answer) ?? now())
    const marks = Object.fromEntries(scopes.map((scope) => [containerOf(scope), mark]))
    return { snapshots: [], cursor: writeCursor({ scope: 'changes', list: 0, marks }), more: false }
  }

  const page = async (cursor: Cursor): Promise<PullPage> => {
    const isRound = cursor.scope === 'all'
    const scope = scopes[cursor.list] ?? { kind: 'ticket', workspace: null }
    const name = containerOf(scope)
    // A list that was added to the settings is read from its beginning.
    const mark: Mark = Object.hasOwn(cursor.marks, name) ? (cursor.marks[name] ?? START) : START
    const { records, isLast, at } = await client.list(scope, {
      // Without it a list leaves out what is older than thirty days.
      updatedSince: sinceText(mark.since),
      page: mark.page,
      orderBy: 'updated_at',
      orderType: 'asc',
    })
    const rows = records.map((each) => ({ id: each.id, updatedS: secondsOf(each.updated_at) }))
    const toolS = Math.floor((at ?? now()).getTime() / 1000)
    const next = advance(mark, { rows, isLast, toolS }, isRound)
    const isLastList = cursor.list + 1 >= scopes.length
    const following = isLastList && !isRound ? 0 : cursor.list + 1
    const told = new Set(mark.seen)
    return {
      snapshots: await snapshots(
        scope,
        records
          .filter(({ id }) => !told.has(id))
          .sort((a, b) => secondsOf(a.updated_at) - secondsOf(b.updated_at)),
      ),
      cursor: writeCursor({
        scope: cursor.scope,
        list: next.more ? cursor.list : following,
        marks: { ...cursor.marks, [name]: next.mark },
      }),
      more: next.more || !isLastList,
    }
  }

  return async (text: string | null, scope: 'changes' | 'all'): Promise<PullPage> => {
    if (text !== null) {
      const cursor = readCursor(text, scope)
      if (cursor.list < scopes.length) return page(cursor)
      return { snapshots: [], cursor: text, more: false }
    }
    return scope === 'all' ? page({ scope, list: 0, marks: {} }) : fromNow()
  }
}
