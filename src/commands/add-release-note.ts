import type { NoteKind } from '../domain/release-note.ts'
import { insertReleaseNote } from '../store/release-notes.ts'
import { findRelease } from '../store/releases.ts'
import { done, unknown } from './outcome.ts'
import { type NoteFields, noted, notePatch } from './release-note-rules.ts'
import type { Command } from './run-command.ts'

export interface AddReleaseNote extends NoteFields {
  /** Id. */
  readonly release: string
  readonly kind: NoteKind
  readonly title: string
}

/** Writes down a thing that users of a release will notice: a draft, until support approves it. */
export const addReleaseNote: Command<AddReleaseNote, { readonly id: string }> = async (
  tx,
  context,
  { release: ref, ...fields },
) => {
  const release = await findRelease(tx, ref)
  if (release === null) return unknown('release', ref, '/release')
  const patch = await notePatch(tx, release, fields, { id: null, at: '' })
  if (!patch.ok) return patch
  const { title = '', body = '', ...rest } = patch.value
  const id = context.newId()
  const isNew = await insertReleaseNote(tx, {
    ...{ ...rest, id, release_id: release.id, kind: fields.kind, state: 'draft', title, body },
    ...{ written_by: JSON.stringify(context.actor), created_at: context.now, updated_at: context.now },
  })
  // of two who note the same work at once
  if (!isNew) return noted(fields.workItem ?? '', '/workItem')
  return done(
    { id },
    {
      events: [
        {
          kind: 'release-note.created',
          record: { kind: 'release-note', id },
          data: { release: release.name, kind: fields.kind, title },
        },
      ],
      changed: [],
    },
  )
}
