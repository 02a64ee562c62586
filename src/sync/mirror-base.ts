import type { HubValue } from './hub-view.ts'
import type { FieldRule } from './mapping.ts'
import type { ToolValue } from './snapshot.ts'

/**
 * What both sides showed when they last agreed. A base per side: the tool's value is kept as the tool shows it, after
 * its own trimming and re-casing, so our echo is no change and needs no special case.
 */
export interface FieldBase {
  readonly hub: HubValue
  readonly tool: ToolValue
  /** Who changed it last, for `why`. */
  readonly by: 'hub' | 'tool' | 'both'
  /** ISO 8601, our clock. */
  readonly at: string
  /**
   * A person put the sides apart by taking a crossing back. `ask`: nothing crosses, the difference is asked about; else
   * whose value they then let count. Gone as soon as both sides agree.
   */
  readonly apart?: 'ask' | 'hub' | 'tool'
  /** The sides differed as the pair was joined, and nobody asked to write: another mapping is no reason to either. */
  readonly kept?: true
}

export interface StatusBase {
  readonly hub: string
  readonly tool: string
}

export interface MirrorBase {
  readonly fields: Readonly<Record<string, FieldBase>>
  readonly status: StatusBase | null
  /** Links we added there. */
  readonly links: readonly string[]
  /** Only until the first merge: whose value counts. Absent: a difference is asked about. */
  readonly first?: 'hub' | 'tool' | 'ask'
}

/** A base as stored, which may lack parts: a mirror that never agreed has none. */
export const completeBase = (stored: Partial<MirrorBase>): MirrorBase => ({ ...EMPTY_BASE, ...stored })

export const EMPTY_BASE: MirrorBase = { fields: {}, status: null, links: [] }

/** The name of a field's pair in base, holds, conflicts and `why`. */
export const pairName = (rule: Pick<FieldRule, 'hub' | 'tool'>): string => `${rule.hub}~${rule.tool}`

export const STATUS_PAIR = 'state~status'

/** A comment or attachment of ours and its counterpart in the tool. */
export interface Element {
  readonly kind: 'comment' | 'attachment'
  /** Our comment's or attachment's id. */
  readonly elementId: string
  readonly remoteId: string | null
  /** Later copies of the same words there (an edit appended where comments are immutable). */
  readonly remoteExtra: readonly string[]
  /** Where it was born. Only what we made (`hub`) may be deleted there. */
  readonly origin: 'hub' | 'tool'
  /** Fingerprints of what each side showed when they last agreed. */
  readonly baseHub: string | null
  /** The tool's text itself for comments (needed to carry an edit back), null for attachments. */
  readonly baseTool: string | null
  readonly visibility: 'public' | 'internal' | null
  readonly state: 'live' | 'gone there' | 'withdrawn' | 'refused'
}
