import type { Refusal } from '../domain/refusal.ts'
import type { Result } from '../lib/result.ts'
import type { Description } from '../sync/connector.ts'
import type { Mapping } from '../sync/mapping.ts'
import type { PreviewLine } from '../sync/preview.ts'

/**
 * Questions to tools themselves that write nothing, neither there nor here. Answered by whoever may speak to tools; a
 * tool that cannot be read is a refusal that says why.
 */
export interface ToolDesk {
  /** How to set such a tool up, in Markdown; null: no such kind. */
  readonly guide: (kind: string) => Promise<string | null>
  /** Null: no such kind. */
  readonly checkDraft: (draft: DraftCheck) => Promise<DraftChecked | null>
  readonly describe: (key: string) => Promise<Result<Description, Refusal>>
  /** What this mapping would do with a few items that are fetched now. */
  readonly preview: (key: string, mapping: Mapping) => Promise<Result<readonly PreviewedItem[], Refusal>>
}

/** Settings that are not saved. */
export interface DraftCheck {
  readonly kind: string
  readonly settings: Readonly<Record<string, unknown>>
  readonly secrets: Readonly<Record<string, string>>
  /** The saved connection whose secrets stand in for those not given again. */
  readonly connection: string | null
}

export interface DraftChecked {
  readonly ok: boolean
  readonly tool: string | null
  readonly account: { readonly name: string } | null
  /** Sentences for a person. */
  readonly problems: readonly string[]
}

export interface PreviewedItem {
  readonly there: { readonly key: string; readonly url: string; readonly container: string }
  readonly record: { readonly kind: string; readonly key: string } | null
  readonly lines: readonly PreviewLine[]
}

export type { Description, Mapping, PreviewLine }
