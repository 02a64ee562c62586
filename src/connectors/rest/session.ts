import { said } from '../../lib/said.ts'
import type { CheckResult, Description, Http, HttpResponse, PullPage, Session } from '../../sync/connector.ts'
import { isFault, RemoteFault } from '../../sync/fault.ts'
import type { RemotePerson, RemoteRef, Snapshot } from '../../sync/snapshot.ts'
import { type ListPage, restClient } from './client.ts'
import {
  attachmentOf,
  commentOf,
  type Elements,
  embeddedElements,
  isDeleted,
  personOf,
  snapshotOf,
  textOf,
  timeOf,
} from './convert.ts'
import { advance, type Cursor, readCursor, sinceValue } from './cursor.ts'
import type { CompiledList, Declaration } from './declaration.ts'
import { readPath } from './field-path.ts'
import { pushTo } from './push.ts'
import type { Settings } from './schema.ts'

/** A session with the tool a declaration describes: reading. Writing is in push.ts. */

const MAX_ELEMENT_PAGES = 50
const MAX_FIND_PAGES = 20
/** How much older than asked an item with our marker may look: a twin missed costs more than a look. */
const FIND_SLACK_MS = 24 * 60 * 60 * 1000

export const sessionOf = (
  declaration: Declaration,
  settings: Settings,
  http: Http,
  now: () => Date,
): Session => {
  const client = restClient(declaration, settings, http)
  const { shape } = declaration
  let asked: Promise<RemotePerson | null> | null = null

  const askAccount = async (): Promise<RemotePerson | null> => {
    if (shape.account === undefined || declaration.account === null) return null
    const response = await client.get(shape.account.path, undefined, {})
    return response === 'gone' ? null : personOf(declaration.account, response.json())
  }

  const account = (): Promise<RemotePerson | null> => {
    // A failure is not kept: the next call asks again.
    asked ??= askAccount().catch((error: unknown) => {
      asked = null
      throw error
    })
    return asked
  }

  const accountId = async (): Promise<string | null> =>
    shape.accountId ?? (shape.account === undefined ? null : ((await account())?.id ?? null))

  const allPages = async (list: CompiledList, id: string): Promise<readonly unknown[]> => {
    const found: unknown[] = []
    let page: string | null = null
    for (let pages = 0; pages < MAX_ELEMENT_PAGES; pages += 1) {
      const answer: ListPage = await client.list(list, { id }, {}, page)
      found.push(...answer.items)
      if (answer.next === null) return found
      page = answer.next
    }
    throw new RemoteFault(
      'invalid',
      `the item has more than ${MAX_ELEMENT_PAGES} pages of comments or attachments`,
    )
  }

  /** Comments and attachments of an item, from its own JSON where that holds them. */
  const elementsOf = async (id: string, item: unknown, us: string | null): Promise<Elements> => {
    const { comments, attachments } = declaration
    const rawComments =
      embeddedElements(comments, item) ?? (comments?.list ? await allPages(comments.list, id) : null)
    const rawAttachments =
      embeddedElements(attachments, item) ?? (attachments?.list ? await allPages(attachments.list, id) : null)
    return {
      comments: rawComments?.map((each) => commentOf(declaration, each, us)) ?? null,
      attachments: rawAttachments?.map((each) => attachmentOf(declaration, each, us)) ?? null,
    }
  }

  const fetch = async (ref: RemoteRef): Promise<Snapshot | 'gone'> => {
    const response = await client.get(shape.get.path, shape.get.query, { id: ref.id })
    if (response === 'gone') return 'gone'
    const item = readPath(response.json(), declaration.path(shape.get.item))
    if (isDeleted(declaration, item)) return 'gone'
    const us = await accountId()
    return snapshotOf(declaration, item, us, etagOf(response), await elementsOf(ref.id, item, us))
  }

  const sinceQuery = (time: string | null): Readonly<Record<string, string>> =>
    shape.since === undefined || time === null
      ? {}
      : { [shape.since.query]: sinceValue(time, shape.since.format) }

  const pull = async (text: string | null, scope: Cursor['scope']): Promise<PullPage> => {
    const cursor = readCursor(text, scope, now())
    const answer = await client.list(declaration.list, {}, sinceQuery(cursor.since), cursor.page)
    const us = await accountId()
    const times = answer.items.map((item) => timeOf(declaration.item.updatedAt?.(item)))
    const after = advance(cursor, shape.since, times, answer.next)
    const shown = answer.items.filter((item) => !isDeleted(declaration, item))
    return {
      snapshots: shown.map((item) => snapshotOf(declaration, item, us, null)),
      cursor: JSON.stringify(after.cursor),
      more: after.more,
    }
  }

  const find = async (marker: string, since: Date): Promise<readonly Snapshot[]> => {
    const path = declaration.marker
    if (path === null) return []
    const list = declaration.find ?? declaration.list
    const from = new Date(since.getTime() - FIND_SLACK_MS).toISOString()
    const query = declaration.find === null ? sinceQuery(from) : {}
    const us = await accountId()
    const found: Snapshot[] = []
    let page: string | null = null
    for (let pages = 0; pages < MAX_FIND_PAGES; pages += 1) {
      const answer: ListPage = await client.list(list, { marker }, query, page)
      // Compared here too: a tool that does not know a filter ignores it and answers everything.
      const held = answer.items.filter((item) => textOf(readPath(item, path)) === marker)
      found.push(...held.map((item) => snapshotOf(declaration, item, us, null)))
      if (answer.next === null) return found
      page = answer.next
    }
    throw new RemoteFault(
      'down',
      `our mark could not be looked for within ${MAX_FIND_PAGES} pages: declare "find"`,
    )
  }

  const check = async (): Promise<CheckResult> => {
    const us = await account()
    const page = await client.list(declaration.list, {}, sinceQuery(now().toISOString()), null)
    const probe = page.items[0] ?? (await client.list(declaration.list, {}, {}, null)).items[0]
    return {
      tool: shape.tool,
      account: us,
      problems: probe === undefined ? [] : itemProblems(declaration, probe),
    }
  }

  return {
    check,
    describe: async () => descriptionOf(declaration),
    pull,
    fetch,
    find,
    push: pushTo(declaration, client, accountId),
    download: async (ref, attachmentId) => {
      const download = shape.attachments?.download
      if (download === undefined)
        throw new RemoteFault('invalid', 'the declaration does not say how to download attachments')
      return client.download(download.path, { id: ref.id, attachmentId })
    },
  }
}

