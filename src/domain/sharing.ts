import type { Audience } from './audience.ts'

/**
 * What a partner (another company with a Causeway of its own) sees of ours and may do here. Everything is denied until
 * somebody allows it: an empty policy shows nothing, not even a title. Only a record's key and address always go along.
 */
export interface SharingPolicy {
  /** What they see of us: our tickets, as a customer of our desk, or our work items, as engineers among engineers. */
  readonly record: 'ticket' | 'work item'
  /** They may make new ones. What they made, they see. */
  readonly create: boolean
  /** Keys of products whose records they see. Empty: only their own, and those that somebody shared one by one. */
  readonly products: readonly string[]
  /** Of tickets: whose customer they are here, by key or name. */
  readonly customer: string | null
  /** Names of fields as in sync/mapping.ts. */
  readonly reads: readonly string[]
  /** Of those, what they may change. */
  readonly writes: readonly string[]
  readonly status: 'hidden' | 'shown' | 'set'
  /** Words and files of these audiences. */
  readonly words: readonly Audience[]
  /** Who reads here what they write as public and as internal words; null: they may not. */
  readonly publicWords: Audience | null
  readonly internalWords: Audience | null
  /** Files cross both ways, as words do. */
  readonly files: boolean
  /** Names of our people go with their words, and fields may name people. */
  readonly names: boolean
}

export const NOTHING_SHARED: SharingPolicy = {
  record: 'ticket',
  create: false,
  products: [],
  customer: null,
  reads: [],
  writes: [],
  status: 'hidden',
  words: [],
  publicWords: null,
  internalWords: null,
  files: false,
  names: false,
}

/** As the policy speaks of them: who they are, and what they may. */
export interface Partner {
  readonly id: string
  readonly name: string
  readonly policy: SharingPolicy
}

/** Fields that name somebody: they cross only where names do. */
export const NAMING_FIELDS: readonly string[] = ['owner', 'assignee', 'requester', 'engineering.owner']
