/**
 * What a tool shows now, in neutral words. Connectors make snapshots (`convert.ts`), the merge reads them, nothing
 * of a vendor's own format travels further in.
 */

/** Fields with a neutral name. A tool's own (custom) field is `cf:<its name there>`. */
export type StandardToolField =
  | 'title'
  | 'description'
  | 'status'
  | 'type'
  | 'container'
  | 'priority'
  | 'owner'
  | 'requester'
  | 'component'
  | 'release'
  | 'labels'
  | 'due'
  | 'url'

export type ToolField = StandardToolField | `cf:${string}`

/**
 * A value in the tool's own terms: its word for a status or an option, its user id for a person, its version *name*
 * for a release, its markup for rich text, ISO 8601 for dates. Multi-valued fields are string arrays, sorted.
 */
export type ToolValue = null | boolean | number | string | readonly string[]

export type ToolFields = Readonly<Partial<Record<ToolField, ToolValue>>>

/** How to name an item. `id` is immutable there (never the key that a move can change). */
export interface RemoteRef {
  readonly id: string
}

export interface RemotePerson {
  /** Immutable there; what `owner` and `requester` hold. */
  readonly id: string
  readonly name: string
  readonly email: string | null
  /**
   * How a text there calls them, as a mention holds it: `accountid:…`, `jira-user:…`, `vss:…`, `login:…`. Absent: no
   * text there calls anybody, or the tool did not say how.
   */
  readonly address?: string
  /** The tool itself says that nobody proved the e-mail to be theirs. */
  readonly isUnproven?: true
}

export type Visibility = 'public' | 'internal' | 'unknown'

export interface SnapshotComment {
  readonly id: string
  readonly author: RemotePerson | null
  /** Written through the account this connection uses (by us or by a person under that account). */
  readonly byUs: boolean
  readonly visibility: Visibility
  /** In the tool's markup. */
  readonly text: string
  /** ISO 8601, the tool's clock. */
  readonly at: string
  readonly editedAt: string | null
}

export interface SnapshotAttachment {
  readonly id: string
  readonly name: string
  readonly mediaType: string
  /** Bytes; null when the tool does not say before the download. */
  readonly size: number | null
  readonly author: RemotePerson | null
  readonly byUs: boolean
  readonly visibility: Visibility
  /** The comment it hangs on, when the tool knows. */
  readonly commentId: string | null
  readonly at: string
}

export interface SnapshotLink {
  readonly kind: string
  readonly url: string
}

/** Broad meaning of the tool's status word, where the tool itself says it. */
export type StatusCategory = 'new' | 'open' | 'waiting' | 'done' | 'declined' | null

export interface Snapshot {
  readonly ref: RemoteRef
  /** `item` is a ticket or a work item; `release` a version, milestone or release there. */
  readonly kind: 'item' | 'release'
  /** Human key, may change when the item moves. */
  readonly key: string
  readonly url: string
  /** Queue, project … the item is in, by the name or identifier that settings use. */
  readonly container: string
  /** null: empty there. A field that is not among them is not shown to us, which says nothing of its value. */
  readonly fields: ToolFields
  readonly statusCategory: StatusCategory
  /** Status words the tool says are reachable from here in one step; null when it does not say. */
  readonly nextStatuses: readonly string[] | null
  /** null: not listed, or the listing failed. Never taken for "there are none". */
  readonly comments: readonly SnapshotComment[] | null
  readonly attachments: readonly SnapshotAttachment[] | null
  readonly links: readonly SnapshotLink[] | null
  /** People named by id in fields, and others the tool told of beside them. */
  readonly people: readonly RemotePerson[]
  /** ISO 8601, the tool's clock: only ever compared with other values of the same tool. */
  readonly createdAt: string | null
  readonly updatedAt: string | null
  /** ETag, revision … of what was read; null when the tool has none. */
  readonly version: string | null
  readonly createdByUs: boolean
}
