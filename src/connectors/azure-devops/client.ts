import { parseBoundedJson } from '../../lib/bounded-json.ts'
import type { Http, HttpDownload, HttpRequest, HttpResponse } from '../../sync/connector.ts'
import { RemoteFault } from '../../sync/fault.ts'
import type { ToolField } from '../../sync/snapshot.ts'
import { type FieldName, type Refused, readRefusal, refusalFault } from './refusal.ts'
import { answers, readAs, type WireComment, type WireItem, type WireUpdate } from './schema.ts'
import type { ApiVersion } from './settings.ts'

/**
 * Azure DevOps’ calls for work items, one function each. What surprises in them:
 *
 * - A token that is wrong or expired is often answered with 203 and a page to sign in at, not with 401.
 * - An item that one may not see is answered like one that does not exist (404).
 * - `add` to the tags joins them to those there are; only `replace` replaces.
 * - Work items are named by the organisation, their comments by the project too.
 */

export interface PatchOp {
  readonly op: 'add' | 'replace' | 'remove' | 'test'
  readonly path: string
  readonly value?: unknown
}

/** What was being written, for naming the field of a refusal. */
export interface Written {
  readonly fields: readonly ToolField[]
  /** Asked only after a refusal. */
  readonly known: () => Promise<readonly FieldName[]>
}

export const BATCH = 200
const MAX_COMMENT_PAGES = 50
const MAX_UPDATE_PAGES = 25
const REFUSALS = [400, 403, 404, 409, 412, 413, 500]

const bodyOf = (response: HttpResponse): unknown => {
  const parsed = parseBoundedJson(response.bytes)
  return parsed.ok ? parsed.value : null
}

/** 203 is how it says that nobody is signed in: a page, where data was asked for. */
export const unlessSignedOut = (response: HttpResponse): HttpResponse => {
  if (response.status !== 203) return response
  throw new RemoteFault(
    'auth',
    'Azure DevOps asks us to sign in: the token is wrong, expired, or may not be used in this organisation',
  )
}

/** The longest sentence there is about too long a history; anything else with 500 may have happened. */
const isTooLong = (refused: Refused): boolean => /revisions are supported/i.test(refused.sentence)

export const segment = (name: string): string => encodeURIComponent(name)

const COMMENTS: Readonly<Record<ApiVersion, string>> = {
  '7.1': '7.1-preview.4',
  '7.0': '7.0-preview.3',
  '6.0': '6.0-preview.3',
}

export type AzureClient = ReturnType<typeof azureClient>

