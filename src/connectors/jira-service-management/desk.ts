import { RemoteFault } from '../../sync/fault.ts'
import type { RemotePerson } from '../../sync/snapshot.ts'
import { knownFields, readAs, type WireComment, type WireIssue } from '../atlassian/answers.ts'
import type { JiraClient } from '../atlassian/client.ts'
import { personId, personOf } from '../atlassian/convert.ts'
import type { AttachForDesk, Desk } from '../atlassian/desk.ts'
import { keep } from '../atlassian/keep.ts'
import { isMembers } from '../atlassian/values.ts'
import { type DeskFile, deskAnswers, type RequestType } from './answers.ts'
import type { Settings } from './schema.ts'

/** What is otherwise in a service project: request types, comments and files that customers see, customers. */

const DESK = '/rest/servicedeskapi'
const PAGE = 50
const MAX_ROWS = 500
/** Some of its calls are still called experimental. */
const HEADERS = { 'x-experimentalapi': 'opt-in', 'x-atlassian-token': 'no-check' }

type Row<T> = { readonly values: readonly T[]; readonly isLastPage?: boolean | null }

/** Every row of a list; empty where the account may not ask. */
const rowsOf = async <T>(
  client: JiraClient,
  path: string,
  query: Readonly<Record<string, string>>,
  read: (body: unknown) => Row<T>,
): Promise<readonly T[]> => {
  const rows: T[] = []
  while (rows.length < MAX_ROWS) {
    const request = { method: 'GET', path, query: { ...query, start: rows.length, limit: PAGE } } as const
    const response = await client.ask({ ...request, headers: HEADERS, accept: [403, 404] })
    if (response.status >= 400) break
    const { values, isLastPage } = read(response.json())
    rows.push(...values)
    if (isLastPage !== false || values.length === 0) break
  }
  return rows
}

const numberOf = (file: DeskFile): string | null => /\/(\d{1,18})$/.exec(file._links.jiraRest)?.[1] ?? null

// ---- files -------------------------------------------------------------------------------------------------

/**
 * A file is as public as the comment it came with. One without a comment came with the request, if its reporter sent
 * it; else an agent put it on the issue, where the portal does not show it.
 */
const audienceOf: Desk['audienceOf'] = async (client, issue: WireIssue) => {
  const path = `${DESK}/request/${issue.id}/comment`
  const query = { expand: 'attachment', public: 'true', internal: 'true' }
  const comments = await rowsOf(client, path, query, (body) =>
    readAs(deskAnswers.comments, body, 'the comments of a request'),
  )
  const found = new Map<string, { readonly isPublic: boolean; readonly commentId: string }>()
  for (const comment of comments)
    for (const file of comment.attachments?.values ?? []) {
      const id = numberOf(file)
      if (id !== null) found.set(id, { isPublic: comment.public, commentId: comment.id })
    }
  const { reporter } = knownFields(issue)
  const reporterId = reporter ? personId(reporter, client.cloud) : null
  return (attachment) => {
    const comment = found.get(String(attachment.id))
    if (comment !== undefined)
      return { visibility: comment.isPublic ? 'public' : 'internal', commentId: comment.commentId }
    const author = attachment.author ? personId(attachment.author, client.cloud) : null
    const isReporters = author !== null && author === reporterId
    return { visibility: isReporters ? 'public' : 'internal', commentId: null }
  }
}

/** In two steps: nobody sees the first. The second makes a comment that only carries the file. */
const attach: AttachForDesk = async (client, file) => {
  const issue = await client.issue(file.issueId, { fields: 'project', expand: '' })
  const project = issue?.fields['project']
  if (issue === null || !isMembers(project))
    throw new RemoteFault('gone', `issue ${file.issueId} does not exist in Jira (any more)`)
  const uploaded = await client.write(
    {
      method: 'POST',
      path: `${DESK}/servicedesk/${encodeURIComponent(String(project['key']))}/attachTemporaryFile`,
      headers: HEADERS,
      multipart: [
        {
          name: 'file',
          filename: file.name,
          mediaType: file.mediaType,
          size: file.size,
          content: file.content,
        },
      ],
      effect: 'read',
    },
    'the desk',
  )
  const { temporaryAttachments } = readAs(deskAnswers.temporary, uploaded.json(), 'an upload')
  const temporaryAttachmentIds = temporaryAttachments.map((each) => each.temporaryAttachmentId)
  const attached = await client.write(
    {
      method: 'POST',
      path: `${DESK}/request/${file.issueId}/attachment`,
      headers: HEADERS,
      json: { temporaryAttachmentIds, public: file.isPublic },
    },
    `issue ${file.issueId}`,
  )
  const [made] = client.readAfterWrite(deskAnswers.attached, attached, 'a file').attachments?.values ?? []
  return made === undefined ? null : numberOf(made)
}

