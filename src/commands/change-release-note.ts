import type { EventKind } from '../domain/event.ts'
import type { Refusal } from '../domain/refusal.ts'
import { refuse } from '../domain/refusal.ts'
import { afterEdit, decideNote, type NoteStep } from '../domain/release-note.ts'
import { err, ok, type Result } from '../lib/result.ts'
import type { Tx } from '../store/database.ts'
import { lockReleaseNote, noteOfWork, type ReleaseNote, updateReleaseNote } from '../store/release-notes.ts'
import { findRelease } from '../store/releases.ts'
import { findWorkItem } from '../store/work-items.ts'
import { columnChanges } from './organisation-rules.ts'
import { changedMeanwhile, done, unknown } from './outcome.ts'
import { type NoteFields, noted, notePatch } from './release-note-rules.ts'
import type { Command } from './run-command.ts'

interface OfNote {
  /** Id. */
  readonly note: string
  /** The version the asker saw; absent: whatever it is now. */
  readonly version?: number
}

/** Other words for a note. One that was approved waits for an approval again: what was approved was other words. */
export const changeReleaseNote: Command<
  OfNote & { readonly set: NoteFields },
  { readonly id: string }
> = async (tx, context, input) => {
  const held = await heldNote(tx, input)
  if (!held.ok) return held
  const note = held.value
  if (note.removed_at !== null)
    return err(refuse('wrong-state', 'The note was removed. Bring it back first.'))
  const release = await findRelease(tx, note.release_id)
  if (release === null) return unknown('release', note.release_id, '/release')
  const patch = await notePatch(tx, release, input.set, { id: note.id, at: '/set' })
  if (!patch.ok) return patch
  const changes = columnChanges(note, patch.value)
  if (Object.keys(changes).length === 0) return done({ id: note.id })
  const state = afterEdit(note.state, { ...note, ...patch.value })
  const written = {
    ...{ ...patch.value, state, approved_by: null, approved_at: null },
    written_by: JSON.stringify(context.actor),
  }
  await updateReleaseNote(tx, note.id, written, context.now)
  return done(
    { id: note.id },
    {
      events: [
        {
          kind: 'release-note.changed',
          record: { kind: 'release-note', id: note.id },
          data: { release: release.name, title: note.title, from: note.state, to: state, changes },
        },
      ],
      changed: [],
    },
  )
}

const TOLD_AS = {
  ...{ propose: 'release-note.proposed', approve: 'release-note.approved' },
  ...{ withdraw: 'release-note.withdrawn', remove: 'release-note.removed', restore: 'release-note.restored' },
} as const satisfies Readonly<Record<NoteStep, EventKind>>

/** One step of a note towards an approval, or back. */
export const stepReleaseNote: Command<OfNote & { readonly step: NoteStep }, { readonly id: string }> = async (
  tx,
  context,
  input,
) => {
  const held = await heldNote(tx, input)
  if (!held.ok) return held
  const note = held.value
  const standing = { state: note.state, isRemoved: note.removed_at !== null }
  const decided = decideNote(standing, note, input.step)
  if (!decided.ok) return decided
  const free = input.step === 'restore' ? await isFree(tx, note) : ok(null)
  if (!free.ok) return free
  const { state, isRemoved } = decided.value
  const isApproved = state === 'approved'
  await updateReleaseNote(
    tx,
    note.id,
    {
      ...{ state, removed_at: isRemoved ? context.now : null },
      ...{ approved_by: isApproved ? JSON.stringify(context.actor) : null },
      approved_at: isApproved ? context.now : null,
    },
    context.now,
  )
  const release = await findRelease(tx, note.release_id)
  return done(
    { id: note.id },
    {
      events: [
        {
          kind: TOLD_AS[input.step],
          record: { kind: 'release-note', id: note.id },
          data: { release: release?.name, title: note.title, from: note.state, to: state },
        },
      ],
      changed: [],
    },
  )
}

const heldNote = async (tx: Tx, { note: id, version }: OfNote): Promise<Result<ReleaseNote, Refusal>> => {
  const note = await lockReleaseNote(tx, id)
  if (note === null) return unknown('note', id, '/note')
  return version !== undefined && version !== note.version
    ? changedMeanwhile('note', version, note.version)
    : ok(note)
}

/** While it was away its work may have got another. */
const isFree = async (tx: Tx, note: ReleaseNote): Promise<Result<null, Refusal>> => {
  if (note.work_item_id === null) return ok(null)
  const other = await noteOfWork(tx, note.release_id, note.work_item_id, note.id)
  if (other === null) return ok(null)
  return noted((await findWorkItem(tx, note.work_item_id))?.key ?? '', '/note')
}