export const azureClient = (http: Http, apiVersion: ApiVersion) => {
  const request = async (wanted: HttpRequest): Promise<HttpResponse> =>
    unlessSignedOut(await http.request({ ...wanted, query: { 'api-version': apiVersion, ...wanted.query } }))

  const get = async (path: string, query: HttpRequest['query'] = {}): Promise<unknown> =>
    (await request({ method: 'GET', path, query })).json()

  /** null: 404. */
  const getIfThere = async (path: string, query: HttpRequest['query'] = {}): Promise<unknown> => {
    const response = await request({ method: 'GET', path, query, accept: [404] })
    return response.status === 404 ? null : response.json()
  }

  const refusedWrite = async (
    response: HttpResponse,
    what: string,
    written: Written | null,
  ): Promise<RemoteFault> => {
    const refused = readRefusal(bodyOf(response))
    const said = refused.sentence === '' ? '' : `: ${refused.sentence}`
    switch (response.status) {
      case 404:
        return new RemoteFault('gone', `${what} does not exist in Azure DevOps (any more)${said}`)
      case 403:
        return new RemoteFault('invalid', `the account may not change ${what}${said}`)
      case 409:
      case 412:
        return new RemoteFault('conflict', `${what} was changed by somebody else${said}`)
      case 413:
        return new RemoteFault('invalid', `what was sent for ${what} is too large for Azure DevOps`)
      case 500:
        return isTooLong(refused)
          ? new RemoteFault('invalid', `${what} takes no more changes over the API${said}`)
          : new RemoteFault('unknown', `Azure DevOps failed while it changed ${what}${said}`)
      default:
        return refusalFault(refused, written?.fields ?? [], (await written?.known()) ?? [])
    }
  }

  const write = async (
    wanted: HttpRequest,
    what: string,
    written: Written | null = null,
  ): Promise<HttpResponse> => {
    const response = await request({ ...wanted, accept: REFUSALS })
    if (response.status < 300) return response
    throw await refusedWrite(response, what, written)
  }

  const patchDocument = (ops: readonly PatchOp[]): Pick<HttpRequest, 'body' | 'headers'> => ({
    body: Buffer.from(JSON.stringify(ops)),
    headers: { 'content-type': 'application/json-patch+json' },
  })

  const commentQuery = { 'api-version': COMMENTS[apiVersion] }
  /** Since 7.1 a comment can be Markdown too; we write HTML. */
  const asHtml = apiVersion === '7.1' ? { ...commentQuery, format: 'html' } : commentQuery
  const commentsOf = (project: string, id: number): string =>
    `/${segment(project)}/_apis/wit/workItems/${id}/comments`

  return {
    get,
    getIfThere,
    request,
    write,

    /** null: it does not exist, is deleted, or may not be seen. */
    item: async (id: number): Promise<WireItem | null> => {
      const found = await getIfThere(`/_apis/wit/workitems/${id}`, { $expand: 'relations' })
      return found === null ? null : readAs(answers.item, found, `work item ${id}`)
    },

    isInRecycleBin: async (project: string, id: number): Promise<boolean> =>
      (await getIfThere(`/${segment(project)}/_apis/wit/recyclebin/${id}`)) !== null,

    /** In the order asked for; what is gone or hidden is left out. */
    items: async (ids: readonly number[]): Promise<readonly WireItem[]> => {
      if (ids.length === 0) return []
      const response = await request({
        method: 'POST',
        path: '/_apis/wit/workitemsbatch',
        json: { ids, $expand: 'relations', errorPolicy: 'omit' },
        effect: 'read',
      })
      const found = readAs(answers.items, response.json(), 'work items').value.filter((one) => one !== null)
      const byId = new Map(found.map((one) => [one.id, one]))
      return ids.flatMap((id) => byId.get(id) ?? [])
    },

    /** Ids, and the tool’s own time. */
    query: async (wiql: string, top: number) => {
      const response = await request({
        method: 'POST',
        path: '/_apis/wit/wiql',
        query: { timePrecision: 'true', $top: top },
        json: { query: wiql },
        effect: 'read',
      })
      const { asOf, workItems } = readAs(answers.found, response.json(), 'a query')
      return { asOf: asOf ?? null, ids: workItems.map(({ id }) => id) }
    },

    /** Items of a project whose latest revision came after the token (or the time), in the order of their revisions. */
    revisions: async (project: string, after: { readonly token: string } | { readonly from: string }) => {
      const answer = await get(`/${segment(project)}/_apis/wit/reporting/workitemrevisions`, {
        ...('token' in after ? { continuationToken: after.token } : { startDateTime: after.from }),
        fields: 'System.Id',
        includeLatestOnly: 'true',
        $maxPageSize: BATCH,
      })
      const { values, continuationToken, isLastBatch } = readAs(answers.revisions, answer, 'revisions')
      return { ids: [...new Set(values.map(({ id }) => id))], token: continuationToken ?? null, isLastBatch }
    },

    createItem: async (
      project: string,
      type: string,
      ops: readonly PatchOp[],
      written: Written,
    ): Promise<WireItem> => {
      const response = await request({
        method: 'POST',
        path: `/${segment(project)}/_apis/wit/workitems/$${segment(type)}`,
        query: { $expand: 'relations' },
        ...patchDocument(ops),
        accept: REFUSALS,
      })
      if (response.status < 300) return readAs(answers.item, response.json(), 'a new work item', 'unknown')
      if (response.status !== 404) throw await refusedWrite(response, 'the project', written)
      const { sentence } = readRefusal(bodyOf(response))
      const field = /work item type/i.test(sentence) ? 'type' : 'container'
      throw new RemoteFault('invalid', `Azure DevOps refuses: ${sentence || 'there is no such project'}`, {
        field,
      })
    },

    updateItem: async (id: number, ops: readonly PatchOp[], written: Written): Promise<WireItem> => {
      const response = await write(
        {
          method: 'PATCH',
          path: `/_apis/wit/workitems/${id}`,
          query: { $expand: 'relations' },
          ...patchDocument(ops),
        },
        `work item ${id}`,
        written,
      )
      return readAs(answers.item, response.json(), `work item ${id}`, 'unknown')
    },

    comments: async (project: string, id: number): Promise<readonly WireComment[]> => {
      const found: WireComment[] = []
      let token: string | null = null
      for (let page = 0; page < MAX_COMMENT_PAGES; page += 1) {
        const query: HttpRequest['query'] = {
          ...commentQuery,
          $top: BATCH,
          order: 'asc',
          ...(token === null ? {} : { continuationToken: token }),
        }
        const answer: unknown = await get(commentsOf(project, id), query)
        const { comments, continuationToken } = readAs(answers.comments, answer, 'comments')
        found.push(...comments)
        token = continuationToken ?? null
        if (token === null || comments.length === 0) return found
      }
      throw new RemoteFault('invalid', `work item ${id} has more comments than can be read`)
    },

    addComment: async (project: string, id: number, text: string): Promise<WireComment> => {
      const response = await write(
        { method: 'POST', path: commentsOf(project, id), query: asHtml, json: { text } },
        `work item ${id}`,
      )
      return readAs(answers.comment, response.json(), 'a new comment', 'unknown')
    },

    editComment: async (project: string, id: number, comment: number, text: string): Promise<void> => {
      const response = await write(
        { method: 'PATCH', path: `${commentsOf(project, id)}/${comment}`, query: asHtml, json: { text } },
        `comment ${comment}`,
      )
      readAs(answers.comment, response.json(), 'a comment', 'unknown')
    },

    deleteComment: async (project: string, id: number, comment: number): Promise<void> => {
      await write(
        { method: 'DELETE', path: `${commentsOf(project, id)}/${comment}`, query: commentQuery },
        `comment ${comment}`,
      )
    },

    /** Oldest first, beginning after the first `skip`. */
    updates: async (id: number, skip: number): Promise<readonly WireUpdate[]> => {
      const found: WireUpdate[] = []
      for (let page = 0; page < MAX_UPDATE_PAGES; page += 1) {
        const answer = await get(`/_apis/wit/workItems/${id}/updates`, {
          $top: BATCH,
          $skip: skip + found.length,
        })
        const { value } = readAs(answers.updates, answer, `history of ${id}`)
        found.push(...value)
        if (value.length < BATCH) return found
      }
      return found
    },

    download: async (id: string): Promise<HttpDownload> => {
      const answer = await http.download({
        method: 'GET',
        path: `/_apis/wit/attachments/${id}`,
        query: { 'api-version': apiVersion, download: 'true' },
        headers: { accept: '*/*' },
        accept: [404],
      })
      if (answer.status === 200) return answer
      for await (const _ of answer.stream) break
      if (answer.status === 404)
        throw new RemoteFault('gone', `attachment ${id} does not exist in Azure DevOps (any more)`)
      throw new RemoteFault('auth', 'Azure DevOps asks us to sign in, instead of sending the file')
    },
  }
}
