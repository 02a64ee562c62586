import type { Audience } from '../domain/audience.ts'
import type { ToldHold } from '../domain/hold-words.ts'
import type { Operation } from './connector.ts'
import type { HubValue } from './hub-view.ts'
import type { HubField } from './mapping.ts'
import type { Element, MirrorBase } from './mirror-base.ts'
import type { RichText } from './rich-text/index.ts'
import type { SnapshotAttachment, SnapshotComment, ToolValue } from './snapshot.ts'

/**
 * What a merge decided, as data: nothing has happened yet. The same plan serves the reconcile loop, the dry run and
 * the blast radius.
 */
export interface Plan {
  readonly hub: HubChanges
  readonly tool: readonly PlannedOperation[]
  /** The base for everything that agrees without a write to the tool. */
  readonly base: MirrorBase
  readonly elements: readonly ElementChange[]
  readonly holds: readonly Hold[]
  readonly conflicts: readonly Conflict[]
  readonly why: readonly Why[]
}

export interface HubChanges {
  readonly fields: Readonly<Partial<Record<HubField, HubValue>>>
  readonly state: string | null
  readonly comments: readonly HubCommentChange[]
  readonly attachments: readonly HubAttachmentChange[]
}

export type HubCommentChange =
  | {
      readonly change: 'add'
      readonly from: SnapshotComment
      readonly audience: Audience
      readonly body: RichText
    }
  | { readonly change: 'edit'; readonly elementId: string; readonly body: RichText; readonly shown: string }
  | {
      readonly change: 'audience'
      readonly elementId: string
      readonly audience: Audience
      readonly visibility: 'public' | 'internal'
    }
  | { readonly change: 'delete' | 'restore'; readonly elementId: string }

export type HubAttachmentChange =
  | { readonly change: 'add'; readonly from: SnapshotAttachment; readonly audience: Audience }
  | { readonly change: 'delete' | 'restore'; readonly elementId: string }

/** Bookkeeping on an element that needs no call. */
export interface ElementChange {
  readonly elementId: string
  readonly set: Partial<Pick<Element, 'baseHub' | 'baseTool' | 'visibility' | 'state'>>
}

export interface PlannedOperation {
  readonly operation: Operation
  /** Field pairs this writes, with the hub's value that becomes the base once the tool shows it. */
  readonly fields: readonly {
    readonly pair: string
    readonly tool: string
    readonly hub: HubValue
    readonly sent: ToolValue
    readonly before: ToolValue
  }[]
  /** The status this aims at, when it is the last hop. */
  readonly status: { readonly hub: string; readonly tool: string; readonly last: boolean } | null
  /** The comment or attachment it is about. */
  readonly element: {
    readonly id: string
    readonly baseHub: string
    readonly amends: boolean
    readonly withdraws: boolean
  } | null
  readonly link: string | null
}

/** One field of one item that waits, while the rest flows. */
export interface Hold {
  readonly field: string
  readonly code: HoldCode
  /** What is the matter, for a person. */
  readonly reason: string
  /** What to do about it. */
  readonly nextStep: string
  /** The same as a cause with values, for screens in other languages. */
  readonly told: ToldHold
  readonly value: unknown
}

export type HoldCode =
  | 'unknown-status'
  | 'not-shown'
  | 'no-transition'
  | 'unknown-person'
  | 'unknown-value'
  | 'unknown-visibility'
  | 'refused-by-tool'
  | 'not-taken'
  | 'refused-here'
  | 'cannot-withdraw'
  | 'audience-widened-there'
  | 'too-large'
  | 'cannot-write'
  | 'unknown-write'
  | 'breaker'
  | 'rule-refused'
  | 'clone'

export interface Conflict {
  readonly field: string
  readonly base: unknown
  readonly hub: unknown
  readonly tool: unknown
}

/** One line of explanation: which side's value was taken for a field, and by which rule. */
export interface Why {
  readonly field: string
  readonly to: 'hub' | 'tool'
  readonly rule: string
  /** The value on the side it came from. */
  readonly from: unknown
  readonly value: unknown
  /** What stood there before: what an undo puts back. */
  readonly before: unknown
  /** The tool's field, where one is written or read. */
  readonly toolField: string | null
  /** A value that was there and is not kept; said so that nobody's edit goes without a trace. */
  readonly overwrites?: unknown
}
