import type { RichFormat } from '../../../sync/connector.ts'
import type { StatusCategory, ToolField, ToolFields, ToolValue, Visibility } from '../../../sync/snapshot.ts'

/** The shapes of the simulated tool: what it is told to be (`DemoToolOptions`), what it holds, what it writes down. */

export type DemoKind = 'desk' | 'tracker'

export interface DemoUser {
  /** Immutable; what person fields hold. */
  readonly id: string
  readonly name: string
  readonly email: string | null
  /** How texts there call them; absent: they call nobody. */
  readonly address?: string
  readonly isUnproven?: true
}

export interface DemoContainer {
  readonly id: string
  readonly title: string
  readonly types: readonly string[]
  /** Start of the keys of its items: `ENG` makes `ENG-17`. */
  readonly prefix: string
}

export interface DemoStatus {
  readonly word: string
  readonly category: StatusCategory
}

export interface DemoTransition {
  readonly from: string
  readonly to: string
  /** Fields that must hold a value after the move. */
  readonly requires?: readonly ToolField[]
}

export interface DemoCustomField {
  readonly name: string
  readonly kind: 'text' | 'rich' | 'choice' | 'person' | 'number' | 'date' | 'set'
  readonly options?: readonly string[]
}

/** How the tool changes what it is given: our own value comes back as another one. */
export interface DemoNormalise {
  /** Takes white space off both ends of every text. */
  readonly trim?: boolean
  /** Letter case it forces on a field. */
  readonly recase?: Readonly<Partial<Record<ToolField, 'lower' | 'upper'>>>
  /** Numbers are rounded to multiples of this. */
  readonly round?: Readonly<Partial<Record<ToolField, number>>>
  /** Takes tags (and scripts with what is in them) out of rich texts and comments. */
  readonly sanitise?: boolean
  readonly maxLength?: Readonly<Partial<Record<ToolField, number>>>
  /** What happens to a text over its `maxLength`. Default `refuse`. */
  readonly tooLong?: 'refuse' | 'truncate'
  /** Applied to rich texts and comments on every write, and not necessarily idempotent: that is its point. */
  readonly textFormatter?: (text: string) => string
}

/** What the tool can do; becomes the connector's capabilities. */
export interface DemoTraits {
  readonly idempotency: 'key' | 'marker' | 'none'
  readonly comments: {
    readonly public: boolean
    readonly internal: boolean
    readonly edit: boolean
    readonly delete: boolean
  }
  readonly attachments: {
    readonly read: boolean
    readonly write: boolean
    readonly delete: boolean
    readonly maxBytes: number
  }
  readonly links: boolean
  readonly webhooks: boolean
  readonly deletionsSeen: boolean
  readonly richText: RichFormat
  readonly pageSize: number
  /** A write that names an older version is answered 409. */
  readonly checksVersions: boolean
  /** It keeps a history of each item and answers a write with what that replaced. */
  readonly tellsOverwritten: boolean
  /** The answer to a write holds the whole item. */
  readonly answersWithItem: boolean
  /** What becomes of an item that was merged into another: closed, no longer there, or its id answers with the other. */
  readonly merged: 'closed' | 'gone' | 'redirect'
}

/** Everything that may be changed while the tool runs (`tool.change`). */
export interface DemoSetup {
  readonly users: readonly DemoUser[]
  readonly containers: readonly DemoContainer[]
  readonly statuses: readonly DemoStatus[]
  /** null: any status can be set. */
  readonly transitions: readonly DemoTransition[] | null
  readonly priorities: readonly string[]
  readonly components: readonly string[]
  readonly customFields: readonly DemoCustomField[]
  readonly normalise: DemoNormalise
  /** Grain of the tool's clock, e.g. 1000: times of the same second are equal. */
  readonly resolutionMs: number
  /** How far the tool's clock is ahead of the truth. */
  readonly skewMs: number
  /** Listings show the state of so long ago; fetching one item is always up to date. */
  readonly indexLagMs: number
  readonly traits: DemoTraits
  /** `at once`: webhooks leave after the answer; `manual`: when `deliverHooks()` is called. */
  readonly hookDelivery: 'at once' | 'manual'
}

