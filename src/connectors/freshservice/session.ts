import type { Http, Session } from '../../sync/connector.ts'
import { RemoteFault } from '../../sync/fault.ts'
import type { RemoteRef, Snapshot } from '../../sync/snapshot.ts'
import { catalogOf } from './catalog.ts'
import { checkAccount } from './check.ts'
import { freshserviceClient } from './client.ts'
import { markerOf, peopleIn, type Reading, recordSnapshot, workspaceOf } from './convert.ts'
import { describeTool } from './describe.ts'
import { type Kind, type Place, placeOf, type Scope, scopesOf } from './kinds.ts'
import { openPull, sinceText } from './pull.ts'
import { type PushContext, push } from './push.ts'
import type { WireAttachment, WireNote, WireRecord } from './schema.ts'
import { markerFieldOf, type Settings, webOf } from './settings.ts'

/** One session with one Freshservice: reading here, lists in `pull.ts`, writing in `push.ts`. */

/** How much older than asked a record with our marker may look: a twin missed costs more than a look. */
const CLOCK_SLACK_S = 60 * 60
const MAX_FIND_PAGES = 50

export const sessionOf = (settings: Settings, http: Http, now: () => Date): Session => {
  const client = freshserviceClient(http)
  const catalog = catalogOf(client, settings, now)
  const scopes = scopesOf(settings)
  const byWorkspace = scopes.some(({ workspace }) => workspace !== null)
  const marker = markerFieldOf(settings)

  const readingFor = async (scope: Scope, people: readonly number[]): Promise<Reading> => ({
    web: webOf(settings),
    accountId: await catalog.accountId(),
    marker,
    byWorkspace,
    names: await catalog.names(),
    form: await catalog.form(scope),
    people: await catalog.people(people),
  })

  /** Beside a ticket comes its requester: nobody need be asked for. */
  const meet = ({ requester }: WireRecord): void => {
    if (typeof requester?.id !== 'number') return
    const email = requester.email?.includes('@') ? requester.email : null
    catalog.meet(requester.id, {
      id: String(requester.id),
      name: requester.name || `User ${requester.id}`,
      email,
    })
  }

  const listed = async (scope: Scope, records: readonly WireRecord[]): Promise<readonly Snapshot[]> => {
    if (records.length === 0) return []
    for (const record of records) meet(record)
    const reading = await readingFor(
      scope,
      records.flatMap((record) => peopleIn(scope.kind, record, [])),
    )
    return records.map((record) => recordSnapshot(scope.kind, record, null, reading))
  }

  const whole = async (
    kind: Kind,
    record: WireRecord,
    notes: readonly WireNote[] | null,
  ): Promise<Snapshot> => {
    meet(record)
    const scope = { kind, workspace: workspaceOf(record, byWorkspace) }
    return recordSnapshot(kind, record, notes, await readingFor(scope, peopleIn(kind, record, notes ?? [])))
  }

  const fetch = async (ref: RemoteRef): Promise<Snapshot | 'gone'> => {
    const place = placeOf(ref.id)
    if (place === null) return 'gone'
    const record = await client.record(place)
    if (record === null) return 'gone'
    const notes = await client.notes(place)
    return notes === null ? 'gone' : whole(place.kind, record, notes)
  }

  /** Newest first, down to the first that is older. The filter of Freshservice is an index that lags. */
  const marked = async (scope: Scope, text: string, fromS: number): Promise<readonly WireRecord[]> => {
    const found: WireRecord[] = []
    for (let page = 1; page <= MAX_FIND_PAGES; page += 1) {
      const query = {
        updatedSince: sinceText(fromS),
        page,
        orderBy: 'created_at',
        orderType: 'desc',
      } as const
      const { records, isLast } = await client.list(scope, query)
      const madeS = records.map(({ created_at }) => Date.parse(created_at) / 1000)
      found.push(
        ...records.filter((each, at) => markerOf(each, marker) === text && (madeS[at] ?? 0) >= fromS),
      )
      const isOrdered = madeS.every((at, row) => row === 0 || at <= (madeS[row - 1] ?? at))
      if (isLast || (isOrdered && (madeS.at(-1) ?? fromS) < fromS)) return found
    }
    throw new RemoteFault('down', 'more has been changed since than can be looked through')
  }

  const find = async (text: string, since: Date): Promise<readonly Snapshot[]> => {
    const fromS = Math.max(0, Math.floor(since.getTime() / 1000) - CLOCK_SLACK_S)
    const found: Snapshot[] = []
    for (const scope of scopes) {
      const records = await marked(scope, text, fromS)
      const unique = [...new Map(records.map((each) => [each.id, each])).values()]
      found.push(...(await listed(scope, unique)))
    }
    return found
  }

  /** Addresses of files are presigned and short-lived, so they are read anew for each download. */
  const fileOf = async (place: Place, id: number): Promise<WireAttachment | null> => {
    const isIt = (file: WireAttachment): boolean => file.id === id
    const notes = (await client.notes(place)) ?? []
    const hanging = notes.flatMap(({ attachments }) => attachments ?? []).find(isIt)
    return hanging ?? ((await client.record(place))?.attachments ?? []).find(isIt) ?? null
  }

  const writing: PushContext = {
    client,
    catalog,
    settings,
    scopes,
    byWorkspace,
    snapshot: (kind, record) => whole(kind, record, null),
  }

  return Object.freeze({
    check: () => checkAccount({ client, catalog, settings, scopes, now }),
    describe: () => describeTool(catalog, scopes),
    pull: openPull({ client, scopes, now, snapshots: listed }),
    fetch,
    find,
    push: (operation, _key, content) => push(writing, operation, content),
    download: async (ref, attachmentId) => {
      const place = placeOf(ref.id)
      const file =
        place === null || !/^[1-9]\d{0,14}$/.test(attachmentId)
          ? null
          : await fileOf(place, Number(attachmentId))
      if (file === null || !file.attachment_url)
        throw new RemoteFault('gone', `"${attachmentId}" is no file of this record`)
      const url = URL.canParse(file.attachment_url) ? new URL(file.attachment_url).href : ''
      if (url === '') throw new RemoteFault('down', 'Freshservice names no address for this file')
      const { size, stream } = await client.download(file.name ?? attachmentId, url)
      return { size, stream }
    },
  } satisfies Session)
}
