import type { Description } from '../../sync/connector.ts'
import type { ToolFields } from '../../sync/snapshot.ts'
import type { WireComment, WireIssue } from './answers.ts'
import type { JiraClient } from './client.ts'
import type { ConvertContext } from './convert.ts'

/** What is otherwise in a service project, whose requests customers read. Jira alone has none of it. */
export interface Desk {
  readonly isDesk: boolean
  /** Rights that the account needs besides, and what for. */
  readonly permissions: Readonly<Record<string, string>>
  /** Who sees an issue's files. */
  readonly audienceOf: (client: JiraClient, issue: WireIssue) => Promise<ConvertContext['audience']>
  /** Fields of a write with what the desk's own words mean in Jira's. `container`: null, any that is followed. */
  readonly writtenFields: (
    client: JiraClient,
    container: string | null,
    fields: ToolFields,
  ) => Promise<DeskFields>
  /** What makes a comment public or internal there; null: a restriction to a role or group. */
  readonly commentParameters: ((isInternal: boolean) => Readonly<Record<string, unknown>>) | null
  /** A comment that only carries files is no words of anybody. */
  readonly isCarrier: (comment: WireComment) => boolean
  /** Attaches one file so that customers see it, or do not; null: everybody who sees the issue sees it. */
  readonly attach: AttachForDesk | null
  readonly describe: (client: JiraClient, description: Description) => Promise<Description>
}

export interface DeskFields {
  readonly fields: ToolFields
  /** Sent with the others as they are, by the ids of fields. */
  readonly raw: Readonly<Record<string, unknown>>
}

export type AttachForDesk = (
  client: JiraClient,
  file: {
    readonly issueId: string
    readonly name: string
    readonly mediaType: string
    readonly size: number
    readonly content: AsyncIterable<Uint8Array>
    readonly isPublic: boolean
  },
) => Promise<string | null>

export const NO_DESK: Desk = {
  isDesk: false,
  permissions: {},
  audienceOf: async () => null,
  writtenFields: async (_client, _container, fields) => ({ fields, raw: {} }),
  commentParameters: null,
  isCarrier: () => false,
  attach: null,
  describe: async (_client, description) => description,
}