export interface DemoToolOptions extends Partial<Omit<DemoSetup, 'traits'>> {
  readonly kind: DemoKind
  readonly name: string
  readonly now: () => Date
  /** Seeded by the caller, so that a run can be repeated. */
  readonly random: () => number
  /** Ids of items, comments and attachments. Default: counting up, which makes runs repeat. */
  readonly newId?: () => string
  /** The service account that connections use. */
  readonly account?: DemoUser
  readonly webhookSecret?: string
  /** Password of the API over HTTP; none: open. */
  readonly token?: string
  readonly traits?: Partial<DemoTraits>
  /** Lines of the ledger that stay at least. Default: all; a demo that runs for weeks wants a limit. */
  readonly ledgerKept?: number
  /** Waits for `latencyMs` of the faults. Default: not at all. */
  readonly sleep?: (ms: number) => Promise<void>
}

export interface DemoComment {
  readonly id: string
  readonly author: string
  readonly visibility: Visibility
  readonly text: string
  readonly at: string
  readonly editedAt: string | null
}

/** Bytes as a recipe, for files too large to keep. */
export interface PatternBytes {
  readonly size: number
  readonly seed: number
}

export interface DemoAttachment {
  readonly id: string
  readonly name: string
  readonly mediaType: string
  readonly size: number
  /** null for a pattern that nobody has read yet. */
  readonly sha256: string | null
  readonly pattern: PatternBytes | null
  readonly author: string
  readonly visibility: Visibility
  readonly commentId: string | null
  readonly at: string
}

export interface DemoLink {
  readonly url: string
  readonly title: string
}

/** An item or a release. Frozen: each change makes a new one. */
export interface DemoItem {
  readonly id: string
  /** Order of making. */
  readonly seq: number
  readonly kind: 'item' | 'release'
  /** Moves with the container. */
  readonly key: string
  readonly container: string
  readonly fields: ToolFields
  /** What a connection wrote at create so that it can be found again. Clones copy it. */
  readonly marker: string | null
  readonly comments: readonly DemoComment[]
  readonly attachments: readonly DemoAttachment[]
  readonly links: readonly DemoLink[]
  readonly createdBy: string
  readonly createdAt: string
  readonly updatedAt: string
  readonly version: number
  readonly deleted: boolean
  readonly mergedInto: string | null
}

export type LedgerOp =
  | 'create'
  | 'update'
  | 'transition'
  | 'move'
  | 'delete'
  | 'restore'
  | 'merge'
  | 'clone'
  | 'comment.add'
  | 'comment.edit'
  | 'comment.delete'
  | 'comment.visibility'
  | 'attach'
  | 'detach'
  | 'link.add'
  | 'link.remove'

/**
 * One accepted change. The ledger is the judge in tests: it says what really happened in the tool, whatever our own
 * tables believe. Append-only; a restore from backup does not take lines away.
 */
export interface LedgerEntry {
  readonly seq: number
  /** True time, ISO 8601 (not the tool's clock). */
  readonly at: string
  /** Id of the user. */
  readonly who: string
  /** Through the API, or by hand (also by hand under the service account). */
  readonly via: 'api' | 'hand'
  readonly op: LedgerOp
  /** Idempotency key of the call, when it had one. */
  readonly key: string | null
  readonly itemId: string
  readonly itemKey: string
  /** Comment or attachment. */
  readonly elementId: string | null
  /** Only what changed. */
  readonly before: Readonly<Record<string, ToolValue>> | null
  readonly after: Readonly<Record<string, ToolValue>> | null
  /** False: the write changed nothing (the same value again). */
  readonly changed: boolean
}

/** One request at the API, accepted or not. */
export interface CallEntry {
  readonly at: string
  readonly op: string
  readonly write: boolean
  /** Status answered, or what became of the connection. */
  readonly outcome: number | 'refused' | 'lost' | 'hung'
  /** Made before the Retry-After of an earlier 429 had passed. */
  readonly early: boolean
}

export interface Refusal {
  readonly status: 400 | 403 | 404 | 409 | 422
  readonly error: string
  readonly field: ToolField | null
}
