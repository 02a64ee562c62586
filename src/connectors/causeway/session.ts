import { isId } from '../../lib/ids.ts'
import type { HookState, Http, PullPage, Session } from '../../sync/connector.ts'
import { isFault, RemoteFault } from '../../sync/fault.ts'
import type { RemoteRef, Snapshot } from '../../sync/snapshot.ts'
import { checkResult } from './check.ts'
import { partnerClient } from './client.ts'
import { descriptionOf, snapshotOf } from './convert.ts'
import { keepHook } from './hook.ts'
import { pathOf, push } from './push.ts'
import { answers } from './schema.ts'
import type { Settings } from './settings.ts'

/** One session with another Causeway. Items come whole in every answer, so nothing is asked for twice. */

export const PAGE_SIZE = 100
/** Theirs are much shorter; a longer one is none. */
const MAX_CURSOR = 2_000

export const sessionOf = (settings: Settings, http: Http, now: () => Date): Session => {
  const client = partnerClient(http)

  const pull = async (cursor: string | null, scope: 'changes' | 'all'): Promise<PullPage> => {
    if (cursor !== null && cursor.length > MAX_CURSOR)
      throw new RemoteFault('invalid', 'The saved position of this connection cannot be read.')
    const query = { limit: PAGE_SIZE, after: cursor === '' ? undefined : (cursor ?? undefined) }
    if (scope === 'changes') {
      const page = await client.ask({ method: 'GET', path: '/changes', query }, answers.changes)
      const oldestFirst = page.items.toSorted((a, b) => Date.parse(a.updatedAt) - Date.parse(b.updatedAt))
      const gone = page.gone.map((id) => ({ id }))
      return { snapshots: oldestFirst.map(snapshotOf), gone, cursor: page.cursor, more: page.more }
    }
    const { items, next } = await client.ask({ method: 'GET', path: '/items', query }, answers.items)
    return { snapshots: items.map(snapshotOf), cursor: next ?? '', more: next !== null }
  }

  const fetch = async ({ id }: RemoteRef): Promise<Snapshot | 'gone'> => {
    if (!isId(id)) return 'gone'
    try {
      return snapshotOf(await client.ask({ method: 'GET', path: pathOf('items', id) }, answers.item))
    } catch (thrown) {
      if (isFault(thrown) && thrown.kind === 'gone') return 'gone'
      throw thrown
    }
  }

  return Object.freeze({
    check: async () => checkResult(await client.about(), settings, now()),
    describe: async () => descriptionOf((await client.about()).about),
    pull,
    fetch,
    find: async (marker: string) => {
      const request = { method: 'GET', path: '/items', query: { marker } } as const
      return (await client.ask(request, answers.items)).items.map(snapshotOf)
    },
    push: (operation, key, content) => push(client, operation, key, content),
    keepHook: (address: string): Promise<HookState> => keepHook(client, settings, address),
    dropHook: (address: string) => client.tell({ method: 'DELETE', path: '/hook', query: { address } }),
    download: async (_ref: RemoteRef, attachmentId: string) =>
      client.download(pathOf('attachments', attachmentId, '/content')),
  } satisfies Session)
}
