import type { ReactNode } from 'react'
import type { Texts } from '../texts/en.ts'

export type BulkKind = keyof Texts['bulk']['kinds']

/** What a list's rows are, and what can be done with many of them: all that the bar and its dialog need to know. */
export interface BulkSubject<A> {
  readonly words: Texts['bulk']['of'][keyof Texts['bulk']['of']]
  readonly kinds: readonly BulkKind[]
  /** Of kinds that cannot be taken back lightly. */
  readonly isDanger: (kind: BulkKind) => boolean
  /** Why somebody may not do it; null: they may. */
  readonly reasonFor: (kind: BulkKind) => string | null
  /** Null: something must be chosen first. */
  readonly startOf: (kind: BulkKind) => A | null
  readonly fields: (kind: BulkKind, action: A | null, set: (action: A | null) => void) => ReactNode
  /** Does it with one, and tells what would take it back; null: nothing would. */
  readonly act: (key: string, action: A) => Promise<A | null>
  readonly allMatching: () => Promise<{ readonly keys: readonly string[]; readonly isMore: boolean }>
}

/** What either end of a bond shows follows the other. */
export const STALE_AFTER_BULK = [
  ...[['tickets'], ['ticket'], ['work-items'], ['work-item'], ['escalations'], ['my-move'], ['my-work']],
] as const