const MEDIA: readonly unknown[] = ['mediaGroup', 'mediaSingle']

const isCarrier = ({ body }: WireComment): boolean => {
  if (typeof body === 'string') return /^\s*(?:(?:!|\[\^)[^\n]*[!\]]\s*)+$/.test(body)
  const content = isMembers(body) && Array.isArray(body['content']) ? body['content'] : []
  return content.length > 0 && content.every((each) => isMembers(each) && MEDIA.includes(each['type']))
}

// ---- request types and customers ---------------------------------------------------------------------------

const requestTypesOf = (client: JiraClient, key: string): Promise<readonly RequestType[]> =>
  rowsOf(client, `${DESK}/servicedesk/${encodeURIComponent(key)}/requesttype`, {}, (body) =>
    readAs(deskAnswers.requestTypes, body, `request types of ${key}`),
  )

const customersOf = async (client: JiraClient, key: string): Promise<readonly RemotePerson[]> => {
  const path = `${DESK}/servicedesk/${encodeURIComponent(key)}/customer`
  const rows = await rowsOf(client, path, {}, (body) => readAs(deskAnswers.customers, body, 'customers'))
  return rows.map((each) => personOf(each, client.cloud)).filter((each) => each !== null)
}

const unique = (names: readonly string[]): readonly string[] => [...new Set(names)]

export const serviceDesk = (settings: Settings, now: () => Date): Desk => {
  let asking: JiraClient | null = null
  const types = keep(
    (key: string) => (asking === null ? Promise.resolve([]) : requestTypesOf(asking, key)),
    now,
  )
  const requestTypes = (client: JiraClient, key: string): Promise<readonly RequestType[]> => {
    asking = client
    return types.get(key)
  }

  return {
    isDesk: true,
    permissions: {
      SERVICEDESK_AGENT: 'work as an agent of the desk (internal comments are not shown to it)',
    },
    audienceOf,
    isCarrier,
    attach,
    commentParameters: (isInternal) => ({
      properties: [{ key: 'sd.public.comment', value: { internal: isInternal } }],
    }),

    /** A request type brings its issue type along; any other word is taken for an issue type. */
    writtenFields: async (client, container, fields) => {
      const { type, ...others } = fields
      if (typeof type !== 'string') return { fields, raw: {} }
      const keys = container === null ? settings.projects : [container]
      const found = (await Promise.all(keys.map((key) => requestTypes(client, key)))).flat()
      const asked = found.find((each) => each.name === type)
      if (asked === undefined) return { fields, raw: {} }
      const field = await requestTypeField(client)
      if (field === null || !client.cloud) {
        const why = 'Jira takes no request type by this interface: map the type to an issue type'
        throw new RemoteFault('invalid', why, { field: 'type' })
      }
      return { fields: others, raw: { issuetype: { id: asked.issueTypeId }, [field]: asked.id } }
    },

    describe: async (client, description) => {
      const containers = await Promise.all(
        description.containers.map(async (each) => {
          const own = (await requestTypes(client, each.id)).map(({ name }) => name)
          return { ...each, types: unique([...own, ...each.types]) }
        }),
      )
      const options = unique(containers.flatMap((each) => each.types))
      const customers = (await Promise.all(settings.projects.map((key) => customersOf(client, key)))).flat()
      const people = [...description.people, ...customers]
      return {
        ...description,
        containers,
        fields: description.fields.map((each) => (each.field === 'type' ? { ...each, options } : each)),
        people: [...new Map(people.map((each) => [each.id, each])).values()],
      }
    },
  }
}

const requestTypeField = async (client: JiraClient): Promise<string | null> =>
  (await client.fields()).find((each) => each.schema?.custom?.endsWith(':vp-origin'))?.id ?? null
