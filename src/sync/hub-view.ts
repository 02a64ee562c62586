import type { Actor } from '../domain/actor.ts'
import type { Audience } from '../domain/audience.ts'
import type { RecordKind } from '../domain/words.ts'
import type { HubField } from './mapping.ts'
import type { RichText } from './rich-text/index.ts'

/**
 * What our side shows for one mirror: the record's fields with everything derived through its escalations, and the
 * words and files its party may see. Made by `projection.ts` from facts, read by the merge.
 */

/** A person is an e-mail in lower case, a release its name, a component its key, rich text a tree. */
export type HubValue = null | boolean | number | string | readonly string[] | RichText

export type HubFields = Readonly<Partial<Record<HubField, HubValue>>>

export interface HubComment {
  readonly id: string
  readonly audience: Audience
  readonly author: Actor
  readonly body: RichText
  /** The author's time, ISO 8601. */
  readonly at: string
  readonly deleted: boolean
}

export interface HubAttachment {
  readonly id: string
  readonly audience: Audience
  readonly name: string
  readonly mediaType: string
  readonly size: number | null
  readonly sha256: string | null
  readonly state: 'pending' | 'stored' | 'refused' | 'deleted'
}

export interface HubLink {
  readonly url: string
  readonly title: string
}

export interface HubView {
  readonly kind: RecordKind
  readonly id: string
  readonly key: string
  /** The record's version when it was read: a write that finds another one starts again. */
  readonly version: number
  readonly fields: HubFields
  /** What people and rules see where nobody set the field: it crosses to no tool. */
  readonly derived?: HubFields
  /** Our state, with what it waits for: `waiting customer`. */
  readonly state: string
  /** In the author's order. Includes deleted ones and ones no longer meant for this party, so that copies are withdrawn. */
  readonly comments: readonly HubComment[]
  readonly attachments: readonly HubAttachment[]
  /** Links we want to stand in the tool. */
  readonly links: readonly HubLink[]
}

/** Rich text among the hub's values: the only one that is an object. What comes from outside is checked elsewhere. */
export const isTree = (value: HubValue | undefined): value is RichText =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Nothing, however it is written: none, no letters, no entries, a text without a paragraph. */
export const isEmptyHub = (value: HubValue | undefined): boolean =>
  value === null ||
  value === undefined ||
  value === '' ||
  (Array.isArray(value) && value.length === 0) ||
  (isTree(value) && value.children.length === 0)
