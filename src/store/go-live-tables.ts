import type { Generated } from 'kysely'
import type { Actor } from '../domain/actor.ts'
import type { NoteKind, NoteState } from '../domain/release-note.ts'
import type { At, AtOrNull, JsonColumn, JsonOrNull, Nullable } from './columns.ts'

/** What a release changes for those who use it (migrations/0028). */
export interface ReleaseNoteTable {
  id: string
  release_id: string
  kind: NoteKind
  state: NoteState
  title: string
  /** What users notice. */
  body: string
  /** What support says when asked. */
  say: Nullable<string>
  workaround: Nullable<string>
  component_id: Nullable<string>
  work_item_id: Nullable<string>
  /** Whoever wrote its words last. */
  written_by: JsonColumn<Actor>
  approved_by: JsonOrNull<Actor>
  approved_at: AtOrNull
  version: Generated<number>
  created_at: At
  updated_at: At
  removed_at: AtOrNull
}

export interface GoLiveTables {
  release_note: ReleaseNoteTable
}