export const etagOf = (response: HttpResponse): string | null => response.headers['etag'] ?? null

/** Tries a real item against the declaration: paths that lead nowhere are the usual mistake. */
const itemProblems = (declaration: Declaration, item: unknown): readonly string[] => {
  const problems: string[] = []
  try {
    const snapshot = snapshotOf(declaration, item, null, null, { comments: null, attachments: null })
    if (snapshot.container === '')
      problems.push(said`At /item/container: the first item of the list shows none.`)
    if (declaration.item.updatedAt !== null && snapshot.updatedAt === null)
      problems.push(said`At /item/updatedAt: the first item of the list shows no time there.`)
    for (const field of declaration.fields) {
      if (
        field.read !== null &&
        field.read(item) === undefined &&
        declaration.shape.item.absentIsEmpty !== true
      ) {
        problems.push(said`At /item/fields/${field.field}: the first item of the list shows nothing there.`)
      }
    }
  } catch (error) {
    if (!isFault(error)) throw error
    problems.push(said`At /item: ${error.detail}.`)
  }
  return problems
}

const descriptionOf = (declaration: Declaration): Description => {
  const { shape } = declaration
  return {
    containers:
      shape.container === undefined ? [] : [{ id: shape.container, title: shape.container, types: [] }],
    fields: declaration.fields.map(({ field, title, kind, options, write }) => ({
      field,
      title,
      kind,
      options,
      writable: write !== null,
    })),
    statuses: Object.entries(shape.statuses ?? {}).map(([word, category]) => ({ word, category })),
    transitions: null,
    people: [],
  }
}
